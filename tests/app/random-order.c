/* SPDX-License-Identifier: Apache-2.0 */
#include "random-order.h"

#include <string.h>

static const char *const conditions[] = { "new", "opened", "worn", "broken", NULL };
static const char *const reasons[] = { "size", "defect", NULL };
static const char *const rates[] = { "20.00", "5.5", "20.0", "0", NULL };

static gint64
draw_price (Choices *choices)
{
  switch (choices_draw (choices, 9))
    {
    case 9:
      return choices_draw_int64 (choices, 0, RETOUR_MONEY_MAX / 25);
    case 8:
      return 0;
    default:
      return choices_draw (choices, 400);
    }
}

static RetourPromotion *
draw_promotion (Choices *choices, guint index)
{
  static const char *const percents[] = { "10", "20", "12.5", "100", "33.3333" };
  g_autofree char *id = g_strdup_printf ("P%u", index);
  RetourPromotion *promotion = retour_promotion_new (id, choices_draw (choices, RETOUR_PROMOTION_FREE_DELIVERY));
  promotion->on_return = choices_once_in (choices, 4) ? RETOUR_ON_RETURN_PRORATE : RETOUR_ON_RETURN_RECOMPUTE;
  promotion->threshold = choices_draw (choices, 800);
  promotion->amount = choices_draw (choices, 100);
  promotion->x = choices_draw (choices, 3);
  promotion->y = choices_draw (choices, 2);
  if (promotion->x + promotion->y == 0)
    promotion->y = 1;
  g_assert_true (
      retour_decimal_parse (percents[choices_draw (choices, G_N_ELEMENTS (percents) - 1)], &promotion->percent));
  return promotion;
}

/* Any discount of up to half of what is left of the line's price: spread well or badly, claw-backs must cope. */
static void
draw_discounts (Choices *choices, const RetourOrder *order, RetourOrderLine *line)
{
  for (guint i = 0; i < order->promotions->len; i++)
    {
      const RetourPromotion *promotion = order->promotions->pdata[i];
      if (promotion->kind == RETOUR_PROMOTION_FREE_DELIVERY || choices_once_in (choices, 3))
        continue;
      gint64 amount = choices_draw (choices, 300);
      amount = MIN (amount, line->paid / 2);
      line->paid -= amount;
      g_ptr_array_add (line->discounts, retour_discount_new (promotion->id, amount));
    }
}

static RetourOrderLine *
draw_line (Choices *choices, const RetourOrder *order, guint index)
{
  g_autofree char *id = g_strdup_printf ("l%u", index);
  RetourOrderLine *line = retour_order_line_new (id);
  line->product = g_strdup_printf ("product-%u", index);
  line->quantity = line->delivered = 1 + choices_draw (choices, 5);
  line->unit_price = draw_price (choices);
  line->paid = line->quantity * line->unit_price;
  draw_discounts (choices, order, line);
  g_assert_true (retour_decimal_parse (rates[choices_draw (choices, 3)], &line->tax_rate));
  return line;
}

gint64
random_order_paid (const RetourOrder *order)
{
  gint64 paid = order->delivery.paid;
  for (guint i = 0; i < order->lines->len; i++)
    paid += ((const RetourOrderLine *) order->lines->pdata[i])->paid;
  return paid;
}

static void
draw_payments (Choices *choices, RetourOrder *order)
{
  static const char *const methods[] = { "card", "gift_card", "paypal" };
  gint64 left = random_order_paid (order);
  for (guint i = choices_draw (choices, 2);; i--)
    {
      g_autofree char *id = g_strdup_printf ("pay%u", i);
      RetourPayment *payment = retour_payment_new (id, methods[i]);
      payment->captured = i == 0 ? left : choices_draw_int64 (choices, 0, left);
      left -= payment->captured;
      g_ptr_array_add (order->payments, payment);
      if (i == 0)
        break;
    }
}

RetourOrder *
random_order_draw (Choices *choices)
{
  RetourOrder *order = retour_order_new ();
  g_free (order->number);
  order->number = g_strdup ("W1");
  strcpy (order->currency, "EUR");
  g_assert_true (retour_instant_parse ("2026-11-02T18:03:11Z", &order->placed_at));
  order->gift = choices_once_in (choices, 10);
  for (guint i = choices_draw (choices, 3); i > 0; i--)
    g_ptr_array_add (order->promotions, draw_promotion (choices, i));
  for (guint i = 0, n = 1 + choices_draw (choices, 3); i < n; i++)
    g_ptr_array_add (order->lines, draw_line (choices, order, i));
  order->delivery.standard = choices_draw (choices, 600);
  order->delivery.paid = choices_once_in (choices, 3) ? 0 : choices_draw (choices, 900);
  g_assert_true (retour_decimal_parse (rates[choices_draw (choices, 3)], &order->delivery.tax_rate));
  draw_payments (choices, order);

  RetourParcel *parcel = retour_parcel_new ("p1");
  g_assert_true (retour_instant_parse ("2026-11-05T09:30:00Z", &parcel->delivered_at));
  g_ptr_array_add (order->parcels, parcel);
  return order;
}

static void
add_reason (RetourPolicy *policy, const char *code, const char *fault)
{
  RetourReason *reason = retour_reason_new (code);
  reason->fault = g_strdup (fault);
  g_ptr_array_add (policy->reasons, reason);
}

RetourPolicy *
random_policy_draw (Choices *choices, const RetourOrder *order, gboolean deductions)
{
  RetourPolicy *policy = retour_policy_new ();
  strcpy (policy->currency, order->currency);
  g_free (policy->time_zone);
  policy->time_zone = g_strdup ("Europe/Paris");
  policy->has_withdrawal = TRUE;
  policy->withdrawal.days = 14;
  policy->withdrawal.refund_delivery = choices_draw (choices, 1);
  policy->delivery_refund = choices_draw (choices, RETOUR_DELIVERY_REFUND_FULL_RETURN);
  policy->tenders.split = choices_draw (choices, RETOUR_SPLIT_PROPORTIONAL);
  policy->exchange.same_product_at_paid_price = TRUE;
  if (choices_draw (choices, 1))
    {
      g_strfreev (policy->tenders.order);
      policy->tenders.order = g_strsplit ("paypal card", " ", 0);
    }
  add_reason (policy, reasons[0], "customer");
  add_reason (policy, reasons[1], "merchant");
  policy->waive_for_fault = g_strdup ("merchant");
  for (guint i = 0; conditions[i] != NULL; i++)
    {
      RetourCondition *condition = retour_condition_new (conditions[i]);
      condition->percent = deductions ? choices_draw (choices, 100) : 100;
      g_ptr_array_add (policy->conditions, condition);
    }
  gint64 fee = deductions ? choices_draw (choices, 500) : 0;
  g_hash_table_insert (policy->fees, g_strdup ("mailbox"), g_memdup2 (&fee, sizeof fee));
  return policy;
}

static RetourExchangedItem *
draw_item (Choices *choices, const RetourOrderLine *line)
{
  RetourExchangedItem item = { .sku = (char *) "NEW",
                               .product = choices_draw (choices, 1) ? line->product : (char *) "other",
                               .unit_price = draw_price (choices) };
  return retour_exchanged_item_copy (&item);
}

RetourDraft *
random_draft_draw (Choices *choices, const RetourOrder *order, gboolean exchanges)
{
  g_autoptr (RetourDraft) draft = retour_draft_new (choices_draw (choices, 1) ? "mailbox" : "desk");
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];
      gint64 left = retour_order_line_returnable (line);
      while (left > 0 && !choices_once_in (choices, 3))
        {
          RetourDraftEntry *entry = retour_draft_entry_new (line->id, 1 + choices_draw (choices, (guint32) left - 1));
          entry->condition = g_strdup (conditions[choices_draw (choices, 3)]);
          entry->reason = g_strdup (reasons[choices_once_in (choices, 4)]);
          if (exchanges && choices_once_in (choices, 4))
            entry->exchange = draw_item (choices, line);
          left -= entry->quantity;
          g_ptr_array_add (draft->entries, entry);
        }
    }
  return draft->entries->len > 0 ? g_steal_pointer (&draft) : NULL;
}

static gint64
sum_of (const RetourQuote *quote, RetourBreakdownKind kind)
{
  gint64 sum = 0;
  for (guint i = 0; i < quote->breakdown->len; i++)
    {
      const RetourBreakdown *entry = quote->breakdown->pdata[i];
      if (entry->kind == kind)
        sum += entry->amount;
    }
  return sum;
}

void
random_order_book (RetourOrder *order, const RetourDraft *draft, const RetourQuote *quote)
{
  for (guint i = 0; i < draft->entries->len; i++)
    {
      const RetourDraftEntry *entry = draft->entries->pdata[i];
      guint index;
      retour_order_find_line (order, entry->line, &index);
      if (!((RetourQuoteLine *) quote->lines->pdata[i])->even_exchange)
        ((RetourOrderLine *) order->lines->pdata[index])->returned += entry->quantity;
    }
  /* Which line says it does not matter, only their sum is ever asked for; no line needs to say more than it was paid. */
  gint64 refunded = quote->total - quote->exchange_collect + quote->exchange_price;
  gint64 delivery = MIN (refunded, sum_of (quote, RETOUR_BREAKDOWN_DELIVERY));
  order->delivery.refunded += delivery;
  refunded -= delivery;
  for (guint i = 0; i < order->lines->len && refunded > 0; i++)
    {
      RetourOrderLine *line = order->lines->pdata[i];
      gint64 goods = MIN (refunded, line->paid - line->refunded);
      line->refunded += goods;
      refunded -= goods;
    }
  order->deducted -= sum_of (quote, RETOUR_BREAKDOWN_CONDITION) + sum_of (quote, RETOUR_BREAKDOWN_RETURN_FEE);
  for (guint i = 0; i < quote->tenders->len; i++)
    {
      const RetourTender *tender = quote->tenders->pdata[i];
      for (guint j = 0; j < order->payments->len; j++)
        {
          RetourPayment *payment = order->payments->pdata[j];
          if (strcmp (payment->id, tender->payment) == 0)
            payment->refunded += tender->amount;
        }
    }
}

char *
random_order_describe (const RetourOrder *order)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < order->promotions->len; i++)
    {
      const RetourPromotion *promotion = order->promotions->pdata[i];
      g_string_append_printf (text,
                              "\n  promotion %s kind %d on_return %d percent %s amount %" G_GINT64_FORMAT
                              " threshold %" G_GINT64_FORMAT " x %" G_GINT64_FORMAT " y %" G_GINT64_FORMAT,
                              promotion->id, promotion->kind, promotion->on_return, promotion->percent.written,
                              promotion->amount, promotion->threshold, promotion->x, promotion->y);
    }
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];
      g_string_append_printf (text,
                              "\n  line %s: %" G_GINT64_FORMAT " x %" G_GINT64_FORMAT ", paid %" G_GINT64_FORMAT
                              ", returned %" G_GINT64_FORMAT ", tax %s",
                              line->id, line->quantity, line->unit_price, line->paid, line->returned,
                              line->tax_rate.written);
      for (guint j = 0; j < line->discounts->len; j++)
        {
          const RetourDiscount *discount = line->discounts->pdata[j];
          g_string_append_printf (text, ", %s -%" G_GINT64_FORMAT, discount->promotion, discount->amount);
        }
    }
  g_string_append_printf (text,
                          "\n  delivery paid %" G_GINT64_FORMAT ", standard %" G_GINT64_FORMAT
                          ", refunded %" G_GINT64_FORMAT ", deducted %" G_GINT64_FORMAT "%s",
                          order->delivery.paid, order->delivery.standard, order->delivery.refunded, order->deducted,
                          order->gift ? ", gift" : "");
  return g_string_free (text, FALSE);
}
