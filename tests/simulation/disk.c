/* SPDX-License-Identifier: Apache-2.0 */
/* The store's thread: jobs one after the other, each in one or more transactions, before or after any of which the machine may
 * die, and any of which may find the disk full. */
#include "world.h"

#define CHANGES_A_SLICE 3
#define ATTEMPTS_OF_A_CLERK 4

typedef enum
{
  WRITE_DONE,
  WRITE_FULL,
  WRITE_DIED_BEFORE,
  WRITE_DIED_AFTER,
} Outcome;

typedef enum
{
  JOB_FOR_ENGINE,
  JOB_RECORD,
  JOB_INSPECT,
} JobKind;

typedef struct
{
  JobKind kind;
  RetourActionKind action;
  guint limit;
  GPtrArray *settlements;
  RetourChangePage *page;
  char *epoch;
  Confirmation *draft; /* of a clerk's; what the screen will say when it is durable */
  const Act *act;
  Terminal *terminal;
} Job;

static void
draft_free (Confirmation *draft)
{
  if (draft == NULL)
    return;
  g_free (draft->return_id);
  g_free (draft->op);
  g_free (draft->body);
  g_free (draft);
}

static void
job_free (Job *job)
{
  g_clear_pointer (&job->settlements, g_ptr_array_unref);
  retour_change_page_free (job->page);
  g_free (job->epoch);
  draft_free (job->draft);
  g_free (job);
}

static void
hand_in (Terminal *terminal, Job *job, gint64 latency)
{
  World *world = terminal->world;

  job->terminal = terminal;
  terminal->store_free_at = MAX (terminal->store_free_at, world->now) + latency;
  world_at (world, terminal->store_free_at, EVENT_STORE, terminal, job);
}

static gint64
draw_latency (World *world)
{
  return 500 + world_below (world, 10 * 1000);
}

void
disk_ask (Terminal *terminal, const RetourAction *action)
{
  Job *job = g_new0 (Job, 1);

  job->action = action->kind;
  job->limit = action->limit;
  job->settlements = action->settlements ? g_ptr_array_ref (action->settlements) : NULL;
  job->epoch = g_strdup (action->epoch);
  job->page = g_steal_pointer (&((RetourAction *) action)->page);
  hand_in (terminal, job, draw_latency (terminal->world));
}

static RetourOperation *
operation_of (const Confirmation *draft, RetourOperationKind kind)
{
  RetourOperation *operation = retour_operation_new (draft->op, kind, draft->body);

  operation->order = g_strdup_printf ("o%u", draft->order);
  operation->return_id = g_strdup (draft->return_id);
  operation->next_at = RETOUR_INSTANT_NONE;
  return operation;
}

static void
write_record (Terminal *terminal, const Confirmation *draft, gboolean unsure)
{
  g_autoptr (RetourOperation) operation = operation_of (draft, RETOUR_OPERATION_RETURN_RECORD);

  store_record (terminal->store, draft->return_id, draft->act, draft->order, draft->units, operation);
  store_find_operation (terminal->store, draft->op)->unsure = unsure;
}

static void
unwrite_record (Terminal *terminal, const Confirmation *draft)
{
  StoredOperation *stored = store_find_operation (terminal->store, draft->op);
  StoredReturn *ret = store_find_return (terminal->store, draft->return_id);

  if (stored != NULL)
    g_ptr_array_remove (terminal->store->operations, stored);
  if (ret != NULL)
    g_ptr_array_remove (terminal->store->returns, ret);
}

/* A job of a machine that died meanwhile. */
void
disk_forget (gpointer payload)
{
  Job *job = payload;

  if (job->kind == JOB_RECORD && job->terminal->world->mutation == MUTATION_SEND_BEFORE_STORING)
    unwrite_record (job->terminal, job->draft);
  job_free (job);
}

static Outcome
draw_outcome (Terminal *terminal, gboolean for_clerk)
{
  World *world = terminal->world;
  const Fault *full = world_fault (world, FAULT_DISK, terminal);
  const Fault *crashes = world_fault (world, FAULT_CRASHES, terminal);

  if (full != NULL && world_chance (world, full->size))
    return WRITE_FULL;
  /* What a person waits for is what must not be in doubt: it is struck more often. */
  if (crashes != NULL && world_chance (world, for_clerk ? 4 * crashes->size : crashes->size))
    return world_chance (world, 500) ? WRITE_DIED_BEFORE : WRITE_DIED_AFTER;
  return WRITE_DONE;
}

static void
die (Terminal *terminal)
{
  world_trace (terminal->world, terminal, "dies while it writes");
  terminal_stop (terminal);
  world_at (terminal->world, terminal->world->now + 2 * RETOUR_SECOND + world_below (terminal->world, MINUTE),
            EVENT_START, terminal, NULL);
}

typedef void (*Write) (Terminal *terminal, Job *job, guint step);

/* One transaction: WRITE_DONE when it is durable and somebody is there to say so. */
static Outcome
transact (Terminal *terminal, Job *job, Write write, guint step)
{
  Outcome outcome = draw_outcome (terminal, job->kind != JOB_FOR_ENGINE);

  if (outcome == WRITE_DONE || outcome == WRITE_DIED_AFTER)
    write (terminal, job, step);
  if (outcome == WRITE_DIED_BEFORE || outcome == WRITE_DIED_AFTER)
    die (terminal);
  return outcome;
}

static void
write_settlement (Terminal *terminal, Job *job, guint step)
{
  const RetourSettlement *settlement = job->settlements->pdata[step];

  if (settlement->answer != NULL)
    {
      world_trace (terminal->world, terminal, "%s is %s", settlement->op,
                   retour_answer_kind_code (settlement->answer->kind));
      store_settle (terminal->store, settlement->answer);
    }
  else
    store_postpone (terminal->store, settlement->op, settlement->next_at, settlement->why);
}

static guint
slices_of (const Job *job)
{
  return (job->page->changes->len + CHANGES_A_SLICE - 1) / CHANGES_A_SLICE;
}

/* Slices of the page, the cursor with the last. */
static void
write_slice (Terminal *terminal, Job *job, guint step)
{
  gboolean early = terminal->world->mutation == MUTATION_CURSOR_FIRST;
  guint slices = slices_of (job);

  for (guint i = step * CHANGES_A_SLICE; i < MIN ((step + 1) * CHANGES_A_SLICE, job->page->changes->len); i++)
    store_apply (terminal->store, job->page->changes->pdata[i]);
  if (job->page->cursor != NULL && (early ? step == 0 : step + 1 >= slices))
    store_move_cursor (terminal->store, job->page->cursor, job->page->last);
}

static void
write_start_again (Terminal *terminal, Job *job, guint step)
{
  store_start_again (terminal->store);
}

static void
write_re_offer (Terminal *terminal, Job *job, guint step)
{
  world_trace (terminal->world, terminal, "offers again what it told %s", terminal->store->epoch);
  store_re_offer (terminal->store, job->epoch);
}

static void
write_clerk (Terminal *terminal, Job *job, guint step)
{
  if (job->kind == JOB_RECORD)
    {
      write_record (terminal, job->draft, FALSE);
      return;
    }
  g_autoptr (RetourOperation) operation = operation_of (job->draft, RETOUR_OPERATION_RETURN_INSPECT);
  store_add_operation (terminal->store, job->draft->act, job->draft->order, operation);
}

/* All transactions of a job. */
static Outcome
transact_all (Terminal *terminal, Job *job, Write write, guint steps)
{
  for (guint step = 0; step < steps; step++)
    {
      Outcome outcome = transact (terminal, job, write, step);
      if (outcome == WRITE_FULL && terminal->world->mutation == MUTATION_APPLIED_UNSTORED && write == write_slice)
        continue;
      if (outcome != WRITE_DONE)
        return outcome;
    }
  return WRITE_DONE;
}

static void
change_on_retry (Terminal *terminal, GPtrArray *claimed)
{
  for (guint i = 0; i < claimed->len; i++)
    {
      RetourOperation *operation = claimed->pdata[i];
      StoredOperation *stored = store_find_operation (terminal->store, operation->op);
      if (operation->attempts < 2)
        continue;
      if (terminal->world->mutation == MUTATION_NEW_BODY_ON_RETRY)
        {
          char *body = g_strdup_printf ("{\"try\":%u,%s", operation->attempts, operation->body + 1);
          g_free (operation->body);
          operation->body = body;
        }
      else
        {
          g_free (operation->op);
          operation->op = g_strdup_printf ("op-%" G_GUINT64_FORMAT, ++terminal->world->ids);
          g_free (stored->operation->op);
          stored->operation->op = g_strdup (operation->op);
        }
    }
}

static void
claim (Terminal *terminal, const Job *job)
{
  if (draw_outcome (terminal, FALSE) == WRITE_FULL)
    {
      terminal_step (terminal,
                     (RetourEvent){ .kind = RETOUR_EVENT_STORAGE_FAILED, .failed = job->action, .message = "full" });
      return;
    }
  g_autoptr (GPtrArray) claimed = store_claim (terminal->store, terminal_moment (terminal).wall, job->limit);
  if (terminal->world->mutation == MUTATION_NEW_ID_ON_RETRY || terminal->world->mutation == MUTATION_NEW_BODY_ON_RETRY)
    change_on_retry (terminal, claimed);
  g_autofree char *epoch = g_strdup (terminal->store->epoch);
  terminal_step (terminal, (RetourEvent){ .kind = RETOUR_EVENT_CLAIMED, .operations = claimed, .epoch = epoch });
}

static void
locate (Terminal *terminal)
{
  g_autofree char *cursor = g_strdup (terminal->store->cursor), *epoch = g_strdup (terminal->store->epoch);

  terminal_step (terminal, (RetourEvent){ .kind = RETOUR_EVENT_LOCATED, .cursor = cursor, .epoch = epoch });
}

static void
do_for_engine (Terminal *terminal, Job *job)
{
  Outcome outcome = WRITE_DONE;
  RetourEvent event = { .failed = job->action, .message = "no space left" };

  if (job->action == RETOUR_ACTION_SETTLE)
    {
      outcome = transact_all (terminal, job, write_settlement, job->settlements->len);
      event.kind = RETOUR_EVENT_SETTLED;
    }
  else if (job->action == RETOUR_ACTION_APPLY)
    {
      outcome = transact_all (terminal, job, write_slice, MAX (slices_of (job), 1));
      event.kind = RETOUR_EVENT_PAGE_APPLIED;
    }
  else if (job->action == RETOUR_ACTION_START_AGAIN)
    {
      outcome = transact_all (terminal, job, write_start_again, 1);
      event.kind = RETOUR_EVENT_CLEARED;
    }
  else
    {
      outcome = transact_all (terminal, job, write_re_offer, 1);
      event.kind = RETOUR_EVENT_RE_OFFERED;
    }
  if (outcome == WRITE_FULL)
    event.kind = RETOUR_EVENT_STORAGE_FAILED;
  if (outcome == WRITE_DONE || outcome == WRITE_FULL)
    terminal_step (terminal, event);
}

/* The screen says that it is done, from here on for ever. */
static void
confirm (Terminal *terminal, Job *job)
{
  world_trace (terminal->world, terminal, "confirms act %u as %s", job->draft->act, job->draft->op);
  g_ptr_array_add (terminal->confirmed, g_steal_pointer (&job->draft));
  terminal_step (terminal, (RetourEvent){ .kind = RETOUR_EVENT_KICK });
}

/* The clerk tries once more with the same draft, or finds after a restart that it was recorded. */
static void
try_again_later (Terminal *terminal, Job *job)
{
  World *world = terminal->world;
  guint tries = GPOINTER_TO_UINT (g_hash_table_lookup (world->tries, GUINT_TO_POINTER (job->act->number + 1)));

  g_hash_table_insert (world->tries, GUINT_TO_POINTER (job->act->number + 1), GUINT_TO_POINTER (tries + 1));
  if (tries < ATTEMPTS_OF_A_CLERK)
    world_at (world, world->now + 2 * MINUTE + world_below (world, 3 * MINUTE), EVENT_ACT, terminal,
              (gpointer) job->act);
}

static void
do_for_clerk (Terminal *terminal, Job *job)
{
  Mutation mutation = terminal->world->mutation;
  gboolean early = job->kind == JOB_RECORD && mutation == MUTATION_SEND_BEFORE_STORING;
  gboolean known = !early && store_find_operation (terminal->store, job->draft->op) != NULL;

  Outcome outcome = known ? WRITE_DONE : transact (terminal, job, write_clerk, 0);
  if (outcome == WRITE_DONE || (outcome == WRITE_FULL && mutation == MUTATION_CONFIRM_UNSTORED))
    {
      confirm (terminal, job);
      return;
    }
  if (early && outcome != WRITE_DIED_AFTER)
    unwrite_record (terminal, job->draft);
  try_again_later (terminal, job);
}

void
disk_do (Terminal *terminal, gpointer payload)
{
  Job *job = payload;

  if (job->kind != JOB_FOR_ENGINE)
    do_for_clerk (terminal, job);
  else if (job->action == RETOUR_ACTION_CLAIM)
    claim (terminal, job);
  else if (job->action == RETOUR_ACTION_LOCATE)
    locate (terminal);
  else
    do_for_engine (terminal, job);
  promises_of_disk (terminal);
  job_free (job);
}

/* The ids of an act are minted with its draft, which outlives the machine. */
static Confirmation *
open_draft (Terminal *terminal, const Act *act, guint order, const char *return_id)
{
  World *world = terminal->world;
  Confirmation *draft = g_new0 (Confirmation, 1);
  guint64 id = GPOINTER_TO_SIZE (g_hash_table_lookup (world->drafts, GUINT_TO_POINTER (act->number + 1)));

  if (id == 0 || world->mutation == MUTATION_NEW_RETURN_ON_RETRY)
    id = ++world->ids;
  g_hash_table_insert (world->drafts, GUINT_TO_POINTER (act->number + 1), GSIZE_TO_POINTER (id));
  draft->act = act->number;
  draft->order = order;
  draft->units = act->units;
  draft->op = g_strdup_printf ("op-%" G_GUINT64_FORMAT, id);
  draft->return_id = return_id ? g_strdup (return_id) : g_strdup_printf ("return-%" G_GUINT64_FORMAT, id);
  draft->body = g_strdup_printf ("{\"act\":%u,\"units\":%u}", act->number, act->units);
  return draft;
}

static Job *
clerks_job (JobKind kind, const Act *act, Confirmation *draft)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->act = act;
  job->draft = draft;
  return job;
}

void
disk_record (Terminal *terminal, const Act *act)
{
  gboolean again = g_hash_table_lookup (terminal->world->drafts, GUINT_TO_POINTER (act->number + 1)) != NULL;

  if (!again && store_returnable (terminal->store, act->order) < act->units)
    return;
  Job *job = clerks_job (JOB_RECORD, act, open_draft (terminal, act, act->order, NULL));
  gboolean early = terminal->world->mutation == MUTATION_SEND_BEFORE_STORING;
  if (early)
    write_record (terminal, job->draft, TRUE);
  hand_in (terminal, job, early ? MINUTE : draw_latency (terminal->world));
  if (early)
    terminal_step (terminal, (RetourEvent){ .kind = RETOUR_EVENT_KICK });
}

void
disk_inspect (Terminal *terminal, const Act *act)
{
  guint count = terminal->store->returns->len;

  if (count == 0)
    return;
  const StoredReturn *ret = terminal->store->returns->pdata[count - 1];
  hand_in (terminal, clerks_job (JOB_INSPECT, act, open_draft (terminal, act, ret->order, ret->id)),
           draw_latency (terminal->world));
}
