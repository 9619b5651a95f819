/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange-outcome.h"

#include <string.h>

/* Which way round the entry is quoted. */
typedef enum
{
  QUOTE_EXCHANGED,
  QUOTE_REFUNDED,
  QUOTE_WITHOUT,
} QuoteWay;

static RetourQuote *
quote_way (const RetourDesk *desk,
           const RetourWorkspace *workspace,
           guint entry,
           const RetourExchangedItem *item,
           gboolean offline,
           QuoteWay way,
           GError **error)
{
  g_autoptr (RetourDraft) draft = retour_draft_copy (workspace->draft);

  switch (way)
    {
    case QUOTE_EXCHANGED:
      retour_draft_set_exchange (draft, entry, item);
      break;
    case QUOTE_REFUNDED:
      retour_draft_set_exchange (draft, entry, NULL);
      break;
    case QUOTE_WITHOUT:
      retour_draft_remove_entry (draft, entry);
      break;
    }
  return retour_desk_quote (desk, workspace, draft, offline, error);
}

/* What the customer leaves with: above 0 money back, below 0 money to pay. */
static gint64
net_of (const RetourQuote *quote)
{
  return quote != NULL ? quote->total - quote->exchange_collect : 0;
}

static gint64
clawback_of (const RetourQuote *quote, const char *promotion)
{
  for (guint i = 0; quote != NULL && i < quote->breakdown->len; i++)
    {
      const RetourBreakdown *entry = quote->breakdown->pdata[i];

      if (entry->kind == RETOUR_BREAKDOWN_PROMOTION_CLAWBACK && g_strcmp0 (entry->promotion, promotion) == 0)
        return -entry->amount;
    }
  return 0;
}

static gboolean
carries (const RetourOrderLine *line, const char *promotion)
{
  for (guint i = 0; line != NULL && i < line->discounts->len; i++)
    {
      const RetourDiscount *discount = line->discounts->pdata[i];

      if (strcmp (discount->promotion, promotion) == 0 && discount->amount > 0)
        return TRUE;
    }
  return FALSE;
}

/* Adds unit_price * units; FALSE when it does not fit. */
static gboolean
add_value (gint64 *sum, gint64 unit_price, gint64 units)
{
  gint64 value;

  return retour_money_multiply (unit_price, units, &value) && retour_money_add (*sum, value, sum);
}

/* What stays of the articles that carry the promotion, at their full price: on the lines of the order, and in new articles
 * that leave for them. An even exchange's unit counts on its line for the rules, and as its new article for the eye. */
static gboolean
value_kept (const RetourWorkspace *workspace,
            const RetourQuote *quote,
            guint entry,
            const RetourExchangedItem *item,
            const char *promotion,
            gint64 *by_rule,
            gint64 *basket)
{
  const RetourOrder *order = workspace->order;
  const RetourDraft *draft = workspace->draft;

  *by_rule = *basket = 0;
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];
      gint64 kept = MAX (0, line->quantity - line->returned - retour_draft_line_units (draft, line->id));

      if (carries (line, promotion)
          && (!add_value (by_rule, line->unit_price, kept) || !add_value (basket, line->unit_price, kept)))
        return FALSE;
    }
  for (guint i = 0; i < draft->entries->len; i++)
    {
      const RetourDraftEntry *other = draft->entries->pdata[i];
      const RetourExchangedItem *leaves = i == entry ? item : other->exchange;
      const RetourOrderLine *line = retour_order_find_line (order, other->line, NULL);

      if (leaves == NULL || !carries (line, promotion))
        continue;
      if (((const RetourQuoteLine *) quote->lines->pdata[i])->even_exchange
          && !add_value (by_rule, line->unit_price, other->quantity))
        return FALSE;
      if (!add_value (basket, leaves->unit_price, other->quantity))
        return FALSE;
    }
  return TRUE;
}

/* The promotion that the exchange changes, else the one on the returned article that stays as it was. */
static void
find_promotion (RetourExchangeOutcome *outcome,
                const RetourWorkspace *workspace,
                guint entry,
                const RetourExchangedItem *item,
                const RetourQuote *without)
{
  const RetourOrder *order = workspace->order;
  const RetourDraftEntry *drafted = workspace->draft->entries->pdata[entry];
  const RetourOrderLine *line = retour_order_find_line (order, drafted->line, NULL);

  for (guint i = 0; i < order->promotions->len; i++)
    {
      const RetourPromotion *promotion = order->promotions->pdata[i];
      gint64 taken = clawback_of (outcome->quote, promotion->id);
      gint64 more = taken - clawback_of (without, promotion->id);
      gint64 by_rule, basket;

      if (promotion->on_return != RETOUR_ON_RETURN_RECOMPUTE
          || !value_kept (workspace, outcome->quote, entry, item, promotion->id, &by_rule, &basket))
        continue;
      if (more == 0
          && (taken != 0 || outcome->promotion != NULL || promotion->threshold == 0 || by_rule < promotion->threshold
              || !carries (line, promotion->id)))
        continue;
      outcome->promotion = promotion;
      outcome->clawback = more;
      outcome->kept = by_rule;
      outcome->basket = basket;
      if (more != 0)
        return;
    }
}

RetourExchangeOutcome *
retour_exchange_outcome_new (const RetourDesk *desk,
                             const RetourWorkspace *workspace,
                             guint entry,
                             const RetourExchangedItem *item,
                             gboolean offline,
                             GError **error)
{
  g_autoptr (RetourExchangeOutcome) outcome = NULL;
  g_autoptr (RetourQuote) refunded = NULL;
  g_autoptr (RetourQuote) without = NULL;
  const RetourDraftEntry *drafted;

  g_return_val_if_fail (desk != NULL && workspace != NULL && item != NULL, NULL);
  g_return_val_if_fail (entry < workspace->draft->entries->len, NULL);

  drafted = workspace->draft->entries->pdata[entry];
  outcome = g_new0 (RetourExchangeOutcome, 1);
  outcome->quote = quote_way (desk, workspace, entry, item, offline, QUOTE_EXCHANGED, error);
  if (outcome->quote == NULL)
    return NULL;
  refunded = quote_way (desk, workspace, entry, item, offline, QUOTE_REFUNDED, error);
  if (refunded == NULL)
    return NULL;
  /* A return of nothing is no return: it comes to nothing. */
  if (workspace->draft->entries->len > 1)
    {
      without = quote_way (desk, workspace, entry, item, offline, QUOTE_WITHOUT, error);
      if (without == NULL)
        return NULL;
    }
  if (!retour_money_multiply (item->unit_price, drafted->quantity, &outcome->price))
    {
      g_set_error_literal (error, RETOUR_QUOTE_ERROR, RETOUR_QUOTE_ERROR_OVERFLOW, "the price of the new units");
      return NULL;
    }
  outcome->returned = ((const RetourQuoteLine *) refunded->lines->pdata[entry])->goods;
  outcome->even = ((const RetourQuoteLine *) outcome->quote->lines->pdata[entry])->even_exchange;
  outcome->difference = net_of (without) - net_of (outcome->quote);
  if (workspace->order != NULL)
    find_promotion (outcome, workspace, entry, item, without);
  return g_steal_pointer (&outcome);
}

void
retour_exchange_outcome_free (RetourExchangeOutcome *outcome)
{
  if (outcome == NULL)
    return;
  retour_quote_free (outcome->quote);
  g_free (outcome);
}

RetourExchangedItem *
retour_exchanged_item_new (const RetourProduct *product)
{
  RetourExchangedItem *item;

  g_return_val_if_fail (product != NULL, NULL);

  item = g_new0 (RetourExchangedItem, 1);
  item->sku = g_strdup (product->sku);
  item->product = g_strdup (product->product);
  item->title = g_strdup (product->title);
  item->variant = g_strdup (product->variant);
  item->gtin = g_strdup (product->gtin);
  item->unit_price = product->unit_price;
  return item;
}
