/* SPDX-License-Identifier: Apache-2.0 */
/* A store with five terminals, offline in each of the 31 combinations there are: each records, each shows what the others did
 * as soon as it can know, none shows it earlier, and of a unit that all five take back one return is accepted. */
#include <check.h>
#include <stdlib.h>

#include "world.h"

#define TERMINALS 5
#define COMBINATIONS ((1 << TERMINALS) - 1)
#define SHARED TERMINALS /* the order that all five are asked for; each has one of its own before it */
#define CUT_OFF (OPENING + HOUR)
#define RECORDED (OPENING + 2 * HOUR)
#define BACK (OPENING + 4 * HOUR)

static Scenario *
make_scenario (guint offline)
{
  Scenario *scenario = g_new0 (Scenario, 1);

  scenario->seed = offline;
  scenario->stores = scenario->days = 1;
  scenario->terminals = TERMINALS;
  scenario->orders = TERMINALS + 1;
  scenario->poll_interval = 10 * MINUTE;
  scenario->faults = g_array_new (FALSE, FALSE, sizeof (Fault));
  scenario->acts = g_array_new (FALSE, FALSE, sizeof (Act));
  for (guint i = 0; i < TERMINALS; i++)
    {
      /* Of some the system says so, the others find out. */
      const Fault fault = {
        .kind = i % 2 ? FAULT_CABLE : FAULT_OUTAGE, .from = CUT_OFF, .until = BACK, .terminal = (int) i
      };
      if (offline & 1u << i)
        g_array_append_val (scenario->faults, fault);
    }
  for (guint i = 0; i < 2 * TERMINALS; i++)
    {
      const Act act = { .kind = ACT_RECORD,
                        .at = RECORDED + i * RETOUR_SECOND,
                        .number = i,
                        .terminal = i % TERMINALS,
                        .order = i < TERMINALS ? i : SHARED,
                        .units = 1 };
      g_array_append_val (scenario->acts, act);
    }
  return scenario;
}

static gint64
returned (const World *world, guint terminal, guint order)
{
  return world->terminals[terminal].store->orders[order].returned;
}

/* Returns of that order that the OMS took, over all terminals; *aside: that are a case. */
static guint
count_accepted (const World *world, guint order, guint *aside)
{
  guint accepted = 0;

  *aside = 0;
  for (guint i = 0; i < TERMINALS; i++)
    for (guint j = 0; j < world->terminals[i].store->returns->len; j++)
      {
        const StoredReturn *ret = world->terminals[i].store->returns->pdata[j];
        if (ret->order != order)
          continue;
        accepted += ret->sync == RETOUR_SYNC_ACKNOWLEDGED;
        *aside += ret->sync == RETOUR_SYNC_QUARANTINED;
      }
  return accepted;
}

START_TEST (each_shows_what_the_others_did_once_the_oms_says_so)
{
  const guint offline = (guint) _i;
  g_autoptr (Scenario) scenario = make_scenario (offline);
  g_autoptr (World) world = world_new (scenario, MUTATION_NONE, TRACE_NOTHING);
  const OmsOrder *orders = (const OmsOrder *) (gpointer) world->oms->book->orders->data;
  const gint64 shared = orders[SHARED].quantity;
  guint aside = 0;

  world_run_until (world, BACK - MINUTE);
  for (guint i = 0; i < TERMINALS; i++)
    for (guint order = 0; order < TERMINALS; order++)
      {
        gboolean known = !(offline & 1u << i) && !(offline & 1u << order);
        ck_assert_msg (returned (world, i, order) == known, "offline %x: %u shows %d of %u's", offline, i,
                       (int) returned (world, i, order), order);
      }
  ck_assert_msg (world_run (world), "offline %x: %s: %s", offline, promise_words (world->broken), world->how);
  orders = (const OmsOrder *) (gpointer) world->oms->book->orders->data;
  for (guint i = 0; i < TERMINALS; i++)
    {
      for (guint order = 0; order < TERMINALS; order++)
        ck_assert_msg (returned (world, i, order) == 1, "offline %x: %u shows %d of %u's at the end", offline, i,
                       (int) returned (world, i, order), order);
      ck_assert_int_eq (returned (world, i, SHARED), MIN (shared, TERMINALS));
    }
  for (guint order = 0; order < TERMINALS; order++)
    ck_assert_uint_eq (count_accepted (world, order, &aside), 1);
  ck_assert_int_eq (count_accepted (world, SHARED, &aside), MIN (shared, TERMINALS));
  ck_assert_int_eq (orders[SHARED].taken, MIN (shared, TERMINALS));
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("offline");
  TCase *combinations = tcase_create ("combinations");

  tcase_add_loop_test (combinations, each_shows_what_the_others_did_once_the_oms_says_so, 1, COMBINATIONS + 1);
  suite_add_tcase (suite, combinations);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
