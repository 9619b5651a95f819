/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of a draft as a whole (DOMAIN.md 2). */
#pragma once

#include "quote-case.h"
#include "refund.h"

G_BEGIN_DECLS

/* Adds a RetourRuleResult, with its facts and without its message, for each rule that fires. */
void retour_draft_rules_judge (const RetourQuoteCase *self, const RetourRefund *refund, GPtrArray *rules);

G_END_DECLS
