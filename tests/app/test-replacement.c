/* SPDX-License-Identifier: Apache-2.0 */
/* What is offered for an article that comes back, and what its stock is worth. */
#include "replacement.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define NOON G_GINT64_CONSTANT (1795521600000000)
#define MINUTE (60 * RETOUR_SECOND)
#define HERE "store:0214"

static RetourStockFigure *
figure_new (const char *place, gint64 quantity, RetourInstant at)
{
  RetourStockFigure *figure = g_new0 (RetourStockFigure, 1);

  figure->place = g_strdup (place);
  figure->name = g_strdup (place);
  figure->quantity = quantity;
  figure->at = at;
  return figure;
}

static RetourProduct *
product_new (const char *sku, const char *variant)
{
  RetourProduct *product = g_new0 (RetourProduct, 1);

  product->sku = g_strdup (sku);
  product->product = g_strdup ("ROBE-YSE");
  product->title = g_strdup ("Robe chemise Ysé");
  product->variant = g_strdup (variant);
  product->currency = g_strdup ("EUR");
  product->unit_price = 6900;
  return product;
}

/* The dress of mock-up 05. Figures are "place quantity" pairs; the articles stand in no order. */
static const struct
{
  const char *sku, *variant, *figures;
} DRESSES[] = {
  { "Y-SAU-40", "Taille 40 · Sauge", "store:0214 1" },
  { "Y-BLN-42", "Taille 42 · Bleu nuit", "store:0214 1" },
  { "Y-BLN-38", "Taille 38 · Bleu nuit", "store:0214 3" },
  { "Y-TER-36", "Taille 36 · Terracotta", "" },
  { "Y-BLN-34", "Taille 34 · Bleu nuit", "store:0214 2" },
  { "Y-BLN-44", "Taille 44 · Bleu nuit", "store:0214 0 store:0215 0 warehouse:corbas 0" },
  { "Y-BLN-36", "Taille 36 · Bleu nuit", "store:0214 0 store:0216 1" },
  { "Y-BLN-40", "Taille 40 · Bleu nuit", "warehouse:corbas 37 store:0216 0 outlet 4 store:0215 4 store:0214 2" },
};

static GPtrArray *
figures_of (const char *text)
{
  GPtrArray *figures = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_stock_figure_free);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL && words[i + 1] != NULL; i += 2)
    g_ptr_array_add (figures, figure_new (words[i], g_ascii_strtoll (words[i + 1], NULL, 10), NOON));
  return figures;
}

static RetourReplacements *
dresses_new (const RetourReplacementWish *wish)
{
  g_autoptr (GPtrArray) variants = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_product_free);
  g_autoptr (GHashTable) figures =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < G_N_ELEMENTS (DRESSES); i++)
    {
      g_ptr_array_add (variants, product_new (DRESSES[i].sku, DRESSES[i].variant));
      if (*DRESSES[i].figures != '\0')
        g_hash_table_insert (figures, (gpointer) DRESSES[i].sku, figures_of (DRESSES[i].figures));
    }
  return retour_replacements_new (wish, variants, figures);
}

static const RetourReplacementWish ONE = { .returned = "Y-BLN-38", .currency = "EUR", .here = HERE, .units = 1 };

static void
check_list (const GPtrArray *list, const char *expected)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    g_string_append_printf (found, "%s%s", i > 0 ? " " : "", (const char *) list->pdata[i]);
  ck_assert_str_eq (found->str, expected);
}

START_TEST (colours_begin_with_the_one_returned_and_sizes_follow_the_rail)
{
  g_autoptr (RetourReplacements) dresses = dresses_new (&ONE);

  check_list (dresses->colours, "Bleu nuit Sauge Terracotta");
  check_list (dresses->sizes, "34 36 38 40 42 44");
  ck_assert_str_eq (dresses->size, "38");
  ck_assert_str_eq (dresses->colour, "Bleu nuit");
  for (guint i = 0; i + 1 < 6; i++)
    ck_assert_str_eq (((RetourReplacement *) dresses->items->pdata[i])->size, dresses->sizes->pdata[i]);
}
END_TEST

static const struct
{
  const char *colour, *size;
  gint64 units;
  RetourReplacementState state;
  gint64 here;
} STATES[] = {
  { "Bleu nuit", "34", 1, RETOUR_REPLACEMENT_HERE, 2 },      { "Bleu nuit", "36", 1, RETOUR_REPLACEMENT_ELSEWHERE, 0 },
  { "Bleu nuit", "38", 1, RETOUR_REPLACEMENT_RETURNED, 3 },  { "Bleu nuit", "40", 1, RETOUR_REPLACEMENT_HERE, 2 },
  { "Bleu nuit", "40", 3, RETOUR_REPLACEMENT_ELSEWHERE, 2 }, { "Bleu nuit", "40", 40, RETOUR_REPLACEMENT_SOLD_OUT, 2 },
  { "Bleu nuit", "44", 1, RETOUR_REPLACEMENT_SOLD_OUT, 0 },  { "Terracotta", "36", 1, RETOUR_REPLACEMENT_UNKNOWN, 0 },
};

START_TEST (each_size_says_where_it_can_be_had)
{
  RetourReplacementWish wish = ONE;
  g_autoptr (RetourReplacements) dresses = NULL;
  const RetourReplacement *item;

  wish.units = STATES[_i].units;
  dresses = dresses_new (&wish);
  item = retour_replacements_find (dresses, STATES[_i].colour, STATES[_i].size);
  ck_assert_int_eq (item->state, STATES[_i].state);
  ck_assert_int_eq (item->here, STATES[_i].here);
}
END_TEST

START_TEST (the_same_article_is_offered_only_for_a_faulty_one)
{
  RetourReplacementWish wish = ONE;
  g_autoptr (RetourReplacements) dresses = NULL;

  wish.same_article = TRUE;
  dresses = dresses_new (&wish);
  ck_assert_int_eq (retour_replacements_find (dresses, "Bleu nuit", "38")->state, RETOUR_REPLACEMENT_HERE);
}
END_TEST

START_TEST (places_stand_nearest_first)
{
  g_autoptr (RetourReplacements) dresses = dresses_new (&ONE);
  const RetourReplacement *item = retour_replacements_find (dresses, "Bleu nuit", "40");
  static const char *const expected[] = { "store:0214", "store:0216", "store:0215", "warehouse:corbas", "outlet" };

  ck_assert_uint_eq (item->figures->len, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    ck_assert_str_eq (((const RetourStockFigure *) item->figures->pdata[i])->place, expected[i]);
}
END_TEST

START_TEST (newer_figures_change_what_a_size_says)
{
  g_autoptr (RetourReplacements) dresses = dresses_new (&ONE);
  RetourReplacement *item = retour_replacements_find (dresses, "Bleu nuit", "44");
  g_autoptr (GPtrArray) figures = figures_of ("store:0214 1");

  retour_replacement_set_figures (item, &ONE, figures);
  ck_assert_int_eq (item->state, RETOUR_REPLACEMENT_HERE);
  ck_assert_int_eq (item->here, 1);
}
END_TEST

START_TEST (an_article_of_another_currency_is_not_offered)
{
  RetourReplacementWish wish = ONE;
  g_autoptr (RetourReplacements) dresses = NULL;

  wish.currency = "JPY";
  dresses = dresses_new (&wish);
  ck_assert_uint_eq (dresses->items->len, 0);
  ck_assert_uint_eq (dresses->sizes->len, 0);
}
END_TEST

static const struct
{
  RetourReplacementDirection direction;
  const char *returned, *sku;
} SUGGESTIONS[] = {
  { RETOUR_REPLACEMENT_TOWARDS_LARGER, "Y-BLN-38", "Y-BLN-40" },
  { RETOUR_REPLACEMENT_TOWARDS_SMALLER, "Y-BLN-38", "Y-BLN-36" },
  { RETOUR_REPLACEMENT_TOWARDS_ANY, "Y-BLN-38", NULL },
  { RETOUR_REPLACEMENT_TOWARDS_LARGER, "Y-BLN-42", NULL },
  { RETOUR_REPLACEMENT_TOWARDS_LARGER, "Y-BLN-44", NULL },
  { RETOUR_REPLACEMENT_TOWARDS_SMALLER, "Y-BLN-34", NULL },
  { RETOUR_REPLACEMENT_TOWARDS_LARGER, "Y-TER-36", "Y-BLN-38" }, /* none of its own colour is larger */
  { RETOUR_REPLACEMENT_TOWARDS_SMALLER, "Y-SAU-40", "Y-BLN-38" },
  { RETOUR_REPLACEMENT_TOWARDS_LARGER, "NOT-KNOWN", NULL },
  { RETOUR_REPLACEMENT_TOWARDS_SAME, "Y-BLN-42", "Y-BLN-42" },
  { RETOUR_REPLACEMENT_TOWARDS_SAME, "Y-TER-36", "Y-BLN-36" },
};

START_TEST (the_reason_tells_what_is_proposed)
{
  RetourReplacementWish wish = ONE;
  g_autoptr (RetourReplacements) dresses = NULL;
  const RetourReplacement *item;

  wish.returned = SUGGESTIONS[_i].returned;
  wish.same_article = SUGGESTIONS[_i].direction == RETOUR_REPLACEMENT_TOWARDS_SAME;
  dresses = dresses_new (&wish);
  item = retour_replacements_suggest (dresses, SUGGESTIONS[_i].direction);
  ck_assert_str_eq (item != NULL ? item->product->sku : "none",
                    SUGGESTIONS[_i].sku != NULL ? SUGGESTIONS[_i].sku : "none");
}
END_TEST

START_TEST (a_fault_of_the_merchant_asks_for_the_same_article)
{
  g_autoptr (RetourPolicy) policy = retour_policy_new ();
  RetourReason *reason = retour_reason_new ("defective");

  reason->fault = g_strdup ("merchant");
  g_ptr_array_add (policy->reasons, reason);
  ck_assert_int_eq (retour_replacement_direction (policy, "defective"), RETOUR_REPLACEMENT_TOWARDS_SAME);
  ck_assert_int_eq (retour_replacement_direction (policy, "size_small"), RETOUR_REPLACEMENT_TOWARDS_LARGER);
  ck_assert_int_eq (retour_replacement_direction (policy, "size_large"), RETOUR_REPLACEMENT_TOWARDS_SMALLER);
  ck_assert_int_eq (retour_replacement_direction (policy, "other"), RETOUR_REPLACEMENT_TOWARDS_ANY);
  ck_assert_int_eq (retour_replacement_direction (policy, NULL), RETOUR_REPLACEMENT_TOWARDS_ANY);
}
END_TEST

/* The catalogue has forgotten the article: its words on the order still tell size and colour. */
START_TEST (an_article_the_catalogue_forgot_is_told_by_its_words)
{
  RetourReplacementWish wish = ONE;
  g_autoptr (RetourReplacements) dresses = NULL;

  wish.returned = "Y-BLN-39";
  wish.variant = "Sauge · 38";
  dresses = dresses_new (&wish);
  ck_assert_str_eq (dresses->size, "38");
  check_list (dresses->colours, "Sauge Bleu nuit Terracotta");
  ck_assert_str_eq (retour_replacements_suggest (dresses, RETOUR_REPLACEMENT_TOWARDS_LARGER)->product->sku, "Y-SAU-40");
}
END_TEST

static const struct
{
  gint64 age, quantity, units;
  gboolean offline, check;
} AGES[] = {
  { 0, 2, 1, FALSE, FALSE }, { 30 * MINUTE, 2, 1, FALSE, FALSE }, { 30 * MINUTE + 1, 2, 1, FALSE, TRUE },
  { 0, 2, 1, TRUE, TRUE },                                        /* offline: not looked at again */
  { 0, 0, 1, FALSE, TRUE },                                       /* the figure says it is gone */
  { 0, 2, 3, FALSE, TRUE },  { -5 * MINUTE, 1, 1, FALSE, FALSE }, /* the OMS's clock is ahead */
};

START_TEST (an_old_figure_or_a_missing_unit_asks_before_it_is_promised)
{
  RetourStockFigure *figure = figure_new (HERE, AGES[_i].quantity, NOON - AGES[_i].age);

  ck_assert_int_eq (retour_stock_needs_check (figure, AGES[_i].units, NOON, AGES[_i].offline), AGES[_i].check);
  retour_stock_figure_free (figure);
}
END_TEST

START_TEST (no_figure_asks_too) { ck_assert (retour_stock_needs_check (NULL, 1, NOON, FALSE)); }
END_TEST

START_TEST (a_place_is_told_by_its_name)
{
  ck_assert_int_eq (retour_place_kind (HERE, HERE), RETOUR_PLACE_HERE);
  ck_assert_int_eq (retour_place_kind (HERE, NULL), RETOUR_PLACE_STORE);
  ck_assert_int_eq (retour_place_kind ("store:02140", HERE), RETOUR_PLACE_STORE);
  ck_assert_int_eq (retour_place_kind ("warehouse:corbas", HERE), RETOUR_PLACE_WAREHOUSE);
  ck_assert_int_eq (retour_place_kind ("outlet", HERE), RETOUR_PLACE_OTHER);
  ck_assert_int_eq (retour_place_kind (NULL, HERE), RETOUR_PLACE_OTHER);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("replacement");
  TCase *all = tcase_create ("replacement");
  SRunner *runner = srunner_create (suite);
  int failed;

  tcase_add_test (all, colours_begin_with_the_one_returned_and_sizes_follow_the_rail);
  tcase_add_loop_test (all, each_size_says_where_it_can_be_had, 0, G_N_ELEMENTS (STATES));
  tcase_add_test (all, the_same_article_is_offered_only_for_a_faulty_one);
  tcase_add_test (all, places_stand_nearest_first);
  tcase_add_test (all, newer_figures_change_what_a_size_says);
  tcase_add_test (all, an_article_of_another_currency_is_not_offered);
  tcase_add_loop_test (all, the_reason_tells_what_is_proposed, 0, G_N_ELEMENTS (SUGGESTIONS));
  tcase_add_test (all, a_fault_of_the_merchant_asks_for_the_same_article);
  tcase_add_test (all, an_article_the_catalogue_forgot_is_told_by_its_words);
  tcase_add_loop_test (all, an_old_figure_or_a_missing_unit_asks_before_it_is_promised, 0, G_N_ELEMENTS (AGES));
  tcase_add_test (all, no_figure_asks_too);
  tcase_add_test (all, a_place_is_told_by_its_name);
  suite_add_tcase (suite, all);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
