/* SPDX-License-Identifier: Apache-2.0 */
/* Tiles side by side that fill the width: all alike where they can be, the one that needs more gets more; on as many lines as
 * they need. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RETOUR_TYPE_TILE_ROWS (retour_tile_rows_get_type ())
G_DECLARE_FINAL_TYPE (RetourTileRows, retour_tile_rows, RETOUR, TILE_ROWS, GtkWidget)

/* Properties: `spacing`, px between tiles and between lines; `columns`, fewer tiles leave the places of the others free. */

void retour_tile_rows_append (RetourTileRows *self, GtkWidget *tile);
void retour_tile_rows_clear (RetourTileRows *self);

G_END_DECLS
