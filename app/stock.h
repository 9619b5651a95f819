/* SPDX-License-Identifier: Apache-2.0 */
/* What a figure of stock is worth: where it stands, how old it is, and whether someone has to look before it is promised. */
#pragma once

#include "oms.h"

G_BEGIN_DECLS

/* An older figure is looked at again before anything is promised on it. */
#define RETOUR_STOCK_FRESH (30 * 60 * RETOUR_SECOND)

/* Nearest first. */
typedef enum
{
  RETOUR_PLACE_HERE,
  RETOUR_PLACE_STORE,
  RETOUR_PLACE_WAREHOUSE,
  RETOUR_PLACE_OTHER,
} RetourPlaceKind;

/* "store:0214" for "0214"; the caller's, NULL stays NULL. */
char *retour_place_of_store (const char *store);
/* `here`: the place of this store, may be NULL. */
RetourPlaceKind retour_place_kind (const char *place, const char *here);

/* This store, other stores, warehouses, the rest; within each kind the order stays: the OMS gives the nearest first. */
void retour_stock_sort (GPtrArray *figures, const char *here);
/* Borrowed from `figures` (may be NULL), or NULL. */
const RetourStockFigure *retour_stock_find (const GPtrArray *figures, const char *place);
/* A GPtrArray of copies, the caller's; NULL gives an empty one. */
GPtrArray *retour_stock_copy (const GPtrArray *figures);

/* Older than RETOUR_STOCK_FRESH, or read without the OMS at hand. */
gboolean retour_stock_is_old (const RetourStockFigure *figure, RetourInstant now, gboolean offline);
/* `units` cannot be promised on the figure alone: there is none (NULL), it says fewer, or it is old. */
gboolean retour_stock_needs_check (const RetourStockFigure *figure, gint64 units, RetourInstant now, gboolean offline);

G_END_DECLS
