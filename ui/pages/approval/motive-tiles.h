/* SPDX-License-Identifier: Apache-2.0 */
/* The motive of a decision: the usual ones as tiles, any other in a few words. Signal "changed". */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RETOUR_TYPE_MOTIVE_TILES (retour_motive_tiles_get_type ())
G_DECLARE_FINAL_TYPE (RetourMotiveTiles, retour_motive_tiles, RETOUR, MOTIVE_TILES, GtkBox)

RetourMotiveTiles *retour_motive_tiles_new (void);
/* Says over the tiles that approving needs one. */
void retour_motive_tiles_set_needed (RetourMotiveTiles *self, gboolean needed);
/* Borrowed; NULL until one is chosen, and for a blank one. */
const char *retour_motive_tiles_get_motive (RetourMotiveTiles *self);

G_END_DECLS
