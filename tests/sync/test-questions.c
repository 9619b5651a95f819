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

int
main (void)
{
  Suite *suite = suite_create ("questions");
  TCase *tests = tcase_create ("questions");

  if (sodium_init () < 0)
    return EXIT_FAILURE;
  tcase_add_test (tests, questions_are_answered_on_the_asking_thread);
  tcase_add_test (tests, a_cancelled_question_is_answered_at_once_and_never_again);
  suite_add_tcase (suite, tests);

  start_sandbox ();
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  stop_sandbox ();
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
