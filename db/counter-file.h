/* SPDX-License-Identifier: Apache-2.0 */
/* How far return numbers were counted, a second time, in a file beside the database: one that was lost, set aside or put back
 * from an older copy must not make a number again (SYNC.md, promise 3).
 *
 * DIR/return-counter is one line of two numbers: the last counter used, -1 once the database was set aside; and one that none
 * went past, told to the disk before it is reached. The second moves in steps, so that few returns wait for the disk twice. */
#pragma once

#include "store.h"

G_BEGIN_DECLS

typedef struct _RetourCounterFile RetourCounterFile;

/* Reads the file, if it is there; makes none yet. */
RetourCounterFile *retour_counter_file_open (const char *directory, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void retour_counter_file_free (RetourCounterFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourCounterFile, retour_counter_file_free)

/* A database was here and nobody set it aside. */
gboolean retour_counter_file_expects_database (const RetourCounterFile *self);

/* Where counting goes on, given what the database says (0: it is new). RETOUR_STORE_ERROR_CORRUPT when a new one would have
 * to guess, because the file is there and cannot be read. */
gboolean retour_counter_file_floor (const RetourCounterFile *self, gint64 in_database, gint64 *floor, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* Remembers that a counter is used: before the transaction that uses it is committed. */
gboolean retour_counter_file_take (RetourCounterFile *self, gint64 counter, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Remembers that the database was set aside: the next one begins above all counters used. */
gboolean retour_counter_file_set_aside (RetourCounterFile *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
