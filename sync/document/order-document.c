/* SPDX-License-Identifier: Apache-2.0 */
/* The order document (DOMAIN.md 1). */
#include "documents.h"
#include "json-reader.h"
#include "json-writer.h"

#include <string.h>

static const char *const promotion_kinds[] = { "percent", "amount", "buy_x_get_y", "free_delivery", NULL };
static const char *const on_return_choices[] = { "prorate", "recompute", NULL };

/* For what the domain always has a name for, and a document may leave out. */
static char *
read_name (RetourJsonReader *reader, RetourJsonPlace place, const char *name, RetourJsonNeed need)
{
  char *text = retour_json_text (reader, place, name, need);
  return text != NULL ? text : g_strdup ("");
}

static void
read_discounts (RetourJsonReader *reader, RetourJsonPlace place, GPtrArray *discounts)
{
  RetourJsonPlace list = retour_json_list (reader, place, "discounts", RETOUR_JSON_OPTIONAL);
  for (RetourJsonPlace i = retour_json_first (reader, list); i != RETOUR_JSON_NONE; i = retour_json_next (reader, i))
    {
      g_autofree char *promotion = read_name (reader, i, "promotion", RETOUR_JSON_OPTIONAL);
      gint64 amount = retour_json_amount (reader, i, "amount", RETOUR_JSON_OPTIONAL);
      g_ptr_array_add (discounts, retour_discount_new (promotion, amount));
    }
}

static RetourOrderLine *
read_line (RetourJsonReader *reader, RetourJsonPlace place)
{
  g_autofree char *id = read_name (reader, place, "id", RETOUR_JSON_REQUIRED);
  RetourOrderLine *line = retour_order_line_new (id);
  line->sku = retour_json_text (reader, place, "sku", RETOUR_JSON_OPTIONAL);
  line->gtin = retour_json_text (reader, place, "gtin", RETOUR_JSON_OPTIONAL);
  line->product = retour_json_text (reader, place, "product", RETOUR_JSON_OPTIONAL);
  line->title = retour_json_text (reader, place, "title", RETOUR_JSON_OPTIONAL);
  line->variant = retour_json_text (reader, place, "variant", RETOUR_JSON_OPTIONAL);
  line->category = retour_json_text (reader, place, "category", RETOUR_JSON_OPTIONAL);
  g_strfreev (line->flags);
  line->flags = retour_json_texts (reader, place, "flags");
  line->quantity = retour_json_whole (reader, place, "quantity", RETOUR_JSON_REQUIRED, 1, G_MAXINT64);
  line->unit_price = retour_json_amount (reader, place, "unit_price", RETOUR_JSON_REQUIRED);
  line->paid = retour_json_amount (reader, place, "paid", RETOUR_JSON_REQUIRED);
  line->tax_rate = retour_json_decimal (reader, place, "tax_rate", RETOUR_JSON_OPTIONAL);
  read_discounts (reader, place, line->discounts);
  line->delivered = retour_json_whole (reader, place, "delivered", RETOUR_JSON_REQUIRED, 0, G_MAXINT64);
  line->returned = retour_json_whole (reader, place, "returned", RETOUR_JSON_OPTIONAL, 0, G_MAXINT64);
  line->refunded = retour_json_amount (reader, place, "refunded", RETOUR_JSON_OPTIONAL);
  g_strfreev (line->serials);
  line->serials = retour_json_texts (reader, place, "serials");
  return line;
}

static RetourParcel *
read_parcel (RetourJsonReader *reader, RetourJsonPlace place)
{
  g_autofree char *id = retour_json_text (reader, place, "id", RETOUR_JSON_OPTIONAL);
  RetourParcel *parcel = retour_parcel_new (id);
  parcel->carrier = retour_json_text (reader, place, "carrier", RETOUR_JSON_OPTIONAL);
  parcel->tracking = retour_json_text (reader, place, "tracking", RETOUR_JSON_OPTIONAL);
  parcel->sscc = retour_json_text (reader, place, "sscc", RETOUR_JSON_OPTIONAL);
  parcel->status = retour_json_text (reader, place, "status", RETOUR_JSON_OPTIONAL);
  parcel->delivered_at = retour_json_instant (reader, place, "delivered_at", RETOUR_JSON_OPTIONAL);
  RetourJsonPlace list = retour_json_list (reader, place, "lines", RETOUR_JSON_OPTIONAL);
  for (RetourJsonPlace i = retour_json_first (reader, list); i != RETOUR_JSON_NONE; i = retour_json_next (reader, i))
    {
      g_autofree char *line = read_name (reader, i, "line", RETOUR_JSON_OPTIONAL);
      gint64 quantity = retour_json_whole (reader, i, "quantity", RETOUR_JSON_OPTIONAL, 0, G_MAXINT64);
      g_ptr_array_add (parcel->lines, retour_line_quantity_new (line, quantity));
    }
  return parcel;
}

static RetourPromotion *
read_promotion (RetourJsonReader *reader, RetourJsonPlace place)
{
  g_autofree char *id = read_name (reader, place, "id", RETOUR_JSON_OPTIONAL);
  RetourWords title = retour_json_words (reader, place, "title");
  RetourPromotionKind kind = retour_json_choice (reader, place, "kind", RETOUR_JSON_REQUIRED, promotion_kinds);
  RetourPromotion *promotion = retour_promotion_new (id, kind);
  promotion->title = title;
#define NEED(wanted) (kind == (wanted) ? RETOUR_JSON_REQUIRED : RETOUR_JSON_OPTIONAL)
  promotion->percent = retour_json_decimal (reader, place, "percent", NEED (RETOUR_PROMOTION_PERCENT));
  promotion->amount = retour_json_amount (reader, place, "amount", NEED (RETOUR_PROMOTION_AMOUNT));
  promotion->x = retour_json_whole (reader, place, "x", NEED (RETOUR_PROMOTION_BUY_X_GET_Y), 0, G_MAXINT64);
  promotion->y = retour_json_whole (reader, place, "y", NEED (RETOUR_PROMOTION_BUY_X_GET_Y), 0, G_MAXINT64);
#undef NEED
  promotion->threshold = retour_json_amount (reader, place, "threshold", RETOUR_JSON_OPTIONAL);
  promotion->on_return = retour_json_choice (reader, place, "on_return", RETOUR_JSON_OPTIONAL, on_return_choices);
  return promotion;
}

static RetourPayment *
read_payment (RetourJsonReader *reader, RetourJsonPlace place)
{
  g_autofree char *id = read_name (reader, place, "id", RETOUR_JSON_REQUIRED);
  g_autofree char *method = read_name (reader, place, "method", RETOUR_JSON_REQUIRED);
  RetourPayment *payment = retour_payment_new (id, method);
  payment->label = retour_json_text (reader, place, "label", RETOUR_JSON_OPTIONAL);
  payment->captured = retour_json_amount (reader, place, "captured", RETOUR_JSON_REQUIRED);
  payment->refunded = retour_json_amount (reader, place, "refunded", RETOUR_JSON_OPTIONAL);
  return payment;
}

static RetourAnnouncement *
read_announcement (RetourJsonReader *reader, RetourJsonPlace place)
{
  g_autofree char *id = retour_json_text (reader, place, "id", RETOUR_JSON_OPTIONAL);
  RetourAnnouncement *announcement = retour_announcement_new (id);
  announcement->label = retour_json_text (reader, place, "label", RETOUR_JSON_OPTIONAL);
  announcement->by = retour_json_text (reader, place, "by", RETOUR_JSON_OPTIONAL);
  announcement->method = retour_json_text (reader, place, "method", RETOUR_JSON_OPTIONAL);
  RetourJsonPlace list = retour_json_list (reader, place, "lines", RETOUR_JSON_OPTIONAL);
  for (RetourJsonPlace i = retour_json_first (reader, list); i != RETOUR_JSON_NONE; i = retour_json_next (reader, i))
    {
      g_autofree char *line = read_name (reader, i, "line", RETOUR_JSON_OPTIONAL);
      gint64 quantity = retour_json_whole (reader, i, "quantity", RETOUR_JSON_OPTIONAL, 0, G_MAXINT64);
      g_autofree char *reason = retour_json_text (reader, i, "reason", RETOUR_JSON_OPTIONAL);
      g_ptr_array_add (announcement->lines, retour_announced_line_new (line, quantity, reason));
    }
  announcement->at = retour_json_instant (reader, place, "at", RETOUR_JSON_OPTIONAL);
  return announcement;
}

static void
read_customer (RetourJsonReader *reader, RetourCustomer *customer)
{
  RetourJsonPlace place = retour_json_object (reader, RETOUR_JSON_ROOT, "customer", RETOUR_JSON_OPTIONAL);
  customer->id = retour_json_text (reader, place, "id", RETOUR_JSON_OPTIONAL);
  customer->name = retour_json_text (reader, place, "name", RETOUR_JSON_OPTIONAL);
  customer->email = retour_json_text (reader, place, "email", RETOUR_JSON_OPTIONAL);
  customer->phone = retour_json_text (reader, place, "phone", RETOUR_JSON_OPTIONAL);
  customer->postcode = retour_json_text (reader, place, "postcode", RETOUR_JSON_OPTIONAL);
  customer->tier = retour_json_text (reader, place, "tier", RETOUR_JSON_OPTIONAL);
}

/* Every element of a list of the root, each made by `read`. */
static void
read_list (RetourJsonReader *reader,
           const char *name,
           RetourJsonNeed need,
           gpointer (*read) (RetourJsonReader *reader, RetourJsonPlace place),
           GPtrArray *into)
{
  RetourJsonPlace list = retour_json_list (reader, RETOUR_JSON_ROOT, name, need);
  for (RetourJsonPlace i = retour_json_first (reader, list); i != RETOUR_JSON_NONE; i = retour_json_next (reader, i))
    g_ptr_array_add (into, read (reader, i));
}

typedef gpointer (*ReadElement) (RetourJsonReader *reader, RetourJsonPlace place);

static void
read_head (RetourJsonReader *reader, RetourOrder *order)
{
  order->id = retour_json_text (reader, RETOUR_JSON_ROOT, "id", RETOUR_JSON_OPTIONAL);
  g_free (order->number);
  order->number = read_name (reader, RETOUR_JSON_ROOT, "number", RETOUR_JSON_REQUIRED);
  order->version = retour_json_whole (reader, RETOUR_JSON_ROOT, "version", RETOUR_JSON_OPTIONAL, 0, G_MAXINT64);
  order->updated_at = retour_json_instant (reader, RETOUR_JSON_ROOT, "updated_at", RETOUR_JSON_OPTIONAL);
  order->channel = retour_json_text (reader, RETOUR_JSON_ROOT, "channel", RETOUR_JSON_OPTIONAL);
  order->market = retour_json_text (reader, RETOUR_JSON_ROOT, "market", RETOUR_JSON_OPTIONAL);
  order->locale = retour_json_text (reader, RETOUR_JSON_ROOT, "locale", RETOUR_JSON_OPTIONAL);
  retour_json_currency (reader, RETOUR_JSON_ROOT, "currency", order->currency);
  order->placed_at = retour_json_instant (reader, RETOUR_JSON_ROOT, "placed_at", RETOUR_JSON_REQUIRED);
  order->gift = retour_json_flag (reader, RETOUR_JSON_ROOT, "gift");
  order->deducted = retour_json_amount (reader, RETOUR_JSON_ROOT, "deducted", RETOUR_JSON_OPTIONAL);
}

static void
read_delivery (RetourJsonReader *reader, RetourOrder *order)
{
  RetourJsonPlace place = retour_json_object (reader, RETOUR_JSON_ROOT, "delivery", RETOUR_JSON_OPTIONAL);
  order->delivery.paid = retour_json_amount (reader, place, "paid", RETOUR_JSON_OPTIONAL);
  order->delivery.standard = retour_json_amount (reader, place, "standard", RETOUR_JSON_OPTIONAL);
  order->delivery.refunded = retour_json_amount (reader, place, "refunded", RETOUR_JSON_OPTIONAL);
  order->delivery.tax_rate = retour_json_decimal (reader, place, "tax_rate", RETOUR_JSON_OPTIONAL);
}

RetourOrder *
retour_order_document_read (const char *text, gssize length, GError **error)
{
  g_autoptr (RetourJsonReader) reader = retour_json_reader_new (text, length, error);
  if (reader == NULL)
    return NULL;

  g_autoptr (RetourOrder) order = retour_order_new ();
  read_head (reader, order);
  read_customer (reader, &order->customer);
  read_list (reader, "lines", RETOUR_JSON_REQUIRED, (ReadElement) read_line, order->lines);
  read_list (reader, "parcels", RETOUR_JSON_OPTIONAL, (ReadElement) read_parcel, order->parcels);
  read_delivery (reader, order);
  read_list (reader, "promotions", RETOUR_JSON_OPTIONAL, (ReadElement) read_promotion, order->promotions);
  read_list (reader, "payments", RETOUR_JSON_OPTIONAL, (ReadElement) read_payment, order->payments);
  read_list (reader, "announced", RETOUR_JSON_OPTIONAL, (ReadElement) read_announcement, order->announced);
  if (!retour_json_reader_finish (reader, error) || !retour_order_check (order, error))
    return NULL;
  return g_steal_pointer (&order);
}

static void
write_customer (RetourJsonWriter *writer, const RetourCustomer *customer)
{
  retour_json_begin_object (writer, "customer");
  retour_json_write_text (writer, "id", customer->id);
  retour_json_write_text (writer, "name", customer->name);
  retour_json_write_text (writer, "email", customer->email);
  retour_json_write_text (writer, "phone", customer->phone);
  retour_json_write_text (writer, "postcode", customer->postcode);
  retour_json_write_text (writer, "tier", customer->tier);
  retour_json_end_object (writer);
}

static void
write_line (RetourJsonWriter *writer, const RetourOrderLine *line)
{
  retour_json_begin_object (writer, NULL);
  retour_json_write_text (writer, "id", line->id);
  retour_json_write_text (writer, "sku", line->sku);
  retour_json_write_text (writer, "gtin", line->gtin);
  retour_json_write_text (writer, "product", line->product);
  retour_json_write_text (writer, "title", line->title);
  retour_json_write_text (writer, "variant", line->variant);
  retour_json_write_text (writer, "category", line->category);
  retour_json_write_texts (writer, "flags", (const char *const *) line->flags);
  retour_json_write_whole (writer, "quantity", line->quantity);
  retour_json_write_whole (writer, "unit_price", line->unit_price);
  retour_json_write_whole (writer, "paid", line->paid);
  retour_json_write_text (writer, "tax_rate", line->tax_rate.written);
  retour_json_begin_list (writer, "discounts");
  for (guint i = 0; i < line->discounts->len; i++)
    {
      const RetourDiscount *discount = line->discounts->pdata[i];
      retour_json_begin_object (writer, NULL);
      retour_json_write_text (writer, "promotion", discount->promotion);
      retour_json_write_whole (writer, "amount", discount->amount);
      retour_json_end_object (writer);
    }
  retour_json_end_list (writer);
  retour_json_write_whole (writer, "delivered", line->delivered);
  retour_json_write_whole (writer, "returned", line->returned);
  retour_json_write_whole (writer, "refunded", line->refunded);
  retour_json_write_texts (writer, "serials", (const char *const *) line->serials);
  retour_json_end_object (writer);
}

static void
write_parcel (RetourJsonWriter *writer, const RetourParcel *parcel)
{
  retour_json_begin_object (writer, NULL);
  retour_json_write_text (writer, "id", parcel->id);
  retour_json_write_text (writer, "carrier", parcel->carrier);
  retour_json_write_text (writer, "tracking", parcel->tracking);
  retour_json_write_text (writer, "sscc", parcel->sscc);
  retour_json_write_text (writer, "status", parcel->status);
  retour_json_write_instant (writer, "delivered_at", parcel->delivered_at);
  retour_json_begin_list (writer, "lines");
  for (guint i = 0; i < parcel->lines->len; i++)
    {
      const RetourLineQuantity *held = parcel->lines->pdata[i];
      retour_json_begin_object (writer, NULL);
      retour_json_write_text (writer, "line", held->line);
      retour_json_write_whole (writer, "quantity", held->quantity);
      retour_json_end_object (writer);
    }
  retour_json_end_list (writer);
  retour_json_end_object (writer);
}

static void
write_promotion (RetourJsonWriter *writer, const RetourPromotion *promotion)
{
  retour_json_begin_object (writer, NULL);
  retour_json_write_text (writer, "id", promotion->id);
  retour_json_write_words (writer, "title", &promotion->title);
  retour_json_write_text (writer, "kind", promotion_kinds[promotion->kind]);
  switch (promotion->kind)
    {
    case RETOUR_PROMOTION_PERCENT:
      retour_json_write_text (writer, "percent", promotion->percent.written);
      break;
    case RETOUR_PROMOTION_AMOUNT:
      retour_json_write_whole (writer, "amount", promotion->amount);
      break;
    case RETOUR_PROMOTION_BUY_X_GET_Y:
      retour_json_write_whole (writer, "x", promotion->x);
      retour_json_write_whole (writer, "y", promotion->y);
      break;
    case RETOUR_PROMOTION_FREE_DELIVERY:
      break;
    }
  retour_json_write_whole (writer, "threshold", promotion->threshold);
  retour_json_write_text (writer, "on_return", on_return_choices[promotion->on_return]);
  retour_json_end_object (writer);
}

static void
write_payment (RetourJsonWriter *writer, const RetourPayment *payment)
{
  retour_json_begin_object (writer, NULL);
  retour_json_write_text (writer, "id", payment->id);
  retour_json_write_text (writer, "method", payment->method);
  retour_json_write_text (writer, "label", payment->label);
  retour_json_write_whole (writer, "captured", payment->captured);
  retour_json_write_whole (writer, "refunded", payment->refunded);
  retour_json_end_object (writer);
}

static void
write_announcement (RetourJsonWriter *writer, const RetourAnnouncement *announcement)
{
  retour_json_begin_object (writer, NULL);
  retour_json_write_text (writer, "id", announcement->id);
  retour_json_write_text (writer, "label", announcement->label);
  retour_json_write_text (writer, "by", announcement->by);
  retour_json_write_text (writer, "method", announcement->method);
  retour_json_begin_list (writer, "lines");
  for (guint i = 0; i < announcement->lines->len; i++)
    {
      const RetourAnnouncedLine *line = announcement->lines->pdata[i];
      retour_json_begin_object (writer, NULL);
      retour_json_write_text (writer, "line", line->line);
      retour_json_write_whole (writer, "quantity", line->quantity);
      retour_json_write_text (writer, "reason", line->reason);
      retour_json_end_object (writer);
    }
  retour_json_end_list (writer);
  retour_json_write_instant (writer, "at", announcement->at);
  retour_json_end_object (writer);
}

typedef void (*WriteElement) (RetourJsonWriter *writer, gconstpointer element);

static void
write_list (RetourJsonWriter *writer, const char *name, const GPtrArray *elements, WriteElement write)
{
  retour_json_begin_list (writer, name);
  for (guint i = 0; i < elements->len; i++)
    write (writer, elements->pdata[i]);
  retour_json_end_list (writer);
}

char *
retour_order_document_write (const RetourOrder *order)
{
  g_return_val_if_fail (order != NULL, NULL);

  RetourJsonWriter writer;
  retour_json_writer_init (&writer, FALSE);
  retour_json_begin_object (&writer, NULL);
  retour_json_write_text (&writer, "id", order->id);
  retour_json_write_text (&writer, "number", order->number);
  retour_json_write_whole (&writer, "version", order->version);
  retour_json_write_instant (&writer, "updated_at", order->updated_at);
  retour_json_write_text (&writer, "channel", order->channel);
  retour_json_write_text (&writer, "market", order->market);
  retour_json_write_text (&writer, "locale", order->locale);
  retour_json_write_text (&writer, "currency", order->currency);
  retour_json_write_instant (&writer, "placed_at", order->placed_at);
  retour_json_write_flag (&writer, "gift", order->gift);
  retour_json_write_whole (&writer, "deducted", order->deducted);
  write_customer (&writer, &order->customer);
  write_list (&writer, "lines", order->lines, (WriteElement) write_line);
  write_list (&writer, "parcels", order->parcels, (WriteElement) write_parcel);
  retour_json_begin_object (&writer, "delivery");
  retour_json_write_whole (&writer, "paid", order->delivery.paid);
  retour_json_write_whole (&writer, "standard", order->delivery.standard);
  retour_json_write_whole (&writer, "refunded", order->delivery.refunded);
  retour_json_write_text (&writer, "tax_rate", order->delivery.tax_rate.written);
  retour_json_end_object (&writer);
  write_list (&writer, "promotions", order->promotions, (WriteElement) write_promotion);
  write_list (&writer, "payments", order->payments, (WriteElement) write_payment);
  write_list (&writer, "announced", order->announced, (WriteElement) write_announcement);
  retour_json_end_object (&writer);
  return retour_json_writer_end (&writer);
}
