/* SPDX-License-Identifier: Apache-2.0 */
/* A data directory is opened by one program, refuses what it must not touch, and serves clerks while pages come in. */
#include "store-fixture.h"

#include "documents.h"
#include "migrate.h"
#include "store-plug.h"

#include <check.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void
assert_does_not_open (RetourDatabaseMode mode, int code, const char *words)
{
  g_autoptr (GError) error = NULL;
  RetourDatabase *database = retour_database_open (fixture_directory (), retour_documents (), mode, &error);

  ck_assert_ptr_null (database);
  ck_assert_msg (g_error_matches (error, RETOUR_STORE_ERROR, code), "%d: %s", error->code, error->message);
  if (words != NULL)
    ck_assert_msg (strstr (error->message, words) != NULL, "%s", error->message);
}

static void
make_database (void)
{
  retour_database_close (fixture_open (RETOUR_DATABASE_DIRECT));
}

START_TEST (a_new_directory_is_made_private)
{
  g_autofree char *path = fixture_path ("retour.db");
  struct stat status;

  make_database ();
  ck_assert_int_eq (stat (path, &status), 0);
  ck_assert_int_eq (status.st_mode & 0777, 0600);
  ck_assert_int_eq (fixture_query ("PRAGMA application_id"), RETOUR_APPLICATION_ID);
  ck_assert_int_eq (fixture_query ("PRAGMA user_version"), RETOUR_SCHEMA_STEPS);
}
END_TEST

START_TEST (a_second_program_is_told_who_holds_the_directory)
{
  g_autoptr (RetourDatabase) database = fixture_open (RETOUR_DATABASE_DIRECT);
  g_autofree char *holder = g_strdup_printf ("process %ld", (long) getpid ());

  assert_does_not_open (RETOUR_DATABASE_DIRECT, RETOUR_STORE_ERROR_LOCKED, holder);
  assert_does_not_open (RETOUR_DATABASE_THREADS, RETOUR_STORE_ERROR_LOCKED, holder);
}
END_TEST

START_TEST (the_lock_goes_with_its_holder)
{
  make_database ();
  retour_database_close (fixture_open (RETOUR_DATABASE_THREADS));
  make_database ();
}
END_TEST

START_TEST (a_look_is_possible_beside_the_holder)
{
  g_autoptr (RetourDatabase) holder = fixture_open (RETOUR_DATABASE_DIRECT);
  g_autoptr (RetourDatabase) look = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  RetourStore *store;

  fixture_keep (holder, fixture_order (1));
  look = fixture_open (RETOUR_DATABASE_LOOK);
  store = retour_database_store (look);
  list = store->search_orders (store, "zoe", 10, NULL);
  ck_assert_uint_eq (list->len, 1);
  ck_assert (!store->set_setting (store, "a", "b", &error));
  ck_assert (g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_READ_ONLY));
}
END_TEST

START_TEST (there_is_nothing_to_look_at_in_an_empty_directory)
{
  assert_does_not_open (RETOUR_DATABASE_LOOK, RETOUR_STORE_ERROR_NOT_FOUND, "retour.db");
}
END_TEST

static char *
read_database (gsize *length)
{
  g_autofree char *path = fixture_path ("retour.db");
  char *content = NULL;

  ck_assert (g_file_get_contents (path, &content, length, NULL));
  return content;
}

static void
assert_untouched (const char *before, gsize length)
{
  gsize now_length = 0;
  g_autofree char *now = read_database (&now_length);

  ck_assert_uint_eq (length, now_length);
  ck_assert_mem_eq (before, now, length);
}

START_TEST (a_newer_database_is_not_touched)
{
  g_autofree char *before = NULL;
  gsize length = 0;

  make_database ();
  ck_assert_int_eq (fixture_execute ("PRAGMA user_version = 99; PRAGMA wal_checkpoint (TRUNCATE)"), SQLITE_OK);
  before = read_database (&length);
  assert_does_not_open (RETOUR_DATABASE_DIRECT, RETOUR_STORE_ERROR_NEWER, "99");
  assert_does_not_open (RETOUR_DATABASE_LOOK, RETOUR_STORE_ERROR_NEWER, "99");
  assert_untouched (before, length);
}
END_TEST

START_TEST (a_database_of_another_program_is_not_touched)
{
  g_autofree char *before = NULL;
  gsize length = 0;

  ck_assert_int_eq (fixture_execute ("CREATE TABLE theirs (a)"), SQLITE_OK);
  before = read_database (&length);
  assert_does_not_open (RETOUR_DATABASE_DIRECT, RETOUR_STORE_ERROR_CORRUPT, "not one of Retour");
  assert_untouched (before, length);
}
END_TEST

static void
damage (gsize from, gsize length)
{
  g_autofree char *path = fixture_path ("retour.db");
  g_autofree guint8 *zeros = g_malloc0 (length);
  const int fd = open (path, O_WRONLY);

  ck_assert_int_ge (fd, 0);
  ck_assert_int_eq (pwrite (fd, zeros, length, (off_t) from), (gssize) length);
  close (fd);
}

START_TEST (a_damaged_database_is_set_aside_only_when_asked)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *again = NULL;

  make_database ();
  damage (0, 100);
  assert_does_not_open (RETOUR_DATABASE_DIRECT, RETOUR_STORE_ERROR_CORRUPT, NULL);
  assert_does_not_open (RETOUR_DATABASE_THREADS, RETOUR_STORE_ERROR_CORRUPT, NULL);
  ck_assert_msg (retour_database_set_aside (fixture_directory (), &kept, &error), "%s",
                 error != NULL ? error->message : "");
  ck_assert (g_str_has_suffix (kept, "retour.db.damaged-1"));
  ck_assert (g_file_test (kept, G_FILE_TEST_EXISTS));
  make_database ();
  ck_assert (retour_database_set_aside (fixture_directory (), &again, NULL));
  ck_assert (g_str_has_suffix (again, "retour.db.damaged-2"));
  ck_assert (!retour_database_set_aside (fixture_directory (), NULL, &error));
  ck_assert (g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND));
}
END_TEST

START_TEST (damage_inside_is_found_by_the_check)
{
  RetourDatabase *database;
  g_autoptr (GError) error = NULL;
  gint64 page;

  database = fixture_open (RETOUR_DATABASE_DIRECT);
  for (guint i = 0; i < 50; i++)
    fixture_keep (database, fixture_order (i));
  ck_assert (retour_database_check (database, NULL));
  retour_database_close (database);
  page = fixture_query ("SELECT rootpage FROM sqlite_schema WHERE name = 'order_codes'");
  damage ((gsize) (page - 1) * 4096, 4096);
  database = fixture_open (RETOUR_DATABASE_DIRECT);
  ck_assert (!retour_database_check (database, &error));
  ck_assert (g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_CORRUPT));
  retour_database_close (database);
}
END_TEST

START_TEST (a_directory_that_cannot_be_made_is_read_only)
{
  g_autoptr (GError) error = NULL;
  RetourDatabase *database = retour_database_open ("/proc/retour", retour_documents (), RETOUR_DATABASE_DIRECT, &error);

  ck_assert_ptr_null (database);
  ck_assert_ptr_nonnull (error);
  ck_assert (strstr (error->message, "/proc/retour") != NULL);
}
END_TEST

START_TEST (a_read_only_file_says_so)
{
  g_autofree char *path = fixture_path ("retour.db");

  /* The tests may run as root, whom no mode stops; a directory in its place stops everybody. */
  g_mkdir (path, 0700);
  assert_does_not_open (RETOUR_DATABASE_DIRECT, RETOUR_STORE_ERROR_READ_ONLY, "retour.db");
  g_rmdir (path);
}
END_TEST

static const char *const broken_steps[] = {
  "CREATE TABLE one (a) STRICT;",
  "CREATE TABLE one (a INTEGER) STRICT;",
  "CREATE TABLE two (a INTEGER) STRICT; CREATE TABLE two (a INTEGER) STRICT;",
  NULL,
};
static const char *const whole_steps[] = {
  "CREATE TABLE one (a INTEGER) STRICT;",
  "CREATE TABLE two (a INTEGER) STRICT;",
  "ALTER TABLE two ADD COLUMN b TEXT;",
  NULL,
};

START_TEST (a_step_that_fails_leaves_the_version_before_it)
{
  g_autofree char *path = fixture_path ("retour.db");
  g_autoptr (RetourConnection) connection = retour_connection_open (path, NULL, RETOUR_CONNECTION_WRITER, NULL, NULL);
  g_autoptr (GError) error = NULL;

  ck_assert (!retour_migrate (connection, broken_steps, &error));
  ck_assert_ptr_nonnull (error);
  ck_assert_int_eq (fixture_query ("PRAGMA user_version"), 0);
  ck_assert (retour_migrate (connection, (const char *const[]){ whole_steps[0], NULL }, NULL));
  ck_assert_int_eq (fixture_query ("PRAGMA user_version"), 1);
  g_clear_error (&error);
  ck_assert (!retour_migrate (connection, (const char *const[]){ whole_steps[0], broken_steps[2], NULL }, &error));
  ck_assert_int_eq (fixture_query ("PRAGMA user_version"), 1);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM sqlite_schema WHERE name = 'two'"), 0);
  ck_assert (retour_migrate (connection, whole_steps, NULL));
  ck_assert_int_eq (fixture_query ("PRAGMA user_version"), 3);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM pragma_table_info ('two')"), 2);
  ck_assert (retour_migrate (connection, whole_steps, NULL));
}
END_TEST


typedef struct
{
  gpointer result;
  int code; /* of the error; -1: none */
  gboolean done;
  GThread *thread;
  guint order; /* of the replies */
} Reply;

static guint replies;

static void
take_reply (gpointer result, const GError *error, gpointer user_data)
{
  Reply *reply = user_data;

  ck_assert (!reply->done);
  reply->result = result;
  reply->code = error != NULL ? error->code : -1;
  reply->thread = g_thread_self ();
  reply->order = ++replies;
  reply->done = TRUE;
}

static gpointer
set_setting (RetourStore *store, gpointer user_data, GError **error)
{
  return GINT_TO_POINTER (store->set_setting (store, "name", "value", error));
}

static gpointer
get_setting (RetourStore *store, gpointer user_data, GError **error)
{
  return store->setting (store, "name", error);
}

static gpointer
fail_on_purpose (RetourStore *store, gpointer user_data, GError **error)
{
  g_set_error_literal (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_CONFLICT, "on purpose");
  return NULL;
}

START_TEST (jobs_run_elsewhere_and_replies_come_here)
{
  RetourDatabase *database = fixture_open (RETOUR_DATABASE_THREADS);
  const RetourStorage *storage = retour_database_storage (database);
  Reply written = { 0 }, read = { 0 }, failed = { 0 };

  storage->write (storage->self, set_setting, take_reply, &written);
  fixture_wait (&written.done);
  ck_assert (written.result == GINT_TO_POINTER (TRUE));
  ck_assert_int_eq (written.code, -1);
  ck_assert_ptr_eq (written.thread, g_thread_self ());
  storage->read (storage->self, get_setting, take_reply, &read);
  fixture_wait (&read.done);
  ck_assert_str_eq (read.result, "value");
  g_free (read.result);
  storage->read (storage->self, fail_on_purpose, take_reply, &failed);
  fixture_wait (&failed.done);
  ck_assert_ptr_null (failed.result);
  ck_assert_int_eq (failed.code, RETOUR_STORE_ERROR_CONFLICT);
  retour_database_close (database);
}
END_TEST

static RetourChangePage *
make_page (guint from, guint n, const char *cursor)
{
  RetourChangePage *page = retour_change_page_new ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (page->changes, fixture_order_change (fixture_order (from + i)));
  page->cursor = g_strdup (cursor);
  return page;
}

static gpointer
count_held (RetourStore *store, gpointer user_data, GError **error)
{
  RetourSyncStatus status = { 0 };

  if (!store->sync_status (store, &status, error))
    return NULL;
  return GUINT_TO_POINTER ((guint) status.orders + 1);
}

START_TEST (a_clerk_does_not_wait_for_a_page)
{
  RetourDatabase *database = fixture_open (RETOUR_DATABASE_THREADS);
  const RetourStorage *storage = retour_database_storage (database);
  Reply page = { 0 }, urgent[20] = { 0 }, counted = { 0 };
  guint before_page = 0;

  storage->apply (storage->self, make_page (0, 6000, "c1"), take_reply, &page);
  for (guint i = 0; i < G_N_ELEMENTS (urgent); i++)
    {
      storage->write (storage->self, set_setting, take_reply, &urgent[i]);
      fixture_wait (&urgent[i].done);
      ck_assert (urgent[i].result == GINT_TO_POINTER (TRUE));
      before_page += !page.done;
    }
  fixture_wait (&page.done);
  ck_assert_int_eq (page.code, -1);
  ck_assert_ptr_nonnull (page.result);
  ck_assert_msg (before_page > 1, "%u", before_page);
  storage->read (storage->self, count_held, take_reply, &counted);
  fixture_wait (&counted.done);
  ck_assert_uint_eq (GPOINTER_TO_UINT (counted.result), 6001);
  retour_database_close (database);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM orders"), 6000);
  ck_assert_int_eq (fixture_query ("SELECT cursor = 'c1' FROM exchange"), 1);
}
END_TEST

static gpointer
search_zoe (RetourStore *store, gpointer user_data, GError **error)
{
  GPtrArray *list = store->search_orders (store, "zoe w1000", 5000, error);
  guint64 before = G_MAXUINT64;
  gboolean right = TRUE;
  guint n;

  if (list == NULL)
    return NULL;
  /* Of one moment: newest first, each once. */
  for (guint i = 0; i < list->len; i++)
    {
      const RetourOrderSummary *summary = list->pdata[i];
      const guint64 number = g_ascii_strtoull (summary->number + 1, NULL, 10);

      right = right && number < before;
      before = number;
    }
  n = list->len;
  g_ptr_array_unref (list);
  return right ? GUINT_TO_POINTER (n + 1) : NULL;
}

START_TEST (searches_see_one_moment_while_pages_come_in)
{
  RetourDatabase *database = fixture_open (RETOUR_DATABASE_THREADS);
  const RetourStorage *storage = retour_database_storage (database);
  guint last = 0;

  for (guint i = 0; i < 10; i++)
    {
      Reply page = { 0 };

      storage->apply (storage->self, make_page (i * 900, 900, "c"), take_reply, &page);
      while (!page.done)
        {
          Reply search = { 0 };

          storage->read (storage->self, search_zoe, take_reply, &search);
          fixture_wait (&search.done);
          ck_assert_ptr_nonnull (search.result);
          /* Orders only come: nothing that was found is lost while packs are written. */
          ck_assert_uint_ge (GPOINTER_TO_UINT (search.result), last);
          last = GPOINTER_TO_UINT (search.result);
        }
    }
  ck_assert_uint_eq (last > 1000, TRUE);
  retour_database_close (database);
}
END_TEST

START_TEST (closing_finishes_the_clerks_jobs_and_drops_the_page)
{
  RetourDatabase *database = fixture_open (RETOUR_DATABASE_THREADS);
  const RetourStorage *storage = retour_database_storage (database);
  Reply page = { 0 }, urgent = { 0 };

  storage->apply (storage->self, make_page (0, 8000, "c1"), take_reply, &page);
  storage->write (storage->self, set_setting, take_reply, &urgent);
  retour_database_close (database);
  fixture_wait (&page.done);
  fixture_wait (&urgent.done);
  ck_assert (urgent.result == GINT_TO_POINTER (TRUE));
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM settings"), 1);
  if (page.result == NULL)
    ck_assert_int_eq (fixture_query ("SELECT cursor IS NULL FROM exchange"), 1);
  /* The same page again ends where it would have. */
  database = fixture_open (RETOUR_DATABASE_THREADS);
  storage = retour_database_storage (database);
  page = (Reply){ 0 };
  storage->apply (storage->self, make_page (0, 8000, "c1"), take_reply, &page);
  fixture_wait (&page.done);
  ck_assert_ptr_nonnull (page.result);
  retour_database_close (database);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM orders"), 8000);
  ck_assert_int_eq (fixture_query ("SELECT orders FROM exchange"), 8000);
}
END_TEST

START_TEST (replies_come_to_the_context_that_asked)
{
  RetourDatabase *database = fixture_open (RETOUR_DATABASE_THREADS);
  const RetourStorage *storage = retour_database_storage (database);
  GMainContext *own = g_main_context_new ();
  Reply reply = { 0 };

  g_main_context_push_thread_default (own);
  storage->write (storage->self, set_setting, take_reply, &reply);
  g_main_context_pop_thread_default (own);
  for (guint i = 0; i < 20; i++)
    {
      g_usleep (2000);
      g_main_context_iteration (NULL, FALSE);
    }
  ck_assert (!reply.done);
  while (!reply.done)
    g_main_context_iteration (own, TRUE);
  g_main_context_unref (own);
  retour_database_close (database);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("storage");
  TCase *tcase = tcase_create ("storage");
  SRunner *runner = srunner_create (suite);
  int failed;

  suite_add_tcase (suite, tcase);
  tcase_set_timeout (tcase, 120);
  tcase_add_checked_fixture (tcase, fixture_make_directory, fixture_remove_directory);
  tcase_add_test (tcase, a_new_directory_is_made_private);
  tcase_add_test (tcase, a_second_program_is_told_who_holds_the_directory);
  tcase_add_test (tcase, the_lock_goes_with_its_holder);
  tcase_add_test (tcase, a_look_is_possible_beside_the_holder);
  tcase_add_test (tcase, there_is_nothing_to_look_at_in_an_empty_directory);
  tcase_add_test (tcase, a_newer_database_is_not_touched);
  tcase_add_test (tcase, a_database_of_another_program_is_not_touched);
  tcase_add_test (tcase, a_damaged_database_is_set_aside_only_when_asked);
  tcase_add_test (tcase, damage_inside_is_found_by_the_check);
  tcase_add_test (tcase, a_directory_that_cannot_be_made_is_read_only);
  tcase_add_test (tcase, a_read_only_file_says_so);
  tcase_add_test (tcase, a_step_that_fails_leaves_the_version_before_it);
  tcase_add_test (tcase, jobs_run_elsewhere_and_replies_come_here);
  tcase_add_test (tcase, a_clerk_does_not_wait_for_a_page);
  tcase_add_test (tcase, searches_see_one_moment_while_pages_come_in);
  tcase_add_test (tcase, closing_finishes_the_clerks_jobs_and_drops_the_page);
  tcase_add_test (tcase, replies_come_to_the_context_that_asked);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
