/* SPDX-License-Identifier: Apache-2.0 */
/* The return document (DOMAIN.md 5): what was recorded, canonically. What changes later, and the proof that is signed over
 * it, are not in it. */
#include "documents.h"
#include "item-document.h"
#include "json-reader.h"
#include "json-writer.h"

static const char *const decisions[] = { "accept", "accept_if_approved", "refuse_unless_approved", "refuse", NULL };

static RetourReturnLine *
read_line (RetourJsonReader *reader, RetourJsonPlace place)
{
  g_autofree char *id = retour_json_text (reader, place, "line", RETOUR_JSON_REQUIRED);
  gint64 quantity = retour_json_whole (reader, place, "quantity", RETOUR_JSON_REQUIRED, 1, G_MAXINT64);
  RetourReturnLine *line = retour_return_line_new (id, quantity);
  line->sku = retour_json_text (reader, place, "sku", RETOUR_JSON_OPTIONAL);
  line->gtin = retour_json_text (reader, place, "gtin", RETOUR_JSON_OPTIONAL);
  line->product = retour_json_text (reader, place, "product", RETOUR_JSON_OPTIONAL);
  line->title = retour_json_text (reader, place, "title", RETOUR_JSON_OPTIONAL);
  line->variant = retour_json_text (reader, place, "variant", RETOUR_JSON_OPTIONAL);
  line->category = retour_json_text (reader, place, "category", RETOUR_JSON_OPTIONAL);
  line->reason = retour_json_text (reader, place, "reason", RETOUR_JSON_OPTIONAL);
  line->condition = retour_json_text (reader, place, "condition", RETOUR_JSON_OPTIONAL);
  line->grade = retour_json_text (reader, place, "grade", RETOUR_JSON_OPTIONAL);
  line->disposition = retour_json_text (reader, place, "disposition", RETOUR_JSON_OPTIONAL);
  line->serial = retour_json_text (reader, place, "serial", RETOUR_JSON_OPTIONAL);
  line->note = retour_json_text (reader, place, "note", RETOUR_JSON_OPTIONAL);
  line->decision = retour_json_choice (reader, place, "decision", RETOUR_JSON_REQUIRED, decisions);
  line->goods = retour_json_amount (reader, place, "goods", RETOUR_JSON_OPTIONAL);
  line->exchange = retour_item_read (reader, place, "exchange");
  line->even_exchange = retour_json_flag (reader, place, "even");
  return line;
}

/* Sums may exceed what one amount of an order may be. */
static gint64
read_sum (RetourJsonReader *reader, RetourJsonPlace place, const char *name, RetourJsonNeed need)
{
  return retour_json_whole (reader, place, name, need, 0, G_MAXINT64);
}

static RetourReturnTender *
read_tender (RetourJsonReader *reader, RetourJsonPlace place)
{
  g_autofree char *payment = retour_json_text (reader, place, "payment", RETOUR_JSON_REQUIRED);
  g_autofree char *method = retour_json_text (reader, place, "method", RETOUR_JSON_REQUIRED);
  g_autofree char *label = retour_json_text (reader, place, "label", RETOUR_JSON_OPTIONAL);
  gint64 amount = read_sum (reader, place, "amount", RETOUR_JSON_REQUIRED);
  return retour_return_tender_new (payment, method, label, amount);
}

static void
read_head (RetourJsonReader *reader, RetourReturn *self)
{
  RetourJsonPlace order = retour_json_object (reader, RETOUR_JSON_ROOT, "order", RETOUR_JSON_OPTIONAL);
  self->order_id = retour_json_text (reader, order, "id", RETOUR_JSON_OPTIONAL);
  self->order_number = retour_json_text (reader, order, "number", RETOUR_JSON_OPTIONAL);
  self->visit = retour_json_text (reader, RETOUR_JSON_ROOT, "visit", RETOUR_JSON_OPTIONAL);
  self->kind = retour_json_text (reader, RETOUR_JSON_ROOT, "kind", RETOUR_JSON_OPTIONAL);
  RetourJsonPlace origin = retour_json_object (reader, RETOUR_JSON_ROOT, "origin", RETOUR_JSON_OPTIONAL);
  self->store = retour_json_text (reader, origin, "store", RETOUR_JSON_OPTIONAL);
  self->terminal = retour_json_text (reader, origin, "terminal", RETOUR_JSON_OPTIONAL);
  self->mode = retour_json_text (reader, origin, "mode", RETOUR_JSON_OPTIONAL);
  self->staff = retour_json_text (reader, origin, "staff", RETOUR_JSON_OPTIONAL);
  self->staff_name = retour_json_text (reader, origin, "staff_name", RETOUR_JSON_OPTIONAL);
  self->policy_version = retour_json_text (reader, RETOUR_JSON_ROOT, "policy", RETOUR_JSON_OPTIONAL);
  self->customer_name = retour_json_text (reader, RETOUR_JSON_ROOT, "customer", RETOUR_JSON_OPTIONAL);
  self->recorded_at = retour_json_instant (reader, RETOUR_JSON_ROOT, "recorded_at", RETOUR_JSON_REQUIRED);
  self->clock_offset = retour_json_signed_amount (reader, RETOUR_JSON_ROOT, "clock_offset");
  self->offline = retour_json_flag (reader, RETOUR_JSON_ROOT, "offline");
  self->gift = retour_json_flag (reader, RETOUR_JSON_ROOT, "gift");
  self->withdrawal_last_day = retour_json_day (reader, RETOUR_JSON_ROOT, "withdrawal_last_day");
  self->refund_latest_day = retour_json_day (reader, RETOUR_JSON_ROOT, "refund_latest_day");
}

static void
read_amounts (RetourJsonReader *reader, RetourReturn *self)
{
  RetourJsonPlace refund = retour_json_object (reader, RETOUR_JSON_ROOT, "refund", RETOUR_JSON_REQUIRED);
  retour_json_currency (reader, refund, "currency", self->currency);
  self->total = read_sum (reader, refund, "total", RETOUR_JSON_REQUIRED);
  retour_breakdown_read (reader, refund, self->breakdown);
  retour_taxes_read (reader, refund, self->taxes);
  RetourJsonPlace tenders = retour_json_list (reader, refund, "tenders", RETOUR_JSON_OPTIONAL);
  for (RetourJsonPlace i = retour_json_first (reader, tenders); i != RETOUR_JSON_NONE; i = retour_json_next (reader, i))
    g_ptr_array_add (self->tenders, read_tender (reader, i));

  RetourJsonPlace exchange = retour_json_object (reader, RETOUR_JSON_ROOT, "exchange", RETOUR_JSON_OPTIONAL);
  self->exchange_price = read_sum (reader, exchange, "price", RETOUR_JSON_OPTIONAL);
  self->exchange_collect = read_sum (reader, exchange, "collect", RETOUR_JSON_OPTIONAL);
}

RetourReturn *
retour_return_document_read (const char *text, gssize length, GError **error)
{
  g_autoptr (RetourJsonReader) reader = retour_json_reader_new (text, length, error);
  if (reader == NULL)
    return NULL;

  g_autofree char *id = retour_json_text (reader, RETOUR_JSON_ROOT, "id", RETOUR_JSON_REQUIRED);
  g_autofree char *number = retour_json_text (reader, RETOUR_JSON_ROOT, "number", RETOUR_JSON_REQUIRED);
  g_autoptr (RetourReturn) self = retour_return_new (id, number);
  read_head (reader, self);
  RetourJsonPlace lines = retour_json_list (reader, RETOUR_JSON_ROOT, "lines", RETOUR_JSON_REQUIRED);
  for (RetourJsonPlace i = retour_json_first (reader, lines); i != RETOUR_JSON_NONE; i = retour_json_next (reader, i))
    g_ptr_array_add (self->lines, read_line (reader, i));
  read_amounts (reader, self);
  retour_approvals_read (reader, RETOUR_JSON_ROOT, self->approvals);
  if (!retour_json_reader_finish (reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
write_head (RetourJsonWriter *writer, const RetourReturn *self)
{
  retour_json_write_text (writer, "id", self->id);
  retour_json_write_text (writer, "number", self->number);
  retour_json_write_text (writer, "visit", self->visit);
  if (self->order_id != NULL || self->order_number != NULL)
    {
      retour_json_begin_object (writer, "order");
      retour_json_write_text (writer, "id", self->order_id);
      retour_json_write_text (writer, "number", self->order_number);
      retour_json_end_object (writer);
    }
  retour_json_write_text (writer, "kind", self->kind);
  retour_json_begin_object (writer, "origin");
  retour_json_write_text (writer, "store", self->store);
  retour_json_write_text (writer, "terminal", self->terminal);
  retour_json_write_text (writer, "mode", self->mode);
  retour_json_write_text (writer, "staff", self->staff);
  retour_json_write_text (writer, "staff_name", self->staff_name);
  retour_json_end_object (writer);
  retour_json_write_text (writer, "policy", self->policy_version);
  retour_json_write_text (writer, "customer", self->customer_name);
  retour_json_write_instant (writer, "recorded_at", self->recorded_at);
  retour_json_write_whole (writer, "clock_offset", self->clock_offset);
  retour_json_write_flag (writer, "offline", self->offline);
  retour_json_write_flag (writer, "gift", self->gift);
  retour_json_write_day (writer, "withdrawal_last_day", self->withdrawal_last_day);
  retour_json_write_day (writer, "refund_latest_day", self->refund_latest_day);
}

static void
write_line (RetourJsonWriter *writer, const RetourReturnLine *line)
{
  retour_json_begin_object (writer, NULL);
  retour_json_write_text (writer, "line", line->line);
  retour_json_write_whole (writer, "quantity", line->quantity);
  retour_json_write_text (writer, "sku", line->sku);
  retour_json_write_text (writer, "gtin", line->gtin);
  retour_json_write_text (writer, "product", line->product);
  retour_json_write_text (writer, "title", line->title);
  retour_json_write_text (writer, "variant", line->variant);
  retour_json_write_text (writer, "category", line->category);
  retour_json_write_text (writer, "reason", line->reason);
  retour_json_write_text (writer, "condition", line->condition);
  retour_json_write_text (writer, "grade", line->grade);
  retour_json_write_text (writer, "disposition", line->disposition);
  retour_json_write_text (writer, "serial", line->serial);
  retour_json_write_text (writer, "note", line->note);
  retour_json_write_text (writer, "decision", decisions[line->decision]);
  retour_json_write_whole (writer, "goods", line->goods);
  retour_item_write (writer, "exchange", line->exchange);
  if (line->even_exchange)
    retour_json_write_flag (writer, "even", TRUE);
  retour_json_end_object (writer);
}

static void
write_amounts (RetourJsonWriter *writer, const RetourReturn *self)
{
  retour_json_begin_object (writer, "refund");
  retour_json_write_text (writer, "currency", self->currency);
  retour_json_write_whole (writer, "total", self->total);
  retour_breakdown_write_exact (writer, self->breakdown);
  retour_taxes_write (writer, self->taxes);
  retour_json_begin_list (writer, "tenders");
  for (guint i = 0; i < self->tenders->len; i++)
    {
      const RetourReturnTender *tender = self->tenders->pdata[i];
      retour_json_begin_object (writer, NULL);
      retour_json_write_text (writer, "payment", tender->payment);
      retour_json_write_text (writer, "method", tender->method);
      retour_json_write_text (writer, "label", tender->label);
      retour_json_write_whole (writer, "amount", tender->amount);
      retour_json_end_object (writer);
    }
  retour_json_end_list (writer);
  retour_json_end_object (writer);
  retour_json_begin_object (writer, "exchange");
  retour_json_write_whole (writer, "price", self->exchange_price);
  retour_json_write_whole (writer, "collect", self->exchange_collect);
  retour_json_end_object (writer);
}

char *
retour_return_document_write (const RetourReturn *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  RetourJsonWriter writer;
  retour_json_writer_init (&writer, FALSE);
  retour_json_begin_object (&writer, NULL);
  write_head (&writer, self);
  retour_json_begin_list (&writer, "lines");
  for (guint i = 0; i < self->lines->len; i++)
    write_line (&writer, self->lines->pdata[i]);
  retour_json_end_list (&writer);
  write_amounts (&writer, self);
  retour_approvals_write (&writer, self->approvals);
  retour_json_end_object (&writer);
  return retour_json_writer_end (&writer);
}
