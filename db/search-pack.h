/* SPDX-License-Identifier: Apache-2.0 */
/* A pack of the search index in memory, from its first order until it is written. */
#pragma once

#include "search-terms.h"

G_BEGIN_DECLS

typedef struct _RetourPack RetourPack;

RetourPack *retour_pack_new (gint64 number);
void retour_pack_free (RetourPack *pack);

gint64 retour_pack_get_number (const RetourPack *pack);
guint retour_pack_get_length (const RetourPack *pack);
/* Up to RETOUR_PACK_SLOTS orders; `placed` in seconds. */
void retour_pack_add (RetourPack *pack, gint64 n, gint64 placed, const char *words);
/* Its terms stay, its slot answers nothing any more. FALSE: not in this pack. *slot, after retour_pack_close: its slot. */
gboolean retour_pack_remove (RetourPack *pack, gint64 n, guint *slot);

/* No more orders: slots are given out, newest first. */
void retour_pack_close (RetourPack *pack);
/* When the newest of its orders was placed; after closing. */
gint64 retour_pack_get_newest (const RetourPack *pack);
/* The order in a slot after closing; FALSE: it was removed. */
gboolean retour_pack_get_order (const RetourPack *pack, guint slot, gint64 *n, gint64 *placed);
/* The closed pack's terms in ascending order, one a call; NULL at the end. Borrowed. */
const char *retour_pack_next_term (RetourPack *pack, RetourSlots *slots);

G_END_DECLS
