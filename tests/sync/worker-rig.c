/* SPDX-License-Identifier: Apache-2.0 */
#include "worker-rig.h"

#include <check.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>

#include "documents.h"
#include "json-span.h"
#include "test-program.h"

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

void
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

void
stop_sandbox (void)
{
  test_program_stop (sandbox);
  remove_tree (oms_directory);
}

/* A command of the running sandbox; its output, the caller's. NULL-terminated words. */
char *
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

void
set_fault (const char *fault)
{
  g_autofree char *output = oms ("faults", fault, NULL);
}

char *
member (const char *json, const char *name)
{
  RetourJsonSpan span = retour_json_span_member (json, strlen (json), name);
  g_autofree char *escaped = NULL;

  ck_assert_msg (span.text != NULL && span.length >= 2, "%s is missing in %s", name, json);
  escaped = g_strndup (span.text + 1, span.length - 2);
  return g_strcompress (escaped);
}

static void
on_report (const RetourSyncReport *report, gpointer user_data)
{
  Rig *rig = user_data;

  retour_sync_report_free (rig->last);
  rig->last = retour_sync_report_copy (report);
  rig->phases |= 1u << report->phase;
  rig->most_total = MAX (rig->most_total, report->total);
}

void
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

void
open_sync (Rig *rig)
{
  g_autoptr (GError) error = NULL;

  rig->sync = retour_sync_new (rig->storage, retour_documents (), rig->identity, &test_clock, &error);
  g_assert_no_error (error);
  retour_sync_set_poll_interval (rig->sync, 300 * 1000);
  retour_sync_set_listener (rig->sync, on_report, rig);
}

/* A data directory, enrolled as the terminal `letter` (NULL: not), its exchange not started. */
void
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

void
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

void
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

gboolean
is_up_to_date (Rig *rig)
{
  return rig->last != NULL && rig->last->phase == RETOUR_SYNC_PHASE_UP_TO_DATE && rig->last->to_send == 0
         && rig->last->first_pull_done;
}

gboolean
is_offline (Rig *rig)
{
  return rig->last != NULL && rig->last->phase == RETOUR_SYNC_PHASE_OFFLINE;
}

gboolean
is_portal (Rig *rig)
{
  return rig->last != NULL && rig->last->phase == RETOUR_SYNC_PHASE_PORTAL;
}

gboolean
is_insecure (Rig *rig)
{
  return rig->last != NULL && rig->last->phase == RETOUR_SYNC_PHASE_SECURITY;
}

gboolean
is_unenrolled (Rig *rig)
{
  return rig->last != NULL && rig->last->phase == RETOUR_SYNC_PHASE_NOT_ENROLLED;
}

gboolean
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

gpointer
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

guint64
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
void
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

gboolean
is_acknowledged (Rig *rig)
{
  return is_return_in (rig, RETOUR_SYNC_ACKNOWLEDGED, RETOUR_REFUND_NONE);
}

gboolean
is_settled (Rig *rig)
{
  return is_return_in (rig, RETOUR_SYNC_ACKNOWLEDGED, RETOUR_REFUND_SETTLED);
}

/* How often the OMS counts a piece of text in what it says of itself. */
guint
mentions (const char *command, const char *text)
{
  g_autofree char *output = oms (command, NULL);
  guint count = 0;

  for (const char *at = output; (at = strstr (at, text)) != NULL; at += strlen (text))
    count++;
  return count;
}

guint
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
