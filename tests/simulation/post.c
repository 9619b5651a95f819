/* SPDX-License-Identifier: Apache-2.0 */
/* The ways between terminals and the OMS: what a request meets on its way, and what comes back. Answers are judged, cut into
 * lines and read by the product's own code. */
#include "changes.h"
#include "documents.h"
#include "wire.h"
#include "world.h"

#include <string.h>

#define TIMEOUT (60 * RETOUR_SECOND)
#define CLOCK_THAT_TLS_BEARS (365 * DAY)

Request *
request_ref (Request *request)
{
  request->references++;
  return request;
}

void
request_unref (gpointer pointer)
{
  Request *request = pointer;

  if (--request->references > 0)
    return;
  g_queue_clear_full (&request->pages, (GDestroyNotify) retour_change_page_free);
  if (request->body != NULL)
    g_string_free (request->body, TRUE);
  g_free (request->text);
  g_free (request->epoch);
  g_free (request);
}

static Request *
request_new (Terminal *terminal, const RetourAction *action)
{
  Request *request = g_new0 (Request, 1);

  request->references = 1;
  request->terminal = terminal;
  request->life = terminal->life;
  request->number = action->request;
  request->kind = action->kind;
  request->sent = terminal_moment (terminal).boot;
  request->date = RETOUR_INSTANT_NONE;
  request->retry_after = -1;
  g_queue_init (&request->pages);
  if (action->kind == RETOUR_ACTION_PULL)
    request->text = g_strdup (action->cursor);
  else if (action->kind == RETOUR_ACTION_PUSH)
    {
      g_autoptr (GBytes) body = retour_operations_write (action->operations);
      gconstpointer bytes = g_bytes_get_data (body, &request->length);
      request->text = g_strndup (bytes, request->length);
    }
  return request;
}

static void
arrive (Request *request, gint64 delay)
{
  World *world = request->terminal->world;

  world_at (world, world->now + delay, EVENT_AT_DEVICE, request->terminal, request_ref (request));
}

static void
end_with (Request *request, RetourTransferEnd end, gint64 delay)
{
  request->outline.end = end;
  arrive (request, delay);
}

/* What somebody who wants to be taken for the OMS would say. */
static void
write_forgery (Request *request)
{
  request->body = g_string_new (NULL);
  if (request->kind == RETOUR_ACTION_PUSH)
    for (const char *at = request->text; (at = strstr (at, "{\"op\":\"")) != NULL; at += 7)
      {
        const char *end = strchr (at + 7, '"');
        g_string_append_printf (request->body, "{\"op\":\"%.*s\",\"answer\":\"accepted\",\"refund\":\"settled\"}\n",
                                (int) (end - at - 7), at + 7);
      }
  else
    g_string_append (request->body, "{\"end\":\"1.0\",\"lines\":0,\"more\":false}\n");
}

static void
answer_as_portal (Request *request)
{
  World *world = request->terminal->world;
  static const guint statuses[] = { 200, 302, 511, 200, 403, 410 };
  guint which = (guint) world_below (world, G_N_ELEMENTS (statuses));

  request->outline.status = statuses[which];
  request->outline.media_type_expected = which == 3;
  request->outline.protocol_known = which == 3 && world_chance (world, 500);
  if (which == 3)
    write_forgery (request);
  else
    request->body = g_string_new ("<html>Bienvenue sur le Wi-Fi</html>");
  arrive (request, 100 * 1000);
}

static void
answer_as_impostor (Request *request)
{
  if (request->terminal->world->mutation != MUTATION_TRUST_ANYBODY)
    {
      end_with (request, RETOUR_TRANSFER_UNTRUSTED, 50 * 1000);
      return;
    }
  request->outline = (RetourReplyOutline){ RETOUR_TRANSFER_DONE, 200, TRUE, TRUE, TRUE };
  write_forgery (request);
  arrive (request, 100 * 1000);
}

/* The answer to an earlier request of the same kind, on a connection that was used again. */
static gboolean
answer_stale (Request *request)
{
  Terminal *terminal = request->terminal;

  if (terminal->last_answer->len == 0 || terminal->last_kind != request->kind)
    return FALSE;
  request->outline = (RetourReplyOutline){ RETOUR_TRANSFER_DONE, 200, FALSE, TRUE, TRUE };
  request->body = g_string_new_len (terminal->last_answer->str, (gssize) terminal->last_answer->len);
  request->epoch = g_strdup (terminal->last_epoch);
  arrive (request, 50 * 1000);
  return TRUE;
}

static gint64
draw_delay (World *world, const Terminal *terminal)
{
  const Fault *fault = world_fault (world, FAULT_DELAY, terminal);

  return 10 * 1000 + world_below (world, 150 * 1000) + (fault ? world_below (world, fault->size * RETOUR_SECOND) : 0);
}

static gboolean
strikes (World *world, FaultKind kind, const Terminal *terminal)
{
  const Fault *fault = world_fault (world, kind, terminal);

  return fault != NULL && world_chance (world, fault->size);
}

static void
set_out (Request *request)
{
  Terminal *terminal = request->terminal;
  World *world = terminal->world;
  gint64 delay = draw_delay (world, terminal);

  if (strikes (world, FAULT_REPEAT, terminal))
    {
      Request *echo = g_new0 (Request, 1);
      *echo = (Request){
        .references = 1, .terminal = terminal, .kind = request->kind, .length = request->length, .echo = TRUE
      };
      echo->text = request->text
                       ? g_strndup (request->text,
                                    request->kind == RETOUR_ACTION_PULL ? strlen (request->text) : request->length)
                       : NULL;
      world_at (world, world->now + delay + world_below (world, 2 * MINUTE), EVENT_AT_OMS, terminal, echo);
    }
  if (strikes (world, FAULT_LOSS, terminal))
    {
      end_with (request, RETOUR_TRANSFER_FAILED, 30 * RETOUR_SECOND);
      if (world_chance (world, 500))
        return;
      request->echo = TRUE; /* it arrives; its answer does not */
    }
  world_at (world, world->now + delay, EVENT_AT_OMS, terminal, request_ref (request));
}

void
post_send (Terminal *terminal, const RetourAction *action)
{
  World *world = terminal->world;
  Request *request = request_new (terminal, action);

  g_ptr_array_add (terminal->requests, request);
  if (action->kind == RETOUR_ACTION_PULL)
    {
      terminal->ask_boot = request->sent;
      terminal->ask_stamp = world->oms->stamp;
    }
  if (world_fault (world, FAULT_OUTAGE, terminal) != NULL || world_fault (world, FAULT_CABLE, terminal) != NULL)
    end_with (request, RETOUR_TRANSFER_FAILED, world_below (world, 10 * RETOUR_SECOND));
  else if (ABS (terminal->skew) > CLOCK_THAT_TLS_BEARS)
    end_with (request, RETOUR_TRANSFER_UNTRUSTED, 50 * 1000);
  else if (action->kind == RETOUR_ACTION_RENEW && world->mutation == MUTATION_NO_RENEWAL)
    end_with (request, RETOUR_TRANSFER_FAILED, RETOUR_SECOND);
  else if (strikes (world, FAULT_IMPOSTOR, terminal))
    answer_as_impostor (request);
  else if (strikes (world, FAULT_PORTAL, terminal))
    answer_as_portal (request);
  else if (!strikes (world, FAULT_STALE, terminal) || !answer_stale (request))
    set_out (request);
}

static Request *
find_request (Terminal *terminal, guint number)
{
  for (guint i = 0; i < terminal->requests->len; i++)
    if (((Request *) terminal->requests->pdata[i])->number == number)
      return terminal->requests->pdata[i];
  return NULL;
}

void
post_cancel (Terminal *terminal, guint number)
{
  Request *request = find_request (terminal, number);

  if (request == NULL || request->answered)
    return;
  request->outline = (RetourReplyOutline){ .end = RETOUR_TRANSFER_CANCELLED };
  request->hasty = TRUE;
  arrive (request, 1000);
}

static guint64
orders_of (const World *world, FaultKind kind)
{
  guint64 orders = 0;

  /* What concerns single records stays when all else is calm. */
  for (guint i = 0; i < world->scenario->faults->len; i++)
    {
      const Fault *fault = &g_array_index (world->scenario->faults, Fault, i);
      if (fault->kind == kind && fault->from <= world->now)
        orders |= G_GUINT64_CONSTANT (1) << fault->order;
    }
  return orders;
}

static void
set_mood (World *world, const Terminal *terminal)
{
  static const guint storms[] = { 500, 502, 503, 504, 408, 425 };
  static const char *const waits[] = { "0", "5", "120", "900", "7200", "86400", "soon" };
  OmsMood *mood = &world->oms->mood;
  const Fault *reluctant = world_fault (world, FAULT_RELUCTANT, terminal);
  const Fault *date = world_fault (world, FAULT_DATE, terminal);

  *mood = (OmsMood){ .rejects = orders_of (world, FAULT_REJECTS),
                     .stumbles = orders_of (world, FAULT_STUMBLES),
                     .cannot_read = orders_of (world, FAULT_CANNOT_READ),
                     .bad_record = orders_of (world, FAULT_BAD_RECORD),
                     .reluctant = reluctant ? reluctant->size : 0 };
  if (date != NULL)
    mood->date_offset = date->size == 0 ? G_MAXINT64 : date->size == 1 ? 3650 * DAY : -40 * MINUTE;
  if (terminal->refused_until > world->now)
    mood->status = terminal->refused_for_good ? 403 : 401;
  if (strikes (world, FAULT_STORM, terminal))
    mood->status = storms[world_below (world, G_N_ELEMENTS (storms))];
  if (strikes (world, FAULT_WAIT, terminal))
    {
      mood->status = world_chance (world, 500) ? 429 : 503;
      mood->retry_after = waits[world_below (world, G_N_ELEMENTS (waits))];
    }
}

static void
take_answer (Request *request, OmsReply *reply)
{
  Terminal *terminal = request->terminal;
  World *world = terminal->world;

  request->outline = (RetourReplyOutline){ RETOUR_TRANSFER_DONE, reply->status, TRUE, TRUE, reply->status == 200 };
  request->date = reply->date;
  request->retry_after = retour_retry_after_parse (reply->retry_after, reply->date);
  request->epoch = g_strdup (reply->epoch);
  request->body = g_steal_pointer (&reply->body);
  if (reply->status == 200 && request->body->len > 0)
    {
      g_string_assign (terminal->last_answer, request->body->str);
      g_free (terminal->last_epoch);
      terminal->last_epoch = g_strdup (request->epoch);
      terminal->last_kind = request->kind;
    }
  if (!strikes (world, FAULT_CUT, terminal))
    return;
  request->outline.end = RETOUR_TRANSFER_CUT;
  if (request->body->len > 0)
    g_string_truncate (request->body, (gsize) world_below (world, (gint64) request->body->len));
}

void
post_at_oms (World *world, Request *request)
{
  Terminal *terminal = request->terminal;
  OmsReply reply = { 0 };
  OmsCall call = request->kind == RETOUR_ACTION_PUSH   ? OMS_PUSH
                 : request->kind == RETOUR_ACTION_PULL ? OMS_PULL
                                                       : OMS_RENEW;

  set_mood (world, terminal);
  if (call == OMS_RENEW && world->oms->mood.status == 401)
    world->oms->mood.status = 0;
  oms_answer (world->oms, call, terminal->index, request->text, request->length, world->now, &reply);
  if (call != OMS_PULL || reply.status != 200 || world->trace == TRACE_ALL)
    world_trace (world, NULL, "OMS: %s of terminal %u: %u",
                 call == OMS_PUSH   ? "operations"
                 : call == OMS_PULL ? "changes"
                                    : "renewal",
                 terminal->index, reply.status);
  promises_of_oms (world);
  if (!request->echo && !request->answered)
    {
      gint64 delay = draw_delay (world, terminal);
      gint64 age = terminal->life == request->life ? terminal_moment (terminal).boot - request->sent : 0;
      take_answer (request, &reply);
      if (age + delay > TIMEOUT)
        {
          request->outline = (RetourReplyOutline){ .end = RETOUR_TRANSFER_FAILED };
          delay = MAX (TIMEOUT - age, 0);
        }
      arrive (request, delay);
    }
  oms_reply_clear (&reply);
  request_unref (request);
}

static GPtrArray *
read_answers (Request *request, RetourVerdict verdict)
{
  Mutation mutation = request->terminal->world->mutation;
  GPtrArray *answers = retour_answers_read (request->body->str, request->body->len);

  if (mutation == MUTATION_ACK_BY_STATUS)
    g_ptr_array_set_size (answers, 0);
  if (mutation != MUTATION_ACK_BY_STATUS && !(mutation == MUTATION_ACK_WITHOUT_ANSWER && verdict == RETOUR_VERDICT_OK))
    return answers;
  for (const char *at = request->text; (at = strstr (at, "{\"op\":\"")) != NULL; at += 7)
    {
      g_autofree char *op = g_strndup (at + 7, (gsize) (strchr (at + 7, '"') - at - 7));
      gboolean known = FALSE;
      for (guint i = 0; i < answers->len; i++)
        known = known || g_str_equal (((RetourAnswer *) answers->pdata[i])->op, op);
      if (!known)
        g_ptr_array_add (answers, retour_answer_new (op, RETOUR_ANSWER_ACCEPTED));
    }
  return answers;
}

/* The pages of a feed; FALSE when it is none. */
static gboolean
read_feed (Request *request)
{
  g_autoptr (RetourChangeReader) reader = retour_change_reader_new (retour_documents ());
  RetourChangePage *page;
  gboolean good = retour_change_reader_push (reader, request->body->str, request->body->len, NULL);

  while ((page = retour_change_reader_pop (reader)) != NULL)
    g_queue_push_tail (&request->pages, page);
  request->complete = good && retour_change_reader_is_complete (reader, &request->more);
  return good;
}

static void
give_certificate (Terminal *terminal, RetourResponse *response)
{
  gint64 now = terminal->world->now;

  terminal->refused_until = 0;
  terminal->terms.valid_from = now - HOUR;
  terminal->terms.valid_until = now + 90 * DAY;
  terminal->terms.renew_at = now + 60 * DAY;
  response->renewed = terminal->terms;
}

static void
deliver (Request *request)
{
  Terminal *terminal = request->terminal;
  g_autoptr (GPtrArray) answers = NULL;
  RetourResponse response = { .retry_after = request->retry_after,
                              .date = request->date,
                              .sent = request->sent,
                              .answered = request->answered_at,
                              .complete = request->complete,
                              .more = request->more,
                              .message = "as it came" };

  response.verdict = retour_verdict_judge (&request->outline);
  gboolean usable = response.verdict == RETOUR_VERDICT_OK || response.verdict == RETOUR_VERDICT_CUT;
  if (terminal->world->mutation == MUTATION_CUT_IS_WHOLE && usable && request->kind == RETOUR_ACTION_PULL)
    {
      response.verdict = RETOUR_VERDICT_OK;
      response.complete = TRUE;
    }
  if (usable && request->kind == RETOUR_ACTION_PUSH)
    response.answers = answers = read_answers (request, response.verdict);
  if (response.verdict == RETOUR_VERDICT_OK && request->kind == RETOUR_ACTION_RENEW)
    give_certificate (terminal, &response);
  if (terminal->world->mutation == MUTATION_IGNORE_DATE)
    response.date = RETOUR_INSTANT_NONE;
  if (terminal->world->mutation != MUTATION_IGNORE_EPOCH)
    response.epoch = request->epoch;
  promises_after_answer (terminal, &response);
  if (terminal->world->mutation == MUTATION_IGNORE_RETRY_AFTER)
    response.retry_after = -1;
  guint number = request->number;
  if (request->kind != RETOUR_ACTION_PULL || response.verdict != RETOUR_VERDICT_OK
      || terminal->world->trace == TRACE_ALL)
    world_trace (terminal->world, terminal, "hears %s of request %u", retour_verdict_code (response.verdict), number);
  request_ref (request);
  g_ptr_array_remove (terminal->requests, request);
  terminal_step (terminal, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE, .request = number, .response = &response });
  if (response.verdict == RETOUR_VERDICT_OK)
    promises_of_clock (terminal, request);
  request_unref (request);
}

/* Pages go one by one while the engine takes them; when the whole answer was in one packet, all at once. */
void
post_go_on (Terminal *terminal)
{
  guint life = terminal->life;

  if (terminal->going_on)
    return;
  terminal->going_on = TRUE;
  for (guint i = 0; terminal->life == life && i < terminal->requests->len;)
    {
      Request *request = terminal->requests->pdata[i++];
      if (!request->answered)
        continue;
      if (request->pages.length == 0)
        {
          deliver (request);
          i = 0;
        }
      else if (request->hasty || retour_engine_wants_page (terminal->engine, request->number))
        {
          terminal_step (terminal, (RetourEvent){ .kind = RETOUR_EVENT_PAGE,
                                                  .request = request->number,
                                                  .page = g_queue_pop_head (&request->pages) });
          i = 0;
        }
    }
  terminal->going_on = FALSE;
}

void
post_at_device (World *world, Request *request)
{
  Terminal *terminal = request->terminal;

  if (terminal->life != request->life || request->delivered)
    {
      request_unref (request);
      return;
    }
  request->delivered = request->answered = TRUE;
  request->answered_at = terminal_moment (terminal).boot;
  if (world->mutation == MUTATION_IGNORE_NONCE && request->outline.protocol_known)
    request->outline.nonce_echoed = TRUE;
  request->hasty = request->hasty || world_chance (world, 500);
  RetourVerdict verdict = retour_verdict_judge (&request->outline);
  if (request->kind == RETOUR_ACTION_PULL && (verdict == RETOUR_VERDICT_OK || verdict == RETOUR_VERDICT_CUT)
      && !read_feed (request))
    request->outline.end = RETOUR_TRANSFER_TOO_LARGE;
  post_go_on (terminal);
  request_unref (request);
}
