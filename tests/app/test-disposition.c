/* SPDX-License-Identifier: Apache-2.0 */
/* Where an article that came back goes: by its grade and by what the figures say. */
#include "disposition.h"

#include <check.h>
#include <stdlib.h>

#define HERE "store:0214"

static void
add (GPtrArray *figures, const char *place, gint64 quantity)
{
  RetourStockFigure *figure = g_new0 (RetourStockFigure, 1);

  figure->place = g_strdup (place);
  figure->name = g_strdup (place);
  figure->quantity = quantity;
  g_ptr_array_add (figures, figure);
}

/* "store:0214=3 store:0215=0" */
static GPtrArray *
figures_of (const char *text)
{
  GPtrArray *figures = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_stock_figure_free);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], "=", 2);

      if (parts[0] != NULL && parts[1] != NULL)
        add (figures, parts[0], g_ascii_strtoll (parts[1], NULL, 10));
    }
  return figures;
}

static const struct
{
  const char *grade, *figures, *expected;
} suggestions[] = {
  { "A", "", "restock" },
  { "A", "store:0214=3", "restock" },
  { "A", "store:0214=3 store:0215=0", "transfer:store:0215" },
  { "B", "store:0214=3 store:0216=4 store:0215=-1", "transfer:store:0215" },
  { "A", "store:0214=0 store:0215=0", "restock" },  /* sold out here too: it stays */
  { "A", "store:0214=3 warehouse:1=0", "restock" }, /* a warehouse has no shelf to fill */
  { "A", "store:0215=0", "restock" },               /* nobody knows what is here */
  { "C", "store:0214=3 store:0215=0", "resale" },
  { "D", "store:0214=3 store:0215=0", "other" },
  { NULL, "store:0214=3 store:0215=0", "other" },
  { "E", "", "other" },
};

START_TEST (grade_and_figures_decide)
{
  g_autoptr (GPtrArray) figures = figures_of (suggestions[_i].figures);
  g_autofree char *found = retour_disposition_suggest (suggestions[_i].grade, figures, HERE);

  ck_assert_str_eq (found, suggestions[_i].expected);
}
END_TEST

START_TEST (without_figures_an_article_goes_back_to_the_shelf)
{
  g_autofree char *found = retour_disposition_suggest ("A", NULL, HERE);

  ck_assert_str_eq (found, "restock");
}
END_TEST

START_TEST (a_transfer_names_its_place)
{
  g_autofree char *transfer = retour_disposition_new_transfer ("store:0215");
  g_autofree char *code = retour_disposition_get_code (transfer);
  g_autofree char *plain = retour_disposition_get_code ("resale");

  ck_assert_str_eq (retour_disposition_get_place (transfer), "store:0215");
  ck_assert_str_eq (code, "transfer");
  ck_assert_ptr_null (retour_disposition_get_place ("resale"));
  ck_assert_ptr_null (retour_disposition_get_place ("transfer"));
  ck_assert_ptr_null (retour_disposition_get_place (NULL));
  ck_assert_str_eq (plain, "resale");
  ck_assert_ptr_null (retour_disposition_get_code (NULL));
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("disposition");
  TCase *cases = tcase_create ("disposition");
  SRunner *runner;
  int failed;

  tcase_add_loop_test (cases, grade_and_figures_decide, 0, G_N_ELEMENTS (suggestions));
  tcase_add_test (cases, without_figures_an_article_goes_back_to_the_shelf);
  tcase_add_test (cases, a_transfer_names_its_place);
  suite_add_tcase (suite, cases);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
