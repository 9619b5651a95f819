/* SPDX-License-Identifier: Apache-2.0 */
/* Articles of a product, what is known of their stock, and products like it. */
#include "store-fixture.h"

#include <check.h>
#include <stdlib.h>

static RetourDatabase *database;
static RetourStore *store;

static const struct
{
  const char *sku, *product, *category;
  gint64 units;
} ARTICLES[] = {
  { "A-38", "A", "dress", 9 }, { "A-40", "A", "dress", 9 }, { "B-38", "B", "dress", 1 },  { "B-40", "B", "dress", 4 },
  { "C-38", "C", "dress", 7 }, { "D-38", "D", "dress", 0 }, { "E-38", "E", "dress", -1 }, { "F-M", "F", "coat", 50 },
};

static RetourChange *
product_change (guint i)
{
  RetourChange *change = retour_change_new (RETOUR_CHANGE_PRODUCT);

  change->product = g_new0 (RetourProduct, 1);
  change->product->sku = g_strdup (ARTICLES[i].sku);
  change->product->gtin = g_strdup_printf ("0361234567%04u", i);
  change->product->product = g_strdup (ARTICLES[i].product);
  change->product->category = g_strdup (ARTICLES[i].category);
  change->product->currency = g_strdup ("EUR");
  change->product->unit_price = 6900 + (gint64) i;
  return change;
}

static RetourChange *
stock_change (guint i)
{
  RetourChange *change = retour_change_new (RETOUR_CHANGE_STOCK);

  change->sku = g_strdup (ARTICLES[i].sku);
  change->place = g_strdup ("store:0214");
  change->place_name = g_strdup ("Lyon Bellecour");
  change->quantity = ARTICLES[i].units;
  change->at = G_GINT64_CONSTANT (1795521600000000);
  return change;
}

static void
set_up (void)
{
  fixture_make_directory ();
  database = fixture_open (RETOUR_DATABASE_DIRECT);
  store = retour_database_store (database);
  for (guint i = 0; i < G_N_ELEMENTS (ARTICLES); i++)
    {
      fixture_apply (database, "c", TRUE, product_change (i), NULL);
      /* Below 0: no figure. */
      if (ARTICLES[i].units >= 0)
        fixture_apply (database, "c", TRUE, stock_change (i), NULL);
    }
}

static void
tear_down (void)
{
  g_clear_pointer (&database, retour_database_close);
  fixture_remove_directory ();
}

static void
check_similar (const char *category, const char *except, guint limit, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = store->similar_products (store, category, except, limit, &error);
  g_autoptr (GString) skus = g_string_new (NULL);

  ck_assert_msg (found != NULL, "%s", error != NULL ? error->message : "");
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (skus, "%s%s", i > 0 ? " " : "", ((const RetourProduct *) found->pdata[i])->sku);
  ck_assert_str_eq (skus->str, expected);
}

START_TEST (similar_products_are_those_there_is_most_of)
{
  check_similar ("dress", "A", 9, "C-38 B-40");
  check_similar ("dress", "A", 1, "C-38");
  check_similar ("dress", NULL, 2, "A-38 C-38");
  check_similar ("coat", "F", 9, "");
  check_similar ("hat", "A", 9, "");
}
END_TEST

START_TEST (the_articles_of_a_product_are_found_with_their_stock)
{
  g_autoptr (GPtrArray) variants = store->product_variants (store, "B", NULL);
  g_autoptr (GPtrArray) figures = store->stock (store, "B-40", NULL);
  const RetourStockFigure *figure;

  ck_assert_uint_eq (variants->len, 2);
  ck_assert_int_eq (((const RetourProduct *) variants->pdata[1])->unit_price, 6903);
  ck_assert_uint_eq (figures->len, 1);
  figure = figures->pdata[0];
  ck_assert_str_eq (figure->place, "store:0214");
  ck_assert_int_eq (figure->quantity, 4);
  ck_assert_int_eq (figure->at, G_GINT64_CONSTANT (1795521600000000));
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("catalogue");
  TCase *all = tcase_create ("catalogue");
  SRunner *runner = srunner_create (suite);
  int failed;

  tcase_add_checked_fixture (all, set_up, tear_down);
  tcase_add_test (all, similar_products_are_those_there_is_most_of);
  tcase_add_test (all, the_articles_of_a_product_are_found_with_their_stock);
  suite_add_tcase (suite, all);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
