/* SPDX-License-Identifier: Apache-2.0 */
#include "eligibility.h"

#include "window.h"

#include <string.h>

/* One entry being judged. */
typedef struct
{
  const RetourQuoteCase *self;
  const RetourQuoteCaseEntry *entry;
  RetourDay judged_on;
  GPtrArray *rules;
} Judgement;

static RetourRuleResult *
fire (const Judgement *judgement, const char *rule, RetourDecision decision)
{
  RetourRuleResult *result = retour_rule_result_new (rule, decision);
  g_ptr_array_add (judgement->rules, result);
  return result;
}

static void
say_text (RetourRuleResult *result, const char *name, const char *text)
{
  if (text != NULL)
    g_ptr_array_add (result->facts, retour_fact_new_text (name, text));
}

static void
say_number (RetourRuleResult *result, const char *name, RetourFactKind kind, gint64 number)
{
  g_ptr_array_add (result->facts, retour_fact_new_number (name, kind, number));
}

/* The legal guarantee outlives every commercial rule: at merchant fault a manager is asked at worst. */
static void
soften (const Judgement *judgement, RetourRuleResult *result)
{
  if (!judgement->entry->merchant_fault || result->decision <= RETOUR_DECISION_ACCEPT_IF_APPROVED)
    return;
  result->decision = RETOUR_DECISION_ACCEPT_IF_APPROVED;
  say_text (result, "fault", "merchant");
}

static RetourDecision
decision_of (const RetourMode *mode, RetourDecision otherwise)
{
  return mode->present ? mode->decision : otherwise;
}

static void
say_unknown_mode (RetourRuleResult *result, const RetourMode *mode)
{
  if (mode->unknown)
    say_text (result, "mode", mode->written);
}

static void
judge_quantity (const Judgement *judgement)
{
  const RetourQuoteCaseEntry *entry = judgement->entry;
  const RetourOrderLine *line = entry->line;
  if (line->delivered == 0)
    {
      fire (judgement, "not_delivered", RETOUR_DECISION_REFUSE);
      return;
    }

  gint64 held = retour_quote_case_units_held (judgement->self, line);
  gint64 returnable = MAX (0, retour_order_line_returnable (line) - held);
  gint64 asked = judgement->self->asked[entry->line_index];
  if (asked <= returnable)
    return;
  RetourRuleResult *result = fire (judgement, "already_returned", RETOUR_DECISION_REFUSE);
  say_number (result, "quantity", RETOUR_FACT_INTEGER, asked);
  say_number (result, "returnable", RETOUR_FACT_INTEGER, returnable);
  say_number (result, "delivered", RETOUR_FACT_INTEGER, line->delivered);
  say_number (result, "returned", RETOUR_FACT_INTEGER, line->returned);
  if (held > 0)
    say_number (result, "held", RETOUR_FACT_INTEGER, held);
}

static void
judge_window (const Judgement *judgement)
{
  const RetourPolicy *policy = judgement->self->policy;
  if (policy->has_window && policy->window.from == RETOUR_ANCHOR_UNKNOWN)
    {
      RetourRuleResult *unknown = fire (judgement, "window", RETOUR_DECISION_ACCEPT_IF_APPROVED);
      say_text (unknown, "from", policy->window.from_written);
      return;
    }

  RetourWindow window;
  RetourDay judged_on = judgement->judged_on;
  if (!retour_window_find (judgement->self, judgement->entry->line, &window) || judged_on <= window.last_day)
    return;
  gboolean closed = judged_on > window.grace_until;
  RetourRuleResult *result =
      fire (judgement, closed ? "window_closed" : "window",
            closed ? RETOUR_DECISION_REFUSE_UNLESS_APPROVED : RETOUR_DECISION_ACCEPT_IF_APPROVED);
  say_number (result, "last_day", RETOUR_FACT_DAY, window.last_day);
  say_number (result, "grace_until", RETOUR_FACT_DAY, window.grace_until);
  say_number (result, "judged_on", RETOUR_FACT_DAY, judged_on);
  soften (judgement, result);
}

static gboolean
exclusion_fires (const Judgement *judgement, const RetourExclusion *exclusion)
{
  const RetourOrderLine *line = judgement->entry->line;
  const char *condition = judgement->entry->entry->condition;
  if (exclusion->flag == NULL && exclusion->category == NULL)
    return TRUE;
  if (line == NULL)
    return FALSE;
  if (exclusion->flag != NULL && !g_strv_contains ((const char *const *) line->flags, exclusion->flag))
    return FALSE;
  if (exclusion->category != NULL && g_strcmp0 (exclusion->category, line->category) != 0)
    return FALSE;
  if (condition != NULL && g_strv_contains ((const char *const *) exclusion->unless_condition, condition))
    return FALSE;
  return !exclusion->yields_to_withdrawal || !retour_withdrawal_is_open (judgement->self, judgement->judged_on);
}

static void
judge_exclusions (const Judgement *judgement)
{
  const GPtrArray *exclusions = judgement->self->policy->exclusions;
  for (guint i = 0; i < exclusions->len; i++)
    {
      const RetourExclusion *exclusion = exclusions->pdata[i];
      if (!exclusion_fires (judgement, exclusion))
        continue;
      gboolean unknown = exclusion->flag == NULL && exclusion->category == NULL;
      RetourDecision otherwise = unknown ? RETOUR_DECISION_ACCEPT_IF_APPROVED : RETOUR_DECISION_REFUSE_UNLESS_APPROVED;
      RetourRuleResult *result = fire (judgement, exclusion->id, decision_of (&exclusion->mode, otherwise));
      say_text (result, "flag", exclusion->flag);
      say_text (result, "category", exclusion->category);
      if (exclusion->unless_condition[0] != NULL)
        say_text (result, "condition", judgement->entry->entry->condition);
      say_unknown_mode (result, &exclusion->mode);
      soften (judgement, result);
    }
}

/* An even exchange gives the paid price for what comes back worn: the condition is then a manager's affair. */
static void
judge_condition (const Judgement *judgement)
{
  const RetourQuoteCaseEntry *entry = judgement->entry;
  const RetourCondition *condition = entry->condition;
  gboolean worn_exchange = entry->even && entry->percent < 100;
  if (entry->entry->condition == NULL || (condition != NULL && !condition->mode.present && !worn_exchange))
    return;

  RetourDecision decision = condition == NULL ? RETOUR_DECISION_ACCEPT_IF_APPROVED
                                              : decision_of (&condition->mode, RETOUR_DECISION_ACCEPT_IF_APPROVED);
  if (worn_exchange)
    decision = MAX (decision, RETOUR_DECISION_ACCEPT_IF_APPROVED);
  RetourRuleResult *result = fire (judgement, "condition", decision);
  say_text (result, "condition", entry->entry->condition);
  if (worn_exchange)
    say_number (result, "percent", RETOUR_FACT_INTEGER, entry->percent);
  if (condition != NULL)
    say_unknown_mode (result, &condition->mode);
  soften (judgement, result);
}

static void
judge_reason (const Judgement *judgement)
{
  const RetourQuoteCaseEntry *entry = judgement->entry;
  if (entry->entry->reason == NULL || entry->reason != NULL)
    return;
  RetourRuleResult *result = fire (judgement, "reason", RETOUR_DECISION_ACCEPT_IF_APPROVED);
  say_text (result, "reason", entry->entry->reason);
}

/* NULL for what has no digit to compare. */
static char *
as_gtin14 (const char *gtin)
{
  gsize length = strlen (gtin);
  if (length == 0)
    return NULL;
  return g_strdup_printf ("%.*s%s", length < 14 ? (int) (14 - length) : 0, "00000000000000", gtin);
}

static void
judge_item (const Judgement *judgement)
{
  const RetourOrderLine *line = judgement->entry->line;
  const char *serial = judgement->entry->entry->serial;
  if (serial != NULL && line->serials[0] != NULL && !g_strv_contains ((const char *const *) line->serials, serial))
    {
      RetourRuleResult *result = fire (judgement, "serial_mismatch", RETOUR_DECISION_REFUSE_UNLESS_APPROVED);
      say_text (result, "serial", serial);
    }

  g_autofree char *scanned = judgement->entry->entry->gtin != NULL ? as_gtin14 (judgement->entry->entry->gtin) : NULL;
  g_autofree char *expected = retour_order_line_gtin14 (line);
  if (scanned != NULL && expected != NULL && strcmp (scanned, expected) != 0)
    {
      RetourRuleResult *result = fire (judgement, "wrong_item", RETOUR_DECISION_REFUSE);
      say_text (result, "scanned", scanned);
      say_text (result, "gtin", expected);
    }
}

void
retour_eligibility_judge (const RetourQuoteCase *self, const RetourQuoteCaseEntry *entry, GPtrArray *rules)
{
  Judgement judgement = { .self = self, .entry = entry, .judged_on = self->today, .rules = rules };
  if (entry->line != NULL)
    {
      judgement.judged_on = retour_window_judged_on (self, entry->line);
      judge_quantity (&judgement);
    }
  judge_window (&judgement);
  judge_exclusions (&judgement);
  judge_condition (&judgement);
  judge_reason (&judgement);
  if (entry->line != NULL)
    judge_item (&judgement);
}
