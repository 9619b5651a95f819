/* SPDX-License-Identifier: Apache-2.0 */
/* The n-th thing that SQLite asks of the system fails, once or from then on, for every n until none fails, at each step of a
 * day: no success is said that is not in the file, none is half there, and the step succeeds once the fault is gone. */
#include "faulty-disk.h"
#include "faulty-memory.h"
#include "store-fixture.h"
#include "working-day.h"

#include "ballast.h"
#include "documents.h"

#include <check.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

#define MOST_STEPS 32
#define MOST_FAULTS 200000

/* The counter beside the database is the last. */
static const char *const files[] = { "retour.db", "retour.db-wal", "retour.db-journal", "return-counter" };

/* What the directory held before each step, closed. */
static GBytes *before[MOST_STEPS][G_N_ELEMENTS (files)];
static char *states[MOST_STEPS + 1];

/* One that holds nothing back is enough where no disk is full. */
static void
lay_light_ballast (void)
{
  g_autofree char *path = fixture_path ("ballast");
  FILE *file = g_fopen (path, "wb");

  ck_assert_ptr_nonnull (file);
  ck_assert_int_eq (ftruncate (fileno (file), RETOUR_BALLAST_BYTES), 0);
  fclose (file);
}

static char *
state_now (void)
{
  g_autofree char *path = fixture_path ("retour.db");

  return working_day_state (path);
}

static void
keep_files (guint step)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = fixture_path (files[i]);
      char *content;
      gsize length;

      if (g_file_get_contents (path, &content, &length, NULL))
        before[step][i] = g_bytes_new_take (content, length);
    }
}

static void
put_file_back (guint step, guint i)
{
  g_autofree char *path = fixture_path (files[i]);
  gconstpointer bytes;
  gsize length;
  FILE *file;

  g_unlink (path);
  if (before[step][i] == NULL)
    return;
  bytes = g_bytes_get_data (before[step][i], &length);
  file = g_fopen (path, "wb");
  ck_assert_ptr_nonnull (file);
  ck_assert_uint_eq (fwrite (bytes, 1, length, file), length);
  ck_assert_int_eq (fclose (file), 0);
}

static void
put_files_back (guint step)
{
  g_autofree char *shared = fixture_path ("retour.db-shm");

  g_unlink (shared);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    put_file_back (step, i);
}

static RetourDatabase *
open_before (guint step)
{
  return step == 0 ? NULL : fixture_open (RETOUR_DATABASE_DIRECT);
}

static void
set_up (void)
{
  faulty_memory_install ();
  fixture_make_directory ();
  faulty_disk_install ();
  lay_light_ballast ();
  states[0] = g_strdup ("");
  for (guint i = 0; i < working_day_steps (); i++)
    {
      RetourDatabase *database;
      g_autoptr (GError) error = NULL;

      keep_files (i);
      database = open_before (i);
      ck_assert_msg (working_day_take (&database, i, &error), "%s: %s", working_day_name (i),
                     error != NULL ? error->message : "");
      retour_database_close (database);
      states[i + 1] = state_now ();
      ck_assert_int_ne (states[i + 1][0], '!');
    }
}

static void
tear_down (void)
{
  faulty_disk_fail_call (0, FALSE);
  faulty_memory_fail_at (0);
  for (guint i = 0; i < MOST_STEPS; i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (files); j++)
        g_clear_pointer (&before[i][j], g_bytes_unref);
      g_clear_pointer (&states[i], g_free);
    }
  fixture_remove_directory ();
}

/* Whether the step is in the file. */
static gboolean
assert_state (guint step, gboolean done, guint n)
{
  g_autofree char *state = state_now ();
  const gboolean old = g_str_equal (state, states[step]), new = g_str_equal (state, states[step + 1]);

  ck_assert_msg (done ? new : old || new, "%s, fault %u: %s, and the file says %s", working_day_name (step), n,
                 done ? "done" : "failed", old ? "it was not" : (state[0] == '!' ? state : "neither"));
  return new;
}

typedef enum
{
  FAULT_ONCE,
  FAULT_FOR_GOOD,
  FAULT_MEMORY,
} Fault;

static void
arm (Fault fault, guint n)
{
  if (fault == FAULT_MEMORY)
    faulty_memory_fail_at (n);
  else
    faulty_disk_fail_call (n, fault == FAULT_FOR_GOOD);
}

/* Taken again where it is not in the file; a return that is, though it was said to have failed, is not recorded twice. */
static void
take_again (guint step, gboolean there, guint n)
{
  g_autoptr (GError) error = NULL;
  RetourDatabase *database;
  const gboolean records = step > 0 && working_day_returns (step) > working_day_returns (step - 1);

  /* A clerk's next try takes the next number; the day's are fixed, so the one that was left out is given again. */
  if (!there)
    put_file_back (step, G_N_ELEMENTS (files) - 1);
  database = open_before (step);
  if (!there)
    ck_assert_msg (working_day_take (&database, step, &error), "%s, fault %u, again: %s", working_day_name (step), n,
                   error != NULL ? error->message : "");
  else if (records)
    {
      ck_assert (!working_day_take (&database, step, &error));
      ck_assert (g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_CONFLICT));
    }
  ck_assert (database == NULL || retour_database_check (database, NULL));
  retour_database_close (database);
}

/* FALSE: the step had fewer calls than n. */
static gboolean
meet (guint step, Fault fault, guint n)
{
  g_autoptr (GError) error = NULL;
  RetourDatabase *database;
  gboolean done, raised, there;

  put_files_back (step);
  database = open_before (step);
  arm (fault, n);
  done = working_day_take (&database, step, &error);
  raised = fault == FAULT_MEMORY ? faulty_memory_raised () : faulty_disk_raised ();
  ck_assert (done == (error == NULL));
  ck_assert_msg (done || error->domain == RETOUR_STORE_ERROR, "%s: %s", working_day_name (step),
                 error != NULL ? error->message : "");
  /* The program ends while the disk is still as it is. */
  if (n % 2 == 0)
    g_clear_pointer (&database, retour_database_close);
  arm (fault, 0);
  g_clear_pointer (&database, retour_database_close);
  there = assert_state (step, done, n);
  if (raised)
    {
      take_again (step, there, n);
      assert_state (step, TRUE, n);
    }
  return raised;
}

/* Of thousands of allocations in a row that are alike some are enough. */
static guint
next_fault (Fault fault, guint n)
{
  return fault == FAULT_MEMORY ? n + 1 + n / 8 : n + 1;
}

static void
meet_everywhere (Fault fault)
{
  for (guint step = 0; step < working_day_steps (); step++)
    {
      guint n = 1;

      while (n < MOST_FAULTS && meet (step, fault, n))
        n = next_fault (fault, n);
      ck_assert (n > 1 || fault == FAULT_MEMORY);
      ck_assert_uint_lt (n, MOST_FAULTS);
    }
}

START_TEST (a_call_of_the_disk_fails_once) { meet_everywhere (FAULT_ONCE); }
END_TEST

START_TEST (the_disk_is_dead_from_a_call_on) { meet_everywhere (FAULT_FOR_GOOD); }
END_TEST

START_TEST (an_allocation_of_sqlite_fails) { meet_everywhere (FAULT_MEMORY); }
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("failing-calls");
  TCase *tcase = tcase_create ("failing-calls");
  SRunner *runner = srunner_create (suite);
  int failed;

  suite_add_tcase (suite, tcase);
  tcase_set_timeout (tcase, 240);
  tcase_add_checked_fixture (tcase, set_up, tear_down);
  tcase_add_test (tcase, a_call_of_the_disk_fails_once);
  tcase_add_test (tcase, the_disk_is_dead_from_a_call_on);
  tcase_add_test (tcase, an_allocation_of_sqlite_fails);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
