/* SPDX-License-Identifier: Apache-2.0 */
/* Sizes and colours as catalogues write them. */
#include "variant.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const struct
{
  const char *text, *size, *colour;
} VARIANTS[] = {
  { "Taille 38 · Bleu nuit", "38", "Bleu nuit" },
  { "Bleu nuit · 38", "38", "Bleu nuit" },
  { "Noir · M", "M", "Noir" },
  { "Pointure 39 · Rouille", "39", "Rouille" },
  { "Unique · Gris chiné", "Unique", "Gris chiné" },
  { "Taille unique · Écru", "unique", "Écru" },
  { "Écru · TU", "TU", "Écru" },
  { "Noir / XXL", "XXL", "Noir" },
  { "Couleur : Noir · Taille : M", "M", "Noir" },
  { "Size M, Navy blue", "M", "Navy blue" },
  { "3XL | Sauge", "3XL", "Sauge" },
  { "38,5 · Blanc", "38,5", "Blanc" },
  { "38/40 · Blanc", "38/40", "Blanc" },
  { "T. 42 - Camel", "42", "Camel" },
  { "Noir · 85B", "85B", "Noir" },
  { "Rose · 6 ans", "6 ans", "Rose" },
  { "Brut · W32 L34", "W32 L34", "Brut" },
  { "32 · 34", "32 · 34", NULL },
  { "EU 42 · Noir", "42", "Noir" },
  { "S/M · Noir", "S/M", "Noir" },
  /* Shapes that are not known stay whole. */
  { "Bleu nuit", NULL, "Bleu nuit" },
  { "Motif à fleurs · Édition limitée", NULL, "Motif à fleurs · Édition limitée" },
  { "Sel de mer", NULL, "Sel de mer" },
  { "38", "38", NULL },
  { "", NULL, NULL },
  { " · ", NULL, NULL },
  { NULL, NULL, NULL },
  { "Taille", NULL, "Taille" },
  { "Noir-blanc · L", "L", "Noir-blanc" },
};

static void
check_text (const char *found, const char *expected, const char *of)
{
  ck_assert_msg (g_strcmp0 (found, expected) == 0, "%s: %s, not %s", of != NULL ? of : "(none)",
                 found != NULL ? found : "(none)", expected != NULL ? expected : "(none)");
}

START_TEST (a_variant_is_told_apart_into_size_and_colour)
{
  g_auto (RetourVariant) variant = retour_variant_parse (VARIANTS[_i].text);

  check_text (variant.size, VARIANTS[_i].size, VARIANTS[_i].text);
  check_text (variant.colour, VARIANTS[_i].colour, VARIANTS[_i].text);
}
END_TEST

START_TEST (broken_text_is_no_variant)
{
  g_auto (RetourVariant) variant = retour_variant_parse ("Taille 38 \xff Noir");

  ck_assert_ptr_null (variant.size);
  ck_assert_ptr_null (variant.colour);
}
END_TEST

static const char *const RAILS[][8] = {
  { "34", "36", "38", "38,5", "40", "42", "100", NULL },
  { "XXS", "XS", "S", "M", "L", "XL", "XXL", "3XL" },
  { "S", "S/M", "M", "M/L", "L", NULL },
  { "3 mois", "12 mois", "2 ans", "10 ans", NULL },
  { "85A", "85B", "90A", "100B", NULL },
  { "W30 L32", "W30 L34", "W32 L30", NULL },
  { "38", "M", "Unique", NULL },
};

START_TEST (sizes_stand_in_the_order_of_the_rail)
{
  const char *const *rail = RAILS[_i];

  for (guint i = 0; i < 8 && rail[i] != NULL; i++)
    for (guint j = 0; j < 8 && rail[j] != NULL; j++)
      {
        int order = retour_size_compare (rail[i], rail[j]);

        ck_assert_msg ((order > 0) - (order < 0) == (i > j) - (i < j), "%s and %s: %d", rail[i], rail[j], order);
      }
}
END_TEST

START_TEST (one_size_leaves_no_choice)
{
  ck_assert (retour_size_is_only ("Unique"));
  ck_assert (retour_size_is_only ("TU"));
  ck_assert (!retour_size_is_only ("U2"));
  ck_assert (!retour_size_is_only (NULL));
}
END_TEST

START_TEST (no_size_stands_last)
{
  ck_assert_int_gt (retour_size_compare (NULL, "XL"), 0);
  ck_assert_int_lt (retour_size_compare ("Unique", NULL), 0);
  ck_assert_int_eq (retour_size_compare (NULL, NULL), 0);
  ck_assert_int_eq (retour_size_compare ("xl", "XL"), 0);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("variant");
  TCase *all = tcase_create ("variant");
  SRunner *runner = srunner_create (suite);
  int failed;

  tcase_add_loop_test (all, a_variant_is_told_apart_into_size_and_colour, 0, G_N_ELEMENTS (VARIANTS));
  tcase_add_test (all, broken_text_is_no_variant);
  tcase_add_loop_test (all, sizes_stand_in_the_order_of_the_rail, 0, G_N_ELEMENTS (RAILS));
  tcase_add_test (all, one_size_leaves_no_choice);
  tcase_add_test (all, no_size_stands_last);
  suite_add_tcase (suite, all);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
