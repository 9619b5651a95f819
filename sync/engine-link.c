/* SPDX-License-Identifier: Apache-2.0 */
/* Can the OMS be reached, what time is it there, does it still know us. */
#include "engine-private.h"

/* A kick ends a wait of our own once so much time has passed since the last try: clerks in a hurry are no hammer. */
#define KICK_SPACING (5 * RETOUR_SECOND)
/* After an outage that the whole store shared, its terminals come back within this, each at its own moment. */
#define COMMON_OUTAGE (60 * RETOUR_SECOND)
#define COMMON_SPREAD (10 * RETOUR_SECOND)
#define SECURITY_FAILURES 9 /* as if so many had happened: the longest waits at once */
#define RENEWAL_PAUSE (3600 * RETOUR_SECOND)
#define DAY (86400 * RETOUR_SECOND)
#define LONGEST_ROUND_TRIP (30 * RETOUR_SECOND)
#define JUMP (2 * RETOUR_SECOND)

gboolean
retour_link_stage_may_become (RetourLinkStage from, RetourLinkStage to)
{
  static const gboolean table[RETOUR_N_LINK_STAGES][RETOUR_N_LINK_STAGES] = {
    [RETOUR_LINK_CLOSED] = { [RETOUR_LINK_WAITING] = TRUE },
    [RETOUR_LINK_WAITING] = { [RETOUR_LINK_CLOSED] = TRUE, [RETOUR_LINK_PROBING] = TRUE, [RETOUR_LINK_OPEN] = TRUE },
    [RETOUR_LINK_PROBING] = { [RETOUR_LINK_CLOSED] = TRUE, [RETOUR_LINK_WAITING] = TRUE, [RETOUR_LINK_OPEN] = TRUE },
    [RETOUR_LINK_OPEN] = { [RETOUR_LINK_CLOSED] = TRUE, [RETOUR_LINK_WAITING] = TRUE },
  };

  return table[from][to];
}

void
retour_link_move (RetourEngine *engine, RetourLinkStage stage)
{
  if (engine->link.stage == stage)
    return;
  g_assert (retour_link_stage_may_become (engine->link.stage, stage));
  engine->link.stage = stage;
}

gint64
retour_link_opens_at (const RetourEngine *engine)
{
  return MAX (engine->link.retry_at, engine->link.silent_until);
}

/* While the link waits, nothing may go out but one probe, once its time has come. */
gboolean
retour_link_admits (const RetourEngine *engine)
{
  switch (engine->link.stage)
    {
    case RETOUR_LINK_OPEN:
      return TRUE;
    case RETOUR_LINK_WAITING:
      return engine->now.boot >= retour_link_opens_at (engine) && !retour_engine_is_waiting_for_answer (engine);
    case RETOUR_LINK_CLOSED:
    case RETOUR_LINK_PROBING:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

void
retour_link_sent (RetourEngine *engine, guint request)
{
  engine->link.tried_at = engine->now.boot;
  if (engine->link.stage != RETOUR_LINK_WAITING)
    return;
  retour_link_move (engine, RETOUR_LINK_PROBING);
  engine->link.probe = request;
}

static void
set_trouble (RetourEngine *engine, RetourTrouble trouble, const char *message)
{
  engine->link.trouble = trouble;
  g_free (engine->link.message);
  engine->link.message = g_strdup (message);
}

static void
open_link (RetourEngine *engine)
{
  if (engine->now.boot < engine->link.silent_until)
    {
      retour_link_move (engine, RETOUR_LINK_WAITING);
      return;
    }
  retour_link_move (engine, RETOUR_LINK_OPEN);
  set_trouble (engine, RETOUR_TROUBLE_NONE, NULL);
  engine->link.failures = 0;
  engine->link.probe = 0;
}

/* Something answers, but not usefully: the lane that asked waits. When the way is lost next, it is not lost for the first
 * time: between a portal and a storm nobody becomes a hammer. */
static void
reach (RetourEngine *engine)
{
  guint failures = engine->link.failures;

  open_link (engine);
  engine->link.failures = failures;
}

static void
wait_until (RetourEngine *engine, gint64 retry_at)
{
  if (engine->link.failures == 0)
    engine->link.lost_at = engine->now.boot;
  engine->link.failures++;
  engine->pull.current = FALSE;
  engine->failed_at = engine->now.boot;
  engine->link.probe = 0;
  engine->link.retry_at = retry_at;
  retour_link_move (engine, RETOUR_LINK_WAITING);
}

static void
back_off (RetourEngine *engine, RetourTrouble trouble, const char *message, guint at_least)
{
  guint failures = MAX (engine->link.failures + 1, at_least);

  wait_until (engine, engine->now.boot + retour_backoff_delay (&engine->jitter, failures));
  set_trouble (engine, trouble, message);
}

static void
obey (RetourEngine *engine, gint64 retry_after, const char *message)
{
  gint64 wait = retour_backoff_retry_after (retry_after);

  wait += retour_backoff_spread (engine->terminal, MIN (wait / 4, COMMON_SPREAD));
  engine->link.silent_until = MAX (engine->link.silent_until, engine->now.boot + wait);
  wait_until (engine, engine->link.silent_until);
  set_trouble (engine, RETOUR_TROUBLE_SERVER, message);
}

void
retour_link_close (RetourEngine *engine)
{
  if (engine->link.stage == RETOUR_LINK_CLOSED)
    return;
  retour_link_move (engine, RETOUR_LINK_CLOSED);
  set_trouble (engine, RETOUR_TROUBLE_NONE, NULL);
  guint requests[] = { engine->push.lane.request, engine->pull.lane.request, engine->renewal.request };
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    if (requests[i] != 0)
      retour_engine_queue (engine, RETOUR_ACTION_CANCEL)->request = requests[i];
}

void
retour_link_enrolled (RetourEngine *engine, const RetourEngineTerms *terms)
{
  engine->clock.valid_from = terms->valid_from;
  engine->clock.valid_until = terms->valid_until;
  engine->renewal.at = terms->renew_at;
  g_free (engine->terminal);
  engine->terminal = g_strdup (terms->terminal);
  engine->renewal.demanded = engine->renewal.tried = FALSE;
  engine->link.retry_at = engine->now.boot;
  engine->link.failures = 0;
  engine->link.silent_until = 0;
  engine->push.lane.due_at = engine->pull.lane.due_at = engine->now.boot;
  if (engine->link.stage == RETOUR_LINK_CLOSED)
    retour_link_move (engine, RETOUR_LINK_WAITING);
}

void
retour_link_network (RetourEngine *engine, gboolean available)
{
  if (engine->link.stage == RETOUR_LINK_CLOSED)
    return;
  if (!available)
    {
      /* The system may be wrong, so the longest wait still ends in a probe. */
      wait_until (engine, engine->now.boot + RETOUR_BACKOFF_CEILING);
      set_trouble (engine, RETOUR_TROUBLE_NETWORK, "the system reports no network");
      return;
    }
  if (engine->link.stage != RETOUR_LINK_WAITING)
    return;
  gboolean common = engine->link.failures > 0 && engine->now.boot - engine->link.lost_at > COMMON_OUTAGE;
  engine->link.retry_at = engine->now.boot + (common ? retour_backoff_spread (engine->terminal, COMMON_SPREAD) : 0);
}

static void
kick_lane (RetourEngine *engine, RetourLane *lane)
{
  if (lane->retry_at > engine->now.boot && engine->now.boot - lane->tried_at >= KICK_SPACING)
    lane->retry_at = engine->now.boot;
}

void
retour_link_kick (RetourEngine *engine)
{
  kick_lane (engine, &engine->push.lane);
  kick_lane (engine, &engine->pull.lane);
  if (engine->link.stage == RETOUR_LINK_WAITING && engine->link.retry_at > engine->now.boot
      && engine->now.boot - engine->link.tried_at >= KICK_SPACING)
    engine->link.retry_at = engine->now.boot;
}

/* The wall clock is set now and then, the boot clock never: what it jumped by, the offset must give back. */
void
retour_clock_observe (RetourEngine *engine)
{
  gint64 skew = engine->now.wall - engine->now.boot;
  gint64 jump = skew - engine->clock.skew;

  if (ABS (jump) > JUMP && engine->clock.known)
    engine->clock.offset -= jump;
  engine->clock.skew = skew;
}

RetourInstant
retour_clock_now (const RetourEngine *engine)
{
  return engine->now.wall + engine->clock.offset;
}

gboolean
retour_clock_is_wrong (const RetourEngine *engine)
{
  if (engine->clock.known)
    return ABS (engine->clock.offset) > DAY;
  return engine->clock.valid_from != RETOUR_INSTANT_NONE && engine->now.wall < engine->clock.valid_from - DAY;
}

/* A Date outside the life of the certificate that the same OMS signed, and still takes, is not believed. */
static void
learn_time (RetourEngine *engine, const RetourResponse *response)
{
  gint64 round_trip = response->answered - response->sent;

  if (response->date == RETOUR_INSTANT_NONE || round_trip < 0 || round_trip > LONGEST_ROUND_TRIP)
    return;
  if (engine->clock.valid_from != RETOUR_INSTANT_NONE
      && (response->date < engine->clock.valid_from - DAY || response->date > engine->clock.valid_until + DAY))
    return;
  /* Date has whole seconds: half of one is added, and doubted. */
  RetourInstant here = engine->clock.skew + response->sent + round_trip / 2;
  gint64 sample = response->date + RETOUR_SECOND / 2 - here;
  gint64 doubt = round_trip / 2 + RETOUR_SECOND;
  gint64 difference = sample - engine->clock.offset;
  if (!engine->clock.known || ABS (difference) > doubt)
    engine->clock.offset = sample;
  else
    engine->clock.offset += difference / 8;
  engine->clock.known = TRUE;
}

static void
known_by_oms (RetourEngine *engine)
{
  engine->renewal.tried = FALSE;
  engine->last_exchange = retour_clock_now (engine);
}

/* FALSE: the OMS will not renew this certificate. */
static gboolean
answer_to_renewal (RetourEngine *engine, const RetourResponse *response)
{
  engine->renewal.request = 0;
  switch (response->verdict)
    {
    case RETOUR_VERDICT_OK:
      engine->renewal.at = response->renewed.renew_at;
      engine->clock.valid_from = response->renewed.valid_from;
      engine->clock.valid_until = response->renewed.valid_until;
      engine->renewal.tried = TRUE;
      engine->renewal.demanded = FALSE;
      engine->renewal.failures = 0;
      return TRUE;
    case RETOUR_VERDICT_BUSY:
    case RETOUR_VERDICT_CUT:
    case RETOUR_VERDICT_MALFORMED:
      engine->renewal.retry_at = engine->now.boot + retour_backoff_delay (&engine->jitter, ++engine->renewal.failures);
      return TRUE;
    case RETOUR_VERDICT_NETWORK:
    case RETOUR_VERDICT_PORTAL:
    case RETOUR_VERDICT_UNTRUSTED:
    case RETOUR_VERDICT_FORBIDDEN:
    case RETOUR_VERDICT_UPGRADE:
    case RETOUR_VERDICT_CANCELLED:
      return TRUE;
    case RETOUR_VERDICT_RENEW:
    case RETOUR_VERDICT_GONE:
    case RETOUR_VERDICT_TOO_LARGE:
    case RETOUR_VERDICT_REJECTED:
    case RETOUR_VERDICT_REFUSED:
      break;
    }
  engine->renewal.retry_at = engine->now.boot + RENEWAL_PAUSE;
  return FALSE;
}

/* 401 once is a certificate that ran out: it is renewed. Twice is a terminal that the OMS does not want. */
static void
certificate_unknown (RetourEngine *engine, const char *message)
{
  if (engine->renewal.tried)
    {
      back_off (engine, RETOUR_TROUBLE_SECURITY, message, SECURITY_FAILURES);
      return;
    }
  open_link (engine);
  engine->renewal.demanded = TRUE;
  engine->renewal.retry_at = engine->now.boot;
}

static void
renewal_refused (RetourEngine *engine, const char *message)
{
  if (!engine->renewal.demanded)
    {
      open_link (engine);
      return;
    }
  engine->renewal.demanded = FALSE;
  engine->renewal.tried = TRUE;
  back_off (engine, RETOUR_TROUBLE_SECURITY, message, SECURITY_FAILURES);
}

void
retour_link_answered (RetourEngine *engine, guint request, const RetourResponse *response)
{
  gboolean by_renewal = request == engine->renewal.request;

  if (request != engine->push.lane.request && request != engine->pull.lane.request && !by_renewal)
    return;
  gboolean refused = by_renewal && !answer_to_renewal (engine, response);
  if (engine->link.stage == RETOUR_LINK_CLOSED)
    return;
  if (refused)
    {
      renewal_refused (engine, response->message);
      return;
    }
  switch (response->verdict)
    {
    case RETOUR_VERDICT_OK:
    case RETOUR_VERDICT_CUT:
    case RETOUR_VERDICT_GONE:
    case RETOUR_VERDICT_TOO_LARGE:
    case RETOUR_VERDICT_REJECTED:
    case RETOUR_VERDICT_REFUSED:
      learn_time (engine, response);
      if (!by_renewal)
        known_by_oms (engine);
      open_link (engine);
      break;
    case RETOUR_VERDICT_MALFORMED:
      reach (engine);
      break;
    case RETOUR_VERDICT_BUSY:
      if (response->retry_after >= 0)
        obey (engine, response->retry_after, response->message);
      else
        reach (engine);
      break;
    case RETOUR_VERDICT_NETWORK:
      back_off (engine, RETOUR_TROUBLE_NETWORK, response->message, 1);
      break;
    case RETOUR_VERDICT_PORTAL:
      back_off (engine, RETOUR_TROUBLE_PORTAL, response->message, 1);
      break;
    case RETOUR_VERDICT_UNTRUSTED:
    case RETOUR_VERDICT_FORBIDDEN:
      back_off (engine, RETOUR_TROUBLE_SECURITY, response->message, SECURITY_FAILURES);
      break;
    case RETOUR_VERDICT_UPGRADE:
      back_off (engine, RETOUR_TROUBLE_UPGRADE, response->message, SECURITY_FAILURES);
      break;
    case RETOUR_VERDICT_RENEW:
      learn_time (engine, response);
      certificate_unknown (engine, response->message);
      break;
    case RETOUR_VERDICT_CANCELLED:
      if (request == engine->link.probe)
        {
          retour_link_move (engine, RETOUR_LINK_WAITING);
          engine->link.probe = 0;
        }
      break;
    }
}

gint64
retour_renewal_due_at (const RetourEngine *engine)
{
  if (engine->renewal.request != 0)
    return G_MAXINT64;
  if (engine->renewal.demanded)
    return engine->renewal.retry_at;
  if (engine->renewal.at == RETOUR_INSTANT_NONE)
    return G_MAXINT64;
  gint64 at = engine->renewal.at - engine->clock.offset - engine->clock.skew;
  return MAX (MAX (at, engine->renewal.retry_at), 0);
}

void
retour_renewal_advance (RetourEngine *engine)
{
  if (engine->now.boot < retour_renewal_due_at (engine) || !retour_link_admits (engine))
    return;
  engine->renewal.request = retour_engine_begin_request (engine);
  retour_engine_queue (engine, RETOUR_ACTION_RENEW)->request = engine->renewal.request;
}
