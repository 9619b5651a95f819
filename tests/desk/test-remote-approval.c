/* SPDX-License-Identifier: Apache-2.0 */
/* Approvals across terminals on a real store: a question is kept before it is sent, its answer counts once and for one quote,
 * and nobody answers who may not. */
#include "documents.h"
#include "remote-approval.h"
#include "store-fixture.h"

#include <check.h>
#include <sodium.h>
#include <string.h>

#define POLICY                                                                                                         \
  "{\"version\":\"t1\",\"currency\":\"EUR\",\"time_zone\":\"Europe/Paris\",\"window\":{\"days\":30,\"grace_days\":7}," \
  "\"conditions\":[{\"code\":\"new_sealed\",\"grade\":\"A\",\"percent\":100},"                                         \
  "{\"code\":\"light_wear\",\"grade\":\"C\",\"percent\":80,\"mode\":\"authorise\"},"                                   \
  "{\"code\":\"damaged\",\"grade\":\"D\",\"percent\":50,\"mode\":\"override\"}],"                                      \
  "\"reasons\":[{\"code\":\"size_small\",\"fault\":\"customer\"}],"                                                    \
  "\"approvals\":[{\"id\":\"refund_over\",\"amount\":6000}],"                                                          \
  "\"tenders\":{\"order\":[\"card\"],\"split\":\"sequential\",\"fallback\":\"store_credit\"}}"
#define LIFE (600 * RETOUR_SECOND)

static RetourInstant wall_time;

static RetourInstant
fake_wall (gpointer self)
{
  return wall_time;
}

static gint64
fake_boot (gpointer self)
{
  return wall_time;
}

static const RetourClock clock_given = { fake_wall, fake_boot, NULL };
static RetourDatabase *database;
static RetourStore *store;
static RetourDesk *desk;

static RetourChange *
staff_change (const char *id, RetourRole role)
{
  RetourChange *change = retour_change_new (RETOUR_CHANGE_STAFF);

  change->staff = retour_staff_new (id, "Somebody Else", role);
  change->staff->active = strcmp (id, "stf_gone") != 0;
  return change;
}

static void
set_up (void)
{
  RetourIdentity identity = { .store = (char *) "0214",
                              .store_name = (char *) "Lyon",
                              .terminal = (char *) "A",
                              .currency = (char *) "EUR",
                              .time_zone = (char *) "Europe/Paris" };
  RetourChange *policy = retour_change_new (RETOUR_CHANGE_POLICY);

  ck_assert (retour_instant_parse ("2026-11-20T10:00:00Z", &wall_time));
  fixture_make_directory ();
  database = fixture_open (RETOUR_DATABASE_DIRECT);
  store = retour_database_store (database);
  policy->text = g_strdup (POLICY);
  fixture_apply (database, "c1", TRUE, policy, staff_change ("stf_1", RETOUR_ROLE_CLERK),
                 staff_change ("stf_2", RETOUR_ROLE_CLERK), staff_change ("stf_3", RETOUR_ROLE_MANAGER),
                 staff_change ("stf_4", RETOUR_ROLE_MANAGER), staff_change ("stf_gone", RETOUR_ROLE_MANAGER),
                 fixture_order_change (fixture_order (1)), NULL);
  desk = retour_desk_new (retour_documents (), &clock_given, retour_ids_new (NULL, NULL), &identity, NULL);
}

static void
tear_down (void)
{
  g_clear_pointer (&desk, retour_desk_free);
  g_clear_pointer (&database, retour_database_close);
  fixture_remove_directory ();
}

static RetourStaff *
person (const char *id)
{
  RetourStaff *staff = store->find_staff (store, id, NULL);

  ck_assert_ptr_nonnull (staff);
  return staff;
}

/* A saved draft with one unit of l1 in some condition. */
static RetourDraft *
draft_with (const char *condition)
{
  g_autoptr (RetourStaff) clerk = person ("stf_1");
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourWorkspace) workspace = retour_desk_open_order (desk, store, "W10000001", clerk, &error);
  RetourDraft *draft;
  guint entry;

  ck_assert_msg (workspace != NULL, "%s", error != NULL ? error->message : "");
  draft = g_steal_pointer (&workspace->draft);
  ck_assert (retour_draft_add_unit (draft, "l1", 2, &entry));
  retour_draft_set_reason (draft, entry, "size_small");
  retour_draft_set_condition (draft, entry, condition);
  ck_assert (retour_desk_save_draft (desk, store, draft, &error));
  return draft;
}

static RetourApprovalRequest *
ask_as (const RetourDraft *draft, const char *requester)
{
  g_autoptr (RetourStaff) staff = person (requester);
  g_autoptr (GError) error = NULL;
  RetourApprovalRequest *request = retour_desk_ask_elsewhere (desk, store, draft->id, staff, FALSE, &error);

  ck_assert_msg (request != NULL, "%s", error != NULL ? error->message : "");
  return request;
}

/* The OMS's word on a request, as its answer. */
static RetourApprovalRequest *
word (const RetourApprovalRequest *request, RetourRequestState state, const char *approver, const char *motive)
{
  RetourApprovalRequest *said = retour_approval_request_copy (request);

  said->state = state;
  said->expires_at = request->asked_at + LIFE;
  said->approver = g_strdup (approver);
  said->motive = g_strdup (motive);
  said->decided_at = approver != NULL ? request->asked_at + 30 * RETOUR_SECOND : RETOUR_INSTANT_NONE;
  return said;
}

static RetourRequestNews *
hear (const RetourApprovalRequest *said)
{
  g_autoptr (GError) error = NULL;
  RetourRequestNews *news = retour_desk_hear_request (desk, store, said, FALSE, &error);

  ck_assert_msg (news != NULL, "%s", error != NULL ? error->message : "");
  return news;
}

static RetourRequestState
state_of (const char *id)
{
  g_autoptr (RetourApprovalRequest) request = store->find_request (store, id, NULL);

  ck_assert_ptr_nonnull (request);
  return request->state;
}

static gint64
journalled (const char *kind)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM audit WHERE kind = '%s'", kind);

  return fixture_query (sql);
}

static guint
approvals_of (const RetourDraft *draft)
{
  g_autoptr (RetourDraft) saved = store->find_draft (store, draft->id, NULL);

  ck_assert_ptr_nonnull (saved);
  return saved->approvals->len;
}

START_TEST (a_question_moves_only_as_the_table_says)
{
  static const char *const allowed[RETOUR_N_REQUEST_STATES] = {
    [RETOUR_REQUEST_ASKED] = "pending offline approved refused expired withdrawn",
    [RETOUR_REQUEST_WAITING] = "offline approved refused expired withdrawn",
    [RETOUR_REQUEST_OFFLINE] = "pending approved refused expired withdrawn",
    [RETOUR_REQUEST_APPROVED] = "",
    [RETOUR_REQUEST_REFUSED] = "",
    [RETOUR_REQUEST_EXPIRED] = "",
    [RETOUR_REQUEST_WITHDRAWN] = "",
  };

  for (RetourRequestState from = RETOUR_REQUEST_ASKED; from < RETOUR_N_REQUEST_STATES; from++)
    {
      ck_assert_int_eq (retour_request_state_is_open (from), *allowed[from] != '\0');
      for (RetourRequestState to = RETOUR_REQUEST_ASKED; to < RETOUR_N_REQUEST_STATES; to++)
        {
          const char *code = retour_request_state_code (to);
          g_auto (GStrv) codes = g_strsplit (allowed[from], " ", -1);
          RetourRequestState parsed;

          ck_assert (retour_request_state_parse (code, &parsed) && parsed == to);
          ck_assert_msg (retour_request_state_may_become (from, to)
                             == g_strv_contains ((const char *const *) codes, code),
                         "%s to %s", retour_request_state_code (from), code);
        }
    }
}
END_TEST

START_TEST (a_question_is_kept_before_it_is_sent_and_survives_a_restart)
{
  g_autoptr (RetourDraft) draft = draft_with ("damaged");
  g_autoptr (RetourApprovalRequest) request = ask_as (draft, "stf_1");
  g_autoptr (RetourApprovalRequest) same = ask_as (draft, "stf_1");
  g_autofree char *sent = retour_documents ()->write_request (request, FALSE);
  g_autofree char *sent_again = NULL;
  g_autoptr (GPtrArray) open = NULL;

  ck_assert_str_eq (same->id, request->id);
  ck_assert_str_eq (request->customer, "Zoé L.");
  ck_assert_int_eq (request->amount, 3495);
  ck_assert (retour_approval_request_overrides (request));
  ck_assert_ptr_null (strstr (sent, "Lefèvre"));
  ck_assert_int_eq (journalled ("approval.asked"), 1);
  retour_database_close (database);
  database = fixture_open (RETOUR_DATABASE_DIRECT);
  store = retour_database_store (database);
  open = store->open_requests (store, NULL);
  ck_assert_uint_eq (open->len, 1);
  sent_again = retour_documents ()->write_request (open->pdata[0], FALSE);
  ck_assert_str_eq (sent_again, sent);
}
END_TEST

START_TEST (nothing_is_asked_that_needs_nobody_or_that_nobody_may_allow)
{
  g_autoptr (RetourDraft) draft = draft_with ("new_sealed");
  g_autoptr (RetourStaff) clerk = person ("stf_1");
  g_autoptr (GError) error = NULL;

  retour_draft_remove_entry (draft, 0);
  ck_assert (retour_draft_add_unit (draft, "l2", 1, NULL));
  retour_draft_set_reason (draft, 0, "size_small");
  retour_draft_set_condition (draft, 0, "new_sealed");
  ck_assert (retour_desk_save_draft (desk, store, draft, &error));
  ck_assert_ptr_null (retour_desk_ask_elsewhere (desk, store, draft->id, clerk, FALSE, &error));
  ck_assert (g_error_matches (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ACCEPTED));
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM approval_requests"), 0);
}
END_TEST

START_TEST (an_approval_counts_once_and_is_recorded_with_the_return)
{
  g_autoptr (RetourDraft) draft = draft_with ("damaged");
  g_autoptr (RetourApprovalRequest) request = ask_as (draft, "stf_1");
  g_autoptr (RetourApprovalRequest) waits = word (request, RETOUR_REQUEST_WAITING, NULL, NULL);
  g_autoptr (RetourApprovalRequest) yes = word (request, RETOUR_REQUEST_APPROVED, "stf_3", "seen by me");
  g_autoptr (RetourRequestNews) waiting = hear (waits);
  g_autoptr (RetourRequestNews) first = hear (yes);
  g_autoptr (RetourRequestNews) replay = hear (yes);
  g_autoptr (RetourStaff) clerk = person ("stf_1");
  g_autoptr (RetourReturn) ret = NULL;
  const RetourApproval *approval;
  g_autoptr (GError) error = NULL;

  ck_assert (waiting->changed && waiting->draft == NULL);
  ck_assert_ptr_null (first->objection);
  ck_assert_ptr_nonnull (first->draft);
  ck_assert (!replay->changed && replay->draft == NULL);
  ck_assert_uint_eq (approvals_of (draft), 1);
  ck_assert_int_eq (journalled ("approval.given"), 1);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM approval_requests WHERE document LIKE '%Zoé%'"), 0);

  ret = retour_desk_confirm (desk, store, first->draft, clerk, FALSE, &error);
  ck_assert_msg (ret != NULL, "%s", error != NULL ? error->message : "");
  ck_assert_uint_eq (ret->approvals->len, 1);
  approval = ret->approvals->pdata[0];
  ck_assert_str_eq (approval->approver, "stf_3");
  ck_assert_str_eq (approval->requester, "stf_1");
  ck_assert_str_eq (approval->motive, "seen by me");
  ck_assert_str_eq (approval->quote_hash, request->hash);
}
END_TEST

/* Whose answer does not count, and why: none of them reaches the draft, all of them are in the journal. */
START_TEST (an_answer_that_may_not_be_given_does_not_count)
{
  static const struct
  {
    const char *requester, *approver, *motive, *hash;
    gint64 after;
    RetourRequestState state;
  } cases[] = {
    { "stf_3", "stf_3", "mine", NULL, 30, RETOUR_REQUEST_WITHDRAWN },    /* the requester */
    { "stf_1", "stf_2", "friend", NULL, 30, RETOUR_REQUEST_WITHDRAWN },  /* no manager */
    { "stf_1", "stf_gone", "left", NULL, 30, RETOUR_REQUEST_WITHDRAWN }, /* not any more */
    { "stf_1", "stf_99", "who?", NULL, 30, RETOUR_REQUEST_WITHDRAWN },   /* unknown here */
    { "stf_1", "stf_3", "  ", NULL, 30, RETOUR_REQUEST_WITHDRAWN },      /* an override without motive */
    { "stf_1", "stf_3", "late", NULL, 601, RETOUR_REQUEST_EXPIRED },     /* after its time */
    { "stf_1", "stf_3", "other", "abcd", 30, RETOUR_REQUEST_WITHDRAWN }, /* of another quote */
  };
  const guint n = (guint) _i % G_N_ELEMENTS (cases);
  g_autoptr (RetourDraft) draft = draft_with ("damaged");
  g_autoptr (RetourApprovalRequest) request = ask_as (draft, cases[n].requester);
  g_autoptr (RetourApprovalRequest) yes = word (request, RETOUR_REQUEST_APPROVED, cases[n].approver, cases[n].motive);
  g_autoptr (RetourRequestNews) news = NULL;

  yes->decided_at = request->asked_at + cases[n].after * RETOUR_SECOND;
  if (cases[n].hash != NULL)
    {
      g_free (yes->hash);
      yes->hash = g_strdup (cases[n].hash);
    }
  news = hear (yes);
  ck_assert_ptr_null (news->draft);
  ck_assert_ptr_nonnull (news->objection);
  ck_assert_int_eq (state_of (request->id), cases[n].state);
  ck_assert_uint_eq (approvals_of (draft), 0);
  ck_assert_int_eq (journalled ("approval.not_allowed"), 1);
  ck_assert_int_eq (journalled ("approval.given"), 0);
}
END_TEST

START_TEST (a_later_edit_voids_the_answer)
{
  g_autoptr (RetourDraft) draft = draft_with ("damaged");
  g_autoptr (RetourApprovalRequest) request = ask_as (draft, "stf_1");
  g_autoptr (RetourApprovalRequest) yes = word (request, RETOUR_REQUEST_APPROVED, "stf_3", "seen");
  g_autoptr (RetourRequestNews) news = NULL;

  retour_draft_set_condition (draft, 0, "light_wear");
  ck_assert (retour_desk_save_draft (desk, store, draft, NULL));
  news = hear (yes);
  ck_assert_ptr_nonnull (news->objection);
  ck_assert_uint_eq (approvals_of (draft), 0);
  ck_assert_int_eq (state_of (request->id), RETOUR_REQUEST_WITHDRAWN);
}
END_TEST

START_TEST (an_edit_asks_anew_and_the_old_question_is_taken_back)
{
  g_autoptr (RetourDraft) draft = draft_with ("damaged");
  g_autoptr (RetourApprovalRequest) request = ask_as (draft, "stf_1");
  g_autoptr (RetourApprovalRequest) next = NULL;

  retour_draft_set_condition (draft, 0, "light_wear");
  ck_assert (retour_desk_save_draft (desk, store, draft, NULL));
  next = ask_as (draft, "stf_1");
  ck_assert_str_ne (next->id, request->id);
  ck_assert_int_eq (state_of (request->id), RETOUR_REQUEST_WITHDRAWN);
  ck_assert_int_eq (state_of (next->id), RETOUR_REQUEST_ASKED);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM operations WHERE kind = 'approval.decide'"
                                   " AND body LIKE '%\"withdraw\"%'"),
                    1);
}
END_TEST

/* What was over stays over, however often an old answer is sent again. */
START_TEST (an_answer_after_the_end_is_journalled_and_changes_nothing)
{
  g_autoptr (RetourDraft) draft = draft_with ("damaged");
  g_autoptr (RetourApprovalRequest) request = ask_as (draft, "stf_1");
  g_autoptr (RetourApprovalRequest) yes = word (request, RETOUR_REQUEST_APPROVED, "stf_3", "seen");
  g_autoptr (RetourRequestNews) news = NULL;
  g_autoptr (GError) error = NULL;

  ck_assert (retour_desk_withdraw_request (desk, store, request->id, "stf_1", RETOUR_WITHDRAWN_CANCELLED, &error));
  ck_assert (retour_desk_withdraw_request (desk, store, request->id, "stf_1", RETOUR_WITHDRAWN_CANCELLED, &error));
  ck_assert_int_eq (journalled ("approval.withdrawn"), 1);
  news = hear (yes);
  ck_assert (!news->changed);
  ck_assert_ptr_nonnull (news->objection);
  ck_assert_uint_eq (approvals_of (draft), 0);
  ck_assert_int_eq (journalled ("approval.not_allowed"), 1);
}
END_TEST

START_TEST (a_refusal_and_an_end_of_time_leave_the_return_as_it_is)
{
  g_autoptr (RetourDraft) draft = draft_with ("damaged");
  g_autoptr (RetourApprovalRequest) request = ask_as (draft, "stf_1");
  g_autoptr (RetourApprovalRequest) no = word (request, RETOUR_REQUEST_REFUSED, "stf_3", NULL);
  g_autoptr (RetourRequestNews) refused = hear (no);
  g_autoptr (RetourApprovalRequest) again = ask_as (draft, "stf_1");
  g_autoptr (RetourApprovalRequest) over = word (again, RETOUR_REQUEST_EXPIRED, NULL, NULL);
  g_autoptr (RetourRequestNews) expired = hear (over);

  ck_assert (refused->changed && refused->draft == NULL && refused->objection == NULL);
  ck_assert_int_eq (state_of (request->id), RETOUR_REQUEST_REFUSED);
  ck_assert_str_ne (again->id, request->id);
  ck_assert (expired->changed);
  ck_assert_int_eq (state_of (again->id), RETOUR_REQUEST_EXPIRED);
  ck_assert_int_eq (journalled ("approval.refused"), 1);
  ck_assert_int_eq (journalled ("approval.expired"), 1);
  ck_assert_uint_eq (approvals_of (draft), 0);
}
END_TEST

START_TEST (without_network_a_decision_on_the_spot_ends_the_question)
{
  g_autoptr (RetourDraft) draft = draft_with ("damaged");
  g_autoptr (RetourApprovalRequest) request = ask_as (draft, "stf_1");
  g_autoptr (RetourApprovalRequest) waits = word (request, RETOUR_REQUEST_WAITING, NULL, NULL);
  g_autoptr (RetourRequestNews) waiting = hear (waits);
  g_autoptr (RetourWorkspace) workspace = NULL;
  g_autoptr (RetourStaff) manager = person ("stf_4");
  g_autoptr (RetourQuote) quote = NULL;
  g_autoptr (GError) error = NULL;

  ck_assert (waiting->changed);
  ck_assert (retour_desk_note_request_offline (desk, store, request->id, &error));
  ck_assert_int_eq (state_of (request->id), RETOUR_REQUEST_OFFLINE);
  workspace = retour_desk_open_draft (desk, store, draft->id, &error);
  quote = retour_desk_quote (desk, workspace, workspace->draft, FALSE, &error);
  ck_assert (retour_desk_approve (desk, store, workspace, workspace->draft, quote, manager, TRUE, "here", &error));
  ck_assert_int_eq (state_of (request->id), RETOUR_REQUEST_WITHDRAWN);
  ck_assert_uint_eq (approvals_of (draft), 1);
  ck_assert (retour_desk_note_request_offline (desk, store, request->id, &error));
  ck_assert_int_eq (state_of (request->id), RETOUR_REQUEST_WITHDRAWN);
}
END_TEST

/* Another terminal's question, as it comes in. */
static RetourApprovalRequest *
foreign_request (const char *requester)
{
  g_autofree char *text = g_strdup_printf (
      "{\"id\":\"0193e1b0-0000-7000-8000-000000000001\",\"return\":\"0193e1b0-0000-7000-8000-000000000002\","
      "\"order_number\":\"W10000009\",\"requester\":\"%s\",\"currency\":\"EUR\",\"amount\":3495,\"hash\":\"ab\","
      "\"rules\":[\"condition\"],\"causes\":[{\"rule\":\"condition\",\"decision\":\"refuse_unless_approved\"}],"
      "\"state\":\"pending\",\"store\":\"0215\",\"terminal\":\"B\",\"asked_at\":\"2026-11-20T09:59:00Z\","
      "\"expires_at\":\"2026-11-20T10:09:00Z\"}",
      requester);
  g_autoptr (GError) error = NULL;
  RetourApprovalRequest *request = retour_documents ()->read_request (text, -1, &error);

  ck_assert_msg (request != NULL, "%s", error != NULL ? error->message : "");
  return request;
}

START_TEST (a_manager_here_decides_for_another_terminal_once)
{
  g_autoptr (RetourApprovalRequest) request = foreign_request ("stf_1");
  g_autoptr (RetourStaff) manager = person ("stf_3");
  g_autoptr (RetourAnswer) late = NULL;
  g_autoptr (GPtrArray) operations = NULL;
  const RetourOperation *operation;
  g_autoptr (GError) error = NULL;

  ck_assert (retour_desk_decide_request (desk, store, request, manager, TRUE, "seen on the picture", &error));
  operations = store->list_operations (store, NULL);
  ck_assert_uint_eq (operations->len, 1);
  operation = operations->pdata[0];
  ck_assert_int_eq (operation->kind, RETOUR_OPERATION_APPROVAL_DECIDE);
  ck_assert_str_eq (operation->body, "{\"approval\":\"0193e1b0-0000-7000-8000-000000000001\",\"decision\":\"approve\","
                                     "\"approver\":\"stf_3\",\"motive\":\"seen on the picture\","
                                     "\"at\":\"2026-11-20T10:00:00Z\"}");
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM audit WHERE kind = 'approval.given' AND actor = 'stf_3'"
                                   " AND body LIKE '%by stf_1 at 0215 B%motive seen on the picture'"),
                    1);
  ck_assert (!retour_desk_decide_request (desk, store, request, manager, FALSE, NULL, &error));
  ck_assert (g_error_matches (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_TOO_LATE));
  ck_assert_int_eq (journalled ("approval.not_allowed"), 1);

  /* The OMS had it decided already: nothing is left to mend, so nothing stands aside. */
  late = retour_answer_new (operation->op, RETOUR_ANSWER_REJECTED);
  ck_assert (store->settle_operation (store, late, wall_time, NULL));
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM operation_states WHERE state <> 'answered'"), 0);
}
END_TEST

START_TEST (who_may_not_decide_for_another_terminal_is_stopped_and_journalled)
{
  static const struct
  {
    const char *requester, *approver, *motive;
    gboolean approve, allowed;
  } cases[] = {
    { "stf_3", "stf_3", "mine", TRUE, FALSE },    { "stf_1", "stf_2", "friend", TRUE, FALSE },
    { "stf_1", "stf_gone", "left", TRUE, FALSE }, { "stf_1", "stf_3", NULL, TRUE, FALSE },
    { "stf_1", "stf_3", " ", TRUE, FALSE },       { "stf_3", "stf_4", "another", TRUE, TRUE },
    { "stf_1", "stf_3", NULL, FALSE, TRUE },      { "stf_3", "stf_3", NULL, FALSE, FALSE },
  };
  const guint n = (guint) _i % G_N_ELEMENTS (cases);
  g_autoptr (RetourApprovalRequest) request = foreign_request (cases[n].requester);
  g_autoptr (RetourStaff) approver = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  approver = retour_staff_new (cases[n].approver, "Somebody Else",
                               strcmp (cases[n].approver, "stf_2") == 0 ? RETOUR_ROLE_CLERK : RETOUR_ROLE_MANAGER);
  approver->active = strcmp (cases[n].approver, "stf_gone") != 0;
  done = retour_desk_decide_request (desk, store, request, approver, cases[n].approve, cases[n].motive, &error);
  ck_assert_int_eq (done, cases[n].allowed);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM operations"), cases[n].allowed);
  ck_assert_int_eq (journalled ("approval.not_allowed"), !cases[n].allowed);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM audit"), 1);
}
END_TEST

START_TEST (another_terminals_answer_is_nobodys_here)
{
  g_autoptr (RetourApprovalRequest) request = foreign_request ("stf_1");
  g_autoptr (RetourRequestNews) news = hear (request);

  ck_assert_ptr_null (news->request);
  ck_assert (!news->changed);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("remote-approval");
  TCase *tests = tcase_create ("remote-approval");
  SRunner *runner;
  int failed;

  if (sodium_init () < 0)
    return 1;
  tcase_add_checked_fixture (tests, set_up, tear_down);
  tcase_add_test (tests, a_question_moves_only_as_the_table_says);
  tcase_add_test (tests, a_question_is_kept_before_it_is_sent_and_survives_a_restart);
  tcase_add_test (tests, nothing_is_asked_that_needs_nobody_or_that_nobody_may_allow);
  tcase_add_test (tests, an_approval_counts_once_and_is_recorded_with_the_return);
  tcase_add_loop_test (tests, an_answer_that_may_not_be_given_does_not_count, 0, 7);
  tcase_add_test (tests, a_later_edit_voids_the_answer);
  tcase_add_test (tests, an_edit_asks_anew_and_the_old_question_is_taken_back);
  tcase_add_test (tests, an_answer_after_the_end_is_journalled_and_changes_nothing);
  tcase_add_test (tests, a_refusal_and_an_end_of_time_leave_the_return_as_it_is);
  tcase_add_test (tests, without_network_a_decision_on_the_spot_ends_the_question);
  tcase_add_test (tests, a_manager_here_decides_for_another_terminal_once);
  tcase_add_loop_test (tests, who_may_not_decide_for_another_terminal_is_stopped_and_journalled, 0, 8);
  tcase_add_test (tests, another_terminals_answer_is_nobodys_here);
  suite_add_tcase (suite, tests);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? 0 : 1;
}
