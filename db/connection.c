/* SPDX-License-Identifier: Apache-2.0 */
/* The writer is the only connection that writes and the only one that checkpoints: SQLite 3.40.1 can corrupt a WAL database
 * when one connection checkpoints while another commits (ENGINEERING.md, finding 1). */
#include "connection.h"

#include "ballast.h"

#include <errno.h>
#include <string.h>

/* Milliseconds. */
#define BUSY_WAIT 5000
#define CHECKPOINT_WAIT 10

struct _RetourConnection
{
  RetourStore store;

  /* borrowed */
  const RetourDocuments *documents;
  GThread *thread;

  /* owned */
  sqlite3 *sqlite;
  char *path, *ballast;
  GHashTable *statements; /* address of the SQL literal -> sqlite3_stmt * */
  gpointer mirror;
  GDestroyNotify free_mirror;
  RetourCounterFile *counter_file;

  RetourConnectionKind kind;
  guint depth, reading; /* levels of begin and of begin_reading */
  guint log_pages;
  gboolean mirror_touched;
};

static int
last_errno_of (sqlite3 *sqlite, int which)
{
  sqlite3_file *file = NULL;
  int code = 0;

  if (sqlite3_file_control (sqlite, "main", which, &file) == SQLITE_OK && file != NULL && file->pMethods != NULL)
    file->pMethods->xFileControl (file, SQLITE_FCNTL_LAST_ERRNO, &code);
  return code;
}

/* A limit on file sizes or a quota is told as an error of writing; the system's own code says more. */
static gboolean
was_full (sqlite3 *sqlite)
{
  const int codes[] = { last_errno_of (sqlite, SQLITE_FCNTL_FILE_POINTER),
                        last_errno_of (sqlite, SQLITE_FCNTL_JOURNAL_POINTER) };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i] == ENOSPC || codes[i] == EFBIG || codes[i] == EDQUOT)
      return TRUE;
  return FALSE;
}

static void
connection_set_error (RetourConnection *self, int rc, GError **error)
{
  RetourStoreError code = RETOUR_STORE_ERROR_ENGINE;

  switch (rc & 0xff)
    {
    case SQLITE_FULL:
      code = RETOUR_STORE_ERROR_FULL;
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      code = RETOUR_STORE_ERROR_READ_ONLY;
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      code = RETOUR_STORE_ERROR_CORRUPT;
      break;
    case SQLITE_IOERR:
      if (rc == SQLITE_IOERR_WRITE && was_full (self->sqlite))
        code = RETOUR_STORE_ERROR_FULL;
      break;
    default:
      break;
    }
  g_set_error (error, RETOUR_STORE_ERROR, code, "%s: %s (SQLite %d)", self->path,
               self->sqlite != NULL ? sqlite3_errmsg (self->sqlite) : sqlite3_errstr (rc), rc);
}

static int
log_hook (gpointer user_data, sqlite3 *sqlite, const char *schema, int pages)
{
  RetourConnection *self = user_data;

  self->log_pages = (guint) pages;
  return SQLITE_OK;
}

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

static int
open_flags (RetourConnectionKind kind)
{
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE;

  return flags | (kind == RETOUR_CONNECTION_WRITER ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
}

/* PLATFORM.md 10 has the measurements behind these. */
static gboolean
configure (RetourConnection *self, GError **error)
{
  static const char both[] = "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON;"
                             "PRAGMA recursive_triggers = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;"
                             "PRAGMA wal_autocheckpoint = 0;";
  static const char reader[] = "PRAGMA query_only = ON; PRAGMA cache_size = -16384;";

  sqlite3_busy_timeout (self->sqlite, BUSY_WAIT);
  sqlite3_db_config (self->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->sqlite, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  if (!retour_connection_execute (self, both, error))
    return FALSE;
  if (self->kind == RETOUR_CONNECTION_READER)
    {
      sqlite3_db_config (self->sqlite, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
      return retour_connection_execute (self, reader, error);
    }
  return TRUE;
}

gboolean
retour_connection_start_log (RetourConnection *self, GError **error)
{
  /* EXTRA while the mode changes: the rollback journal of that one change must not come back after a power cut and undo all
   * that followed. */
  static const char writer[] = "PRAGMA synchronous = EXTRA; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                               "PRAGMA secure_delete = ON;"
                               "PRAGMA cache_size = -32768; PRAGMA journal_size_limit = 67108864;";

  g_return_val_if_fail (self->kind == RETOUR_CONNECTION_WRITER, FALSE);
  sqlite3_wal_hook (self->sqlite, log_hook, self);
  return retour_connection_execute (self, writer, error);
}

RetourConnection *
retour_connection_open (
    const char *path, const char *ballast, RetourConnectionKind kind, const RetourDocuments *documents, GError **error)
{
  g_autoptr (RetourConnection) self = g_new0 (RetourConnection, 1);
  g_autofree char *uri = NULL;
  g_autofree char *full = NULL;
  int rc;

  g_return_val_if_fail (path != NULL, NULL);

  self->store.self = self;
  self->path = g_strdup (path);
  self->ballast = g_strdup (ballast);
  self->kind = kind;
  self->documents = documents;
  self->thread = g_thread_self ();
  self->statements = g_hash_table_new_full (NULL, NULL, NULL, finalize_statement);

  full = g_canonicalize_filename (path, NULL);
  uri = g_filename_to_uri (full, NULL, error);
  if (uri == NULL)
    return NULL;
  rc = sqlite3_open_v2 (uri, &self->sqlite, open_flags (kind), NULL);
  if (rc != SQLITE_OK)
    {
      connection_set_error (self, rc, error);
      return NULL;
    }
  if (!configure (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
retour_connection_close (RetourConnection *self)
{
  if (self == NULL)
    return;
  retour_connection_set_mirror (self, NULL, NULL);
  g_hash_table_unref (self->statements);
  if (self->sqlite != NULL)
    {
      const int rc = sqlite3_close (self->sqlite);

      g_warn_if_fail (rc == SQLITE_OK);
    }
  retour_counter_file_free (self->counter_file);
  g_free (self->path);
  g_free (self->ballast);
  g_free (self);
}

void
retour_connection_adopt (RetourConnection *self)
{
  self->thread = g_thread_self ();
}

RetourStore *
retour_connection_store (RetourConnection *self)
{
  return &self->store;
}

RetourConnection *
retour_connection_of (RetourStore *store)
{
  RetourConnection *self = store->self;

  g_assert (self->thread == g_thread_self ());
  return self;
}

const RetourDocuments *
retour_connection_documents (RetourConnection *self)
{
  return self->documents;
}

void
retour_connection_take_counter_file (RetourConnection *self, RetourCounterFile *counter_file)
{
  retour_counter_file_free (self->counter_file);
  self->counter_file = counter_file;
}

RetourCounterFile *
retour_connection_counter_file (RetourConnection *self)
{
  return self->counter_file;
}

sqlite3_stmt *
retour_connection_prepare (RetourConnection *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);
  int rc;

  g_assert (self->thread == g_thread_self ());
  if (statement != NULL)
    {
      /* Two at once would take each other's rows. */
      g_assert (!sqlite3_stmt_busy (statement));
      return statement;
    }
  rc = sqlite3_prepare_v3 (self->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (rc != SQLITE_OK)
    {
      connection_set_error (self, rc, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, (gpointer) sql, statement);
  return statement;
}

void
retour_statement_reset (sqlite3_stmt *statement)
{
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

/* Looking up a name compares it with each one before it, a third of the time of taking in an order. They are mostly bound in
 * the order in which they stand, so the one after the last is tried first. */
static int
parameter (sqlite3_stmt *statement, const char *name)
{
  static _Thread_local struct
  {
    sqlite3_stmt *statement;
    int index;
  } last;
  const char *next;

  last.index = last.statement == statement ? last.index + 1 : 1;
  last.statement = statement;
  next = sqlite3_bind_parameter_name (statement, last.index);
  if (next == NULL || strcmp (next, name) != 0)
    last.index = sqlite3_bind_parameter_index (statement, name);
  g_assert (last.index > 0);
  return last.index;
}

void
retour_bind_text (sqlite3_stmt *statement, const char *name, const char *value)
{
  sqlite3_bind_text (statement, parameter (statement, name), value, -1, SQLITE_STATIC);
}

void
retour_bind_integer (sqlite3_stmt *statement, const char *name, gint64 value)
{
  sqlite3_bind_int64 (statement, parameter (statement, name), value);
}

void
retour_bind_instant (sqlite3_stmt *statement, const char *name, RetourInstant value)
{
  if (value == RETOUR_INSTANT_NONE)
    sqlite3_bind_null (statement, parameter (statement, name));
  else
    sqlite3_bind_int64 (statement, parameter (statement, name), value);
}

void
retour_bind_bytes (sqlite3_stmt *statement, const char *name, const void *value, gsize length)
{
  sqlite3_bind_blob64 (statement, parameter (statement, name), value, length, SQLITE_STATIC);
}

gboolean
retour_connection_step (RetourConnection *self, sqlite3_stmt *statement, gboolean *row, GError **error)
{
  const int rc = sqlite3_step (statement);

  if (rc == SQLITE_ROW || rc == SQLITE_DONE)
    {
      *row = rc == SQLITE_ROW;
      return TRUE;
    }
  connection_set_error (self, rc, error);
  return FALSE;
}

gboolean
retour_connection_run (RetourConnection *self, sqlite3_stmt *statement, GError **error)
{
  gboolean row;
  const gboolean ok = retour_connection_step (self, statement, &row, error);

  retour_statement_reset (statement);
  return ok;
}

gint64
retour_connection_changes (RetourConnection *self)
{
  return sqlite3_changes64 (self->sqlite);
}

const char *
retour_column_text (sqlite3_stmt *statement, int column)
{
  return (const char *) sqlite3_column_text (statement, column);
}

char *
retour_column_dup_text (sqlite3_stmt *statement, int column)
{
  return g_strdup (retour_column_text (statement, column));
}

gint64
retour_column_integer (sqlite3_stmt *statement, int column)
{
  return sqlite3_column_int64 (statement, column);
}

RetourInstant
retour_column_instant (sqlite3_stmt *statement, int column)
{
  return sqlite3_column_type (statement, column) == SQLITE_NULL ? RETOUR_INSTANT_NONE
                                                                : sqlite3_column_int64 (statement, column);
}

gboolean
retour_connection_execute (RetourConnection *self, const char *sql, GError **error)
{
  const int rc = sqlite3_exec (self->sqlite, sql, NULL, NULL, NULL);

  if (rc != SQLITE_OK)
    connection_set_error (self, rc, error);
  return rc == SQLITE_OK;
}

gboolean
retour_connection_pragma (RetourConnection *self, const char *sql, gint64 *value, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int rc = sqlite3_prepare_v2 (self->sqlite, sql, -1, &statement, NULL);

  if (rc == SQLITE_OK)
    {
      rc = sqlite3_step (statement);
      if (rc == SQLITE_ROW && value != NULL)
        *value = sqlite3_column_int64 (statement, 0);
    }
  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    connection_set_error (self, rc, error);
  sqlite3_finalize (statement);
  return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

gboolean
retour_connection_begin (RetourConnection *self, GError **error)
{
  if (!retour_connection_execute (self, self->depth == 0 ? "BEGIN IMMEDIATE" : "SAVEPOINT level", error))
    return FALSE;
  self->depth++;
  return TRUE;
}

gboolean
retour_connection_commit (RetourConnection *self, GError **error)
{
  g_assert (self->depth > 0);
  if (!retour_connection_execute (self, self->depth == 1 ? "COMMIT" : "RELEASE level", error))
    {
      retour_connection_rollback (self);
      return FALSE;
    }
  if (--self->depth == 0)
    self->mirror_touched = FALSE;
  return TRUE;
}

void
retour_connection_rollback (RetourConnection *self)
{
  g_assert (self->depth > 0);
  if (self->mirror_touched)
    retour_connection_set_mirror (self, NULL, NULL);
  /* SQLite may have rolled back everything by itself already (disk full, out of memory): then the levels above find no
   * transaction to commit, and fail too. */
  if (!sqlite3_get_autocommit (self->sqlite))
    sqlite3_exec (self->sqlite, self->depth == 1 ? "ROLLBACK" : "ROLLBACK TO level; RELEASE level", NULL, NULL, NULL);
  self->depth--;
}

gboolean
retour_connection_begin_reading (RetourConnection *self, GError **error)
{
  if (self->reading == 0 && sqlite3_get_autocommit (self->sqlite) && !retour_connection_execute (self, "BEGIN", error))
    return FALSE;
  self->reading++;
  return TRUE;
}

void
retour_connection_end_reading (RetourConnection *self)
{
  g_assert (self->reading > 0);
  if (--self->reading == 0 && self->depth == 0)
    sqlite3_exec (self->sqlite, "ROLLBACK", NULL, NULL, NULL);
}

gboolean
retour_connection_transact (RetourConnection *self, RetourTransactionBody body, gpointer data, GError **error)
{
  gboolean again = TRUE;

  g_assert (self->thread == g_thread_self ());
  for (;;)
    {
      g_autoptr (GError) failure = NULL;
      const gboolean outermost = self->depth == 0;

      if (retour_connection_begin (self, &failure))
        {
          if (!body (self, data, &failure))
            retour_connection_rollback (self);
          else if (retour_connection_commit (self, &failure))
            return TRUE;
        }
      if (again && outermost && self->ballast != NULL
          && g_error_matches (failure, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_FULL)
          && retour_ballast_drop (self->ballast))
        {
          again = FALSE;
          continue;
        }
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
}

gpointer
retour_connection_get_mirror (RetourConnection *self)
{
  return self->mirror;
}

void
retour_connection_set_mirror (RetourConnection *self, gpointer mirror, GDestroyNotify free_mirror)
{
  if (self->mirror != NULL && self->free_mirror != NULL)
    self->free_mirror (self->mirror);
  self->mirror = mirror;
  self->free_mirror = free_mirror;
  self->mirror_touched = FALSE;
}

void
retour_connection_touch_mirror (RetourConnection *self)
{
  self->mirror_touched = TRUE;
}

guint
retour_connection_log_pages (RetourConnection *self)
{
  return self->log_pages;
}

gboolean
retour_connection_checkpoint (RetourConnection *self, gboolean truncate, GError **error)
{
  int rc;

  /* Whoever reads is done soon; a clerk's job does not wait longer for it than this. */
  sqlite3_busy_timeout (self->sqlite, CHECKPOINT_WAIT);
  rc = sqlite3_wal_checkpoint_v2 (self->sqlite, NULL, truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE,
                                  NULL, NULL);
  sqlite3_busy_timeout (self->sqlite, BUSY_WAIT);
  if (rc == SQLITE_OK)
    {
      /* What readers held back is tried again with the next thousand pages. */
      self->log_pages = 0;
      return TRUE;
    }
  if ((rc & 0xff) != SQLITE_BUSY)
    connection_set_error (self, rc, error);
  return FALSE;
}

void
retour_connection_restore_ballast (RetourConnection *self)
{
  if (self->ballast != NULL)
    retour_ballast_set (self->ballast);
}
