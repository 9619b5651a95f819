/* SPDX-License-Identifier: Apache-2.0 */
/* The sums of a refund. Each is made of 128-bit terms and narrowed once, so that an overflow is said and never wraps. */
#include "refund.h"

#include "exchange.h"
#include "window.h"

#include <string.h>

static gboolean
narrow (RetourWide value, gint64 *amount, const char *what, GError **error)
{
  return retour_wide_narrow (value, amount) || retour_quote_set_overflow (error, what);
}

static gboolean
compute_clawbacks (const RetourQuoteCase *self, RetourRefund *refund, GError **error)
{
  const RetourOrder *order = self->order;
  guint n = order->promotions->len;
  refund->before = g_new0 (RetourClawback, n);
  refund->after = g_new0 (RetourClawback, n);
  refund->promotion_amounts = g_new0 (gint64, n);
  for (guint i = 0; i < n; i++)
    {
      const RetourPromotion *promotion = order->promotions->pdata[i];
      if (!retour_clawback_compute (order, promotion, self->before, &refund->before[i])
          || !retour_clawback_compute (order, promotion, self->after, &refund->after[i]))
        return retour_quote_set_overflow (error, "promotions");
      if (!narrow (refund->before[i].amount - refund->after[i].amount, &refund->promotion_amounts[i], "promotions",
                   error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
everything_came_back (const RetourQuoteCase *self)
{
  for (guint i = 0; i < self->order->lines->len; i++)
    {
      const RetourOrderLine *line = self->order->lines->pdata[i];
      if (self->after[i] < line->quantity)
        return FALSE;
    }
  return TRUE;
}

static gboolean
all_at_merchant_fault (const RetourQuoteCase *self)
{
  for (guint i = 0; i < self->n_entries; i++)
    if (!self->entries[i].merchant_fault)
      return FALSE;
  return TRUE;
}

/* delivery(S). */
static gint64
delivery_due (const RetourQuoteCase *self)
{
  const RetourPolicy *policy = self->policy;
  if (!everything_came_back (self) || self->gift_to_recipient)
    return 0;
  if (all_at_merchant_fault (self))
    return self->order->delivery.paid;
  if (policy->delivery_refund == RETOUR_DELIVERY_REFUND_FULL_RETURN
      || (policy->withdrawal.refund_delivery && retour_withdrawal_is_open (self, retour_window_judged_on (self, NULL))))
    return MIN (self->order->delivery.paid, self->order->delivery.standard);
  return 0;
}

/* The goods of a line once `returned` units are back. */
static gint64
goods_of (const RetourOrderLine *line, gint64 returned)
{
  gint64 goods = 0;
  gboolean fits = retour_money_multiply_divide (line->paid, returned, line->quantity, &goods);
  g_assert (fits);
  return goods;
}

static gboolean
compute_entitlement (const RetourQuoteCase *self, RetourRefund *refund, GError **error)
{
  const RetourOrder *order = self->order;
  RetourWide entitled = 0, refunded = (RetourWide) order->delivery.refunded + order->deducted, shown = 0;
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];
      entitled += goods_of (line, self->after[i]);
      refunded += line->refunded;
    }
  for (guint i = 0; i < self->n_entries; i++)
    shown += self->entries[i].goods;
  for (guint i = 0; i < order->promotions->len; i++)
    {
      entitled -= refund->after[i].amount;
      shown += refund->promotion_amounts[i];
    }
  gint64 delivery = delivery_due (self);
  entitled += delivery;
  refund->delivery = MAX (0, delivery - order->delivery.refunded);
  shown += refund->delivery;

  RetourWide owed = MAX (0, entitled - refunded);
  return narrow (owed, &refund->before_deductions, "refund", error)
         && narrow (owed - shown, &refund->adjustment, "refund", error);
}

/* Takes what it can of `wanted` from *left. */
static gint64
deduct (gint64 wanted, gint64 *left)
{
  gint64 deducted = MIN (wanted, *left);
  *left -= deducted;
  return deducted;
}

/* What the customer owes for the transport, unless all that is not an even exchange is at the waived fault. */
static gint64
fee_due (const RetourQuoteCase *self)
{
  for (guint i = 0; i < self->n_entries; i++)
    {
      const RetourQuoteCaseEntry *entry = &self->entries[i];
      const char *fault = entry->reason != NULL ? entry->reason->fault : NULL;
      gboolean waived = fault != NULL && g_strcmp0 (fault, self->policy->waive_for_fault) == 0;
      if (!entry->even && !waived)
        return retour_policy_fee (self->policy, self->draft->method);
    }
  return 0;
}

static void
compute_deductions (RetourQuoteCase *self, RetourRefund *refund)
{
  gint64 left = refund->before_deductions;
  for (guint i = 0; i < self->n_entries; i++)
    {
      RetourQuoteCaseEntry *entry = &self->entries[i];
      gint64 wanted = 0;
      gboolean fits = retour_money_multiply_divide (entry->goods, 100 - entry->percent, 100, &wanted);
      g_assert (fits);
      entry->deduction = deduct (wanted, &left);
    }
  refund->fee = deduct (fee_due (self), &left);
  refund->after_deductions = left;
}

static gboolean
compute_exchange (const RetourQuoteCase *self, RetourRefund *refund, GError **error)
{
  RetourWide price = 0;
  for (guint i = 0; i < self->n_entries; i++)
    price += retour_exchange_entry_price (self, &self->entries[i]);
  RetourWide net = refund->after_deductions - price;
  return narrow (price, &refund->exchange_price, "exchange", error)
         && narrow (MAX (0, net), &refund->total, "refund", error)
         && narrow (MAX (0, -net), &refund->collect, "exchange", error);
}

RetourRefund *
retour_refund_compute (RetourQuoteCase *self, GError **error)
{
  g_autoptr (RetourRefund) refund = g_new0 (RetourRefund, 1);
  if (self->order == NULL)
    return g_steal_pointer (&refund);
  if (!compute_clawbacks (self, refund, error) || !compute_entitlement (self, refund, error))
    return NULL;
  compute_deductions (self, refund);
  if (!compute_exchange (self, refund, error))
    return NULL;
  return g_steal_pointer (&refund);
}

void
retour_refund_free (RetourRefund *refund)
{
  if (refund == NULL)
    return;
  g_free (refund->before);
  g_free (refund->after);
  g_free (refund->promotion_amounts);
  g_free (refund);
}

/* NULL for an amount of 0, which is left out. */
static RetourBreakdown *
add (GPtrArray *breakdown, RetourBreakdownKind kind, gint64 amount)
{
  if (amount == 0)
    return NULL;
  RetourBreakdown *entry = retour_breakdown_new (kind, amount);
  g_ptr_array_add (breakdown, entry);
  return entry;
}

static RetourBreakdown *
add_of_entry (GPtrArray *breakdown, RetourBreakdownKind kind, const RetourQuoteCase *self, guint index, gint64 amount)
{
  RetourBreakdown *entry = add (breakdown, kind, amount);
  if (entry != NULL)
    {
      entry->line = g_strdup (self->entries[index].entry->line);
      entry->entry = index;
    }
  return entry;
}

static void
add_fact (RetourBreakdown *entry, const char *name, RetourFactKind kind, RetourWide number)
{
  gint64 fact;
  if (retour_wide_narrow (number, &fact))
    g_ptr_array_add (entry->facts, retour_fact_new_number (name, kind, fact));
}

static void
add_promotion (const RetourQuoteCase *self, const RetourRefund *refund, guint index, GPtrArray *breakdown)
{
  const RetourPromotion *promotion = self->order->promotions->pdata[index];
  const RetourClawback *after = &refund->after[index];
  RetourBreakdown *entry = add (breakdown, RETOUR_BREAKDOWN_PROMOTION_CLAWBACK, refund->promotion_amounts[index]);
  if (entry == NULL)
    return;
  entry->promotion = g_strdup (promotion->id);
  add_fact (entry, "kept_value", RETOUR_FACT_AMOUNT, after->kept_value);
  if (promotion->kind != RETOUR_PROMOTION_BUY_X_GET_Y)
    add_fact (entry, "threshold", RETOUR_FACT_AMOUNT, promotion->threshold);
  add_fact (entry, "share_kept", RETOUR_FACT_AMOUNT, after->share_kept);
  add_fact (entry, "due_kept", RETOUR_FACT_AMOUNT, after->due_kept);
  if (refund->before[index].amount != 0)
    add_fact (entry, "before", RETOUR_FACT_AMOUNT, refund->before[index].amount);
}

static void
add_goods (const RetourQuoteCase *self, GPtrArray *breakdown)
{
  for (guint i = 0; i < self->n_entries; i++)
    {
      const RetourQuoteCaseEntry *source = &self->entries[i];
      RetourBreakdown *entry = add_of_entry (breakdown, RETOUR_BREAKDOWN_GOODS, self, i, source->goods);
      if (entry != NULL)
        {
          add_fact (entry, "units", RETOUR_FACT_INTEGER, source->entry->quantity);
          add_fact (entry, "unit_price", RETOUR_FACT_AMOUNT, source->line->unit_price);
        }
    }
}

static void
add_conditions (const RetourQuoteCase *self, GPtrArray *breakdown)
{
  for (guint i = 0; i < self->n_entries; i++)
    {
      const RetourQuoteCaseEntry *source = &self->entries[i];
      RetourBreakdown *entry = add_of_entry (breakdown, RETOUR_BREAKDOWN_CONDITION, self, i, -source->deduction);
      if (entry != NULL)
        {
          g_ptr_array_add (entry->facts, retour_fact_new_text ("condition", source->entry->condition));
          add_fact (entry, "percent", RETOUR_FACT_INTEGER, source->percent);
        }
    }
}

static void
add_exchanges (const RetourQuoteCase *self, GPtrArray *breakdown)
{
  for (guint i = 0; i < self->n_entries; i++)
    {
      const RetourDraftEntry *source = self->entries[i].entry;
      gint64 price = retour_exchange_entry_price (self, &self->entries[i]);
      RetourBreakdown *entry = add_of_entry (breakdown, RETOUR_BREAKDOWN_EXCHANGE, self, i, -price);
      if (entry != NULL)
        {
          add_fact (entry, "units", RETOUR_FACT_INTEGER, source->quantity);
          add_fact (entry, "unit_price", RETOUR_FACT_AMOUNT, source->exchange->unit_price);
        }
    }
}

void
retour_refund_break_down (const RetourQuoteCase *self, const RetourRefund *refund, GPtrArray *breakdown)
{
  if (self->order == NULL)
    return;

  add_goods (self, breakdown);
  for (guint i = 0; i < self->order->promotions->len; i++)
    add_promotion (self, refund, i, breakdown);
  RetourBreakdown *delivery = add (breakdown, RETOUR_BREAKDOWN_DELIVERY, refund->delivery);
  if (delivery != NULL)
    add_fact (delivery, "paid", RETOUR_FACT_AMOUNT, self->order->delivery.paid);
  add (breakdown, RETOUR_BREAKDOWN_ADJUSTMENT, refund->adjustment);
  add_conditions (self, breakdown);
  RetourBreakdown *fee = add (breakdown, RETOUR_BREAKDOWN_RETURN_FEE, -refund->fee);
  if (fee != NULL)
    g_ptr_array_add (fee->facts, retour_fact_new_text ("method", self->draft->method));
  add_exchanges (self, breakdown);
}
