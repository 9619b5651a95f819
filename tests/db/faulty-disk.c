/* SPDX-License-Identifier: Apache-2.0 */
/* The files stay those of the "unix" layer; only their table of methods is replaced by a copy in which some are ours. */
#include "faulty-disk.h"

#include <sqlite3.h>
#include <string.h>

/* The unix layer has one table for each way of locking. */
#define MOST_TABLES 8

static struct
{
  const sqlite3_io_methods *real;
  sqlite3_io_methods ours;
} tables[MOST_TABLES];
static guint n_tables;

static sqlite3_vfs vfs;
static guint writes_left, syncs_left, calls_left;
static gboolean dead, stays_dead; /* after the call that failed */
static const char *full_while;
static gboolean full, raised;

static const sqlite3_io_methods *
real_methods (sqlite3_file *file)
{
  for (guint i = 0; i < n_tables; i++)
    if (file->pMethods == &tables[i].ours)
      return tables[i].real;
  g_assert_not_reached ();
}

/* Whether this call is the one that fails, or one after it on a disk that stays dead. */
static gboolean
call_fails (void)
{
  gboolean now = FALSE;

  if (calls_left > 0 && --calls_left == 0)
    {
      now = TRUE;
      dead = stays_dead;
    }
  raised = raised || now || dead;
  return now || dead;
}

static int
faulty_read (sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset)
{
  return call_fails () ? SQLITE_IOERR_READ : real_methods (file)->xRead (file, bytes, length, offset);
}

static int
faulty_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  return call_fails () ? SQLITE_IOERR_TRUNCATE : real_methods (file)->xTruncate (file, size);
}

static int
faulty_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return call_fails () ? SQLITE_IOERR_FSTAT : real_methods (file)->xFileSize (file, size);
}

static int
faulty_lock (sqlite3_file *file, int level)
{
  return call_fails () ? SQLITE_IOERR_LOCK : real_methods (file)->xLock (file, level);
}

static int
faulty_map (sqlite3_file *file, int region, int size, int extend, void volatile **memory)
{
  return call_fails () ? SQLITE_IOERR_SHMMAP : real_methods (file)->xShmMap (file, region, size, extend, memory);
}

static int
faulty_share (sqlite3_file *file, int offset, int n, int flags)
{
  /* A lock can always be given back. */
  if ((flags & SQLITE_SHM_LOCK) != 0 && call_fails ())
    return SQLITE_IOERR_SHMLOCK;
  return real_methods (file)->xShmLock (file, offset, n, flags);
}

static int
faulty_write (sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset)
{
  if (writes_left > 0 && --writes_left == 0)
    full = TRUE;
  if (full || (full_while != NULL && g_file_test (full_while, G_FILE_TEST_EXISTS)))
    {
      raised = TRUE;
      return SQLITE_FULL;
    }
  if (call_fails ())
    return SQLITE_IOERR_WRITE;
  return real_methods (file)->xWrite (file, bytes, length, offset);
}

static int
faulty_sync (sqlite3_file *file, int flags)
{
  if (syncs_left > 0 && --syncs_left == 0)
    {
      raised = TRUE;
      return SQLITE_IOERR_FSYNC;
    }
  if (call_fails ())
    return SQLITE_IOERR_FSYNC;
  /* The machine goes on: what was written is there. */
  return SQLITE_OK;
}

static void
replace_methods (sqlite3_file *file)
{
  guint i;

  for (i = 0; i < n_tables && tables[i].real != file->pMethods; i++)
    ;
  if (i == n_tables)
    {
      g_assert (n_tables < MOST_TABLES);
      n_tables++;
      tables[i].real = file->pMethods;
      tables[i].ours = *file->pMethods;
      tables[i].ours.xRead = faulty_read;
      tables[i].ours.xWrite = faulty_write;
      tables[i].ours.xTruncate = faulty_truncate;
      tables[i].ours.xFileSize = faulty_size;
      tables[i].ours.xLock = faulty_lock;
      if (tables[i].ours.xShmMap != NULL)
        {
          tables[i].ours.xShmMap = faulty_map;
          tables[i].ours.xShmLock = faulty_share;
        }
      tables[i].ours.xSync = faulty_sync;
    }
  file->pMethods = &tables[i].ours;
}

static int
faulty_open (sqlite3_vfs *self, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  sqlite3_vfs *real = self->pAppData;
  int rc;

  if (call_fails ())
    {
      file->pMethods = NULL;
      return SQLITE_CANTOPEN;
    }
  rc = real->xOpen (real, name, file, flags, out_flags);

  if (rc == SQLITE_OK && file->pMethods != NULL)
    replace_methods (file);
  return rc;
}

static int
faulty_delete (sqlite3_vfs *self, const char *name, int sync_directory)
{
  sqlite3_vfs *real = self->pAppData;

  return call_fails () ? SQLITE_IOERR_DELETE : real->xDelete (real, name, sync_directory);
}

static int
faulty_access (sqlite3_vfs *self, const char *name, int what, int *answer)
{
  sqlite3_vfs *real = self->pAppData;

  return call_fails () ? SQLITE_IOERR_ACCESS : real->xAccess (real, name, what, answer);
}

void
faulty_disk_install (void)
{
  sqlite3_vfs *real = sqlite3_vfs_find ("unix");

  vfs = *real;
  vfs.zName = "faulty";
  vfs.pNext = NULL;
  vfs.pAppData = real;
  vfs.xOpen = faulty_open;
  vfs.xDelete = faulty_delete;
  vfs.xAccess = faulty_access;
  g_assert (sqlite3_vfs_register (&vfs, 1) == SQLITE_OK);
}

void
faulty_disk_fill_at (guint n)
{
  writes_left = n;
  full = FALSE;
  raised = FALSE;
}

void
faulty_disk_full_while (const char *path)
{
  full_while = path;
  raised = FALSE;
}

void
faulty_disk_fail_sync_at (guint n)
{
  syncs_left = n;
  raised = FALSE;
}

void
faulty_disk_fail_call (guint n, gboolean for_good)
{
  calls_left = n;
  stays_dead = for_good;
  dead = FALSE;
  raised = FALSE;
}

gboolean
faulty_disk_raised (void)
{
  return raised;
}
