/* SPDX-License-Identifier: Apache-2.0 */
/* Operations leave in the order of their order, one stuck one stops nobody else, and every answer is kept. */
#include "store-fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define NOW (G_GINT64_CONSTANT (1790000000) * RETOUR_SECOND)

static RetourDatabase *database;
static RetourStore *store;

static void
set_up (void)
{
  fixture_make_directory ();
  database = fixture_open (RETOUR_DATABASE_DIRECT);
  store = retour_database_store (database);
  for (guint i = 1; i <= 4; i++)
    fixture_keep (database, fixture_order (i));
}

static void
tear_down (void)
{
  g_clear_pointer (&database, retour_database_close);
  fixture_remove_directory ();
}

static void
record (guint n, guint64 counter, const char *line)
{
  g_autoptr (RetourReturn) ret = fixture_return (n, counter, line, 1);

  ck_assert (fixture_record (store, ret, counter, NULL));
}

static char *
op_of (guint64 counter)
{
  return g_strdup_printf ("op-01937c3e-0000-7000-8000-%012" G_GUINT64_FORMAT, counter);
}

static RetourReturn *
return_of (guint64 counter)
{
  g_autofree char *number = g_strdup_printf ("R0214A-%05" G_GUINT64_FORMAT "-0", counter);
  RetourReturn *ret = store->find_return (store, number, NULL);

  ck_assert_ptr_nonnull (ret);
  return ret;
}

/* The counters of the claimed operations: "12". */
static char *
claim (RetourInstant now, guint limit)
{
  g_autoptr (GPtrArray) list = store->claim_operations (store, now, limit, NULL);
  GString *counters = g_string_new (NULL);

  ck_assert_ptr_nonnull (list);
  for (guint i = 0; i < list->len; i++)
    {
      const RetourOperation *operation = list->pdata[i];

      g_string_append_c (counters, operation->op[strlen (operation->op) - 1]);
    }
  return g_string_free (counters, FALSE);
}

static void
assert_claimed (RetourInstant now, guint limit, const char *expected)
{
  g_autofree char *claimed = claim (now, limit);

  ck_assert_str_eq (claimed, expected);
}

static void
settle (guint64 counter, RetourAnswerKind kind, const char *detail)
{
  g_autofree char *op = op_of (counter);
  g_autoptr (RetourAnswer) answer = retour_answer_new (op, kind);

  answer->detail = g_strdup (detail);
  ck_assert (store->settle_operation (store, answer, NOW, NULL));
}

static void
assert_status (guint to_send, guint attention)
{
  RetourSyncStatus status = { 0 };

  ck_assert (store->sync_status (store, &status, NULL));
  ck_assert_uint_eq (status.to_send, to_send);
  ck_assert_uint_eq (status.attention, attention);
}

START_TEST (the_newest_id_is_that_of_a_draft_or_of_an_operation)
{
  g_autoptr (RetourDraft) draft = retour_draft_new ("desk");
  g_autofree char *op = op_of (2);
  g_autofree char *none = NULL;
  g_autofree char *of_operations = NULL;
  g_autofree char *of_drafts = NULL;
  GError *error = NULL;

  none = store->newest_id (store, &error);
  ck_assert_ptr_null (none);
  ck_assert_ptr_null (error);
  record (1, 1, "l1");
  record (1, 2, "l2");
  of_operations = store->newest_id (store, NULL);
  ck_assert_str_eq (of_operations, op);
  draft->id = g_strdup ("z");
  ck_assert (store->save_draft (store, draft, NULL));
  of_drafts = store->newest_id (store, NULL);
  ck_assert_str_eq (of_drafts, "z");
}
END_TEST

START_TEST (operations_of_one_order_go_one_after_the_other)
{
  record (1, 1, "l1");
  record (1, 2, "l2");
  record (2, 3, "l1");
  assert_status (3, 0);
  assert_claimed (NOW, 10, "13");
  settle (1, RETOUR_ANSWER_ACCEPTED, NULL);
  assert_claimed (NOW, 10, "23");
  settle (2, RETOUR_ANSWER_DUPLICATE, NULL);
  settle (3, RETOUR_ANSWER_ACCEPTED, NULL);
  assert_claimed (NOW, 10, "");
  assert_status (0, 0);
}
END_TEST

START_TEST (a_limit_takes_the_oldest)
{
  for (guint i = 1; i <= 4; i++)
    record (i, i, "l1");
  assert_claimed (NOW, 2, "12");
}
END_TEST

START_TEST (a_stuck_operation_stops_only_its_order)
{
  g_autoptr (GPtrArray) list = NULL;

  record (1, 1, "l1");
  record (1, 2, "l2");
  record (2, 3, "l1");
  settle (1, RETOUR_ANSWER_REJECTED, "the line does not exist");
  assert_claimed (NOW, 10, "3");
  assert_status (2, 1);
  list = store->list_operations (store, NULL);
  ck_assert_uint_eq (list->len, 3);
  ck_assert (((RetourOperation *) list->pdata[0])->quarantined);
  ck_assert_str_eq (((RetourOperation *) list->pdata[0])->last_error, "the line does not exist");
  ck_assert (!((RetourOperation *) list->pdata[1])->quarantined);
}
END_TEST

START_TEST (what_a_person_mended_is_sent_again)
{
  g_autofree char *op = op_of (1);

  record (1, 1, "l1");
  assert_claimed (NOW, 10, "1");
  settle (1, RETOUR_ANSWER_UNSUPPORTED, NULL);
  assert_status (0, 1);
  ck_assert (store->postpone_operation (store, op, NOW, "late", NULL));
  assert_claimed (NOW, 10, "");
  ck_assert (store->requeue_operation (store, op, NULL));
  assert_status (1, 0);
  assert_claimed (NOW, 10, "1");
  settle (1, RETOUR_ANSWER_ACCEPTED, NULL);
  {
    g_autoptr (RetourReturn) ret = return_of (1);

    ck_assert_int_eq (ret->sync, RETOUR_SYNC_ACKNOWLEDGED);
    ck_assert_ptr_null (ret->problem);
  }
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM operation_answers"), 2);
}
END_TEST

static void
meet_book (const char *epoch)
{
  g_autoptr (GError) error = NULL;

  ck_assert (store->re_offer_operations (store, epoch, NOW, &error));
  g_assert_no_error (error);
}

/* ENGINEERING.md D.4 #39: the OMS was restored from a backup, and has lost what it accepted since. */
START_TEST (what_another_book_has_lost_is_offered_again_under_its_own_id)
{
  record (1, 1, "l1");
  record (2, 2, "l1");
  record (3, 3, "l1");
  meet_book ("book-1"); /* the first ever: nothing was told to another */
  assert_claimed (NOW, 10, "123");
  settle (1, RETOUR_ANSWER_ACCEPTED, NULL);
  settle (2, RETOUR_ANSWER_CONFLICT, "R0214B-00001-0");
  settle (3, RETOUR_ANSWER_ACCEPTED, NULL);
  meet_book ("book-1");
  assert_claimed (NOW, 10, "");
  assert_status (0, 1);

  meet_book ("book-2");
  assert_status (2, 1);
  {
    g_autoptr (RetourReturn) accepted = return_of (1), aside = return_of (2);
    g_autofree char *noted = store->setting (store, RETOUR_SETTING_OMS_EPOCH, NULL);

    ck_assert_int_eq (accepted->sync, RETOUR_SYNC_LOCAL);
    ck_assert_int_eq (aside->sync, RETOUR_SYNC_QUARANTINED);
    ck_assert_str_eq (noted, "book-2");
  }
  assert_claimed (NOW, 10, "13");
  settle (1, RETOUR_ANSWER_DUPLICATE, NULL);
  settle (3, RETOUR_ANSWER_ACCEPTED, NULL);
  meet_book ("book-2");
  assert_claimed (NOW, 10, "");
  {
    g_autoptr (RetourReturn) accepted = return_of (1);

    ck_assert_int_eq (accepted->sync, RETOUR_SYNC_ACKNOWLEDGED);
  }
}
END_TEST

START_TEST (a_return_says_where_its_operation_is)
{
  g_autofree char *op = op_of (1);

  record (1, 1, "l1");
  assert_claimed (NOW, 10, "1");
  {
    g_autoptr (RetourReturn) sent = return_of (1);

    ck_assert_int_eq (sent->sync, RETOUR_SYNC_SENT);
  }
  ck_assert (store->postpone_operation (store, op, NOW + RETOUR_SECOND, "no network", NULL));
  {
    g_autoptr (RetourReturn) local = return_of (1);

    ck_assert_int_eq (local->sync, RETOUR_SYNC_LOCAL);
  }
  settle (1, RETOUR_ANSWER_CONFLICT, "R0102B-00004-5 came first");
  {
    g_autoptr (RetourReturn) aside = return_of (1);

    ck_assert_int_eq (aside->sync, RETOUR_SYNC_QUARANTINED);
    ck_assert_str_eq (aside->problem, "R0102B-00004-5 came first");
  }
}
END_TEST

START_TEST (a_postponed_operation_waits_its_time)
{
  g_autofree char *op = op_of (1);
  g_autoptr (GPtrArray) list = NULL;

  record (1, 1, "l1");
  record (1, 2, "l2");
  ck_assert (store->postpone_operation (store, op, NOW + 60 * RETOUR_SECOND, "503", NULL));
  assert_claimed (NOW, 10, "");
  assert_claimed (NOW + 59 * RETOUR_SECOND, 10, "");
  list = store->list_operations (store, NULL);
  ck_assert_str_eq (((RetourOperation *) list->pdata[0])->last_error, "503");
  ck_assert_int_eq (((RetourOperation *) list->pdata[0])->next_at, NOW + 60 * RETOUR_SECOND);
  assert_claimed (NOW + 60 * RETOUR_SECOND, 10, "1");
}
END_TEST

START_TEST (a_clock_set_back_holds_nothing_up)
{
  g_autofree char *op = op_of (1);

  record (1, 1, "l1");
  ck_assert (store->postpone_operation (store, op, NOW + 60 * RETOUR_SECOND, "503", NULL));
  assert_claimed (0, 10, "1");
}
END_TEST

START_TEST (attempts_are_counted)
{
  record (1, 1, "l1");
  for (guint i = 1; i <= 3; i++)
    {
      g_autoptr (GPtrArray) list = store->claim_operations (store, NOW, 10, NULL);

      ck_assert_uint_eq (((RetourOperation *) list->pdata[0])->attempts, i);
    }
}
END_TEST

START_TEST (an_answer_is_settled_once)
{
  record (1, 1, "l1");
  settle (1, RETOUR_ANSWER_ACCEPTED, NULL);
  settle (1, RETOUR_ANSWER_REJECTED, "too late");
  settle (1, RETOUR_ANSWER_RETRY, NULL);
  assert_status (0, 0);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM operation_answers"), 1);
}
END_TEST

START_TEST (an_answer_to_nothing_is_an_error)
{
  g_autoptr (RetourAnswer) answer = retour_answer_new ("nobody's", RETOUR_ANSWER_ACCEPTED);
  g_autoptr (GError) error = NULL;

  ck_assert (!store->settle_operation (store, answer, NOW, &error));
  ck_assert (g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND));
}
END_TEST

static const struct
{
  RetourRefundState told, becomes;
} refunds[] = {
  { RETOUR_REFUND_REQUESTED, RETOUR_REFUND_REQUESTED }, { RETOUR_REFUND_PENDING, RETOUR_REFUND_PENDING },
  { RETOUR_REFUND_SETTLED, RETOUR_REFUND_SETTLED },     { RETOUR_REFUND_FAILED, RETOUR_REFUND_FAILED },
  { RETOUR_REFUND_NONE, RETOUR_REFUND_PROMISED },       { RETOUR_REFUND_RE_TENDERED, RETOUR_REFUND_PROMISED },
};

START_TEST (an_answer_moves_the_refund_where_it_may_go)
{
  g_autofree char *op = op_of (1);
  g_autoptr (RetourAnswer) answer = retour_answer_new (op, RETOUR_ANSWER_ACCEPTED);
  g_autoptr (RetourReturn) ret = NULL;

  record (1, 1, "l1");
  answer->has_refund = TRUE;
  answer->refund = refunds[_i].told;
  ck_assert (store->settle_operation (store, answer, NOW, NULL));
  ret = return_of (1);
  ck_assert_int_eq (ret->refund, refunds[_i].becomes);
  assert_status (0, refunds[_i].becomes == RETOUR_REFUND_FAILED ? 1 : 0);
}
END_TEST

START_TEST (a_return_is_acknowledged_with_its_last_operation)
{
  g_autoptr (RetourReturn) ret = fixture_return (1, 1, "l1", 1);
  g_autoptr (GPtrArray) operations = fixture_operations (ret);
  RetourOperation *exchange = retour_operation_new ("op-2", RETOUR_OPERATION_EXCHANGE_RECORD, "{}");
  g_autoptr (RetourAnswer) second = retour_answer_new ("op-2", RETOUR_ANSWER_ACCEPTED);

  exchange->order = g_strdup (ret->order_id);
  exchange->return_id = g_strdup (ret->id);
  g_ptr_array_add (operations, exchange);
  ck_assert (store->record_return (store, ret, 1, operations, NULL, NULL));
  settle (1, RETOUR_ANSWER_ACCEPTED, NULL);
  {
    g_autoptr (RetourReturn) half = return_of (1);

    ck_assert_int_eq (half->sync, RETOUR_SYNC_SENT);
  }
  ck_assert (store->settle_operation (store, second, NOW, NULL));
  {
    g_autoptr (RetourReturn) whole = return_of (1);

    ck_assert_int_eq (whole->sync, RETOUR_SYNC_ACKNOWLEDGED);
  }
}
END_TEST

START_TEST (operations_keep_their_body_and_hash)
{
  g_autoptr (GPtrArray) list = NULL;
  const RetourOperation *operation;

  record (1, 1, "l1");
  list = store->claim_operations (store, NOW, 10, NULL);
  operation = list->pdata[0];
  ck_assert_str_eq (operation->body, "{}");
  ck_assert_uint_eq (strlen (operation->body_hash), 64);
  ck_assert_int_eq (operation->kind, RETOUR_OPERATION_RETURN_RECORD);
  ck_assert_str_eq (operation->order, "ord_0001");
  ck_assert_str_eq (operation->return_id, "01937c3e-0000-7000-8000-000000000001");
}
END_TEST

START_TEST (an_exchange_with_the_oms_is_remembered)
{
  RetourSyncStatus status = { 0 };

  ck_assert (store->note_exchange (store, TRUE, FALSE, NOW, 1500, NULL));
  ck_assert (store->note_exchange (store, FALSE, TRUE, NOW + 1, -2500, NULL));
  ck_assert (store->sync_status (store, &status, NULL));
  ck_assert_int_eq (status.last_pull, NOW);
  ck_assert_int_eq (status.last_push, NOW + 1);
  ck_assert_int_eq (status.clock_offset, -2500);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("outbox");
  TCase *tcase = tcase_create ("outbox");
  SRunner *runner = srunner_create (suite);
  int failed;

  suite_add_tcase (suite, tcase);
  tcase_add_checked_fixture (tcase, set_up, tear_down);
  tcase_add_test (tcase, the_newest_id_is_that_of_a_draft_or_of_an_operation);
  tcase_add_test (tcase, operations_of_one_order_go_one_after_the_other);
  tcase_add_test (tcase, a_limit_takes_the_oldest);
  tcase_add_test (tcase, a_stuck_operation_stops_only_its_order);
  tcase_add_test (tcase, what_a_person_mended_is_sent_again);
  tcase_add_test (tcase, what_another_book_has_lost_is_offered_again_under_its_own_id);
  tcase_add_test (tcase, a_return_says_where_its_operation_is);
  tcase_add_test (tcase, a_postponed_operation_waits_its_time);
  tcase_add_test (tcase, a_clock_set_back_holds_nothing_up);
  tcase_add_test (tcase, attempts_are_counted);
  tcase_add_test (tcase, an_answer_is_settled_once);
  tcase_add_test (tcase, an_answer_to_nothing_is_an_error);
  tcase_add_loop_test (tcase, an_answer_moves_the_refund_where_it_may_go, 0, G_N_ELEMENTS (refunds));
  tcase_add_test (tcase, a_return_is_acknowledged_with_its_last_operation);
  tcase_add_test (tcase, operations_keep_their_body_and_hash);
  tcase_add_test (tcase, an_exchange_with_the_oms_is_remembered);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
