/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario.h"

/* How a fault is drawn: how long it lasts at most, and its size. A weight of 0 is never drawn. */
static const struct
{
  const char *name;
  guint weight;
  gint64 longest;
  gint64 least_size, most_size;
} fault_kinds[N_FAULT_KINDS] = {
  [FAULT_LOSS] = { "loss", 6, 6 * HOUR, 50, 600 },
  [FAULT_DELAY] = { "delay", 4, 6 * HOUR, 1, 40 },
  [FAULT_REPEAT] = { "repeat", 4, 8 * HOUR, 50, 500 },
  [FAULT_STALE] = { "stale", 4, 4 * HOUR, 50, 500 },
  [FAULT_CUT] = { "cut", 6, 6 * HOUR, 50, 700 },
  [FAULT_OUTAGE] = { "outage", 6, 12 * HOUR, 0, 0 },
  [FAULT_CABLE] = { "cable", 4, 6 * HOUR, 0, 0 },
  [FAULT_STORM] = { "storm", 5, 4 * HOUR, 200, 1000 },
  [FAULT_WAIT] = { "wait", 5, 3 * HOUR, 200, 1000 },
  [FAULT_PORTAL] = { "portal", 5, 4 * HOUR, 300, 1000 },
  [FAULT_IMPOSTOR] = { "impostor", 3, 3 * HOUR, 300, 1000 },
  [FAULT_POWER] = { "power", 8, 2 * HOUR, 0, 0 },
  [FAULT_CRASHES] = { "crashes", 10, 8 * HOUR, 5, 120 },
  [FAULT_DISK] = { "disk", 5, 4 * HOUR, 300, 1000 },
  [FAULT_CLOCK] = { "clock", 7, 8 * HOUR, 0, 9 },
  [FAULT_GONE] = { "gone", 4, 0, 0, 0 },
  [FAULT_RESTORE] = { "restore", 3, 0, 1, 30 },
  [FAULT_EXPIRY] = { "expiry", 3, 0, 0, 0 },
  [FAULT_REVOKED] = { "revoked", 2, 8 * HOUR, 0, 0 },
  [FAULT_REJECTS] = { "rejects", 2, 30 * DAY, 0, 0 },
  [FAULT_STUMBLES] = { "stumbles", 2, 30 * DAY, 0, 0 },
  [FAULT_CANNOT_READ] = { "cannot-read", 2, 30 * DAY, 0, 0 },
  [FAULT_BAD_RECORD] = { "bad-record", 2, 30 * DAY, 0, 0 },
  [FAULT_RELUCTANT] = { "reluctant", 4, 6 * HOUR, 100, 700 },
  [FAULT_DATE] = { "date", 3, 6 * HOUR, 0, 2 },
};

/* Where a clock can be. */
static const gint64 clock_places[] = {
  0, 2 * HOUR, -2 * HOUR, DAY, -3 * DAY, 45 * RETOUR_SECOND, 400 * DAY, 20 * DAY, 2 * DAY,
};

const char *
fault_name (FaultKind kind)
{
  return fault_kinds[kind].name;
}

gint64
scenario_end (const Scenario *scenario)
{
  return OPENING + (scenario->days - 1) * DAY + OPEN_FOR;
}

static FaultKind
draw_kind (RetourJitter *jitter)
{
  guint sum = 0;

  for (guint i = 0; i < N_FAULT_KINDS; i++)
    sum += fault_kinds[i].weight;
  gint64 chosen = retour_jitter_below (jitter, sum);
  for (guint i = 0; i < N_FAULT_KINDS; i++)
    if ((chosen -= fault_kinds[i].weight) < 0)
      return i;
  g_assert_not_reached ();
}

/* Troubles like company: what never meets proves nothing of what happens when it does. */
static FaultKind
companion_of (FaultKind kind)
{
  static const FaultKind pairs[][2] = {
    { FAULT_CLOCK, FAULT_RELUCTANT }, { FAULT_GONE, FAULT_CRASHES }, { FAULT_RESTORE, FAULT_LOSS },
    { FAULT_EXPIRY, FAULT_CUT },      { FAULT_CRASHES, FAULT_DISK }, { FAULT_PORTAL, FAULT_STALE },
    { FAULT_WAIT, FAULT_DELAY },      { FAULT_CUT, FAULT_CRASHES },  { FAULT_RELUCTANT, FAULT_RESTORE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (pairs[i][0] == kind)
      return pairs[i][1];
  return FAULT_POWER;
}

static gint64
draw_opening_time (const Scenario *scenario, RetourJitter *jitter)
{
  return OPENING + retour_jitter_below (jitter, scenario->days) * DAY + retour_jitter_below (jitter, OPEN_FOR);
}

static void
draw_fault (Scenario *scenario, RetourJitter *jitter)
{
  Fault fault = { .kind = draw_kind (jitter) };
  const Fault *other = NULL;

  if (scenario->faults->len > 0 && retour_jitter_below (jitter, 3) == 0)
    other = &g_array_index (scenario->faults, Fault, scenario->faults->len - 1);
  if (other != NULL && retour_jitter_below (jitter, 2))
    fault.kind = companion_of (other->kind);
  gint64 longest = fault_kinds[fault.kind].longest;
  gint64 spread = fault_kinds[fault.kind].most_size - fault_kinds[fault.kind].least_size;

  fault.from = draw_opening_time (scenario, jitter);
  fault.terminal = retour_jitter_below (jitter, 3) ? (int) retour_jitter_below (jitter, scenario->terminals) : -1;
  fault.order = (guint) retour_jitter_below (jitter, scenario->orders);
  if (other != NULL)
    {
      fault.from = other->from + retour_jitter_below (jitter, 10 * MINUTE);
      fault.terminal = other->terminal;
    }
  /* Short ones are as likely as long ones. */
  gint64 length = longest >> retour_jitter_below (jitter, 6);
  fault.until = longest >= 30 * DAY ? G_MAXINT64 : fault.from + length;
  fault.size = fault_kinds[fault.kind].least_size + retour_jitter_below (jitter, spread + 1);
  if (fault.kind == FAULT_CLOCK)
    fault.size = fault.size < (gint64) G_N_ELEMENTS (clock_places) && fault.size > 0 ? clock_places[fault.size]
                                                                                     : -fault.from; /* 1970 */
  g_array_append_val (scenario->faults, fault);
}

static void
draw_acts (Scenario *scenario, RetourJitter *jitter)
{
  guint count = scenario->terminals * scenario->days * (1 + (guint) retour_jitter_below (jitter, 4));

  for (guint i = 0; i < count; i++)
    {
      gint64 kind = retour_jitter_below (jitter, 20);
      Act act = { .kind = kind < 14 ? ACT_RECORD : kind < 19 ? ACT_INSPECT : ACT_ASK, .number = i };
      act.at = draw_opening_time (scenario, jitter);
      act.terminal = (guint) retour_jitter_below (jitter, scenario->terminals);
      act.order = (guint) retour_jitter_below (jitter, scenario->orders);
      act.units = 1 + (retour_jitter_below (jitter, 4) == 0);
      g_array_append_val (scenario->acts, act);
    }
}

static int
compare_acts (gconstpointer a, gconstpointer b)
{
  const Act *first = a, *second = b;

  return first->at < second->at ? -1 : first->at > second->at;
}

Scenario *
scenario_draw (guint64 seed)
{
  Scenario *scenario = g_new0 (Scenario, 1);
  RetourJitter jitter;

  retour_jitter_seed (&jitter, seed ^ G_GUINT64_CONSTANT (0x5265746f7572));
  scenario->seed = seed;
  scenario->stores = 1 + (guint) retour_jitter_below (&jitter, 3);
  for (guint i = 0; i < scenario->stores; i++)
    scenario->terminals += retour_jitter_below (&jitter, 10) ? 1 + (guint) retour_jitter_below (&jitter, 3) : 5;
  scenario->days = 1 + (guint) retour_jitter_below (&jitter, 4);
  scenario->orders = 2 + scenario->terminals + (guint) retour_jitter_below (&jitter, 6);
  scenario->poll_interval = (15 + retour_jitter_below (&jitter, 30)) * MINUTE;
  scenario->off_at_night = retour_jitter_below (&jitter, 8) > 0;
  scenario->faults = g_array_new (FALSE, FALSE, sizeof (Fault));
  scenario->acts = g_array_new (FALSE, FALSE, sizeof (Act));
  draw_acts (scenario, &jitter);
  g_array_sort (scenario->acts, compare_acts);
  /* One world in twelve has nothing to complain of. */
  guint faults =
      retour_jitter_below (&jitter, 12) ? 1 + (guint) retour_jitter_below (&jitter, 4 + 3 * scenario->days) : 0;
  for (guint i = 0; i < faults; i++)
    draw_fault (scenario, &jitter);
  return scenario;
}

Scenario *
scenario_copy (const Scenario *scenario)
{
  Scenario *copy = g_new (Scenario, 1);

  *copy = *scenario;
  copy->faults = g_array_copy (scenario->faults);
  copy->acts = g_array_copy (scenario->acts);
  return copy;
}

void
scenario_free (Scenario *scenario)
{
  if (scenario == NULL)
    return;
  g_array_unref (scenario->faults);
  g_array_unref (scenario->acts);
  g_free (scenario);
}

char *
scenario_time (gint64 at)
{
  gint64 since = at - (OPENING - 9 * HOUR);

  if (at == G_MAXINT64)
    return g_strdup ("for good");
  return g_strdup_printf ("day %d %02d:%02d:%02d.%03d", (int) (since / DAY) + 1, (int) (since % DAY / HOUR),
                          (int) (since % HOUR / MINUTE), (int) (since % MINUTE / RETOUR_SECOND),
                          (int) (since % RETOUR_SECOND / 1000));
}

void
scenario_print (const Scenario *scenario)
{
  static const char *const acts[] = { "a customer brings back", "an inspection of what came last", "a person asks" };

  g_print ("# seed %" G_GUINT64_FORMAT ": %u stores, %u terminals, %u days, %u orders, a look every %d min%s\n",
           scenario->seed, scenario->stores, scenario->terminals, scenario->days, scenario->orders,
           (int) (scenario->poll_interval / MINUTE), scenario->off_at_night ? ", off at night" : "");
  for (guint i = 0; i < scenario->faults->len; i++)
    {
      const Fault *fault = &g_array_index (scenario->faults, Fault, i);
      g_autofree char *from = scenario_time (fault->from), *until = scenario_time (fault->until);
      g_autofree char *whom = fault->terminal < 0 ? g_strdup ("all") : g_strdup_printf ("terminal %d", fault->terminal);
      g_print ("#   fault %-11s %s to %s, %s, order %u, size %" G_GINT64_FORMAT "\n", fault_name (fault->kind), from,
               until, whom, fault->order, fault->size);
    }
  for (guint i = 0; i < scenario->acts->len; i++)
    {
      const Act *act = &g_array_index (scenario->acts, Act, i);
      g_autofree char *at = scenario_time (act->at);
      g_print ("#   act %-3u %s terminal %u: %s", act->number, at, act->terminal, acts[act->kind]);
      g_print (act->kind == ACT_RECORD ? " %u of order %u\n" : "\n", act->units, act->order);
    }
}
