/* SPDX-License-Identifier: Apache-2.0 */
/* What is owed: entitlement minus what was already refunded, then deductions and the price of what leaves (DOMAIN.md 3). */
#pragma once

#include "clawback.h"
#include "quote-case.h"

G_BEGIN_DECLS

typedef struct
{
  RetourClawback *before, *after; /* by promotion of the order: without this draft, with it */
  gint64 *promotion_amounts;      /* before - after: negative when taken, positive when given back */
  gint64 delivery;                /* of the breakdown: never negative */
  gint64 adjustment;
  gint64 before_deductions; /* >= 0 */
  gint64 fee;               /* after the floor, >= 0 */
  gint64 after_deductions;  /* >= 0 */
  gint64 exchange_price;
  gint64 total, collect;
} RetourRefund;

/* Also sets the deduction of each entry of the case. NULL with RETOUR_QUOTE_ERROR_OVERFLOW. Everything is 0 without an
 * order. */
RetourRefund *retour_refund_compute (RetourQuoteCase *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void retour_refund_free (RetourRefund *refund);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourRefund, retour_refund_free)

/* The entries of the breakdown, in DOMAIN.md 3's order. */
void retour_refund_break_down (const RetourQuoteCase *self, const RetourRefund *refund, GPtrArray *breakdown);

G_END_DECLS
