/* SPDX-License-Identifier: Apache-2.0 */
#include "engine-private.h"

#define DEFAULT_POLL_INTERVAL (15 * RETOUR_SECOND)

void
retour_settlement_free (RetourSettlement *settlement)
{
  if (settlement == NULL)
    return;
  g_free (settlement->op);
  retour_answer_free (settlement->answer);
  g_free (settlement->why);
  g_free (settlement);
}

void
retour_action_free (RetourAction *action)
{
  if (action == NULL)
    return;
  g_clear_pointer (&action->operations, g_ptr_array_unref);
  g_clear_pointer (&action->settlements, g_ptr_array_unref);
  g_clear_pointer (&action->page, retour_change_page_free);
  g_free (action->cursor);
  g_free (action->epoch);
  g_free (action);
}

RetourEngine *
retour_engine_new (const RetourEngineOptions *options, RetourMoment now)
{
  RetourEngine *engine = g_new0 (RetourEngine, 1);

  retour_jitter_seed (&engine->jitter, options->seed);
  engine->poll_interval = options->poll_interval > 0 ? options->poll_interval : DEFAULT_POLL_INTERVAL;
  engine->now = now;
  g_queue_init (&engine->actions);
  engine->wake_at = -1;
  engine->trouble_since = RETOUR_INSTANT_NONE;
  engine->last_exchange = RETOUR_INSTANT_NONE;
  engine->clock.skew = now.wall - now.boot;
  engine->clock.valid_from = engine->clock.valid_until = RETOUR_INSTANT_NONE;
  engine->renewal.at = RETOUR_INSTANT_NONE;
  engine->push.limit = RETOUR_PUSH_BATCH;
  g_queue_init (&engine->pull.waiting);
  return engine;
}

void
retour_engine_free (RetourEngine *engine)
{
  if (engine == NULL)
    return;
  g_queue_clear_full (&engine->actions, (GDestroyNotify) retour_action_free);
  g_clear_pointer (&engine->push.operations, g_ptr_array_unref);
  retour_pull_drop_pages (engine);
  retour_book_clear (engine);
  g_free (engine->push.lane.message);
  g_free (engine->pull.lane.message);
  g_free (engine->pull.cursor);
  g_free (engine->link.message);
  g_free (engine->storage_message);
  g_free (engine->terminal);
  g_free (engine);
}

RetourAction *
retour_engine_queue (RetourEngine *engine, RetourActionKind kind)
{
  RetourAction *action = g_new0 (RetourAction, 1);

  action->kind = kind;
  g_queue_push_tail (&engine->actions, action);
  return action;
}

RetourAction *
retour_engine_next_action (RetourEngine *engine)
{
  return g_queue_pop_head (&engine->actions);
}

/* Request numbers are never 0 and not used twice within four thousand million. */
guint
retour_engine_begin_request (RetourEngine *engine)
{
  if (++engine->last_request == 0)
    ++engine->last_request;
  retour_link_sent (engine, engine->last_request);
  return engine->last_request;
}

gboolean
retour_engine_is_waiting_for_answer (const RetourEngine *engine)
{
  return engine->push.lane.request || engine->pull.lane.request || engine->renewal.request;
}

void
retour_lane_succeed (RetourLane *lane)
{
  lane->failures = 0;
  lane->retry_at = 0;
  g_clear_pointer (&lane->message, g_free);
}

void
retour_lane_fail (RetourEngine *engine, RetourLane *lane, const char *message)
{
  /* `message` may be the lane's own. */
  char *copy = g_strdup (message);

  lane->failures++;
  engine->failed_at = engine->now.boot;
  lane->retry_at = engine->now.boot + retour_backoff_delay (&engine->jitter, lane->failures);
  lane->due_at = engine->now.boot;
  g_free (lane->message);
  lane->message = copy;
}

static gint64
lane_begins_at (const RetourLane *lane)
{
  return MAX (lane->due_at, lane->retry_at);
}

gboolean
retour_lane_is_due (const RetourEngine *engine, const RetourLane *lane)
{
  return engine->now.boot >= lane_begins_at (lane);
}

static RetourTrouble
current_trouble (const RetourEngine *engine)
{
  if (engine->link.trouble != RETOUR_TROUBLE_NONE)
    return engine->link.trouble;
  if (engine->storage_message != NULL)
    return RETOUR_TROUBLE_STORAGE;
  if (engine->push.lane.failures > 0 || engine->pull.lane.failures > 0)
    return RETOUR_TROUBLE_SERVER;
  return RETOUR_TROUBLE_NONE;
}

static void
follow_trouble (RetourEngine *engine)
{
  RetourTrouble trouble = current_trouble (engine);

  if (trouble == engine->trouble)
    return;
  engine->trouble = trouble;
  engine->trouble_since = trouble == RETOUR_TROUBLE_NONE ? RETOUR_INSTANT_NONE : engine->now.wall;
}

/* What is under way will be heard of by an event of its own, and changes what comes next. */
static gboolean
is_time_of_no_use (const RetourEngine *engine)
{
  switch (engine->link.stage)
    {
    case RETOUR_LINK_CLOSED:
    case RETOUR_LINK_PROBING:
      return TRUE;
    case RETOUR_LINK_WAITING:
      return retour_engine_is_waiting_for_answer (engine) || engine->push.stage == RETOUR_PUSH_CLAIMING
             || engine->pull.stage == RETOUR_PULL_LOCATING;
    case RETOUR_LINK_OPEN:
      return FALSE;
    }
  g_return_val_if_reached (TRUE);
}

/* The next moment at which time alone changes something; -1: none. */
static gint64
next_moment (const RetourEngine *engine)
{
  gint64 at = retour_renewal_due_at (engine);

  if (is_time_of_no_use (engine))
    return -1;
  if (engine->push.stage == RETOUR_PUSH_IDLE && !engine->renewal.demanded && engine->book.offering == NULL)
    at = MIN (at, lane_begins_at (&engine->push.lane));
  if (engine->pull.stage == RETOUR_PULL_IDLE && !engine->renewal.demanded)
    at = MIN (at, lane_begins_at (&engine->pull.lane));
  if (at == G_MAXINT64)
    return -1;
  return engine->link.stage == RETOUR_LINK_WAITING ? MAX (at, retour_link_opens_at (engine)) : at;
}

static void
advance (RetourEngine *engine)
{
  retour_renewal_advance (engine);
  retour_push_advance (engine);
  retour_pull_advance (engine);
  follow_trouble (engine);

  gint64 at = next_moment (engine);
  if (at >= 0 && at != engine->wake_at)
    retour_engine_queue (engine, RETOUR_ACTION_WAKE)->wake_at = at;
  engine->wake_at = at;
  retour_engine_queue (engine, RETOUR_ACTION_REPORT);
}

static void
handle_response (RetourEngine *engine, guint request, const RetourResponse *response)
{
  if (request == 0)
    return;
  retour_link_answered (engine, request, response);
  gboolean counts = !retour_verdict_is_from_oms (response->verdict) || retour_book_admits (engine, response);
  if (request == engine->push.lane.request)
    retour_push_answered (engine, response, counts);
  else if (request == engine->pull.lane.request)
    retour_pull_answered (engine, response);
}

static void
handle_page (RetourEngine *engine, guint request, RetourChangePage *page)
{
  if (request != 0 && request == engine->pull.lane.request && !engine->pull.broken)
    retour_pull_take_page (engine, page);
  else
    retour_change_page_free (page);
}

static void
handle_storage_failure (RetourEngine *engine, RetourActionKind failed, const char *message)
{
  g_free (engine->storage_message);
  engine->storage_message = g_strdup (message ? message : "the store failed");
  if (failed == RETOUR_ACTION_RE_OFFER)
    retour_book_storage_failed (engine, engine->storage_message);
  else if (failed == RETOUR_ACTION_CLAIM || failed == RETOUR_ACTION_SETTLE)
    retour_push_storage_failed (engine, engine->storage_message);
  else
    retour_pull_storage_failed (engine, failed, engine->storage_message);
}

static void
handle_kick (RetourEngine *engine)
{
  engine->push.lane.due_at = engine->now.boot;
  engine->pull.lane.due_at = MIN (engine->pull.lane.due_at, engine->now.boot);
  retour_link_kick (engine);
}

void
retour_engine_handle (RetourEngine *engine, RetourEvent *event)
{
  engine->now = event->now;
  retour_clock_observe (engine);
  switch (event->kind)
    {
    case RETOUR_EVENT_ENROLLED:
      retour_link_enrolled (engine, event->terms);
      break;
    case RETOUR_EVENT_DISMISSED:
      retour_link_close (engine);
      break;
    case RETOUR_EVENT_TICK:
      engine->wake_at = -1; /* the alarm has rung: it is set anew if need be */
      break;
    case RETOUR_EVENT_KICK:
      handle_kick (engine);
      break;
    case RETOUR_EVENT_NETWORK:
      retour_link_network (engine, event->available);
      break;
    case RETOUR_EVENT_CLAIMED:
      retour_book_recall (engine, event->epoch);
      retour_push_claimed (engine, event->operations);
      break;
    case RETOUR_EVENT_SETTLED:
      retour_push_settled (engine);
      break;
    case RETOUR_EVENT_LOCATED:
      retour_book_recall (engine, event->epoch);
      retour_pull_located (engine, event->cursor);
      break;
    case RETOUR_EVENT_PAGE:
      handle_page (engine, event->request, g_steal_pointer (&event->page));
      break;
    case RETOUR_EVENT_PAGE_APPLIED:
      retour_pull_page_applied (engine);
      break;
    case RETOUR_EVENT_CLEARED:
      retour_pull_cleared (engine);
      break;
    case RETOUR_EVENT_RE_OFFERED:
      retour_book_re_offered (engine);
      break;
    case RETOUR_EVENT_RESPONSE:
      handle_response (engine, event->request, event->response);
      break;
    case RETOUR_EVENT_STORAGE_FAILED:
      handle_storage_failure (engine, event->failed, event->message);
      break;
    }
  advance (engine);
}

RetourLinkStage
retour_engine_get_link_stage (const RetourEngine *engine)
{
  return engine->link.stage;
}

RetourPushStage
retour_engine_get_push_stage (const RetourEngine *engine)
{
  return engine->push.stage;
}

RetourPullStage
retour_engine_get_pull_stage (const RetourEngine *engine)
{
  return engine->pull.stage;
}

gboolean
retour_engine_wants_page (const RetourEngine *engine, guint request)
{
  /* A request that is no longer waited for may deliver: its pages are dropped. */
  return request != engine->pull.lane.request || engine->pull.broken
         || engine->pull.waiting.length < RETOUR_PAGES_WAITING;
}

static const char *
current_message (const RetourEngine *engine)
{
  switch (engine->trouble)
    {
    case RETOUR_TROUBLE_NONE:
      return NULL;
    case RETOUR_TROUBLE_STORAGE:
      return engine->storage_message;
    case RETOUR_TROUBLE_SERVER:
      if (engine->link.trouble == RETOUR_TROUBLE_SERVER)
        return engine->link.message;
      return engine->push.lane.failures > 0 ? engine->push.lane.message : engine->pull.lane.message;
    case RETOUR_TROUBLE_NETWORK:
    case RETOUR_TROUBLE_PORTAL:
    case RETOUR_TROUBLE_SECURITY:
    case RETOUR_TROUBLE_UPGRADE:
      return engine->link.message;
    }
  g_return_val_if_reached (NULL);
}

void
retour_engine_view (const RetourEngine *engine, RetourEngineView *view)
{
  *view = (RetourEngineView){
    .trouble = engine->trouble,
    .trouble_since = engine->trouble_since,
    .message = current_message (engine),
    .clock_wrong = retour_clock_is_wrong (engine),
    .clock_offset = engine->clock.offset,
    .clock_known = engine->clock.known,
    .pulling = engine->pull.stage != RETOUR_PULL_IDLE,
    .caught_up = retour_pull_is_current (engine),
    .changes_pulled = engine->pull.changes,
    .pull_began = engine->pull.began,
    .sending = engine->push.operations ? engine->push.operations->len : 0,
    .last_exchange = engine->last_exchange,
    .pulled_as_of = engine->pull.whole_as_of,
    .pushed_as_of = engine->push.empty_as_of,
    .failed_at = engine->failed_at,
    .next_try = engine->link.stage == RETOUR_LINK_WAITING ? next_moment (engine) : -1,
  };
}
