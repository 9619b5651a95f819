/* SPDX-License-Identifier: Apache-2.0 */
/* Orders, policies and drafts drawn from choices: small enough to reason about, with amounts up to 10^15 now and then. */
#pragma once

#include "choices.h"
#include "quote.h"

/* A checked order: whole-quantity discounts, everything delivered, nothing returned yet, paid by one to three payments. */
RetourOrder *random_order_draw (Choices *choices);

/* With deductions and fees when `deductions`. */
RetourPolicy *random_policy_draw (Choices *choices, const RetourOrder *order, gboolean deductions);

/* A draft of units that can still come back, NULL when there are none; even and uneven exchanges when `exchanges`. */
RetourDraft *random_draft_draw (Choices *choices, const RetourOrder *order, gboolean exchanges);

/* What a finished return books into its order (DOMAIN.md 1). */
void random_order_book (RetourOrder *order, const RetourDraft *draft, const RetourQuote *quote);

/* All that was paid: lines and delivery. */
gint64 random_order_paid (const RetourOrder *order);

/* For the message of a failing case; the caller's. */
char *random_order_describe (const RetourOrder *order);
