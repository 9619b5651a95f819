/* SPDX-License-Identifier: Apache-2.0 */
/* The head of the item sheet: which article it is, what was paid for it, and how many of it come back. */
#pragma once

#include "workbench.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_ITEM_HEAD (retour_item_head_get_type ())
G_DECLARE_FINAL_TYPE (RetourItemHead, retour_item_head, RETOUR, ITEM_HEAD, GtkBox)

/* Signal "quantity-changed" (gint64 quantity): by the person. */

void retour_item_head_show (RetourItemHead *self, RetourWorkbench *bench, const RetourDraftEntry *entry);
/* So many of at most so many. */
void retour_item_head_show_quantity (RetourItemHead *self, gint64 quantity, gint64 highest);
/* One more or one less, as if its button were used. */
void retour_item_head_step (RetourItemHead *self, int by);

G_END_DECLS
