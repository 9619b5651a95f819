/* SPDX-License-Identifier: Apache-2.0 */
#include "naive-refund.h"

#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 Wide;

static gint64
divide_half_up (Wide numerator, Wide denominator)
{
  return (gint64) ((2 * numerator + denominator) / (2 * denominator));
}

static gint64
kept_units (const RetourOrder *order, guint line, const gint64 *returned)
{
  return ((const RetourOrderLine *) order->lines->pdata[line])->quantity - returned[line];
}

/* The discount of a promotion on a line, -1 when the line does not carry it. */
static gint64
discount_on (const RetourOrderLine *line, const RetourPromotion *promotion)
{
  for (guint i = 0; i < line->discounts->len; i++)
    {
      const RetourDiscount *discount = line->discounts->pdata[i];
      if (strcmp (discount->promotion, promotion->id) == 0)
        return discount->amount;
    }
  return -1;
}

static int
dearest_first (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;
  return left > right ? -1 : left < right;
}

/* Every kept unit on a row of its own. */
static gint64
free_value (const RetourOrder *order, const RetourPromotion *promotion, const gint64 *returned)
{
  g_autoptr (GArray) prices = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];
      for (gint64 unit = 0; discount_on (line, promotion) >= 0 && unit < kept_units (order, i, returned); unit++)
        g_array_append_val (prices, line->unit_price);
    }
  g_array_sort (prices, dearest_first);

  gint64 value = 0;
  guint group = (guint) (promotion->x + promotion->y);
  for (guint first = 0; first + group <= prices->len; first += group)
    for (guint i = first + (guint) promotion->x; i < first + group; i++)
      value += g_array_index (prices, gint64, i);
  return value;
}

static gint64
clawback_on_lines (const RetourOrder *order, const RetourPromotion *promotion, const gint64 *returned)
{
  gint64 share = 0, value = 0, carriers = 0, due = 0;
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];
      gint64 discount = discount_on (line, promotion);
      if (discount < 0)
        continue;
      share += discount - divide_half_up ((Wide) discount * returned[i], line->quantity);
      value += line->unit_price * kept_units (order, i, returned);
      carriers++;
    }

  switch (promotion->kind)
    {
    case RETOUR_PROMOTION_PERCENT:
      if (value < promotion->threshold)
        return share;
      due = divide_half_up ((Wide) value * promotion->percent.ten_thousandths, 1000000);
      return share - due <= carriers ? 0 : share - due;
    case RETOUR_PROMOTION_AMOUNT:
      due = value >= promotion->threshold ? promotion->amount : 0;
      break;
    case RETOUR_PROMOTION_BUY_X_GET_Y:
      due = free_value (order, promotion, returned);
      break;
    case RETOUR_PROMOTION_FREE_DELIVERY:
      break;
    }
  return MAX (0, share - due);
}

static gint64
clawback_on_delivery (const RetourOrder *order, const RetourPromotion *promotion, const gint64 *returned)
{
  gint64 value = 0;
  for (guint i = 0; i < order->lines->len; i++)
    value += ((const RetourOrderLine *) order->lines->pdata[i])->unit_price * kept_units (order, i, returned);
  return value >= promotion->threshold ? 0 : MAX (0, order->delivery.standard - order->delivery.paid);
}

gint64
naive_entitlement (const RetourOrder *order, const gint64 *returned, gint64 delivery)
{
  gint64 entitled = delivery, kept = 0;
  gboolean delivery_seen = FALSE;
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];
      entitled += divide_half_up ((Wide) line->paid * returned[i], line->quantity);
      kept += kept_units (order, i, returned);
    }
  for (guint i = 0; kept > 0 && i < order->promotions->len; i++)
    {
      const RetourPromotion *promotion = order->promotions->pdata[i];
      gboolean on_delivery = promotion->kind == RETOUR_PROMOTION_FREE_DELIVERY;
      gboolean counts = promotion->on_return == RETOUR_ON_RETURN_RECOMPUTE && !(on_delivery && delivery_seen);
      delivery_seen = delivery_seen || on_delivery;
      if (counts)
        entitled -= on_delivery ? clawback_on_delivery (order, promotion, returned)
                                : clawback_on_lines (order, promotion, returned);
    }
  return entitled;
}

gint64
naive_delivery (const RetourOrder *order,
                const RetourPolicy *policy,
                const gint64 *returned,
                gboolean recipient,
                gboolean merchant_fault,
                gboolean withdrawal_open)
{
  for (guint i = 0; i < order->lines->len; i++)
    if (kept_units (order, i, returned) > 0)
      return 0;
  if (recipient)
    return 0;
  if (merchant_fault)
    return order->delivery.paid;
  if (policy->delivery_refund == RETOUR_DELIVERY_REFUND_FULL_RETURN
      || (policy->withdrawal.refund_delivery && withdrawal_open))
    return MIN (order->delivery.paid, order->delivery.standard);
  return 0;
}
