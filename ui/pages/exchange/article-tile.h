/* SPDX-License-Identifier: Apache-2.0 */
/* An article as a choice: its drawing, its name, today's price, and what the exchange would cost or give back. For a colour of
 * the product, or for a product like it. */
#pragma once

#include "exchange-choice.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_ARTICLE_TILE (retour_article_tile_get_type ())
G_DECLARE_FINAL_TYPE (RetourArticleTile, retour_article_tile, RETOUR, ARTICLE_TILE, GtkToggleButton)

/* `key`: what the tile stands for (a colour, a product's id). `colour` tints the drawing, NULL: not. */
GtkWidget *retour_article_tile_new (const char *key, const char *title, const char *category, const char *colour);
const char *retour_article_tile_get_key (RetourArticleTile *self);
/* `product` and `outcome` (may be NULL: not known) with the words of the screen; nothing of money when prices are hidden. */
void retour_article_tile_show (RetourArticleTile *self,
                               RetourExchangeChoice *choice,
                               const RetourProduct *product,
                               const RetourExchangeOutcome *outcome);

G_END_DECLS
