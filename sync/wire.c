/* SPDX-License-Identifier: Apache-2.0 */
#include "wire.h"

#include <string.h>

#include "json-reader.h"
#include "json-span.h"
#include "json-writer.h"

#define LIST_LIMIT 200

struct _RetourLineCutter
{
  GByteArray *pending; /* the beginning of a line */
  gsize skipped;       /* bytes of a line that is too long */
};

RetourLineCutter *
retour_line_cutter_new (void)
{
  RetourLineCutter *cutter = g_new0 (RetourLineCutter, 1);

  cutter->pending = g_byte_array_new ();
  return cutter;
}

void
retour_line_cutter_free (RetourLineCutter *cutter)
{
  if (cutter == NULL)
    return;
  g_byte_array_unref (cutter->pending);
  g_free (cutter);
}

static gboolean
hand_over (const char *line, gsize length, RetourLineTaker taker, gpointer user_data)
{
  if (length > 0 && line[length - 1] == '\r')
    length--;
  return length == 0 || taker (line, length, user_data);
}

static gboolean
end_line (RetourLineCutter *cutter, const char *rest, gsize length, RetourLineTaker taker, gpointer user_data)
{
  gboolean too_long = cutter->skipped > 0 || cutter->pending->len + length > RETOUR_LINE_LIMIT;
  gboolean more;

  if (too_long)
    more = taker (NULL, 0, user_data);
  else if (cutter->pending->len == 0)
    more = hand_over (rest, length, taker, user_data);
  else
    {
      g_byte_array_append (cutter->pending, (const guint8 *) rest, (guint) length);
      more = hand_over ((const char *) cutter->pending->data, cutter->pending->len, taker, user_data);
    }
  g_byte_array_set_size (cutter->pending, 0);
  cutter->skipped = 0;
  return more;
}

/* Keeps the beginning of a line whose end has not come; of one that is too long, only its length. */
static gboolean
keep (RetourLineCutter *cutter, const char *bytes, gsize length)
{
  if (cutter->skipped == 0 && cutter->pending->len + length <= RETOUR_LINE_LIMIT)
    {
      g_byte_array_append (cutter->pending, (const guint8 *) bytes, (guint) length);
      return TRUE;
    }
  cutter->skipped += cutter->pending->len + length;
  g_byte_array_set_size (cutter->pending, 0);
  return cutter->skipped <= RETOUR_LINE_ABSURD;
}

gboolean
retour_line_cutter_push (
    RetourLineCutter *cutter, const char *bytes, gsize length, RetourLineTaker taker, gpointer user_data)
{
  const char *end;

  while (length > 0 && (end = memchr (bytes, '\n', length)) != NULL)
    {
      gsize line = (gsize) (end - bytes);
      if (!end_line (cutter, bytes, line, taker, user_data))
        return FALSE;
      bytes += line + 1;
      length -= line + 1;
    }
  return length == 0 || keep (cutter, bytes, length);
}

gboolean
retour_line_cutter_finish (RetourLineCutter *cutter, RetourLineTaker taker, gpointer user_data)
{
  if (cutter->pending->len == 0 && cutter->skipped == 0)
    return TRUE;
  return end_line (cutter, "", 0, taker, user_data);
}

static void
write_operation (GString *body, const RetourOperation *operation)
{
  RetourJsonWriter writer;

  retour_json_writer_init (&writer, FALSE);
  retour_json_begin_object (&writer, NULL);
  retour_json_write_text (&writer, "op", operation->op);
  retour_json_write_text (&writer, "kind", retour_operation_kind_code (operation->kind));
  retour_json_write_text (&writer, "order", operation->order);
  retour_json_write_text (&writer, "return", operation->return_id);
  retour_json_write_instant (&writer, "at", operation->created_at);
  retour_json_write_whole (&writer, "clock_offset", operation->clock_offset);
  retour_json_write_text (&writer, "body_hash", operation->body_hash);
  retour_json_end_object (&writer);
  g_autofree char *head = retour_json_writer_end (&writer);
  /* The body goes as it was recorded, byte for byte: its hash and the OMS's memory of it depend on that. */
  g_string_append_len (body, head, (gssize) strlen (head) - 1);
  g_string_append_printf (body, ",\"body\":%s}\n", operation->body);
}

GBytes *
retour_operations_write (GPtrArray *operations)
{
  GString *body = g_string_new (NULL);

  for (guint i = 0; i < operations->len; i++)
    write_operation (body, operations->pdata[i]);
  return g_string_free_to_bytes (body);
}

static char *
dup_span (RetourJsonSpan span)
{
  return span.text ? g_strndup (span.text, span.length) : NULL;
}

static char *
describe_problem (RetourJsonReader *reader, RetourJsonPlace place)
{
  g_autofree char *title = retour_json_text (reader, place, "title", RETOUR_JSON_OPTIONAL);
  g_autofree char *detail = retour_json_text (reader, place, "detail", RETOUR_JSON_OPTIONAL);

  if (title != NULL && detail != NULL)
    return g_strdup_printf ("%s: %s", title, detail);
  return g_strdup (detail ? detail : title);
}

char *
retour_problem_read (const char *text, gsize length)
{
  g_autoptr (RetourJsonReader) reader = retour_json_reader_new (text, (gssize) length, NULL);

  return reader ? describe_problem (reader, RETOUR_JSON_ROOT) : NULL;
}

/* What a person is told of an answer that is no acceptance. */
static char *
read_detail (RetourJsonReader *reader)
{
  char *detail = retour_json_text (reader, RETOUR_JSON_ROOT, "detail", RETOUR_JSON_OPTIONAL);

  if (detail != NULL)
    return detail;
  RetourJsonPlace winner = retour_json_object (reader, RETOUR_JSON_ROOT, "winner", RETOUR_JSON_OPTIONAL);
  if (winner != RETOUR_JSON_NONE && retour_json_has (reader, winner, "number"))
    return retour_json_text (reader, winner, "number", RETOUR_JSON_OPTIONAL);
  RetourJsonPlace problem = retour_json_object (reader, RETOUR_JSON_ROOT, "problem", RETOUR_JSON_OPTIONAL);
  return problem != RETOUR_JSON_NONE ? describe_problem (reader, problem) : NULL;
}

static gboolean
read_answer_kind (RetourJsonReader *reader, RetourAnswerKind *kind)
{
  g_autofree char *code = retour_json_text (reader, RETOUR_JSON_ROOT, "answer", RETOUR_JSON_REQUIRED);
  g_autofree char *first = retour_json_text (reader, RETOUR_JSON_ROOT, "first", RETOUR_JSON_OPTIONAL);
  RetourAnswerKind earlier;

  if (!retour_answer_kind_parse (code ? code : "", kind))
    return FALSE;
  if (*kind == RETOUR_ANSWER_DUPLICATE && first != NULL && retour_answer_kind_parse (first, &earlier)
      && earlier != RETOUR_ANSWER_ACCEPTED)
    *kind = earlier;
  return TRUE;
}

static RetourAnswer *
read_answer (const char *line, gsize length)
{
  g_autoptr (RetourJsonReader) reader = retour_json_reader_new (line, (gssize) length, NULL);
  RetourAnswerKind kind;

  if (reader == NULL || !read_answer_kind (reader, &kind))
    return NULL;
  g_autofree char *op = retour_json_text (reader, RETOUR_JSON_ROOT, "op", RETOUR_JSON_REQUIRED);
  if (op == NULL)
    return NULL;
  g_autoptr (RetourAnswer) answer = retour_answer_new (op, kind);
  g_autofree char *refund = retour_json_text (reader, RETOUR_JSON_ROOT, "refund", RETOUR_JSON_OPTIONAL);
  answer->has_refund = refund != NULL && retour_refund_state_parse (refund, &answer->refund);
  answer->detail = read_detail (reader);
  RetourJsonSpan problem = retour_json_span_member (line, length, "winner");
  if (problem.text == NULL)
    problem = retour_json_span_member (line, length, "problem");
  if (problem.text == NULL)
    problem = retour_json_span_member (line, length, "seal");
  answer->problem = dup_span (problem);
  return retour_json_reader_finish (reader, NULL) ? g_steal_pointer (&answer) : NULL;
}

static gboolean
take_answer (const char *line, gsize length, gpointer user_data)
{
  RetourAnswer *answer = line ? read_answer (line, length) : NULL;

  if (answer != NULL)
    g_ptr_array_add (user_data, answer);
  return TRUE;
}

GPtrArray *
retour_answers_read (const char *text, gsize length)
{
  GPtrArray *answers = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_answer_free);
  g_autoptr (RetourLineCutter) cutter = retour_line_cutter_new ();

  if (retour_line_cutter_push (cutter, text, length, take_answer, answers))
    (void) !retour_line_cutter_finish (cutter, take_answer, answers);
  return answers;
}

static gboolean
begins_with (const char *text, gsize length, char open)
{
  while (length > 0 && g_ascii_isspace (*text))
    text++, length--;
  return length > 0 && *text == open;
}

GPtrArray *
retour_orders_read (const RetourDocuments *documents, const char *text, gsize length, GError **error)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_order_free);
  RetourJsonSpan span;

  if (begins_with (text, length, '{'))
    {
      RetourOrder *order = documents->read_order (text, (gssize) length, error);
      if (order == NULL)
        return NULL;
      g_ptr_array_add (orders, order);
      return g_steal_pointer (&orders);
    }
  if (!begins_with (text, length, '['))
    {
      g_set_error (error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_MALFORMED, "expected a list of orders");
      return NULL;
    }
  for (gsize at = 0; orders->len < LIST_LIMIT && retour_json_span_next_element (text, length, &at, &span);)
    {
      RetourOrder *order = documents->read_order (span.text, (gssize) span.length, NULL);
      if (order != NULL)
        g_ptr_array_add (orders, order);
    }
  return g_steal_pointer (&orders);
}

static RetourStockFigure *
read_figure (const RetourJsonSpan *span)
{
  g_autoptr (RetourJsonReader) reader = retour_json_reader_new (span->text, (gssize) span->length, NULL);

  if (reader == NULL)
    return NULL;
  RetourStockFigure *figure = g_new0 (RetourStockFigure, 1);
  figure->place = retour_json_text (reader, RETOUR_JSON_ROOT, "place", RETOUR_JSON_REQUIRED);
  figure->name = retour_json_text (reader, RETOUR_JSON_ROOT, "name", RETOUR_JSON_REQUIRED);
  figure->quantity = retour_json_amount (reader, RETOUR_JSON_ROOT, "quantity", RETOUR_JSON_REQUIRED);
  figure->at = retour_json_instant (reader, RETOUR_JSON_ROOT, "at", RETOUR_JSON_REQUIRED);
  if (retour_json_reader_finish (reader, NULL))
    return figure;
  retour_stock_figure_free (figure);
  return NULL;
}

GPtrArray *
retour_stock_read (const char *text, gsize length, GError **error)
{
  GPtrArray *figures;
  RetourJsonSpan span;

  if (!begins_with (text, length, '['))
    {
      g_set_error (error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_MALFORMED, "expected a list of figures");
      return NULL;
    }
  figures = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_stock_figure_free);
  for (gsize at = 0; figures->len < LIST_LIMIT && retour_json_span_next_element (text, length, &at, &span);)
    {
      RetourStockFigure *figure = read_figure (&span);
      if (figure != NULL)
        g_ptr_array_add (figures, figure);
    }
  return figures;
}

static GPtrArray *
read_one_request (const RetourDocuments *documents, const char *text, gsize length, GError **error)
{
  GPtrArray *requests;
  RetourApprovalRequest *request = documents->read_request (text, (gssize) length, error);

  if (request == NULL)
    return NULL;
  requests = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_approval_request_free);
  g_ptr_array_add (requests, request);
  return requests;
}

GPtrArray *
retour_requests_read (const RetourDocuments *documents, const char *text, gsize length, char **cursor, GError **error)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_approval_request_free);
  RetourJsonSpan list = retour_json_span_member (text, length, "approvals"), span;
  g_autoptr (RetourJsonReader) reader = NULL;
  char *found;

  *cursor = NULL;
  if (list.text == NULL)
    return read_one_request (documents, text, length, error);
  reader = retour_json_reader_new (text, (gssize) length, error);
  if (reader == NULL)
    return NULL;
  found = retour_json_text (reader, RETOUR_JSON_ROOT, "cursor", RETOUR_JSON_REQUIRED);
  if (!retour_json_reader_finish (reader, error))
    return NULL;
  for (gsize at = 0; requests->len < LIST_LIMIT && retour_json_span_next_element (list.text, list.length, &at, &span);)
    {
      RetourApprovalRequest *request = documents->read_request (span.text, (gssize) span.length, NULL);
      if (request != NULL)
        g_ptr_array_add (requests, request);
    }
  *cursor = found;
  return g_steal_pointer (&requests);
}
