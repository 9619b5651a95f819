/* SPDX-License-Identifier: Apache-2.0 */
/* A size as a choice, and where there are some of it. What is sold out stays, struck: the shelf may know better. */
#pragma once

#include "exchange-choice.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_SIZE_TILE (retour_size_tile_get_type ())
G_DECLARE_FINAL_TYPE (RetourSizeTile, retour_size_tile, RETOUR, SIZE_TILE, GtkToggleButton)

/* `size` as in the lists of the choice. */
GtkWidget *retour_size_tile_new (const char *size);
const char *retour_size_tile_get_size (RetourSizeTile *self);
/* `item`: the article of that size in the colour chosen, NULL: not made. */
void retour_size_tile_show (RetourSizeTile *self, RetourExchangeChoice *choice, const RetourReplacement *item);

G_END_DECLS
