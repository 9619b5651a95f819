/* SPDX-License-Identifier: Apache-2.0 */
/* Content that scrolls when there is no room for it, and asks for the height that it has at the width it gets: GTK 4.8's
 * scrolled window asks for that at the content's own width, too little once a text wraps. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RETOUR_TYPE_SCROLLER (retour_scroller_get_type ())
G_DECLARE_FINAL_TYPE (RetourScroller, retour_scroller, RETOUR, SCROLLER, GtkWidget)

GtkWidget *retour_scroller_new (void);
/* Takes the floating reference. */
void retour_scroller_set_content (RetourScroller *self, GtkWidget *content);

G_END_DECLS
