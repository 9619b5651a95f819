/* SPDX-License-Identifier: Apache-2.0 */
#include "model-oms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backoff.h"
#include "json-span.h"
#include "oms.h"

#define PULL_LIMIT 30      /* changes in one answer */
#define CHANGES_A_CURSOR 5 /* between two cursors */
#define BANK_TAKES (25 * 60 * RETOUR_SECOND)
#define BACKUP_EVERY (7 * 3600 * RETOUR_SECOND)
#define BACKUPS_KEPT 6

static OmsBook *
book_copy (const OmsBook *book, gint64 at)
{
  OmsBook *copy = g_new (OmsBook, 1);

  copy->at = at;
  copy->orders = g_array_copy (book->orders);
  copy->returns = g_array_copy (book->returns);
  copy->operations = g_array_copy (book->operations);
  copy->changes = g_array_copy (book->changes);
  return copy;
}

static void
book_free (gpointer pointer)
{
  OmsBook *book = pointer;

  g_array_unref (book->orders);
  g_array_unref (book->returns);
  g_array_unref (book->operations);
  g_array_unref (book->changes);
  g_free (book);
}

static guint64
stamp_order (ModelOms *oms, guint order)
{
  guint64 stamp = ++oms->stamp;

  g_array_index (oms->book->orders, OmsOrder, order).stamp = stamp;
  g_array_append_val (oms->order_stamps[order], stamp);
  return stamp;
}

static void
log_order (ModelOms *oms, guint order)
{
  OmsChange change = { FALSE, order };

  stamp_order (oms, order);
  g_array_append_val (oms->book->changes, change);
}

static void
log_return (ModelOms *oms, guint ret)
{
  OmsChange change = { TRUE, ret };

  g_array_index (oms->book->returns, OmsReturn, ret).stamp = ++oms->stamp;
  g_array_append_val (oms->book->changes, change);
}

ModelOms *
oms_new (guint orders, guint64 seed)
{
  ModelOms *oms = g_new0 (ModelOms, 1);
  RetourJitter jitter;

  g_assert (orders <= OMS_ORDERS);
  retour_jitter_seed (&jitter, seed ^ 0x4f4d53);
  oms->texts = g_string_chunk_new (4096);
  oms->epoch = oms->cursor_epoch = 1;
  oms->book = g_new0 (OmsBook, 1);
  oms->book->orders = g_array_new (FALSE, TRUE, sizeof (OmsOrder));
  oms->book->returns = g_array_new (FALSE, TRUE, sizeof (OmsReturn));
  oms->book->operations = g_array_new (FALSE, TRUE, sizeof (OmsOperation));
  oms->book->changes = g_array_new (FALSE, TRUE, sizeof (OmsChange));
  oms->backups = g_ptr_array_new_with_free_func (book_free);
  oms->order_stamps = g_new (GArray *, orders);
  oms->ever = g_hash_table_new (g_str_hash, g_str_equal);
  oms->ever_bodies = g_hash_table_new (g_str_hash, g_str_equal);
  oms->ever_settled = g_hash_table_new (g_str_hash, g_str_equal);
  oms->by_op = g_hash_table_new (g_str_hash, g_str_equal);
  oms->dice = seed;
  for (guint i = 0; i < orders; i++)
    {
      OmsOrder order = { .quantity = 1 + retour_jitter_below (&jitter, 3) };
      g_array_append_val (oms->book->orders, order);
      oms->order_stamps[i] = g_array_new (FALSE, FALSE, sizeof (guint64));
      log_order (oms, i);
    }
  return oms;
}

void
oms_free (ModelOms *oms)
{
  if (oms == NULL)
    return;
  for (guint i = 0; i < oms->book->orders->len; i++)
    g_array_unref (oms->order_stamps[i]);
  g_free (oms->order_stamps);
  book_free (oms->book);
  g_ptr_array_unref (oms->backups);
  g_hash_table_unref (oms->ever);
  g_hash_table_unref (oms->ever_bodies);
  g_hash_table_unref (oms->ever_settled);
  g_hash_table_unref (oms->by_op);
  g_string_chunk_free (oms->texts);
  g_free (oms->alarm);
  g_free (oms);
}

void
oms_reply_clear (OmsReply *reply)
{
  if (reply->body != NULL)
    g_string_free (reply->body, TRUE);
  reply->body = NULL;
}

static gboolean
chance (ModelOms *oms, gint64 thousandths)
{
  RetourJitter jitter = { oms->dice };
  gboolean hit = thousandths > 0 && retour_jitter_below (&jitter, 1000) < thousandths;

  oms->dice = jitter.state;
  return hit;
}

void
oms_advance (ModelOms *oms, gint64 now)
{
  for (guint i = 0; i < oms->book->returns->len; i++)
    {
      OmsReturn *ret = &g_array_index (oms->book->returns, OmsReturn, i);
      if (ret->settled || ret->settles_at > now)
        continue;
      ret->settled = TRUE;
      g_hash_table_add (oms->ever_settled, (gpointer) ret->id);
      log_return (oms, i);
    }
  const OmsBook *newest = oms->backups->len ? oms->backups->pdata[oms->backups->len - 1] : NULL;
  if (newest != NULL && now - newest->at < BACKUP_EVERY)
    return;
  g_ptr_array_add (oms->backups, book_copy (oms->book, now));
  if (oms->backups->len > BACKUPS_KEPT)
    g_ptr_array_remove_index (oms->backups, 0);
}

void
oms_forget_cursors (ModelOms *oms)
{
  oms->cursor_epoch++;
}

void
oms_restore (ModelOms *oms, gint64 now, gint64 age)
{
  guint chosen = 0;

  if (oms->backups->len == 0)
    return;
  for (guint i = 0; i < oms->backups->len; i++)
    if (now - ((OmsBook *) oms->backups->pdata[i])->at >= age)
      chosen = i;
  book_free (oms->book);
  oms->book = book_copy (oms->backups->pdata[chosen], now);
  g_ptr_array_set_size (oms->backups, (int) chosen + 1);
  oms->epoch++;
  oms->cursor_epoch++;
  g_hash_table_remove_all (oms->by_op);
  for (guint i = 0; i < oms->book->operations->len; i++)
    g_hash_table_insert (oms->by_op, (gpointer) g_array_index (oms->book->operations, OmsOperation, i).op,
                         GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < oms->book->orders->len; i++)
    log_order (oms, i);
}

guint64
oms_stamp_of_order (const ModelOms *oms, guint order, guint64 stamp)
{
  const GArray *stamps = oms->order_stamps[order];

  for (guint i = stamps->len; i > 0; i--)
    if (g_array_index (stamps, guint64, i - 1) <= stamp)
      return g_array_index (stamps, guint64, i - 1);
  return 0;
}

gboolean
oms_ever_answered (const ModelOms *oms, const char *op, guint answers)
{
  return (GPOINTER_TO_UINT (g_hash_table_lookup (oms->ever, op)) & answers) != 0;
}

const OmsOperation *
oms_operation (const ModelOms *oms, const char *op)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (oms->by_op, op));

  return index ? &g_array_index (oms->book->operations, OmsOperation, index - 1) : NULL;
}

char *
oms_find_double (const ModelOms *oms)
{
  gint64 taken[OMS_ORDERS] = { 0 };

  for (guint i = 0; i < oms->book->returns->len; i++)
    {
      const OmsReturn *ret = &g_array_index (oms->book->returns, OmsReturn, i);
      taken[ret->order] += ret->units;
      if (taken[ret->order] > g_array_index (oms->book->orders, OmsOrder, ret->order).quantity)
        return g_strdup_printf ("order %u: more units came back than were sold", ret->order);
      for (guint j = 0; j < i; j++)
        if (g_array_index (oms->book->returns, OmsReturn, j).act == ret->act)
          return g_strdup_printf ("act %u was accepted twice, as %s and as %s", ret->act,
                                  g_array_index (oms->book->returns, OmsReturn, j).id, ret->id);
    }
  return NULL;
}

static void
alarm_at (ModelOms *oms, const char *what, const char *op)
{
  if (oms->alarm == NULL)
    oms->alarm = g_strdup_printf ("%s: %s", op, what);
}

/* One line of a push, cut into its members. */
typedef struct
{
  const char *op, *kind, *body, *ret; /* in `texts` */
  guint order, act;
  gint64 units;
} Asked;

static const char *
text_member (ModelOms *oms, const char *line, gsize length, const char *name)
{
  RetourJsonSpan span = retour_json_span_member (line, length, name);

  if (span.text == NULL)
    return "";
  if (span.length >= 2 && span.text[0] == '"')
    return g_string_chunk_insert_len (oms->texts, span.text + 1, (gssize) span.length - 2);
  return g_string_chunk_insert_len (oms->texts, span.text, (gssize) span.length);
}

static guint
number_member (const char *json, const char *name)
{
  RetourJsonSpan span = retour_json_span_member (json, strlen (json), name);

  return span.text ? (guint) strtoul (span.text, NULL, 10) : 0;
}

static gboolean
read_asked (ModelOms *oms, const char *line, gsize length, Asked *asked)
{
  asked->op = text_member (oms, line, length, "op");
  asked->kind = text_member (oms, line, length, "kind");
  asked->ret = text_member (oms, line, length, "return");
  asked->body = text_member (oms, line, length, "body");
  const char *order = text_member (oms, line, length, "order");
  asked->order = order[0] == 'o' ? (guint) strtoul (order + 1, NULL, 10) : G_MAXUINT;
  asked->act = number_member (asked->body, "act");
  asked->units = number_member (asked->body, "units");
  return asked->op[0] != '\0' && asked->order < oms->book->orders->len;
}

static const OmsReturn *
find_return (const ModelOms *oms, const char *id)
{
  for (guint i = 0; i < oms->book->returns->len; i++)
    if (strcmp (g_array_index (oms->book->returns, OmsReturn, i).id, id) == 0)
      return &g_array_index (oms->book->returns, OmsReturn, i);
  return NULL;
}

static const OmsReturn *
last_of_order (const ModelOms *oms, guint order)
{
  for (guint i = oms->book->returns->len; i > 0; i--)
    if (g_array_index (oms->book->returns, OmsReturn, i - 1).order == order)
      return &g_array_index (oms->book->returns, OmsReturn, i - 1);
  return NULL;
}

static void
take_units (ModelOms *oms, const Asked *asked, guint terminal, gint64 now)
{
  OmsReturn ret = { .id = asked->ret,
                    .order = asked->order,
                    .act = asked->act,
                    .terminal = terminal,
                    .units = asked->units,
                    .settles_at = now + BANK_TAKES };

  g_array_index (oms->book->orders, OmsOrder, asked->order).taken += asked->units;
  g_array_append_val (oms->book->returns, ret);
  log_return (oms, oms->book->returns->len - 1);
  log_order (oms, asked->order);
}

static OmsOperation
judge (ModelOms *oms, const Asked *asked, guint terminal, gint64 now)
{
  OmsOperation operation = { .op = asked->op, .body = asked->body, .kind = asked->kind, .rest = "" };
  const OmsOrder *order = &g_array_index (oms->book->orders, OmsOrder, asked->order);

  operation.answer = "accepted";
  if (oms->mood.rejects >> asked->order & 1)
    {
      operation.answer = "rejected";
      operation.rest = ",\"problem\":{\"type\":\"/problems/rule\",\"title\":\"Refused\",\"detail\":\"not this order\"}";
    }
  else if (strcmp (asked->kind, "return.record") != 0)
    {
      if (find_return (oms, asked->ret) != NULL)
        return operation;
      operation.answer = "rejected";
      operation.rest = ",\"problem\":{\"type\":\"/problems/unknown\",\"title\":\"No such return\"}";
    }
  else if (order->taken + asked->units > order->quantity)
    {
      const OmsReturn *winner = last_of_order (oms, asked->order);
      g_autofree char *rest =
          g_strdup_printf (",\"winner\":{\"return\":\"%s\",\"number\":\"R%u\",\"terminal\":\"%u\"}",
                           winner ? winner->id : "", winner ? winner->act : 0, winner ? winner->terminal : 0);
      operation.answer = "conflict";
      operation.rest = g_string_chunk_insert (oms->texts, rest);
    }
  else
    {
      operation.rest = ",\"refund\":\"requested\"";
      take_units (oms, asked, terminal, now);
    }
  return operation;
}

static void
remember_ever (ModelOms *oms, const OmsOperation *operation)
{
  RetourAnswerKind kind;
  guint answers = GPOINTER_TO_UINT (g_hash_table_lookup (oms->ever, operation->op));

  if (!retour_answer_kind_parse (operation->answer, &kind))
    g_assert_not_reached ();
  g_hash_table_insert (oms->ever, (gpointer) operation->op, GUINT_TO_POINTER (answers | 1u << kind));
}

static void
answer_operation (ModelOms *oms, const Asked *asked, guint terminal, gint64 now, GString *body)
{
  const OmsOperation *known = oms_operation (oms, asked->op);
  const char *ever = g_hash_table_lookup (oms->ever_bodies, asked->op);

  if (ever != NULL && strcmp (ever, asked->body) != 0)
    alarm_at (oms, "the same operation with another body", asked->op);
  if (ever == NULL)
    g_hash_table_insert (oms->ever_bodies, (gpointer) asked->op, (gpointer) asked->body);
  /* A rejection is looked at again: its cause may have been mended. */
  if (known != NULL && strcmp (known->answer, "rejected") != 0)
    {
      g_string_append_printf (body, "{\"op\":\"%s\",\"answer\":\"duplicate\",\"first\":\"%s\"%s}\n", known->op,
                              known->answer, known->rest);
      return;
    }
  OmsOperation operation = judge (oms, asked, terminal, now);
  if (known == NULL)
    {
      g_array_append_val (oms->book->operations, operation);
      g_hash_table_insert (oms->by_op, (gpointer) operation.op, GUINT_TO_POINTER (oms->book->operations->len));
    }
  else
    g_array_index (oms->book->operations, OmsOperation,
                   GPOINTER_TO_UINT (g_hash_table_lookup (oms->by_op, asked->op)) - 1) = operation;
  oms->operations_taken++;
  remember_ever (oms, &operation);
  g_string_append_printf (body, "{\"op\":\"%s\",\"answer\":\"%s\"%s}\n", operation.op, operation.answer,
                          operation.rest);
}

/* The orders that a batch concerns; one that cannot be read is an alarm. */
static GArray *
read_batch (ModelOms *oms, const char *text, gsize length, guint64 *concerned)
{
  GArray *batch = g_array_new (FALSE, FALSE, sizeof (Asked));

  for (const char *end; length > 0 && (end = memchr (text, '\n', length)) != NULL;)
    {
      gsize line = (gsize) (end - text);
      Asked asked;
      if (!read_asked (oms, text, line, &asked))
        alarm_at (oms, "an operation that cannot be read", asked.op);
      else
        {
          *concerned |= G_GUINT64_CONSTANT (1) << asked.order;
          g_array_append_val (batch, asked);
        }
      text = end + 1;
      length -= line + 1;
    }
  return batch;
}

static void
answer_push (ModelOms *oms, guint terminal, const char *text, gsize length, gint64 now, OmsReply *reply)
{
  guint64 concerned = 0;
  g_autoptr (GArray) batch = read_batch (oms, text, length, &concerned);

  if (concerned & oms->mood.stumbles)
    reply->status = 500;
  else if (concerned & oms->mood.cannot_read)
    reply->status = 422;
  if (reply->status != 200)
    return;
  for (guint i = 0; i < batch->len; i++)
    {
      const Asked *asked = &g_array_index (batch, Asked, i);
      if (chance (oms, oms->mood.reluctant))
        {
          if (chance (oms, 500))
            g_string_append_printf (reply->body, "{\"op\":\"%s\",\"answer\":\"retry\"}\n", asked->op);
          continue;
        }
      answer_operation (oms, asked, terminal, now, reply->body);
    }
}

static void
write_order (ModelOms *oms, guint index, GString *body)
{
  const OmsOrder *order = &g_array_index (oms->book->orders, OmsOrder, index);

  g_string_append_printf (body,
                          "{\"order\":{\"id\":\"o%u\",\"number\":\"W%u\",\"version\":%" G_GUINT64_FORMAT
                          ",\"currency\":\"EUR\",\"placed_at\":\"2025-11-01T10:00:00Z\",\"lines\":[{\"id\":\"l1\","
                          "\"quantity\":%d,\"delivered\":%d,\"returned\":%d,\"unit_price\":1000,\"paid\":%d}],"
                          "\"payments\":[{\"id\":\"p\",\"method\":\"card\",\"captured\":%d}]%s}}\n",
                          index, index, order->stamp, (int) order->quantity, (int) order->quantity, (int) order->taken,
                          (int) order->quantity * 1000, (int) order->quantity * 1000,
                          oms->mood.bad_record >> index & 1 ? ",\"gift\":12" : "");
}

static void
write_change (ModelOms *oms, const OmsChange *change, GString *body)
{
  if (!change->is_return)
    {
      write_order (oms, change->index, body);
      return;
    }
  const OmsReturn *ret = &g_array_index (oms->book->returns, OmsReturn, change->index);
  g_string_append_printf (body,
                          "{\"return\":{\"id\":\"%s\",\"goods\":\"accepted\",\"refund\":\"%s\",\"at\":"
                          "\"2025-12-01T10:00:00Z\"}}\n",
                          ret->id, ret->settled ? "settled" : "requested");
}

/* A cursor is EPOCH.CHANGE: changes up to CHANGE are told. The log is never thinned out, so it is its own snapshot. */
static gboolean
read_cursor (const ModelOms *oms, const char *cursor, guint *change)
{
  guint epoch;

  *change = 0;
  return cursor == NULL
         || (sscanf (cursor, "%u.%u", &epoch, change) == 2 && epoch == oms->cursor_epoch
             && *change <= oms->book->changes->len);
}

static void
answer_pull (ModelOms *oms, const char *cursor, OmsReply *reply)
{
  guint change, lines = 0;

  if (!read_cursor (oms, cursor, &change))
    {
      reply->status = 410;
      return;
    }
  for (; lines < PULL_LIMIT && change < oms->book->changes->len; lines++)
    {
      if (lines > 0 && lines % CHANGES_A_CURSOR == 0)
        g_string_append_printf (reply->body, "{\"cursor\":\"%u.%u\"}\n", oms->cursor_epoch, change);
      write_change (oms, &g_array_index (oms->book->changes, OmsChange, change++), reply->body);
    }
  g_string_append_printf (reply->body, "{\"end\":\"%u.%u\",\"lines\":%u,\"more\":%s}\n", oms->cursor_epoch, change,
                          lines, change < oms->book->changes->len ? "true" : "false");
}

void
oms_answer (ModelOms *oms, OmsCall call, guint terminal, const char *text, gsize length, gint64 now, OmsReply *reply)
{
  reply->status = oms->mood.status ? oms->mood.status : 200;
  reply->retry_after = oms->mood.status ? oms->mood.retry_after : NULL;
  reply->date = oms->mood.date_offset == G_MAXINT64 ? RETOUR_INSTANT_NONE
                                                    : (now + oms->mood.date_offset) / RETOUR_SECOND * RETOUR_SECOND;
  g_snprintf (reply->epoch, sizeof reply->epoch, "book-%u", oms->epoch);
  reply->body = g_string_new (NULL);
  if (reply->status != 200)
    return;
  oms_advance (oms, now);
  switch (call)
    {
    case OMS_PUSH:
      answer_push (oms, terminal, text, length, now, reply);
      return;
    case OMS_PULL:
      answer_pull (oms, text, reply);
      return;
    case OMS_RENEW:
      return;
    }
}
