/* SPDX-License-Identifier: Apache-2.0 */
/* The engine's requests on their way: what is sent, what comes in, what the engine is told of it. */
#include "exchange-private.h"

#include <string.h>

#include "wire.h"

#define OPERATIONS_TIMEOUT 60000 /* milliseconds */
#define RENEWAL_TIMEOUT 30000

void
retour_errand_free (gpointer pointer)
{
  RetourErrand *errand = pointer;

  retour_change_reader_free (errand->reader);
  g_queue_clear_full (&errand->pages, (GDestroyNotify) retour_change_page_free);
  g_free (errand->problem);
  g_free (errand);
}

static RetourErrand *
find_errand (RetourExchange *exchange, guint request)
{
  for (guint i = 0; i < exchange->errands->len; i++)
    {
      RetourErrand *errand = exchange->errands->pdata[i];
      if (errand->request == request)
        return errand;
    }
  return NULL;
}

static void
hand_over_pages (RetourErrand *errand)
{
  RetourChangePage *page;

  while (retour_engine_wants_page (errand->exchange->engine, errand->request)
         && (page = g_queue_pop_head (&errand->pages)) != NULL)
    retour_exchange_dispatch (errand->exchange,
                              &(RetourEvent){ .kind = RETOUR_EVENT_PAGE, .request = errand->request, .page = page });
}

/* Inside curl: nothing but reading may happen here. The pages are handed over when curl is done. */
static RetourBodyWish
on_feed (guint transfer, const char *bytes, gsize length, gpointer user_data)
{
  RetourErrand *errand = user_data;
  g_autoptr (GError) error = NULL;
  RetourChangePage *page;

  if (errand->pages.length > 0 || !retour_engine_wants_page (errand->exchange->engine, errand->request))
    {
      errand->paused = TRUE;
      return RETOUR_BODY_PAUSE;
    }
  gboolean good = retour_change_reader_push (errand->reader, bytes, length, &error);
  while ((page = retour_change_reader_pop (errand->reader)) != NULL)
    g_queue_push_tail (&errand->pages, page);
  if (good)
    return RETOUR_BODY_MORE;
  errand->problem = g_strdup (error->message);
  return RETOUR_BODY_STOP;
}

static void
finish_pull (RetourErrand *errand, RetourResponse *response)
{
  guint64 count;
  GPtrArray *refused = retour_change_reader_get_refused (errand->reader, &count);

  /* The last pages may be more than the engine likes to hold; they are few. */
  RetourChangePage *page;
  while ((page = g_queue_pop_head (&errand->pages)) != NULL)
    retour_exchange_dispatch (errand->exchange,
                              &(RetourEvent){ .kind = RETOUR_EVENT_PAGE, .request = errand->request, .page = page });
  response->complete = retour_change_reader_is_complete (errand->reader, &response->more);
  retour_exchange_journal_refused (errand->exchange, refused, count);
}

void
retour_exchange_set_terms (const RetourEnrolment *enrolment, RetourEngineTerms *terms)
{
  terms->valid_from = enrolment->valid_from;
  terms->valid_until = enrolment->valid_until;
  terms->renew_at = retour_enrolment_renew_at (enrolment);
  terms->terminal = enrolment->identity->terminal_id;
}

RetourTransportOptions
retour_exchange_transport_options (const RetourEnrolment *enrolment)
{
  return (RetourTransportOptions){ .address = enrolment->address,
                                   .authority_pem = enrolment->authority_pem,
                                   .pins = enrolment->pins,
                                   .device_pem = enrolment->device_pem };
}

static void
finish_renewal (RetourErrand *errand, const RetourReply *reply, RetourResponse *response)
{
  RetourExchange *exchange = errand->exchange;
  g_autoptr (GError) error = NULL;
  RetourEnrolment *renewed = retour_enrolment_finish_renewal (exchange->directory, exchange->enrolment, reply->body,
                                                              reply->body_length, &error);

  if (renewed == NULL)
    {
      response->verdict = RETOUR_VERDICT_MALFORMED;
      response->message = errand->problem = g_strdup (error->message);
      return;
    }
  retour_enrolment_free (exchange->enrolment);
  exchange->enrolment = renewed;
  const RetourTransportOptions options = retour_exchange_transport_options (renewed);
  retour_transport_set_identity (exchange->transport, &options);
  retour_exchange_set_terms (renewed, &response->renewed);
}

static void
on_reply (guint transfer, const RetourReply *reply, gpointer user_data)
{
  RetourErrand *errand = user_data;
  RetourExchange *exchange = errand->exchange;
  g_autoptr (GPtrArray) answers = NULL;
  RetourResponse response = { .verdict = reply->verdict,
                              .retry_after = reply->retry_after,
                              .date = reply->date,
                              .sent = reply->sent,
                              .answered = reply->answered,
                              .epoch = reply->epoch,
                              .message = errand->problem ? errand->problem : reply->message };

  if (exchange->stopping)
    return;
  gboolean usable = reply->verdict == RETOUR_VERDICT_OK || reply->verdict == RETOUR_VERDICT_CUT;
  if (errand->kind == RETOUR_ACTION_PUSH && usable)
    response.answers = answers = retour_answers_read (reply->body, reply->body_length);
  else if (errand->kind == RETOUR_ACTION_RENEW && reply->verdict == RETOUR_VERDICT_OK)
    finish_renewal (errand, reply, &response);
  else if (errand->kind == RETOUR_ACTION_PULL)
    finish_pull (errand, &response);
  retour_exchange_dispatch (exchange, &(RetourEvent){ .kind = RETOUR_EVENT_RESPONSE,
                                                      .request = errand->request,
                                                      .response = &response });
  g_ptr_array_remove_fast (exchange->errands, errand);
}

static RetourErrand *
begin_errand (RetourExchange *exchange, const RetourAction *action)
{
  RetourErrand *errand = g_new0 (RetourErrand, 1);

  errand->exchange = exchange;
  errand->kind = action->kind;
  errand->request = action->request;
  g_queue_init (&errand->pages);
  g_ptr_array_add (exchange->errands, errand);
  return errand;
}

void
retour_errand_pull (RetourExchange *exchange, const RetourAction *action)
{
  RetourErrand *errand = begin_errand (exchange, action);
  g_autofree char *cursor = action->cursor ? g_uri_escape_string (action->cursor, NULL, FALSE) : NULL;
  g_autofree char *path = cursor ? g_strconcat ("/v1/changes?cursor=", cursor, NULL) : g_strdup ("/v1/changes");

  errand->reader = retour_change_reader_new (exchange->documents);
  errand->transfer =
      retour_transport_send (exchange->transport, &(RetourTransportRequest){ .path = path,
                                                                             .expected = "application/jsonl",
                                                                             .body = on_feed,
                                                                             .done = on_reply,
                                                                             .user_data = errand });
}

void
retour_errand_push (RetourExchange *exchange, const RetourAction *action)
{
  RetourErrand *errand = begin_errand (exchange, action);
  g_autoptr (GBytes) body = retour_operations_write (action->operations);

  errand->transfer =
      retour_transport_send (exchange->transport, &(RetourTransportRequest){ .path = "/v1/operations",
                                                                             .upload = body,
                                                                             .media_type = "application/jsonl",
                                                                             .expected = "application/jsonl",
                                                                             .timeout = OPERATIONS_TIMEOUT,
                                                                             .done = on_reply,
                                                                             .user_data = errand });
}

void
retour_errand_renew (RetourExchange *exchange, const RetourAction *action)
{
  g_autoptr (GError) error = NULL;
  char *body = retour_enrolment_begin_renewal (exchange->directory, exchange->enrolment, &error);

  if (body == NULL)
    {
      RetourResponse response = {
        .verdict = RETOUR_VERDICT_MALFORMED, .retry_after = -1, .date = RETOUR_INSTANT_NONE, .message = error->message
      };
      retour_exchange_dispatch (exchange, &(RetourEvent){ .kind = RETOUR_EVENT_RESPONSE,
                                                          .request = action->request,
                                                          .response = &response });
      return;
    }
  g_autoptr (GBytes) upload = g_bytes_new_take (body, strlen (body));
  RetourErrand *errand = begin_errand (exchange, action);
  errand->transfer =
      retour_transport_send (exchange->transport, &(RetourTransportRequest){ .path = "/v1/enrolments",
                                                                             .upload = upload,
                                                                             .expected = "application/json",
                                                                             .timeout = RENEWAL_TIMEOUT,
                                                                             .done = on_reply,
                                                                             .user_data = errand });
}

void
retour_errand_cancel (RetourExchange *exchange, guint request)
{
  RetourErrand *errand = find_errand (exchange, request);

  if (errand != NULL)
    retour_transport_cancel (exchange->transport, errand->transfer);
}

void
retour_errands_go_on (RetourExchange *exchange)
{
  for (guint i = 0; i < exchange->errands->len; i++)
    {
      RetourErrand *errand = exchange->errands->pdata[i];
      if (errand->kind != RETOUR_ACTION_PULL)
        continue;
      hand_over_pages (errand);
      if (errand->paused && errand->pages.length == 0 && retour_engine_wants_page (exchange->engine, errand->request))
        {
          errand->paused = FALSE;
          retour_transport_resume (exchange->transport, errand->transfer);
        }
      return; /* there is one at most, and the list may have changed */
    }
}
