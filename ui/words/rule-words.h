/* SPDX-License-Identifier: Apache-2.0 */
/* Why a rule says what it says, in words: its name, its message, the facts it used. */
#pragma once

#include "quote.h"
#include "wording.h"

G_BEGIN_DECLS

/* The few words that stand in a row: "Past the limit", "Last chance – not returnable". An unknown rule says its message, else
 * its id. Borrowed. */
const char *retour_rule_title (RetourLanguage language, const RetourRuleResult *rule);
/* The same by id alone; "" when the house has no words for it. */
const char *retour_rule_id_words (RetourLanguage language, const char *rule);
/* The sentence: the rule's own message, else its title. Borrowed. */
const char *retour_rule_message (RetourLanguage language, const RetourRuleResult *rule);
/* The same where no price may be read: of a rule that judges an amount only its title. */
const char *retour_rule_message_without_prices (RetourLanguage language, const RetourRuleResult *rule);
const char *retour_rule_icon (const char *rule);

/* "Refused", "A manager may make an exception"…; static. */
RetourSaying retour_decision_saying (RetourLanguage language, RetourDecision decision, gboolean approved);

/* "Last day", "Basket kept"…: static, or the fact's own name. */
const char *retour_fact_name_words (RetourLanguage language, const char *name);
/* Its value: an amount in `currency`, a day, yes or no, a number, a text. The caller's. */
char *retour_fact_value_words (RetourLanguage language, const RetourFact *fact, const char *currency);

G_END_DECLS
