/* SPDX-License-Identifier: Apache-2.0 */
/* bench-store [--orders=N] [--directory=DIR]: how long the store takes, each time beside bare SQLite statements that do the
 * least that has to be done, on the same data, in the same run. Beside the time on the wall stands that of the processor: on
 * a machine that others use too, it is the one that means something. */
#include "order-mill.h"
#include "storage.h"

#include "documents.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PAGE_LINES 500

static int n_orders = 100000;
static char *directory;

/* Microseconds on the wall, and of the processor in this thread. */
typedef struct
{
  gint64 wall, cpu;
} Moment;

static Moment
now (void)
{
  struct timespec cpu;
  const Moment moment = { g_get_monotonic_time (), 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &cpu);
  return (Moment){ moment.wall, (gint64) cpu.tv_sec * 1000000 + cpu.tv_nsec / 1000 };
}

static Moment
since (Moment began)
{
  const Moment ended = now ();

  return (Moment){ ended.wall - began.wall, ended.cpu - began.cpu };
}

static GArray *
times_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (Moment));
}

static int
compare_wall (gconstpointer a, gconstpointer b)
{
  const gint64 left = ((const Moment *) a)->wall, right = ((const Moment *) b)->wall;

  return left < right ? -1 : left > right;
}

static int
compare_cpu (gconstpointer a, gconstpointer b)
{
  const gint64 left = ((const Moment *) a)->cpu, right = ((const Moment *) b)->cpu;

  return left < right ? -1 : left > right;
}

static Moment
quantile (GArray *times, guint percent)
{
  const guint at = MIN (times->len - 1, times->len * percent / 100);
  Moment result;

  g_array_sort (times, compare_cpu);
  result.cpu = g_array_index (times, Moment, at).cpu;
  g_array_sort (times, compare_wall);
  result.wall = g_array_index (times, Moment, at).wall;
  return result;
}

static void
print_times (const char *what, GArray *times, const char *note)
{
  const Moment half = quantile (times, 50), most = quantile (times, 99), all = quantile (times, 100);

  g_print ("%-44s %7d %7d %7d   %7d %7d %7d  %s\n", what, (int) half.wall, (int) most.wall, (int) all.wall,
           (int) half.cpu, (int) most.cpu, (int) all.cpu, note);
}

static void
print_head (const char *what)
{
  g_print ("\n%-44s %23s   %23s\n", what, "wall µs: p50, p99, max", "processor µs");
}

static void
fail_on (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static char *
database_path (void)
{
  return g_build_filename (directory, "retour.db", NULL);
}

/* ------------------------------------------------------------------------------------------------ taking orders in */

typedef struct
{
  GMainLoop *loop;
  OrderMill *mill;
  const RetourStorage *storage;
  int made;
  gint64 spent; /* only applying is counted, not making orders */
  Moment handed_in;
  GArray *urgent;
  Moment urgent_at;
  gboolean urgent_waits;
  guint urgent_source;
} Filling;

static void
hand_in_page (Filling *filling)
{
  RetourChangePage *page = retour_change_page_new ();

  for (guint i = 0; i < PAGE_LINES && filling->made < n_orders; i++, filling->made++)
    {
      RetourChange *change = retour_change_new (RETOUR_CHANGE_ORDER);

      change->order = order_mill_next (filling->mill, &change->text);
      g_ptr_array_add (page->changes, change);
    }
  page->cursor = g_strdup_printf ("c%d", filling->made);
  filling->handed_in = now ();
  extern void page_applied (gpointer result, const GError *error, gpointer user_data);
  filling->storage->apply (filling->storage->self, page, page_applied, filling);
}

void page_applied (gpointer result, const GError *error, gpointer user_data);
void
page_applied (gpointer result, const GError *error, gpointer user_data)
{
  Filling *filling = user_data;

  if (error != NULL)
    g_error ("%s", error->message);
  filling->spent += since (filling->handed_in).wall;
  if (filling->made < n_orders)
    hand_in_page (filling);
  else
    g_main_loop_quit (filling->loop);
}

static gpointer
write_setting (RetourStore *store, gpointer user_data, GError **error)
{
  return GINT_TO_POINTER (store->set_setting (store, "bench", "urgent", error));
}

static void
urgent_done (gpointer result, const GError *error, gpointer user_data)
{
  Filling *filling = user_data;
  const Moment took = since (filling->urgent_at);

  g_array_append_val (filling->urgent, took);
  filling->urgent_waits = FALSE;
}

static gboolean
ask_urgent (gpointer user_data)
{
  Filling *filling = user_data;

  if (!filling->urgent_waits)
    {
      filling->urgent_waits = TRUE;
      filling->urgent_at = now ();
      filling->storage->write (filling->storage->self, write_setting, urgent_done, filling);
    }
  return G_SOURCE_CONTINUE;
}

static gpointer
fill_in_thread (gpointer user_data)
{
  Filling *filling = user_data;
  g_autoptr (GMainContext) context = g_main_context_new ();

  g_main_context_push_thread_default (context);
  filling->loop = g_main_loop_new (context, FALSE);
  hand_in_page (filling);
  g_main_loop_run (filling->loop);
  g_main_loop_unref (filling->loop);
  g_main_context_pop_thread_default (context);
  return NULL;
}

/* Pages from one thread, as sync does, and every 50 ms something urgent from another, as a clerk does. */
static void
bench_fill (void)
{
  GError *error = NULL;
  RetourDatabase *database = retour_database_open (directory, retour_documents (), RETOUR_DATABASE_THREADS, &error);
  Filling filling = { 0 };
  GThread *thread;
  const Moment began = now ();

  fail_on (error);
  filling.mill = order_mill_new (1);
  filling.storage = retour_database_storage (database);
  filling.urgent = times_new ();
  filling.urgent_source = g_timeout_add (50, ask_urgent, &filling);
  thread = g_thread_new ("pages", fill_in_thread, &filling);
  while (g_atomic_int_get (&filling.made) < n_orders)
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  g_source_remove (filling.urgent_source);
  g_print ("%d orders in %.1f s (%.1f s with their making): %.0f orders/s\n", n_orders, (double) filling.spent / 1e6,
           (double) since (began).wall / 1e6, n_orders / ((double) filling.spent / 1e6));
  print_head ("meanwhile");
  print_times ("urgent write", filling.urgent, "asked to answered, target p99 < 20000");
  while (filling.urgent_waits)
    g_main_context_iteration (NULL, TRUE);
  order_mill_free (filling.mill);
  g_array_unref (filling.urgent);
  retour_database_close (database);
}

/* ------------------------------------------------------------------------------------------------ bare SQLite */

static void
bare_execute (sqlite3 *sqlite, const char *sql)
{
  if (sqlite3_exec (sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (sqlite));
}

static sqlite3_stmt *
bare_prepare (sqlite3 *sqlite, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (sqlite, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (sqlite));
  return statement;
}

static void
bare_insert (
    sqlite3_stmt *order, sqlite3_stmt *code, sqlite3_stmt *words, const RetourOrder *o, const char *text, int n)
{
  sqlite3_bind_int (order, 1, n);
  sqlite3_bind_text (order, 2, o->id, -1, SQLITE_STATIC);
  sqlite3_bind_text (order, 3, o->number, -1, SQLITE_STATIC);
  sqlite3_bind_text (order, 4, text, -1, SQLITE_STATIC);
  sqlite3_step (order);
  sqlite3_reset (order);
  sqlite3_bind_text (code, 1, ((RetourParcel *) o->parcels->pdata[0])->tracking, -1, SQLITE_STATIC);
  sqlite3_bind_int (code, 2, n);
  sqlite3_step (code);
  sqlite3_reset (code);
  if (words == NULL)
    return;
  sqlite3_bind_int (words, 1, n);
  sqlite3_bind_text (words, 2, o->customer.name, -1, SQLITE_STATIC);
  sqlite3_bind_text (words, 3, o->customer.email, -1, SQLITE_STATIC);
  sqlite3_bind_text (words, 4, o->customer.phone, -1, SQLITE_STATIC);
  sqlite3_step (words);
  sqlite3_reset (words);
}

/* 500 orders a transaction, SQLite's own checkpoints and merges, nothing else to do. */
static void
bench_bare_fill (gboolean fts)
{
  g_autofree char *path = g_build_filename (directory, "bare.db", NULL);
  const int limit = MIN (n_orders, 200000);
  OrderMill *mill = order_mill_new (1);
  sqlite3_stmt *order, *code, *words = NULL;
  sqlite3 *sqlite = NULL;
  gint64 spent = 0;

  sqlite3_open (path, &sqlite);
  bare_execute (sqlite, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;"
                        "CREATE TABLE o (key INTEGER PRIMARY KEY, id TEXT UNIQUE, number TEXT UNIQUE, document TEXT);"
                        "CREATE TABLE c (code TEXT, key INTEGER, PRIMARY KEY (code, key)) WITHOUT ROWID;"
                        "CREATE VIRTUAL TABLE f USING fts5 (name, email, phone, content='', prefix='2 3')");
  order = bare_prepare (sqlite, "INSERT INTO o VALUES (?, ?, ?, ?)");
  code = bare_prepare (sqlite, "INSERT INTO c VALUES (?, ?)");
  if (fts)
    words = bare_prepare (sqlite, "INSERT INTO f (rowid, name, email, phone) VALUES (?, ?, ?, ?)");
  for (int n = 0; n < limit; n += PAGE_LINES)
    {
      g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_order_free);
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      Moment began;

      for (int i = 0; i < PAGE_LINES; i++)
        {
          char *text;

          g_ptr_array_add (orders, order_mill_next (mill, &text));
          g_ptr_array_add (texts, text);
        }
      began = now ();
      bare_execute (sqlite, "BEGIN");
      for (int i = 0; i < PAGE_LINES; i++)
        bare_insert (order, code, words, orders->pdata[i], texts->pdata[i], n + i);
      bare_execute (sqlite, "COMMIT");
      spent += since (began).wall;
    }
  g_print ("  bare SQLite%s: %.0f orders/s\n", fts ? " with FTS5 prefix '2 3'" : ", no search",
           limit / ((double) spent / 1e6));
  sqlite3_finalize (order);
  sqlite3_finalize (code);
  sqlite3_finalize (words);
  sqlite3_close (sqlite);
  order_mill_free (mill);
  g_unlink (path);
}

/* ------------------------------------------------------------------------------------------------ looking up */

static Moment
time_bare_lookup (sqlite3_stmt *select, const char *number)
{
  const Moment began = now ();
  g_autoptr (RetourOrder) order = NULL;

  sqlite3_bind_text (select, 1, number, -1, SQLITE_STATIC);
  if (sqlite3_step (select) != SQLITE_ROW)
    g_error ("%s is missing", number);
  order = retour_documents ()->read_order ((const char *) sqlite3_column_text (select, 0), -1, NULL);
  sqlite3_reset (select);
  return since (began);
}

static Moment
time_lookup (RetourStore *store, const char *number)
{
  const Moment began = now ();
  g_autoptr (RetourOrder) order = store->find_order (store, number, NULL);

  if (order == NULL)
    g_error ("%s is missing", number);
  return since (began);
}

static Moment
time_code (RetourStore *store, const char *number)
{
  const Moment began = now ();
  g_autoptr (GPtrArray) list = store->lookup_code (store, number, NULL);

  if (list->len != 1)
    g_error ("%s is missing", number);
  return since (began);
}

static void
bench_lookup (RetourStore *store)
{
  g_autofree char *path = database_path ();
  g_autoptr (GArray) ours = times_new ();
  g_autoptr (GArray) codes = times_new ();
  g_autoptr (GArray) bare = times_new ();
  g_autofree char *note = NULL;
  OrderMill *mill = order_mill_new (2);
  sqlite3 *sqlite = NULL;
  sqlite3_stmt *select;

  sqlite3_open_v2 (path, &sqlite, SQLITE_OPEN_READONLY, NULL);
  bare_execute (sqlite, "PRAGMA cache_size = -16384");
  select =
      bare_prepare (sqlite, "SELECT o.document FROM order_codes c JOIN orders o ON o.n = c.n WHERE c.code = lower (?)");
  for (guint i = 0; i < 4000; i++)
    {
      g_autofree char *number = g_strdup_printf ("W%08u", 10000000 + order_mill_random (mill, (guint) n_orders));
      Moment took;

      took = time_bare_lookup (select, number);
      g_array_append_val (bare, took);
      took = time_lookup (store, number);
      g_array_append_val (ours, took);
      took = time_code (store, number);
      g_array_append_val (codes, took);
    }
  print_head ("looking up");
  note = g_strdup_printf ("%.2f times bare", (double) quantile (ours, 50).wall / (double) quantile (bare, 50).wall);
  print_times ("bare select and parse", bare, "");
  print_times ("find_order", ours, note);
  print_times ("lookup_code", codes, "target p99 < 1000");
  sqlite3_finalize (select);
  sqlite3_close (sqlite);
  order_mill_free (mill);
}

/* ------------------------------------------------------------------------------------------------ searching */

/* The first n characters of a word. */
static char *
cut (const char *word, guint n)
{
  return g_utf8_substring (word, 0, MIN ((glong) n, g_utf8_strlen (word, -1)));
}

static char *
make_query (OrderMill *mill, const char *shape)
{
  GString *query = g_string_new (NULL);

  for (const char *p = shape; *p != '\0'; p++)
    {
      g_autofree char *word = NULL;
      const guint n = (guint) (p[1] - '0');

      switch (*p)
        {
        case 'f': /* n characters of a first name, 9: all */
          word = cut (order_mill_first_name (mill), n == 9 ? 100 : n);
          break;
        case 'l': /* of a last name */
          word = cut (order_mill_last_name (mill), n == 9 ? 100 : n);
          break;
        case 'w': /* of a number */
          {
            g_autofree char *number = g_strdup_printf ("W%08u", 10000000 + order_mill_random (mill, (guint) n_orders));

            word = cut (number, n);
            break;
          }
        case 'p': /* of a phone number */
          {
            g_autofree char *phone =
                g_strdup_printf ("0%u%08u", 6 + order_mill_random (mill, 2), order_mill_random (mill, 100000000));

            word = cut (phone, n);
            break;
          }
        case 't': /* of a tracking number */
          {
            g_autofree char *tracking = g_strdup_printf ("8V%08u", order_mill_random (mill, 100000000));

            word = cut (tracking, n);
            break;
          }
        case 'a': /* any letters */
          word = g_strnfill (n, (char) ('a' + order_mill_random (mill, 26)));
          for (guint i = 0; i < n; i++)
            word[i] = (char) ('a' + order_mill_random (mill, 26));
          break;
        default:
          g_string_append (query, p);
          return g_string_free (query, FALSE);
        }
      if (query->len > 0)
        g_string_append_c (query, ' ');
      g_string_append (query, word);
      p++;
    }
  return g_string_free (query, FALSE);
}

static const char *const shapes[] = {
  "f1",
  "f2",
  "f3",
  "f9",
  "l1",
  "l2",
  "l3",
  "l4",
  "l9",
  "f9l9",
  "f1l1",
  "f2l2",
  "f3l3",
  "l4f4",
  "f9f9",
  "f3f3",
  "l9l9",
  "f9f9f9",
  "f2f2f2",
  "f1l1f1",
  "f2l2l2",
  "f3l3f3",
  "f9l9f9",
  "l9l9l9",
  "a1a1a1",
  "a2a2",
  "a3a2",
  "a1",
  "a4",
  "w1",
  "w3",
  "w5",
  "w6",
  "w7",
  "w8",
  "w9",
  "w5f9",
  "w7l3",
  "w6f2l2",
  "p2",
  "p4",
  "p6",
  "p8",
  "p9",
  "p3f9",
  "p5l2f1",
  "t2",
  "t5",
  "t7",
  "t9",
  "t4f3",
  " marie jean pierre",
  " martin bernard thomas",
  " zoe zoe zoe",
  " example marie",
  " marie.martin@example.fr",
  " marie@",
  " 129,90 2026-06-12",
};

static void
bench_search (RetourStore *store)
{
  OrderMill *mill = order_mill_new (3);
  g_autoptr (GArray) all = times_new ();

  print_head ("searching, 50 results wanted");
  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      g_autoptr (GArray) times = times_new ();
      g_autofree char *note = NULL;
      g_autofree char *what = NULL;
      g_autofree char *example = NULL;
      guint64 results = 0;

      for (guint i = 0; i < 200; i++)
        {
          g_autofree char *query = make_query (mill, shapes[s]);
          g_autoptr (GError) error = NULL;
          const Moment began = now ();
          g_autoptr (GPtrArray) list = store->search_orders (store, query, 50, &error);
          const Moment took = since (began);

          fail_on (error);
          g_array_append_val (times, took);
          g_array_append_val (all, took);
          results += list->len;
          g_free (example);
          example = g_steal_pointer (&query);
        }
      note = g_strdup_printf ("%5.1f results", (double) results / 200);
      what = g_strdup_printf ("“%s”", example);
      print_times (what, times, note);
    }
  print_times ("all of them", all, "target p99 < 16000");
  order_mill_free (mill);
}

/* ------------------------------------------------------------------------------------------------ recording */

static RetourReturn *
make_return (guint64 counter)
{
  g_autofree char *id = g_strdup_printf ("01937c3e-0000-7000-8000-%012" G_GUINT64_FORMAT, counter);
  g_autofree char *number = g_strdup_printf ("R0214A-%05" G_GUINT64_FORMAT "-0", counter);
  RetourReturn *ret = retour_return_new (id, number);

  ret->order_id = g_strdup_printf ("ord_%08u", (guint) (counter * 7919 % (guint64) n_orders));
  ret->kind = g_strdup ("store");
  ret->recorded_at = (gint64) 1790000000 * RETOUR_SECOND + (gint64) counter * RETOUR_SECOND;
  g_strlcpy (ret->currency, "EUR", sizeof ret->currency);
  ret->total = 990;
  ret->withdrawal_last_day = ret->refund_latest_day = RETOUR_DAY_NONE;
  g_ptr_array_add (ret->lines, retour_return_line_new ("l1", 1));
  ret->goods = RETOUR_GOODS_ACCEPTED;
  ret->refund = RETOUR_REFUND_PROMISED;
  return ret;
}

static Moment
time_record (RetourStore *store, guint64 counter)
{
  g_autoptr (RetourReturn) ret = make_return (counter);
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_operation_free);
  RetourOperation *operation = retour_operation_new (ret->id, RETOUR_OPERATION_RETURN_RECORD, "{}");
  g_autoptr (RetourAuditRecord) audit =
      retour_audit_record_new ("return.recorded", "stf_12", ret->id, ret->recorded_at, "{}");
  GError *error = NULL;
  Moment began;

  operation->order = g_strdup (ret->order_id);
  operation->return_id = g_strdup (ret->id);
  operation->created_at = ret->recorded_at;
  g_ptr_array_add (operations, operation);
  began = now ();
  if (!store->record_return (store, ret, counter, operations, audit, &error))
    fail_on (error);
  return since (began);
}

/* The same rows in the same tables, written by hand. */
static Moment
time_bare_record (sqlite3 *sqlite, sqlite3_stmt **inserts, guint64 counter)
{
  g_autoptr (RetourReturn) ret = make_return (counter);
  g_autofree char *document = retour_documents ()->write_return (ret);
  const Moment began = now ();

  bare_execute (sqlite, "BEGIN IMMEDIATE");
  for (guint i = 0; inserts[i] != NULL; i++)
    {
      sqlite3_bind_text (inserts[i], 1, ret->id, -1, SQLITE_STATIC);
      if (sqlite3_bind_parameter_count (inserts[i]) > 1)
        sqlite3_bind_text (inserts[i], 2, document, -1, SQLITE_STATIC);
      if (sqlite3_bind_parameter_count (inserts[i]) > 2)
        sqlite3_bind_int64 (inserts[i], 3, (gint64) counter);
      if (sqlite3_step (inserts[i]) != SQLITE_DONE)
        g_error ("%s", sqlite3_errmsg (sqlite));
      sqlite3_reset (inserts[i]);
    }
  bare_execute (sqlite, "COMMIT");
  return since (began);
}

static void
bench_record (void)
{
  static const char *const statements[] = {
    "INSERT INTO returns VALUES (?1, ?1, ?3, 'ord_1', 'W1', 1, 'EUR', 990, 0, 0, ' x', ?2, NULL)",
    "INSERT INTO return_lines VALUES (?1, 0, 'l1', 1)",
    "INSERT INTO return_states VALUES (?1, 'accepted', 'promised', 'local', NULL)",
    "INSERT INTO operations VALUES (?3, ?1, 'return.record', 'ord_1', ?1, '{}', 'hash', 1, 0 * length (?2))",
    "INSERT INTO operation_states VALUES (?3, ?1 || substr (?2, 1, 0), 'waiting', 0, NULL, NULL)",
    "INSERT INTO audit VALUES (?3, zeroblob (32), 'return.recorded', 'stf_12', ?1, 1, substr (?2, 1, 2), zeroblob (32))",
    "UPDATE counters SET value = ?3 WHERE name = 'return' AND ?1 <> ?2",
    "DELETE FROM drafts WHERE id = ?1",
  };
  GError *error = NULL;
  RetourDatabase *database = retour_database_open (directory, retour_documents (), RETOUR_DATABASE_DIRECT, &error);
  g_autofree char *path = database_path ();
  g_autoptr (GArray) ours = times_new ();
  g_autoptr (GArray) bare = times_new ();
  g_autofree char *note = NULL;
  sqlite3_stmt *inserts[G_N_ELEMENTS (statements) + 1] = { NULL };
  sqlite3 *sqlite = NULL;

  fail_on (error);
  for (guint64 counter = 1; counter <= 1000; counter++)
    {
      const Moment took = time_record (retour_database_store (database), counter);

      g_array_append_val (ours, took);
    }
  retour_database_close (database);

  sqlite3_open (path, &sqlite);
  bare_execute (sqlite, "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA foreign_keys = ON");
  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    inserts[i] = bare_prepare (sqlite, statements[i]);
  for (guint64 counter = 100001; counter <= 101000; counter++)
    {
      const Moment took = time_bare_record (sqlite, inserts, counter);

      g_array_append_val (bare, took);
    }
  for (guint i = 0; inserts[i] != NULL; i++)
    sqlite3_finalize (inserts[i]);
  sqlite3_close (sqlite);
  print_head ("recording");
  note = g_strdup_printf ("%.2f times bare", (double) quantile (ours, 50).wall / (double) quantile (bare, 50).wall);
  print_times ("bare inserts of a return", bare, "");
  print_times ("record_return", ours, note);
}

static void
bench_reading (void)
{
  GError *error = NULL;
  const Moment began = now ();
  RetourDatabase *database = retour_database_open (directory, retour_documents (), RETOUR_DATABASE_LOOK, &error);
  g_autoptr (GPtrArray) list = NULL;

  fail_on (error);
  list = retour_database_store (database)->search_orders (retour_database_store (database), "marie m", 50, &error);
  g_print ("open and first search: %" G_GINT64_FORMAT " µs\n", since (began).wall);
  bench_lookup (retour_database_store (database));
  bench_search (retour_database_store (database));
  retour_database_close (database);
}

static void
print_sizes (void)
{
  g_autofree char *path = database_path ();
  GStatBuf status;

  if (g_stat (path, &status) == 0)
    g_print ("database: %.0f MiB, %.0f bytes an order\n", (double) status.st_size / 1048576.0,
             (double) status.st_size / n_orders);
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "orders", 0, 0, G_OPTION_ARG_INT, &n_orders, "How many orders (100000)", "N" },
    { "directory", 0, 0, G_OPTION_ARG_FILENAME, &directory, "Where; kept, and used again when it has a database",
      "DIR" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *path = NULL;
  GError *error = NULL;
  gboolean own;

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  n_orders = MAX (n_orders, PAGE_LINES) / PAGE_LINES * PAGE_LINES;
  own = directory == NULL;
  if (own)
    directory = g_dir_make_tmp ("retour-bench-XXXXXX", NULL);
  path = database_path ();
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      bench_fill ();
      bench_bare_fill (FALSE);
      bench_bare_fill (TRUE);
    }
  print_sizes ();
  bench_reading ();
  if (own)
    bench_record ();
  return EXIT_SUCCESS;
}
