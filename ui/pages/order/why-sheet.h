/* SPDX-License-Identifier: Apache-2.0 */
/* Why a line cannot simply come back, or why an amount is what it is: the sentence, then the facts it rests on. */
#pragma once

#include "breakdown-words.h"
#include "navigation.h"

G_BEGIN_DECLS

/* `rules` holds RetourRuleResult; without `currency` no amount is shown. Floating. */
RetourSheet *retour_why_sheet_new_for_rules (RetourNavigation *navigation,
                                             const char *title,
                                             const GPtrArray *rules,
                                             const char *currency);
/* Adds the button "Ask for approval"; `asked` is called once, after the sheet has closed. */
void retour_why_sheet_add_question (RetourSheet *sheet, void (*asked) (gpointer user_data), gpointer user_data);

/* One row of the refund. Floating. */
RetourSheet *
retour_why_sheet_new_for_row (RetourNavigation *navigation, const RetourBreakdownRow *row, const char *currency);

G_END_DECLS
