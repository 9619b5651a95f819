/* SPDX-License-Identifier: Apache-2.0 */
#include "draft-rules.h"

#include "exchange.h"

#include <string.h>

typedef struct
{
  const RetourQuoteCase *self;
  const RetourRefund *refund;
  GPtrArray *rules;
} Judgement;

static RetourRuleResult *
fire (const Judgement *judgement, const char *rule, const RetourMode *mode, RetourDecision otherwise)
{
  gboolean present = mode != NULL && mode->present;
  RetourRuleResult *result = retour_rule_result_new (rule, present ? mode->decision : otherwise);
  if (present && mode->unknown)
    g_ptr_array_add (result->facts, retour_fact_new_text ("mode", mode->written));
  g_ptr_array_add (judgement->rules, result);
  return result;
}

static void
say_amount (RetourRuleResult *result, const char *name, gint64 amount)
{
  g_ptr_array_add (result->facts, retour_fact_new_number (name, RETOUR_FACT_AMOUNT, amount));
}

/* The mode that the policy lists for a rule, NULL when it does not list it; of several the worst. */
static const RetourMode *
listed_mode (const RetourPolicy *policy, const char *rule)
{
  const RetourMode *worst = NULL;
  for (guint i = 0; i < policy->approvals->len; i++)
    {
      const RetourApprovalRule *listed = policy->approvals->pdata[i];
      if (strcmp (listed->id, rule) == 0 && listed->mode.present
          && (worst == NULL || listed->mode.decision > worst->decision))
        worst = &listed->mode;
    }
  return worst;
}

/* Each listed threshold speaks for itself: 150 may ask for a manager and 1,000 refuse. */
static void
judge_amount (const Judgement *judgement)
{
  const GPtrArray *listed = judgement->self->policy->approvals;
  for (guint i = 0; i < listed->len; i++)
    {
      const RetourApprovalRule *rule = listed->pdata[i];
      if (strcmp (rule->id, "refund_over") != 0 || !rule->has_amount || judgement->refund->total <= rule->amount)
        continue;
      RetourRuleResult *result = fire (judgement, "refund_over", &rule->mode, RETOUR_DECISION_ACCEPT_IF_APPROVED);
      say_amount (result, "total", judgement->refund->total);
      say_amount (result, "limit", rule->amount);
    }
}

static gboolean
exchanges_anything (const RetourQuoteCase *self)
{
  for (guint i = 0; i < self->n_entries; i++)
    if (self->entries[i].entry->exchange != NULL)
      return TRUE;
  return FALSE;
}

static void
judge_exchange (const Judgement *judgement)
{
  const RetourPolicy *policy = judgement->self->policy;
  if (!exchanges_anything (judgement->self))
    return;

  RetourWide difference = retour_exchange_difference (judgement->self);
  RetourWide distance = difference < 0 ? -difference : difference;
  if (policy->exchange.has_tolerance && distance <= policy->exchange.tolerance_amount)
    return;
  RetourRuleResult *result = fire (judgement, "exchange", &policy->exchange.mode, RETOUR_DECISION_ACCEPT_IF_APPROVED);
  gint64 amount;
  if (retour_wide_narrow (difference, &amount))
    say_amount (result, "difference", amount);
  if (policy->exchange.has_tolerance)
    say_amount (result, "tolerance", policy->exchange.tolerance_amount);
}

static void
judge_people (const Judgement *judgement)
{
  const RetourQuoteCase *self = judgement->self;
  if (self->order == NULL)
    {
      fire (judgement, "no_order", listed_mode (self->policy, "no_order"), RETOUR_DECISION_ACCEPT_IF_APPROVED);
      return;
    }
  const RetourCustomer *customer = &self->order->customer;
  gboolean mailbox;
  if (!retour_customer_is_person (customer, self->draft->staff_email, self->draft->staff_customer, &mailbox))
    return;
  RetourRuleResult *result = fire (judgement, "staff_own_order", listed_mode (self->policy, "staff_own_order"),
                                   RETOUR_DECISION_ACCEPT_IF_APPROVED);
  g_ptr_array_add (result->facts, retour_fact_new_text ("match", mailbox ? "email" : "customer"));
}

static void
judge_offline (const Judgement *judgement)
{
  const RetourPolicy *policy = judgement->self->policy;
  const RetourQuoteContext *context = judgement->self->context;
  gint64 total = judgement->refund->total;
  if (!context->offline || judgement->self->order == NULL)
    return;

  gint64 exposure;
  if (!retour_money_add (context->promised_today, total, &exposure))
    exposure = G_MAXINT64;
  gboolean too_much = policy->offline.has_max_refund && total > policy->offline.max_refund;
  gboolean too_much_today = policy->offline.has_daily_exposure && exposure > policy->offline.daily_exposure;
  if (!too_much && !too_much_today)
    return;
  RetourRuleResult *result = fire (judgement, "offline_exposure", listed_mode (policy, "offline_exposure"),
                                   RETOUR_DECISION_ACCEPT_IF_APPROVED);
  say_amount (result, "total", total);
  if (too_much)
    say_amount (result, "max_refund", policy->offline.max_refund);
  if (too_much_today)
    {
      say_amount (result, "promised_today", context->promised_today);
      say_amount (result, "daily_exposure", policy->offline.daily_exposure);
    }
}

/* What a later policy may ask for: a rule that this version cannot judge asks a manager, always. */
static void
judge_unknown (const Judgement *judgement)
{
  static const char *const known[] = { "refund_over", "no_order", "staff_own_order", "offline_exposure", "exchange",
                                       "gift",        NULL };
  const GPtrArray *listed = judgement->self->policy->approvals;
  for (guint i = 0; i < listed->len; i++)
    {
      const RetourApprovalRule *rule = listed->pdata[i];
      if (!g_strv_contains (known, rule->id))
        fire (judgement, rule->id, &rule->mode, RETOUR_DECISION_ACCEPT_IF_APPROVED);
    }
}

void
retour_draft_rules_judge (const RetourQuoteCase *self, const RetourRefund *refund, GPtrArray *rules)
{
  Judgement judgement = { self, refund, rules };
  judge_amount (&judgement);
  judge_exchange (&judgement);
  judge_people (&judgement);
  judge_offline (&judgement);
  if (self->gift_to_recipient)
    fire (&judgement, "gift", listed_mode (self->policy, "gift"), RETOUR_DECISION_ACCEPT);
  judge_unknown (&judgement);
}
