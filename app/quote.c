/* SPDX-License-Identifier: Apache-2.0 */
/* The quote put together: rules, sums and approvals. */
#include "quote.h"

#include "draft-rules.h"
#include "eligibility.h"
#include "exchange.h"
#include "message.h"
#include "quote-private.h"
#include "refund.h"
#include "tax.h"
#include "tender.h"
#include "window.h"

#include <string.h>

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\r\n")] == '\0';
}

/* Whether an approval counts for a rule that ends in `decision`: another person than the requester, with a motive for what
 * would refuse. Whether that person is a manager is checked where staff is known. */
static gboolean
approval_counts (const RetourApproval *approval, const RetourDraft *draft, RetourDecision decision)
{
  if (is_blank (approval->approver) || g_strcmp0 (approval->approver, draft->staff) == 0)
    return FALSE;
  return decision != RETOUR_DECISION_REFUSE_UNLESS_APPROVED || !is_blank (approval->motive);
}

static gboolean
is_approved (const RetourDraft *draft, const char *rule, RetourDecision decision)
{
  if (decision == RETOUR_DECISION_ACCEPT || decision == RETOUR_DECISION_REFUSE)
    return FALSE;
  for (guint i = 0; i < draft->approvals->len; i++)
    {
      const RetourApproval *approval = draft->approvals->pdata[i];
      if (strcmp (approval->rule, rule) == 0 && approval_counts (approval, draft, decision))
        return TRUE;
    }
  return FALSE;
}

/* Sets what is approved; the worst that is left. */
static RetourDecision
decide (const RetourDraft *draft, GPtrArray *rules)
{
  RetourDecision worst = RETOUR_DECISION_ACCEPT;
  for (guint i = 0; i < rules->len; i++)
    {
      RetourRuleResult *result = rules->pdata[i];
      result->approved = is_approved (draft, result->rule, result->decision);
      if (!result->approved)
        worst = MAX (worst, result->decision);
    }
  return worst;
}

/* rule -> its worst decision + 1, over all entries */
static void
note_worst (GHashTable *worst, GPtrArray *rules)
{
  for (guint i = 0; i < rules->len; i++)
    {
      const RetourRuleResult *result = rules->pdata[i];
      guint known = GPOINTER_TO_UINT (g_hash_table_lookup (worst, result->rule));
      g_hash_table_insert (worst, result->rule, GUINT_TO_POINTER (MAX (known, (guint) result->decision + 1)));
    }
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* A rule counts by its worst decision: one that refuses somewhere cannot be approved anywhere. */
static void
list_approvals_needed (RetourQuote *quote, const RetourDraft *draft)
{
  g_autoptr (GHashTable) worst = g_hash_table_new (g_str_hash, g_str_equal);
  note_worst (worst, quote->rules);
  for (guint i = 0; i < quote->lines->len; i++)
    note_worst (worst, ((RetourQuoteLine *) quote->lines->pdata[i])->rules);

  GHashTableIter iter;
  gpointer rule, value;
  g_hash_table_iter_init (&iter, worst);
  while (g_hash_table_iter_next (&iter, &rule, &value))
    {
      RetourDecision decision = GPOINTER_TO_UINT (value) - 1;
      gboolean asks =
          decision == RETOUR_DECISION_ACCEPT_IF_APPROVED || decision == RETOUR_DECISION_REFUSE_UNLESS_APPROVED;
      if (asks && !is_approved (draft, rule, decision))
        g_ptr_array_add (quote->approvals_needed, g_strdup (rule));
    }
  g_ptr_array_sort (quote->approvals_needed, compare_texts);
}

static void
fill_messages (const RetourQuoteCase *self, GPtrArray *rules)
{
  for (guint i = 0; i < rules->len; i++)
    retour_message_fill (self, rules->pdata[i]);
}

static RetourQuoteLine *
make_line (const RetourQuoteCase *self, const RetourQuoteCaseEntry *entry)
{
  RetourQuoteLine *line = retour_quote_line_new (entry->entry->line, entry->entry->quantity);
  line->goods = entry->goods;
  line->condition_deduction = entry->deduction;
  line->even_exchange = entry->even;
  retour_eligibility_judge (self, entry, line->rules);
  line->decision = decide (self->draft, line->rules);
  fill_messages (self, line->rules);
  return line;
}

static void
fill_windows (const RetourQuoteCase *self, RetourQuote *quote)
{
  quote->withdrawal_open = retour_withdrawal_is_open (self, retour_window_judged_on (self, NULL));
  quote->withdrawal_last_day = retour_withdrawal_last_day (self);
  for (guint i = 0; i < self->n_entries; i++)
    {
      RetourWindow window;
      if (!retour_window_find (self, self->entries[i].line, &window))
        continue;
      if (quote->window_last_day == RETOUR_DAY_NONE || window.last_day < quote->window_last_day)
        quote->window_last_day = window.last_day;
    }
}

static gboolean
fill_amounts (RetourQuoteCase *self, RetourQuote *quote, GError **error)
{
  g_autoptr (RetourRefund) refund = retour_refund_compute (self, error);
  if (refund == NULL || !retour_tax_compute (self, refund, quote->taxes, error))
    return FALSE;
  quote->total = refund->total;
  quote->exchange_price = refund->exchange_price;
  quote->exchange_collect = refund->collect;
  retour_refund_break_down (self, refund, quote->breakdown);
  retour_tender_split (self, refund->total, quote->tenders);
  retour_draft_rules_judge (self, refund, quote->rules);
  return TRUE;
}

RetourQuote *
retour_quote_new (const RetourOrder *order,
                  const RetourPolicy *policy,
                  const RetourDraft *draft,
                  const RetourQuoteContext *context,
                  GError **error)
{
  g_return_val_if_fail (policy != NULL && draft != NULL && context != NULL, NULL);
  g_return_val_if_fail (context->at != RETOUR_INSTANT_NONE, NULL);

  g_autoptr (RetourQuoteCase) self = retour_quote_case_new (order, policy, draft, context, error);
  if (self == NULL)
    return NULL;
  g_autoptr (RetourQuote) quote = retour_quote_new_empty (policy->currency);
  if (!fill_amounts (self, quote, error))
    return NULL;

  quote->decision = decide (draft, quote->rules);
  fill_messages (self, quote->rules);
  for (guint i = 0; i < self->n_entries; i++)
    {
      RetourQuoteLine *line = make_line (self, &self->entries[i]);
      g_ptr_array_add (quote->lines, line);
      quote->decision = MAX (quote->decision, line->decision);
    }
  list_approvals_needed (quote, draft);
  quote->prices_hidden = self->gift_to_recipient;
  fill_windows (self, quote);
  return g_steal_pointer (&quote);
}

/* An exclusion that a condition can lift is not known to apply before the condition is. */
static gboolean
waits_for_condition (const RetourPolicy *policy, const char *rule)
{
  for (guint i = 0; i < policy->exclusions->len; i++)
    {
      const RetourExclusion *exclusion = policy->exclusions->pdata[i];
      if (strcmp (exclusion->id, rule) == 0)
        return exclusion->unless_condition[0] != NULL;
    }
  return FALSE;
}

/* Such an order has no quote (DOMAIN.md 1, refused); a screen that shows it says so before anybody has filled in anything. */
static RetourQuoteLine *
preview_other_currency (const RetourOrder *order, const RetourPolicy *policy, const char *line)
{
  RetourQuoteLine *preview = retour_quote_line_new (line, 1);
  RetourRuleResult *rule = retour_rule_result_new ("currency", RETOUR_DECISION_REFUSE);
  rule->message.text[RETOUR_LANGUAGE_FRENCH] =
      g_strdup_printf ("La commande est en %s et ce magasin rembourse en %s : le service client la reprend.",
                       order->currency, policy->currency);
  rule->message.text[RETOUR_LANGUAGE_ENGLISH] =
      g_strdup_printf ("The order is in %s and this store refunds in %s: customer service takes it back.",
                       order->currency, policy->currency);
  g_ptr_array_add (preview->rules, rule);
  preview->decision = RETOUR_DECISION_REFUSE;
  return preview;
}

RetourQuoteLine *
retour_quote_line_preview (const RetourOrder *order,
                           const RetourPolicy *policy,
                           const char *line,
                           const RetourQuoteContext *context)
{
  g_return_val_if_fail (order != NULL && policy != NULL && line != NULL && context != NULL, NULL);

  if (strcmp (order->currency, policy->currency) != 0)
    return preview_other_currency (order, policy, line);
  g_autoptr (RetourDraft) draft = retour_draft_new ("desk");
  g_ptr_array_add (draft->entries, retour_draft_entry_new (line, 1));
  g_autoptr (RetourQuoteCase) self = retour_quote_case_new (order, policy, draft, context, NULL);
  if (self == NULL)
    return NULL;
  RetourQuoteLine *preview = make_line (self, &self->entries[0]);
  for (guint i = preview->rules->len; i > 0; i--)
    if (waits_for_condition (policy, ((RetourRuleResult *) preview->rules->pdata[i - 1])->rule))
      g_ptr_array_remove_index (preview->rules, i - 1);
  preview->decision = decide (draft, preview->rules);
  return preview;
}
