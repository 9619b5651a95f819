/* SPDX-License-Identifier: Apache-2.0 */
/* A code leads to its orders whether it came lately or was gathered with the others, and leads nowhere once it is gone. */
#include "store-fixture.h"

#include "documents.h"
#include "order-codes.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* More than are gathered at once: each order has two. */
#define ORDERS 150

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
keep_orders (void)
{
  for (guint n = 0; n < ORDERS; n++)
    fixture_keep (database, fixture_order (n));
}

static gboolean
never (gpointer user_data)
{
  return FALSE;
}

static gboolean
always (gpointer user_data)
{
  (*(guint *) user_data)++;
  return TRUE;
}

/* *steps: how often it was asked to pause. */
static void
gather (guint *steps)
{
  gboolean more = TRUE;

  while (more)
    ck_assert (
        retour_order_codes_settle (retour_connection_of (store), steps != NULL ? always : never, steps, &more, NULL));
}

static guint
count_orders_of (const char *code)
{
  g_autoptr (GPtrArray) list = store->lookup_code (store, code, NULL);

  ck_assert_ptr_nonnull (list);
  return list->len;
}

static void
assert_rows (gint64 tail, gint64 gathered)
{
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM order_codes_tail"), tail);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM order_codes"), gathered);
}

START_TEST (codes_are_gathered_piece_by_piece_and_found_all_the_while)
{
  guint steps = 0;
  gboolean more = TRUE;

  keep_orders ();
  assert_rows (2 * ORDERS, 0);
  ck_assert (retour_order_codes_settle (retour_connection_of (store), always, &steps, &more, NULL));
  ck_assert (more);
  ck_assert_int_gt (fixture_query ("SELECT count (*) FROM order_codes_tail"), 0);
  ck_assert_int_gt (fixture_query ("SELECT count (*) FROM order_codes"), 0);
  for (guint n = 0; n < ORDERS; n++)
    {
      g_autofree char *number = g_strdup_printf ("W%08u", 10000000 + n);

      ck_assert_uint_eq (count_orders_of (number), 1);
    }
  gather (&steps);
  ck_assert_uint_gt (steps, 2);
  assert_rows (0, 2 * ORDERS);
  ck_assert_uint_eq (count_orders_of ("W10000001"), 1);
  ck_assert_uint_eq (count_orders_of ("8V00000000149"), 1);
}
END_TEST

START_TEST (a_code_of_several_orders_finds_all_of_them_newest_first)
{
  g_autoptr (GPtrArray) list = NULL;

  for (guint n = 1; n <= 3; n++)
    {
      RetourOrder *order = fixture_order (n);
      RetourAnnouncement *announcement = retour_announcement_new ("rma_1");

      announcement->label = g_strdup ("RL900012345");
      g_ptr_array_add (order->announced, announcement);
      fixture_keep (database, order);
      if (n == 2)
        gather (NULL);
    }
  list = store->lookup_code (store, "rl-9000-12345", NULL);
  ck_assert_uint_eq (list->len, 3);
  for (guint i = 0; i < 3; i++)
    ck_assert_int_eq (((const RetourOrderSummary *) list->pdata[i])->id[7] - '0', (int) (3 - i));
}
END_TEST

START_TEST (one_that_stands_in_both_tables_is_one_order)
{
  fixture_keep (database, fixture_order (1));
  gather (NULL);
  ck_assert_int_eq (fixture_execute ("INSERT INTO order_codes_tail SELECT code, n FROM order_codes"), 0);
  ck_assert_uint_eq (count_orders_of ("W10000001"), 1);
  gather (NULL);
  assert_rows (0, 2);
}
END_TEST

START_TEST (codes_of_an_order_that_goes_are_erased_from_both)
{
  static const guint digits[] = { 1, 2 };

  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    {
      fixture_keep (database, fixture_order (digits[i]));
      if (i == 0)
        gather (NULL);
    }
  fixture_apply (database, NULL, FALSE, fixture_gone ("ord_0001", TRUE), fixture_gone ("ord_0002", TRUE), NULL);
  assert_rows (0, 0);
  g_clear_pointer (&database, retour_database_close);
  ck_assert_uint_eq (fixture_count_bytes ("8v0000000000"), 0);
  ck_assert_uint_eq (fixture_count_bytes ("w1000000"), 0);
}
END_TEST

START_TEST (a_changed_code_leads_no_longer)
{
  for (guint gathered = 0; gathered < 2; gathered++)
    {
      RetourOrder *order = fixture_order (1);
      RetourParcel *parcel = g_ptr_array_index (order->parcels, 0);
      g_autofree char *before = g_strdup (parcel->tracking);

      fixture_keep (database, fixture_order (1));
      if (gathered == 1)
        gather (NULL);
      order->version++;
      g_free (parcel->tracking);
      parcel->tracking = g_strdup ("8V99999999999");
      fixture_keep (database, order);
      ck_assert_uint_eq (count_orders_of (before), 0);
      ck_assert_uint_eq (count_orders_of ("8v99999999999"), 1);
      fixture_apply (database, NULL, FALSE, fixture_gone ("ord_0001", FALSE), NULL);
    }
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("order-codes");
  TCase *tcase = tcase_create ("order-codes");
  SRunner *runner = srunner_create (suite);
  int failed;

  suite_add_tcase (suite, tcase);
  tcase_set_timeout (tcase, 60);
  tcase_add_checked_fixture (tcase, set_up, tear_down);
  tcase_add_test (tcase, codes_are_gathered_piece_by_piece_and_found_all_the_while);
  tcase_add_test (tcase, a_code_of_several_orders_finds_all_of_them_newest_first);
  tcase_add_test (tcase, one_that_stands_in_both_tables_is_one_order);
  tcase_add_test (tcase, codes_of_an_order_that_goes_are_erased_from_both);
  tcase_add_test (tcase, a_changed_code_leads_no_longer);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
