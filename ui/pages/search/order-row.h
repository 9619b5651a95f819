/* SPDX-License-Identifier: Apache-2.0 */
/* An order in a list: whose, which, what, how much, what of it can come back. Its columns line up from row to row. */
#pragma once

#include <gtk/gtk.h>

#include "room.h"
#include "store.h"

G_BEGIN_DECLS

/* The zone is borrowed and outlives the row. */
GtkWidget *retour_order_row_new (RetourLanguage language, GTimeZone *zone);
/* `query` NULL marks nothing. The summary is borrowed for the call. */
void retour_order_row_show (GtkWidget *row, const RetourOrderSummary *summary, const char *query);
/* For the room that there is: without drawings, then without amount and avatar, then without what can come back. */
void retour_order_row_set_room (GtkWidget *row, RetourRoom room);
/* What a screen reader says of it. Caller frees. */
char *retour_order_row_spoken (RetourLanguage language, const RetourOrderSummary *summary);

G_END_DECLS
