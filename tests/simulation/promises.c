/* SPDX-License-Identifier: Apache-2.0 */
/* The seven promises of SYNC.md as things that are true or not: of each request before it leaves, of the disk after each job,
 * of the OMS's book after each call, of the engine and what the screen may say after each event, and of everything at the end,
 * when nothing has gone wrong for hours. */
#include "world.h"

#include <stdarg.h>
#include <string.h>

#define BATCH_BYTES (1100 * 1024)
#define STEPS_AT_ONE_MOMENT 2000
/* So many answers in a row that were none cannot come within so little time, whatever the jitter draws. */
#define FAILURES_IN_A_ROW 14
#define LEAST_TIME_FOR_THEM (8 * RETOUR_SECOND)
/* What two time-outs and the longest wait can add to the time between two looks at the feed. */
#define LATE (20 * MINUTE)
#define LONGEST_ROUND_TRIP (30 * RETOUR_SECOND)
/* Half of the longest round trip, twice, and the half seconds of Date. */
#define CLOCK_TOLERANCE (35 * RETOUR_SECOND)

static const char *const words[] = {
  [PROMISE_NONE] = "all kept",
  [PROMISE_NOTHING_LOST] = "1: a return that the screen confirmed is never lost",
  [PROMISE_NO_UNIT_TWICE] = "2: no unit is refunded twice as the OMS sees it",
  [PROMISE_ONE_ID] = "3: an id is minted once, stored before it is sent, never minted again",
  [PROMISE_ONE_BAD_RECORD] = "4: one bad record stops nobody else",
  [PROMISE_TRUE_SCREEN] = "5: the screen never says more than is true",
  [PROMISE_BOUNDS] = "6: nothing a server answers can stall the terminal or make it a hammer",
  [PROMISE_ONLY_THE_OMS] = "7: only the pinned OMS is believed",
};

const char *
promise_words (Promise promise)
{
  return words[promise];
}

void
promise_break (World *world, Promise promise, const char *format, ...)
{
  va_list list;

  if (world->broken != PROMISE_NONE)
    return;
  world->broken = promise;
  va_start (list, format);
  world->how = g_strdup_vprintf (format, list);
  va_end (list);
  world_trace (world, NULL, "BROKEN %s: %s", promise_words (promise), world->how);
}

static void
check_batch (Terminal *terminal, GPtrArray *operations)
{
  World *world = terminal->world;
  gsize bytes = 0;

  for (guint i = 0; i < operations->len; i++)
    {
      const RetourOperation *operation = operations->pdata[i];
      const StoredOperation *stored = store_find_operation (terminal->store, operation->op);
      bytes += strlen (operation->body);
      if (stored == NULL || stored->unsure)
        promise_break (world, PROMISE_ONE_ID, "terminal %u sends %s, which its disk does not hold", terminal->index,
                       operation->op);
      else if (strcmp (stored->operation->body, operation->body) != 0)
        promise_break (world, PROMISE_ONE_ID, "terminal %u sends %s with another body than it stored", terminal->index,
                       operation->op);
    }
  if (operations->len == 0 || operations->len > RETOUR_PUSH_BATCH || (operations->len > 1 && bytes > BATCH_BYTES))
    promise_break (world, PROMISE_BOUNDS, "terminal %u sends %u operations at once", terminal->index, operations->len);
}

void
promises_before_sending (Terminal *terminal, const RetourAction *action)
{
  World *world = terminal->world;
  gint64 boot = terminal_moment (terminal).boot;

  if (boot < terminal->not_before)
    promise_break (world, PROMISE_BOUNDS, "terminal %u sends %d s before the OMS wants to hear of it", terminal->index,
                   (int) ((terminal->not_before - boot) / RETOUR_SECOND));
  for (guint i = 0; i < terminal->requests->len; i++)
    if (((Request *) terminal->requests->pdata[i])->kind == action->kind)
      promise_break (world, PROMISE_BOUNDS, "terminal %u has two requests of one kind out", terminal->index);
  if (action->kind == RETOUR_ACTION_PUSH)
    check_batch (terminal, action->operations);
}

void
promises_after_answer (Terminal *terminal, const RetourResponse *response)
{
  gint64 boot = terminal_moment (terminal).boot;

  if (response->verdict == RETOUR_VERDICT_BUSY && response->retry_after >= 0)
    terminal->not_before = boot + retour_backoff_retry_after (response->retry_after);
  if (response->verdict == RETOUR_VERDICT_OK || response->verdict == RETOUR_VERDICT_CUT
      || response->verdict == RETOUR_VERDICT_CANCELLED)
    {
      terminal->failures = 0;
      return;
    }
  if (terminal->failures++ == 0)
    terminal->failing_since = boot;
  if (terminal->failures < FAILURES_IN_A_ROW)
    return;
  if (boot - terminal->failing_since < LEAST_TIME_FOR_THEM)
    promise_break (terminal->world, PROMISE_BOUNDS, "terminal %u asks %u times in vain within %d ms", terminal->index,
                   terminal->failures, (int) ((boot - terminal->failing_since) / 1000));
  terminal->failures = 0;
}

static gboolean
is_unreadable (const World *world, guint order)
{
  for (guint i = 0; i < world->scenario->faults->len; i++)
    {
      const Fault *fault = &g_array_index (world->scenario->faults, Fault, i);
      if (fault->kind == FAULT_BAD_RECORD && fault->order == order)
        return TRUE;
    }
  return FALSE;
}

/* Everything that the OMS had changed when the feed was asked for is known here. */
static void
check_known (Terminal *terminal)
{
  World *world = terminal->world;

  for (guint i = 0; i < world->scenario->orders; i++)
    {
      guint64 due = oms_stamp_of_order (world->oms, i, terminal->ask_stamp);
      if (terminal->store->orders[i].stamp < due && !is_unreadable (world, i))
        promise_break (world, PROMISE_TRUE_SCREEN,
                       "terminal %u says that it knows all, and has missed a change of order %u", terminal->index, i);
    }
}

void
promises_after_step (Terminal *terminal)
{
  World *world = terminal->world;
  RetourEngineView view;
  gint64 boot = terminal_moment (terminal).boot;

  if (terminal->stepped_at != world->now)
    terminal->steps = 0;
  terminal->stepped_at = world->now;
  if (++terminal->steps > STEPS_AT_ONE_MOMENT)
    promise_break (world, PROMISE_BOUNDS, "terminal %u spins", terminal->index);
  retour_engine_view (terminal->engine, &view);
  if (view.pulled_as_of != terminal->pulled_as_of)
    {
      terminal->pulled_as_of = view.pulled_as_of;
      if (view.pulled_as_of == terminal->ask_boot)
        check_known (terminal);
      else
        promise_break (world, PROMISE_TRUE_SCREEN,
                       "terminal %u says that it knows all as of a moment at which it did not ask", terminal->index);
    }
  gboolean says_up_to_date =
      view.trouble == RETOUR_TROUBLE_NONE && view.caught_up && view.sending == 0 && !view.clock_wrong;
  if (says_up_to_date && boot - view.pulled_as_of > world->scenario->poll_interval * 11 / 10 + LATE)
    promise_break (world, PROMISE_TRUE_SCREEN, "terminal %u says that it is up to date, and has not asked for %d min",
                   terminal->index, (int) ((boot - view.pulled_as_of) / MINUTE));
  if (retour_engine_get_link_stage (terminal->engine) == RETOUR_LINK_OPEN && view.trouble == RETOUR_TROUBLE_PORTAL)
    promise_break (world, PROMISE_TRUE_SCREEN, "terminal %u speaks of a portal on an open way", terminal->index);
}

static gboolean
has_any (const World *world, FaultKind kind)
{
  for (guint i = 0; i < world->scenario->faults->len; i++)
    if (g_array_index (world->scenario->faults, Fault, i).kind == kind)
      return TRUE;
  return FALSE;
}

/* What the terminal thinks the time is, when nobody lied to it. */
void
promises_of_clock (Terminal *terminal, const Request *request)
{
  World *world = terminal->world;
  gint64 round_trip = request->answered_at - request->sent;
  RetourEngineView view;

  if (terminal->engine == NULL || request->date == RETOUR_INSTANT_NONE || round_trip > LONGEST_ROUND_TRIP
      || terminal->last_jump >= terminal->boot_base + request->sent || has_any (world, FAULT_DATE))
    return;
  retour_engine_view (terminal->engine, &view);
  if (ABS (view.clock_offset + terminal->skew) > CLOCK_TOLERANCE)
    promise_break (world, PROMISE_TRUE_SCREEN, "terminal %u is %d s from the OMS's time and has just heard it",
                   terminal->index, (int) ((view.clock_offset + terminal->skew) / RETOUR_SECOND));
}

/* What the disk says of an operation, the OMS has said. */
static void
check_standing (Terminal *terminal, const StoredOperation *stored)
{
  World *world = terminal->world;
  const char *op = stored->operation->op;

  if (stored->standing == STORED_ANSWERED && !oms_ever_answered (world->oms, op, 1u << RETOUR_ANSWER_ACCEPTED))
    promise_break (world, oms_ever_answered (world->oms, op, ~0u) ? PROMISE_TRUE_SCREEN : PROMISE_ONLY_THE_OMS,
                   "terminal %u believes that %s was accepted, which the OMS never said", terminal->index, op);
}

static void
check_return (Terminal *terminal, const StoredReturn *ret)
{
  World *world = terminal->world;

  if (ret->refund == RETOUR_REFUND_SETTLED && !g_hash_table_contains (world->oms->ever_settled, ret->id))
    promise_break (world, PROMISE_TRUE_SCREEN, "terminal %u says that %s is settled, which no bank did",
                   terminal->index, ret->id);
  if (ret->sync == RETOUR_SYNC_QUARANTINED && ret->problem == NULL)
    promise_break (world, PROMISE_ONE_BAD_RECORD, "terminal %u put %s aside without a cause", terminal->index, ret->id);
}

void
promises_of_disk (Terminal *terminal)
{
  World *world = terminal->world;

  for (guint i = 0; i < terminal->store->operations->len; i++)
    check_standing (terminal, terminal->store->operations->pdata[i]);
  for (guint i = 0; i < terminal->store->returns->len; i++)
    check_return (terminal, terminal->store->returns->pdata[i]);
  for (guint i = 0; i < terminal->confirmed->len; i++)
    {
      const Confirmation *confirmed = terminal->confirmed->pdata[i];
      const StoredOperation *stored = store_find_operation (terminal->store, confirmed->op);
      if (stored == NULL || store_find_return (terminal->store, confirmed->return_id) == NULL)
        promise_break (world, PROMISE_NOTHING_LOST, "terminal %u confirmed act %u, and has nothing of %s",
                       terminal->index, confirmed->act, confirmed->op);
      else if (strcmp (stored->operation->body, confirmed->body) != 0)
        promise_break (world, PROMISE_ONE_ID, "terminal %u wrote %s anew", terminal->index, confirmed->op);
    }
}

void
promises_of_oms (World *world)
{
  g_autofree char *twice = oms_find_double (world->oms);

  if (world->oms->alarm != NULL)
    promise_break (world, PROMISE_ONE_ID, "the OMS is alarmed: %s", world->oms->alarm);
  if (twice != NULL)
    promise_break (world, PROMISE_NO_UNIT_TWICE, "%s", twice);
}

static gboolean
has_fault (const World *world, FaultKind kind, guint order)
{
  for (guint i = 0; i < world->scenario->faults->len; i++)
    {
      const Fault *fault = &g_array_index (world->scenario->faults, Fault, i);
      if (fault->kind == kind && fault->order == order)
        return TRUE;
    }
  return FALSE;
}

/* Something earlier of the same order waits or stands aside. */
static gboolean
is_behind (const Terminal *terminal, const StoredOperation *stored)
{
  for (guint i = 0; i < terminal->store->operations->len; i++)
    {
      const StoredOperation *earlier = terminal->store->operations->pdata[i];
      if (earlier == stored)
        return FALSE;
      if (earlier->order == stored->order && earlier->standing != STORED_ANSWERED)
        return TRUE;
    }
  return FALSE;
}

/* Every confirmed act has come to an end that somebody can see. */
static void
check_end_of (Terminal *terminal, const Confirmation *confirmed)
{
  World *world = terminal->world;
  const StoredOperation *stored = store_find_operation (terminal->store, confirmed->op);
  const OmsOperation *there = oms_operation (world->oms, confirmed->op);
  gboolean marked = has_fault (world, FAULT_REJECTS, confirmed->order)
                    || has_fault (world, FAULT_CANNOT_READ, confirmed->order)
                    || has_fault (world, FAULT_STUMBLES, confirmed->order);

  if (stored == NULL)
    return; /* reported already */
  switch (stored->standing)
    {
    case STORED_ANSWERED:
      if (there == NULL || strcmp (there->answer, "accepted") != 0)
        promise_break (world, PROMISE_NOTHING_LOST,
                       "terminal %u holds %s for accepted; the OMS's book has nothing of it", terminal->index,
                       confirmed->op);
      return;
    case STORED_QUARANTINED:
      if (stored->answer != RETOUR_ANSWER_CONFLICT && !marked)
        promise_break (world, PROMISE_ONE_BAD_RECORD, "terminal %u put %s aside, with which nothing was wrong",
                       terminal->index, confirmed->op);
      return;
    case STORED_WAITING:
      if (!has_fault (world, FAULT_STUMBLES, confirmed->order) && !is_behind (terminal, stored))
        promise_break (world, marked ? PROMISE_ONE_BAD_RECORD : PROMISE_NOTHING_LOST,
                       "terminal %u still holds %s after hours without trouble", terminal->index, confirmed->op);
      return;
    }
}

void
promises_at_end (World *world)
{
  for (guint i = 0; i < world->scenario->terminals; i++)
    {
      Terminal *terminal = &world->terminals[i];
      RetourEngineView view;
      if (terminal->engine == NULL)
        continue;
      promises_of_disk (terminal);
      for (guint j = 0; j < terminal->confirmed->len; j++)
        check_end_of (terminal, terminal->confirmed->pdata[j]);
      retour_engine_view (terminal->engine, &view);
      if (!view.caught_up
          || terminal_moment (terminal).boot - view.pulled_as_of > world->scenario->poll_interval * 11 / 10 + LATE)
        promise_break (world, PROMISE_ONE_BAD_RECORD, "terminal %u has stopped following the feed (trouble %d)",
                       terminal->index, view.trouble);
      if (view.trouble != RETOUR_TROUBLE_NONE && !has_any (world, FAULT_STUMBLES))
        promise_break (world, PROMISE_TRUE_SCREEN, "terminal %u still speaks of trouble (%d) after hours without any",
                       terminal->index, view.trouble);
    }
}
