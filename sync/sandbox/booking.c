/* SPDX-License-Identifier: Apache-2.0 */
#include "booking.h"

#include "members.h"

#include <string.h>

static json_object *
find_by (json_object *list, const char *name, const char *id)
{
  for (size_t i = 0; list != NULL && i < json_object_array_length (list); i++)
    {
      json_object *entry = json_object_array_get_idx (list, i);

      if (g_strcmp0 (sandbox_member_text (entry, name), id) == 0)
        return entry;
    }
  return NULL;
}

static void
add (json_object *object, const char *name, gint64 amount)
{
  json_object_object_add (object, name, json_object_new_int64 (sandbox_member_integer (object, name, 0) + amount));
}

/* The entry of a list whose member `name` is `id`, made when there is none. */
static json_object *
entry_of (json_object *list, const char *name, const char *id)
{
  json_object *entry = find_by (list, name, id);

  if (entry == NULL)
    {
      entry = json_object_new_object ();
      sandbox_member_add_text (entry, name, id);
      json_object_array_add (list, entry);
    }
  return entry;
}

static gint64
sum_of (const RetourReturn *ret, RetourBreakdownKind kind)
{
  gint64 sum = 0;

  for (guint i = 0; i < ret->breakdown->len; i++)
    {
      const RetourBreakdown *entry = ret->breakdown->pdata[i];

      if (entry->kind == kind)
        sum += entry->amount;
    }
  return sum;
}

/* Spreads what was refunded for goods over the lines that came back by their goods steps; what a line was never paid for
 * goes to the next that has room, and in the end to the first. */
static void
book_goods (json_object *lines, const RetourOrder *order, const RetourReturn *ret, gint64 amount)
{
  guint n = ret->lines->len;
  g_autofree gint64 *weights = g_new0 (gint64, n + 1), *shares = g_new0 (gint64, n + 1);
  gint64 left = 0;

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    weights[i] = ((const RetourReturnLine *) ret->lines->pdata[i])->goods;
  retour_money_spread (amount, weights, n, shares);
  for (guint i = 0; i < n; i++)
    {
      const RetourReturnLine *returned = ret->lines->pdata[i];
      const RetourOrderLine *line = retour_order_find_line (order, returned->line, NULL);
      json_object *booked = entry_of (lines, "line", returned->line);
      gint64 room = line != NULL ? line->paid - line->refunded - sandbox_member_integer (booked, "refunded", 0) : 0;
      gint64 share = CLAMP (shares[i] + left, 0, MAX (room, 0));

      left += shares[i] - share;
      add (booked, "refunded", share);
    }
  if (left > 0)
    add (json_object_array_get_idx (lines, 0), "refunded", left);
}

json_object *
sandbox_booking_new (const RetourOrder *order, const RetourReturn *ret)
{
  json_object *booking = json_object_new_object (), *lines = json_object_new_array (),
              *payments = json_object_new_array ();
  /* After deductions, what pays for an exchange included. */
  gint64 refunded = ret->total - ret->exchange_collect + ret->exchange_price;
  gint64 delivery = CLAMP (sum_of (ret, RETOUR_BREAKDOWN_DELIVERY), 0, MAX (refunded, 0));

  json_object_object_add (booking, "lines", lines);
  for (guint i = 0; i < ret->lines->len; i++)
    {
      const RetourReturnLine *line = ret->lines->pdata[i];

      add (entry_of (lines, "line", line->line), "returned", line->even_exchange ? 0 : line->quantity);
    }
  book_goods (lines, order, ret, MAX (refunded, 0) - delivery);
  json_object_object_add (booking, "delivery", json_object_new_int64 (delivery));
  json_object_object_add (booking, "deducted",
                          json_object_new_int64 (-sum_of (ret, RETOUR_BREAKDOWN_CONDITION)
                                                 - sum_of (ret, RETOUR_BREAKDOWN_RETURN_FEE)));
  json_object_object_add (booking, "payments", payments);
  for (guint i = 0; i < ret->tenders->len; i++)
    {
      const RetourReturnTender *tender = ret->tenders->pdata[i];

      add (entry_of (payments, "payment", tender->payment), "refunded", tender->amount);
    }
  return booking;
}

void
sandbox_booking_apply (json_object *booking, json_object *order, int sign)
{
  json_object *lines = sandbox_member_array (booking, "lines"), *payments = sandbox_member_array (booking, "payments");
  json_object *delivery = sandbox_member_object (order, "delivery");

  for (size_t i = 0; lines != NULL && i < json_object_array_length (lines); i++)
    {
      json_object *booked = json_object_array_get_idx (lines, i);
      json_object *line = find_by (sandbox_member_array (order, "lines"), "id", sandbox_member_text (booked, "line"));

      if (line == NULL)
        continue;
      add (line, "returned", sign * sandbox_member_integer (booked, "returned", 0));
      add (line, "refunded", sign * sandbox_member_integer (booked, "refunded", 0));
    }
  /* The fallback is no payment of the order. */
  for (size_t i = 0; payments != NULL && i < json_object_array_length (payments); i++)
    {
      json_object *booked = json_object_array_get_idx (payments, i);
      json_object *payment =
          find_by (sandbox_member_array (order, "payments"), "id", sandbox_member_text (booked, "payment"));

      if (payment != NULL)
        add (payment, "refunded", sign * sandbox_member_integer (booked, "refunded", 0));
    }
  if (delivery != NULL)
    add (delivery, "refunded", sign * sandbox_member_integer (booking, "delivery", 0));
  add (order, "deducted", sign * sandbox_member_integer (booking, "deducted", 0));
}
