/* SPDX-License-Identifier: Apache-2.0 */
/* The search's results: sections of orders in one virtualised list, or a word when there is nothing to list. */
#pragma once

#include <gtk/gtk.h>

#include "found-order.h"
#include "room.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_FOUND_LIST (retour_found_list_get_type ())
G_DECLARE_FINAL_TYPE (RetourFoundList, retour_found_list, RETOUR, FOUND_LIST, GtkWidget)

/* Signals: "opened" (RetourFoundOrder *) an order was chosen; "without-order" the way on when nothing was found. */

/* How rows are worded; the zone is borrowed and outlives the list. */
void retour_found_list_set_words (RetourFoundList *self, RetourLanguage language, GTimeZone *zone);

/* RetourFoundOrder in order of appearance; rows that stay keep their place. `query` is marked in them. The first order is
 * chosen unless one was. */
void retour_found_list_show (RetourFoundList *self, GPtrArray *items, const char *query);
void retour_found_list_show_hint (RetourFoundList *self, const char *title, const char *text);
void retour_found_list_show_nothing (RetourFoundList *self, const char *title, const char *text);

/* Chooses the next (1) or previous (-1) order. */
void retour_found_list_move (RetourFoundList *self, int by);
void retour_found_list_open_chosen (RetourFoundList *self);
/* How much room the rows have. */
void retour_found_list_set_room (RetourFoundList *self, RetourRoom room);

G_END_DECLS
