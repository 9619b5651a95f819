/* SPDX-License-Identifier: Apache-2.0 */
/* A disk that remembers every write, truncation, sync and deletion in a directory, and can lay out beside it what would have
 * been found there had the power gone after any of them.
 *
 * What was synced stays. Of the rest either all is there (the program was killed), or nothing, or any part in any order, torn
 * at sectors of 512 bytes. A sync that failed loses what it should have written: the next one does not write it either. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  POWER_CUT_ALL,
  POWER_CUT_NOTHING_UNSYNCED,
  POWER_CUT_ANYTHING_UNSYNCED,
} PowerCutLoss;

/* Becomes the default of connections opened from now on; notes nothing yet. Its syncs need no real disk. */
void power_cut_install (void);

/* From now on what happens to files of this directory is noted; NULL: no more. Borrowed. What was noted before is forgotten
 * when a directory is given. */
void power_cut_note (const char *directory);
/* Somebody was told that something is done. */
void power_cut_mark (void);
/* The n-th sync from now on fails, as EIO does; 0: none. */
void power_cut_fail_sync (guint n);
gboolean power_cut_failed (void);

/* How many things were noted. */
guint power_cut_events (void);

/* Lays the files out in `directory` as they would be had the power gone after the first n things noted; the marks among
 * these. `seed` chooses what of the unsynced is there. */
guint power_cut_lay_out (guint n, PowerCutLoss loss, guint32 seed, const char *directory);

G_END_DECLS
