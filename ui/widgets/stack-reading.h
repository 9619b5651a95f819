/* SPDX-License-Identifier: Apache-2.0 */
/* Pages of a stack of which a screen reader finds the one that is seen, and no other: GTK 4.8 presents them all, so each is
 * put into a bin that shows it only while it is the stack's visible child. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Takes the floating reference of `page`. */
void retour_stack_add_page (GtkStack *stack, GtkWidget *page, const char *name);
/* Borrowed; NULL when there is none of that name. */
GtkWidget *retour_stack_get_page (GtkStack *stack, const char *name);
void retour_stack_remove_page (GtkStack *stack, const char *name);

G_END_DECLS
