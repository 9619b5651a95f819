/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite's own file layer with a disk that can be told to fail. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Becomes the default of connections opened from now on. */
void faulty_disk_install (void);

/* The n-th write from now on, counted from 1, and all after it find the disk full; 0: none. Writes within a file that is
 * there already are full too, as on a file system that copies on write. */
void faulty_disk_fill_at (guint n);
/* The disk is full as long as this file exists; NULL: no such thing. Borrowed. */
void faulty_disk_full_while (const char *path);
/* The n-th sync from now on fails once, as EIO does; 0: none. */
void faulty_disk_fail_sync_at (guint n);
/* The n-th call of any kind from now on (open, read, write, truncate, sync, size, lock, share, delete) fails, and when
 * `for_good` all after it too; 0: none. What gives back is never refused. */
void faulty_disk_fail_call (guint n, gboolean for_good);
/* Whether a fault was raised since the last of these calls. */
gboolean faulty_disk_raised (void);

G_END_DECLS
