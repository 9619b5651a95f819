/* SPDX-License-Identifier: Apache-2.0 */
/* The real program's inside, end to end: the worker, libcurl, SQLite, against the real sandbox over HTTPS. */
#include <check.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "identity-files.h"
#include "worker-rig.h"

START_TEST (a_terminal_enrols_pulls_everything_and_says_so)
{
  Rig rig;

  rig_init (&rig, "A");
  retour_sync_start (rig.sync);
  wait_for (&rig, is_up_to_date, "up to date");
  ck_assert_uint_eq (orders_kept (&rig), ORDERS);
  ck_assert (rig.phases & 1u << RETOUR_SYNC_PHASE_PULLING);
  ck_assert_uint_ge (rig.most_total, ORDERS);
  ck_assert_int_ne (rig.last->last_exchange, RETOUR_INSTANT_NONE);
  ck_assert_int_lt (ABS (rig.last->clock_offset), 2 * RETOUR_SECOND);
  ck_assert_uint_eq (mentions ("alarms", "\"what\""), 0);
  rig_clear (&rig);
}
END_TEST

START_TEST (a_return_reaches_the_oms_once_and_its_refund_comes_back)
{
  Rig rig;

  rig_init (&rig, "B");
  retour_sync_start (rig.sync);
  wait_for (&rig, is_up_to_date, "up to date");
  confirm_return (&rig);
  ck_assert_int_eq (rig.ret->sync, RETOUR_SYNC_LOCAL);
  wait_for (&rig, is_settled, "settled");
  ck_assert_uint_eq (returns_with_id (rig.ret->id), 1);
  rig_clear (&rig);
}
END_TEST

static gpointer
make_seal_due (RetourStore *store, gpointer user_data, GError **error)
{
  return store->set_setting (store, "journal_sealed", "0 0", error) ? store : NULL;
}

static gboolean
is_sealed (Rig *rig)
{
  return is_up_to_date (rig) && mentions ("operations", "audit.seal") > 0;
}

/* ENGINEERING.md C.6 */
START_TEST (the_journals_head_is_told_to_the_oms)
{
  Rig rig;

  rig_init (&rig, "S");
  run_job (&rig, make_seal_due, NULL);
  retour_sync_start (rig.sync);
  wait_for (&rig, is_up_to_date, "up to date");
  confirm_return (&rig);
  wait_for (&rig, is_sealed, "sealed");
  wait_for (&rig, is_settled, "settled");
  ck_assert_uint_eq (mentions ("operations", "audit.seal"), 1);
  ck_assert_uint_eq (rig.last->attention, 0);
  rig_clear (&rig);
}
END_TEST

/* ENGINEERING.md D.4, 12 */
START_TEST (a_lost_answer_means_one_return_told_twice)
{
  Rig rig;

  rig_init (&rig, "C");
  retour_sync_start (rig.sync);
  wait_for (&rig, is_up_to_date, "up to date");
  set_fault ("lose-answer@/v1/operations");
  confirm_return (&rig);
  wait_for (&rig, is_offline, "offline");
  ck_assert_uint_eq (returns_with_id (rig.ret->id), 1);
  ck_assert_uint_eq (rig.last->to_send, 1);
  set_fault (NULL);
  wait_for (&rig, is_up_to_date, "up to date again");
  ck_assert_uint_eq (returns_with_id (rig.ret->id), 1);
  wait_for (&rig, is_acknowledged, "acknowledged");
  ck_assert_uint_eq (mentions ("alarms", "\"what\""), 0);
  rig_clear (&rig);
}
END_TEST

START_TEST (what_is_recorded_offline_is_sent_when_the_cable_is_back)
{
  Rig rig;

  rig_init (&rig, "D");
  retour_sync_start (rig.sync);
  wait_for (&rig, is_up_to_date, "up to date");
  retour_sync_set_offline (rig.sync, TRUE);
  wait_for (&rig, is_offline, "offline");
  confirm_return (&rig);
  wait_for (&rig, has_one_to_send, "one to send");
  ck_assert_uint_eq (returns_with_id (rig.ret->id), 0);
  retour_sync_set_offline (rig.sync, FALSE);
  wait_for (&rig, is_up_to_date, "up to date again");
  ck_assert_uint_eq (returns_with_id (rig.ret->id), 1);
  rig_clear (&rig);
}
END_TEST

START_TEST (what_was_not_sent_is_sent_after_a_restart)
{
  Rig rig;

  rig_init (&rig, "E");
  retour_sync_start (rig.sync);
  wait_for (&rig, is_up_to_date, "up to date");
  retour_sync_set_offline (rig.sync, TRUE);
  confirm_return (&rig);
  wait_for (&rig, has_one_to_send, "one to send");
  g_clear_pointer (&rig.sync, retour_sync_free);
  g_clear_pointer (&rig.last, retour_sync_report_free);
  open_sync (&rig);
  retour_sync_start (rig.sync);
  wait_for (&rig, is_up_to_date, "up to date again");
  ck_assert_uint_eq (returns_with_id (rig.ret->id), 1);
  rig_clear (&rig);
}
END_TEST

static const char *const storms[] = {
  "drop:70%@/v1/changes", "error=503:40%", "wrong-nonce:50%", "portal:50%", "refuse:50%", "lose-answer:50%",
};

/* ENGINEERING.md D.4, 13, 14, 16, 18: whatever the way does, everything arrives in the end, once. */
START_TEST (a_storm_of_faults_loses_nothing)
{
  Rig rig;
  char letter[] = { (char) ('F' + _i), '\0' };

  rig_init (&rig, letter);
  set_fault (storms[_i]);
  retour_sync_start (rig.sync);
  wait_for (&rig, is_up_to_date, "up to date");
  ck_assert_uint_eq (orders_kept (&rig), ORDERS);
  confirm_return (&rig);
  wait_for (&rig, is_acknowledged, "acknowledged");
  set_fault (NULL);
  ck_assert_uint_eq (returns_with_id (rig.ret->id), 1);
  ck_assert_uint_eq (mentions ("alarms", "\"what\""), 0);
  rig_clear (&rig);
}
END_TEST

START_TEST (a_portal_is_called_a_portal)
{
  Rig rig;

  rig_init (&rig, "L");
  set_fault ("portal");
  retour_sync_start (rig.sync);
  wait_for (&rig, is_portal, "portal");
  ck_assert_ptr_nonnull (rig.last->message);
  set_fault (NULL);
  wait_for (&rig, is_up_to_date, "up to date");
  rig_clear (&rig);
}
END_TEST

START_TEST (a_gone_cursor_means_a_new_snapshot_and_an_untouched_outbox)
{
  Rig rig;

  rig_init (&rig, "M");
  retour_sync_start (rig.sync);
  wait_for (&rig, is_up_to_date, "up to date");
  set_fault ("error=410@/v1/changes");
  wait_for (&rig, is_offline, "in trouble");
  set_fault ("error=503@/v1/operations");
  confirm_return (&rig);
  wait_for (&rig, has_one_to_send, "one to send");
  set_fault (NULL);
  wait_for (&rig, is_up_to_date, "up to date again");
  ck_assert_uint_eq (orders_kept (&rig), ORDERS);
  ck_assert_uint_eq (returns_with_id (rig.ret->id), 1);
  rig_clear (&rig);
}
END_TEST

START_TEST (a_server_with_another_key_is_a_matter_of_security)
{
  Rig rig;
  static const char wrong[] = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  rig_init (&rig, "N");
  ck_assert (retour_identity_write (rig.identity, "pins", wrong, strlen (wrong), NULL));
  ck_assert (retour_sync_reload (rig.sync, NULL));
  retour_sync_start (rig.sync);
  wait_for (&rig, is_insecure, "security");
  ck_assert (!(rig.phases & 1u << RETOUR_SYNC_PHASE_UP_TO_DATE));
  rig_clear (&rig);
}
END_TEST

START_TEST (a_revoked_terminal_is_told_so)
{
  Rig rig;

  rig_init (&rig, "O");
  retour_sync_start (rig.sync);
  wait_for (&rig, is_up_to_date, "up to date");
  g_autofree char *output = oms ("revoke", retour_sync_get_enrolment (rig.sync)->identity->terminal_id, NULL);
  wait_for (&rig, is_insecure, "security");
  ck_assert_ptr_nonnull (rig.last->message);
  rig_clear (&rig);
}
END_TEST

START_TEST (a_terminal_that_enrols_while_it_runs_begins_at_once)
{
  Rig rig;

  rig_init (&rig, NULL);
  retour_sync_start (rig.sync);
  wait_for (&rig, is_unenrolled, "not enrolled");
  ck_assert_ptr_null (retour_sync_get_enrolment (rig.sync));
  enrol (&rig, "P");
  ck_assert (retour_sync_reload (rig.sync, NULL));
  wait_for (&rig, is_up_to_date, "up to date");
  rig_clear (&rig);
}
END_TEST

static gboolean
is_renewed (Rig *rig)
{
  g_autoptr (RetourEnrolment) now = retour_enrolment_load (rig->identity, NULL);

  return now != NULL && !g_str_equal (now->device_pem, retour_sync_get_enrolment (rig->sync)->device_pem);
}

static gboolean
is_up_to_date_after_kicks (Rig *rig)
{
  if (g_get_monotonic_time () - rig->looked_at > RETOUR_SECOND)
    {
      rig->looked_at = g_get_monotonic_time ();
      retour_sync_kick (rig->sync);
    }
  return is_up_to_date (rig);
}

/* ENGINEERING.md D.4, 35 */
START_TEST (a_certificate_that_the_oms_no_longer_knows_is_renewed_once)
{
  Rig rig;

  rig_init (&rig, "U");
  retour_sync_start (rig.sync);
  wait_for (&rig, is_up_to_date, "up to date");
  set_fault ("error=401@/v1/changes");
  wait_for (&rig, is_renewed, "renewed");
  wait_for (&rig, is_insecure, "security, since the new one is not known either");
  set_fault (NULL);
  wait_for (&rig, is_up_to_date_after_kicks, "up to date with the new certificate");
  g_autoptr (RetourEnrolment) now = retour_enrolment_load (rig.identity, NULL);
  ck_assert_str_eq (now->identity->terminal_id, retour_sync_get_enrolment (rig.sync)->identity->terminal_id);
  ck_assert_mem_eq (now->proof_secret, retour_sync_get_enrolment (rig.sync)->proof_secret, 64);
  ck_assert_uint_eq (mentions ("alarms", "\"what\""), 0);
  rig_clear (&rig);
}
END_TEST

START_TEST (a_code_is_good_once)
{
  Rig rig;
  g_autoptr (GError) error = NULL;

  rig_init (&rig, NULL);
  g_autofree char *code_json = oms ("enrol", "--terminal", "Q", NULL);
  g_autofree char *url = member (code_json, "url"), *code = member (code_json, "code");
  g_autofree char *authority = member (code_json, "ca_pem"), *pin = member (code_json, "pin");
  const RetourEnrolmentRequest request = {
    .address = url, .code = code, .terminal = "Q", .authority_pem = authority, .pins = pin
  };
  g_autoptr (RetourEnrolment) first = retour_enrolment_run (rig.identity, &request, &error);
  g_assert_no_error (error);
  ck_assert_ptr_null (retour_enrolment_run (rig.identity, &request, &error));
  ck_assert (g_error_matches (error, RETOUR_ENROLMENT_ERROR, RETOUR_ENROLMENT_ERROR_CODE));
  /* The enrolment that worked is still there. */
  g_autoptr (RetourEnrolment) loaded = retour_enrolment_load (rig.identity, NULL);
  ck_assert_str_eq (loaded->device_pem, first->device_pem);
  rig_clear (&rig);
}
END_TEST

START_TEST (it_stops_within_a_second_whatever_hangs)
{
  Rig rig;

  rig_init (&rig, "T");
  set_fault ("delay=20000");
  retour_sync_start (rig.sync);
  for (int i = 0; i < 300; i++)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  gint64 start = g_get_monotonic_time ();
  retour_sync_stop (rig.sync);
  ck_assert_int_lt (g_get_monotonic_time () - start, RETOUR_SECOND);
  set_fault (NULL);
  /* In the middle of a pull, too. */
  retour_sync_start (rig.sync);
  g_usleep (150 * 1000);
  start = g_get_monotonic_time ();
  retour_sync_stop (rig.sync);
  ck_assert_int_lt (g_get_monotonic_time () - start, RETOUR_SECOND);
  /* And it can be started again. */
  retour_sync_start (rig.sync);
  wait_for (&rig, is_up_to_date, "up to date");
  rig_clear (&rig);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("worker");
  TCase *tests = tcase_create ("worker");

  if (sodium_init () < 0)
    return EXIT_FAILURE;
  tcase_add_test (tests, a_terminal_enrols_pulls_everything_and_says_so);
  tcase_add_test (tests, a_return_reaches_the_oms_once_and_its_refund_comes_back);
  tcase_add_test (tests, the_journals_head_is_told_to_the_oms);
  tcase_add_test (tests, a_lost_answer_means_one_return_told_twice);
  tcase_add_test (tests, what_is_recorded_offline_is_sent_when_the_cable_is_back);
  tcase_add_test (tests, what_was_not_sent_is_sent_after_a_restart);
  tcase_add_loop_test (tests, a_storm_of_faults_loses_nothing, 0, G_N_ELEMENTS (storms));
  tcase_add_test (tests, a_portal_is_called_a_portal);
  tcase_add_test (tests, a_gone_cursor_means_a_new_snapshot_and_an_untouched_outbox);
  tcase_add_test (tests, a_server_with_another_key_is_a_matter_of_security);
  tcase_add_test (tests, a_revoked_terminal_is_told_so);
  tcase_add_test (tests, a_terminal_that_enrols_while_it_runs_begins_at_once);
  tcase_add_test (tests, a_certificate_that_the_oms_no_longer_knows_is_renewed_once);
  tcase_add_test (tests, a_code_is_good_once);
  tcase_add_test (tests, it_stops_within_a_second_whatever_hangs);
  suite_add_tcase (suite, tests);

  start_sandbox ();
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  stop_sandbox ();
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
