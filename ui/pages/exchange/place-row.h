/* SPDX-License-Identifier: Apache-2.0 */
/* One place where the chosen article can be taken: how far, how many there are, how the customer gets it. */
#pragma once

#include "exchange-choice.h"
#include "exchange-words.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_PLACE_ROW (retour_place_row_get_type ())
G_DECLARE_FINAL_TYPE (RetourPlaceRow, retour_place_row, RETOUR, PLACE_ROW, GtkListBoxRow)

/* A figure, or this store without one. All borrowed. */
typedef struct
{
  const char *place, *name;
  const RetourStockFigure *figure;
  RetourPlaceKind kind;
} RetourPlace;

/* The columns of all rows stand under each other. */
typedef struct
{
  GtkSizeGroup *names, *ways;
} RetourPlaceColumns;

/* Floating. */
RetourPlaceRow *
retour_place_row_new (RetourExchangeChoice *choice, const RetourPlace *place, const RetourPlaceColumns *columns);
/* "store:0214" */
const char *retour_place_row_get_place (RetourPlaceRow *self);

G_END_DECLS
