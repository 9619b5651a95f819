/* SPDX-License-Identifier: Apache-2.0 */
/* The pull lane: from the store's cursor to the feed's end, one page at a time in the store. A page is applied only after the
 * one before it, because each says where the next begins: one that failed makes all that follow it worthless. */
#include "engine-private.h"

/* So many requests in a row without an end and without a step: the cursor leads nowhere. */
#define STALLS_BEFORE_CLEARING 3
#define LATE (60 * RETOUR_SECOND)

gboolean
retour_pull_stage_may_become (RetourPullStage from, RetourPullStage to)
{
  static const gboolean table[RETOUR_N_PULL_STAGES][RETOUR_N_PULL_STAGES] = {
    [RETOUR_PULL_IDLE] = { [RETOUR_PULL_LOCATING] = TRUE },
    [RETOUR_PULL_LOCATING] = { [RETOUR_PULL_IDLE] = TRUE, [RETOUR_PULL_RECEIVING] = TRUE },
    [RETOUR_PULL_RECEIVING] = { [RETOUR_PULL_IDLE] = TRUE,
                                [RETOUR_PULL_APPLYING] = TRUE,
                                [RETOUR_PULL_CLEARING] = TRUE },
    [RETOUR_PULL_APPLYING] = { [RETOUR_PULL_IDLE] = TRUE, [RETOUR_PULL_CLEARING] = TRUE },
    [RETOUR_PULL_CLEARING] = { [RETOUR_PULL_IDLE] = TRUE },
  };

  return table[from][to];
}

static void
move (RetourEngine *engine, RetourPullStage stage)
{
  if (engine->pull.stage == stage)
    return;
  g_assert (retour_pull_stage_may_become (engine->pull.stage, stage));
  engine->pull.stage = stage;
}

static void
rest (RetourEngine *engine, gint64 due_at)
{
  move (engine, RETOUR_PULL_IDLE);
  engine->pull.lane.due_at = due_at;
}

/* After trouble, a long silence or a long sleep nobody knows whether it is up to date. */
gboolean
retour_pull_is_current (const RetourEngine *engine)
{
  return engine->pull.caught_up && engine->pull.current
         && engine->now.boot - engine->pull.whole_as_of <= engine->poll_interval * 5 / 4 + LATE;
}

void
retour_pull_drop_pages (RetourEngine *engine)
{
  g_queue_clear_full (&engine->pull.waiting, (GDestroyNotify) retour_change_page_free);
  g_clear_pointer (&engine->pull.next_cursor, g_free);
}

void
retour_pull_advance (RetourEngine *engine)
{
  if (engine->pull.stage != RETOUR_PULL_IDLE || engine->renewal.demanded || !retour_link_admits (engine)
      || !retour_lane_is_due (engine, &engine->pull.lane))
    return;
  /* While the link is tried out, what a clerk recorded goes first. */
  if (engine->link.stage == RETOUR_LINK_WAITING && engine->push.stage == RETOUR_PUSH_CLAIMING)
    return;
  move (engine, RETOUR_PULL_LOCATING);
  engine->pull.lane.due_at = G_MAXINT64;
  retour_engine_queue (engine, RETOUR_ACTION_LOCATE);
}

void
retour_pull_located (RetourEngine *engine, const char *cursor)
{
  if (engine->pull.stage != RETOUR_PULL_LOCATING)
    return;
  if (engine->renewal.demanded || !retour_link_admits (engine))
    {
      rest (engine, engine->now.boot);
      return;
    }
  move (engine, RETOUR_PULL_RECEIVING);
  g_free (engine->pull.cursor);
  engine->pull.cursor = g_strdup (cursor);
  engine->pull.moved = engine->pull.broken = engine->pull.applying = FALSE;
  if (engine->pull.caught_up || engine->pull.began == 0)
    {
      engine->pull.changes = 0;
      engine->pull.began = MAX (engine->now.boot, 1);
    }
  engine->pull.lane.tried_at = engine->now.boot;
  engine->pull.lane.request = retour_engine_begin_request (engine);
  RetourAction *action = retour_engine_queue (engine, RETOUR_ACTION_PULL);
  action->request = engine->pull.lane.request;
  action->cursor = g_strdup (cursor);
}

static void
apply_next (RetourEngine *engine)
{
  RetourChangePage *page = g_queue_pop_head (&engine->pull.waiting);

  if (page == NULL)
    return;
  engine->pull.applying = TRUE;
  g_free (engine->pull.next_cursor);
  engine->pull.next_cursor = g_strdup (page->cursor);
  engine->pull.next_changes = page->changes->len;
  retour_engine_queue (engine, RETOUR_ACTION_APPLY)->page = page;
}

void
retour_pull_take_page (RetourEngine *engine, RetourChangePage *page)
{
  g_queue_push_tail (&engine->pull.waiting, page);
  if (!engine->pull.applying)
    apply_next (engine);
}

static void
start_again (RetourEngine *engine, const char *message)
{
  if (engine->pull.cleared)
    {
      /* Once is a cure, again and again is a load on everybody. */
      retour_lane_fail (engine, &engine->pull.lane, message);
      rest (engine, engine->now.boot);
      return;
    }
  move (engine, RETOUR_PULL_CLEARING);
  retour_engine_queue (engine, RETOUR_ACTION_START_AGAIN);
}

static void
stall (RetourEngine *engine, const char *message)
{
  if (++engine->pull.stalls >= STALLS_BEFORE_CLEARING && engine->pull.cursor != NULL && !engine->pull.cleared)
    {
      engine->pull.stalls = 0;
      start_again (engine, message);
      return;
    }
  retour_lane_fail (engine, &engine->pull.lane, message);
  rest (engine, engine->now.boot);
}

static void
finish_whole (RetourEngine *engine)
{
  retour_lane_succeed (&engine->pull.lane);
  engine->pull.stalls = 0;
  engine->pull.caught_up = engine->pull.current = TRUE;
  engine->pull.whole_as_of = engine->pull.lane.tried_at;
  RetourAction *action = retour_engine_queue (engine, RETOUR_ACTION_NOTE);
  action->pulled = TRUE;
  action->at = retour_clock_now (engine);
  action->clock_offset = engine->clock.offset;
  /* A tenth either way, so that terminals do not fall into step. */
  gint64 tenth = engine->poll_interval / 10;
  gint64 next = engine->now.boot + engine->poll_interval - tenth + retour_jitter_below (&engine->jitter, 2 * tenth + 1);
  rest (engine, MIN (engine->pull.lane.due_at, next));
}

static void
finish_cut (RetourEngine *engine)
{
  if (!engine->pull.moved)
    {
      stall (engine,
             engine->pull.lane.message ? engine->pull.lane.message : "the feed broke off before its first cursor");
      return;
    }
  retour_lane_succeed (&engine->pull.lane);
  engine->pull.stalls = 0;
  rest (engine, engine->now.boot);
}

/* The response has come, and every page of it has been applied. */
static void
finish (RetourEngine *engine)
{
  if (engine->pull.broken)
    {
      rest (engine, engine->now.boot);
      return;
    }
  switch (engine->pull.verdict)
    {
    case RETOUR_VERDICT_OK:
      if (engine->pull.complete && !engine->pull.more)
        finish_whole (engine);
      else
        finish_cut (engine);
      return;
    case RETOUR_VERDICT_CUT:
      finish_cut (engine);
      return;
    case RETOUR_VERDICT_GONE:
      start_again (engine, "the OMS does not know the cursor");
      return;
    case RETOUR_VERDICT_BUSY:
    case RETOUR_VERDICT_TOO_LARGE:
    case RETOUR_VERDICT_REJECTED:
    case RETOUR_VERDICT_REFUSED:
    case RETOUR_VERDICT_MALFORMED:
    case RETOUR_VERDICT_NETWORK:
    case RETOUR_VERDICT_PORTAL:
    case RETOUR_VERDICT_UNTRUSTED:
    case RETOUR_VERDICT_RENEW:
    case RETOUR_VERDICT_FORBIDDEN:
    case RETOUR_VERDICT_UPGRADE:
    case RETOUR_VERDICT_CANCELLED:
      rest (engine, engine->now.boot);
      return;
    }
}

void
retour_pull_answered (RetourEngine *engine, const RetourResponse *response)
{
  engine->pull.lane.request = 0;
  if (engine->pull.stage != RETOUR_PULL_RECEIVING)
    return;
  engine->pull.verdict = response->verdict;
  engine->pull.complete = response->complete;
  engine->pull.more = response->more;
  /* Trouble of the OMS's own holds back this lane; trouble of the way to it, the link. */
  gboolean own = (response->verdict == RETOUR_VERDICT_BUSY && response->retry_after < 0)
                 || response->verdict == RETOUR_VERDICT_TOO_LARGE || response->verdict == RETOUR_VERDICT_REJECTED
                 || response->verdict == RETOUR_VERDICT_REFUSED || response->verdict == RETOUR_VERDICT_MALFORMED;
  if (own)
    retour_lane_fail (engine, &engine->pull.lane, response->message);
  move (engine, RETOUR_PULL_APPLYING);
  if (!engine->pull.applying)
    finish (engine);
}

void
retour_pull_page_applied (RetourEngine *engine)
{
  if (!engine->pull.applying)
    return;
  engine->pull.applying = FALSE;
  g_clear_pointer (&engine->storage_message, g_free);
  engine->pull.changes += engine->pull.next_changes;
  if (engine->pull.next_cursor != NULL && g_strcmp0 (engine->pull.next_cursor, engine->pull.cursor) != 0)
    {
      engine->pull.moved = TRUE;
      engine->pull.cleared = FALSE;
      g_free (engine->pull.cursor);
      engine->pull.cursor = g_steal_pointer (&engine->pull.next_cursor);
    }
  apply_next (engine);
  if (!engine->pull.applying && engine->pull.stage == RETOUR_PULL_APPLYING)
    finish (engine);
}

void
retour_pull_cleared (RetourEngine *engine)
{
  if (engine->pull.stage != RETOUR_PULL_CLEARING)
    return;
  g_clear_pointer (&engine->storage_message, g_free);
  engine->pull.cleared = TRUE;
  engine->pull.caught_up = FALSE;
  engine->pull.began = 0;
  rest (engine, engine->now.boot);
}

void
retour_pull_storage_failed (RetourEngine *engine, RetourActionKind failed, const char *message)
{
  switch (engine->pull.stage)
    {
    case RETOUR_PULL_IDLE:
      return;
    case RETOUR_PULL_LOCATING:
      if (failed != RETOUR_ACTION_LOCATE)
        return;
      break;
    case RETOUR_PULL_CLEARING:
      if (failed != RETOUR_ACTION_START_AGAIN)
        return;
      break;
    case RETOUR_PULL_RECEIVING:
    case RETOUR_PULL_APPLYING:
      if (failed != RETOUR_ACTION_APPLY || !engine->pull.applying)
        return;
      break;
    }
  engine->pull.applying = FALSE;
  retour_pull_drop_pages (engine);
  retour_lane_fail (engine, &engine->pull.lane, message);
  if (engine->pull.stage == RETOUR_PULL_RECEIVING)
    {
      engine->pull.broken = TRUE;
      retour_engine_queue (engine, RETOUR_ACTION_CANCEL)->request = engine->pull.lane.request;
      return;
    }
  rest (engine, engine->now.boot);
}
