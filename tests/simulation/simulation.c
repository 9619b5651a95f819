/* SPDX-License-Identifier: Apache-2.0 */
/* simulation [--store-days N] [--first-seed S] [--seed S] [--mutation NAME] [--trace] [--list]
 *
 * Runs seed after seed until so many store-days have passed. A failing seed is printed, made smaller, and replayed step by
 * step. With --seed that one alone is run. */
#include "shrink.h"

#include <stdlib.h>

static gint64 store_days = 10000;
static gint64 first_seed = 1, one_seed = -1;
static char *mutation_word;
static gboolean traced, listing;

static const GOptionEntry entries[] = {
  { "store-days", 0, 0, G_OPTION_ARG_INT64, &store_days, "How many (10000)", "N" },
  { "first-seed", 0, 0, G_OPTION_ARG_INT64, &first_seed, "Begin with this one (1)", "S" },
  { "seed", 0, 0, G_OPTION_ARG_INT64, &one_seed, "Run this one alone", "S" },
  { "mutation", 0, 0, G_OPTION_ARG_STRING, &mutation_word, "Take a defence out", "NAME" },
  { "trace", 0, 0, G_OPTION_ARG_NONE, &traced, "Tell every step", NULL },
  { "list", 0, 0, G_OPTION_ARG_NONE, &listing, "List the mutations", NULL },
  { 0 },
};

static int
show_failure (const Scenario *scenario, Mutation mutation, Promise promise, const char *how)
{
  g_print ("seed %" G_GUINT64_FORMAT " breaks promise %s\n  %s\n", scenario->seed, promise_words (promise), how);
  g_autoptr (Scenario) smallest = shrink (scenario, mutation, promise);
  scenario_print (smallest);
  run_scenario (smallest, mutation, traced ? TRACE_ALL : TRACE_LAST, NULL, NULL);
  return EXIT_FAILURE;
}

static int
run_seeds (Mutation mutation)
{
  guint64 days = 0, terminal_days = 0, steps = 0, seeds = 0, returns = 0;
  gint64 began = g_get_monotonic_time ();
  guint64 seed = (guint64) (one_seed >= 0 ? one_seed : first_seed);

  do
    {
      g_autoptr (Scenario) scenario = scenario_draw (seed++);
      g_autofree char *how = NULL;
      if (one_seed >= 0 && traced)
        scenario_print (scenario);
      Promise promise =
          run_scenario (scenario, mutation, one_seed >= 0 && traced ? TRACE_ALL : TRACE_NOTHING, &how, &steps);
      if (promise != PROMISE_NONE)
        return show_failure (scenario, mutation, promise, how);
      seeds++;
      returns += scenario->acts->len;
      days += scenario->stores * scenario->days;
      terminal_days += scenario->terminals * scenario->days;
    }
  while (one_seed < 0 && days < (guint64) store_days);
  g_print ("%" G_GUINT64_FORMAT " seeds, %" G_GUINT64_FORMAT " store-days, %" G_GUINT64_FORMAT
           " terminal-days, %" G_GUINT64_FORMAT " acts, %" G_GUINT64_FORMAT " steps in %d ms: every promise was kept\n",
           seeds, days, terminal_days, returns, steps, (int) ((g_get_monotonic_time () - began) / 1000));
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Mutation mutation = MUTATION_NONE;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)
      || (mutation_word != NULL && !mutation_parse (mutation_word, &mutation)))
    {
      g_printerr ("%s\n", error ? error->message : "no such mutation");
      return 2;
    }
  for (guint i = 0; listing && i < N_MUTATIONS; i++)
    g_print ("%s\n", mutation_name (i));
  return listing ? EXIT_SUCCESS : run_seeds (mutation);
}
