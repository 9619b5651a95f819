/* SPDX-License-Identifier: Apache-2.0 */
/* A disk that is full or fails, at each write and each sync in turn: an error that says so, nothing half-written, and the
 * same work succeeds once there is room. */
#include "faulty-disk.h"
#include "store-fixture.h"

#include "ballast.h"
#include "documents.h"

#include <check.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

/* No loop over faults runs longer than this, which is far more than there are writes. */
#define MOST_FAULTS 4000

static void
set_up (void)
{
  fixture_make_directory ();
  faulty_disk_install ();
}

static void
tear_down (void)
{
  faulty_disk_fill_at (0);
  faulty_disk_fail_sync_at (0);
  faulty_disk_full_while (NULL);
  fixture_remove_directory ();
}

static void
drop_ballast (void)
{
  g_autofree char *path = fixture_path ("ballast");

  g_unlink (path);
}

static RetourDatabase *
open_with_orders (guint n)
{
  RetourDatabase *database = fixture_open (RETOUR_DATABASE_DIRECT);

  for (guint i = 1; i <= n; i++)
    fixture_keep (database, fixture_order (i));
  return database;
}

static gint64
count_everything (void)
{
  return fixture_query ("SELECT (SELECT count (*) FROM returns) + 10 * (SELECT count (*) FROM operations)"
                        " + 100 * (SELECT count (*) FROM audit) + 1000 * (SELECT count (*) FROM return_lines)"
                        " + 10000 * (SELECT coalesce (max (value), 0) FROM counters)");
}

START_TEST (a_return_meets_a_full_disk_at_each_write)
{
  RetourDatabase *database = open_with_orders (1);
  RetourStore *store = retour_database_store (database);
  g_autoptr (RetourReturn) ret = fixture_return (1, 1, "l1", 1);
  guint n;

  drop_ballast ();
  for (n = 1; n < MOST_FAULTS; n++)
    {
      g_autoptr (GError) error = NULL;

      faulty_disk_fill_at (n);
      if (fixture_record (store, ret, 1, &error))
        break;
      ck_assert_msg (g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_FULL), "%s", error->message);
      faulty_disk_fill_at (0);
      ck_assert_int_eq (count_everything (), 0);
    }
  ck_assert_uint_gt (n, 1);
  ck_assert (!faulty_disk_raised ());
  faulty_disk_fill_at (0);
  ck_assert_int_eq (count_everything (), 11111);
  ck_assert (retour_database_check (database, NULL));
  retour_database_close (database);
}
END_TEST

START_TEST (a_page_meets_a_full_disk_at_each_write)
{
  RetourDatabase *database = open_with_orders (0);
  gboolean applied = FALSE;
  guint n;

  drop_ballast ();
  for (n = 1; n < MOST_FAULTS && !applied; n++)
    {
      RetourChangePage *page = retour_change_page_new ();
      g_autoptr (GError) error = NULL;

      for (guint i = 1; i <= 30; i++)
        g_ptr_array_add (page->changes, fixture_order_change (fixture_order (i)));
      page->cursor = g_strdup ("c1");
      faulty_disk_fill_at (n);
      applied = retour_database_apply_page (database, page, &error);
      faulty_disk_fill_at (0);
      if (applied)
        break;
      ck_assert (g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_FULL));
      ck_assert_int_eq (fixture_query ("SELECT count (*) FROM orders"), 0);
      ck_assert_int_eq (fixture_query ("SELECT cursor IS NULL FROM exchange"), 1);
    }
  ck_assert (applied);
  ck_assert_uint_gt (n, 1);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM orders"), 30);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM search_tail"), 30);
  retour_database_close (database);
}
END_TEST

START_TEST (the_ballast_is_given_up_for_a_return)
{
  RetourDatabase *database = open_with_orders (1);
  RetourStore *store = retour_database_store (database);
  g_autoptr (RetourReturn) ret = fixture_return (1, 1, "l1", 1);
  g_autofree char *ballast = fixture_path ("ballast");
  g_autoptr (GError) error = NULL;
  struct stat status;

  ck_assert_int_eq (stat (ballast, &status), 0);
  ck_assert_int_eq (status.st_size, RETOUR_BALLAST_BYTES);
  ck_assert_int_ge (status.st_blocks * 512, RETOUR_BALLAST_BYTES);
  faulty_disk_full_while (ballast);
  ck_assert_msg (fixture_record (store, ret, 1, &error), "%s", error != NULL ? error->message : "");
  ck_assert (faulty_disk_raised ());
  ck_assert (!g_file_test (ballast, G_FILE_TEST_EXISTS));
  ck_assert_int_eq (count_everything (), 11111);
  faulty_disk_full_while (NULL);
  retour_database_close (database);
  /* Room is back. */
  retour_database_close (fixture_open (RETOUR_DATABASE_DIRECT));
  ck_assert (g_file_test (ballast, G_FILE_TEST_EXISTS));
}
END_TEST

START_TEST (the_ballast_is_not_given_up_for_a_page)
{
  RetourDatabase *database = open_with_orders (0);
  RetourChangePage *page = retour_change_page_new ();
  g_autofree char *ballast = fixture_path ("ballast");
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (page->changes, fixture_order_change (fixture_order (1)));
  faulty_disk_full_while (ballast);
  ck_assert (!retour_database_apply_page (database, page, &error));
  ck_assert (g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_FULL));
  ck_assert (g_file_test (ballast, G_FILE_TEST_EXISTS));
  faulty_disk_full_while (NULL);
  retour_database_close (database);
}
END_TEST

START_TEST (opening_meets_a_full_disk_at_each_write)
{
  guint n;

  for (n = 1; n < MOST_FAULTS; n++)
    {
      g_autoptr (GError) error = NULL;
      RetourDatabase *database;

      faulty_disk_fill_at (n);
      database = retour_database_open (fixture_directory (), retour_documents (), RETOUR_DATABASE_DIRECT, &error);
      faulty_disk_fill_at (0);
      if (database != NULL)
        {
          ck_assert (retour_database_check (database, NULL));
          retour_database_close (database);
          break;
        }
      ck_assert_msg (g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_FULL), "%s", error->message);
    }
  ck_assert_uint_gt (n, 1);
  ck_assert_uint_lt (n, MOST_FAULTS);
  ck_assert_int_eq (fixture_query ("PRAGMA user_version"), RETOUR_SCHEMA_STEPS);
}
END_TEST

START_TEST (a_sync_that_fails_is_no_success)
{
  RetourDatabase *database = open_with_orders (1);
  RetourStore *store = retour_database_store (database);
  g_autoptr (RetourReturn) ret = fixture_return (1, 1, "l1", 1);
  g_autoptr (GError) error = NULL;

  faulty_disk_fail_sync_at (1);
  ck_assert (!fixture_record (store, ret, 1, &error));
  ck_assert (g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_ENGINE));
  ck_assert_int_eq (count_everything (), 0);
  ck_assert (fixture_record (store, ret, 1, NULL));
  ck_assert_int_eq (count_everything (), 11111);
  retour_database_close (database);
  database = fixture_open (RETOUR_DATABASE_DIRECT);
  ck_assert (retour_database_check (database, NULL));
  ck_assert_int_eq (count_everything (), 11111);
  retour_database_close (database);
}
END_TEST

START_TEST (a_limit_on_file_sizes_is_a_full_disk)
{
  RetourDatabase *database = open_with_orders (1);
  RetourStore *store = retour_database_store (database);
  g_autoptr (GError) error = NULL;
  struct rlimit limit = { 0 }, before = { 0 };
  guint64 counter = 0;

  drop_ballast ();
  signal (SIGXFSZ, SIG_IGN);
  ck_assert_int_eq (getrlimit (RLIMIT_FSIZE, &before), 0);
  limit = before;
  limit.rlim_cur = 600 * 1024;
  ck_assert_int_eq (setrlimit (RLIMIT_FSIZE, &limit), 0);
  while (error == NULL && counter < 5000)
    {
      g_autofree char *value = g_strnfill (1000, 'x');
      g_autofree char *name = g_strdup_printf ("s%" G_GUINT64_FORMAT, counter++);

      if (!store->set_setting (store, name, value, &error))
        break;
    }
  ck_assert_int_eq (setrlimit (RLIMIT_FSIZE, &before), 0);
  ck_assert_msg (g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_FULL), "%s",
                 error != NULL ? error->message : "");
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM settings"), (gint64) counter - 1);
  ck_assert (store->set_setting (store, "later", "works", NULL));
  ck_assert (retour_database_check (database, NULL));
  retour_database_close (database);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("full-disk");
  TCase *tcase = tcase_create ("full-disk");
  SRunner *runner = srunner_create (suite);
  int failed;

  suite_add_tcase (suite, tcase);
  tcase_set_timeout (tcase, 120);
  tcase_add_checked_fixture (tcase, set_up, tear_down);
  tcase_add_test (tcase, a_return_meets_a_full_disk_at_each_write);
  tcase_add_test (tcase, a_page_meets_a_full_disk_at_each_write);
  tcase_add_test (tcase, the_ballast_is_given_up_for_a_return);
  tcase_add_test (tcase, the_ballast_is_not_given_up_for_a_page);
  tcase_add_test (tcase, opening_meets_a_full_disk_at_each_write);
  tcase_add_test (tcase, a_sync_that_fails_is_no_success);
  tcase_add_test (tcase, a_limit_on_file_sizes_is_a_full_disk);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
