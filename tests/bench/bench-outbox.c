/* SPDX-License-Identifier: Apache-2.0 */
/* bench-outbox --directory=DIR --queue=N: N returns are recorded on an enrolled terminal that has pulled its orders.
 * bench-outbox --directory=DIR --drain: the real exchange sends them; how long until none waits.
 * bench-outbox --directory=DIR --bare: the least that can be: the same bytes over one kept connection of libcurl, the answers
 * read by json-c, and one commit for each, of the same rows. */
#include "bare-file.h"
#include "bare-oms.h"
#include "measure.h"

#include "desk.h"
#include "documents.h"
#include "enrolment.h"
#include "storage.h"
#include "system-clock.h"
#include "wire.h"
#include "worker.h"

#include <json-c/json.h>
#include <locale.h>
#include <sodium.h>
#include <string.h>

#define BATCH 100          /* as sync/engine.h */
#define LOOK_EVERY 5       /* milliseconds */
#define PATIENCE 120000000 /* microseconds */

static char *directory;
static int n_queued;
static gboolean drain, bare;

/* ---- queueing ---- */

static RetourDraft *
draft_of (RetourDesk *desk, RetourStore *store, const RetourStaff *staff, const char *number)
{
  g_autoptr (RetourWorkspace) workspace = retour_desk_open_order (desk, store, number, staff, NULL);
  g_autoptr (RetourQuote) quote = NULL;

  if (workspace == NULL)
    return NULL;
  for (guint i = 0; i < workspace->order->lines->len; i++)
    {
      const RetourOrderLine *line = g_ptr_array_index (workspace->order->lines, i);
      guint entry;

      if (!retour_draft_add_unit (workspace->draft, line->id, retour_workspace_returnable (workspace, line), &entry))
        continue;
      retour_draft_set_reason (workspace->draft, entry, "changed_mind");
      retour_draft_set_condition (workspace->draft, entry, "new_sealed");
      quote = retour_desk_quote (desk, workspace, workspace->draft, FALSE, NULL);
      if (quote != NULL && quote->decision == RETOUR_DECISION_ACCEPT)
        return g_steal_pointer (&workspace->draft);
      break;
    }
  return NULL;
}

static int
queue_returns (RetourDesk *desk, RetourStore *store)
{
  g_autoptr (GPtrArray) people = store->list_staff (store, NULL);
  BareFile *file = bare_file_open (directory, BARE_FILE_LOOK);
  sqlite3_stmt *select = bare_file_prepare (file, "SELECT number FROM orders ORDER BY placed_at DESC");
  int queued = 0;

  g_assert (people != NULL && people->len > 0);
  while (queued < n_queued && sqlite3_step (select) == SQLITE_ROW)
    {
      const RetourStaff *staff = g_ptr_array_index (people, 0);
      g_autoptr (GError) error = NULL;
      g_autoptr (RetourDraft) draft = draft_of (desk, store, staff, (const char *) sqlite3_column_text (select, 0));
      g_autoptr (RetourReturn) ret =
          draft != NULL ? retour_desk_confirm (desk, store, draft, staff, FALSE, &error) : NULL;

      queued += ret != NULL;
    }
  sqlite3_finalize (select);
  bare_file_close (file);
  return queued;
}

static void
run_queue (void)
{
  GError *error = NULL;
  g_autofree char *identity = g_build_filename (directory, "identity", NULL);
  g_autoptr (RetourEnrolment) enrolment = retour_enrolment_load (identity, &error);
  RetourDatabase *database = NULL;
  RetourDesk *desk;
  int queued;

  if (enrolment != NULL)
    database = retour_database_open (directory, retour_documents (), RETOUR_DATABASE_DIRECT, &error);
  measure_fail_on (error);
  desk = retour_desk_new (retour_documents (), retour_system_clock (), retour_ids_new (NULL, NULL), enrolment->identity,
                          enrolment->proof_secret);
  queued = queue_returns (desk, retour_database_store (database));
  retour_desk_free (desk);
  retour_database_close (database);
  measure_tell ("queued", "returns", queued, -1);
}

/* ---- the real exchange ---- */

#define COUNT_WAITING "SELECT count (*) FROM operation_states WHERE state = 'waiting'"

static void
run_drain (void)
{
  GError *error = NULL;
  g_autofree char *identity = g_build_filename (directory, "identity", NULL);
  RetourDatabase *database = retour_database_open (directory, retour_documents (), RETOUR_DATABASE_THREADS, &error);
  RetourSync *sync = NULL;
  BareFile *file;
  gint64 began, took, waiting;

  if (database != NULL)
    sync = retour_sync_new (retour_database_storage (database), retour_documents (), identity, retour_system_clock (),
                            &error);
  measure_fail_on (error);
  file = bare_file_open (directory, BARE_FILE_LOOK);
  waiting = bare_file_ask (file, COUNT_WAITING);
  began = measure_now ();
  retour_sync_start (sync);
  do
    {
      g_usleep (LOOK_EVERY * 1000);
      g_main_context_iteration (NULL, FALSE);
      took = measure_now () - began;
    }
  while (bare_file_ask (file, COUNT_WAITING) > 0 && took < PATIENCE * G_GINT64_CONSTANT (1000));
  measure_tell ("drain", "s", (double) took / 1e9, -1);
  measure_tell ("drained", "returns", (double) (waiting - bare_file_ask (file, COUNT_WAITING)), -1);
  bare_file_close (file);
  retour_sync_free (sync);
  retour_database_close (database);
}

/* ---- the least ---- */

typedef struct
{
  BareFile *file;
  sqlite3_stmt *begin, *answer, *operation, *ret, *commit;
  GString *line;
  int settled;
} Bare;

static void
settle (Bare *self, const char *op)
{
  sqlite3_bind_text (self->answer, 1, op, -1, SQLITE_STATIC);
  sqlite3_bind_text (self->operation, 1, op, -1, SQLITE_STATIC);
  sqlite3_bind_text (self->ret, 1, op, -1, SQLITE_STATIC);
  bare_file_step (self->file, self->begin);
  bare_file_step (self->file, self->answer);
  bare_file_step (self->file, self->operation);
  bare_file_step (self->file, self->ret);
  bare_file_step (self->file, self->commit);
  self->settled++;
}

static void
take_line (Bare *self, const char *line)
{
  json_object *object = json_tokener_parse (line);
  json_object *op = NULL;

  if (object != NULL && json_object_object_get_ex (object, "op", &op))
    settle (self, json_object_get_string (op));
  json_object_put (object);
}

static size_t
take (char *bytes, size_t size, size_t count, void *user_data)
{
  Bare *self = user_data;

  g_string_append_len (self->line, bytes, (gssize) (size * count));
  return size * count;
}

static void
take_answers (Bare *self)
{
  g_auto (GStrv) lines = g_strsplit (self->line->str, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      take_line (self, lines[i]);
  g_string_truncate (self->line, 0);
}

static void
bare_open (Bare *self)
{
  self->file = bare_file_open (directory, BARE_FILE_WRITE);
  self->begin = bare_file_prepare (self->file, "BEGIN IMMEDIATE");
  self->answer = bare_file_prepare (self->file,
                                    "INSERT INTO operation_answers (op, kind, answered_at) VALUES (?1, 'accepted', 1)");
  self->operation = bare_file_prepare (self->file, "UPDATE operation_states SET state = 'answered' WHERE sequence ="
                                                   " (SELECT sequence FROM operations WHERE op = ?1)");
  self->ret = bare_file_prepare (self->file, "UPDATE return_states SET sync = 'acknowledged' WHERE return_id ="
                                             " (SELECT return_id FROM operations WHERE op = ?1)");
  self->commit = bare_file_prepare (self->file, "COMMIT");
  self->line = g_string_new (NULL);
}

static void
bare_close (Bare *self)
{
  sqlite3_stmt *all[] = { self->begin, self->answer, self->operation, self->ret, self->commit };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    sqlite3_finalize (all[i]);
  bare_file_close (self->file);
  g_string_free (self->line, TRUE);
}

/* The bodies as the product writes them, a batch each. */
static GPtrArray *
make_batches (void)
{
  GPtrArray *batches = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  GError *error = NULL;
  RetourDatabase *database = retour_database_open (directory, retour_documents (), RETOUR_DATABASE_DIRECT, &error);
  RetourStore *store;
  g_autoptr (GPtrArray) operations = NULL;

  measure_fail_on (error);
  store = retour_database_store (database);
  operations = store->claim_operations (store, G_MAXINT64 / 2, 100000, &error);
  measure_fail_on (error);
  for (guint from = 0; from < operations->len; from += BATCH)
    {
      g_autoptr (GPtrArray) batch = g_ptr_array_new ();

      for (guint i = from; i < MIN (from + BATCH, operations->len); i++)
        g_ptr_array_add (batch, operations->pdata[i]);
      g_ptr_array_add (batches, retour_operations_write (batch));
    }
  retour_database_close (database);
  return batches;
}

static void
run_bare (void)
{
  g_autoptr (GPtrArray) batches = make_batches ();
  BareOms *oms = bare_oms_new (directory);
  Bare self = { NULL };
  gint64 began;

  bare_open (&self);
  began = measure_now ();
  for (guint i = 0; i < batches->len; i++)
    {
      gsize length;
      const char *body = g_bytes_get_data (batches->pdata[i], &length);

      bare_oms_ask (oms, "/v1/operations", body, length, take, &self);
      take_answers (&self);
    }
  measure_tell ("drain_limit", "s", (double) (measure_now () - began) / 1e9, -1);
  measure_tell ("drained_limit", "returns", self.settled, -1);
  bare_close (&self);
  bare_oms_free (oms);
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "directory", 0, 0, G_OPTION_ARG_FILENAME, &directory, "An enrolled terminal", "DIR" },
    { "queue", 0, 0, G_OPTION_ARG_INT, &n_queued, "Record so many returns", "N" },
    { "drain", 0, 0, G_OPTION_ARG_NONE, &drain, "Send them by the real exchange", NULL },
    { "bare", 0, 0, G_OPTION_ARG_NONE, &bare, "Send them by the least that can be", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  GError *error = NULL;

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (directory == NULL || (n_queued > 0) + drain + bare != 1 || sodium_init () < 0)
    return 2;
  if (n_queued > 0)
    run_queue ();
  else if (drain)
    run_drain ();
  else
    run_bare ();
  return 0;
}
