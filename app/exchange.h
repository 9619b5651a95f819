/* SPDX-License-Identifier: Apache-2.0 */
/* Exchanges (DOMAIN.md 4): which are even, what the new goods cost, and by how much old and new differ. */
#pragma once

#include "quote-case.h"
#include "wide.h"

G_BEGIN_DECLS

/* Same product, and the policy changes it at the price paid. `line` NULL (blind) or `item` NULL: not even. */
gboolean
retour_exchange_is_even (const RetourPolicy *policy, const RetourOrderLine *line, const RetourExchangedItem *item);

/* An exchange that is not even. */
gboolean retour_exchange_is_uneven (const RetourQuoteCaseEntry *entry);

/* What the new units of one entry cost: unit_price * quantity; 0 without an order. retour_quote_case_new has checked that it
 * fits. */
gboolean retour_exchange_check_price (const RetourQuoteCase *self,
                                      const RetourQuoteCaseEntry *entry,
                                      guint index,
                                      GError **error);
gint64 retour_exchange_entry_price (const RetourQuoteCase *self, const RetourQuoteCaseEntry *entry);

/* The sum, over the exchanges that are not even, of goods step - price: before claw-back and deductions. */
RetourWide retour_exchange_difference (const RetourQuoteCase *self);

G_END_DECLS
