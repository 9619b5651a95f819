/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange-private.h"

#include <sodium.h>
#include <string.h>

#include "wire.h"

#define OPERATIONS_TIMEOUT 60000 /* milliseconds */
#define RENEWAL_TIMEOUT 30000
/* The alarm's clock stands still while the machine sleeps; looking this often makes up for it. */
#define LONGEST_NAP (30 * RETOUR_SECOND)
/* A look at the feed that brings fewer changes is not worth the word "pulling". */
#define CHANGES_WORTH_TELLING 200

RetourMoment
retour_exchange_now (const RetourExchange *exchange)
{
  const RetourClock *clock = exchange->clock;

  return (RetourMoment){ .boot = clock->boot (clock->self), .wall = clock->wall (clock->self) };
}

static gboolean
on_alarm (gpointer user_data)
{
  RetourExchange *exchange = user_data;

  g_source_set_ready_time (exchange->alarm, -1);
  retour_exchange_dispatch (exchange, &(RetourEvent){ .kind = RETOUR_EVENT_TICK });
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_alarm (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs alarm_functions = { .dispatch = dispatch_alarm };

static void
free_errand (gpointer pointer)
{
  RetourErrand *errand = pointer;

  retour_change_reader_free (errand->reader);
  g_queue_clear_full (&errand->pages, (GDestroyNotify) retour_change_page_free);
  g_free (errand->problem);
  g_free (errand);
}

RetourExchange *
retour_exchange_new (const RetourStorage *storage,
                     const RetourDocuments *documents,
                     const RetourClock *clock,
                     const char *directory,
                     gint64 poll_interval,
                     RetourExchangeListener listener,
                     gpointer user_data)
{
  RetourExchange *exchange = g_new0 (RetourExchange, 1);

  exchange->storage = storage;
  exchange->documents = documents;
  exchange->clock = clock;
  exchange->directory = g_strdup (directory);
  exchange->listener = listener;
  exchange->user_data = user_data;
  exchange->errands = g_ptr_array_new_with_free_func (free_errand);
  exchange->status.last_pull = exchange->status.last_push = RETOUR_INSTANT_NONE;
  guint64 seed;
  randombytes_buf (&seed, sizeof seed);
  const RetourEngineOptions options = { .seed = seed, .poll_interval = poll_interval };
  exchange->engine = retour_engine_new (&options, retour_exchange_now (exchange));
  exchange->alarm = g_source_new (&alarm_functions, sizeof (GSource));
  g_source_set_callback (exchange->alarm, on_alarm, exchange, NULL);
  g_source_attach (exchange->alarm, g_main_context_get_thread_default ());
  retour_exchange_refresh_status (exchange);
  return exchange;
}

void
retour_exchange_free (RetourExchange *exchange)
{
  if (exchange == NULL)
    return;
  exchange->stopping = TRUE;
  retour_transport_free (exchange->transport);
  g_source_destroy (exchange->alarm);
  g_source_unref (exchange->alarm);
  g_ptr_array_unref (exchange->errands);
  retour_engine_free (exchange->engine);
  retour_enrolment_free (exchange->enrolment);
  retour_sync_report_free (exchange->report);
  g_free (exchange->directory);
  g_free (exchange);
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

static void
set_terms (const RetourEnrolment *enrolment, RetourEngineTerms *terms)
{
  terms->valid_from = enrolment->valid_from;
  terms->valid_until = enrolment->valid_until;
  terms->renew_at = retour_enrolment_renew_at (enrolment);
  terms->terminal = enrolment->identity->terminal_id;
}

static RetourTransportOptions
transport_options (const RetourEnrolment *enrolment)
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
  const RetourTransportOptions options = transport_options (renewed);
  retour_transport_set_identity (exchange->transport, &options);
  set_terms (renewed, &response->renewed);
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

static void
send_pull (RetourExchange *exchange, const RetourAction *action)
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

static void
send_push (RetourExchange *exchange, const RetourAction *action)
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

static void
send_renewal (RetourExchange *exchange, const RetourAction *action)
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

static void
cancel (RetourExchange *exchange, guint request)
{
  RetourErrand *errand = find_errand (exchange, request);

  if (errand != NULL)
    retour_transport_cancel (exchange->transport, errand->transfer);
}

static void
set_alarm (RetourExchange *exchange, gint64 boot_time)
{
  gint64 wait = boot_time - exchange->clock->boot (exchange->clock->self);

  g_source_set_ready_time (exchange->alarm, g_get_monotonic_time () + CLAMP (wait, 0, LONGEST_NAP));
}

static void
carry_out (RetourExchange *exchange, RetourAction *action)
{
  switch (action->kind)
    {
    case RETOUR_ACTION_CLAIM:
      retour_exchange_claim (exchange, action->limit);
      return;
    case RETOUR_ACTION_PUSH:
      send_push (exchange, action);
      return;
    case RETOUR_ACTION_SETTLE:
      retour_exchange_settle (exchange, action->settlements);
      return;
    case RETOUR_ACTION_LOCATE:
      retour_exchange_locate (exchange);
      return;
    case RETOUR_ACTION_PULL:
      send_pull (exchange, action);
      return;
    case RETOUR_ACTION_APPLY:
      retour_exchange_apply (exchange, g_steal_pointer (&action->page));
      return;
    case RETOUR_ACTION_START_AGAIN:
      retour_exchange_start_again (exchange);
      return;
    case RETOUR_ACTION_RENEW:
      send_renewal (exchange, action);
      return;
    case RETOUR_ACTION_CANCEL:
      cancel (exchange, action->request);
      return;
    case RETOUR_ACTION_NOTE:
      retour_exchange_note (exchange, action);
      return;
    case RETOUR_ACTION_WAKE:
      set_alarm (exchange, action->wake_at);
      return;
    case RETOUR_ACTION_REPORT:
      retour_exchange_tell (exchange);
      return;
    }
}

/* An event may arise while an action is carried out (a request that cannot be sent): the engine hears of it at once, the
 * actions it asks for are carried out by the loop that is already running. */
void
retour_exchange_dispatch (RetourExchange *exchange, RetourEvent *event)
{
  RetourAction *action;

  event->now = retour_exchange_now (exchange);
  retour_engine_handle (exchange->engine, event);
  if (exchange->carrying_out)
    return;
  exchange->carrying_out = TRUE;
  while ((action = retour_engine_next_action (exchange->engine)) != NULL)
    {
      if (!exchange->stopping)
        carry_out (exchange, action);
      retour_action_free (action);
    }
  exchange->carrying_out = FALSE;
}

static RetourSyncPhase
choose_phase (const RetourExchange *exchange, const RetourEngineView *view)
{
  if (exchange->enrolment == NULL)
    return RETOUR_SYNC_PHASE_NOT_ENROLLED;
  if (view->clock_wrong)
    return RETOUR_SYNC_PHASE_CLOCK_WRONG;
  switch (view->trouble)
    {
    case RETOUR_TROUBLE_SECURITY:
      return RETOUR_SYNC_PHASE_SECURITY;
    case RETOUR_TROUBLE_PORTAL:
      return RETOUR_SYNC_PHASE_PORTAL;
    case RETOUR_TROUBLE_NETWORK:
    case RETOUR_TROUBLE_SERVER:
    case RETOUR_TROUBLE_UPGRADE:
    case RETOUR_TROUBLE_STORAGE:
      return RETOUR_SYNC_PHASE_OFFLINE;
    case RETOUR_TROUBLE_NONE:
      break;
    }
  if (view->sending > 0)
    return RETOUR_SYNC_PHASE_SENDING;
  if (!view->caught_up || (view->pulling && view->changes_pulled >= CHANGES_WORTH_TELLING))
    return RETOUR_SYNC_PHASE_PULLING;
  return RETOUR_SYNC_PHASE_UP_TO_DATE;
}

static guint64
announced_changes (RetourExchange *exchange)
{
  for (guint i = 0; exchange->transport != NULL && i < exchange->errands->len; i++)
    {
      const RetourErrand *errand = exchange->errands->pdata[i];
      if (errand->kind == RETOUR_ACTION_PULL)
        return retour_transport_get_announced (exchange->transport, errand->transfer);
    }
  return 0;
}

static void
set_progress (RetourExchange *exchange, const RetourEngineView *view, RetourSyncReport *report)
{
  guint64 announced = announced_changes (exchange);

  report->seconds_left = -1;
  report->pulled = view->changes_pulled;
  report->total = MAX (announced, report->pulled);
  if (announced == 0)
    {
      report->total = 0;
      return;
    }
  gint64 elapsed = exchange->clock->boot (exchange->clock->self) - view->pull_began;
  if (report->pulled >= CHANGES_WORTH_TELLING && elapsed > RETOUR_SECOND)
    report->seconds_left =
        (gint64) ((report->total - report->pulled) * (guint64) (elapsed / 1000) / report->pulled / 1000);
}

/* Nothing is told before the store has said what is still to send: "up to date" would be a guess. */
void
retour_exchange_tell (RetourExchange *exchange)
{
  RetourMoment now = retour_exchange_now (exchange);
  RetourEngineView view;
  g_autoptr (RetourSyncReport) report = g_new0 (RetourSyncReport, 1);

  if (!exchange->status_known || exchange->stopping)
    return;
  retour_engine_view (exchange->engine, &view);
  report->phase = choose_phase (exchange, &view);
  report->since = exchange->report && exchange->report->phase == report->phase ? exchange->report->since : now.wall;
  report->last_exchange = view.last_exchange != RETOUR_INSTANT_NONE
                              ? view.last_exchange
                              : MAX (exchange->status.last_pull, exchange->status.last_push);
  report->pulled_as_of = view.pulled_as_of;
  report->pushed_as_of = view.pushed_as_of;
  report->failed_at = view.failed_at;
  report->to_send = MAX (exchange->status.to_send, view.sending);
  report->attention = exchange->status.attention;
  report->clock_offset = view.clock_offset != 0 ? view.clock_offset : exchange->status.clock_offset;
  report->first_pull_done = exchange->status.first_pull_done || view.caught_up;
  report->next_try = view.next_try >= 0 ? now.wall + view.next_try - now.boot : RETOUR_INSTANT_NONE;
  report->message = g_strdup (view.message);
  if (report->phase == RETOUR_SYNC_PHASE_PULLING)
    set_progress (exchange, &view, report);
  else
    report->seconds_left = -1;
  if (exchange->report != NULL && retour_sync_report_equal (exchange->report, report))
    return;
  g_clear_pointer (&exchange->report, retour_sync_report_free);
  exchange->report = g_steal_pointer (&report);
  exchange->listener (exchange->report, exchange->user_data);
}

void
retour_exchange_enrol (RetourExchange *exchange, const RetourEnrolment *enrolment)
{
  g_autoptr (GError) error = NULL;

  retour_exchange_dispatch (exchange, &(RetourEvent){ .kind = RETOUR_EVENT_DISMISSED });
  g_clear_pointer (&exchange->transport, retour_transport_free);
  g_clear_pointer (&exchange->enrolment, retour_enrolment_free);
  if (enrolment == NULL)
    {
      retour_exchange_tell (exchange);
      return;
    }
  const RetourTransportOptions options = transport_options (enrolment);
  exchange->transport = retour_transport_new (&options, exchange->clock, &error);
  if (exchange->transport == NULL)
    return;
  exchange->enrolment = retour_enrolment_copy (enrolment);
  retour_transport_set_offline (exchange->transport, exchange->offline);
  RetourEngineTerms terms;
  set_terms (enrolment, &terms);
  retour_exchange_dispatch (exchange, &(RetourEvent){ .kind = RETOUR_EVENT_ENROLLED, .terms = &terms });
}

void
retour_exchange_kick (RetourExchange *exchange)
{
  retour_exchange_refresh_status (exchange);
  retour_exchange_dispatch (exchange, &(RetourEvent){ .kind = RETOUR_EVENT_KICK });
}

void
retour_exchange_network_changed (RetourExchange *exchange, gboolean available)
{
  retour_exchange_dispatch (exchange, &(RetourEvent){ .kind = RETOUR_EVENT_NETWORK, .available = available });
}

void
retour_exchange_set_offline (RetourExchange *exchange, gboolean offline)
{
  exchange->offline = offline;
  if (exchange->transport != NULL)
    retour_transport_set_offline (exchange->transport, offline);
  retour_exchange_network_changed (exchange, !offline);
}

void
retour_exchange_reached (RetourExchange *exchange)
{
  if (retour_engine_get_link_stage (exchange->engine) == RETOUR_LINK_WAITING)
    retour_exchange_dispatch (exchange, &(RetourEvent){ .kind = RETOUR_EVENT_KICK });
}

void
retour_exchange_stop (RetourExchange *exchange)
{
  exchange->stopping = TRUE;
  g_source_set_ready_time (exchange->alarm, -1);
  if (exchange->transport != NULL)
    retour_transport_cancel_all (exchange->transport);
}

gboolean
retour_exchange_is_at_rest (const RetourExchange *exchange)
{
  return exchange->jobs == 0;
}

static void
go_on_with_pulls (RetourExchange *exchange)
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

void
retour_exchange_perform (RetourExchange *exchange)
{
  if (exchange->transport == NULL || exchange->stopping)
    return;
  retour_transport_perform (exchange->transport);
  go_on_with_pulls (exchange);
}

RetourTransport *
retour_exchange_get_transport (RetourExchange *exchange)
{
  return exchange->stopping ? NULL : exchange->transport;
}

const RetourDocuments *
retour_exchange_get_documents (RetourExchange *exchange)
{
  return exchange->documents;
}
