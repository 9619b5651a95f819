/* SPDX-License-Identifier: Apache-2.0 */
/* What the members of an order say of one another (DOMAIN.md 1). A document that breaks its own arithmetic is refused whole:
 * a refund computed from it would be wrong by an unknown amount. */
#include "order.h"

#include <string.h>

__extension__ typedef __int128 Wide;

G_DEFINE_QUARK (retour - order - error - quark, retour_order_error)

static gboolean malformed (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
malformed (GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, RETOUR_ORDER_ERROR, RETOUR_ORDER_ERROR_MALFORMED, message);
  return FALSE;
}

static gboolean
check_amount (gint64 amount, const char *list, guint index, const char *member, GError **error)
{
  if (amount >= 0 && amount <= RETOUR_MONEY_MAX)
    return TRUE;
  const char *expected = amount < 0 ? "expected a whole number >= 0" : "expected at most 1000000000000000";
  if (list == NULL)
    return malformed (error, "%s: %s", member, expected);
  return malformed (error, "%s[%u].%s: %s", list, index, member, expected);
}

static gboolean
check_line_quantities (const RetourOrderLine *line, guint index, GError **error)
{
  if (line->quantity < 1)
    return malformed (error, "lines[%u].quantity: expected a whole number >= 1", index);
  if (line->delivered < 0)
    return malformed (error, "lines[%u].delivered: expected a whole number >= 0", index);
  if (line->delivered > line->quantity)
    return malformed (error, "lines[%u].delivered: %" G_GINT64_FORMAT " is more than the quantity, %" G_GINT64_FORMAT,
                      index, line->delivered, line->quantity);
  if (line->returned < 0)
    return malformed (error, "lines[%u].returned: expected a whole number >= 0", index);
  if (line->returned > line->delivered)
    return malformed (error,
                      "lines[%u].returned: %" G_GINT64_FORMAT " is more than what was delivered, %" G_GINT64_FORMAT,
                      index, line->returned, line->delivered);
  return TRUE;
}

static gboolean
check_line_amounts (const RetourOrderLine *line, guint index, GError **error)
{
  if (!check_amount (line->unit_price, "lines", index, "unit_price", error)
      || !check_amount (line->paid, "lines", index, "paid", error)
      || !check_amount (line->refunded, "lines", index, "refunded", error))
    return FALSE;

  Wide owed = (Wide) line->quantity * line->unit_price;
  for (guint i = 0; i < line->discounts->len; i++)
    {
      const RetourDiscount *discount = line->discounts->pdata[i];
      if (discount->amount < 0 || discount->amount > RETOUR_MONEY_MAX)
        return malformed (error, "lines[%u].discounts[%u].amount: expected a whole number from 0 to 1000000000000000",
                          index, i);
      owed -= discount->amount;
    }
  if (owed != line->paid)
    return malformed (error, "lines[%u].paid: expected quantity * unit_price - discounts", index);
  return TRUE;
}

static gboolean
check_lines (const RetourOrder *order, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];
      if (!g_hash_table_add (ids, line->id))
        return malformed (error, "lines[%u].id: another line has the id “%s”", i, line->id);
      if (!check_line_quantities (line, i, error) || !check_line_amounts (line, i, error))
        return FALSE;
    }
  return TRUE;
}

/* A quantity elsewhere than on a line: of a parcel or an announcement. */
static gboolean
check_held_quantity (gint64 quantity, const char *list, guint index, guint line, GError **error)
{
  if (quantity < 0)
    return malformed (error, "%s[%u].lines[%u].quantity: expected a whole number >= 0", list, index, line);
  return TRUE;
}

static gboolean
check_parcels (const RetourOrder *order, GError **error)
{
  for (guint i = 0; i < order->parcels->len; i++)
    {
      const RetourParcel *parcel = order->parcels->pdata[i];
      for (guint j = 0; j < parcel->lines->len; j++)
        {
          const RetourLineQuantity *held = parcel->lines->pdata[j];
          if (!check_held_quantity (held->quantity, "parcels", i, j, error))
            return FALSE;
        }
    }
  for (guint i = 0; i < order->announced->len; i++)
    {
      const RetourAnnouncement *announcement = order->announced->pdata[i];
      for (guint j = 0; j < announcement->lines->len; j++)
        {
          const RetourAnnouncedLine *line = announcement->lines->pdata[j];
          if (!check_held_quantity (line->quantity, "announced", i, j, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_promotions (const RetourOrder *order, GError **error)
{
  for (guint i = 0; i < order->promotions->len; i++)
    {
      const RetourPromotion *promotion = order->promotions->pdata[i];
      if (!check_amount (promotion->amount, "promotions", i, "amount", error)
          || !check_amount (promotion->threshold, "promotions", i, "threshold", error))
        return FALSE;
      if (promotion->x < 0)
        return malformed (error, "promotions[%u].x: expected a whole number >= 0", i);
      if (promotion->y < 0)
        return malformed (error, "promotions[%u].y: expected a whole number >= 0", i);
      gint64 group;
      if (promotion->kind == RETOUR_PROMOTION_BUY_X_GET_Y
          && (!retour_money_add (promotion->x, promotion->y, &group) || group == 0))
        return malformed (error, "promotions[%u].x: expected x + y to be at least 1", i);
    }
  return TRUE;
}

static gboolean
check_payments (const RetourOrder *order, GError **error)
{
  for (guint i = 0; i < order->payments->len; i++)
    {
      const RetourPayment *payment = order->payments->pdata[i];
      if (!check_amount (payment->captured, "payments", i, "captured", error)
          || !check_amount (payment->refunded, "payments", i, "refunded", error))
        return FALSE;
      if (payment->refunded > payment->captured)
        return malformed (error,
                          "payments[%u].refunded: %" G_GINT64_FORMAT
                          " is more than what was captured, %" G_GINT64_FORMAT,
                          i, payment->refunded, payment->captured);
    }
  return TRUE;
}

gboolean
retour_order_check (const RetourOrder *order, GError **error)
{
  g_return_val_if_fail (order != NULL, FALSE);

  if (!retour_currency_is_valid (order->currency))
    return malformed (error, "currency: expected a three-letter ISO 4217 code");
  if (order->placed_at == RETOUR_INSTANT_NONE)
    return malformed (error, "placed_at: missing");
  return check_amount (order->deducted, NULL, 0, "deducted", error)
         && check_amount (order->delivery.paid, NULL, 0, "delivery.paid", error)
         && check_amount (order->delivery.standard, NULL, 0, "delivery.standard", error)
         && check_amount (order->delivery.refunded, NULL, 0, "delivery.refunded", error) && check_lines (order, error)
         && check_parcels (order, error) && check_promotions (order, error) && check_payments (order, error);
}
