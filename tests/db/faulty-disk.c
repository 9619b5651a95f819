/* SPDX-License-Identifier: Apache-2.0 */
#include "faulty-disk.h"

#include "patched-disk.h"

static guint writes_left, syncs_left, calls_left;
static gboolean dead, stays_dead; /* after the call that failed */
static const char *full_while;
static gboolean full, raised;

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
  return call_fails () ? SQLITE_IOERR_READ : patched_disk_methods (file)->xRead (file, bytes, length, offset);
}

static int
faulty_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  return call_fails () ? SQLITE_IOERR_TRUNCATE : patched_disk_methods (file)->xTruncate (file, size);
}

static int
faulty_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return call_fails () ? SQLITE_IOERR_FSTAT : patched_disk_methods (file)->xFileSize (file, size);
}

static int
faulty_lock (sqlite3_file *file, int level)
{
  return call_fails () ? SQLITE_IOERR_LOCK : patched_disk_methods (file)->xLock (file, level);
}

static int
faulty_map (sqlite3_file *file, int region, int size, int extend, void volatile **memory)
{
  return call_fails () ? SQLITE_IOERR_SHMMAP
                       : patched_disk_methods (file)->xShmMap (file, region, size, extend, memory);
}

static int
faulty_share (sqlite3_file *file, int offset, int n, int flags)
{
  /* A lock can always be given back. */
  if ((flags & SQLITE_SHM_LOCK) != 0 && call_fails ())
    return SQLITE_IOERR_SHMLOCK;
  return patched_disk_methods (file)->xShmLock (file, offset, n, flags);
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
  return patched_disk_methods (file)->xWrite (file, bytes, length, offset);
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
patch (sqlite3_io_methods *methods)
{
  methods->xRead = faulty_read;
  methods->xWrite = faulty_write;
  methods->xTruncate = faulty_truncate;
  methods->xFileSize = faulty_size;
  methods->xLock = faulty_lock;
  if (methods->xShmMap != NULL)
    {
      methods->xShmMap = faulty_map;
      methods->xShmLock = faulty_share;
    }
  methods->xSync = faulty_sync;
}

static int
faulty_open (sqlite3_vfs *self, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  if (call_fails ())
    {
      file->pMethods = NULL;
      return SQLITE_CANTOPEN;
    }
  return patched_disk_open (self, name, file, flags, out_flags);
}

static int
faulty_delete (sqlite3_vfs *self, const char *name, int sync_directory)
{
  sqlite3_vfs *real = patched_disk_real ();

  return call_fails () ? SQLITE_IOERR_DELETE : real->xDelete (real, name, sync_directory);
}

static int
faulty_access (sqlite3_vfs *self, const char *name, int what, int *answer)
{
  sqlite3_vfs *real = patched_disk_real ();

  return call_fails () ? SQLITE_IOERR_ACCESS : real->xAccess (real, name, what, answer);
}

void
faulty_disk_install (void)
{
  sqlite3_vfs *vfs = patched_disk_install ("faulty", patch);

  vfs->xOpen = faulty_open;
  vfs->xDelete = faulty_delete;
  vfs->xAccess = faulty_access;
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
