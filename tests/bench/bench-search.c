/* SPDX-License-Identifier: Apache-2.0 */
/* bench-search --directory=DIR --orders=N --names=FILE: search as you type on a filled directory, beside an FTS5 table of the
 * same names, e-mails and numbers (made in FILE when it is not there) asked the same words. */
#include "measure.h"
#include "shop.h"

#include "documents.h"

#include <locale.h>
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>

#define SHOWN 50

static int n_orders = 1000000, n_times = 100;
static char *directory, *names;

/* What is typed: f and l are letters of a first or last name (9: all of it), w characters of a number, p of a phone number, a
 * any letters; a shape that begins with a space is typed as it stands. */
static const struct
{
  const char *group, *shapes[10];
} groups[] = {
  { "search_one_word", { "f1", "f3", "f9", "l2", "l4", "l9", "w5", "w9", "p6", "a4" } },
  { "search_two_words", { "f1l1", "f2l2", "f3l3", "l4f4", "f9l9", "l9l9", "f9f9", "w5f9", "p3f9", "a2a2" } },
  { "search_three_words",
    { "f2f2f2", "f1l1f1", "f2l2l2", "f3l3f3", "f9l9f9", "l9l9l9", "a1a1a1", "w6f2l2", "p5l2f1" } },
  { "search_rare", { "l9f9", "w9", " zoe zoe zoe", "a4a4" } },
  { "search_no_match", { " marie jean pierre", " martin bernard thomas", " marie martin zzz", " xyz" } },
};

static char *
cut (const char *word, guint n)
{
  return g_utf8_substring (word, 0, MIN ((glong) n, g_utf8_strlen (word, -1)));
}

static char *
make_word (OrderMill *mill, char kind, guint n)
{
  g_autofree char *word = NULL;

  switch (kind)
    {
    case 'f':
      return cut (order_mill_first_name (mill), n == 9 ? 100 : n);
    case 'l':
      return cut (order_mill_last_name (mill), n == 9 ? 100 : n);
    case 'w':
      word = shop_order_number (order_mill_random (mill, (guint) n_orders));
      return cut (word, n);
    case 'p':
      word = g_strdup_printf ("0%u%08u", 6 + order_mill_random (mill, 2), order_mill_random (mill, 100000000));
      return cut (word, n);
    default:
      word = g_strnfill (n, 'a');
      for (guint i = 0; i < n; i++)
        word[i] = (char) ('a' + order_mill_random (mill, 26));
      return g_steal_pointer (&word);
    }
}

static char *
make_query (OrderMill *mill, const char *shape)
{
  g_autoptr (GString) query = g_string_new (NULL);

  if (*shape == ' ')
    return g_strdup (shape + 1);
  for (const char *p = shape; *p != '\0'; p += 2)
    {
      g_autofree char *word = make_word (mill, *p, (guint) (p[1] - '0'));

      if (query->len > 0)
        g_string_append_c (query, ' ');
      g_string_append (query, word);
    }
  return g_strdup (query->str);
}

/* The same as FTS5 wants it: each word quoted, a beginning. */
static char *
make_match (const char *query)
{
  g_auto (GStrv) words = g_strsplit (query, " ", -1);
  GString *match = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    g_string_append_printf (match, "\"%s\"* ", words[i]);
  return g_string_free (match, FALSE);
}

static void
execute (sqlite3 *sqlite, const char *sql)
{
  if (sqlite3_exec (sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (sqlite));
}

static void
make_names (const char *path)
{
  g_autofree char *partial = g_strconcat (path, ".partial", NULL);
  OrderMill *mill = order_mill_new (1);
  sqlite3_stmt *insert = NULL;
  sqlite3 *sqlite = NULL;

  remove (partial);
  sqlite3_open (partial, &sqlite);
  execute (sqlite, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;"
                   "CREATE VIRTUAL TABLE f USING fts5 (name, email, phone, number, content='', prefix='1 2 3',"
                   " tokenize='unicode61 remove_diacritics 2')");
  sqlite3_prepare_v2 (sqlite, "INSERT INTO f (rowid, name, email, phone, number) VALUES (?, ?, ?, ?, ?)", -1, &insert,
                      NULL);
  for (int i = 0; i < n_orders; i++)
    {
      g_autofree char *text = NULL;
      g_autoptr (RetourOrder) order = order_mill_next (mill, &text);

      sqlite3_bind_int (insert, 1, i + 1);
      sqlite3_bind_text (insert, 2, order->customer.name, -1, SQLITE_STATIC);
      sqlite3_bind_text (insert, 3, order->customer.email, -1, SQLITE_STATIC);
      sqlite3_bind_text (insert, 4, order->customer.phone, -1, SQLITE_STATIC);
      sqlite3_bind_text (insert, 5, order->number, -1, SQLITE_STATIC);
      if (sqlite3_step (insert) != SQLITE_DONE)
        g_error ("%s", sqlite3_errmsg (sqlite));
      sqlite3_reset (insert);
    }
  sqlite3_finalize (insert);
  execute (sqlite, "INSERT INTO f (f) VALUES ('optimize'); COMMIT");
  sqlite3_close (sqlite);
  order_mill_free (mill);
  if (rename (partial, path) != 0)
    g_error ("%s cannot be named", path);
}

static gint64
time_fts (sqlite3_stmt *select, const char *query, MeasureSeries *work)
{
  g_autofree char *match = make_match (query);
  const gint64 began = measure_now (), processor = measure_processor ();

  sqlite3_bind_text (select, 1, match, -1, SQLITE_STATIC);
  while (sqlite3_step (select) == SQLITE_ROW)
    continue;
  sqlite3_reset (select);
  measure_series_add (work, measure_processor () - processor);
  return measure_now () - began;
}

static gint64
time_ours (RetourStore *store, const char *query, MeasureSeries *work)
{
  g_autoptr (GError) error = NULL;
  const gint64 began = measure_now (), processor = measure_processor ();
  g_autoptr (GPtrArray) list = store->search_orders (store, query, SHOWN, &error);
  const gint64 took = measure_now () - began;

  measure_series_add (work, measure_processor () - processor);
  if (list == NULL)
    g_error ("%s", error->message);
  return took;
}

static void
compare (RetourStore *store, sqlite3_stmt *select)
{
  OrderMill *chance = order_mill_new (3);
  g_autoptr (MeasureSeries) all = measure_series_new ();
  g_autoptr (MeasureSeries) all_fts = measure_series_new ();
  g_autoptr (MeasureSeries) work = measure_series_new ();
  g_autoptr (MeasureSeries) work_fts = measure_series_new ();

  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    {
      g_autoptr (MeasureSeries) ours = measure_series_new ();
      g_autoptr (MeasureSeries) fts = measure_series_new ();

      for (int i = 0; i < n_times; i++)
        for (guint s = 0; s < G_N_ELEMENTS (groups[g].shapes) && groups[g].shapes[s] != NULL; s++)
          {
            g_autofree char *query = make_query (chance, groups[g].shapes[s]);
            gint64 took = time_ours (store, query, work);

            measure_series_add (ours, took);
            measure_series_add (all, took);
            took = time_fts (select, query, work_fts);
            measure_series_add (fts, took);
            measure_series_add (all_fts, took);
          }
      measure_tell_series (groups[g].group, ours, fts);
    }
  measure_tell_series ("search", all, all_fts);
  measure_tell_series ("search_processor", work, work_fts);
  order_mill_free (chance);
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "orders", 0, 0, G_OPTION_ARG_INT, &n_orders, "How many it holds (1000000)", "N" },
    { "times", 0, 0, G_OPTION_ARG_INT, &n_times, "How often each shape of query (100)", "N" },
    { "directory", 0, 0, G_OPTION_ARG_FILENAME, &directory, "Where; filled by bench-fill", "DIR" },
    { "names", 0, 0, G_OPTION_ARG_FILENAME, &names, "The table of FTS5", "FILE" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  GError *error = NULL;
  RetourDatabase *database;
  sqlite3 *sqlite = NULL;
  sqlite3_stmt *select = NULL;

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (directory == NULL || names == NULL || sodium_init () < 0)
    return 2;
  if (!g_file_test (names, G_FILE_TEST_EXISTS))
    make_names (names);
  database = retour_database_open (directory, retour_documents (), RETOUR_DATABASE_LOOK, &error);
  measure_fail_on (error);
  sqlite3_open_v2 (names, &sqlite, SQLITE_OPEN_READONLY, NULL);
  execute (sqlite, "PRAGMA cache_size = -16384");
  sqlite3_prepare_v2 (sqlite, "SELECT rowid FROM f WHERE f MATCH ? ORDER BY rowid DESC LIMIT 50", -1, &select, NULL);
  compare (retour_database_store (database), select);
  sqlite3_finalize (select);
  sqlite3_close (sqlite);
  retour_database_close (database);
  return 0;
}
