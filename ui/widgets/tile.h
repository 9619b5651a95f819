/* SPDX-License-Identifier: Apache-2.0 */
/* A choice as a tile: lead (icon, grade, avatar), title, second line; chosen it has a thick border, a soft fill, a check and
 * bold words. Tiles of one group exclude each other. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RETOUR_TYPE_TILE (retour_tile_get_type ())
G_DECLARE_FINAL_TYPE (RetourTile, retour_tile, RETOUR, TILE, GtkToggleButton)

/* `icon` and `subtitle` may be NULL. */
RetourTile *retour_tile_new (const char *icon, const char *title, const char *subtitle);
/* A widget in the place of the icon: a large grade, an avatar. */
void retour_tile_set_lead (RetourTile *self, GtkWidget *lead);
/* Lead above centred words, check in the corner: the staff tile. */
void retour_tile_set_vertical (RetourTile *self, gboolean vertical);
void retour_tile_set_subtitle (RetourTile *self, const char *subtitle);

G_END_DECLS
