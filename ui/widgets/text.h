/* SPDX-License-Identifier: Apache-2.0 */
/* Labels in the styles of the house. `classes` are style classes separated by spaces ("rt-t3 rt-muted"), or NULL. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One line, left aligned, shortened with an ellipsis when there is no room. */
GtkWidget *retour_text_new (const char *text, const char *classes);
/* As many lines as it needs. */
GtkWidget *retour_text_new_wrapped (const char *text, const char *classes);
/* A number or an amount: right aligned, never shortened. */
GtkWidget *retour_text_new_amount (const char *text, const char *classes);

/* So many px at the text size now chosen: the width of a column that must hold a number of characters. */
int retour_text_scaled (int px);
/* `child` in a column of so many px at normal text size, whatever it wants itself; `align` says where it stands. */
GtkWidget *retour_text_column (GtkWidget *child, int px, GtkAlign align);
void retour_text_column_set_width (GtkWidget *column, int px);

/* Adds each class of a list separated by spaces; NULL adds none. */
void retour_add_classes (GtkWidget *widget, const char *classes);
/* The text is at one and a half times its normal size or more. */
gboolean retour_text_is_large (GtkWidget *widget);

/* With large text the last child of a row, `end`, goes below the others, at the right. */
void retour_text_stack_if_large (GtkWidget *row, GtkWidget *end);

/* The accessible name. */
void retour_set_name (GtkWidget *widget, const char *name);

/* `text` as Pango markup, with every occurrence of one of the words of `query` marked (case and accents folded, at the
 * start of a word or of a part of it); NULL query: nothing is marked. Caller frees. */
char *retour_text_mark (const char *text, const char *query, GtkWidget *colours);

G_END_DECLS
