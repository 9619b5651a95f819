/* SPDX-License-Identifier: Apache-2.0 */
/* What a rule that fired says to people, in both languages: what happened, with its dates and amounts, then what can be
 * done. */
#pragma once

#include "quote-case.h"

G_BEGIN_DECLS

/* Sets the message from the rule's id, decision, approval and facts. Without amounts for a gift to its recipient. */
void retour_message_fill (const RetourQuoteCase *self, RetourRuleResult *result);

G_END_DECLS
