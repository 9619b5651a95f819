/* SPDX-License-Identifier: Apache-2.0 */
/* Ids that only grow, and return numbers that say when they were misread. */
#include "check-character.h"
#include "ids.h"
#include "return-number.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static void
fixed_random (guint8 *bytes, gsize size, gpointer user_data)
{
  memset (bytes, GPOINTER_TO_INT (user_data), size);
}

/* A generator of which the same seed gives the same bytes. */
static void
seeded_random (guint8 *bytes, gsize size, gpointer user_data)
{
  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) g_rand_int_range (user_data, 0, 256);
}

START_TEST (an_id_is_laid_out_as_rfc_9562_says)
{
  g_autoptr (RetourIds) ids = retour_ids_new (fixed_random, GINT_TO_POINTER (0xff));
  /* The instant of RFC 9562, appendix A.6: 2022-02-22T19:22:22Z = 0x017F22E279B0 milliseconds. */
  g_autofree char *id = retour_ids_next (ids, G_GINT64_CONSTANT (1645557742000000));

  ck_assert_str_eq (id, "017f22e2-79b0-77ff-bfff-ffffffffffff");
  ck_assert_str_eq (retour_ids_get_last (ids), id);
}
END_TEST

START_TEST (ids_grow_whatever_the_clock_does)
{
  static const gint64 clocks[] = { 1795514451000000, 1795514451000000, 1795514451000999, 0,          -5,
                                   G_MININT64,       1795514450000000, 1795514452000000, G_MAXINT64, 7,
                                   1795514452000000 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (RetourIds) ids = retour_ids_new (seeded_random, rand);
  g_autofree char *last = g_strdup ("");

  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i < G_N_ELEMENTS (clocks); i++)
      {
        g_autofree char *id = retour_ids_next (ids, clocks[i]);
        ck_assert_msg (strcmp (last, id) < 0, "%s after %s", id, last);
        g_free (last);
        last = g_steal_pointer (&id);
      }
}
END_TEST

START_TEST (ids_grow_and_differ_within_one_millisecond)
{
  g_autoptr (RetourIds) ids = retour_ids_new (NULL, NULL);
  g_autofree char *last = g_strdup ("");

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *id = retour_ids_next (ids, 1000);
      ck_assert_msg (strcmp (last, id) < 0, "%s after %s", id, last);
      g_free (last);
      last = g_steal_pointer (&id);
    }
}
END_TEST

START_TEST (ids_go_on_after_what_storage_kept)
{
  g_autoptr (RetourIds) ids = retour_ids_new (NULL, NULL);

  ck_assert (retour_ids_restore (ids, NULL, NULL));
  ck_assert_ptr_null (retour_ids_get_last (ids));
  ck_assert (retour_ids_restore (ids, "FFFFFFFF-FFF0-7FFF-BFFF-FFFFFFFFFFFF", NULL));
  g_autofree char *carried = retour_ids_next (ids, 0);
  ck_assert_msg (g_str_has_prefix (carried, "ffffffff-fff1-7"), "%s", carried);
  ck_assert (retour_ids_restore (ids, "017f22e2-79b0-77ff-bfff-ffffffffffff", NULL));
  g_autofree char *unmoved = retour_ids_next (ids, 0);
  ck_assert_msg (strcmp (carried, unmoved) < 0, "%s after %s", unmoved, carried);
}
END_TEST

START_TEST (at_the_end_of_time_ids_still_differ)
{
  g_autoptr (RetourIds) ids = retour_ids_new (NULL, NULL);

  ck_assert (retour_ids_restore (ids, "ffffffff-ffff-7fff-bfff-ffffffffffff", NULL));
  g_autofree char *one = retour_ids_next (ids, 0);
  g_autofree char *two = retour_ids_next (ids, 0);
  ck_assert_str_ne (one, two);
}
END_TEST

START_TEST (what_is_no_id_is_not_restored)
{
  static const char *const wrong[] = { "",
                                       "017f22e2-79b0-77ff-bfff-fffffffffff",
                                       "017f22e2-79b0-47ff-bfff-ffffffffffff",
                                       "017f22e2-79b0-77ff-bfff-fffffffffffg",
                                       "017f22e2+79b0-77ff-bfff-ffffffffffff",
                                       "017f22e279b077ffbfffffffffffffffffff" };
  g_autoptr (RetourIds) ids = retour_ids_new (NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      ck_assert_msg (!retour_ids_restore (ids, wrong[i], &error), "“%s”", wrong[i]);
      ck_assert (g_error_matches (error, RETOUR_IDS_ERROR, RETOUR_IDS_ERROR_MALFORMED));
      ck_assert_ptr_null (retour_ids_get_last (ids));
    }
}
END_TEST

START_TEST (check_characters_agree_with_published_numbers)
{
  /* GRid (ISO 7064 MOD 37,36), GTIN, SSCC and GMN of the GS1 General Specifications, IBAN of ISO 13616. */
  ck_assert_int_eq (retour_check_mod_37_36 ("A12425GABC1234002", 17), 'M');
  ck_assert_int_eq (retour_check_mod_37_36 ("A1-2425G-ABC1234002", 19), 'M');
  ck_assert_int_eq (retour_check_mod_37_36 ("a1-2425g-abc1234002", 19), 'M');
  ck_assert (retour_check_gs1_digit ("09506000134352", 14));
  ck_assert (!retour_check_gs1_digit ("09506000134353", 14));
  ck_assert (retour_check_gs1_digit ("106141411234567897", 18));
  ck_assert (!retour_check_gs1_digit ("0950600013435X", 14));
  ck_assert (!retour_check_gs1_digit ("0", 1));
  ck_assert (retour_check_gs1_pair ("1987654Ad4X4bL5ttr2310c2K", 25));
  ck_assert (!retour_check_gs1_pair ("1987654Ad4X4bL5ttr2310c2L", 25));
  ck_assert (!retour_check_gs1_pair ("1987654Ad4X4bL5ttr2301c2K", 25));
  ck_assert (!retour_check_gs1_pair ("2K", 2));
  ck_assert (retour_check_iban ("FR7630006000011234567890189", 27));
  ck_assert (!retour_check_iban ("FR7630006000011234567890188", 27));
  ck_assert (!retour_check_iban ("FR76", 4));
}
END_TEST

START_TEST (return_numbers_are_written_with_their_check_character)
{
  static const struct
  {
    const char *store;
    char terminal;
    guint64 counter;
    const char *number;
  } cases[] = {
    { "0214", 'A', 381, "R0214A-00381-S" },
    { "0214", 'A', 99999, NULL },
    { "0214", 'B', 100000, NULL },
    { "LYON2", 'Z', 1, NULL },
    { "1", 'A', G_GUINT64_CONSTANT (999999999999999), NULL },
    { "ABCDEFGHIJKL", 'C', 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *number = retour_return_number_format (cases[i].store, cases[i].terminal, cases[i].counter);
      RetourReturnNumber read;
      if (cases[i].number != NULL)
        ck_assert_str_eq (number, cases[i].number);
      ck_assert_msg (retour_return_number_parse (number, &read), "%s", number);
      ck_assert_str_eq (read.store, cases[i].store);
      ck_assert_int_eq (read.terminal, cases[i].terminal);
      ck_assert_uint_eq (read.counter, cases[i].counter);
    }
}
END_TEST

START_TEST (a_return_number_is_read_in_either_case_and_without_hyphens)
{
  static const char *const forms[] = { "R0214A-00381-S", "r0214a-00381-s", "R0214A00381S", "r0214A00381s" };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *canonical = retour_return_number_canonical (forms[i]);
      ck_assert_str_eq (canonical, "R0214A-00381-S");
    }
}
END_TEST

START_TEST (what_is_no_return_number_is_refused)
{
  static const char *const wrong[] = { "",
                                       "R",
                                       "R0214A-00381-7",
                                       "R0214A-00381S",
                                       "R0214A00381-S",
                                       "R0214-A00381-S",
                                       "-R0214A00381-S",
                                       "R0214A-0038-1S",
                                       "X0214A-00381-S",
                                       "R0214A-00381-S ",
                                       " R0214A-00381-S",
                                       "R0214A-00381--S",
                                       "R0214A--00381S",
                                       "R0214A_00381_S",
                                       "R02140-00381-S",
                                       "R0214A-00381-",
                                       "RA-00381-S",
                                       "Ré14A-00381-S" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      ck_assert_msg (!retour_return_number_is_valid (wrong[i]), "“%s”", wrong[i]);
      ck_assert_ptr_null (retour_return_number_canonical (wrong[i]));
    }
}
END_TEST

/* ISO/IEC 7064 MOD 37,36 promises the first; the second is a promise of the check character and of the number's form. */
START_TEST (one_wrong_character_or_two_swapped_digits_are_always_seen)
{
  static const char characters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const char *number = "R0214A-00381-S";

  for (gsize i = 0; i < strlen (number); i++)
    for (guint c = 0; characters[c] != '\0'; c++)
      {
        g_autofree char *changed = g_strdup (number);
        if (number[i] == '-' || number[i] == characters[c])
          continue;
        changed[i] = characters[c];
        ck_assert_msg (!retour_return_number_is_valid (changed), "%s", changed);
      }
  for (gsize i = 0; i + 1 < strlen (number); i++)
    {
      g_autofree char *swapped = g_strdup (number);
      if (number[i] == number[i + 1] || number[i] == '-' || number[i + 1] == '-')
        continue;
      swapped[i] = number[i + 1];
      swapped[i + 1] = number[i];
      ck_assert_msg (!retour_return_number_is_valid (swapped), "%s", swapped);
    }
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("ids");
  TCase *ids = tcase_create ("ids"), *numbers = tcase_create ("return numbers");

  tcase_add_test (ids, an_id_is_laid_out_as_rfc_9562_says);
  tcase_add_test (ids, ids_grow_whatever_the_clock_does);
  tcase_add_test (ids, ids_grow_and_differ_within_one_millisecond);
  tcase_add_test (ids, ids_go_on_after_what_storage_kept);
  tcase_add_test (ids, at_the_end_of_time_ids_still_differ);
  tcase_add_test (ids, what_is_no_id_is_not_restored);
  suite_add_tcase (suite, ids);
  tcase_add_test (numbers, check_characters_agree_with_published_numbers);
  tcase_add_test (numbers, return_numbers_are_written_with_their_check_character);
  tcase_add_test (numbers, a_return_number_is_read_in_either_case_and_without_hyphens);
  tcase_add_test (numbers, what_is_no_return_number_is_refused);
  tcase_add_test (numbers, one_wrong_character_or_two_swapped_digits_are_always_seen);
  suite_add_tcase (suite, numbers);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
