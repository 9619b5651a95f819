/* SPDX-License-Identifier: Apache-2.0 */
/* The files stay those of the "unix" layer; only their table of methods is replaced by a copy whose write and sync are ours. */
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
static guint writes_left, syncs_left;
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
  return real_methods (file)->xSync (file, flags);
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
      tables[i].ours.xWrite = faulty_write;
      tables[i].ours.xSync = faulty_sync;
    }
  file->pMethods = &tables[i].ours;
}

static int
faulty_open (sqlite3_vfs *self, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  sqlite3_vfs *real = self->pAppData;
  const int rc = real->xOpen (real, name, file, flags, out_flags);

  if (rc == SQLITE_OK && file->pMethods != NULL)
    replace_methods (file);
  return rc;
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

gboolean
faulty_disk_raised (void)
{
  return raised;
}
