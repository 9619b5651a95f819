/* SPDX-License-Identifier: Apache-2.0 */
#include "patched-disk.h"

/* The unix layer has one table for each way of locking. */
#define MOST_TABLES 8

static struct
{
  const sqlite3_io_methods *real;
  sqlite3_io_methods ours;
} tables[MOST_TABLES];
static guint n_tables;

static sqlite3_vfs vfs;
static PatchedDiskPatch patch_methods;

sqlite3_vfs *
patched_disk_real (void)
{
  return vfs.pAppData;
}

const sqlite3_io_methods *
patched_disk_methods (sqlite3_file *file)
{
  for (guint i = 0; i < n_tables; i++)
    if (file->pMethods == &tables[i].ours)
      return tables[i].real;
  g_assert_not_reached ();
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
      patch_methods (&tables[i].ours);
    }
  file->pMethods = &tables[i].ours;
}

int
patched_disk_open (sqlite3_vfs *self, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  const int rc = patched_disk_real ()->xOpen (patched_disk_real (), name, file, flags, out_flags);

  if (rc == SQLITE_OK && file->pMethods != NULL)
    replace_methods (file);
  return rc;
}

sqlite3_vfs *
patched_disk_install (const char *name, PatchedDiskPatch patch)
{
  sqlite3_vfs *real = sqlite3_vfs_find ("unix");

  vfs = *real;
  vfs.zName = name;
  vfs.pNext = NULL;
  vfs.pAppData = real;
  vfs.xOpen = patched_disk_open;
  patch_methods = patch;
  g_assert (sqlite3_vfs_register (&vfs, 1) == SQLITE_OK);
  return &vfs;
}
