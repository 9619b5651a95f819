/* SPDX-License-Identifier: Apache-2.0 */
/* What a person is told, from what the engine and the store know. */
#include "exchange-private.h"

/* A look at the feed that brings fewer changes is not worth the word "pulling". */
#define CHANGES_WORTH_TELLING 200

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
  report->clock_known = view.clock_known;
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
