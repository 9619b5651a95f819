/* SPDX-License-Identifier: Apache-2.0 */
#include "changes.h"

#include <string.h>

#include "json-reader.h"
#include "json-span.h"
#include "wire.h"

/* The protocol says 500 lines between two cursors; more than this is no longer its feed, and memory stays bounded. */
#define LINES_WITHOUT_CURSOR 2000
#define REFUSED_KEPT 100

struct _RetourChangeReader
{
  const RetourDocuments *documents;
  RetourLineCutter *cutter;
  RetourChangePage *page; /* being filled */
  GQueue pages;           /* whole ones */
  guint64 lines;          /* that said something: no cursors, not the end */
  guint since_cursor;
  gboolean ended, more;
  GPtrArray *refused;
  guint64 refused_count;
  GError *error;
};

static void
free_refused (gpointer pointer)
{
  RetourRefusedChange *refused = pointer;

  g_free (refused->id);
  g_free (refused->cause);
  g_free (refused);
}

RetourChangeReader *
retour_change_reader_new (const RetourDocuments *documents)
{
  RetourChangeReader *reader = g_new0 (RetourChangeReader, 1);

  reader->documents = documents;
  reader->cutter = retour_line_cutter_new ();
  reader->page = retour_change_page_new ();
  g_queue_init (&reader->pages);
  reader->refused = g_ptr_array_new_with_free_func (free_refused);
  return reader;
}

void
retour_change_reader_free (RetourChangeReader *reader)
{
  if (reader == NULL)
    return;
  retour_line_cutter_free (reader->cutter);
  retour_change_page_free (reader->page);
  g_queue_clear_full (&reader->pages, (GDestroyNotify) retour_change_page_free);
  g_ptr_array_unref (reader->refused);
  g_clear_error (&reader->error);
  g_free (reader);
}

static RetourChange *
read_order (RetourChangeReader *reader, const RetourJsonSpan *value, GError **error)
{
  RetourOrder *order = reader->documents->read_order (value->text, (gssize) value->length, error);

  if (order == NULL)
    return NULL;
  if (order->id == NULL)
    {
      g_set_error (error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_MALFORMED, "id: missing");
      retour_order_free (order);
      return NULL;
    }
  RetourChange *change = retour_change_new (RETOUR_CHANGE_ORDER);
  change->order = order;
  change->text = g_strndup (value->text, value->length);
  return change;
}

static RetourChange *
read_policy (RetourChangeReader *reader, const RetourJsonSpan *value, GError **error)
{
  g_autoptr (RetourPolicy) policy = reader->documents->read_policy (value->text, (gssize) value->length, error);

  if (policy == NULL)
    return NULL;
  RetourChange *change = retour_change_new (RETOUR_CHANGE_POLICY);
  change->text = g_strndup (value->text, value->length);
  return change;
}

static RetourChange *
read_staff (RetourChangeReader *reader, const RetourJsonSpan *value, GError **error)
{
  RetourStaff *staff = reader->documents->read_staff (value->text, (gssize) value->length, error);

  if (staff == NULL)
    return NULL;
  RetourChange *change = retour_change_new (RETOUR_CHANGE_STAFF);
  change->staff = staff;
  change->text = g_strndup (value->text, value->length);
  return change;
}

static void
read_stock (RetourJsonReader *json, RetourChange *change)
{
  change->sku = retour_json_text (json, RETOUR_JSON_ROOT, "sku", RETOUR_JSON_REQUIRED);
  change->place = retour_json_text (json, RETOUR_JSON_ROOT, "place", RETOUR_JSON_REQUIRED);
  change->place_name = retour_json_text (json, RETOUR_JSON_ROOT, "name", RETOUR_JSON_REQUIRED);
  change->quantity = retour_json_amount (json, RETOUR_JSON_ROOT, "quantity", RETOUR_JSON_REQUIRED);
  change->at = retour_json_instant (json, RETOUR_JSON_ROOT, "at", RETOUR_JSON_REQUIRED);
}

static void
read_product (RetourJsonReader *json, RetourChange *change)
{
  RetourProduct *product = g_new0 (RetourProduct, 1);

  change->product = product;
  product->sku = retour_json_text (json, RETOUR_JSON_ROOT, "sku", RETOUR_JSON_REQUIRED);
  product->gtin = retour_json_text (json, RETOUR_JSON_ROOT, "gtin", RETOUR_JSON_OPTIONAL);
  product->product = retour_json_text (json, RETOUR_JSON_ROOT, "product", RETOUR_JSON_REQUIRED);
  product->title = retour_json_text (json, RETOUR_JSON_ROOT, "title", RETOUR_JSON_REQUIRED);
  product->variant = retour_json_text (json, RETOUR_JSON_ROOT, "variant", RETOUR_JSON_OPTIONAL);
  product->category = retour_json_text (json, RETOUR_JSON_ROOT, "category", RETOUR_JSON_OPTIONAL);
  product->currency = retour_json_text (json, RETOUR_JSON_ROOT, "currency", RETOUR_JSON_REQUIRED);
  product->unit_price = retour_json_amount (json, RETOUR_JSON_ROOT, "unit_price", RETOUR_JSON_REQUIRED);
  if (product->currency != NULL && !retour_currency_is_valid (product->currency))
    retour_json_fail (json, RETOUR_JSON_ROOT, "currency", "expected three capital letters");
}

static void
read_return (RetourJsonReader *json, RetourChange *change)
{
  g_autofree char *goods = retour_json_text (json, RETOUR_JSON_ROOT, "goods", RETOUR_JSON_REQUIRED);
  g_autofree char *refund = retour_json_text (json, RETOUR_JSON_ROOT, "refund", RETOUR_JSON_REQUIRED);

  change->id = retour_json_text (json, RETOUR_JSON_ROOT, "id", RETOUR_JSON_REQUIRED);
  change->at = retour_json_instant (json, RETOUR_JSON_ROOT, "at", RETOUR_JSON_REQUIRED);
  change->detail = retour_json_text (json, RETOUR_JSON_ROOT, "detail", RETOUR_JSON_OPTIONAL);
  if (goods != NULL && !retour_goods_state_parse (goods, &change->goods))
    retour_json_fail (json, RETOUR_JSON_ROOT, "goods", "unknown state");
  if (refund != NULL && !retour_refund_state_parse (refund, &change->refund))
    retour_json_fail (json, RETOUR_JSON_ROOT, "refund", "unknown state");
}

static gboolean
read_hex (const char *text, guint8 *bytes, gsize size)
{
  for (gsize i = 0; i < size; i++)
    {
      int high = g_ascii_xdigit_value (text[2 * i]);
      int low = high < 0 ? -1 : g_ascii_xdigit_value (text[2 * i + 1]);
      if (low < 0)
        return FALSE;
      bytes[i] = (guint8) (high << 4 | low);
    }
  return text[2 * size] == '\0';
}

static void
read_key (RetourJsonReader *json, RetourChange *change)
{
  g_autofree char *id = retour_json_text (json, RETOUR_JSON_ROOT, "id", RETOUR_JSON_REQUIRED);
  g_autofree char *text = retour_json_text (json, RETOUR_JSON_ROOT, "public_key", RETOUR_JSON_REQUIRED);
  g_autofree char *terminal = retour_json_text (json, RETOUR_JSON_ROOT, "terminal", RETOUR_JSON_OPTIONAL);
  guint8 public_key[RETOUR_PROOF_PUBLIC_KEY_BYTES], given[RETOUR_PROOF_KEY_ID_BYTES];

  if (id == NULL || text == NULL)
    return;
  if (!read_hex (text, public_key, sizeof public_key))
    {
      retour_json_fail (json, RETOUR_JSON_ROOT, "public_key", "expected 64 hexadecimal digits");
      return;
    }
  RetourProofKey *key = retour_proof_key_new (public_key);
  change->key = key;
  if (!read_hex (id, given, sizeof given) || memcmp (given, key->id, sizeof given) != 0)
    retour_json_fail (json, RETOUR_JSON_ROOT, "id", "not the id of that key");
  key->store = retour_json_text (json, RETOUR_JSON_ROOT, "store", RETOUR_JSON_OPTIONAL);
  key->terminal = terminal ? terminal[0] : 0;
  key->valid_from = retour_json_instant (json, RETOUR_JSON_ROOT, "valid_from", RETOUR_JSON_OPTIONAL);
  key->valid_to = retour_json_instant (json, RETOUR_JSON_ROOT, "valid_to", RETOUR_JSON_OPTIONAL);
  key->revoked_at = retour_json_instant (json, RETOUR_JSON_ROOT, "revoked_at", RETOUR_JSON_OPTIONAL);
}

static void
read_gone (RetourJsonReader *json, RetourChange *change)
{
  change->type = retour_json_text (json, RETOUR_JSON_ROOT, "type", RETOUR_JSON_REQUIRED);
  change->id = retour_json_text (json, RETOUR_JSON_ROOT, "id", RETOUR_JSON_REQUIRED);
  change->erase = retour_json_flag (json, RETOUR_JSON_ROOT, "erase");
}

/* The documents of this feed alone: each reader fills the change, and the JSON reader remembers what was wrong. */
static const struct
{
  const char *name;
  RetourChangeKind kind;
  void (*read) (RetourJsonReader *json, RetourChange *change);
} small_documents[] = {
  { "stock", RETOUR_CHANGE_STOCK, read_stock },    { "product", RETOUR_CHANGE_PRODUCT, read_product },
  { "return", RETOUR_CHANGE_RETURN, read_return }, { "key", RETOUR_CHANGE_KEY, read_key },
  { "gone", RETOUR_CHANGE_GONE, read_gone },
};

static RetourChange *
read_small (guint which, const RetourJsonSpan *value, GError **error)
{
  g_autoptr (RetourJsonReader) json = retour_json_reader_new (value->text, (gssize) value->length, error);

  if (json == NULL)
    return NULL;
  RetourChange *change = retour_change_new (small_documents[which].kind);
  small_documents[which].read (json, change);
  if (retour_json_reader_finish (json, error))
    return change;
  retour_change_free (change);
  return NULL;
}

/* NULL without error: a kind of record that this version does not know, which later versions of the OMS may send. */
static RetourChange *
read_change (RetourChangeReader *reader, const RetourJsonSpan *name, const RetourJsonSpan *value, GError **error)
{
  if (retour_json_span_is (name, "order"))
    return read_order (reader, value, error);
  if (retour_json_span_is (name, "policy"))
    return read_policy (reader, value, error);
  if (retour_json_span_is (name, "staff"))
    return read_staff (reader, value, error);
  for (guint i = 0; i < G_N_ELEMENTS (small_documents); i++)
    if (retour_json_span_is (name, small_documents[i].name))
      return read_small (i, value, error);
  return NULL;
}

static void
refuse (RetourChangeReader *reader, const RetourJsonSpan *value, const char *cause)
{
  reader->refused_count++;
  if (reader->refused->len >= REFUSED_KEPT)
    return;
  RetourRefusedChange *refused = g_new0 (RetourRefusedChange, 1);
  refused->line = reader->lines;
  refused->cause = g_utf8_make_valid (cause, -1);
  if (value != NULL)
    {
      RetourJsonSpan id = retour_json_span_member (value->text, value->length, "id");
      if (id.text != NULL && id.length > 2 && id.length <= 100 && id.text[0] == '"')
        {
          g_autofree char *text = g_strndup (id.text + 1, id.length - 2);
          refused->id = g_utf8_make_valid (text, -1);
        }
    }
  g_ptr_array_add (reader->refused, refused);
}

static gboolean
fail (RetourChangeReader *reader, const char *message)
{
  if (reader->error == NULL)
    g_set_error (&reader->error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_MALFORMED,
                 "changes feed, line %" G_GUINT64_FORMAT ": %s", reader->lines, message);
  return FALSE;
}

static void
end_page (RetourChangeReader *reader, char *cursor, gboolean last)
{
  reader->page->cursor = cursor;
  reader->page->last = last;
  g_queue_push_tail (&reader->pages, reader->page);
  reader->page = retour_change_page_new ();
  reader->since_cursor = 0;
}

static gboolean
take_cursor (RetourChangeReader *reader, const char *line, gsize length)
{
  g_autoptr (RetourJsonReader) json = retour_json_reader_new (line, (gssize) length, NULL);

  if (json == NULL)
    return fail (reader, "a cursor that cannot be read");
  char *cursor = retour_json_text (json, RETOUR_JSON_ROOT, "cursor", RETOUR_JSON_REQUIRED);
  if (!retour_json_reader_finish (json, NULL) || cursor == NULL)
    {
      g_free (cursor);
      return fail (reader, "a cursor that cannot be read");
    }
  end_page (reader, cursor, FALSE);
  return TRUE;
}

static gboolean
take_end (RetourChangeReader *reader, const char *line, gsize length)
{
  g_autoptr (RetourJsonReader) json = retour_json_reader_new (line, (gssize) length, NULL);

  if (json == NULL)
    return fail (reader, "an end that cannot be read");
  g_autofree char *cursor = retour_json_text (json, RETOUR_JSON_ROOT, "end", RETOUR_JSON_REQUIRED);
  gint64 lines = retour_json_whole (json, RETOUR_JSON_ROOT, "lines", RETOUR_JSON_REQUIRED, 0, G_MAXINT64);
  gboolean more = retour_json_flag (json, RETOUR_JSON_ROOT, "more");
  if (!retour_json_reader_finish (json, NULL) || cursor == NULL)
    return fail (reader, "an end that cannot be read");
  if ((guint64) lines != reader->lines)
    return fail (reader, "the end counts another number of lines");
  reader->ended = TRUE;
  reader->more = more;
  end_page (reader, g_steal_pointer (&cursor), !more);
  return TRUE;
}

/* One member and nothing behind it: a line cut short, or two in one, is no record. */
static gboolean
is_closed (const char *line, gsize length, gsize at)
{
  while (at < length && g_ascii_isspace (line[at]))
    at++;
  if (at == length || line[at++] != '}')
    return FALSE;
  while (at < length && g_ascii_isspace (line[at]))
    at++;
  return at == length;
}

static gboolean
take_line (const char *line, gsize length, gpointer user_data)
{
  RetourChangeReader *reader = user_data;
  RetourJsonSpan name, value;
  gsize at = 0;

  if (reader->ended)
    return fail (reader, "something stands behind the end");
  gboolean whole = line != NULL && retour_json_span_next_member (line, length, &at, &name, &value);
  if (whole && retour_json_span_is (&name, "cursor"))
    return take_cursor (reader, line, length);
  if (whole && retour_json_span_is (&name, "end"))
    return take_end (reader, line, length);
  reader->lines++;
  if (++reader->since_cursor > LINES_WITHOUT_CURSOR)
    return fail (reader, "too many lines without a cursor");
  if (!whole || !is_closed (line, length, at))
    {
      refuse (reader, NULL, line ? "not an object of one member" : "longer than 256 KiB");
      return TRUE;
    }
  g_autoptr (GError) error = NULL;
  RetourChange *change = read_change (reader, &name, &value, &error);
  if (change != NULL)
    g_ptr_array_add (reader->page->changes, change);
  else if (error != NULL)
    refuse (reader, &value, error->message);
  return TRUE;
}

gboolean
retour_change_reader_push (RetourChangeReader *reader, const char *bytes, gsize length, GError **error)
{
  if (reader->error == NULL && !retour_line_cutter_push (reader->cutter, bytes, length, take_line, reader))
    fail (reader, "a line without end");
  if (reader->error == NULL)
    return TRUE;
  if (error != NULL)
    *error = g_error_copy (reader->error);
  return FALSE;
}

RetourChangePage *
retour_change_reader_pop (RetourChangeReader *reader)
{
  return g_queue_pop_head (&reader->pages);
}

gboolean
retour_change_reader_has_page (const RetourChangeReader *reader)
{
  return reader->pages.length > 0;
}

gboolean
retour_change_reader_is_complete (const RetourChangeReader *reader, gboolean *more)
{
  if (more != NULL)
    *more = reader->more;
  return reader->ended && reader->error == NULL;
}

GPtrArray *
retour_change_reader_get_refused (const RetourChangeReader *reader, guint64 *count)
{
  if (count != NULL)
    *count = reader->refused_count;
  return reader->refused;
}
