/* SPDX-License-Identifier: Apache-2.0 */
/* kill -9 at any moment: each return that was confirmed is there once, none is half there, and the work goes on. */
#include "store-fixture.h"

#include "documents.h"

#include <check.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS 36

/* A child records return after return while a page comes in, and says each counter once it is confirmed. */
typedef struct
{
  int pipe;
  gboolean done;
  guint64 counter;
} Child;

static gpointer
record_next (RetourStore *store, gpointer user_data, GError **error)
{
  Child *child = user_data;
  g_autoptr (RetourDraft) draft = NULL;
  g_autoptr (RetourReturn) ret = NULL;

  if (!store->next_return_counter (store, &child->counter, error))
    return NULL;
  /* Blind, so that there is always one more unit. */
  ret = fixture_return (1, child->counter, "l1", 1);
  g_clear_pointer (&ret->order_id, g_free);
  g_clear_pointer (&ret->order_number, g_free);
  draft = retour_draft_new ("desk");
  draft->id = g_strdup (ret->id);
  g_ptr_array_add (draft->entries, retour_draft_entry_new ("l1", 1));
  if (!store->save_draft (store, draft, error))
    return NULL;
  return GINT_TO_POINTER (fixture_record (store, ret, child->counter, error));
}

static void
say_counter (Child *child)
{
  if (write (child->pipe, &child->counter, sizeof child->counter) != sizeof child->counter)
    _exit (3);
}

static void
recorded (gpointer result, const GError *error, gpointer user_data)
{
  Child *child = user_data;

  if (result == NULL)
    _exit (4);
  say_counter (child);
  child->done = TRUE;
}

static RetourChangePage *
make_page (guint round)
{
  RetourChangePage *page = retour_change_page_new ();

  for (guint i = 0; i < 300; i++)
    g_ptr_array_add (page->changes, fixture_order_change (fixture_order (round * 300 + i)));
  page->cursor = g_strdup_printf ("c%u", round);
  return page;
}

static void
run_direct (Child *child)
{
  RetourDatabase *database = fixture_open (RETOUR_DATABASE_DIRECT);

  for (;;)
    {
      if (record_next (retour_database_store (database), child, NULL) == NULL)
        _exit (4);
      say_counter (child);
    }
}

static void
run_threads (Child *child, guint round)
{
  RetourDatabase *database = fixture_open (RETOUR_DATABASE_THREADS);
  const RetourStorage *storage = retour_database_storage (database);

  storage->apply (storage->self, make_page (round), NULL, NULL);
  for (;;)
    {
      child->done = FALSE;
      storage->write (storage->self, record_next, recorded, child);
      fixture_wait (&child->done);
    }
}

/* Starts a child, lets it work for some time, kills it, and adds what it had confirmed. */
static void
run_round (guint round, GArray *confirmed)
{
  int ends[2];
  pid_t pid;
  int status;
  guint64 counter;

  ck_assert_int_eq (pipe (ends), 0);
  pid = fork ();
  if (pid == 0)
    {
      Child child = { .pipe = ends[1] };

      close (ends[0]);
      if (round % 2 == 0)
        run_direct (&child);
      else
        run_threads (&child, round);
    }
  close (ends[1]);
  /* Some are killed while they open, the others once they have confirmed something. */
  if (round % 3 != 0)
    {
      struct pollfd wait = { ends[0], POLLIN, 0 };

      ck_assert_int_eq (poll (&wait, 1, 60000), 1);
    }
  g_usleep ((gulong) g_random_int_range (0, 90000));
  kill (pid, SIGKILL);
  ck_assert_int_eq (waitpid (pid, &status, 0), pid);
  ck_assert_msg (WIFSIGNALED (status), "the child left by itself: %d", WEXITSTATUS (status));
  while (read (ends[0], &counter, sizeof counter) == sizeof counter)
    g_array_append_val (confirmed, counter);
  close (ends[0]);
}

static void
assert_chain_whole (RetourStore *store, guint expected)
{
  g_autoptr (GPtrArray) list = store->list_audit (store, NULL, 1000000, NULL);
  g_autoptr (GPtrArray) oldest_first = g_ptr_array_new ();

  ck_assert_uint_eq (list->len, expected);
  for (guint i = list->len; i > 0; i--)
    g_ptr_array_add (oldest_first, list->pdata[i - 1]);
  ck_assert_int_eq (retour_audit_verify (oldest_first, NULL, NULL), -1);
}

static void
assert_whole (const GArray *confirmed, guint rounds)
{
  RetourDatabase *database = fixture_open (RETOUR_DATABASE_DIRECT);
  RetourStore *store = retour_database_store (database);
  g_autoptr (GError) error = NULL;
  const gint64 returns = fixture_query ("SELECT count (*) FROM returns");
  const gint64 last = fixture_query ("SELECT coalesce (max (counter), 0) FROM returns");

  ck_assert_msg (retour_database_check (database, &error), "%s", error != NULL ? error->message : "");
  for (guint i = 0; i < confirmed->len; i++)
    {
      g_autofree char *number =
          g_strdup_printf ("R0214A-%05" G_GUINT64_FORMAT "-0", g_array_index (confirmed, guint64, i));
      g_autoptr (RetourReturn) ret = store->find_return (store, number, NULL);

      ck_assert_msg (ret != NULL, "%s was confirmed and is lost", number);
    }
  /* At most one a round was recorded and not confirmed any more. */
  ck_assert_int_ge (returns, confirmed->len);
  ck_assert_int_le (returns, confirmed->len + rounds);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM operations"), returns);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM operation_states"), returns);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM return_states"), returns);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM return_lines"), returns);
  /* A number that was taken and not recorded any more is left out: at most one a round. */
  ck_assert_int_ge (fixture_query ("SELECT coalesce (max (value), 0) FROM counters"), last);
  ck_assert_int_le (fixture_query ("SELECT coalesce (max (value), 0) FROM counters"), last + rounds);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM drafts WHERE id IN (SELECT id FROM returns)"), 0);
  ck_assert_int_eq (fixture_query ("SELECT orders FROM exchange"), fixture_query ("SELECT count (*) FROM orders"));
  assert_chain_whole (store, (guint) returns);
  retour_database_close (database);
}

START_TEST (nothing_confirmed_is_lost)
{
  g_autoptr (GArray) confirmed = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint round = 0; round < ROUNDS; round++)
    {
      run_round (round, confirmed);
      assert_whole (confirmed, round + 1);
    }
  ck_assert_uint_gt (confirmed->len, 0);
}
END_TEST

START_TEST (an_interrupted_page_ends_where_it_would_have)
{
  g_autoptr (GArray) confirmed = g_array_new (FALSE, FALSE, sizeof (guint64));
  RetourDatabase *database;
  g_autoptr (GPtrArray) list = NULL;

  for (guint i = 0; i < 6; i++)
    run_round (1, confirmed);
  database = fixture_open (RETOUR_DATABASE_DIRECT);
  ck_assert (retour_database_apply_page (database, make_page (1), NULL));
  list = retour_database_store (database)->search_orders (retour_database_store (database), "zoe", 1000, NULL);
  ck_assert_uint_eq (list->len, 300);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM orders"), 300);
  retour_database_close (database);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("kill");
  TCase *tcase = tcase_create ("kill");
  SRunner *runner = srunner_create (suite);
  int failed;

  suite_add_tcase (suite, tcase);
  tcase_set_timeout (tcase, 240);
  tcase_add_checked_fixture (tcase, fixture_make_directory, fixture_remove_directory);
  tcase_add_test (tcase, nothing_confirmed_is_lost);
  tcase_add_test (tcase, an_interrupted_page_ends_where_it_would_have);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
