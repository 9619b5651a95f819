/* SPDX-License-Identifier: Apache-2.0 */
/* The tax contained in a refund, one sum a rate (DOMAIN.md 3). */
#pragma once

#include "quote-case.h"
#include "refund.h"

G_BEGIN_DECLS

/* Adds RetourTax, rates ascending. FALSE with RETOUR_QUOTE_ERROR_OVERFLOW. */
gboolean retour_tax_compute (const RetourQuoteCase *self, const RetourRefund *refund, GPtrArray *taxes, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
