/* SPDX-License-Identifier: Apache-2.0 */
/* By which payments a refund goes back (DOMAIN.md 3). */
#pragma once

#include "quote-case.h"

G_BEGIN_DECLS

/* Adds RetourTender that sum to `total` (>= 0), as they are taken; amounts of 0 are left out. */
void retour_tender_split (const RetourQuoteCase *self, gint64 total, GPtrArray *tenders);

G_END_DECLS
