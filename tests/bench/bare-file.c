/* SPDX-License-Identifier: Apache-2.0 */
#include "bare-file.h"

#define BOTH                                                                                                            \
  "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON;" \
  "PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 0;"
#define LOOK "PRAGMA query_only = ON; PRAGMA cache_size = -16384;"
#define WRITE                                                                                                          \
  "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -32768;"       \
  "PRAGMA journal_size_limit = 67108864;"

static int
log_hook (void *user_data, sqlite3 *sqlite, const char *schema, int pages)
{
  ((BareFile *) user_data)->log_pages = pages;
  return SQLITE_OK;
}

BareFile *
bare_file_open (const char *directory, BareFileKind kind)
{
  BareFile *self = g_new0 (BareFile, 1);
  g_autofree char *path = g_build_filename (directory, "retour.db", NULL);
  const int flags = kind == BARE_FILE_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;

  if (sqlite3_open_v2 (path, &self->sqlite, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    g_error ("%s: %s", path, sqlite3_errmsg (self->sqlite));
  bare_file_execute (self, BOTH);
  bare_file_execute (self, kind == BARE_FILE_WRITE ? WRITE : LOOK);
  if (kind == BARE_FILE_WRITE)
    sqlite3_wal_hook (self->sqlite, log_hook, self);
  return self;
}

void
bare_file_close (BareFile *self)
{
  if (self == NULL)
    return;
  if (sqlite3_close (self->sqlite) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (self->sqlite));
  g_free (self);
}

void
bare_file_execute (BareFile *self, const char *sql)
{
  if (sqlite3_exec (self->sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (self->sqlite));
}

sqlite3_stmt *
bare_file_prepare (BareFile *self, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v3 (self->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (self->sqlite));
  return statement;
}

void
bare_file_step (BareFile *self, sqlite3_stmt *statement)
{
  if (sqlite3_step (statement) != SQLITE_DONE)
    g_error ("%s: %s", sqlite3_sql (statement), sqlite3_errmsg (self->sqlite));
  sqlite3_reset (statement);
}

gint64
bare_file_ask (BareFile *self, const char *sql)
{
  sqlite3_stmt *select = bare_file_prepare (self, sql);
  gint64 answer;

  if (sqlite3_step (select) != SQLITE_ROW)
    g_error ("%s: %s", sql, sqlite3_errmsg (self->sqlite));
  answer = sqlite3_column_int64 (select, 0);
  sqlite3_finalize (select);
  return answer;
}

void
bare_file_tidy (BareFile *self, int pages)
{
  if (self->log_pages < pages)
    return;
  sqlite3_wal_checkpoint_v2 (self->sqlite, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  self->log_pages = 0;
}
