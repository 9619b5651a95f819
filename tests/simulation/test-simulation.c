/* SPDX-License-Identifier: Apache-2.0 */
/* The seven promises under faults drawn from seeds, and proof that the simulation can fail: each defence taken out at the
 * rig's edge must be noticed, with a scenario that is small enough to read. */
#include <check.h>
#include <stdlib.h>

#include "shrink.h"

#if defined(__SANITIZE_ADDRESS__)
#define STORE_DAYS 200
#define MUTATIONS 6 /* the first ones: what they prove does not depend on the build */
#else
#define STORE_DAYS 10000
#define MUTATIONS N_MUTATIONS
#endif
#define SEEDS_TO_NOTICE 1500
#define SMALL_ENOUGH 16 /* faults and acts together */

START_TEST (every_promise_is_kept_in_every_seed)
{
  guint days = 0;

  for (guint64 seed = 1; days < STORE_DAYS; seed++)
    {
      g_autoptr (Scenario) scenario = scenario_draw (seed);
      g_autofree char *how = NULL;
      Promise broken = run_scenario (scenario, MUTATION_NONE, TRACE_NOTHING, &how, NULL);
      days += scenario->stores * scenario->days;
      ck_assert_msg (broken == PROMISE_NONE, "seed %lu breaks promise %s: %s; replay it with: simulation --seed %lu",
                     (unsigned long) seed, promise_words (broken), how, (unsigned long) seed);
    }
}
END_TEST

/* What each mutation is expected to break: the promise it takes the defence from, or another that notices first. */
START_TEST (a_defence_taken_out_is_noticed)
{
  Mutation mutation = (Mutation) _i;

  for (guint64 seed = 1; seed <= SEEDS_TO_NOTICE; seed++)
    {
      g_autoptr (Scenario) scenario = scenario_draw (seed);
      Promise broken = run_scenario (scenario, mutation, TRACE_NOTHING, NULL, NULL);
      if (broken == PROMISE_NONE)
        continue;
      ck_assert_int_eq (run_scenario (scenario, MUTATION_NONE, TRACE_NOTHING, NULL, NULL), PROMISE_NONE);
      g_autoptr (Scenario) smallest = shrink (scenario, mutation, broken);
      ck_assert_int_eq (run_scenario (smallest, mutation, TRACE_NOTHING, NULL, NULL), broken);
      ck_assert_uint_le (smallest->faults->len, scenario->faults->len);
      ck_assert_msg (smallest->faults->len + smallest->acts->len <= SMALL_ENOUGH, "%s: %u faults and %u acts remain",
                     mutation_name (mutation), smallest->faults->len, smallest->acts->len);
      return;
    }
  ck_abort_msg ("%s: nobody noticed", mutation_name (mutation));
}
END_TEST

START_TEST (a_seed_replays_to_the_last_step)
{
  for (guint64 seed = 1; seed <= 20; seed++)
    {
      g_autoptr (Scenario) first = scenario_draw (seed), second = scenario_draw (seed);
      g_autofree char *how_first = NULL, *how_second = NULL;
      guint64 steps_first = 0, steps_second = 0;
      Promise broken = run_scenario (first, MUTATION_ACK_BY_STATUS, TRACE_NOTHING, &how_first, &steps_first);
      ck_assert_int_eq (run_scenario (second, MUTATION_ACK_BY_STATUS, TRACE_NOTHING, &how_second, &steps_second),
                        broken);
      ck_assert_uint_eq (steps_first, steps_second);
      ck_assert_pstr_eq (how_first, how_second);
    }
}
END_TEST

START_TEST (mutations_have_names)
{
  for (guint i = 0; i < N_MUTATIONS; i++)
    {
      Mutation mutation = MUTATION_NONE;
      ck_assert (mutation_parse (mutation_name (i), &mutation));
      ck_assert_uint_eq (mutation, i);
    }
}
END_TEST

int
main (int argc, char **argv)
{
  Suite *suite = suite_create ("simulation");
  TCase *promises = tcase_create ("promises"), *mutations = tcase_create ("mutations");

  tcase_set_timeout (promises, 240);
  tcase_add_test (promises, every_promise_is_kept_in_every_seed);
  tcase_add_test (promises, a_seed_replays_to_the_last_step);
  tcase_set_timeout (mutations, 120);
  tcase_add_test (mutations, mutations_have_names);
  tcase_add_loop_test (mutations, a_defence_taken_out_is_noticed, MUTATION_NONE + 1, MUTATIONS);
  suite_add_tcase (suite, promises);
  suite_add_tcase (suite, mutations);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
