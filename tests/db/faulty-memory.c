/* SPDX-License-Identifier: Apache-2.0 */
#include "faulty-memory.h"

#include <sqlite3.h>

static sqlite3_mem_methods real;
static guint left;
static gboolean raised;

static gboolean
fails (void)
{
  if (left == 0 || --left > 0)
    return FALSE;
  raised = TRUE;
  return TRUE;
}

static void *
faulty_malloc (int size)
{
  return fails () ? NULL : real.xMalloc (size);
}

static void *
faulty_realloc (void *memory, int size)
{
  return fails () ? NULL : real.xRealloc (memory, size);
}

void
faulty_memory_install (void)
{
  sqlite3_mem_methods ours;

  g_assert (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &real) == SQLITE_OK);
  ours = real;
  ours.xMalloc = faulty_malloc;
  ours.xRealloc = faulty_realloc;
  g_assert (sqlite3_config (SQLITE_CONFIG_MALLOC, &ours) == SQLITE_OK);
  /* Lookaside memory would hide most allocations. */
  g_assert (sqlite3_config (SQLITE_CONFIG_LOOKASIDE, 0, 0) == SQLITE_OK);
}

void
faulty_memory_fail_at (guint n)
{
  left = n;
  raised = FALSE;
}

gboolean
faulty_memory_raised (void)
{
  return raised;
}
