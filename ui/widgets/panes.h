/* SPDX-License-Identifier: Apache-2.0 */
/* A page in two columns: what one chooses from on the left, what it comes to in a panel on the right. The panel keeps its
 * width while there is room, then narrows before the left does. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RETOUR_TYPE_PANES (retour_panes_get_type ())
G_DECLARE_FINAL_TYPE (RetourPanes, retour_panes, RETOUR, PANES, GtkWidget)

/* In .ui files: a plain child on the left, one of type "panel". Properties of the panel: `panel-width` in px where there is
 * room, `panel-narrowest` where there is not (text that needs more gets more), and `panel-share`, what it may take of the whole
 * at most, in hundredths. */

G_END_DECLS
