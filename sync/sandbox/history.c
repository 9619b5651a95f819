/* SPDX-License-Identifier: Apache-2.0 */
#include "history.h"

#include <string.h>

static GPtrArray *
new_entries (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) retour_draft_entry_free);
}

static void
add_entry (GPtrArray *entries, const char *line, gint64 units, const char *reason)
{
  RetourDraftEntry *entry = retour_draft_entry_new (line, units);

  entry->reason = g_strdup (reason);
  entry->condition = g_strdup ("new_sealed");
  g_ptr_array_add (entries, entry);
}

GPtrArray *
sandbox_history_entries (const RetourOrder *order, const char *line, gint64 units)
{
  GPtrArray *entries = new_entries ();

  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *bought = order->lines->pdata[i];

      if (line == NULL)
        add_entry (entries, bought->id, bought->delivered, "changed_mind");
      else if (strcmp (bought->id, line) == 0)
        add_entry (entries, bought->id, units, "size_large");
    }
  return entries;
}

GPtrArray *
sandbox_history_choose (SandboxDice *dice, const RetourOrder *order)
{
  static const char *const reasons[] = { "size_small", "size_large", "changed_mind", "not_as_described", "defective" };
  GPtrArray *entries = new_entries ();

  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];

      if (line->delivered > 0 && (entries->len == 0 || sandbox_dice_happens (dice, 40)))
        add_entry (entries, line->id, 1 + sandbox_dice_below (dice, (guint) line->delivered),
                   reasons[sandbox_dice_below (dice, G_N_ELEMENTS (reasons))]);
    }
  return entries;
}

static void
copy_amounts (RetourReturn *ret, const RetourQuote *quote, const GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const RetourDraftEntry *entry = entries->pdata[i];
      const RetourQuoteLine *quoted = quote->lines->pdata[i];
      RetourReturnLine *line = retour_return_line_new (entry->line, entry->quantity);

      line->goods = quoted->goods;
      g_ptr_array_add (ret->lines, line);
    }
  for (guint i = 0; i < quote->breakdown->len; i++)
    g_ptr_array_add (ret->breakdown, retour_breakdown_copy (quote->breakdown->pdata[i]));
  for (guint i = 0; i < quote->tenders->len; i++)
    {
      const RetourTender *tender = quote->tenders->pdata[i];

      g_ptr_array_add (ret->tenders, retour_return_tender_new (tender->payment, tender->method, NULL, tender->amount));
    }
  ret->total = quote->total;
  memcpy (ret->currency, quote->currency, sizeof ret->currency);
}

RetourReturn *
sandbox_history_return (const RetourOrder *order,
                        const RetourPolicy *policy,
                        const GPtrArray *entries,
                        RetourInstant at,
                        const char *id,
                        const char *number)
{
  g_autoptr (RetourDraft) draft = retour_draft_new ("desk");
  g_autoptr (RetourQuote) quote = NULL;
  RetourQuoteContext context = { .at = at };
  RetourReturn *ret;

  if (order->gift)
    draft->by = g_strdup ("buyer");
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (draft->entries, retour_draft_entry_copy (entries->pdata[i]));
  quote = retour_quote_new (order, policy, draft, &context, NULL);
  if (quote == NULL || quote->decision != RETOUR_DECISION_ACCEPT)
    return NULL;
  ret = retour_return_new (id, number);
  ret->order_id = g_strdup (order->id);
  ret->order_number = g_strdup (order->number);
  ret->recorded_at = at;
  copy_amounts (ret, quote, entries);
  return ret;
}
