/* SPDX-License-Identifier: Apache-2.0 */
/* Every amount of the breakdown but the exchanged goods goes to the rate of what it is for; what concerns several lines is
 * spread over them first. */
#include "tax.h"

#include "clawback.h"

#include <string.h>

#define WHOLE (G_GINT64_CONSTANT (100) * 10000)

typedef struct
{
  RetourDecimal rate; /* as first written in the order */
  RetourWide sum;
} RateSum;

typedef struct
{
  GArray *sums;        /* RateSum, in the order of the document */
  guint *rate_of_line; /* index in `sums` */
  guint rate_of_delivery;
} Rates;

static guint
find_rate (GArray *sums, const RetourDecimal *rate)
{
  for (guint i = 0; i < sums->len; i++)
    if (retour_decimal_compare (&g_array_index (sums, RateSum, i).rate, rate) == 0)
      return i;
  RateSum sum = { *rate, 0 };
  g_array_append_val (sums, sum);
  return sums->len - 1;
}

static void
rates_init (Rates *rates, const RetourOrder *order)
{
  rates->sums = g_array_new (FALSE, FALSE, sizeof (RateSum));
  rates->rate_of_line = g_new (guint, order->lines->len);
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];
      rates->rate_of_line[i] = find_rate (rates->sums, &line->tax_rate);
    }
  rates->rate_of_delivery = find_rate (rates->sums, &order->delivery.tax_rate);
}

static void
rates_clear (Rates *rates)
{
  g_array_unref (rates->sums);
  g_free (rates->rate_of_line);
}

static void
add_to_line (Rates *rates, guint line, RetourWide amount)
{
  g_array_index (rates->sums, RateSum, rates->rate_of_line[line]).sum += amount;
}

static void
add_to_delivery (Rates *rates, RetourWide amount)
{
  g_array_index (rates->sums, RateSum, rates->rate_of_delivery).sum += amount;
}

/* Spreads an amount of either sign over lines by weight. */
static void
spread (Rates *rates, gint64 amount, const guint *lines, const gint64 *weights, guint n)
{
  g_autofree gint64 *shares = g_new (gint64, n);
  retour_money_spread (ABS (amount), weights, n, shares);
  for (guint i = 0; i < n; i++)
    add_to_line (rates, lines[i], amount < 0 ? -(RetourWide) shares[i] : (RetourWide) shares[i]);
}

/* The share_kept of each line that carries the promotion; FALSE when it is 0 on all of them. */
static gboolean
fill_shares (const RetourOrder *order,
             const RetourPromotion *promotion,
             const gint64 *returned,
             const GArray *carriers,
             gint64 *shares)
{
  gboolean any = FALSE;
  for (guint i = 0; i < carriers->len; i++)
    {
      guint line = g_array_index (carriers, guint, i);
      RetourWide share = 0;
      gboolean fits = retour_clawback_line_share (order->lines->pdata[line], promotion, returned[line], &share)
                      && retour_wide_narrow (share, &shares[i]);
      if (!fits)
        shares[i] = G_MAXINT64;
      any = any || shares[i] > 0;
    }
  return any;
}

static void
add_promotion (Rates *rates, const RetourQuoteCase *self, guint index, gint64 amount)
{
  const RetourPromotion *promotion = self->order->promotions->pdata[index];
  if (amount == 0)
    return;
  if (promotion->kind == RETOUR_PROMOTION_FREE_DELIVERY)
    {
      add_to_delivery (rates, amount);
      return;
    }

  g_autoptr (GArray) carriers = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < self->order->lines->len; i++)
    if (retour_clawback_line_carries (self->order->lines->pdata[i], promotion))
      g_array_append_val (carriers, i);
  g_autofree gint64 *shares = g_new (gint64, carriers->len);
  if (!fill_shares (self->order, promotion, self->after, carriers, shares))
    fill_shares (self->order, promotion, self->before, carriers, shares);
  spread (rates, amount, (const guint *) (gconstpointer) carriers->data, shares, carriers->len);
}

static void
add_adjustment (Rates *rates, const RetourQuoteCase *self, gint64 amount)
{
  g_autofree guint *lines = g_new (guint, self->n_entries);
  g_autofree gint64 *steps = g_new (gint64, self->n_entries);
  gboolean any = FALSE;
  for (guint i = 0; i < self->n_entries; i++)
    {
      lines[i] = self->entries[i].line_index;
      steps[i] = self->entries[i].goods;
      any = any || steps[i] > 0;
    }
  if (any)
    spread (rates, amount, lines, steps, self->n_entries);
  else
    add_to_delivery (rates, amount);
}

static int
compare_rates (gconstpointer a, gconstpointer b)
{
  const RateSum *left = a, *right = b;
  return retour_decimal_compare (&left->rate, &right->rate);
}

/* amount - round_half_up (amount * 100 / (100 + rate)) */
static gboolean
tax_in (gint64 amount, const RetourDecimal *rate, gint64 *tax)
{
  gint64 gross, net;
  if (!retour_money_add (rate->ten_thousandths, WHOLE, &gross)
      || !retour_money_multiply_divide (ABS (amount), WHOLE, gross, &net))
    return FALSE;
  *tax = amount < 0 ? -(ABS (amount) - net) : amount - net;
  return TRUE;
}

static gboolean
tax_rates (Rates *rates, GPtrArray *taxes, GError **error)
{
  g_array_sort (rates->sums, compare_rates);
  for (guint i = 0; i < rates->sums->len; i++)
    {
      const RateSum *rate = &g_array_index (rates->sums, RateSum, i);
      gint64 amount, tax;
      if (rate->sum == 0)
        continue;
      if (!retour_wide_narrow (rate->sum, &amount) || amount == G_MININT64 || !tax_in (amount, &rate->rate, &tax))
        return retour_quote_set_overflow (error, "tax");
      RetourTax *entry = g_new0 (RetourTax, 1);
      entry->rate = rate->rate;
      entry->amount = tax;
      g_ptr_array_add (taxes, entry);
    }
  return TRUE;
}

gboolean
retour_tax_compute (const RetourQuoteCase *self, const RetourRefund *refund, GPtrArray *taxes, GError **error)
{
  if (self->order == NULL)
    return TRUE;

  Rates rates;
  rates_init (&rates, self->order);
  for (guint i = 0; i < self->n_entries; i++)
    {
      const RetourQuoteCaseEntry *entry = &self->entries[i];
      add_to_line (&rates, entry->line_index, (RetourWide) entry->goods - entry->deduction);
    }
  for (guint i = 0; i < self->order->promotions->len; i++)
    add_promotion (&rates, self, i, refund->promotion_amounts[i]);
  add_to_delivery (&rates, (RetourWide) refund->delivery - refund->fee);
  add_adjustment (&rates, self, refund->adjustment);
  gboolean taxed = tax_rates (&rates, taxes, error);
  rates_clear (&rates);
  return taxed;
}
