/* SPDX-License-Identifier: Apache-2.0 */
/* Tiles in two columns of which one is chosen, each standing for a code. */
#pragma once

#include "tile.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_CHOICE_GRID (retour_choice_grid_get_type ())
G_DECLARE_FINAL_TYPE (RetourChoiceGrid, retour_choice_grid, RETOUR, CHOICE_GRID, GtkWidget)

/* Signal "chosen" (const char *code, NULL for a tile without one): by the person, not by retour_choice_grid_show. */

/* `name` for a screen reader. */
GtkWidget *retour_choice_grid_new (const char *name);
/* `code` may be NULL: a choice that is written out elsewhere. */
void retour_choice_grid_add (RetourChoiceGrid *self, RetourTile *tile, const char *code);
/* Shows what is chosen; NULL: nothing is. */
void retour_choice_grid_show (RetourChoiceGrid *self, const char *code);
/* As if the tile were touched; FALSE when there is none. */
gboolean retour_choice_grid_choose (RetourChoiceGrid *self, const char *code);
gboolean retour_choice_grid_choose_nth (RetourChoiceGrid *self, guint n);
/* Borrowed; NULL when it has no tile. */
GtkWidget *retour_choice_grid_get_first (RetourChoiceGrid *self);

G_END_DECLS
