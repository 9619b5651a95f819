/* SPDX-License-Identifier: Apache-2.0 */
#include "storage.h"

#include "changes.h"
#include "directory-lock.h"
#include "migrate.h"
#include "reader-thread.h"
#include "recording.h"
#include "search-shelf.h"
#include "store-plug.h"
#include "writer-thread.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DATABASE_NAME "retour.db"
#define BALLAST_NAME "ballast"
#define MOST_SET_ASIDE 1000

struct _RetourDatabase
{
  RetourDatabaseMode mode;
  int lock; /* -1: none */
  char *path;
  RetourConnection *connection; /* DIRECT and LOOK */
  RetourWriterThread *writer;   /* THREADS */
  RetourReaderThread *reader;
  RetourStorage storage;
};

static void
storage_write (gpointer self, RetourStoreJob job, RetourStoreReply reply, gpointer user_data)
{
  retour_writer_thread_push (((RetourDatabase *) self)->writer, retour_job_new (job, reply, user_data));
}

static void
storage_read (gpointer self, RetourStoreJob job, RetourStoreReply reply, gpointer user_data)
{
  retour_reader_thread_push (((RetourDatabase *) self)->reader, retour_job_new (job, reply, user_data));
}

static void
storage_apply (gpointer self, RetourChangePage *page, RetourStoreReply reply, gpointer user_data)
{
  retour_writer_thread_push_page (((RetourDatabase *) self)->writer, retour_job_new_page (page, reply, user_data));
}

/* SQLite would make the file readable for everybody; its log takes over the file's mode. */
static gboolean
touch_private (const char *path, GError **error)
{
  const int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  const int code = errno;

  if (fd >= 0)
    {
      close (fd);
      return TRUE;
    }
  g_set_error (error, RETOUR_STORE_ERROR,
               code == ENOSPC || code == EDQUOT ? RETOUR_STORE_ERROR_FULL : RETOUR_STORE_ERROR_READ_ONLY,
               "Cannot write %s: %s", path, g_strerror (code));
  return FALSE;
}

/* A database that was emptied or lost is not begun anew in silence: what was not sent yet is gone with it. */
static gboolean
refuse_lost (const char *path, const RetourCounterFile *counters, RetourDatabaseMode mode, GError **error)
{
  struct stat found;
  const gboolean exists = stat (path, &found) == 0;

  if (exists && found.st_size > 0)
    return TRUE;
  if (!retour_counter_file_expects_database (counters) && (!exists || mode != RETOUR_DATABASE_THREADS))
    return TRUE;
  g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_CORRUPT,
               "%s is %s: put a copy back, or set it aside to begin anew without what was recorded in it", path,
               exists ? "empty" : "missing");
  return FALSE;
}

static RetourConnection *
open_writer (
    const char *directory, const char *path, const RetourDocuments *documents, RetourDatabaseMode mode, GError **error)
{
  g_autofree char *ballast = g_build_filename (directory, BALLAST_NAME, NULL);
  g_autoptr (RetourCounterFile) counters = retour_counter_file_open (directory, error);
  g_autoptr (RetourConnection) connection = NULL;

  if (counters == NULL || !refuse_lost (path, counters, mode, error) || !touch_private (path, error))
    return NULL;
  connection = retour_connection_open (path, ballast, RETOUR_CONNECTION_WRITER, documents, error);
  if (connection == NULL || !retour_migrate (connection, retour_schema_steps, error))
    return NULL;
  retour_connection_take_counter_file (connection, g_steal_pointer (&counters));
  if (!retour_recording_settle_counter (connection, error))
    return NULL;
  /* What a program that was cut off had erased may still be in its log. */
  retour_connection_checkpoint (connection, TRUE, NULL);
  retour_connection_restore_ballast (connection);
  retour_store_plug (connection);
  return g_steal_pointer (&connection);
}

static RetourConnection *
open_reader (const char *path, const RetourDocuments *documents, GError **error)
{
  g_autoptr (RetourConnection) connection = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND, "There is no database %s", path);
      return NULL;
    }
  connection = retour_connection_open (path, NULL, RETOUR_CONNECTION_READER, documents, error);
  if (connection == NULL || !retour_migrate_check (connection, retour_schema_steps, error))
    return NULL;
  retour_store_plug (connection);
  return g_steal_pointer (&connection);
}

static gboolean
start_threads (RetourDatabase *self, const RetourDocuments *documents, GError **error)
{
  RetourConnection *reader = open_reader (self->path, documents, error);

  if (reader == NULL)
    return FALSE;
  self->reader = retour_reader_thread_new (reader);
  self->writer = retour_writer_thread_new (g_steal_pointer (&self->connection));
  self->storage.write = storage_write;
  self->storage.read = storage_read;
  self->storage.apply = storage_apply;
  self->storage.self = self;
  return TRUE;
}

RetourDatabase *
retour_database_open (const char *directory, const RetourDocuments *documents, RetourDatabaseMode mode, GError **error)
{
  g_autoptr (RetourDatabase) self = NULL;

  g_return_val_if_fail (directory != NULL && documents != NULL, NULL);

  self = g_new0 (RetourDatabase, 1);
  self->mode = mode;
  self->lock = -1;
  self->path = g_build_filename (directory, DATABASE_NAME, NULL);
  if (mode == RETOUR_DATABASE_LOOK)
    {
      self->connection = open_reader (self->path, documents, error);
      return self->connection != NULL ? g_steal_pointer (&self) : NULL;
    }
  self->lock = retour_directory_lock (directory, error);
  if (self->lock < 0)
    return NULL;
  self->connection = open_writer (directory, self->path, documents, mode, error);
  if (self->connection == NULL)
    return NULL;
  if (mode == RETOUR_DATABASE_THREADS && !start_threads (self, documents, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
retour_database_close (RetourDatabase *self)
{
  if (self == NULL)
    return;
  /* The reader first, so that nobody keeps the log from being emptied. */
  if (self->reader != NULL)
    retour_reader_thread_stop (self->reader);
  if (self->writer != NULL)
    self->connection = retour_writer_thread_stop (self->writer);
  if (self->connection != NULL && self->mode != RETOUR_DATABASE_LOOK)
    retour_connection_checkpoint (self->connection, TRUE, NULL);
  retour_connection_close (self->connection);
  if (self->lock >= 0)
    close (self->lock);
  g_free (self->path);
  g_free (self);
}

const RetourStorage *
retour_database_storage (RetourDatabase *self)
{
  g_return_val_if_fail (self != NULL && self->mode == RETOUR_DATABASE_THREADS, NULL);
  return &self->storage;
}

RetourStore *
retour_database_store (RetourDatabase *self)
{
  g_return_val_if_fail (self != NULL && self->mode != RETOUR_DATABASE_THREADS, NULL);
  return retour_connection_store (self->connection);
}

/* A terminal does this when it is idle; a command never is. */
static gboolean
shelve (RetourConnection *connection, GError **error)
{
  gboolean more = TRUE;

  while (more)
    if (!retour_search_shelve (connection, NULL, NULL, &more, error))
      return FALSE;
  return TRUE;
}

gboolean
retour_database_apply_page (RetourDatabase *self, RetourChangePage *page, GError **error)
{
  g_autoptr (RetourPageWork) work = NULL;
  const gboolean last = page->last;
  gboolean done = FALSE;

  g_return_val_if_fail (self != NULL && self->mode == RETOUR_DATABASE_DIRECT, FALSE);
  work = retour_page_work_new (page);
  if (!retour_page_work_slice (self->connection, work, NULL, NULL, &done, error))
    return FALSE;
  g_assert (done);
  if (last && !shelve (self->connection, error))
    return FALSE;
  if (retour_page_work_erased (work))
    return retour_connection_checkpoint (self->connection, TRUE, error);
  if (retour_connection_log_pages (self->connection) > 1000)
    retour_connection_checkpoint (self->connection, FALSE, NULL);
  return TRUE;
}

gboolean
retour_database_check (RetourDatabase *self, GError **error)
{
  g_autoptr (sqlite3_stmt) check = NULL;
  gboolean row = FALSE;

  g_return_val_if_fail (self != NULL && self->mode != RETOUR_DATABASE_THREADS, FALSE);
  check = retour_connection_prepare (self->connection, "PRAGMA integrity_check (1)", error);
  if (check == NULL || !retour_connection_step (self->connection, check, &row, error))
    return FALSE;
  if (row && strcmp (retour_column_text (check, 0), "ok") == 0)
    return TRUE;
  g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_CORRUPT, "%s: %s", self->path,
               row ? retour_column_text (check, 0) : "no answer");
  return FALSE;
}

/* A name that is not taken. */
static char *
name_aside (const char *path)
{
  for (guint n = 1; n < MOST_SET_ASIDE; n++)
    {
      g_autofree char *name = g_strdup_printf ("%s.damaged-%u", path, n);

      if (!g_file_test (name, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&name);
    }
  return NULL;
}

static gboolean
rename_with_suffix (const char *from, const char *to, const char *suffix, GError **error)
{
  g_autofree char *old = g_strconcat (from, suffix, NULL);
  g_autofree char *new = g_strconcat (to, suffix, NULL);

  if (g_rename (old, new) == 0 || (errno == ENOENT && *suffix != '\0'))
    return TRUE;
  g_set_error (error, RETOUR_STORE_ERROR, errno == ENOENT ? RETOUR_STORE_ERROR_NOT_FOUND : RETOUR_STORE_ERROR_READ_ONLY,
               "Cannot rename %s: %s", old, g_strerror (errno));
  return FALSE;
}

/* A database that is missing leaves nothing to keep: then only the next one is allowed for. */
static gboolean
set_aside (const char *directory, char **kept, GError **error)
{
  g_autofree char *path = g_build_filename (directory, DATABASE_NAME, NULL);
  g_autofree char *aside = name_aside (path);
  g_autoptr (RetourCounterFile) counters = retour_counter_file_open (directory, error);

  if (counters == NULL)
    return FALSE;
  if (aside == NULL)
    {
      g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_ENGINE, "Too many damaged databases beside %s", path);
      return FALSE;
    }
  if (!g_file_test (path, G_FILE_TEST_EXISTS) && retour_counter_file_expects_database (counters))
    g_clear_pointer (&aside, g_free);
  /* The log first: cut off in between, the database is still there to be set aside, and is not taken for a whole one. */
  else if (!rename_with_suffix (path, aside, "-wal", error) || !rename_with_suffix (path, aside, "-shm", error)
           || !rename_with_suffix (path, aside, "", error))
    return FALSE;
  if (!retour_counter_file_set_aside (counters, error))
    return FALSE;
  if (kept != NULL)
    *kept = g_steal_pointer (&aside);
  return TRUE;
}

gboolean
retour_database_set_aside (const char *directory, char **kept, GError **error)
{
  int lock = retour_directory_lock (directory, error);
  gboolean done;

  if (lock < 0)
    return FALSE;
  done = set_aside (directory, kept, error);
  close (lock);
  return done;
}
