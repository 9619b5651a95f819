/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger.h"

struct _SandboxLedger
{
  sqlite3 *db;
  GRecMutex mutex;
  GHashTable *statements; /* literal -> sqlite3_stmt */
  gboolean inside;
  GError *trouble; /* of the running transaction */
};

G_DEFINE_QUARK (sandbox - ledger - error - quark, sandbox_ledger_error)

static void
note_trouble (SandboxLedger *self, const char *what)
{
  if (self->trouble == NULL)
    self->trouble =
        g_error_new (SANDBOX_LEDGER_ERROR, SANDBOX_LEDGER_ERROR_ENGINE, "%s: %s", what, sqlite3_errmsg (self->db));
}

static void
execute (SandboxLedger *self, const char *sql)
{
  if (self->trouble == NULL && sqlite3_exec (self->db, sql, NULL, NULL, NULL) != SQLITE_OK)
    note_trouble (self, sql);
}

static sqlite3_stmt *
bind (SandboxLedger *self, const char *sql, const char *types, va_list values)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (self->trouble != NULL)
    return NULL;
  if (statement == NULL)
    {
      if (sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
        {
          note_trouble (self, sql);
          return NULL;
        }
      g_hash_table_insert (self->statements, (gpointer) sql, statement);
    }

  sqlite3_reset (statement);
  for (int i = 0; types[i] != '\0'; i++)
    {
      if (types[i] == 's')
        sqlite3_bind_text (statement, i + 1, va_arg (values, const char *), -1, SQLITE_TRANSIENT);
      else
        sqlite3_bind_int64 (statement, i + 1, va_arg (values, gint64));
    }
  return statement;
}

static gboolean
step (SandboxLedger *self, sqlite3_stmt *statement)
{
  int code = sqlite3_step (statement);

  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    note_trouble (self, sqlite3_sql (statement));
  sqlite3_reset (statement);
  return FALSE;
}

static gboolean
make_schema (SandboxLedger *self, GError **error)
{
  g_autoptr (GBytes) schema =
      g_resources_lookup_data ("/retour/sandbox/schema.sql", G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (schema == NULL)
    return FALSE;
  sandbox_ledger_begin (self);
  execute (self, g_bytes_get_data (schema, NULL));
  execute (self, "PRAGMA user_version = 1");
  return sandbox_ledger_commit (self, error);
}

static void
finalize (gpointer statement)
{
  sqlite3_finalize (statement);
}

SandboxLedger *
sandbox_ledger_open (const char *directory, GError **error)
{
  g_autoptr (SandboxLedger) self = g_new0 (SandboxLedger, 1);
  g_autofree char *path = g_build_filename (directory, "oms.db", NULL);
  gint64 version;

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_rec_mutex_init (&self->mutex);
  self->statements = g_hash_table_new_full (NULL, NULL, NULL, finalize);
  if (sqlite3_open_v2 (path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL)
      != SQLITE_OK)
    {
      g_set_error (error, SANDBOX_LEDGER_ERROR, SANDBOX_LEDGER_ERROR_ENGINE, "%s: %s", path, sqlite3_errmsg (self->db));
      return NULL;
    }
  execute (
      self,
      "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = NORMAL;"
      "PRAGMA cache_size = -32768; PRAGMA mmap_size = 8589934592; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON");
  version = sandbox_ledger_integer (self, "PRAGMA user_version", "");
  if (self->trouble != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->trouble));
      return NULL;
    }
  if (version == 0 && !make_schema (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
sandbox_ledger_go_live (SandboxLedger *self)
{
  sandbox_ledger_lock (self);
  execute (self, "PRAGMA journal_mode = WAL");
  sandbox_ledger_unlock (self);
}

void
sandbox_ledger_close (SandboxLedger *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->statements);
  sqlite3_close_v2 (self->db);
  g_clear_error (&self->trouble);
  g_rec_mutex_clear (&self->mutex);
  g_free (self);
}

void
sandbox_ledger_lock (SandboxLedger *self)
{
  g_rec_mutex_lock (&self->mutex);
}

void
sandbox_ledger_unlock (SandboxLedger *self)
{
  if (!self->inside && self->trouble != NULL)
    {
      g_warning ("%s", self->trouble->message);
      g_clear_error (&self->trouble);
    }
  g_rec_mutex_unlock (&self->mutex);
}

void
sandbox_ledger_begin (SandboxLedger *self)
{
  g_rec_mutex_lock (&self->mutex);
  g_assert (!self->inside);
  self->inside = TRUE;
  execute (self, "BEGIN IMMEDIATE");
}

static void
leave (SandboxLedger *self)
{
  self->inside = FALSE;
  g_rec_mutex_unlock (&self->mutex);
}

gboolean
sandbox_ledger_commit (SandboxLedger *self, GError **error)
{
  execute (self, "COMMIT");
  if (self->trouble != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->trouble));
      sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
      leave (self);
      return FALSE;
    }
  leave (self);
  return TRUE;
}

void
sandbox_ledger_rollback (SandboxLedger *self)
{
  g_clear_error (&self->trouble);
  sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  leave (self);
}

void
sandbox_ledger_savepoint (SandboxLedger *self)
{
  execute (self, "SAVEPOINT one");
}

void
sandbox_ledger_release (SandboxLedger *self)
{
  execute (self, "RELEASE one");
}

void
sandbox_ledger_undo (SandboxLedger *self)
{
  execute (self, "ROLLBACK TO one; RELEASE one");
}

void
sandbox_ledger_run (SandboxLedger *self, const char *sql, const char *types, ...)
{
  sqlite3_stmt *statement;
  va_list values;

  va_start (values, types);
  statement = bind (self, sql, types, values);
  va_end (values);
  if (statement != NULL && step (self, statement))
    sqlite3_reset (statement);
}

sqlite3_stmt *
sandbox_ledger_query (SandboxLedger *self, const char *sql, const char *types, ...)
{
  sqlite3_stmt *statement;
  va_list values;

  va_start (values, types);
  statement = bind (self, sql, types, values);
  va_end (values);
  return statement != NULL && step (self, statement) ? statement : NULL;
}

gboolean
sandbox_ledger_next (SandboxLedger *self, sqlite3_stmt *statement)
{
  return step (self, statement);
}

void
sandbox_ledger_done (sqlite3_stmt *statement)
{
  if (statement != NULL)
    sqlite3_reset (statement);
}

char *
sandbox_ledger_text (SandboxLedger *self, const char *sql, const char *types, ...)
{
  sqlite3_stmt *statement;
  va_list values;
  char *text = NULL;

  va_start (values, types);
  statement = bind (self, sql, types, values);
  va_end (values);
  if (statement != NULL && step (self, statement))
    {
      text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      sqlite3_reset (statement);
    }
  return text;
}

gint64
sandbox_ledger_integer (SandboxLedger *self, const char *sql, const char *types, ...)
{
  sqlite3_stmt *statement;
  va_list values;
  gint64 number = 0;

  va_start (values, types);
  statement = bind (self, sql, types, values);
  va_end (values);
  if (statement != NULL && step (self, statement))
    {
      number = sqlite3_column_int64 (statement, 0);
      sqlite3_reset (statement);
    }
  return number;
}

int
sandbox_ledger_changes (SandboxLedger *self)
{
  return sqlite3_changes (self->db);
}

const char *
sandbox_column_text (sqlite3_stmt *statement, int column)
{
  const unsigned char *text = sqlite3_column_text (statement, column);

  return text != NULL ? (const char *) text : "";
}
