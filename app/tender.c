/* SPDX-License-Identifier: Apache-2.0 */
#include "tender.h"

#include <string.h>

#define STORE_CREDIT "store_credit"

static gint64
room_of (const RetourPayment *payment)
{
  return payment->captured - payment->refunded;
}

static void
add (GPtrArray *tenders, const RetourPayment *payment, gint64 amount)
{
  if (amount > 0)
    g_ptr_array_add (tenders, retour_tender_new (payment->id, payment->method, NULL, amount));
}

/* Takes from the payments of one method, in document order, or, with `method` NULL, from those that `order` does not name.
 * What is left to take. */
static gint64
take_from (const RetourOrder *order, const RetourPolicy *policy, const char *method, gint64 left, GPtrArray *tenders)
{
  for (guint i = 0; i < order->payments->len && left > 0; i++)
    {
      const RetourPayment *payment = order->payments->pdata[i];
      gboolean meant = method != NULL ? strcmp (payment->method, method) == 0
                                      : !g_strv_contains ((const char *const *) policy->tenders.order, payment->method);
      if (!meant)
        continue;
      gint64 taken = MIN (room_of (payment), left);
      add (tenders, payment, taken);
      left -= taken;
    }
  return left;
}

static gboolean
named_before (GStrv methods, guint index)
{
  for (guint i = 0; i < index; i++)
    if (strcmp (methods[i], methods[index]) == 0)
      return TRUE;
  return FALSE;
}

static gint64
split_sequentially (const RetourOrder *order, const RetourPolicy *policy, gint64 left, GPtrArray *tenders)
{
  GStrv methods = policy->tenders.order;
  for (guint i = 0; methods[i] != NULL; i++)
    if (!named_before (methods, i))
      left = take_from (order, policy, methods[i], left, tenders);
  return take_from (order, policy, NULL, left, tenders);
}

static gint64
split_proportionally (const RetourOrder *order, gint64 total, GPtrArray *tenders)
{
  guint n = order->payments->len;
  if (n == 0)
    return total;
  g_autofree gint64 *captured = g_new (gint64, n), *taken = g_new (gint64, n);
  for (guint i = 0; i < n; i++)
    captured[i] = ((const RetourPayment *) order->payments->pdata[i])->captured;
  retour_money_spread (total, captured, n, taken);

  gint64 left = 0;
  for (guint i = 0; i < n; i++)
    {
      gint64 beyond = MAX (0, taken[i] - room_of (order->payments->pdata[i]));
      taken[i] -= beyond;
      left += beyond;
    }
  for (guint i = 0; i < n; i++)
    {
      gint64 more = MIN (left, room_of (order->payments->pdata[i]) - taken[i]);
      left -= more;
      add (tenders, order->payments->pdata[i], taken[i] + more);
    }
  return left;
}

void
retour_tender_split (const RetourQuoteCase *self, gint64 total, GPtrArray *tenders)
{
  if (total == 0 || self->order == NULL)
    return;
  if (self->gift_to_recipient)
    {
      g_ptr_array_add (tenders, retour_tender_new (STORE_CREDIT, STORE_CREDIT, "gift", total));
      return;
    }

  gint64 left = 0;
  switch (self->policy->tenders.split)
    {
    case RETOUR_SPLIT_SEQUENTIAL:
      left = split_sequentially (self->order, self->policy, total, tenders);
      break;
    case RETOUR_SPLIT_PROPORTIONAL:
      left = split_proportionally (self->order, total, tenders);
      break;
    }
  const char *fallback = self->policy->tenders.fallback;
  if (left > 0)
    g_ptr_array_add (tenders, retour_tender_new (fallback, fallback, "no_payment_left", left));
}
