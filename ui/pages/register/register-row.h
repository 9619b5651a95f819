/* SPDX-License-Identifier: Apache-2.0 */
/* A line of the register, and the headings above it: their columns line up. */
#pragma once

#include "navigation.h"
#include "room.h"

G_BEGIN_DECLS

GtkWidget *retour_register_headings_new (void);
/* Empty until shown. */
GtkWidget *retour_register_row_new (void);
void retour_register_row_show (GtkWidget *row, RetourNavigation *navigation, const RetourReturn *ret);
/* Without drawings and reasons where there is little room, then without time and author, then without
 * amount; of rows and headings. */
void retour_register_row_set_room (GtkWidget *row, RetourRoom room);
/* What a screen reader says of it. Caller frees. */
char *retour_register_row_spoken (RetourNavigation *navigation, const RetourReturn *ret);

G_END_DECLS
