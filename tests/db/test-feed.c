/* SPDX-License-Identifier: Apache-2.0 */
/* What the OMS tells is kept as it says it, and what it takes back is gone. */
#include "store-fixture.h"

#include "documents.h"
#include "search-terms.h"

#include <check.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

static RetourDatabase *database;
static RetourStore *store;

static void
set_up (void)
{
  fixture_make_directory ();
  database = fixture_open (RETOUR_DATABASE_DIRECT);
  store = retour_database_store (database);
}

static void
tear_down (void)
{
  g_clear_pointer (&database, retour_database_close);
  fixture_remove_directory ();
}

static void
assert_status (gboolean first_pull_done, guint64 orders)
{
  RetourSyncStatus status = { 0 };

  ck_assert (store->sync_status (store, &status, NULL));
  ck_assert_int_eq (status.first_pull_done, first_pull_done);
  ck_assert_uint_eq (status.orders, orders);
}

START_TEST (a_page_moves_the_cursor)
{
  g_autofree char *cursor = store->cursor (store, NULL);

  ck_assert_ptr_null (cursor);
  fixture_apply (database, "c1", FALSE, fixture_order_change (fixture_order (1)), NULL);
  cursor = store->cursor (store, NULL);
  ck_assert_str_eq (cursor, "c1");
  assert_status (FALSE, 1);
  fixture_apply (database, NULL, TRUE, fixture_order_change (fixture_order (2)), NULL);
  g_free (cursor);
  cursor = store->cursor (store, NULL);
  ck_assert_str_eq (cursor, "c1");
  assert_status (TRUE, 2);
}
END_TEST

START_TEST (the_same_page_again_changes_nothing)
{
  for (guint i = 0; i < 3; i++)
    fixture_apply (database, "c1", TRUE, fixture_order_change (fixture_order (1)),
                   fixture_order_change (fixture_order (2)), fixture_gone ("ord_0002", FALSE), NULL);
  assert_status (TRUE, 1);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM order_words"), 1);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM order_codes_tail"), 2);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM search_tail"), 1);
}
END_TEST

START_TEST (unknown_members_are_kept)
{
  RetourChange *change = fixture_order_change (fixture_order (1));

  g_free (change->text);
  change->text = g_strdup ("{\"number\":\"W10000001\",\"later\":{\"member\":1}}");
  fixture_apply (database, "c1", FALSE, change, NULL);
  ck_assert_int_eq (fixture_query ("SELECT document ->> '$.later.member' FROM orders"), 1);
}
END_TEST

START_TEST (an_older_version_does_not_come_back)
{
  g_autoptr (RetourOrder) old = fixture_order (1);
  RetourOrder *new = fixture_order (1);
  g_autofree char *text = retour_documents ()->write_order (old);
  g_autoptr (RetourOrder) found = NULL;

  new->version = 5;
  g_free (new->customer.name);
  new->customer.name = g_strdup ("Autre Nom");
  fixture_keep (database, new);
  ck_assert (store->keep_order (store, old, text, NULL));
  found = store->find_order (store, "W10000001", NULL);
  ck_assert_str_eq (found->customer.name, "Autre Nom");
  ck_assert_int_eq (found->version, 5);
}
END_TEST

START_TEST (a_changed_order_is_found_by_its_new_codes_only)
{
  RetourOrder *changed = fixture_order (1);
  RetourParcel *parcel = changed->parcels->pdata[0];
  g_autoptr (GPtrArray) old = NULL;
  g_autoptr (GPtrArray) new = NULL;
  g_autoptr (GPtrArray) holding = NULL;

  fixture_keep (database, fixture_order (1));
  g_free (parcel->tracking);
  parcel->tracking = g_strdup ("1Z9");
  changed->version = 2;
  g_free (((RetourOrderLine *) changed->lines->pdata[1])->gtin);
  ((RetourOrderLine *) changed->lines->pdata[1])->gtin = g_strdup ("03612345678928");
  fixture_keep (database, changed);
  old = store->lookup_code (store, "8V00000000001", NULL);
  ck_assert_uint_eq (old->len, 0);
  new = store->lookup_code (store, "1Z9", NULL);
  ck_assert_uint_eq (new->len, 1);
  holding = store->orders_holding (store, "03612345678911", 10, NULL);
  ck_assert_uint_eq (holding->len, 0);
  g_clear_pointer (&holding, g_ptr_array_unref);
  holding = store->orders_holding (store, "03612345678928", 10, NULL);
  ck_assert_uint_eq (holding->len, 1);
}
END_TEST

START_TEST (orders_holding_an_article_come_newest_first)
{
  g_autoptr (GPtrArray) holding = NULL;

  for (guint i = 0; i < 5; i++)
    fixture_keep (database, fixture_order ((i * 3) % 5));
  holding = store->orders_holding (store, "3612345678904", 3, NULL);
  ck_assert_uint_eq (holding->len, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *number = g_strdup_printf ("W1000%04u", 4 - i);

      ck_assert_str_eq (((RetourOrderSummary *) holding->pdata[i])->number, number);
    }
}
END_TEST

START_TEST (an_order_without_an_id_goes_by_its_number)
{
  RetourOrder *order = fixture_order (1);
  g_autoptr (RetourOrder) found = NULL;

  g_clear_pointer (&order->id, g_free);
  fixture_keep (database, order);
  found = store->find_order (store, "W10000001", NULL);
  ck_assert_ptr_nonnull (found);
  fixture_apply (database, NULL, FALSE, fixture_gone ("W10000001", FALSE), NULL);
  assert_status (FALSE, 0);
}
END_TEST

/* Orders that stand on the same pages, before and after: erasing one must leave no copy of it that a page was split with. */
static void
fill_around (guint n)
{
  for (guint i = 0; i < n;)
    {
      RetourChangePage *page = retour_change_page_new ();

      for (guint end = MIN (i + 50, n); i < end; i++)
        g_ptr_array_add (page->changes, fixture_order_change (fixture_order ((i * 37) % n)));
      ck_assert (retour_database_apply_page (database, page, NULL));
    }
}

static RetourOrder *
make_secret (guint n)
{
  RetourOrder *order = fixture_order (n);

  g_free (order->customer.name);
  g_free (order->customer.email);
  g_free (order->customer.phone);
  order->customer.name = g_strdup ("Quetzalcoatl Xylophonist");
  order->customer.email = g_strdup ("qxx.marker@secret.example");
  order->customer.phone = g_strdup ("+33799887766");
  g_free (order->number);
  order->number = g_strdup ("ZSECRET0001");
  return order;
}

static const char *const secrets[] = { "Quetzal",  "quetzal", "Xylophon", "xylophon",    "qxx.marker", "secret.example",
                                       "99887766", "33799",   "ZSECRET",  "zsecret0001", "zsecre" };

static void
assert_no_trace (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    ck_assert_msg (fixture_count_bytes (secrets[i]) == 0, "%s is still there", secrets[i]);
}

START_TEST (what_is_erased_leaves_no_byte)
{
  const guint n = _i == 0 ? 300 : RETOUR_PACK_SLOTS + 200;

  fill_around (n / 2);
  fixture_keep (database, make_secret (9000));
  fill_around (n);
  if (_i == 1)
    ck_assert_int_eq (fixture_query ("SELECT count (*) FROM search_packs WHERE ready"), 1);
  ck_assert_uint_gt (fixture_count_bytes ("Quetzal"), 0);
  fixture_apply (database, "c2", FALSE, fixture_gone ("ord_9000", TRUE), NULL);
  assert_no_trace ();
  ck_assert (retour_database_check (database, NULL));
}
END_TEST

START_TEST (what_was_changed_and_erased_leaves_no_byte)
{
  for (guint i = 0; i < 40; i++)
    {
      RetourOrder *order = make_secret (9000);

      /* Longer and longer: its row moves to other pages. */
      order->version = 1 + i;
      order->channel = g_strnfill (1 + i * 150, 'x');
      fixture_keep (database, order);
      fixture_keep (database, fixture_order (i));
    }
  fixture_apply (database, "c2", FALSE, fixture_gone ("ord_9000", TRUE), NULL);
  assert_no_trace ();
}
END_TEST

typedef struct
{
  gboolean done;
  gboolean ok;
} PageReply;

static void
page_done (gpointer result, const GError *error, gpointer user_data)
{
  PageReply *reply = user_data;

  reply->ok = result != NULL;
  reply->done = TRUE;
}

static void
apply_in_terminal (const RetourStorage *storage, RetourChange *change)
{
  RetourChangePage *page = retour_change_page_new ();
  PageReply reply = { 0 };

  g_ptr_array_add (page->changes, change);
  storage->apply (storage->self, page, page_done, &reply);
  fixture_wait (&reply.done);
  ck_assert (reply.ok);
}

/* What is to be erased stands in the log as well as in the database. */
START_TEST (a_terminal_erases_too)
{
  const RetourStorage *storage;

  fill_around (100);
  fixture_keep (database, make_secret (9000));
  retour_database_close (database);
  database = fixture_open (RETOUR_DATABASE_THREADS);
  storage = retour_database_storage (database);
  apply_in_terminal (storage, fixture_order_change (make_secret (9001)));
  apply_in_terminal (storage, fixture_gone ("ord_9000", TRUE));
  apply_in_terminal (storage, fixture_gone ("ord_9001", TRUE));
  /* The log is emptied at once, or as soon as no reader needs it. */
  for (guint i = 0; i < 200 && fixture_count_bytes ("Quetzal") > 0; i++)
    g_usleep (10000);
  assert_no_trace ();
}
END_TEST

START_TEST (a_new_snapshot_replaces_the_cache_and_nothing_else)
{
  g_autoptr (RetourReturn) ret = fixture_return (1, 1, "l1", 1);
  RetourChange *staff = retour_change_new (RETOUR_CHANGE_STAFF);
  RetourChange *other = retour_change_new (RETOUR_CHANGE_STAFF);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) operations = NULL;
  g_autofree char *cursor = NULL;

  staff->staff = retour_staff_new ("stf_1", "Un", RETOUR_ROLE_CLERK);
  other->staff = retour_staff_new ("stf_2", "Deux", RETOUR_ROLE_CLERK);
  staff->staff->active = other->staff->active = TRUE;
  for (guint i = 0; i < 100; i++)
    fixture_keep (database, fixture_order (i));
  fixture_apply (database, "c9", TRUE, staff, other, NULL);
  ck_assert (fixture_record (store, ret, 1, NULL));

  ck_assert (store->start_again (store, NULL));
  cursor = store->cursor (store, NULL);
  ck_assert_ptr_null (cursor);
  /* The desk is usable all along. */
  assert_status (TRUE, 100);
  list = store->list_staff (store, NULL);
  ck_assert_uint_eq (list->len, 2);
  g_clear_pointer (&list, g_ptr_array_unref);
  list = store->lookup_code (store, "W10000050", NULL);
  ck_assert_uint_eq (list->len, 1);
  g_clear_pointer (&list, g_ptr_array_unref);

  staff = retour_change_new (RETOUR_CHANGE_STAFF);
  staff->staff = retour_staff_new ("stf_1", "Un", RETOUR_ROLE_CLERK);
  staff->staff->active = TRUE;
  fixture_apply (database, "d1", FALSE, fixture_order_change (fixture_order (1)), staff, NULL);
  assert_status (TRUE, 100);
  fixture_apply (database, "d2", TRUE, fixture_order_change (fixture_order (2)),
                 fixture_order_change (fixture_order (200)), NULL);
  assert_status (TRUE, 3);
  list = store->list_staff (store, NULL);
  ck_assert_uint_eq (list->len, 1);
  g_clear_pointer (&list, g_ptr_array_unref);
  list = store->search_orders (store, "zoe", 50, NULL);
  ck_assert_uint_eq (list->len, 3);
  operations = store->list_operations (store, NULL);
  ck_assert_uint_eq (operations->len, 1);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM snapshot_seen"), 0);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM returns"), 1);
  /* And later pages are ordinary ones. */
  fixture_apply (database, "d3", TRUE, fixture_order_change (fixture_order (3)), NULL);
  assert_status (TRUE, 4);
}
END_TEST

START_TEST (a_snapshot_may_bring_older_versions)
{
  RetourOrder *newer = fixture_order (1);
  g_autoptr (RetourOrder) found = NULL;

  newer->version = 9;
  fixture_apply (database, "c1", TRUE, fixture_order_change (newer), NULL);
  ck_assert (store->start_again (store, NULL));
  fixture_apply (database, "d1", TRUE, fixture_order_change (fixture_order (1)), NULL);
  found = store->find_order (store, "ord_0001", NULL);
  ck_assert_int_eq (found->version, 1);
}
END_TEST

START_TEST (a_page_that_fails_moves_nothing)
{
  RetourChangePage *page = retour_change_page_new ();
  RetourChange *policy = retour_change_new (RETOUR_CHANGE_POLICY);
  g_autofree char *cursor = NULL;
  g_autoptr (GError) error = NULL;

  /* A policy without its text cannot be kept. */
  g_ptr_array_add (page->changes, fixture_order_change (fixture_order (1)));
  g_ptr_array_add (page->changes, policy);
  page->cursor = g_strdup ("c1");
  ck_assert (!retour_database_apply_page (database, page, &error));
  ck_assert_ptr_nonnull (error);
  cursor = store->cursor (store, NULL);
  ck_assert_ptr_null (cursor);
  assert_status (FALSE, 0);
  fixture_apply (database, "c1", FALSE, fixture_order_change (fixture_order (1)), NULL);
  assert_status (FALSE, 1);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM search_tail"), 1);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("feed");
  TCase *tcase = tcase_create ("feed");
  SRunner *runner = srunner_create (suite);
  int failed;

  suite_add_tcase (suite, tcase);
  tcase_set_timeout (tcase, 120);
  tcase_add_checked_fixture (tcase, set_up, tear_down);
  tcase_add_test (tcase, a_page_moves_the_cursor);
  tcase_add_test (tcase, the_same_page_again_changes_nothing);
  tcase_add_test (tcase, unknown_members_are_kept);
  tcase_add_test (tcase, an_older_version_does_not_come_back);
  tcase_add_test (tcase, a_changed_order_is_found_by_its_new_codes_only);
  tcase_add_test (tcase, orders_holding_an_article_come_newest_first);
  tcase_add_test (tcase, an_order_without_an_id_goes_by_its_number);
  tcase_add_loop_test (tcase, what_is_erased_leaves_no_byte, 0, 2);
  tcase_add_test (tcase, what_was_changed_and_erased_leaves_no_byte);
  tcase_add_test (tcase, a_terminal_erases_too);
  tcase_add_test (tcase, a_new_snapshot_replaces_the_cache_and_nothing_else);
  tcase_add_test (tcase, a_snapshot_may_bring_older_versions);
  tcase_add_test (tcase, a_page_that_fails_moves_nothing);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
