/* SPDX-License-Identifier: Apache-2.0 */
/* Where an article that came back goes. A code of the house ("restock", "resale", "other"), or "transfer:" and the place
 * that wants it ("transfer:store:0215"). */
#pragma once

#include "oms.h"

G_BEGIN_DECLS

#define RETOUR_DISPOSITION_RESTOCK "restock"
#define RETOUR_DISPOSITION_TRANSFER "transfer"
#define RETOUR_DISPOSITION_RESALE "resale"
#define RETOUR_DISPOSITION_OTHER "other"

/* What the condition and the stock suggest: A and B go where the article is sold out while there is some here, else back to
 * the shelf; C is sold second hand; D, and what nobody graded, is decided by hand. `figures` holds RetourStockFigure and may
 * be NULL; `here` is this store's place. Caller frees. */
char *retour_disposition_suggest (const char *grade, const GPtrArray *figures, const char *here);

/* The first other store that has none of it while there is some here; borrowed from `figures`, NULL when there is none. */
const RetourStockFigure *retour_disposition_find_sold_out (const GPtrArray *figures, const char *here);
/* The figure of a place; borrowed, or NULL. */
const RetourStockFigure *retour_disposition_find_place (const GPtrArray *figures, const char *place);

/* "store:0215" of "transfer:store:0215"; borrowed, NULL for any other. */
const char *retour_disposition_get_place (const char *disposition);
char *retour_disposition_new_transfer (const char *place);
/* The code without the place: "transfer"; caller frees, NULL stays NULL. */
char *retour_disposition_get_code (const char *disposition);

G_END_DECLS
