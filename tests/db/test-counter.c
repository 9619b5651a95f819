/* SPDX-License-Identifier: Apache-2.0 */
/* A return number is made once (SYNC.md, promise 3), whatever becomes of the database that counted it; and a database that is
 * gone is not begun anew in silence. */
#include "store-fixture.h"

#include "documents.h"

#include <check.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FIRST_BYTES 100

static guint counter_syncs;

/* In the C library's place: counts those of the counter's file. */
int
fdatasync (int fd)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = g_file_read_link (link, NULL);

  counter_syncs += path != NULL && g_str_has_suffix (path, "/return-counter");
  return (int) syscall (SYS_fdatasync, fd);
}

/* Records returns of order 1, a unit each, until the counter is `until`. */
static void
record_until (guint64 until)
{
  g_autoptr (RetourDatabase) database = fixture_open (RETOUR_DATABASE_DIRECT);
  RetourStore *store = retour_database_store (database);
  guint64 counter = 0;

  do
    {
      g_autoptr (RetourReturn) ret = NULL;
      g_autoptr (GError) error = NULL;

      ck_assert (store->next_return_counter (store, &counter, NULL));
      fixture_keep (database, fixture_order ((guint) counter));
      ret = fixture_return ((guint) counter, counter, "l1", 1);
      ck_assert_msg (fixture_record (store, ret, counter, &error), "%s", error != NULL ? error->message : "");
    }
  while (counter < until);
  ck_assert_uint_eq (counter, until);
}

static guint64
next_counter (void)
{
  g_autoptr (RetourDatabase) database = fixture_open (RETOUR_DATABASE_DIRECT);
  RetourStore *store = retour_database_store (database);
  guint64 counter = 0;

  ck_assert (store->next_return_counter (store, &counter, NULL));
  return counter;
}

static void
assert_does_not_open (RetourDatabaseMode mode, const char *words)
{
  g_autoptr (GError) error = NULL;
  RetourDatabase *database = retour_database_open (fixture_directory (), retour_documents (), mode, &error);

  ck_assert_ptr_null (database);
  ck_assert_msg (g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_CORRUPT), "%s", error->message);
  ck_assert_msg (strstr (error->message, words) != NULL, "%s", error->message);
}

static void
set_aside (void)
{
  g_autoptr (GError) error = NULL;

  ck_assert_msg (retour_database_set_aside (fixture_directory (), NULL, &error), "%s",
                 error != NULL ? error->message : "");
}

static void
write_file (const char *name, const char *content, gssize length)
{
  g_autofree char *path = fixture_path (name);
  g_autoptr (GError) error = NULL;

  ck_assert_msg (g_file_set_contents (path, content, length, &error), "%s", error != NULL ? error->message : "");
}

static char *
read_file (const char *name, gsize *length)
{
  g_autofree char *path = fixture_path (name);
  char *content = NULL;

  ck_assert (g_file_get_contents (path, &content, length, NULL));
  return content;
}

static void
remove_file (const char *name)
{
  g_autofree char *path = fixture_path (name);

  ck_assert_int_eq (g_unlink (path), 0);
}

START_TEST (counting_goes_on_by_one)
{
  record_until (3);
  ck_assert_uint_eq (next_counter (), 4);
  record_until (40);
  ck_assert_uint_eq (next_counter (), 41);
}
END_TEST

/* Told ahead in steps, so that a clerk seldom waits for it; but before the first number of each. */
START_TEST (the_counter_is_on_the_disk_before_it_is_used)
{
  record_until (1);
  ck_assert_uint_ge (counter_syncs, 1);
  counter_syncs = 0;
  record_until (20);
  ck_assert_uint_eq (counter_syncs, 0);
  record_until (40);
  ck_assert_uint_eq (counter_syncs, 1);
}
END_TEST

START_TEST (a_database_set_aside_does_not_take_its_numbers_along)
{
  const char zeros[FIRST_BYTES] = { 0 };

  record_until (3);
  write_file ("retour.db", zeros, sizeof zeros);
  assert_does_not_open (RETOUR_DATABASE_THREADS, "retour.db");
  set_aside ();
  ck_assert_uint_gt (next_counter (), 3);
  ck_assert_uint_eq (next_counter (), next_counter ());
}
END_TEST

START_TEST (numbers_stay_apart_when_databases_are_lost_again_and_again)
{
  guint64 highest = 0;

  for (guint round = 0; round < 4; round++)
    {
      const guint64 next = next_counter ();

      ck_assert_uint_gt (next, highest);
      record_until (next + round);
      highest = next + round;
      set_aside ();
    }
}
END_TEST

START_TEST (an_emptied_database_is_not_begun_anew_in_silence)
{
  record_until (2);
  write_file ("retour.db", "", 0);
  assert_does_not_open (RETOUR_DATABASE_THREADS, "is empty");
  assert_does_not_open (RETOUR_DATABASE_DIRECT, "is empty");
  set_aside ();
  ck_assert_uint_gt (next_counter (), 2);
}
END_TEST

START_TEST (a_missing_database_is_not_begun_anew_in_silence)
{
  record_until (2);
  remove_file ("retour.db");
  assert_does_not_open (RETOUR_DATABASE_THREADS, "is missing");
  assert_does_not_open (RETOUR_DATABASE_DIRECT, "is missing");
  set_aside ();
  ck_assert_uint_gt (next_counter (), 2);
}
END_TEST

/* The file was made and nothing came of it: enrolling goes on from there, a terminal does not open. */
START_TEST (an_empty_file_is_no_terminal)
{
  write_file ("retour.db", "", 0);
  assert_does_not_open (RETOUR_DATABASE_THREADS, "is empty");
  ck_assert_uint_eq (next_counter (), 1);
}
END_TEST

START_TEST (an_older_copy_put_back_does_not_count_again)
{
  g_autofree char *copy = NULL;
  gsize length = 0;

  record_until (5);
  copy = read_file ("retour.db", &length);
  record_until (9);
  write_file ("retour.db", copy, (gssize) length);
  ck_assert_uint_eq (next_counter (), 10);
}
END_TEST

/* What was written of the file after it was last told to the disk is lost with the power. */
START_TEST (after_a_power_cut_an_older_copy_does_not_count_again)
{
  g_autofree char *copy = NULL;
  g_autofree char *on_disk = NULL;
  gsize length = 0, on_disk_length = 0;

  record_until (1);
  copy = read_file ("retour.db", &length);
  record_until (34);
  on_disk = read_file ("return-counter", &on_disk_length);
  record_until (60);
  write_file ("retour.db", copy, (gssize) length);
  write_file ("return-counter", on_disk, (gssize) on_disk_length);
  ck_assert_uint_gt (next_counter (), 60);
}
END_TEST

START_TEST (a_terminal_from_before_the_file_gets_one)
{
  record_until (7);
  remove_file ("return-counter");
  ck_assert_uint_eq (next_counter (), 8);
  set_aside ();
  ck_assert_uint_gt (next_counter (), 7);
}
END_TEST

START_TEST (a_file_that_cannot_be_read_is_mended_from_the_database_and_never_guessed)
{
  static const char *const contents[] = { "", "x", "12 5\n", "                 12                   5\n",
                                          "                 -3                   5\n" };

  record_until (7);
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      write_file ("return-counter", contents[i], -1);
      ck_assert_uint_eq (next_counter (), 8);
    }
  write_file ("return-counter", "x", -1);
  set_aside ();
  assert_does_not_open (RETOUR_DATABASE_DIRECT, "return-counter");
}
END_TEST

START_TEST (the_file_is_private)
{
  g_autofree char *path = fixture_path ("return-counter");
  struct stat found;

  record_until (1);
  ck_assert_int_eq (stat (path, &found), 0);
  ck_assert_int_eq (found.st_mode & 0777, 0600);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("counter");
  TCase *tcase = tcase_create ("counter");
  SRunner *runner;
  int failed;

  tcase_add_checked_fixture (tcase, fixture_make_directory, fixture_remove_directory);
  tcase_add_test (tcase, counting_goes_on_by_one);
  tcase_add_test (tcase, the_counter_is_on_the_disk_before_it_is_used);
  tcase_add_test (tcase, a_database_set_aside_does_not_take_its_numbers_along);
  tcase_add_test (tcase, numbers_stay_apart_when_databases_are_lost_again_and_again);
  tcase_add_test (tcase, an_emptied_database_is_not_begun_anew_in_silence);
  tcase_add_test (tcase, a_missing_database_is_not_begun_anew_in_silence);
  tcase_add_test (tcase, an_empty_file_is_no_terminal);
  tcase_add_test (tcase, an_older_copy_put_back_does_not_count_again);
  tcase_add_test (tcase, after_a_power_cut_an_older_copy_does_not_count_again);
  tcase_add_test (tcase, a_terminal_from_before_the_file_gets_one);
  tcase_add_test (tcase, a_file_that_cannot_be_read_is_mended_from_the_database_and_never_guessed);
  tcase_add_test (tcase, the_file_is_private);
  suite_add_tcase (suite, tcase);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
