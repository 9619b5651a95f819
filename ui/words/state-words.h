/* SPDX-License-Identifier: Apache-2.0 */
/* How a return stands, never more than is true (DOMAIN.md 5): "Refunded" only once the OMS says settled. */
#pragma once

#include "return.h"
#include "wording.h"

G_BEGIN_DECLS

/* One word for the whole return, as lists show it: cancelled, needs a person, exchanged, refunded… */
RetourSaying retour_return_saying (RetourLanguage language, const RetourReturn *self);

/* How one way of refunding stands; `self` tells whether it could be sent at all. */
RetourSaying retour_tender_saying (RetourLanguage language, const RetourReturn *self, const RetourReturnTender *tender);
/* What the customer can expect of it: "On the account within 3 to 5 days". Static. */
const char *
retour_tender_expectation (RetourLanguage language, const RetourReturn *self, const RetourReturnTender *tender);
/* The same for paper, shorter, lower case: "within 3 to 5 days". Static. */
const char *retour_tender_delay (RetourLanguage language, const RetourReturn *self, const RetourReturnTender *tender);

/* The three axes, each in words. Static. */
const char *retour_goods_state_words (RetourLanguage language, RetourGoodsState state);
const char *retour_refund_state_words (RetourLanguage language, RetourRefundState state);
const char *retour_sync_state_words (RetourLanguage language, RetourSyncState state);

G_END_DECLS
