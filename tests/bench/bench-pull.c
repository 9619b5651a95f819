/* SPDX-License-Identifier: Apache-2.0 */
/* bench-pull --pulled=DIR --into=DIR2: the least that a first pull can be. One thread fetches the feed by libcurl and has
 * json-c read every line; another writes the rows that the real pull left in DIR into a new file of the same schema and
 * pragmas, 500 lines of it a transaction. The rows are read, and what they hold worked out, before the time begins.
 *
 * Twice, for what makes orders findable is part of the work: once with the folded words given to FTS5, as one would without
 * an index of one's own; once with the rows of our index copied, which nobody had to work out. The first is the limit. */
#include "bare-file.h"
#include "bare-oms.h"
#include "measure.h"

#include <glib/gstdio.h>
#include <json-c/json.h>
#include <locale.h>
#include <string.h>

#define PAGE_LINES 500
#define CHECKPOINT_PAGES 1000
#define PAGES_AHEAD 4

/* Every word by its beginnings, and no phrases: the cheapest FTS5 that a search as you type can be asked of. */
#define FTS5                                                                                                           \
  "CREATE VIRTUAL TABLE word_search USING fts5 (words, content = 'order_words', content_rowid = 'n', prefix = '2 3',"  \
  " detail = none, columnsize = 0)"

static char *pulled, *into;

typedef struct
{
  char *name;
  int columns;
  GPtrArray *values; /* sqlite3_value, row by row */
  guint written;     /* rows */
  sqlite3_stmt *insert;
  sqlite3_stmt *find; /* makes the row findable; NULL: nothing to do */
} Table;

typedef struct
{
  BareFile *file;
  gboolean fts5;     /* instead of the rows of our index */
  GPtrArray *tables; /* Table */
  guint pages;       /* transactions that all rows are spread over */

  GAsyncQueue *ready, *room; /* tokens: a page was read, a page may be read */
  GString *line;
  guint lines;
  guint64 bytes;
} Pull;

/* ---- what the real pull left ---- */

static void
copy_schema (BareFile *from, BareFile *to)
{
  sqlite3_stmt *select =
      bare_file_prepare (from, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
                               " ORDER BY type <> 'table', type <> 'index'");

  while (sqlite3_step (select) == SQLITE_ROW)
    bare_file_execute (to, (const char *) sqlite3_column_text (select, 0));
  sqlite3_finalize (select);
}

static gboolean
has_column (BareFile *file, const char *table, const char *column)
{
  return sqlite3_table_column_metadata (file->sqlite, NULL, table, column, NULL, NULL, NULL, NULL, NULL) == SQLITE_OK;
}

static Table *
read_table (Pull *pull, BareFile *from, const char *name)
{
  Table *table = g_new0 (Table, 1);
  /* In the order in which a pull brings them. */
  g_autofree char *sql =
      g_strdup_printf ("SELECT * FROM %s%s", name, has_column (from, name, "n") ? " ORDER BY n" : "");
  g_autoptr (GString) insert = g_string_new (NULL);
  sqlite3_stmt *select = bare_file_prepare (from, sql);

  table->name = g_strdup (name);
  table->values = g_ptr_array_new ();
  table->columns = sqlite3_column_count (select);
  while (sqlite3_step (select) == SQLITE_ROW)
    for (int c = 0; c < table->columns; c++)
      g_ptr_array_add (table->values, sqlite3_value_dup (sqlite3_column_value (select, c)));
  sqlite3_finalize (select);
  g_string_printf (insert, "INSERT INTO %s VALUES (?", name);
  for (int c = 1; c < table->columns; c++)
    g_string_append (insert, ", ?");
  g_string_append_c (insert, ')');
  table->insert = bare_file_prepare (pull->file, insert->str);
  if (pull->fts5 && g_str_equal (name, "order_words"))
    table->find = bare_file_prepare (pull->file, "INSERT INTO word_search (rowid, words) VALUES (?1, ?2)");
  return table;
}

static void
read_tables (Pull *pull)
{
  g_autoptr (BareFile) from = bare_file_open (pulled, BARE_FILE_LOOK);
  sqlite3_stmt *select;

  copy_schema (from, pull->file);
  if (pull->fts5)
    bare_file_execute (pull->file, FTS5);
  select = bare_file_prepare (from, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  while (sqlite3_step (select) == SQLITE_ROW)
    {
      const char *name = (const char *) sqlite3_column_text (select, 0);

      if (!pull->fts5 || !g_str_has_prefix (name, "search_"))
        g_ptr_array_add (pull->tables, read_table (pull, from, name));
    }
  sqlite3_finalize (select);
}

static void
make_file (Pull *pull)
{
  static const char *const names[] = { "retour.db", "retour.db-wal", "retour.db-shm" };

  g_mkdir_with_parents (into, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (into, names[i], NULL);

      g_remove (path);
    }
  pull->file = bare_file_open (into, BARE_FILE_WRITE);
  /* The rows were checked when they were first written. */
  bare_file_execute (pull->file, "PRAGMA foreign_keys = OFF");
}

/* ---- writing ---- */

static void
insert_row (Pull *pull, const Table *table, sqlite3_stmt *insert)
{
  for (int c = 0; c < table->columns; c++)
    sqlite3_bind_value (insert, c + 1,
                        g_ptr_array_index (table->values, table->written * (guint) table->columns + (guint) c));
  bare_file_step (pull->file, insert);
}

static void
write_row (Pull *pull, Table *table)
{
  insert_row (pull, table, table->insert);
  if (table->find != NULL)
    insert_row (pull, table, table->find);
  table->written++;
}

/* The share of every table's rows that falls to this transaction. */
static void
write_page (Pull *pull, guint page)
{
  bare_file_execute (pull->file, "BEGIN IMMEDIATE");
  for (guint t = 0; t < pull->tables->len; t++)
    {
      Table *table = g_ptr_array_index (pull->tables, t);
      const guint64 rows = table->values->len / (guint) table->columns;
      const guint64 upto = rows * (page + 1) / pull->pages;

      while (table->written < upto)
        write_row (pull, table);
    }
  bare_file_execute (pull->file, "COMMIT");
  bare_file_tidy (pull->file, CHECKPOINT_PAGES);
}

static gpointer
write_pages (gpointer user_data)
{
  Pull *pull = user_data;

  for (guint page = 0; page < pull->pages; page++)
    {
      g_async_queue_pop (pull->ready);
      write_page (pull, page);
      g_async_queue_push (pull->room, pull);
    }
  return NULL;
}

/* ---- fetching ---- */

static void
take_line (Pull *pull, const char *line)
{
  json_object *object = json_tokener_parse (line);

  if (object == NULL)
    g_error ("not JSON: %s", line);
  json_object_put (object);
  if (++pull->lines % PAGE_LINES != 0)
    return;
  g_async_queue_push (pull->ready, pull);
  g_async_queue_pop (pull->room);
}

static size_t
take (char *bytes, size_t size, size_t count, void *user_data)
{
  Pull *pull = user_data;
  const gsize length = size * count;
  const char *end = bytes + length;

  pull->bytes += length;
  while (bytes < end)
    {
      const char *newline = memchr (bytes, '\n', (gsize) (end - bytes));

      g_string_append_len (pull->line, bytes, (newline != NULL ? newline : end) - bytes);
      if (newline == NULL)
        break;
      take_line (pull, pull->line->str);
      g_string_truncate (pull->line, 0);
      bytes = (char *) newline + 1;
    }
  return length;
}

/* The feed without the store; *lines: how many it has. */
static gint64
fetch_alone (guint *lines)
{
  BareOms *oms = bare_oms_new (pulled);
  Pull pull = { .line = g_string_new (NULL), .ready = g_async_queue_new (), .room = g_async_queue_new () };
  const gint64 began = measure_now ();

  for (guint i = 0; i < 100000; i++)
    g_async_queue_push (pull.room, &pull);
  bare_oms_ask (oms, "/v1/changes", NULL, 0, take, &pull);
  bare_oms_free (oms);
  *lines = pull.lines;
  return measure_now () - began;
}

static gint64
pull_all (Pull *pull)
{
  BareOms *oms = bare_oms_new (pulled);
  const gint64 began = measure_now ();
  GThread *writer = g_thread_new ("writer", write_pages, pull);

  bare_oms_ask (oms, "/v1/changes", NULL, 0, take, pull);
  g_async_queue_push (pull->ready, pull); /* what the last lines left over */
  g_thread_join (writer);
  bare_oms_free (oms);
  return measure_now () - began;
}

static void
table_free (gpointer data)
{
  Table *table = data;

  for (guint i = 0; i < table->values->len; i++)
    sqlite3_value_free (table->values->pdata[i]);
  g_ptr_array_unref (table->values);
  sqlite3_finalize (table->insert);
  sqlite3_finalize (table->find);
  g_free (table->name);
  g_free (table);
}

static void
measure_pull (guint lines, gboolean fts5, const char *figure, const char *processor_figure)
{
  Pull pull = { .fts5 = fts5, .pages = lines / PAGE_LINES + 1 };
  gint64 processor;

  pull.tables = g_ptr_array_new_with_free_func (table_free);
  pull.line = g_string_new (NULL);
  pull.ready = g_async_queue_new ();
  pull.room = g_async_queue_new ();
  for (guint i = 0; i < PAGES_AHEAD; i++)
    g_async_queue_push (pull.room, &pull);
  make_file (&pull);
  read_tables (&pull);
  processor = measure_process ();
  measure_tell (figure, "s", (double) pull_all (&pull) / 1e9, -1);
  measure_tell (processor_figure, "s", (double) (measure_process () - processor) / 1e9, -1);
  g_ptr_array_unref (pull.tables);
  g_string_free (pull.line, TRUE);
  g_async_queue_unref (pull.ready);
  g_async_queue_unref (pull.room);
  bare_file_close (pull.file);
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "pulled", 0, 0, G_OPTION_ARG_FILENAME, &pulled, "What the real program pulled", "DIR" },
    { "into", 0, 0, G_OPTION_ARG_FILENAME, &into, "A new directory", "DIR" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  GError *error = NULL;
  gint64 fetched;
  guint lines = 0;

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (pulled == NULL || into == NULL)
    return 2;
  fetched = fetch_alone (&lines);
  measure_tell ("pull_fetch_and_parse", "s", (double) fetched / 1e9, -1);
  measure_pull (lines, TRUE, "pull_limit", "pull_limit_processor");
  measure_pull (lines, FALSE, "pull_limit_copied", "pull_limit_copied_processor");
  return 0;
}
