/* SPDX-License-Identifier: Apache-2.0 */
/* A page in two columns: what one chooses from on the left, what it comes to in a panel on the right. The panel keeps its
 * width while there is room, then narrows before the left does. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RETOUR_TYPE_PANES (retour_panes_get_type ())
G_DECLARE_FINAL_TYPE (RetourPanes, retour_panes, RETOUR, PANES, GtkWidget)

/* `width` of the panel in px where there is room, `narrowest` where there is not; text that needs more gets more. */
GtkWidget *retour_panes_new (GtkWidget *left, GtkWidget *panel, int width, int narrowest);

G_END_DECLS
