/* SPDX-License-Identifier: Apache-2.0 */
/* The refund explained line by line: the same rows on the screen, on the slip and in the register. */
#pragma once

#include "return.h"
#include "wording.h"

G_BEGIN_DECLS

typedef struct
{
  char *label; /* "Offer "€10 off €150" taken back" */
  char *note;  /* why, one sentence: "Basket kept: €119.50, under €150.00."; NULL when nothing needs saying */
  char *aside; /* the same in a few words, for paper: "basket kept: €119.50"; NULL */
  gint64 amount;
  RetourBreakdownKind kind;
  GPtrArray *facts; /* RetourFact, borrowed from the breakdown; NULL for rows that sum up several entries */
} RetourBreakdownRow;

void retour_breakdown_row_free (RetourBreakdownRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourBreakdownRow, retour_breakdown_row_free)

/* Goods are summed into one row; delivery has a row of 0 where the order paid for it and nothing of it comes back; the rest is
 * one row an entry. `order` gives promotions their titles and may be NULL. The arrays are the caller's and must not outlive
 * quote and return. */
GPtrArray *retour_breakdown_rows_of_quote (RetourLanguage language,
                                           const RetourQuote *quote,
                                           const RetourDraft *draft,
                                           const RetourOrder *order);
GPtrArray *
retour_breakdown_rows_of_return (RetourLanguage language, const RetourReturn *self, const RetourOrder *order);

G_END_DECLS
