/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite's "unix" layer with some of its functions replaced. The files stay that layer's own; only their table of methods is
 * replaced by a copy in which some are the test's. One such layer a program. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Puts the test's own methods into a table that holds the real ones. */
typedef void (*PatchedDiskPatch) (sqlite3_io_methods *methods);

/* The layer under that name, the default from now on; it opens files by patched_disk_open. What else of it the test replaces
 * it sets in the result, which is never freed. */
sqlite3_vfs *patched_disk_install (const char *name, PatchedDiskPatch patch);

/* As the real layer, whose functions the replaced ones call. */
sqlite3_vfs *patched_disk_real (void);
int patched_disk_open (sqlite3_vfs *self, const char *name, sqlite3_file *file, int flags, int *out_flags);
const sqlite3_io_methods *patched_disk_methods (sqlite3_file *file);

G_END_DECLS
