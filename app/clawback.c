/* SPDX-License-Identifier: Apache-2.0 */
#include "clawback.h"

#include <string.h>

/* A percentage beyond this one gives more than the whole price all the same. */
#define LARGEST_PERCENT (G_GINT64_CONSTANT (1000000) * 10000)
#define WHOLE (G_GINT64_CONSTANT (100) * 10000)

gboolean
retour_clawback_line_carries (const RetourOrderLine *line, const RetourPromotion *promotion)
{
  for (guint i = 0; i < line->discounts->len; i++)
    {
      const RetourDiscount *discount = line->discounts->pdata[i];
      if (strcmp (discount->promotion, promotion->id) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
retour_clawback_line_share (const RetourOrderLine *line,
                            const RetourPromotion *promotion,
                            gint64 returned,
                            RetourWide *share)
{
  RetourWide whole = 0, gone;
  for (guint i = 0; i < line->discounts->len; i++)
    {
      const RetourDiscount *discount = line->discounts->pdata[i];
      if (strcmp (discount->promotion, promotion->id) == 0)
        whole += discount->amount;
    }
  if (!retour_wide_multiply_divide (whole, returned, line->quantity, &gone))
    return FALSE;
  *share = whole - gone;
  return TRUE;
}

static gboolean
keeps_anything (const RetourOrder *order, const gint64 *returned)
{
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];
      if (returned[i] < line->quantity)
        return TRUE;
    }
  return FALSE;
}

/* Only the first free delivery of the document counts, whatever its on_return. */
static gboolean
is_first_free_delivery (const RetourOrder *order, const RetourPromotion *promotion)
{
  for (guint i = 0; i < order->promotions->len; i++)
    {
      const RetourPromotion *other = order->promotions->pdata[i];
      if (other->kind == RETOUR_PROMOTION_FREE_DELIVERY)
        return other == promotion;
    }
  return FALSE;
}

typedef struct
{
  gint64 price, units;
} Kept;

static int
compare_by_price (gconstpointer a, gconstpointer b)
{
  const Kept *left = a, *right = b;
  return (left->price < right->price) - (left->price > right->price);
}

/* How many of the first `units` units are free, where of each group of x + y the last y are. */
static RetourWide
free_among (RetourWide units, const RetourPromotion *promotion)
{
  RetourWide group = (RetourWide) promotion->x + promotion->y;
  RetourWide beyond_paid = units % group - promotion->x;
  return units / group * promotion->y + (beyond_paid > 0 ? beyond_paid : 0);
}

/* The kept units stand in a row, most expensive first; runs of one line have one price, so no unit is looked at by itself. */
static RetourWide
free_units_value (GArray *kept, const RetourPromotion *promotion)
{
  RetourWide total = 0;
  for (guint i = 0; i < kept->len; i++)
    total += g_array_index (kept, Kept, i).units;
  RetourWide grouped = total - total % ((RetourWide) promotion->x + promotion->y);

  g_array_sort (kept, compare_by_price);
  RetourWide first = 0, value = 0;
  for (guint i = 0; i < kept->len && first < grouped; i++)
    {
      const Kept *run = &g_array_index (kept, Kept, i);
      RetourWide end = MIN (first + run->units, grouped);
      value += (free_among (end, promotion) - free_among (first, promotion)) * run->price;
      first += run->units;
    }
  return value;
}

static gboolean
percent_due (const RetourPromotion *promotion, RetourClawback *clawback, guint n_carriers)
{
  if (clawback->kept_value < promotion->threshold)
    return TRUE;
  if (!retour_wide_multiply_divide (clawback->kept_value, MIN (promotion->percent.ten_thousandths, LARGEST_PERCENT),
                                    WHOLE, &clawback->due_kept))
    return FALSE;
  /* One minor unit a line is how the discount was rounded when it was spread, not a discount that is no longer earned. */
  RetourWide difference = clawback->share_kept - clawback->due_kept;
  if (difference > 0 && difference <= n_carriers)
    clawback->due_kept = clawback->share_kept;
  return TRUE;
}

/* Of a promotion whose discount lies on lines. */
static gboolean
compute_on_lines (const RetourOrder *order,
                  const RetourPromotion *promotion,
                  const gint64 *returned,
                  RetourClawback *clawback)
{
  guint n_carriers = 0;
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (Kept));
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];
      if (!retour_clawback_line_carries (line, promotion))
        continue;
      RetourWide share;
      if (!retour_clawback_line_share (line, promotion, returned[i], &share))
        return FALSE;
      Kept run = { line->unit_price, line->quantity - returned[i] };
      g_array_append_val (kept, run);
      clawback->share_kept += share;
      clawback->kept_value += (RetourWide) run.price * run.units;
      n_carriers++;
    }

  switch (promotion->kind)
    {
    case RETOUR_PROMOTION_PERCENT:
      return percent_due (promotion, clawback, n_carriers);
    case RETOUR_PROMOTION_AMOUNT:
      clawback->due_kept = clawback->kept_value >= promotion->threshold ? promotion->amount : 0;
      break;
    case RETOUR_PROMOTION_BUY_X_GET_Y:
      clawback->due_kept = free_units_value (kept, promotion);
      break;
    case RETOUR_PROMOTION_FREE_DELIVERY:
      break;
    }
  return TRUE;
}

static void
compute_free_delivery (const RetourOrder *order,
                       const RetourPromotion *promotion,
                       const gint64 *returned,
                       RetourClawback *clawback)
{
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];
      clawback->kept_value += (RetourWide) line->unit_price * (line->quantity - returned[i]);
    }
  clawback->share_kept = MAX (0, order->delivery.standard - order->delivery.paid);
  clawback->due_kept = clawback->kept_value >= promotion->threshold ? clawback->share_kept : 0;
}

gboolean
retour_clawback_compute (const RetourOrder *order,
                         const RetourPromotion *promotion,
                         const gint64 *returned,
                         RetourClawback *clawback)
{
  *clawback = (RetourClawback){ 0 };
  if (promotion->on_return == RETOUR_ON_RETURN_PRORATE || !keeps_anything (order, returned))
    return TRUE;
  if (promotion->kind != RETOUR_PROMOTION_FREE_DELIVERY)
    {
      if (!compute_on_lines (order, promotion, returned, clawback))
        return FALSE;
    }
  else if (is_first_free_delivery (order, promotion))
    compute_free_delivery (order, promotion, returned, clawback);
  clawback->amount = MAX (0, clawback->share_kept - clawback->due_kept);
  return TRUE;
}
