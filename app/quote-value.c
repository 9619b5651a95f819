/* SPDX-License-Identifier: Apache-2.0 */
/* A quote and its parts as values: made, copied, freed. How they are computed is in quote.c. */
#include "quote-private.h"

#include <string.h>

G_DEFINE_QUARK (retour - quote - error - quark, retour_quote_error)

const char *
retour_breakdown_kind_code (RetourBreakdownKind kind)
{
  switch (kind)
    {
    case RETOUR_BREAKDOWN_GOODS:
      return "goods";
    case RETOUR_BREAKDOWN_PROMOTION_CLAWBACK:
      return "promotion_clawback";
    case RETOUR_BREAKDOWN_DELIVERY:
      return "delivery";
    case RETOUR_BREAKDOWN_ADJUSTMENT:
      return "adjustment";
    case RETOUR_BREAKDOWN_CONDITION:
      return "condition";
    case RETOUR_BREAKDOWN_RETURN_FEE:
      return "return_fee";
    case RETOUR_BREAKDOWN_EXCHANGE:
      return "exchange";
    }
  g_return_val_if_reached ("adjustment");
}

static void
fact_free (RetourFact *fact)
{
  g_free (fact->name);
  g_free (fact->text);
  g_free (fact);
}

RetourFact *
retour_fact_new_text (const char *name, const char *text)
{
  g_return_val_if_fail (name != NULL, NULL);

  RetourFact *fact = g_new0 (RetourFact, 1);
  fact->name = g_strdup (name);
  fact->kind = RETOUR_FACT_TEXT;
  fact->text = g_strdup (text != NULL ? text : "");
  return fact;
}

RetourFact *
retour_fact_new_number (const char *name, RetourFactKind kind, gint64 number)
{
  g_return_val_if_fail (name != NULL && kind != RETOUR_FACT_TEXT, NULL);

  RetourFact *fact = g_new0 (RetourFact, 1);
  fact->name = g_strdup (name);
  fact->kind = kind;
  fact->number = number;
  return fact;
}

GPtrArray *
retour_facts_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) fact_free);
}

const RetourFact *
retour_facts_find (const GPtrArray *facts, const char *name)
{
  g_return_val_if_fail (facts != NULL && name != NULL, NULL);

  for (guint i = 0; i < facts->len; i++)
    {
      const RetourFact *fact = facts->pdata[i];
      if (strcmp (fact->name, name) == 0)
        return fact;
    }
  return NULL;
}

static gpointer
fact_copy (gconstpointer source, gpointer user_data)
{
  const RetourFact *fact = source;
  RetourFact *copy = g_memdup2 (fact, sizeof *fact);
  copy->name = g_strdup (fact->name);
  copy->text = g_strdup (fact->text);
  return copy;
}

RetourRuleResult *
retour_rule_result_new (const char *rule, RetourDecision decision)
{
  RetourRuleResult *result = g_new0 (RetourRuleResult, 1);
  result->rule = g_strdup (rule);
  result->decision = decision;
  result->facts = retour_facts_new ();
  return result;
}

void
retour_rule_result_free (RetourRuleResult *result)
{
  if (result == NULL)
    return;
  g_free (result->rule);
  g_ptr_array_unref (result->facts);
  retour_words_clear (&result->message);
  g_free (result);
}

static gpointer
rule_result_copy (gconstpointer source, gpointer user_data)
{
  const RetourRuleResult *result = source;
  RetourRuleResult *copy = g_memdup2 (result, sizeof *result);
  copy->rule = g_strdup (result->rule);
  copy->facts = g_ptr_array_copy (result->facts, fact_copy, NULL);
  copy->message = (RetourWords){ 0 };
  retour_words_copy (&copy->message, &result->message);
  return copy;
}

RetourQuoteLine *
retour_quote_line_new (const char *line, gint64 quantity)
{
  RetourQuoteLine *self = g_new0 (RetourQuoteLine, 1);
  self->line = g_strdup (line);
  self->quantity = quantity;
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_rule_result_free);
  return self;
}

void
retour_quote_line_free (RetourQuoteLine *line)
{
  if (line == NULL)
    return;
  g_free (line->line);
  g_ptr_array_unref (line->rules);
  g_free (line);
}

static gpointer
quote_line_copy (gconstpointer source, gpointer user_data)
{
  const RetourQuoteLine *line = source;
  RetourQuoteLine *copy = g_memdup2 (line, sizeof *line);
  copy->line = g_strdup (line->line);
  copy->rules = g_ptr_array_copy (line->rules, rule_result_copy, NULL);
  return copy;
}

RetourBreakdown *
retour_breakdown_new (RetourBreakdownKind kind, gint64 amount)
{
  RetourBreakdown *entry = g_new0 (RetourBreakdown, 1);
  entry->kind = kind;
  entry->amount = amount;
  entry->entry = -1;
  entry->facts = retour_facts_new ();
  return entry;
}

RetourBreakdown *
retour_breakdown_copy (const RetourBreakdown *entry)
{
  g_return_val_if_fail (entry != NULL, NULL);

  RetourBreakdown *copy = g_memdup2 (entry, sizeof *entry);
  copy->line = g_strdup (entry->line);
  copy->promotion = g_strdup (entry->promotion);
  copy->rule = g_strdup (entry->rule);
  copy->facts = g_ptr_array_copy (entry->facts, fact_copy, NULL);
  return copy;
}

void
retour_breakdown_free (RetourBreakdown *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->line);
  g_free (entry->promotion);
  g_free (entry->rule);
  g_ptr_array_unref (entry->facts);
  g_free (entry);
}

static gpointer
copy_breakdown (gconstpointer source, gpointer user_data)
{
  return retour_breakdown_copy (source);
}

GPtrArray *
retour_breakdowns_copy (GPtrArray *breakdown)
{
  return g_ptr_array_copy (breakdown, copy_breakdown, NULL);
}

static gpointer
copy_tax (gconstpointer source, gpointer user_data)
{
  return g_memdup2 (source, sizeof (RetourTax));
}

GPtrArray *
retour_taxes_copy (GPtrArray *taxes)
{
  return g_ptr_array_copy (taxes, copy_tax, NULL);
}

RetourTender *
retour_tender_new (const char *payment, const char *method, const char *why, gint64 amount)
{
  RetourTender *tender = g_new0 (RetourTender, 1);
  tender->payment = g_strdup (payment);
  tender->method = g_strdup (method);
  tender->why = g_strdup (why);
  tender->amount = amount;
  return tender;
}

static void
tender_free (RetourTender *tender)
{
  g_free (tender->payment);
  g_free (tender->method);
  g_free (tender->why);
  g_free (tender);
}

static gpointer
tender_copy (gconstpointer source, gpointer user_data)
{
  const RetourTender *tender = source;
  return retour_tender_new (tender->payment, tender->method, tender->why, tender->amount);
}

static gpointer
text_copy (gconstpointer source, gpointer user_data)
{
  return g_strdup (source);
}

RetourQuote *
retour_quote_new_empty (const char *currency)
{
  RetourQuote *quote = g_new0 (RetourQuote, 1);
  g_strlcpy (quote->currency, currency, sizeof quote->currency);
  quote->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_quote_line_free);
  quote->breakdown = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_breakdown_free);
  quote->taxes = g_ptr_array_new_with_free_func (g_free);
  quote->tenders = g_ptr_array_new_with_free_func ((GDestroyNotify) tender_free);
  quote->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_rule_result_free);
  quote->approvals_needed = g_ptr_array_new_with_free_func (g_free);
  quote->withdrawal_last_day = RETOUR_DAY_NONE;
  quote->window_last_day = RETOUR_DAY_NONE;
  return quote;
}

RetourQuote *
retour_quote_copy (const RetourQuote *quote)
{
  g_return_val_if_fail (quote != NULL, NULL);

  RetourQuote *copy = g_memdup2 (quote, sizeof *quote);
  copy->lines = g_ptr_array_copy (quote->lines, quote_line_copy, NULL);
  copy->breakdown = retour_breakdowns_copy (quote->breakdown);
  copy->taxes = retour_taxes_copy (quote->taxes);
  copy->tenders = g_ptr_array_copy (quote->tenders, tender_copy, NULL);
  copy->rules = g_ptr_array_copy (quote->rules, rule_result_copy, NULL);
  copy->approvals_needed = g_ptr_array_copy (quote->approvals_needed, text_copy, NULL);
  return copy;
}

void
retour_quote_free (RetourQuote *quote)
{
  if (quote == NULL)
    return;
  g_ptr_array_unref (quote->lines);
  g_ptr_array_unref (quote->breakdown);
  g_ptr_array_unref (quote->taxes);
  g_ptr_array_unref (quote->tenders);
  g_ptr_array_unref (quote->rules);
  g_ptr_array_unref (quote->approvals_needed);
  g_free (quote);
}
