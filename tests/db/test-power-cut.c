/* SPDX-License-Identifier: Apache-2.0 */
/* The power goes after each single write of a day, and what was not synced is there, lost, out of order or torn: the terminal
 * starts with what it had after the last step that it said was done, or after the one under way, and works on. */
#include "power-cut.h"
#include "store-fixture.h"
#include "working-day.h"

#include "ballast.h"
#include "documents.h"

#include <check.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST_STEPS 32

/* What was there after each step. */
static char *states[MOST_STEPS];
static char *ruin;
/* How much was noted when the day's last step was done, the log not yet emptied. */
static guint noted_by_evening;

static void
set_up (void)
{
  fixture_make_directory ();
  power_cut_install ();
  /* Thousands of files for a moment each. */
  ruin =
      g_strdup (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm/retour-cut-XXXXXX" : "/tmp/retour-cut-XXXXXX");
  ck_assert_ptr_nonnull (g_mkdtemp (ruin));
}

static void
clear_ruin (void)
{
  /* The counter beside it is told to the disk before what it counts, and not by SQLite: a ruin begins without it. */
  static const char *const names[] = { "retour.db", "retour.db-wal", "retour.db-shm", "retour.db-journal",
                                       "return-counter" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (ruin, names[i], NULL);

      g_unlink (path);
    }
}

static void
tear_down (void)
{
  static const char *const names[] = { "lock", "ballast" };

  power_cut_note (NULL);
  power_cut_fail_sync (0);
  clear_ruin ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (ruin, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (ruin);
  g_clear_pointer (&ruin, g_free);
  for (guint i = 0; i < MOST_STEPS; i++)
    g_clear_pointer (&states[i], g_free);
  fixture_remove_directory ();
}

/* One that holds nothing back is enough where no disk is full. */
static void
lay_light_ballast (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, "ballast", NULL);
  FILE *file = g_fopen (path, "wb");

  ck_assert_ptr_nonnull (file);
  ck_assert_int_eq (ftruncate (fileno (file), RETOUR_BALLAST_BYTES), 0);
  fclose (file);
}

static char *
state_of (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, "retour.db", NULL);

  return working_day_state (path);
}

/* The whole day; each step is said to be done once it is. *retried: how often a step had to be taken again. */
static void
work_a_day (guint *retried)
{
  RetourDatabase *database = NULL;

  ck_assert_uint_le (working_day_steps (), MOST_STEPS);
  lay_light_ballast (fixture_directory ());
  lay_light_ballast (ruin);
  power_cut_note (fixture_directory ());
  for (guint i = 0; i < working_day_steps (); i++)
    {
      g_autoptr (GError) error = NULL;

      if (!working_day_take (&database, i, &error))
        {
          ck_assert_msg (retried != NULL && ++*retried == 1, "%s: %s", working_day_name (i), error->message);
          i--;
          continue;
        }
      power_cut_mark ();
      states[i] = state_of (fixture_directory ());
      ck_assert_msg (states[i][0] != '!', "%s", states[i]);
    }
  noted_by_evening = power_cut_events ();
  retour_database_close (database);
  power_cut_note (NULL);
}

/* Starts on what is left: whole, nothing that was told is lost, and one more return can be recorded under a new number. */
static void
assert_survives (guint n, guint marks, const char *what)
{
  g_autoptr (GError) error = NULL;
  RetourDatabase *database = retour_database_open (ruin, retour_documents (), RETOUR_DATABASE_DIRECT, &error);
  const guint after = marks > 0 ? marks - 1 : 0, under_way = MIN (marks, working_day_steps () - 1);
  g_autofree char *state = NULL;
  g_autoptr (RetourReturn) ret = NULL;
  guint64 counter = 0;

  ck_assert_msg (database != NULL, "cut %u, %s: %s", n, what, error != NULL ? error->message : "");
  ck_assert_msg (retour_database_check (database, &error), "cut %u, %s: %s", n, what,
                 error != NULL ? error->message : "");
  state = state_of (ruin);
  ck_assert_msg (g_str_equal (state, states[after]) || g_str_equal (state, states[under_way]),
                 "cut %u, %s: neither as after '%s' nor as after '%s'", n, what, working_day_name (after),
                 working_day_name (under_way));
  ck_assert (retour_database_store (database)->next_return_counter (retour_database_store (database), &counter, NULL));
  ck_assert_msg (counter > working_day_returns (after) || marks == 0, "cut %u, %s: number %u again", n, what,
                 (guint) counter);
  ret = fixture_return (1000, counter, "l1", 1);
  ck_assert_msg (fixture_record (retour_database_store (database), ret, counter, &error), "cut %u, %s: %s", n, what,
                 error != NULL ? error->message : "");
  retour_database_close (database);
}

static void
cut_everywhere (PowerCutLoss loss, guint32 seed, const char *what)
{
  for (guint n = 0; n <= power_cut_events (); n++)
    {
      clear_ruin ();
      assert_survives (n, power_cut_lay_out (n, loss, seed + n, ruin), what);
    }
}

START_TEST (killed_after_each_write)
{
  work_a_day (NULL);
  ck_assert_uint_gt (power_cut_events (), 200);
  cut_everywhere (POWER_CUT_ALL, 1, "everything there");
}
END_TEST

START_TEST (power_cut_after_each_write_loses_what_was_not_synced)
{
  work_a_day (NULL);
  cut_everywhere (POWER_CUT_NOTHING_UNSYNCED, 1, "unsynced lost");
}
END_TEST

START_TEST (power_cut_after_each_write_tears_and_reorders_what_was_not_synced)
{
  work_a_day (NULL);
  cut_everywhere (POWER_CUT_ANYTHING_UNSYNCED, (guint32) _i * 7919, "unsynced torn and reordered");
}
END_TEST

/* The system forgets what a failed sync should have written: a later sync that succeeds says nothing of it. */
START_TEST (a_failed_sync_is_no_success_later_either)
{
  for (guint n = 1;; n++)
    {
      guint retried = 0;

      power_cut_fail_sync (n);
      work_a_day (&retried);
      if (!power_cut_failed ())
        break;
      clear_ruin ();
      assert_survives (n, power_cut_lay_out (power_cut_events (), POWER_CUT_NOTHING_UNSYNCED, n, ruin), "at the end");
      tear_down ();
      set_up ();
    }
}
END_TEST

/* Cuts the log short or turns one bit of it. */
static void
damage_log (GRand *dice, gboolean cut)
{
  g_autofree char *path = g_build_filename (ruin, "retour.db-wal", NULL);
  g_autofree char *content = NULL;
  gsize length = 0;

  ck_assert (g_file_get_contents (path, &content, &length, NULL));
  ck_assert_uint_gt (length, 0);
  if (cut)
    length = (gsize) g_rand_int_range (dice, 0, (gint32) length);
  else
    content[g_rand_int_range (dice, 0, (gint32) length)] ^= (char) (1 << g_rand_int_range (dice, 0, 8));
  ck_assert (g_file_set_contents (path, content, (gssize) length, NULL));
}

/* What stands behind the damage cannot be known; what stands before it is as it was, and nothing else. */
START_TEST (a_damaged_log_counts_up_to_its_damage)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (11);

  work_a_day (NULL);
  for (guint i = 0; i < 90; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *state = NULL;
      gboolean known = FALSE;
      RetourDatabase *database;

      clear_ruin ();
      power_cut_lay_out (noted_by_evening, POWER_CUT_ALL, 0, ruin);
      damage_log (dice, i % 2 == 0);
      database = retour_database_open (ruin, retour_documents (), RETOUR_DATABASE_DIRECT, &error);
      ck_assert_msg (database != NULL, "%s", error != NULL ? error->message : "");
      ck_assert (retour_database_check (database, NULL));
      state = state_of (ruin);
      for (guint step = 0; step < working_day_steps () && !known; step++)
        known = g_str_equal (state, states[step]);
      ck_assert_msg (known, "damage %u: what is there never was", i);
      retour_database_close (database);
    }
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("power-cut");
  TCase *tcase = tcase_create ("power-cut");
  SRunner *runner = srunner_create (suite);
  int failed;

  suite_add_tcase (suite, tcase);
  tcase_set_timeout (tcase, 240);
  tcase_add_checked_fixture (tcase, set_up, tear_down);
  tcase_add_test (tcase, killed_after_each_write);
  tcase_add_test (tcase, power_cut_after_each_write_loses_what_was_not_synced);
  tcase_add_loop_test (tcase, power_cut_after_each_write_tears_and_reorders_what_was_not_synced, 0, 2);
  tcase_add_test (tcase, a_failed_sync_is_no_success_later_either);
  tcase_add_test (tcase, a_damaged_log_counts_up_to_its_damage);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
