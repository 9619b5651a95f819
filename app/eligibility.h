/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of one entry of a draft: may these units come back (DOMAIN.md 2). */
#pragma once

#include "quote-case.h"

G_BEGIN_DECLS

/* Adds a RetourRuleResult, with its facts and without its message, for each rule that fires, in the order of DOMAIN.md's
 * table. */
void retour_eligibility_judge (const RetourQuoteCase *self, const RetourQuoteCaseEntry *entry, GPtrArray *rules);

G_END_DECLS
