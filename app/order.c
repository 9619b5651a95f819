/* SPDX-License-Identifier: Apache-2.0 */
/* The order as a value: made, copied, freed, and the plain questions about its lines and parcels. */
#include "order.h"

#include <string.h>

static void
discount_free (RetourDiscount *discount)
{
  g_free (discount->promotion);
  g_free (discount);
}

static void
order_line_free (RetourOrderLine *line)
{
  g_free (line->id);
  g_free (line->sku);
  g_free (line->gtin);
  g_free (line->product);
  g_free (line->title);
  g_free (line->variant);
  g_free (line->category);
  g_strfreev (line->flags);
  g_strfreev (line->serials);
  g_ptr_array_unref (line->discounts);
  g_free (line);
}

static void
line_quantity_free (RetourLineQuantity *held)
{
  g_free (held->line);
  g_free (held);
}

static void
parcel_free (RetourParcel *parcel)
{
  g_free (parcel->id);
  g_free (parcel->carrier);
  g_free (parcel->tracking);
  g_free (parcel->sscc);
  g_free (parcel->status);
  g_ptr_array_unref (parcel->lines);
  g_free (parcel);
}

static void
promotion_free (RetourPromotion *promotion)
{
  g_free (promotion->id);
  retour_words_clear (&promotion->title);
  g_free (promotion);
}

static void
payment_free (RetourPayment *payment)
{
  g_free (payment->id);
  g_free (payment->method);
  g_free (payment->label);
  g_free (payment);
}

static void
announced_line_free (RetourAnnouncedLine *line)
{
  g_free (line->line);
  g_free (line->reason);
  g_free (line);
}

static void
announcement_free (RetourAnnouncement *announcement)
{
  g_free (announcement->id);
  g_free (announcement->label);
  g_free (announcement->by);
  g_free (announcement->method);
  g_ptr_array_unref (announcement->lines);
  g_free (announcement);
}

static void
customer_clear (RetourCustomer *customer)
{
  g_free (customer->id);
  g_free (customer->name);
  g_free (customer->email);
  g_free (customer->phone);
  g_free (customer->postcode);
  g_free (customer->tier);
}

RetourDiscount *
retour_discount_new (const char *promotion, gint64 amount)
{
  g_return_val_if_fail (promotion != NULL, NULL);

  RetourDiscount *discount = g_new0 (RetourDiscount, 1);
  discount->promotion = g_strdup (promotion);
  discount->amount = amount;
  return discount;
}

RetourOrderLine *
retour_order_line_new (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  RetourOrderLine *line = g_new0 (RetourOrderLine, 1);
  line->id = g_strdup (id);
  line->flags = g_new0 (char *, 1);
  line->serials = g_new0 (char *, 1);
  line->tax_rate = (RetourDecimal){ 0, "0" };
  line->discounts = g_ptr_array_new_with_free_func ((GDestroyNotify) discount_free);
  return line;
}

RetourLineQuantity *
retour_line_quantity_new (const char *line, gint64 quantity)
{
  g_return_val_if_fail (line != NULL, NULL);

  RetourLineQuantity *held = g_new0 (RetourLineQuantity, 1);
  held->line = g_strdup (line);
  held->quantity = quantity;
  return held;
}

RetourParcel *
retour_parcel_new (const char *id)
{
  RetourParcel *parcel = g_new0 (RetourParcel, 1);
  parcel->id = g_strdup (id);
  parcel->delivered_at = RETOUR_INSTANT_NONE;
  parcel->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_quantity_free);
  return parcel;
}

RetourPromotion *
retour_promotion_new (const char *id, RetourPromotionKind kind)
{
  g_return_val_if_fail (id != NULL, NULL);

  RetourPromotion *promotion = g_new0 (RetourPromotion, 1);
  promotion->id = g_strdup (id);
  promotion->kind = kind;
  promotion->percent = (RetourDecimal){ 0, "0" };
  return promotion;
}

RetourPayment *
retour_payment_new (const char *id, const char *method)
{
  g_return_val_if_fail (id != NULL && method != NULL, NULL);

  RetourPayment *payment = g_new0 (RetourPayment, 1);
  payment->id = g_strdup (id);
  payment->method = g_strdup (method);
  return payment;
}

RetourAnnouncedLine *
retour_announced_line_new (const char *line, gint64 quantity, const char *reason)
{
  g_return_val_if_fail (line != NULL, NULL);

  RetourAnnouncedLine *announced = g_new0 (RetourAnnouncedLine, 1);
  announced->line = g_strdup (line);
  announced->quantity = quantity;
  announced->reason = g_strdup (reason);
  return announced;
}

RetourAnnouncement *
retour_announcement_new (const char *id)
{
  RetourAnnouncement *announcement = g_new0 (RetourAnnouncement, 1);
  announcement->id = g_strdup (id);
  announcement->at = RETOUR_INSTANT_NONE;
  announcement->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) announced_line_free);
  return announcement;
}

RetourOrder *
retour_order_new (void)
{
  RetourOrder *order = g_new0 (RetourOrder, 1);
  order->number = g_strdup ("");
  order->updated_at = RETOUR_INSTANT_NONE;
  order->placed_at = RETOUR_INSTANT_NONE;
  order->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) order_line_free);
  order->parcels = g_ptr_array_new_with_free_func ((GDestroyNotify) parcel_free);
  order->delivery.tax_rate = (RetourDecimal){ 0, "0" };
  order->promotions = g_ptr_array_new_with_free_func ((GDestroyNotify) promotion_free);
  order->payments = g_ptr_array_new_with_free_func ((GDestroyNotify) payment_free);
  order->announced = g_ptr_array_new_with_free_func ((GDestroyNotify) announcement_free);
  return order;
}

void
retour_order_free (RetourOrder *order)
{
  if (order == NULL)
    return;
  g_free (order->id);
  g_free (order->number);
  g_free (order->channel);
  g_free (order->market);
  g_free (order->locale);
  customer_clear (&order->customer);
  g_ptr_array_unref (order->lines);
  g_ptr_array_unref (order->parcels);
  g_ptr_array_unref (order->promotions);
  g_ptr_array_unref (order->payments);
  g_ptr_array_unref (order->announced);
  g_free (order);
}

static gpointer
discount_copy (gconstpointer source, gpointer user_data)
{
  const RetourDiscount *discount = source;
  return retour_discount_new (discount->promotion, discount->amount);
}

static gpointer
order_line_copy (gconstpointer source, gpointer user_data)
{
  const RetourOrderLine *line = source;
  RetourOrderLine *copy = g_memdup2 (line, sizeof *line);
  copy->id = g_strdup (line->id);
  copy->sku = g_strdup (line->sku);
  copy->gtin = g_strdup (line->gtin);
  copy->product = g_strdup (line->product);
  copy->title = g_strdup (line->title);
  copy->variant = g_strdup (line->variant);
  copy->category = g_strdup (line->category);
  copy->flags = g_strdupv (line->flags);
  copy->serials = g_strdupv (line->serials);
  copy->discounts = g_ptr_array_copy (line->discounts, discount_copy, NULL);
  return copy;
}

static gpointer
line_quantity_copy (gconstpointer source, gpointer user_data)
{
  const RetourLineQuantity *held = source;
  return retour_line_quantity_new (held->line, held->quantity);
}

static gpointer
parcel_copy (gconstpointer source, gpointer user_data)
{
  const RetourParcel *parcel = source;
  RetourParcel *copy = g_memdup2 (parcel, sizeof *parcel);
  copy->id = g_strdup (parcel->id);
  copy->carrier = g_strdup (parcel->carrier);
  copy->tracking = g_strdup (parcel->tracking);
  copy->sscc = g_strdup (parcel->sscc);
  copy->status = g_strdup (parcel->status);
  copy->lines = g_ptr_array_copy (parcel->lines, line_quantity_copy, NULL);
  return copy;
}

static gpointer
promotion_copy (gconstpointer source, gpointer user_data)
{
  const RetourPromotion *promotion = source;
  RetourPromotion *copy = g_memdup2 (promotion, sizeof *promotion);
  copy->id = g_strdup (promotion->id);
  copy->title = (RetourWords){ 0 };
  retour_words_copy (&copy->title, &promotion->title);
  return copy;
}

static gpointer
payment_copy (gconstpointer source, gpointer user_data)
{
  const RetourPayment *payment = source;
  RetourPayment *copy = g_memdup2 (payment, sizeof *payment);
  copy->id = g_strdup (payment->id);
  copy->method = g_strdup (payment->method);
  copy->label = g_strdup (payment->label);
  return copy;
}

static gpointer
announced_line_copy (gconstpointer source, gpointer user_data)
{
  const RetourAnnouncedLine *line = source;
  return retour_announced_line_new (line->line, line->quantity, line->reason);
}

static gpointer
announcement_copy (gconstpointer source, gpointer user_data)
{
  const RetourAnnouncement *announcement = source;
  RetourAnnouncement *copy = g_memdup2 (announcement, sizeof *announcement);
  copy->id = g_strdup (announcement->id);
  copy->label = g_strdup (announcement->label);
  copy->by = g_strdup (announcement->by);
  copy->method = g_strdup (announcement->method);
  copy->lines = g_ptr_array_copy (announcement->lines, announced_line_copy, NULL);
  return copy;
}

RetourOrder *
retour_order_copy (const RetourOrder *order)
{
  g_return_val_if_fail (order != NULL, NULL);

  RetourOrder *copy = g_memdup2 (order, sizeof *order);
  copy->id = g_strdup (order->id);
  copy->number = g_strdup (order->number);
  copy->channel = g_strdup (order->channel);
  copy->market = g_strdup (order->market);
  copy->locale = g_strdup (order->locale);
  copy->customer.id = g_strdup (order->customer.id);
  copy->customer.name = g_strdup (order->customer.name);
  copy->customer.email = g_strdup (order->customer.email);
  copy->customer.phone = g_strdup (order->customer.phone);
  copy->customer.postcode = g_strdup (order->customer.postcode);
  copy->customer.tier = g_strdup (order->customer.tier);
  copy->lines = g_ptr_array_copy (order->lines, order_line_copy, NULL);
  copy->parcels = g_ptr_array_copy (order->parcels, parcel_copy, NULL);
  copy->promotions = g_ptr_array_copy (order->promotions, promotion_copy, NULL);
  copy->payments = g_ptr_array_copy (order->payments, payment_copy, NULL);
  copy->announced = g_ptr_array_copy (order->announced, announcement_copy, NULL);
  return copy;
}

const RetourOrderLine *
retour_order_find_line (const RetourOrder *order, const char *id, guint *index)
{
  g_return_val_if_fail (order != NULL && id != NULL, NULL);

  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];
      if (strcmp (line->id, id) != 0)
        continue;
      if (index != NULL)
        *index = i;
      return line;
    }
  return NULL;
}

const RetourPromotion *
retour_order_find_promotion (const RetourOrder *order, const char *id)
{
  g_return_val_if_fail (order != NULL && id != NULL, NULL);

  for (guint i = 0; i < order->promotions->len; i++)
    {
      const RetourPromotion *promotion = order->promotions->pdata[i];
      if (strcmp (promotion->id, id) == 0)
        return promotion;
    }
  return NULL;
}

gint64
retour_order_line_returnable (const RetourOrderLine *line)
{
  g_return_val_if_fail (line != NULL, 0);
  return MAX (line->delivered - line->returned, 0);
}

char *
retour_order_line_gtin14 (const RetourOrderLine *line)
{
  g_return_val_if_fail (line != NULL, NULL);

  if (line->gtin == NULL || line->gtin[0] == '\0')
    return NULL;
  gsize length = strlen (line->gtin);
  return g_strdup_printf ("%.*s%s", length < 14 ? (int) (14 - length) : 0, "00000000000000", line->gtin);
}

RetourInstant
retour_order_last_delivery (const RetourOrder *order)
{
  g_return_val_if_fail (order != NULL, RETOUR_INSTANT_NONE);

  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];
      if (line->delivered < line->quantity)
        return RETOUR_INSTANT_NONE;
    }

  RetourInstant latest = RETOUR_INSTANT_NONE;
  for (guint i = 0; i < order->parcels->len; i++)
    {
      const RetourParcel *parcel = order->parcels->pdata[i];
      latest = MAX (latest, parcel->delivered_at);
    }
  return latest;
}

gint64
retour_order_captured (const RetourOrder *order)
{
  g_return_val_if_fail (order != NULL, 0);

  gint64 sum = 0;
  for (guint i = 0; i < order->payments->len; i++)
    {
      const RetourPayment *payment = order->payments->pdata[i];
      if (!retour_money_add (sum, payment->captured, &sum))
        return G_MAXINT64;
    }
  return sum;
}
