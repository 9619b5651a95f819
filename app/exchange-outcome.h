/* SPDX-License-Identifier: Apache-2.0 */
/* What an exchange comes to, by the quote of the whole return and not by the difference of two prices (DOMAIN.md 4): what
 * the customer pays or gets back because of it, and what becomes of the offers on the order. Pure. */
#pragma once

#include "desk.h"

G_BEGIN_DECLS

typedef struct
{
  RetourQuote *quote; /* of the whole return with the exchange in it */
  gint64 returned;    /* what the units would be refunded at, minor units */
  gint64 price;       /* of the new units today */
  gint64 difference;  /* above 0 the customer pays it, below 0 gets it back: the whole return with this entry less the
                       * whole return without it */
  gboolean even;      /* at the price paid, whatever today's */

  const RetourPromotion *promotion; /* the one to speak of, of the order; NULL: none is concerned */
  gint64 clawback;                  /* what the exchange takes back of it; 0: it is kept, below 0: given back */
  gint64 kept;                      /* what stays of the articles that carry it by its own rule, at full price */
  gint64 basket; /* what stays with the customer of the articles that carry it, the new ones included */
} RetourExchangeOutcome;

/* Of exchanging the units of the draft's entry for `item`; the draft stays as it is. The caller's. Errors of the quote. */
RetourExchangeOutcome *retour_exchange_outcome_new (const RetourDesk *desk,
                                                    const RetourWorkspace *workspace,
                                                    guint entry,
                                                    const RetourExchangedItem *item,
                                                    gboolean offline,
                                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void retour_exchange_outcome_free (RetourExchangeOutcome *outcome);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourExchangeOutcome, retour_exchange_outcome_free)

/* What a draft says of an article of the catalogue; from which place is not said yet. The caller's. */
RetourExchangedItem *retour_exchanged_item_new (const RetourProduct *product);

G_END_DECLS
