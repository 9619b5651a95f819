/* SPDX-License-Identifier: Apache-2.0 */
/* What the OMS did not take waits for a person, whose decision is kept, frees the order's later work, and can be taken back. */
#include "store-fixture.h"

#include <check.h>
#include <stdlib.h>

#include "desk.h"

#define NOW (G_GINT64_CONSTANT (1790000000) * RETOUR_SECOND)
#define WINNER                                                                                                         \
  "{\"return\":\"x\",\"number\":\"R0309B-01120-9\",\"store\":\"0309\",\"store_name\":\"Grenoble Grand’Place\","      \
  "\"terminal\":\"B\",\"at\":\"2026-11-17T14:58:00Z\"}"

static RetourDatabase *database;
static RetourStore *store;
static RetourStaff *clerk, *manager;

static void
set_up (void)
{
  fixture_make_directory ();
  database = fixture_open (RETOUR_DATABASE_DIRECT);
  store = retour_database_store (database);
  clerk = retour_staff_new ("stf_1", "Camille Moreau", RETOUR_ROLE_CLERK);
  manager = retour_staff_new ("stf_3", "Sophie Delmas", RETOUR_ROLE_MANAGER);
  for (guint i = 1; i <= 4; i++)
    {
      g_autoptr (RetourReturn) ret = fixture_return (i, i, "l1", 1);

      fixture_keep (database, fixture_order (i));
      ck_assert (fixture_record (store, ret, i, NULL));
    }
}

static void
tear_down (void)
{
  g_clear_pointer (&clerk, retour_staff_free);
  g_clear_pointer (&manager, retour_staff_free);
  g_clear_pointer (&database, retour_database_close);
  fixture_remove_directory ();
}

static void
answer (guint64 counter, RetourAnswerKind kind, const char *detail, const char *problem)
{
  g_autofree char *op = g_strdup_printf ("op-01937c3e-0000-7000-8000-%012" G_GUINT64_FORMAT, counter);
  g_autoptr (RetourAnswer) told = retour_answer_new (op, kind);
  g_autoptr (GPtrArray) claimed = store->claim_operations (store, NOW, 10, NULL);

  told->detail = g_strdup (detail);
  told->problem = g_strdup (problem);
  ck_assert_ptr_nonnull (claimed);
  ck_assert (store->settle_operation (store, told, NOW, NULL));
}

static guint
count (gboolean closed)
{
  g_autoptr (GPtrArray) cases = store->list_cases (store, closed, 50, NULL);

  ck_assert_ptr_nonnull (cases);
  return cases->len;
}

static RetourCase *
first (gboolean closed)
{
  g_autoptr (GPtrArray) cases = store->list_cases (store, closed, 1, NULL);

  ck_assert_ptr_nonnull (cases);
  ck_assert_uint_eq (cases->len, 1);
  return g_ptr_array_steal_index (cases, 0);
}

static guint
attention (void)
{
  RetourSyncStatus status = { 0 };

  ck_assert (store->sync_status (store, &status, NULL));
  return status.attention;
}

static void
refused (RetourCaseChoice choice, const char *motive, const RetourStaff *who, RetourInstant when, gint code)
{
  g_autoptr (RetourCase) one = first (choice == RETOUR_CHOICE_REOPEN);
  g_autoptr (GError) error = NULL;
  const gint64 before = fixture_query ("SELECT count (*) FROM case_decisions");

  ck_assert (!retour_case_decide (store, one, choice, motive, who, when, &error));
  ck_assert (g_error_matches (error, RETOUR_DESK_ERROR, code));
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM case_decisions"), before);
}

static void
decided (RetourCaseChoice choice, const char *motive, const RetourStaff *who)
{
  g_autoptr (RetourCase) one = first (choice == RETOUR_CHOICE_REOPEN);

  ck_assert (retour_case_decide (store, one, choice, motive, who, NOW + RETOUR_SECOND, NULL));
}

START_TEST (a_return_that_another_store_was_first_to_record_names_it)
{
  g_autoptr (RetourCase) one = NULL;

  answer (2, RETOUR_ANSWER_CONFLICT, "R0309B-01120-9", WINNER);
  one = first (FALSE);
  ck_assert_int_eq (one->kind, RETOUR_CASE_TAKEN);
  ck_assert_str_eq (one->winner_number, "R0309B-01120-9");
  ck_assert_str_eq (one->winner_store, "Grenoble Grand’Place");
  ck_assert_str_eq (one->winner_terminal, "B");
  ck_assert_int_eq (one->winner_at, G_GINT64_CONSTANT (1794927480) * RETOUR_SECOND);
  ck_assert_int_eq (one->answered_at, NOW);
  ck_assert (!one->closed);
}
END_TEST

START_TEST (a_refusal_keeps_its_words)
{
  g_autoptr (RetourCase) one = NULL;

  answer (1, RETOUR_ANSWER_REJECTED, "the order is closed", NULL);
  one = first (FALSE);
  ck_assert_int_eq (one->kind, RETOUR_CASE_REFUSED);
  ck_assert_str_eq (one->problem, "the order is closed");
  ck_assert_ptr_null (one->winner_number);
}
END_TEST

START_TEST (a_decision_closes_the_case_and_is_journalled)
{
  g_autoptr (RetourCase) one = NULL;

  answer (1, RETOUR_ANSWER_CONFLICT, "R0309B-01120-9", WINNER);
  ck_assert_uint_eq (attention (), 1);
  decided (RETOUR_CHOICE_KEEP_THEIRS, NULL, clerk);
  ck_assert_uint_eq (attention (), 0);
  ck_assert_uint_eq (count (FALSE), 0);
  one = first (TRUE);
  ck_assert (one->closed);
  ck_assert_int_eq (one->choice, RETOUR_CHOICE_KEEP_THEIRS);
  ck_assert_str_eq (one->staff, "stf_1");
  ck_assert_int_eq (one->ret->sync, RETOUR_SYNC_QUARANTINED);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM audit WHERE kind = 'case.keep_theirs' AND actor = 'stf_1'"),
                    1);
}
END_TEST

START_TEST (a_closed_case_frees_the_later_work_of_its_order_and_a_reopened_one_holds_it)
{
  g_autoptr (RetourReturn) later = fixture_return (1, 5, "l2", 1);
  g_autoptr (GPtrArray) claimed = NULL, held = NULL;

  answer (1, RETOUR_ANSWER_REJECTED, "no", NULL);
  for (guint i = 2; i <= 4; i++)
    answer (i, RETOUR_ANSWER_ACCEPTED, NULL, NULL);
  ck_assert (fixture_record (store, later, 5, NULL));
  held = store->claim_operations (store, NOW, 10, NULL);
  ck_assert_uint_eq (held->len, 0);
  decided (RETOUR_CHOICE_HEAD_OFFICE, NULL, clerk);
  claimed = store->claim_operations (store, NOW, 10, NULL);
  ck_assert_uint_eq (claimed->len, 1);
  ck_assert_str_eq (((RetourOperation *) claimed->pdata[0])->return_id, later->id);
  decided (RETOUR_CHOICE_REOPEN, NULL, clerk);
  g_clear_pointer (&held, g_ptr_array_unref);
  held = store->claim_operations (store, NOW, 10, NULL);
  ck_assert_uint_eq (held->len, 0);
  ck_assert_uint_eq (count (FALSE), 1);
}
END_TEST

START_TEST (sending_again_is_the_same_operation_and_the_case_ends_with_its_answer)
{
  g_autoptr (GPtrArray) claimed = NULL;

  answer (1, RETOUR_ANSWER_REJECTED, "no", NULL);
  decided (RETOUR_CHOICE_SEND_AGAIN, NULL, clerk);
  claimed = store->claim_operations (store, NOW, 1, NULL);
  ck_assert_uint_eq (claimed->len, 1);
  ck_assert_str_eq (((RetourOperation *) claimed->pdata[0])->op, "op-01937c3e-0000-7000-8000-000000000001");
  answer (1, RETOUR_ANSWER_ACCEPTED, NULL, NULL);
  ck_assert_uint_eq (count (FALSE), 0);
  ck_assert_uint_eq (count (TRUE), 0);
}
END_TEST

START_TEST (only_a_manager_closes_and_only_with_a_motive)
{
  answer (1, RETOUR_ANSWER_REJECTED, "no", NULL);
  refused (RETOUR_CHOICE_CLOSE, "entered twice", clerk, NOW, RETOUR_DESK_ERROR_NOT_ALLOWED);
  refused (RETOUR_CHOICE_CLOSE, " \n", manager, NOW, RETOUR_DESK_ERROR_INCOMPLETE);
  decided (RETOUR_CHOICE_CLOSE, "entered twice", manager);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM audit WHERE kind = 'case.close' AND body = 'entered twice'"),
                    1);
}
END_TEST

START_TEST (a_decision_can_be_taken_back_for_a_day)
{
  answer (1, RETOUR_ANSWER_REJECTED, "no", NULL);
  decided (RETOUR_CHOICE_HEAD_OFFICE, NULL, clerk);
  refused (RETOUR_CHOICE_REOPEN, NULL, clerk, NOW + RETOUR_SECOND + RETOUR_CASE_REOPEN_PERIOD,
           RETOUR_DESK_ERROR_TOO_LATE);
  decided (RETOUR_CHOICE_REOPEN, NULL, clerk);
  ck_assert_uint_eq (attention (), 1);
}
END_TEST

START_TEST (what_may_be_chosen_is_told_by_the_kind)
{
  for (guint kind = 0; kind < RETOUR_N_CASE_KINDS; kind++)
    {
      ck_assert (retour_case_kind_allows (kind, retour_case_kind_suggests (kind)));
      ck_assert (retour_case_kind_allows (kind, RETOUR_CHOICE_HEAD_OFFICE));
      ck_assert (!retour_case_kind_allows (kind, RETOUR_CHOICE_REOPEN));
    }
  ck_assert (!retour_case_kind_allows (RETOUR_CASE_REFUND_FAILED, RETOUR_CHOICE_SEND_AGAIN));
  ck_assert (!retour_case_kind_allows (RETOUR_CASE_REFUSED, RETOUR_CHOICE_KEEP_THEIRS));
  answer (1, RETOUR_ANSWER_REJECTED, "no", NULL);
  refused (RETOUR_CHOICE_KEEP_THEIRS, NULL, manager, NOW, RETOUR_DESK_ERROR_NOT_ALLOWED);
}
END_TEST

START_TEST (decisions_are_never_changed)
{
  answer (1, RETOUR_ANSWER_REJECTED, "no", NULL);
  decided (RETOUR_CHOICE_HEAD_OFFICE, NULL, clerk);
  ck_assert_int_ne (fixture_execute ("UPDATE case_decisions SET choice = 'reopen'"), 0);
  ck_assert_int_ne (fixture_execute ("DELETE FROM case_decisions"), 0);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("cases");
  TCase *tests = tcase_create ("cases");
  SRunner *runner = srunner_create (suite);
  int failed;

  tcase_add_checked_fixture (tests, set_up, tear_down);
  tcase_add_test (tests, a_return_that_another_store_was_first_to_record_names_it);
  tcase_add_test (tests, a_refusal_keeps_its_words);
  tcase_add_test (tests, a_decision_closes_the_case_and_is_journalled);
  tcase_add_test (tests, a_closed_case_frees_the_later_work_of_its_order_and_a_reopened_one_holds_it);
  tcase_add_test (tests, sending_again_is_the_same_operation_and_the_case_ends_with_its_answer);
  tcase_add_test (tests, only_a_manager_closes_and_only_with_a_motive);
  tcase_add_test (tests, a_decision_can_be_taken_back_for_a_day);
  tcase_add_test (tests, what_may_be_chosen_is_told_by_the_kind);
  tcase_add_test (tests, decisions_are_never_changed);
  suite_add_tcase (suite, tests);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
