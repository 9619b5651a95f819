/* SPDX-License-Identifier: Apache-2.0 */
/* The real program's inside, end to end: the worker, libcurl, SQLite, against the real sandbox over HTTPS. */
#include <check.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "desk.h"
#include "documents.h"
#include "identity-files.h"
#include "json-span.h"
#include "storage.h"
#include "test-program.h"
#include "worker.h"

#define ORDERS 2000
#define SOMEBODY "ma" /* how many a name begins */

static gint64
read_clock (clockid_t which)
{
  struct timespec now;

  clock_gettime (which, &now);
  return now.tv_sec * RETOUR_SECOND + now.tv_nsec / 1000;
}

static RetourInstant
wall_now (gpointer self)
{
  return read_clock (CLOCK_REALTIME);
}

static gint64
boot_now (gpointer self)
{
  return read_clock (CLOCK_BOOTTIME);
}

static const RetourClock test_clock = { .wall = wall_now, .boot = boot_now };

/* One sandbox for all tests, started before they fork; each test enrols a terminal of its own. */
static TestProgram *sandbox;
static char *oms_directory;

static void
start_sandbox (void)
{
  g_autofree char *orders = g_strdup_printf ("%d", ORDERS);

  oms_directory = g_dir_make_tmp ("retour-oms-XXXXXX", NULL);
  const char *const argv[] = { SANDBOX, "--data", oms_directory, "--orders", orders, "--refund-delay", "0.2", NULL };
  sandbox = test_program_start (argv, NULL, NULL);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);
      remove_tree (inside);
    }
  g_remove (path);
}

static void
stop_sandbox (void)
{
  test_program_stop (sandbox);
  remove_tree (oms_directory);
}

/* A command of the running sandbox; its output, the caller's. NULL-terminated words. */
static char *
oms (const char *first, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  const char *word;
  char *output = NULL;
  int status;
  va_list list;

  g_ptr_array_add (words, (gpointer) SANDBOX);
  g_ptr_array_add (words, (gpointer) "--data");
  g_ptr_array_add (words, oms_directory);
  va_start (list, first);
  for (word = first; word != NULL; word = va_arg (list, const char *))
    g_ptr_array_add (words, (gpointer) word);
  va_end (list);
  g_ptr_array_add (words, NULL);
  ck_assert (g_spawn_sync (NULL, (char **) words->pdata, NULL, 0, NULL, NULL, &output, NULL, &status, NULL));
  ck_assert_int_eq (status, 0);
  return output;
}

static void
set_fault (const char *fault)
{
  g_autofree char *output = oms ("faults", fault, NULL);
}

static char *
member (const char *json, const char *name)
{
  RetourJsonSpan span = retour_json_span_member (json, strlen (json), name);
  g_autofree char *escaped = NULL;

  ck_assert_msg (span.text != NULL && span.length >= 2, "%s is missing in %s", name, json);
  escaped = g_strndup (span.text + 1, span.length - 2);
  return g_strcompress (escaped);
}

typedef struct
{
  char *directory, *identity;
  RetourDatabase *database;
  const RetourStorage *storage;
  RetourSync *sync;
  RetourDesk *desk;
  RetourSyncReport *last;
  guint phases;       /* a bit for each that was reported */
  guint64 most_total; /* the largest total told while pulling */
  RetourReturn *ret;  /* the last one confirmed */
  gint64 looked_at;
} Rig;

static void
on_report (const RetourSyncReport *report, gpointer user_data)
{
  Rig *rig = user_data;

  retour_sync_report_free (rig->last);
  rig->last = retour_sync_report_copy (report);
  rig->phases |= 1u << report->phase;
  rig->most_total = MAX (rig->most_total, report->total);
}

static void
enrol (Rig *rig, const char *letter)
{
  g_autofree char *code_json = oms ("enrol", "--terminal", letter, NULL);
  g_autofree char *url = member (code_json, "url"), *code = member (code_json, "code");
  g_autofree char *authority = member (code_json, "ca_pem"), *pin = member (code_json, "pin");
  const RetourEnrolmentRequest request = {
    .address = url, .code = code, .terminal = letter, .authority_pem = authority, .pins = pin
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourEnrolment) enrolment = retour_enrolment_run (rig->identity, &request, &error);

  g_assert_no_error (error);
  ck_assert_str_eq (enrolment->identity->store, "0214");
  ck_assert_str_eq (enrolment->identity->terminal, letter);
}

static void
open_sync (Rig *rig)
{
  g_autoptr (GError) error = NULL;

  rig->sync = retour_sync_new (rig->storage, retour_documents (), rig->identity, &test_clock, &error);
  g_assert_no_error (error);
  retour_sync_set_poll_interval (rig->sync, 300 * 1000);
  retour_sync_set_listener (rig->sync, on_report, rig);
}

/* A data directory, enrolled as the terminal `letter` (NULL: not), its exchange not started. */
static void
rig_init (Rig *rig, const char *letter)
{
  g_autoptr (GError) error = NULL;

  *rig = (Rig){ 0 };
  rig->directory = g_dir_make_tmp ("retour-worker-XXXXXX", NULL);
  rig->identity = g_build_filename (rig->directory, "identity", NULL);
  rig->database = retour_database_open (rig->directory, retour_documents (), RETOUR_DATABASE_THREADS, &error);
  g_assert_no_error (error);
  rig->storage = retour_database_storage (rig->database);
  set_fault (NULL);
  if (letter != NULL)
    enrol (rig, letter);
  open_sync (rig);
}

static void
rig_clear (Rig *rig)
{
  retour_sync_free (rig->sync);
  retour_desk_free (rig->desk);
  retour_database_close (rig->database);
  retour_sync_report_free (rig->last);
  retour_return_free (rig->ret);
  remove_tree (rig->directory);
  g_free (rig->directory);
  g_free (rig->identity);
}

typedef gboolean (*Wish) (Rig *rig);

static void
wait_for (Rig *rig, Wish wish, const char *what)
{
  gint64 deadline = g_get_monotonic_time () + 60 * RETOUR_SECOND;

  while (!wish (rig))
    {
      ck_assert_msg (g_get_monotonic_time () < deadline, "never: %s (%s, %s)", what,
                     rig->last ? retour_sync_phase_code (rig->last->phase) : "no report",
                     rig->last ? rig->last->message : NULL);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

static gboolean
is_up_to_date (Rig *rig)
{
  return rig->last != NULL && rig->last->phase == RETOUR_SYNC_PHASE_UP_TO_DATE && rig->last->to_send == 0
         && rig->last->first_pull_done;
}

static gboolean
is_offline (Rig *rig)
{
  return rig->last != NULL && rig->last->phase == RETOUR_SYNC_PHASE_OFFLINE;
}

static gboolean
is_portal (Rig *rig)
{
  return rig->last != NULL && rig->last->phase == RETOUR_SYNC_PHASE_PORTAL;
}

static gboolean
is_insecure (Rig *rig)
{
  return rig->last != NULL && rig->last->phase == RETOUR_SYNC_PHASE_SECURITY;
}

static gboolean
is_unenrolled (Rig *rig)
{
  return rig->last != NULL && rig->last->phase == RETOUR_SYNC_PHASE_NOT_ENROLLED;
}

static gboolean
has_one_to_send (Rig *rig)
{
  return rig->last != NULL && rig->last->to_send == 1;
}

/* Runs a job of the storage and waits for it. */
typedef struct
{
  gboolean done;
  gpointer result;
  GError *error;
} Waited;

static void
on_waited (gpointer result, const GError *error, gpointer user_data)
{
  Waited *waited = *(Waited **) user_data;

  waited->done = TRUE;
  waited->result = result;
  waited->error = error ? g_error_copy (error) : NULL;
}

typedef struct
{
  Waited *waited; /* first: on_waited finds it here */
  Rig *rig;
  const char *text;
  RetourReturn *ret;
} Job;

static gpointer
run_job (Rig *rig, RetourStoreJob work, const char *text)
{
  Waited waited = { 0 };
  Job job = { .waited = &waited, .rig = rig, .text = text };

  rig->storage->write (rig->storage->self, work, on_waited, &job);
  while (!waited.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (waited.error);
  return waited.result;
}

static gpointer
count_orders (RetourStore *store, gpointer user_data, GError **error)
{
  RetourSyncStatus *status = g_new0 (RetourSyncStatus, 1);

  if (store->sync_status (store, status, error))
    return status;
  g_free (status);
  return NULL;
}

static guint64
orders_kept (Rig *rig)
{
  g_autofree RetourSyncStatus *status = run_job (rig, count_orders, NULL);

  return status->orders;
}

/* Some order of which a unit can come back today without anybody's approval. */
static gpointer
confirm_some_return (RetourStore *store, gpointer user_data, GError **error)
{
  Job *job = user_data;
  RetourDesk *desk = job->rig->desk;
  g_autoptr (GPtrArray) found = store->search_orders (store, job->text, 200, error);
  RetourStaff *staff = NULL;
  g_autoptr (GPtrArray) people = store->list_staff (store, error);

  g_assert_nonnull (people);
  staff = people->pdata[0];
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const RetourOrderSummary *summary = found->pdata[i];
      g_autoptr (RetourWorkspace) workspace = retour_desk_open_order (desk, store, summary->id, staff, error);
      if (workspace == NULL || workspace->order->gift)
        {
          g_clear_error (error);
          continue;
        }
      for (guint l = 0; l < workspace->order->lines->len; l++)
        {
          const RetourOrderLine *line = workspace->order->lines->pdata[l];
          guint entry;
          gint64 returnable = retour_workspace_returnable (workspace, line);
          if (!retour_draft_add_unit (workspace->draft, line->id, returnable, &entry))
            continue;
          retour_draft_set_reason (workspace->draft, entry,
                                   ((RetourReason *) workspace->policy->reasons->pdata[0])->code);
          retour_draft_set_condition (workspace->draft, entry,
                                      ((RetourCondition *) workspace->policy->conditions->pdata[0])->code);
          g_autoptr (RetourQuote) quote = retour_desk_quote (desk, workspace, workspace->draft, FALSE, NULL);
          RetourReturn *ret = NULL;
          if (quote != NULL && quote->decision == RETOUR_DECISION_ACCEPT && quote->total > 0
              && retour_desk_save_draft (desk, store, workspace->draft, NULL))
            ret = retour_desk_confirm (desk, store, workspace->draft, staff, FALSE, NULL);
          if (ret != NULL)
            return ret;
          retour_draft_remove_entry (workspace->draft, entry);
        }
    }
  g_set_error_literal (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND, "no order could come back");
  return NULL;
}

/* Confirms a return and tells the exchange, as the desk does. */
static void
confirm_return (Rig *rig)
{
  if (rig->desk == NULL)
    {
      const RetourEnrolment *enrolment = retour_sync_get_enrolment (rig->sync);
      rig->desk = retour_desk_new (retour_documents (), &test_clock, retour_ids_new (NULL, NULL), enrolment->identity,
                                   enrolment->proof_secret);
    }
  rig->ret = run_job (rig, confirm_some_return, SOMEBODY);
  retour_sync_kick (rig->sync);
}

static gpointer
find_return (RetourStore *store, gpointer user_data, GError **error)
{
  return store->find_return (store, ((Job *) user_data)->text, error);
}

/* As the store has it now; looked up ten times a second at most. */
static gboolean
is_return_in (Rig *rig, RetourSyncState sync, RetourRefundState refund)
{
  if (g_get_monotonic_time () - rig->looked_at < 100 * 1000)
    return FALSE;
  rig->looked_at = g_get_monotonic_time ();
  g_autoptr (RetourReturn) now = run_job (rig, find_return, rig->ret->id);
  return now->sync == sync && (refund == RETOUR_REFUND_NONE || now->refund == refund);
}

static gboolean
is_acknowledged (Rig *rig)
{
  return is_return_in (rig, RETOUR_SYNC_ACKNOWLEDGED, RETOUR_REFUND_NONE);
}

static gboolean
is_settled (Rig *rig)
{
  return is_return_in (rig, RETOUR_SYNC_ACKNOWLEDGED, RETOUR_REFUND_SETTLED);
}

/* How often the OMS counts a piece of text in what it says of itself. */
static guint
mentions (const char *command, const char *text)
{
  g_autofree char *output = oms (command, NULL);
  guint count = 0;

  for (const char *at = output; (at = strstr (at, text)) != NULL; at += strlen (text))
    count++;
  return count;
}

static guint
returns_with_id (const char *id)
{
  g_autofree char *output = oms ("returns", NULL);
  RetourJsonSpan ret;
  guint count = 0;

  for (gsize at = 0; retour_json_span_next_element (output, strlen (output), &at, &ret);)
    {
      g_autofree char *text = g_strndup (ret.text, ret.length);
      g_autofree char *found = member (text, "id");
      count += g_str_equal (found, id);
    }
  return count;
}

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
  tcase_add_test (tests, a_lost_answer_means_one_return_told_twice);
  tcase_add_test (tests, what_is_recorded_offline_is_sent_when_the_cable_is_back);
  tcase_add_test (tests, what_was_not_sent_is_sent_after_a_restart);
  tcase_add_loop_test (tests, a_storm_of_faults_loses_nothing, 0, G_N_ELEMENTS (storms));
  tcase_add_test (tests, a_portal_is_called_a_portal);
  tcase_add_test (tests, a_gone_cursor_means_a_new_snapshot_and_an_untouched_outbox);
  tcase_add_test (tests, a_server_with_another_key_is_a_matter_of_security);
  tcase_add_test (tests, a_revoked_terminal_is_told_so);
  tcase_add_test (tests, a_terminal_that_enrols_while_it_runs_begins_at_once);
  tcase_add_test (tests, a_code_is_good_once);
  tcase_add_test (tests, questions_are_answered_on_the_asking_thread);
  tcase_add_test (tests, a_cancelled_question_is_answered_at_once_and_never_again);
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
