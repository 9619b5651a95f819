/* SPDX-License-Identifier: Apache-2.0 */
/* Children side by side, each as wide as it wants, on as many lines as they need: chips. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RETOUR_TYPE_WRAP (retour_wrap_get_type ())
G_DECLARE_FINAL_TYPE (RetourWrap, retour_wrap, RETOUR, WRAP, GtkWidget)

/* Properties `spacing`, px between children and between lines, and `last-at-end`; in .ui files its children are plain ones. */

GtkWidget *retour_wrap_new (int spacing);
void retour_wrap_append (RetourWrap *self, GtkWidget *child);
void retour_wrap_clear (RetourWrap *self);
/* The last child stands at the right end of its line. */
void retour_wrap_set_last_at_end (RetourWrap *self, gboolean at_end);

G_END_DECLS
