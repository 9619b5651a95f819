/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange-private.h"

#include <sodium.h>

/* The alarm's clock stands still while the machine sleeps; looking this often makes up for it. */
#define LONGEST_NAP (30 * RETOUR_SECOND)

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
  exchange->errands = g_ptr_array_new_with_free_func (retour_errand_free);
  exchange->status.last_pull = exchange->status.last_push = RETOUR_INSTANT_NONE;
  guint64 seed;
  randombytes_buf (&seed, sizeof seed);
  const RetourEngineOptions options = { .seed = seed, .poll_interval = poll_interval };
  exchange->ids = retour_ids_new (NULL, NULL);
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
  retour_ids_free (exchange->ids);
  retour_enrolment_free (exchange->enrolment);
  retour_sync_report_free (exchange->report);
  g_free (exchange->directory);
  g_free (exchange);
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
      retour_errand_push (exchange, action);
      return;
    case RETOUR_ACTION_SETTLE:
      retour_exchange_settle (exchange, action->settlements);
      return;
    case RETOUR_ACTION_LOCATE:
      retour_exchange_locate (exchange);
      return;
    case RETOUR_ACTION_PULL:
      retour_errand_pull (exchange, action);
      return;
    case RETOUR_ACTION_APPLY:
      retour_exchange_apply (exchange, g_steal_pointer (&action->page));
      return;
    case RETOUR_ACTION_START_AGAIN:
      retour_exchange_start_again (exchange);
      return;
    case RETOUR_ACTION_RE_OFFER:
      retour_exchange_re_offer (exchange, action->epoch);
      return;
    case RETOUR_ACTION_RENEW:
      retour_errand_renew (exchange, action);
      return;
    case RETOUR_ACTION_CANCEL:
      retour_errand_cancel (exchange, action->request);
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
  const RetourTransportOptions options = retour_exchange_transport_options (enrolment);
  exchange->transport = retour_transport_new (&options, exchange->clock, &error);
  if (exchange->transport == NULL)
    return;
  exchange->enrolment = retour_enrolment_copy (enrolment);
  retour_transport_set_offline (exchange->transport, exchange->offline);
  RetourEngineTerms terms;
  retour_exchange_set_terms (enrolment, &terms);
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

void
retour_exchange_perform (RetourExchange *exchange)
{
  if (exchange->transport == NULL || exchange->stopping)
    return;
  retour_transport_perform (exchange->transport);
  retour_errands_go_on (exchange);
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
