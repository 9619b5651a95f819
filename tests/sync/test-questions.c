/* SPDX-License-Identifier: Apache-2.0 */
/* Questions to the OMS beside the exchange: answered once, on the asking thread, whatever becomes of the OMS. */
#include <check.h>
#include <sodium.h>
#include <stdlib.h>

#include "worker-rig.h"

/* Answers to questions. */
typedef struct
{
  guint calls;
  guint found;
  char *first;
  GError *error;
} Reply;

static void
on_orders (GPtrArray *orders, const GError *error, gpointer user_data)
{
  Reply *reply = user_data;

  reply->calls++;
  reply->error = error ? g_error_copy (error) : NULL;
  reply->found = orders ? orders->len : 0;
  if (reply->found > 0)
    reply->first = g_strdup (((RetourOrder *) orders->pdata[0])->number);
}

static void
on_figures (GPtrArray *figures, const GError *error, gpointer user_data)
{
  Reply *reply = user_data;

  reply->calls++;
  reply->error = error ? g_error_copy (error) : NULL;
  reply->found = figures ? figures->len : 0;
}

static void
wait_reply (Reply *reply)
{
  gint64 deadline = g_get_monotonic_time () + 15 * RETOUR_SECOND;

  while (reply->calls == 0)
    {
      ck_assert_int_lt (g_get_monotonic_time (), deadline);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

static void
reply_clear (Reply *reply)
{
  g_clear_error (&reply->error);
  g_free (reply->first);
  *reply = (Reply){ 0 };
}

START_TEST (questions_are_answered_on_the_asking_thread)
{
  Rig rig;
  Reply reply = { 0 };

  rig_init (&rig, "R");
  retour_sync_start (rig.sync);
  const RetourOms *ask = retour_sync_oms (rig.sync);
  ask->search_orders (ask->self, "example", on_orders, &reply);
  ck_assert_uint_eq (reply.calls, 0);
  wait_reply (&reply);
  g_assert_no_error (reply.error);
  ck_assert_uint_gt (reply.found, 0);
  g_autofree char *number = g_strdup (reply.first);
  reply_clear (&reply);
  ask->find_order (ask->self, number, on_orders, &reply);
  wait_reply (&reply);
  ck_assert_str_eq (reply.first, number);
  reply_clear (&reply);
  ask->find_order (ask->self, "no such/order?é", on_orders, &reply);
  wait_reply (&reply);
  ck_assert (g_error_matches (reply.error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_NOT_FOUND));
  reply_clear (&reply);
  ask->ask_stock (ask->self, "no-such-sku", on_figures, &reply);
  wait_reply (&reply);
  ck_assert (reply.error == NULL || g_error_matches (reply.error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_NOT_FOUND));
  reply_clear (&reply);
  retour_sync_set_offline (rig.sync, TRUE);
  ask->find_order (ask->self, number, on_orders, &reply);
  wait_reply (&reply);
  ck_assert (g_error_matches (reply.error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_OFFLINE));
  reply_clear (&reply);
  rig_clear (&rig);
}
END_TEST

START_TEST (a_cancelled_question_is_answered_at_once_and_never_again)
{
  Rig rig;
  Reply reply = { 0 }, pending = { 0 };

  rig_init (&rig, "S");
  set_fault ("delay=500@/v1/orders");
  retour_sync_start (rig.sync);
  const RetourOms *ask = retour_sync_oms (rig.sync);
  guint token = ask->search_orders (ask->self, "example", on_orders, &reply);
  ask->cancel (ask->self, token);
  ck_assert_uint_eq (reply.calls, 1);
  ck_assert (g_error_matches (reply.error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_CANCELLED));
  ask->cancel (ask->self, token);
  for (int i = 0; i < 1000; i++)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  ck_assert_uint_eq (reply.calls, 1);
  /* What is still open when the exchange ends is answered too. */
  ask->search_orders (ask->self, "example", on_orders, &pending);
  retour_sync_stop (rig.sync);
  ck_assert_uint_eq (pending.calls, 1);
  set_fault (NULL);
  /* Asked while nothing runs, the answer still comes. */
  reply_clear (&reply);
  ask->search_orders (ask->self, "example", on_orders, &reply);
  wait_reply (&reply);
  ck_assert (g_error_matches (reply.error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_OFFLINE));
  reply_clear (&reply);
  reply_clear (&pending);
  rig_clear (&rig);
}
END_TEST

/* What the OMS said of approvals. */
typedef struct
{
  guint calls;
  char *cursor, *id;
  RetourRequestState state;
  GError *error;
} Word;

static void
on_requests (GPtrArray *requests, const char *cursor, const GError *error, gpointer user_data)
{
  Word *word = user_data;

  word->calls++;
  word->error = error ? g_error_copy (error) : NULL;
  word->cursor = g_strdup (cursor);
  if (requests == NULL || requests->len == 0)
    return;
  RetourApprovalRequest *last = requests->pdata[requests->len - 1];
  word->id = g_strdup (last->id);
  word->state = last->state;
}

static void
wait_word (Word *word)
{
  gint64 deadline = g_get_monotonic_time () + 15 * RETOUR_SECOND;

  while (word->calls == 0)
    {
      ck_assert_int_lt (g_get_monotonic_time (), deadline);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

static void
word_clear (Word *word)
{
  g_clear_error (&word->error);
  g_free (word->cursor);
  g_free (word->id);
  *word = (Word){ 0 };
}

static RetourApprovalRequest *
make_request (void)
{
  g_autoptr (RetourIds) ids = retour_ids_new (NULL, NULL);
  g_autofree char *id = retour_ids_next (ids, g_get_real_time ());
  RetourApprovalRequest *request = retour_approval_request_new (id, id);
  RetourRequestCause *cause = g_new0 (RetourRequestCause, 1);

  cause->rule = g_strdup ("condition");
  cause->decision = RETOUR_DECISION_ACCEPT_IF_APPROVED;
  g_ptr_array_add (request->causes, cause);
  request->requester = g_strdup ("stf_1");
  request->hash = g_strdup ("ab");
  g_strlcpy (request->currency, "EUR", sizeof request->currency);
  return request;
}

START_TEST (an_approval_is_asked_twice_alike_and_news_of_it_ends_a_wait)
{
  Rig rig;
  Word word = { 0 }, waiting = { 0 }, again = { 0 };
  g_autoptr (RetourApprovalRequest) request = make_request ();

  rig_init (&rig, "U");
  retour_sync_start (rig.sync);
  const RetourOms *ask = retour_sync_oms (rig.sync);
  ask->await_approvals (ask->self, NULL, on_requests, &word);
  wait_word (&word);
  g_assert_no_error (word.error);
  ck_assert_ptr_nonnull (word.cursor);
  ask->await_approvals (ask->self, word.cursor, on_requests, &waiting);
  ask->ask_approval (ask->self, request, on_requests, &again);
  wait_word (&again);
  wait_word (&waiting);
  g_assert_no_error (again.error);
  ck_assert_str_eq (again.id, request->id);
  ck_assert_int_eq (again.state, RETOUR_REQUEST_WAITING);
  ck_assert_str_eq (waiting.id, request->id);
  word_clear (&again);
  ask->ask_approval (ask->self, request, on_requests, &again);
  wait_word (&again);
  ck_assert_str_eq (again.id, request->id);
  g_autofree char *cursor = g_strdup (waiting.cursor);
  word_clear (&waiting);
  word_clear (&word);

  /* The wait is silent, and ends at once when it is cancelled or the network goes. */
  guint token = ask->await_approvals (ask->self, cursor, on_requests, &waiting);
  ask->cancel (ask->self, token);
  ck_assert (g_error_matches (waiting.error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_CANCELLED));
  ask->await_approvals (ask->self, cursor, on_requests, &word);
  for (int i = 0; i < 200; i++)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  ck_assert_uint_eq (word.calls, 0);
  retour_sync_set_offline (rig.sync, TRUE);
  wait_word (&word);
  ck_assert (g_error_matches (word.error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_OFFLINE));
  word_clear (&word);
  word_clear (&waiting);
  word_clear (&again);
  rig_clear (&rig);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("questions");
  TCase *tests = tcase_create ("questions");

  if (sodium_init () < 0)
    return EXIT_FAILURE;
  tcase_add_test (tests, questions_are_answered_on_the_asking_thread);
  tcase_add_test (tests, a_cancelled_question_is_answered_at_once_and_never_again);
  tcase_add_test (tests, an_approval_is_asked_twice_alike_and_news_of_it_ends_a_wait);
  suite_add_tcase (suite, tests);

  start_sandbox ();
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  stop_sandbox ();
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
