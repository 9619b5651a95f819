/* SPDX-License-Identifier: Apache-2.0 */
/* Where the article goes, suggested from its condition and from the stock figures known here: one tap changes it. */
#pragma once

#include "workbench.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_DISPOSITION_TILES (retour_disposition_tiles_get_type ())
G_DECLARE_FINAL_TYPE (RetourDispositionTiles, retour_disposition_tiles, RETOUR, DISPOSITION_TILES, GtkBox)

/* Signal "chosen" (const char *disposition), by the clerk; "known", the figures have come. */

/* For which article, once: asks for its stock. `sku` may be NULL: nothing is known of it. */
void retour_disposition_tiles_ask (RetourDispositionTiles *self,
                                   RetourNavigation *navigation,
                                   const char *sku,
                                   const char *variant);
/* Under each other: where there is no room beside each other. */
void retour_disposition_tiles_set_stacked (RetourDispositionTiles *self, gboolean stacked);
/* Shows the one chosen; NULL shows none. */
void retour_disposition_tiles_show (RetourDispositionTiles *self, const char *disposition);
/* For a grade; caller frees. */
char *retour_disposition_tiles_suggest (RetourDispositionTiles *self, const char *grade);

G_END_DECLS
