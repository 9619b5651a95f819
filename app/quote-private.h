/* SPDX-License-Identifier: Apache-2.0 */
/* Makers of the parts of a quote, for the rooms of `app` that compute one. */
#pragma once

#include "quote.h"
#include "return.h"

G_BEGIN_DECLS

/* An empty quote in a currency. */
RetourQuote *retour_quote_new_empty (const char *currency);

RetourQuoteLine *retour_quote_line_new (const char *line, gint64 quantity);

/* A rule that fired, without facts or message yet. */
RetourRuleResult *retour_rule_result_new (const char *rule, RetourDecision decision);
void retour_rule_result_free (RetourRuleResult *result);

RetourTender *retour_tender_new (const char *payment, const char *method, const char *why, gint64 amount);

/* Arrays of copies, with their free function. */
GPtrArray *retour_breakdowns_copy (GPtrArray *breakdown);
GPtrArray *retour_taxes_copy (GPtrArray *taxes);

GPtrArray *retour_facts_new (void);

G_END_DECLS
