/* SPDX-License-Identifier: Apache-2.0 */
#include "world.h"

#include <stdarg.h>

/* After the last closing, everything works, and so long is left to come to rest. */
#define CALM_FOR (5 * HOUR)
#define LINES_TOLD 60
#define CERTIFICATE_LIFE (90 * DAY)

void
world_at (World *world, gint64 at, EventKind kind, Terminal *terminal, gpointer payload)
{
  agenda_add (&world->agenda, (AgendaEntry){ .at = MAX (at, world->now),
                                             .kind = kind,
                                             .life = terminal ? terminal->life : 0,
                                             .alarm = terminal ? terminal->alarm : 0,
                                             .subject = terminal,
                                             .payload = payload });
}

gint64
world_below (World *world, gint64 bound)
{
  return retour_jitter_below (&world->dice, bound);
}

gboolean
world_chance (World *world, gint64 thousandths)
{
  return world_below (world, 1000) < thousandths;
}

void
world_trace (World *world, const Terminal *terminal, const char *format, ...)
{
  va_list list;

  if (world->trace == TRACE_NOTHING)
    return;
  g_autofree char *at = scenario_time (world->now);
  va_start (list, format);
  g_autofree char *words = g_strdup_vprintf (format, list);
  va_end (list);
  char *line = terminal != NULL ? g_strdup_printf ("# %s  terminal %u %s\n", at, terminal->index, words)
                                : g_strdup_printf ("# %s  %s\n", at, words);
  g_queue_push_tail (&world->told, line);
  if (world->trace == TRACE_ALL || world->told.length > LINES_TOLD)
    {
      g_autofree char *oldest = g_queue_pop_head (&world->told);
      if (world->trace == TRACE_ALL)
        g_print ("%s", oldest);
    }
}

const Fault *
world_fault (const World *world, FaultKind kind, const Terminal *terminal)
{
  for (guint i = 0; !world->calm && i < world->scenario->faults->len; i++)
    {
      const Fault *fault = &g_array_index (world->scenario->faults, Fault, i);
      if (fault->kind == kind && fault->from <= world->now && world->now < fault->until
          && (terminal == NULL || fault->terminal < 0 || (guint) fault->terminal == terminal->index))
        return fault;
    }
  return NULL;
}

RetourMoment
terminal_moment (const Terminal *terminal)
{
  return (RetourMoment){ .boot = terminal->world->now - terminal->boot_base,
                         .wall = terminal->world->now + terminal->skew };
}

static void
carry_out (Terminal *terminal, RetourAction *action)
{
  switch (action->kind)
    {
    case RETOUR_ACTION_CLAIM:
    case RETOUR_ACTION_SETTLE:
    case RETOUR_ACTION_LOCATE:
    case RETOUR_ACTION_APPLY:
    case RETOUR_ACTION_START_AGAIN:
    case RETOUR_ACTION_RE_OFFER:
      disk_ask (terminal, action);
      return;
    case RETOUR_ACTION_PUSH:
    case RETOUR_ACTION_PULL:
    case RETOUR_ACTION_RENEW:
      promises_before_sending (terminal, action);
      post_send (terminal, action);
      return;
    case RETOUR_ACTION_CANCEL:
      post_cancel (terminal, action->request);
      return;
    case RETOUR_ACTION_WAKE:
      terminal->alarm++;
      if (terminal->world->mutation != MUTATION_FORGET_ALARM || terminal->alarm % 16 > 0)
        world_at (terminal->world, terminal->boot_base + action->wake_at, EVENT_ALARM, terminal, NULL);
      return;
    case RETOUR_ACTION_NOTE:
    case RETOUR_ACTION_REPORT:
      return;
    }
}

void
terminal_step (Terminal *terminal, RetourEvent event)
{
  RetourAction *action;
  guint life = terminal->life;

  if (terminal->engine == NULL)
    return;
  terminal->world->steps++;
  event.now = terminal_moment (terminal);
  retour_engine_handle (terminal->engine, &event);
  while (terminal->life == life && terminal->engine != NULL
         && (action = retour_engine_next_action (terminal->engine)) != NULL)
    {
      carry_out (terminal, action);
      retour_action_free (action);
    }
  if (terminal->life != life || terminal->engine == NULL)
    return;
  promises_after_step (terminal);
  post_go_on (terminal);
}

void
terminal_start (Terminal *terminal)
{
  World *world = terminal->world;
  const RetourEngineOptions options = { .seed = (guint64) world_below (world, G_MAXINT64),
                                        .poll_interval = world->scenario->poll_interval };

  if (terminal->engine != NULL)
    return;
  terminal->life++;
  terminal->store_free_at = 0;
  terminal->not_before = 0;
  terminal->failures = 0;
  terminal->ask_boot = -1;
  terminal->pulled_as_of = 0;
  world_trace (world, terminal, "starts");
  terminal->engine = retour_engine_new (&options, terminal_moment (terminal));
  terminal_step (terminal, (RetourEvent){ .kind = RETOUR_EVENT_ENROLLED, .terms = &terminal->terms });
}

void
terminal_stop (Terminal *terminal)
{
  if (terminal->engine == NULL)
    return;
  world_trace (terminal->world, terminal, "stops");
  terminal->life++;
  g_clear_pointer (&terminal->engine, retour_engine_free);
  g_ptr_array_set_size (terminal->requests, 0);
}

static void
do_act (Terminal *terminal, const Act *act)
{
  if (terminal->engine == NULL)
    return;
  switch (act->kind)
    {
    case ACT_RECORD:
      disk_record (terminal, act);
      return;
    case ACT_INSPECT:
      disk_inspect (terminal, act);
      return;
    case ACT_ASK:
      terminal_step (terminal, (RetourEvent){ .kind = RETOUR_EVENT_KICK });
      return;
    }
}

/* Whom a fault concerns. */
static void
for_each_concerned (World *world, const Fault *fault, void (*act) (Terminal *terminal, const Fault *fault))
{
  for (guint i = 0; i < world->scenario->terminals; i++)
    if (fault->terminal < 0 || (guint) fault->terminal == i)
      act (&world->terminals[i], fault);
}

static void
set_clock (Terminal *terminal, const Fault *fault)
{
  terminal->skew = fault->size;
  terminal->last_jump = terminal->world->now;
}

static void
put_clock_right (Terminal *terminal, const Fault *fault)
{
  terminal->skew = 0;
  terminal->last_jump = terminal->world->now;
}

static void
pull_cable (Terminal *terminal, const Fault *fault)
{
  terminal_step (terminal, (RetourEvent){ .kind = RETOUR_EVENT_NETWORK, .available = FALSE });
}

static void
plug_cable (Terminal *terminal, const Fault *fault)
{
  terminal_step (terminal, (RetourEvent){ .kind = RETOUR_EVENT_NETWORK, .available = TRUE });
}

static void
cut_power (Terminal *terminal, const Fault *fault)
{
  terminal_stop (terminal);
  terminal->boot_base = fault->until;
}

static void
power_back (Terminal *terminal, const Fault *fault)
{
  if (terminal->engine != NULL || world_fault (terminal->world, FAULT_POWER, terminal) != NULL)
    return;
  terminal->boot_base = terminal->world->now;
  terminal_start (terminal);
}

static void
let_expire (Terminal *terminal, const Fault *fault)
{
  terminal->refused_until = G_MAXINT64;
}

static void
let_be_revoked (Terminal *terminal, const Fault *fault)
{
  terminal->refused_until = G_MAXINT64;
  terminal->refused_for_good = TRUE;
}

static void
renew_terms (Terminal *terminal)
{
  gint64 now = terminal->world->now;

  terminal->refused_until = 0;
  terminal->refused_for_good = FALSE;
  terminal->terms.valid_from = now - HOUR;
  terminal->terms.valid_until = now + CERTIFICATE_LIFE;
  terminal->terms.renew_at = now + CERTIFICATE_LIFE * 2 / 3;
}

static void
enrol_again (Terminal *terminal, const Fault *fault)
{
  renew_terms (terminal);
  terminal->not_before = 0;
  terminal_step (terminal, (RetourEvent){ .kind = RETOUR_EVENT_ENROLLED, .terms = &terminal->terms });
}

static void
begin_fault (World *world, const Fault *fault)
{
  g_autofree char *until = scenario_time (fault->until);

  world_trace (world, NULL, "%s begins, until %s", fault_name (fault->kind), until);
  if (fault->kind == FAULT_CLOCK)
    for_each_concerned (world, fault, set_clock);
  else if (fault->kind == FAULT_CABLE)
    for_each_concerned (world, fault, pull_cable);
  else if (fault->kind == FAULT_POWER)
    for_each_concerned (world, fault, cut_power);
  else if (fault->kind == FAULT_EXPIRY)
    for_each_concerned (world, fault, let_expire);
  else if (fault->kind == FAULT_REVOKED)
    for_each_concerned (world, fault, let_be_revoked);
  else if (fault->kind == FAULT_GONE)
    oms_forget_cursors (world->oms);
  else if (fault->kind == FAULT_RESTORE)
    oms_restore (world->oms, world->now, fault->size * HOUR);
}

static void
end_fault (World *world, const Fault *fault)
{
  if (fault->kind == FAULT_CLOCK)
    for_each_concerned (world, fault, put_clock_right);
  else if (fault->kind == FAULT_CABLE)
    for_each_concerned (world, fault, plug_cable);
  else if (fault->kind == FAULT_POWER)
    for_each_concerned (world, fault, power_back);
  else if (fault->kind == FAULT_REVOKED)
    for_each_concerned (world, fault, enrol_again);
}

/* Everything works from now on, but for what concerns single records. */
static void
begin_calm (World *world)
{
  world_trace (world, NULL, "nothing goes wrong any more");
  world->calm = TRUE;
  for (guint i = 0; i < world->scenario->terminals; i++)
    {
      Terminal *terminal = &world->terminals[i];
      if (terminal->skew != 0)
        put_clock_right (terminal, NULL);
      if (terminal->refused_for_good)
        enrol_again (terminal, NULL);
      terminal_start (terminal);
      plug_cable (terminal, NULL);
    }
}

static void
happen (World *world, const AgendaEntry *event)
{
  Terminal *terminal = event->subject;
  gboolean current = terminal != NULL && event->life == terminal->life;

  switch ((EventKind) event->kind)
    {
    case EVENT_ALARM:
      if (current && event->alarm == terminal->alarm)
        terminal_step (terminal, (RetourEvent){ .kind = RETOUR_EVENT_TICK });
      return;
    case EVENT_STORE:
      if (current)
        disk_do (terminal, event->payload);
      else
        disk_forget (event->payload);
      return;
    case EVENT_AT_OMS:
      post_at_oms (world, event->payload);
      return;
    case EVENT_AT_DEVICE:
      post_at_device (world, event->payload);
      return;
    case EVENT_ACT:
      do_act (terminal, event->payload);
      return;
    case EVENT_FAULT_BEGINS:
      if (!world->calm)
        begin_fault (world, event->payload);
      return;
    case EVENT_FAULT_ENDS:
      if (!world->calm)
        end_fault (world, event->payload);
      return;
    case EVENT_START:
      if (world_fault (world, FAULT_POWER, terminal) == NULL)
        terminal_start (terminal);
      return;
    case EVENT_NIGHT:
      terminal_stop (terminal);
      return;
    case EVENT_CALM:
      begin_calm (world);
      return;
    }
}

static void
forget_event (const AgendaEntry *event)
{
  if (event->kind == EVENT_STORE)
    disk_forget (event->payload);
  else if (event->kind == EVENT_AT_OMS || event->kind == EVENT_AT_DEVICE)
    request_unref (event->payload);
}

static void
found_terminal (World *world, guint index)
{
  Terminal *terminal = &world->terminals[index];

  terminal->world = world;
  terminal->index = index;
  terminal->store = store_new (world->scenario->orders, world->mutation);
  terminal->boot_base = OPENING - HOUR;
  terminal->requests = g_ptr_array_new_with_free_func (request_unref);
  terminal->last_answer = g_string_new (NULL);
  terminal->confirmed = g_ptr_array_new ();
  terminal->terms.terminal = "terminal";
  renew_terms (terminal);
  for (guint day = 0; day < world->scenario->days; day++)
    {
      gint64 opening = OPENING + day * DAY;
      if (day == 0 || world->scenario->off_at_night)
        world_at (world, opening + world_below (world, 10 * MINUTE), EVENT_START, terminal, NULL);
      if (world->scenario->off_at_night && day + 1 < world->scenario->days)
        world_at (world, opening + OPEN_FOR + world_below (world, 5 * MINUTE), EVENT_NIGHT, terminal, NULL);
    }
}

World *
world_new (const Scenario *scenario, Mutation mutation, Trace trace)
{
  World *world = g_new0 (World, 1);

  world->scenario = scenario;
  world->mutation = mutation;
  world->trace = trace;
  g_queue_init (&world->told);
  world->now = OPENING - HOUR;
  agenda_init (&world->agenda);
  retour_jitter_seed (&world->dice, scenario->seed * 2654435761u + 17);
  world->oms = oms_new (scenario->orders, scenario->seed);
  world->drafts = g_hash_table_new (NULL, NULL);
  world->tries = g_hash_table_new (NULL, NULL);
  world->terminals = g_new0 (Terminal, scenario->terminals);
  for (guint i = 0; i < scenario->terminals; i++)
    found_terminal (world, i);
  for (guint i = 0; i < scenario->acts->len; i++)
    {
      Act *act = &g_array_index (scenario->acts, Act, i);
      world_at (world, act->at, EVENT_ACT, &world->terminals[act->terminal], act);
    }
  for (guint i = 0; i < scenario->faults->len; i++)
    {
      Fault *fault = &g_array_index (scenario->faults, Fault, i);
      world_at (world, fault->from, EVENT_FAULT_BEGINS, NULL, fault);
      if (fault->until != G_MAXINT64)
        world_at (world, fault->until, EVENT_FAULT_ENDS, NULL, fault);
    }
  world_at (world, scenario_end (scenario), EVENT_CALM, NULL, NULL);
  return world;
}

static void
confirmation_free (Confirmation *confirmation)
{
  g_free (confirmation->return_id);
  g_free (confirmation->op);
  g_free (confirmation->body);
  g_free (confirmation);
}

void
world_free (World *world)
{
  if (world == NULL)
    return;
  while (agenda_look (&world->agenda) != NULL)
    {
      AgendaEntry taken = agenda_take (&world->agenda);
      forget_event (&taken);
    }
  for (guint i = 0; i < world->scenario->terminals; i++)
    {
      Terminal *terminal = &world->terminals[i];
      retour_engine_free (terminal->engine);
      store_free (terminal->store);
      g_ptr_array_unref (terminal->requests);
      g_string_free (terminal->last_answer, TRUE);
      g_free (terminal->last_epoch);
      g_ptr_array_foreach (terminal->confirmed, (GFunc) (void *) confirmation_free, NULL);
      g_ptr_array_unref (terminal->confirmed);
    }
  g_free (world->terminals);
  agenda_clear (&world->agenda);
  g_hash_table_unref (world->drafts);
  g_hash_table_unref (world->tries);
  oms_free (world->oms);
  g_queue_clear_full (&world->told, g_free);
  g_free (world->how);
  g_free (world);
}

void
world_run_until (World *world, gint64 end)
{
  for (const AgendaEntry *next;
       world->broken == PROMISE_NONE && (next = agenda_look (&world->agenda)) != NULL && next->at <= end;)
    {
      AgendaEntry event = agenda_take (&world->agenda);
      world->now = event.at;
      happen (world, &event);
    }
}

gboolean
world_run (World *world)
{
  world_run_until (world, scenario_end (world->scenario) + CALM_FOR);
  if (world->broken == PROMISE_NONE)
    promises_at_end (world);
  for (GList *line = world->told.head; line != NULL; line = line->next)
    g_print ("%s", (char *) line->data);
  return world->broken == PROMISE_NONE;
}
