/* SPDX-License-Identifier: Apache-2.0 */
/* Every trouble a printer can have gives its own word, within the time given, and nothing is ever sent twice. */
#include "paper-error.h"
#include "paper-fixture.h"
#include "printer-emulator.h"
#include "printer.h"

#include <check.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
  SLACK_MS = 1500, /* a slow machine under test */
};

static RetourPrintJob *
new_job (const RetourPrinter *printer)
{
  g_autoptr (RetourSlipProof) proof = paper_fixture_new_proof_fr ();
  g_autoptr (RetourSlip) slip = retour_slip_proof_compose (proof, retour_printer_get_width (printer));
  g_autoptr (GError) error = NULL;
  RetourPrintJob *job = retour_printer_prepare (printer, slip, "R0214A-00381-7", &error);

  ck_assert_msg (job != NULL, "%s", error != NULL ? error->message : "");
  return job;
}

static RetourPrintResult
print_to (const char *setting, guint timeout_ms, GCancellable *cancellable, GError **error)
{
  g_autoptr (RetourPrinter) printer = retour_printer_new (setting, NULL);

  ck_assert_msg (printer != NULL, "%s", setting);

  g_autoptr (RetourPrintJob) job = new_job (printer);
  gint64 start = g_get_monotonic_time ();
  RetourPrintResult result;
  gboolean printed = retour_printer_print (printer, job, timeout_ms, cancellable, &result, error);
  gint64 took = (g_get_monotonic_time () - start) / 1000;

  ck_assert_msg (took <= timeout_ms + SLACK_MS, "took %d ms of %u", (int) took, timeout_ms);
  ck_assert (printed == (result.outcome == RETOUR_PRINT_PRINTED));
  ck_assert (printed == (*error == NULL));
  return result;
}

static const struct
{
  const char *way;
  const char *fault;
  guint timeout_ms;
  const char *outcome;
  gboolean sent;
  gboolean near_end;
  int pages;
} TROUBLES[] = {
  { "tcp", NULL, 10000, "printed", TRUE, FALSE, 1 },
  { "pty", NULL, 10000, "printed", TRUE, FALSE, 1 },
  { "tcp", "automatic", 10000, "printed", TRUE, FALSE, 1 },
  { "tcp", "near-end", 10000, "printed", TRUE, TRUE, 1 },
  { "tcp", "cover-open", 10000, "cover_open", FALSE, FALSE, 0 },
  { "pty", "cover-open", 10000, "cover_open", FALSE, FALSE, 0 },
  { "tcp", "paper-end", 10000, "paper_end", FALSE, TRUE, 0 },
  { "tcp", "error", 10000, "offline", FALSE, FALSE, 0 },
  { "tcp", "feeding", 10000, "offline", FALSE, FALSE, 0 },
  { "tcp", "silent", 4000, "no_answer", FALSE, FALSE, 0 },
  { "tcp", "silent", 500, "no_answer", FALSE, FALSE, 0 },
  { "pty", "silent", 500, "no_answer", FALSE, FALSE, 0 },
  { "tcp", "garbage", 4000, "no_answer", FALSE, FALSE, 0 },
  { "tcp", "drop=20000", 10000, "no_answer", TRUE, FALSE, 0 },
  { "tcp", "stall=20000", 1500, "no_answer", TRUE, FALSE, 0 },
  { "tcp", "drop-end", 10000, "no_answer", TRUE, FALSE, 1 },
  { "tcp", "silent-end", 1500, "no_answer", TRUE, FALSE, 1 },
  { "tcp", "automatic-end", 1500, "no_answer", TRUE, FALSE, 1 },
  { "tcp", "paper-end-at=20000", 10000, "paper_end", TRUE, TRUE, 0 },
  { "tcp", "cover-open-at=20000", 10000, "cover_open", TRUE, FALSE, 0 },
  { "tcp", "paper-end-last", 10000, "paper_end", TRUE, FALSE, 1 },
};

START_TEST (each_trouble_has_its_word)
{
  g_autoptr (PrinterEmulator) emulator = printer_emulator_new (TROUBLES[_i].way, TROUBLES[_i].fault);
  g_autoptr (GError) error = NULL;
  RetourPrintResult result = print_to (emulator->setting, TROUBLES[_i].timeout_ms, NULL, &error);

  ck_assert_str_eq (retour_print_outcome_to_string (result.outcome), TROUBLES[_i].outcome);
  ck_assert_int_eq (result.sent, TROUBLES[_i].sent);
  ck_assert_int_eq (result.near_end, TROUBLES[_i].near_end);
  ck_assert_int_eq (result.confirmed, result.outcome == RETOUR_PRINT_PRINTED);
  if (error != NULL)
    ck_assert (g_error_matches (error, RETOUR_PAPER_ERROR, RETOUR_PAPER_ERROR_PRINTER));
  if (TROUBLES[_i].pages > 0)
    printer_emulator_expect (emulator, "page 1");
  if (TROUBLES[_i].fault == NULL || !g_str_has_prefix (TROUBLES[_i].fault, "stall"))
    if (g_str_equal (TROUBLES[_i].way, "tcp"))
      printer_emulator_expect (emulator, "hung up");
  ck_assert_int_eq (printer_emulator_count_pages (emulator), TROUBLES[_i].pages);
}
END_TEST

START_TEST (nobody_at_the_address_is_offline)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *setting = g_strdup_printf ("tcp://127.0.0.1:%u", port);
  g_autoptr (GError) error = NULL;

  g_socket_listener_close (listener);

  RetourPrintResult result = print_to (setting, 3000, NULL, &error);

  ck_assert_str_eq (retour_print_outcome_to_string (result.outcome), "offline");
  ck_assert (!result.sent);
}
END_TEST

START_TEST (a_printer_busy_with_another_client_is_not_waited_for_longer_than_asked)
{
  /* A listener whose queue is full takes the connection and never serves it, as one-client printers do. */
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *setting = g_strdup_printf ("tcp://127.0.0.1:%u", port);
  g_autoptr (GError) error = NULL;
  RetourPrintResult result = print_to (setting, 700, NULL, &error);

  ck_assert_str_eq (retour_print_outcome_to_string (result.outcome), "no_answer");
  ck_assert (!result.sent);
}
END_TEST

START_TEST (an_unplugged_device_is_offline_and_no_file_takes_its_place)
{
  g_autofree char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "lp0", NULL);
  g_autofree char *setting = g_strconcat ("file:", path, NULL);
  g_autoptr (GError) error = NULL;
  RetourPrintResult result = print_to (setting, 3000, NULL, &error);

  ck_assert_str_eq (retour_print_outcome_to_string (result.outcome), "offline");
  ck_assert (!g_file_test (path, G_FILE_TEST_EXISTS));
  test_folder_remove (folder);
}
END_TEST

START_TEST (a_device_that_talks_without_end_is_not_listened_to_for_ever)
{
  static const char *const settings[] = { "file:/dev/zero", "file:/dev/full" };
  g_autoptr (GError) error = NULL;
  RetourPrintResult result = print_to (settings[_i], 3000, NULL, &error);

  ck_assert_str_eq (retour_print_outcome_to_string (result.outcome), "no_answer");
  ck_assert (!result.sent);
}
END_TEST

START_TEST (a_printer_that_babbles_after_the_job_ends_with_the_time_given)
{
  g_autoptr (PrinterEmulator) emulator = printer_emulator_new ("tcp", "babble-end");
  g_autoptr (GError) error = NULL;
  RetourPrintResult result = print_to (emulator->setting, 3000, NULL, &error);

  ck_assert_str_eq (retour_print_outcome_to_string (result.outcome), "no_answer");
  ck_assert (result.sent);
}
END_TEST

START_TEST (an_ordinary_file_takes_the_job_unconfirmed)
{
  g_autofree char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "out", NULL);
  g_autofree char *setting = g_strconcat ("file:", path, NULL);
  g_autofree char *written = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  ck_assert (g_file_set_contents (path, "", 0, NULL));

  RetourPrintResult result = print_to (setting, 3000, NULL, &error);

  ck_assert_str_eq (retour_print_outcome_to_string (result.outcome), "printed");
  ck_assert (!result.confirmed);
  ck_assert (g_file_get_contents (path, &written, &length, NULL));
  ck_assert_uint_gt (length, 50000);
  ck_assert_mem_eq (written, "\x1b@\x1dv0", 5);
  test_folder_remove (folder);
}
END_TEST

START_TEST (a_printer_that_never_answers_can_be_set_so)
{
  g_autoptr (PrinterEmulator) emulator = printer_emulator_new ("tcp", "silent");
  g_autofree char *setting = g_strconcat (emulator->setting, "?status=no", NULL);
  g_autoptr (GError) error = NULL;
  RetourPrintResult result = print_to (setting, 10000, NULL, &error);

  ck_assert_str_eq (retour_print_outcome_to_string (result.outcome), "printed");
  ck_assert (!result.confirmed);
  printer_emulator_expect (emulator, "page 1");
}
END_TEST

START_TEST (a_folder_gets_the_three_files)
{
  g_autofree char *folder = test_folder_new ();
  g_autofree char *setting = g_strconcat ("dir:", folder, NULL);
  const char *const files[][2] = { { "R0214A-00381-7.pdf", "%PDF" },
                                   { "R0214A-00381-7.png", "\x89PNG" },
                                   { "R0214A-00381-7.escpos", "\x1b@" } };
  g_autoptr (GError) error = NULL;
  RetourPrintResult result = print_to (setting, 3000, NULL, &error);

  ck_assert_str_eq (retour_print_outcome_to_string (result.outcome), "printed");
  ck_assert (result.confirmed);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i][0], NULL);
      g_autofree char *bytes = NULL;

      ck_assert_msg (g_file_get_contents (path, &bytes, NULL, NULL), "%s", path);
      ck_assert_mem_eq (bytes, files[i][1], strlen (files[i][1]));
    }
  test_folder_remove (folder);
}
END_TEST

START_TEST (a_missing_folder_is_our_failure)
{
  g_autofree char *folder = test_folder_new ();
  g_autofree char *setting = g_strconcat ("dir:", folder, "/none", NULL);
  g_autoptr (GError) error = NULL;
  RetourPrintResult result = print_to (setting, 3000, NULL, &error);

  ck_assert_str_eq (retour_print_outcome_to_string (result.outcome), "failed");
  test_folder_remove (folder);
}
END_TEST

/* Stands in for lp, first in PATH. */
static char *
install_lp (const char *script)
{
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "lp", NULL);
  g_autofree char *search = g_strconcat (folder, ":", g_getenv ("PATH"), NULL);
  g_autofree char *text = g_strconcat ("#!/bin/sh\n", script, "\n", NULL);

  ck_assert (g_file_set_contents (path, text, -1, NULL));
  ck_assert_int_eq (g_chmod (path, 0755), 0);
  g_setenv ("PATH", search, TRUE);
  g_setenv ("LP_FOLDER", folder, TRUE);
  return folder;
}

static const struct
{
  const char *script;
  const char *outcome;
  gboolean sent;
} QUEUES[] = {
  { "cat >\"$LP_FOLDER/job\"; echo \"$@\" >\"$LP_FOLDER/words\"", "printed", TRUE },
  { "cat >/dev/null; echo 'lp: no such queue' >&2; exit 1", "failed", FALSE },
  { "echo 'lp: no such queue' >&2; exit 1", "failed", FALSE },
  { "exec sleep 30", "no_answer", TRUE },
};

START_TEST (a_raw_queue_is_given_the_job_through_lp)
{
  g_autofree char *folder = install_lp (QUEUES[_i].script);
  g_autofree char *job = g_build_filename (folder, "job", NULL);
  g_autofree char *words = g_build_filename (folder, "words", NULL);
  g_autoptr (GError) error = NULL;
  RetourPrintResult result = print_to ("cups:caisse", 1500, NULL, &error);

  ck_assert_str_eq (retour_print_outcome_to_string (result.outcome), QUEUES[_i].outcome);
  ck_assert (!result.confirmed);
  ck_assert_int_eq (result.sent, QUEUES[_i].sent);
  if (result.outcome == RETOUR_PRINT_PRINTED)
    {
      g_autofree char *bytes = NULL, *given = NULL;
      gsize length;

      ck_assert (g_file_get_contents (job, &bytes, &length, NULL));
      ck_assert_uint_gt (length, 50000);
      ck_assert_mem_eq (bytes, "\x1b@\x1dv0", 5);
      ck_assert (g_file_get_contents (words, &given, NULL, NULL));
      ck_assert_str_eq (given, "-d caisse -o raw -t R0214A-00381-7\n");
    }
  if (result.outcome == RETOUR_PRINT_FAILED)
    ck_assert_ptr_nonnull (strstr (error->message, "no such queue"));
  test_folder_remove (folder);
}
END_TEST

START_TEST (without_lp_a_queue_fails)
{
  g_autofree char *folder = test_folder_new ();
  g_autoptr (GError) error = NULL;

  g_setenv ("PATH", folder, TRUE);

  RetourPrintResult result = print_to ("cups:caisse", 3000, NULL, &error);

  ck_assert_str_eq (retour_print_outcome_to_string (result.outcome), "failed");
  ck_assert (!result.sent);
  test_folder_remove (folder);
}
END_TEST

typedef struct
{
  PrinterEmulator *emulator;
  const char *moment; /* what the emulator says when it is time */
  GCancellable *cancellable;
} Canceller;

static gpointer
cancel_then (gpointer user_data)
{
  Canceller *self = user_data;

  printer_emulator_expect (self->emulator, self->moment);
  g_cancellable_cancel (self->cancellable);
  return NULL;
}

static const struct
{
  const char *fault;
  const char *moment;
  const char *outcome;
  gboolean sent;
} CANCELLED[] = {
  { "silent", "asked 2", "failed", FALSE },
  { "silent-end", "page 1", "no_answer", TRUE },
};

START_TEST (cancelling_ends_the_wait_and_says_what_is_known)
{
  g_autoptr (PrinterEmulator) emulator = printer_emulator_new ("tcp", CANCELLED[_i].fault);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Canceller canceller = { emulator, CANCELLED[_i].moment, cancellable };
  GThread *thread = g_thread_new ("cancel", cancel_then, &canceller);
  g_autoptr (GError) error = NULL;
  RetourPrintResult result = print_to (emulator->setting, 50000, cancellable, &error);

  ck_assert (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  ck_assert_str_eq (retour_print_outcome_to_string (result.outcome), CANCELLED[_i].outcome);
  ck_assert_int_eq (result.sent, CANCELLED[_i].sent);
  g_thread_join (thread);
}
END_TEST

START_TEST (printing_again_is_a_second_page_asked_for)
{
  g_autoptr (PrinterEmulator) emulator = printer_emulator_new ("tcp", NULL);
  g_autoptr (GError) error = NULL;

  (void) print_to (emulator->setting, 10000, NULL, &error);
  printer_emulator_expect (emulator, "page 1");
  ck_assert_int_eq (printer_emulator_count_pages (emulator), 1);
  (void) print_to (emulator->setting, 10000, NULL, &error);
  printer_emulator_expect (emulator, "page 2");
}
END_TEST

static const struct
{
  const char *setting;
  int width; /* 0: refused */
} SETTINGS[] = {
  { "tcp://192.0.2.7", 576 },
  { "tcp://192.0.2.7:9100", 576 },
  { "tcp://[2001:db8::7]:9101?width=58", 384 },
  { "file:/dev/usb/lp0?width=58&text=858:19", 384 },
  { "cups:caisse?width=80&status=no", 576 },
  { "dir:/tmp", 576 },
  { "dir:/tmp?", 576 },
  { "", 0 },
  { "lp0", 0 },
  { "tcp://", 0 },
  { "tcp://host:port", 0 },
  { "file:lp0", 0 },
  { "dir:", 0 },
  { "cups:-x", 0 },
  { "dir:/tmp?width=60", 0 },
  { "dir:/tmp?text=437:0", 0 },
  { "dir:/tmp?text=858:256", 0 },
  { "dir:/tmp?text=858", 0 },
  { "dir:/tmp?colour=red", 0 },
};

START_TEST (a_setting_is_understood_or_refused_by_name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourPrinter) printer = retour_printer_new (SETTINGS[_i].setting, &error);

  if (SETTINGS[_i].width > 0)
    {
      ck_assert_msg (printer != NULL, "%s", error != NULL ? error->message : "");
      ck_assert_int_eq (retour_printer_get_width (printer), SETTINGS[_i].width);
      return;
    }
  ck_assert_ptr_null (printer);
  ck_assert (g_error_matches (error, RETOUR_PAPER_ERROR, RETOUR_PAPER_ERROR_SETTING));
  ck_assert_ptr_nonnull (strstr (error->message, SETTINGS[_i].setting));
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("printer");
  TCase *lines = tcase_create ("lines"), *others = tcase_create ("others");

  tcase_add_loop_test (lines, each_trouble_has_its_word, 0, (int) G_N_ELEMENTS (TROUBLES));
  tcase_add_test (lines, nobody_at_the_address_is_offline);
  tcase_add_test (lines, a_printer_busy_with_another_client_is_not_waited_for_longer_than_asked);
  tcase_add_test (lines, an_unplugged_device_is_offline_and_no_file_takes_its_place);
  tcase_add_test (lines, a_printer_that_never_answers_can_be_set_so);
  tcase_add_loop_test (lines, a_device_that_talks_without_end_is_not_listened_to_for_ever, 0, 2);
  tcase_add_test (lines, a_printer_that_babbles_after_the_job_ends_with_the_time_given);
  tcase_add_loop_test (lines, cancelling_ends_the_wait_and_says_what_is_known, 0, (int) G_N_ELEMENTS (CANCELLED));
  tcase_add_test (lines, printing_again_is_a_second_page_asked_for);
  suite_add_tcase (suite, lines);
  tcase_add_test (others, an_ordinary_file_takes_the_job_unconfirmed);
  tcase_add_test (others, a_folder_gets_the_three_files);
  tcase_add_test (others, a_missing_folder_is_our_failure);
  tcase_add_loop_test (others, a_raw_queue_is_given_the_job_through_lp, 0, (int) G_N_ELEMENTS (QUEUES));
  tcase_add_test (others, without_lp_a_queue_fails);
  tcase_add_loop_test (others, a_setting_is_understood_or_refused_by_name, 0, (int) G_N_ELEMENTS (SETTINGS));
  suite_add_tcase (suite, others);

  SRunner *runner = srunner_create (suite);

  srunner_run_all (runner, CK_ENV);

  int failed = srunner_ntests_failed (runner);

  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
