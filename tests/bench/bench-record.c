/* SPDX-License-Identifier: Apache-2.0 */
/* bench-record --directory=DIR --copy=DIR2 --orders=N: a confirmed return is written, beside bare statements that write the
 * same rows into a copy of the same file, made before: one transaction, the same pragmas, the same triggers and indices.
 * Turn about, so that both find the machine in the same mood. */
#include "bare-file.h"
#include "measure.h"
#include "shop.h"

#include "documents.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <sodium.h>
#include <string.h>

#define CHECKPOINT_PAGES 500 /* as db/writer-thread.c */

static int n_orders = 200000, n_times = 600;
static char *directory, *copy;

/* Every table of which recording a return writes a row, and how the rows of one return are found in it. */
static const struct
{
  const char *table, *key;
} tables[] = {
  { "returns", "id = ?1" },
  { "return_lines", "return_id = ?1" },
  { "return_states", "return_id = ?1" },
  { "operations", "return_id = ?1" },
  { "operation_states", "sequence = (SELECT sequence FROM operations WHERE return_id = ?1)" },
  { "audit", "subject = ?1" },
};
#define N_TABLES G_N_ELEMENTS (tables)

typedef struct
{
  BareFile *from, *to;
  sqlite3_stmt *select[N_TABLES], *insert[N_TABLES], *begin, *commit, *counter, *draft, *put_draft, *get_draft;
} Bare;

static char *
make_insert (const char *table, int columns)
{
  GString *sql = g_string_new (NULL);

  g_string_printf (sql, "INSERT INTO %s VALUES (", table);
  for (int i = 1; i <= columns; i++)
    g_string_append_printf (sql, "%s?%d", i > 1 ? ", " : "", i);
  g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}

static void
bare_open (Bare *bare)
{
  bare->from = bare_file_open (directory, BARE_FILE_LOOK);
  bare->to = bare_file_open (copy, BARE_FILE_WRITE);
  for (guint i = 0; i < N_TABLES; i++)
    {
      g_autofree char *select = g_strdup_printf ("SELECT * FROM %s WHERE %s", tables[i].table, tables[i].key);
      g_autofree char *insert = NULL;

      bare->select[i] = bare_file_prepare (bare->from, select);
      insert = make_insert (tables[i].table, sqlite3_column_count (bare->select[i]));
      bare->insert[i] = bare_file_prepare (bare->to, insert);
    }
  bare->begin = bare_file_prepare (bare->to, "BEGIN IMMEDIATE");
  bare->commit = bare_file_prepare (bare->to, "COMMIT");
  bare->counter = bare_file_prepare (bare->to, "INSERT INTO counters (name, value) VALUES ('return', ?1)"
                                               " ON CONFLICT (name) DO UPDATE SET value = excluded.value");
  bare->get_draft = bare_file_prepare (bare->from, "SELECT * FROM drafts WHERE id = ?1");
  bare->put_draft = bare_file_prepare (bare->to, "INSERT INTO drafts VALUES (?1, ?2, ?3, ?4)");
  bare->draft = bare_file_prepare (bare->to, "DELETE FROM drafts WHERE id = ?1");
}

static void
bare_close (Bare *bare)
{
  for (guint i = 0; i < N_TABLES; i++)
    {
      sqlite3_finalize (bare->select[i]);
      sqlite3_finalize (bare->insert[i]);
    }
  sqlite3_finalize (bare->begin);
  sqlite3_finalize (bare->commit);
  sqlite3_finalize (bare->counter);
  sqlite3_finalize (bare->draft);
  sqlite3_finalize (bare->get_draft);
  sqlite3_finalize (bare->put_draft);
  bare_file_close (bare->from);
  bare_file_close (bare->to);
}

/* The draft that recording ends stands in the copy too. */
static void
bare_save_draft (Bare *bare, const char *id)
{
  sqlite3_bind_text (bare->get_draft, 1, id, -1, SQLITE_TRANSIENT);
  if (sqlite3_step (bare->get_draft) != SQLITE_ROW)
    g_error ("the draft %s is missing", id);
  for (int c = 0; c < sqlite3_column_count (bare->get_draft); c++)
    sqlite3_bind_value (bare->put_draft, c + 1, sqlite3_column_value (bare->get_draft, c));
  sqlite3_reset (bare->get_draft);
  bare_file_step (bare->to, bare->put_draft);
}

/* Binds all rows of a return before the time begins; there is one in each table, since it has one line. */
static void
bind_rows (Bare *bare, const char *id, guint64 counter)
{
  for (guint i = 0; i < N_TABLES; i++)
    {
      sqlite3_bind_text (bare->select[i], 1, id, -1, SQLITE_TRANSIENT);
      if (sqlite3_step (bare->select[i]) != SQLITE_ROW)
        g_error ("%s: no row", tables[i].table);
      for (int c = 0; c < sqlite3_column_count (bare->select[i]); c++)
        sqlite3_bind_value (bare->insert[i], c + 1, sqlite3_column_value (bare->select[i], c));
      if (sqlite3_step (bare->select[i]) != SQLITE_DONE)
        g_error ("%s: more than one row", tables[i].table);
      sqlite3_reset (bare->select[i]);
    }
  sqlite3_bind_int64 (bare->counter, 1, (gint64) counter);
  sqlite3_bind_text (bare->draft, 1, id, -1, SQLITE_TRANSIENT);
}

static gint64
bare_record (Bare *bare, const char *id, guint64 counter)
{
  gint64 began;

  bind_rows (bare, id, counter);
  began = measure_now ();
  bare_file_step (bare->to, bare->begin);
  bare_file_step (bare->to, bare->counter);
  for (guint i = 0; i < N_TABLES; i++)
    bare_file_step (bare->to, bare->insert[i]);
  bare_file_step (bare->to, bare->draft);
  bare_file_step (bare->to, bare->commit);
  return measure_now () - began;
}

static RetourStore timed;
static RetourStore *inner;
static gint64 store_part;

static gboolean
record_timed (RetourStore *self,
              const RetourReturn *ret,
              guint64 counter,
              GPtrArray *operations,
              const RetourAuditRecord *audit,
              GError **error)
{
  const gint64 began = measure_now ();
  const gboolean done = inner->record_return (inner, ret, counter, operations, audit, error);

  store_part = measure_now () - began;
  return done;
}

/* One customer, in a job on the writer's thread as at the desk. */
typedef struct
{
  RetourDesk *desk;
  Bare *bare;
  guint order;
  guint64 counter;
  RetourReturn *ret; /* NULL: this order has none to give */
  gint64 whole;
  gboolean answered;
} Customer;

static gpointer
confirm_job (RetourStore *store, gpointer user_data, GError **error)
{
  Customer *customer = user_data;
  g_autoptr (RetourDraft) draft = NULL;
  gint64 began;

  inner = store;
  timed = *store;
  timed.record_return = record_timed;
  draft = shop_draft_new (customer->desk, store, customer->order, error);
  if (draft == NULL || !store->save_draft (store, draft, error)
      || !store->next_return_counter (store, &customer->counter, error))
    return NULL;
  bare_save_draft (customer->bare, draft->id);
  began = measure_now ();
  customer->ret = retour_desk_confirm (customer->desk, &timed, draft, shop_clerk (), FALSE, error);
  customer->whole = measure_now () - began;
  return customer;
}

static gpointer
nothing_job (RetourStore *store, gpointer user_data, GError **error)
{
  return user_data;
}

static void
answered (gpointer result, const GError *error, gpointer user_data)
{
  if (error != NULL)
    g_error ("%s", error->message);
  ((Customer *) user_data)->answered = TRUE;
}

static void
run_job (const RetourStorage *storage, RetourStoreJob job, Customer *customer)
{
  customer->answered = FALSE;
  storage->write (storage->self, job, answered, customer);
  while (!customer->answered)
    g_main_context_iteration (NULL, TRUE);
}

static void
compare (RetourDesk *desk, const RetourStorage *storage, Bare *bare)
{
  g_autoptr (MeasureSeries) ours = measure_series_new ();
  g_autoptr (MeasureSeries) limit = measure_series_new ();
  g_autoptr (MeasureSeries) whole = measure_series_new ();

  for (guint n = (guint) n_orders; (int) ours->len < n_times && n > 0; n--)
    {
      Customer customer = { .desk = desk, .bare = bare, .order = n - 1 };

      run_job (storage, confirm_job, &customer);
      if (customer.ret == NULL)
        continue;
      measure_series_add (whole, customer.whole);
      measure_series_add (ours, store_part);
      /* The writer tidies up after a job: the next one waits for that, and so do we. */
      run_job (storage, nothing_job, &customer);
      measure_series_add (limit, bare_record (bare, customer.ret->id, customer.counter));
      retour_return_free (customer.ret);
      /* Between the times, as the writer does. */
      bare_file_tidy (bare->to, CHECKPOINT_PAGES);
    }
  measure_tell_series ("record", ours, limit);
  measure_tell_series ("confirm", whole, NULL);
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "orders", 0, 0, G_OPTION_ARG_INT, &n_orders, "How many it holds (200000)", "N" },
    { "times", 0, 0, G_OPTION_ARG_INT, &n_times, "How many returns (600)", "N" },
    { "directory", 0, 0, G_OPTION_ARG_FILENAME, &directory, "Where; filled by bench-fill", "DIR" },
    { "copy", 0, 0, G_OPTION_ARG_FILENAME, &copy, "A copy of it", "DIR" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (RetourDesk) desk = NULL;
  GError *error = NULL;
  RetourDatabase *database;
  Bare bare = { NULL };

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (directory == NULL || copy == NULL || sodium_init () < 0)
    return 2;
  database = retour_database_open (directory, retour_documents (), RETOUR_DATABASE_THREADS, &error);
  measure_fail_on (error);
  desk = shop_desk_new ((guint) n_orders);
  bare_open (&bare);
  compare (desk, retour_database_storage (database), &bare);
  bare_close (&bare);
  retour_database_close (database);
  return 0;
}
