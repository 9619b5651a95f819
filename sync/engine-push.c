/* SPDX-License-Identifier: Apache-2.0 */
/* The push lane: claim, send, settle, again. The operations stay in the store until an answer of theirs is durable, so that
 * a cut anywhere only means that they are sent once more under the same id. */
#include "engine-private.h"

#include <string.h>

#define BATCH_BYTES (1024 * 1024)
#define BYTES_AROUND_BODY 600 /* op, kind, order, return, time, hash */
#define PULL_AFTER_PUSH (2 * RETOUR_SECOND)
/* An operation that alone makes the OMS fail so often steps aside for the others. */
#define STUBBORN_FAILURES 3

gboolean
retour_push_stage_may_become (RetourPushStage from, RetourPushStage to)
{
  static const gboolean table[RETOUR_N_PUSH_STAGES][RETOUR_N_PUSH_STAGES] = {
    [RETOUR_PUSH_IDLE] = { [RETOUR_PUSH_CLAIMING] = TRUE },
    [RETOUR_PUSH_CLAIMING] = { [RETOUR_PUSH_IDLE] = TRUE, [RETOUR_PUSH_SENDING] = TRUE },
    [RETOUR_PUSH_SENDING] = { [RETOUR_PUSH_IDLE] = TRUE, [RETOUR_PUSH_SETTLING] = TRUE },
    [RETOUR_PUSH_SETTLING] = { [RETOUR_PUSH_IDLE] = TRUE },
  };

  return table[from][to];
}

static void
move (RetourEngine *engine, RetourPushStage stage)
{
  g_assert (retour_push_stage_may_become (engine->push.stage, stage));
  engine->push.stage = stage;
}

static void
rest (RetourEngine *engine, gint64 due_at)
{
  move (engine, RETOUR_PUSH_IDLE);
  engine->push.lane.due_at = due_at;
  g_clear_pointer (&engine->push.operations, g_ptr_array_unref);
}

void
retour_push_advance (RetourEngine *engine)
{
  if (engine->push.stage != RETOUR_PUSH_IDLE || engine->renewal.demanded || engine->book.offering != NULL
      || !retour_link_admits (engine) || !retour_lane_is_due (engine, &engine->push.lane))
    return;
  move (engine, RETOUR_PUSH_CLAIMING);
  /* A kick while the store looks must not be forgotten: whoever ends this claim moves the time on. */
  engine->push.lane.due_at = G_MAXINT64;
  engine->push.claimed_at = engine->now.boot;
  retour_engine_queue (engine, RETOUR_ACTION_CLAIM)->limit = engine->push.limit;
}

static gint64
next_look (const RetourEngine *engine)
{
  /* A kick that came meanwhile has set it. */
  return MIN (engine->push.lane.due_at, engine->now.boot + engine->poll_interval);
}

/* As many of the first as the OMS takes at once; one at least. */
static GPtrArray *
take_batch (GPtrArray *operations)
{
  gsize bytes = 0;
  guint count = 0;

  while (count < operations->len)
    {
      const RetourOperation *operation = operations->pdata[count];
      bytes += strlen (operation->body) + BYTES_AROUND_BODY;
      if (count > 0 && bytes > BATCH_BYTES)
        break;
      count++;
    }
  if (count == operations->len)
    return g_ptr_array_ref (operations);
  GPtrArray *batch = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_operation_free);
  for (guint i = 0; i < count; i++)
    g_ptr_array_add (batch, retour_operation_copy (operations->pdata[i]));
  return batch;
}

void
retour_push_claimed (RetourEngine *engine, GPtrArray *operations)
{
  if (engine->push.stage != RETOUR_PUSH_CLAIMING)
    return;
  g_clear_pointer (&engine->storage_message, g_free);
  if (operations == NULL || operations->len == 0)
    {
      retour_lane_succeed (&engine->push.lane);
      engine->push.empty_as_of = engine->push.claimed_at;
      rest (engine, next_look (engine));
      return;
    }
  if (engine->renewal.demanded || !retour_link_admits (engine))
    {
      rest (engine, engine->now.boot);
      return;
    }
  move (engine, RETOUR_PUSH_SENDING);
  engine->push.operations = take_batch (operations);
  engine->push.outdated = FALSE;
  engine->push.lane.tried_at = engine->now.boot;
  engine->push.lane.request = retour_engine_begin_request (engine);
  RetourAction *action = retour_engine_queue (engine, RETOUR_ACTION_PUSH);
  action->request = engine->push.lane.request;
  action->operations = g_ptr_array_ref (engine->push.operations);
}

static RetourSettlement *
postponement (RetourEngine *engine, const RetourOperation *operation, guint failures, const char *why)
{
  RetourSettlement *settlement = g_new0 (RetourSettlement, 1);

  settlement->op = g_strdup (operation->op);
  settlement->next_at = engine->now.wall + retour_backoff_delay (&engine->jitter, failures);
  settlement->why = g_strdup (why);
  return settlement;
}

static RetourSettlement *
settlement_by_answer (const char *op, RetourAnswerKind kind, const char *detail)
{
  RetourSettlement *settlement = g_new0 (RetourSettlement, 1);

  settlement->op = g_strdup (op);
  settlement->answer = retour_answer_new (op, kind);
  settlement->answer->detail = g_strdup (detail);
  settlement->next_at = RETOUR_INSTANT_NONE;
  return settlement;
}

static RetourAnswer *
copy_answer (const RetourAnswer *answer)
{
  RetourAnswer *copy = retour_answer_new (answer->op, answer->kind);

  copy->detail = g_strdup (answer->detail);
  copy->problem = g_strdup (answer->problem);
  copy->has_refund = answer->has_refund;
  copy->refund = answer->refund;
  return copy;
}

static void
settle (RetourEngine *engine, GPtrArray *settlements)
{
  if (settlements->len == 0)
    {
      g_ptr_array_unref (settlements);
      rest (engine, engine->now.boot);
      return;
    }
  move (engine, RETOUR_PUSH_SETTLING);
  retour_engine_queue (engine, RETOUR_ACTION_SETTLE)->settlements = settlements;
}

static const RetourAnswer *
find_answer (GPtrArray *answers, const char *op)
{
  for (guint i = 0; answers != NULL && i < answers->len; i++)
    {
      const RetourAnswer *answer = answers->pdata[i];
      if (g_str_equal (answer->op, op))
        return answer;
    }
  return NULL;
}

/* An operation without an answer in a whole response is tried later; in one that was cut it simply stays due. Answers to
 * operations that were not asked about are nobody's. */
static void
settle_by_answers (RetourEngine *engine, const RetourResponse *response)
{
  GPtrArray *settlements = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_settlement_free);
  guint good = 0;

  for (guint i = 0; i < engine->push.operations->len; i++)
    {
      const RetourOperation *operation = engine->push.operations->pdata[i];
      const RetourAnswer *answer = find_answer (response->answers, operation->op);
      if (answer != NULL && answer->kind != RETOUR_ANSWER_RETRY)
        {
          RetourSettlement *settlement = settlement_by_answer (operation->op, answer->kind, NULL);
          retour_answer_free (settlement->answer);
          settlement->answer = copy_answer (answer);
          g_ptr_array_add (settlements, settlement);
          good++;
        }
      else if (answer != NULL)
        g_ptr_array_add (settlements, postponement (engine, operation, MAX (operation->attempts, 1),
                                                    answer->detail ? answer->detail : "the OMS asks to try later"));
      else if (response->verdict == RETOUR_VERDICT_OK)
        g_ptr_array_add (settlements, postponement (engine, operation, MAX (operation->attempts, 1),
                                                    "the OMS's answer leaves it out"));
    }
  if (settlements->len == 0)
    retour_lane_fail (engine, &engine->push.lane, response->message ? response->message : "the answer was cut");
  else
    {
      retour_lane_succeed (&engine->push.lane);
      engine->push.limit = MIN (engine->push.limit * 2, RETOUR_PUSH_BATCH);
    }
  if (good > 0)
    engine->pull.lane.due_at = MIN (engine->pull.lane.due_at, engine->now.boot + PULL_AFTER_PUSH);
  settle (engine, settlements);
}

/* The OMS says that what was sent makes no sense, or is too much: halves are tried until one operation stands alone, and that
 * one goes into quarantine. */
static void
split_or_quarantine (RetourEngine *engine, const RetourResponse *response)
{
  guint sent = engine->push.operations->len;

  if (sent > 1)
    {
      engine->push.limit = MAX (sent / 2, 1);
      rest (engine, engine->now.boot);
      return;
    }
  const RetourOperation *operation = engine->push.operations->pdata[0];
  GPtrArray *settlements = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_settlement_free);
  g_ptr_array_add (settlements,
                   settlement_by_answer (operation->op, RETOUR_ANSWER_REJECTED,
                                         response->message ? response->message : "the OMS cannot read this operation"));
  engine->push.limit = MIN (engine->push.limit * 2, RETOUR_PUSH_BATCH);
  settle (engine, settlements);
}

/* The OMS answers, but not usefully. It may be this very batch that it cannot digest, so smaller ones are tried, and one
 * that fails alone lets the others pass. */
static void
hold_back (RetourEngine *engine, const RetourResponse *response)
{
  guint sent = engine->push.operations->len;

  retour_lane_fail (engine, &engine->push.lane, response->message);
  if (sent > 1 || engine->push.lane.failures < STUBBORN_FAILURES)
    {
      if (engine->push.lane.failures > 1)
        engine->push.limit = MAX (sent / 2, 1);
      rest (engine, engine->now.boot);
      return;
    }
  const RetourOperation *operation = engine->push.operations->pdata[0];
  GPtrArray *settlements = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_settlement_free);
  g_ptr_array_add (settlements,
                   postponement (engine, operation, MAX (operation->attempts, engine->push.lane.failures),
                                 response->message ? response->message : "the OMS fails on this operation"));
  settle (engine, settlements);
}

void
retour_push_answered (RetourEngine *engine, const RetourResponse *response, gboolean counts)
{
  engine->push.lane.request = 0;
  if (engine->push.stage != RETOUR_PUSH_SENDING)
    return;
  if (!counts || engine->push.outdated)
    {
      rest (engine, engine->now.boot);
      return;
    }
  switch (response->verdict)
    {
    case RETOUR_VERDICT_OK:
    case RETOUR_VERDICT_CUT:
      settle_by_answers (engine, response);
      return;
    case RETOUR_VERDICT_TOO_LARGE:
    case RETOUR_VERDICT_REJECTED:
      split_or_quarantine (engine, response);
      return;
    case RETOUR_VERDICT_BUSY:
      if (response->retry_after >= 0)
        break;
      hold_back (engine, response);
      return;
    case RETOUR_VERDICT_GONE:
    case RETOUR_VERDICT_REFUSED:
    case RETOUR_VERDICT_MALFORMED:
      hold_back (engine, response);
      return;
    case RETOUR_VERDICT_NETWORK:
    case RETOUR_VERDICT_PORTAL:
    case RETOUR_VERDICT_UNTRUSTED:
    case RETOUR_VERDICT_RENEW:
    case RETOUR_VERDICT_FORBIDDEN:
    case RETOUR_VERDICT_UPGRADE:
    case RETOUR_VERDICT_CANCELLED:
      break;
    }
  rest (engine, engine->now.boot);
}

void
retour_push_settled (RetourEngine *engine)
{
  if (engine->push.stage != RETOUR_PUSH_SETTLING)
    return;
  g_clear_pointer (&engine->storage_message, g_free);
  if (engine->push.lane.failures == 0)
    {
      RetourAction *action = retour_engine_queue (engine, RETOUR_ACTION_NOTE);
      action->pushed = TRUE;
      action->at = retour_clock_now (engine);
      action->clock_offset = engine->clock.offset;
    }
  rest (engine, engine->now.boot);
}

void
retour_push_storage_failed (RetourEngine *engine, const char *message)
{
  if (engine->push.stage != RETOUR_PUSH_CLAIMING && engine->push.stage != RETOUR_PUSH_SETTLING)
    return;
  retour_lane_fail (engine, &engine->push.lane, message);
  rest (engine, engine->now.boot);
}
