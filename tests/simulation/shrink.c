/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink.h"

/* In vain: what does not get smaller by then is small enough to read. */
#define MOST_TRIES 250

Promise
run_scenario (const Scenario *scenario, Mutation mutation, Trace trace, char **how, guint64 *steps)
{
  g_autoptr (World) world = world_new (scenario, mutation, trace);

  world_run (world);
  if (how != NULL)
    *how = g_strdup (world->how);
  if (steps != NULL)
    *steps += world->steps;
  return world->broken;
}

/* Takes the smaller one's place when it breaks the same promise. */
static gboolean
try_smaller (Scenario **scenario, Scenario *smaller, Mutation mutation, Promise promise, guint *tries)
{
  if (*tries == 0 || run_scenario (smaller, mutation, TRACE_NOTHING, NULL, NULL) != promise)
    {
      *tries -= *tries > 0;
      scenario_free (smaller);
      return FALSE;
    }
  scenario_free (*scenario);
  *scenario = smaller;
  return TRUE;
}

/* Leaves out runs of items, long runs first; TRUE when any could go. */
static gboolean
drop_items (Scenario **scenario, gboolean of_faults, Mutation mutation, Promise promise, guint *tries)
{
  gboolean smaller = FALSE;
  guint length = of_faults ? (*scenario)->faults->len : (*scenario)->acts->len;

  for (guint run = MAX (length / 2, 1); run > 0; run /= 2)
    for (guint at = 0;;)
      {
        Scenario *copy = scenario_copy (*scenario);
        GArray *items = of_faults ? copy->faults : copy->acts;
        if (at >= items->len)
          {
            scenario_free (copy);
            break;
          }
        g_array_remove_range (items, at, MIN (run, items->len - at));
        if (try_smaller (scenario, copy, mutation, promise, tries))
          smaller = TRUE;
        else
          at += run;
      }
  return smaller;
}

static void
leave_out_terminal (Scenario *scenario, guint terminal)
{
  for (guint i = scenario->acts->len; i > 0; i--)
    {
      Act *act = &g_array_index (scenario->acts, Act, i - 1);
      if (act->terminal == terminal)
        g_array_remove_index (scenario->acts, i - 1);
      else if (act->terminal > terminal)
        act->terminal--;
    }
  for (guint i = scenario->faults->len; i > 0; i--)
    {
      Fault *fault = &g_array_index (scenario->faults, Fault, i - 1);
      if (fault->terminal == (int) terminal)
        g_array_remove_index (scenario->faults, i - 1);
      else if (fault->terminal > (int) terminal)
        fault->terminal--;
    }
  scenario->terminals--;
}

static gboolean
drop_terminals (Scenario **scenario, Mutation mutation, Promise promise, guint *tries)
{
  gboolean smaller = FALSE;

  for (guint terminal = (*scenario)->terminals; terminal > 0 && (*scenario)->terminals > 1; terminal--)
    {
      Scenario *copy = scenario_copy (*scenario);
      leave_out_terminal (copy, terminal - 1);
      smaller = try_smaller (scenario, copy, mutation, promise, tries) || smaller;
    }
  return smaller;
}

static gboolean
drop_days (Scenario **scenario, Mutation mutation, Promise promise, guint *tries)
{
  gboolean smaller = FALSE;

  while ((*scenario)->days > 1)
    {
      Scenario *copy = scenario_copy (*scenario);
      copy->days--;
      if (!try_smaller (scenario, copy, mutation, promise, tries))
        break;
      smaller = TRUE;
    }
  return smaller;
}

Scenario *
shrink (const Scenario *scenario, Mutation mutation, Promise promise)
{
  guint tries = MOST_TRIES;
  Scenario *smallest = scenario_copy (scenario);
  gboolean again = TRUE;

  for (guint round = 0; again && round < 4; round++)
    {
      again = drop_days (&smallest, mutation, promise, &tries);
      again = drop_items (&smallest, TRUE, mutation, promise, &tries) || again;
      again = drop_terminals (&smallest, mutation, promise, &tries) || again;
      again = drop_items (&smallest, FALSE, mutation, promise, &tries) || again;
    }
  smallest->stores = MIN (smallest->stores, smallest->terminals);
  return smallest;
}
