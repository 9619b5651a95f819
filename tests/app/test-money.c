/* SPDX-License-Identifier: Apache-2.0 */
/* Amounts: arithmetic that says when it leaves its range, sharing that loses nothing, and how amounts are spelt. */
#include "money.h"

#include <check.h>
#include <stdlib.h>

START_TEST (sums_and_products_say_when_they_do_not_fit)
{
  gint64 result = 7;
  ck_assert (retour_money_add (G_MAXINT64 - 1, 1, &result) && result == G_MAXINT64);
  ck_assert (!retour_money_add (G_MAXINT64, 1, &result) && result == G_MAXINT64);
  ck_assert (!retour_money_add (G_MININT64, -1, &result));
  ck_assert (retour_money_multiply (RETOUR_MONEY_MAX, 9223, &result) && result == RETOUR_MONEY_MAX * 9223);
  ck_assert (!retour_money_multiply (RETOUR_MONEY_MAX, 9224, &result) && result == RETOUR_MONEY_MAX * 9223);
  ck_assert (!retour_money_multiply (G_MININT64, -1, &result));
}
END_TEST

static const struct
{
  gint64 a, b, c, result;
} divisions[] = {
  { 100, 1, 3, 33 },
  { 100, 2, 3, 67 },
  { 1, 1, 2, 1 },
  { 1, 1, 3, 0 },
  { 3, 1, 2, 2 },
  { 5, 1, 10, 1 },
  { 4, 1, 10, 0 },
  { -1, 1, 2, -1 },
  { -1, 1, 3, 0 },
  { -5, 3, 10, -2 },
  { 0, 5, 7, 0 },
  { G_MAXINT64, G_MAXINT64, G_MAXINT64, G_MAXINT64 },
  { G_MININT64 + 1, 1, 1, G_MININT64 + 1 },
  { RETOUR_MONEY_MAX, 999999999, 1000000000, 999999999000000 },
  { G_MAXINT64, 1, 2, G_MAXINT64 / 2 + 1 },
};

START_TEST (halves_are_rounded_up)
{
  gint64 result;
  ck_assert (retour_money_multiply_divide (divisions[_i].a, divisions[_i].b, divisions[_i].c, &result));
  ck_assert_int_eq (result, divisions[_i].result);
}
END_TEST

START_TEST (a_quotient_that_does_not_fit_is_refused)
{
  gint64 result = 7;
  ck_assert (!retour_money_multiply_divide (G_MAXINT64, 2, 1, &result));
  ck_assert (!retour_money_multiply_divide (G_MININT64, 1, 1, &result));
  ck_assert_int_eq (result, 7);
}
END_TEST

static const struct
{
  gint64 amount, weights[4], shares[4];
} spreads[] = {
  { 0, { 1, 2, 3, 4 }, { 0, 0, 0, 0 } },
  { 10, { 1, 1, 1, 0 }, { 4, 3, 3, 0 } },
  { 11, { 1, 1, 1, 0 }, { 4, 4, 3, 0 } },
  { 1, { 1, 1, 1, 1 }, { 1, 0, 0, 0 } },
  { 1, { 1, 2, 1, 1 }, { 0, 1, 0, 0 } },
  { 1000, { 5900, 3250, 9900, 7000 }, { 226, 125, 380, 269 } },
  { 5, { 0, 0, 0, 0 }, { 5, 0, 0, 0 } },
  { 5, { 0, 0, 7, 0 }, { 0, 0, 5, 0 } },
  { 3, { G_MAXINT64, G_MAXINT64, G_MAXINT64, 0 }, { 1, 1, 1, 0 } },
  { G_MAXINT64, { G_MAXINT64, 0, 0, 0 }, { G_MAXINT64, 0, 0, 0 } },
};

START_TEST (what_is_spread_is_spread_by_largest_remainder)
{
  gint64 shares[4];
  retour_money_spread (spreads[_i].amount, spreads[_i].weights, 4, shares);
  for (int j = 0; j < 4; j++)
    ck_assert_int_eq (shares[j], spreads[_i].shares[j]);
}
END_TEST

START_TEST (no_unit_is_lost_however_it_is_spread)
{
  GRand *random = g_rand_new_with_seed (20261124);
  for (int i = 0; i < 20000; i++)
    {
      gint64 weights[6], shares[6], sum = 0, total = 0;
      int n = g_rand_int_range (random, 1, 7);
      gint64 amount = ((gint64) g_rand_int (random) << 20) >> g_rand_int_range (random, 0, 50);
      for (int j = 0; j < n; j++)
        total += weights[j] = g_rand_int_range (random, 0, 1000);
      retour_money_spread (amount, weights, (gsize) n, shares);
      for (int j = 0; j < n; j++)
        {
          sum += shares[j];
          ck_assert_int_ge (shares[j], 0);
          if (total > 0)
            ck_assert (shares[j] * total > amount * weights[j] - total
                       && shares[j] * total < amount * weights[j] + total);
        }
      ck_assert_int_eq (sum, amount);
    }
  g_rand_free (random);
}
END_TEST

static const struct
{
  gint64 amount;
  const char *currency, *french, *english, *plain;
} spellings[] = {
  { 8340, "EUR", "83,40\u00a0€", "€83.40", "83.40" },
  { 0, "EUR", "0,00\u00a0€", "€0.00", "0.00" },
  { 5, "EUR", "0,05\u00a0€", "€0.05", "0.05" },
  { 123400, "EUR", "1\u202f234,00\u00a0€", "€1,234.00", "1234.00" },
  { -459, "EUR", "\u22124,59\u00a0€", "\u2212€4.59", "-4.59" },
  { 123456789012, "GBP", "1\u202f234\u202f567\u202f890,12\u00a0£", "£1,234,567,890.12", "1234567890.12" },
  { 1200, "JPY", "1\u202f200\u00a0¥", "¥1,200", "1200" },
  { 1250, "KWD", "1,250\u00a0KWD", "KWD\u00a01.250", "1.250" },
  { 100, "USD", "1,00\u00a0$", "$1.00", "1.00" },
  { 100, "XXX", "1,00\u00a0XXX", "XXX\u00a01.00", "1.00" },
  { G_MININT64, "JPY", "\u22129\u202f223\u202f372\u202f036\u202f854\u202f775\u202f808\u00a0¥",
    "\u2212¥9,223,372,036,854,775,808", "-9223372036854775808" },
};

START_TEST (an_amount_is_spelt_as_its_readers_expect)
{
  g_autofree char *french = retour_money_format (spellings[_i].amount, spellings[_i].currency, RETOUR_LANGUAGE_FRENCH);
  g_autofree char *english =
      retour_money_format (spellings[_i].amount, spellings[_i].currency, RETOUR_LANGUAGE_ENGLISH);
  g_autofree char *plain = retour_money_format_plain (spellings[_i].amount, spellings[_i].currency);
  ck_assert_str_eq (french, spellings[_i].french);
  ck_assert_str_eq (english, spellings[_i].english);
  ck_assert_str_eq (plain, spellings[_i].plain);
}
END_TEST

START_TEST (a_sign_is_shown_where_it_is_asked_for)
{
  g_autofree char *more = retour_money_format_signed (1226, "EUR", RETOUR_LANGUAGE_FRENCH);
  g_autofree char *none = retour_money_format_signed (0, "EUR", RETOUR_LANGUAGE_FRENCH);
  g_autofree char *less = retour_money_format_signed (-1226, "EUR", RETOUR_LANGUAGE_ENGLISH);
  ck_assert_str_eq (more, "+12,26\u00a0€");
  ck_assert_str_eq (none, "0,00\u00a0€");
  ck_assert_str_eq (less, "\u2212€12.26");
}
END_TEST

START_TEST (a_currency_is_three_capital_letters)
{
  ck_assert (retour_currency_is_valid ("EUR"));
  const char *wrong[] = { NULL, "", "EU", "EURO", "eur", "E1R", "ÉUR" };
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    ck_assert (!retour_currency_is_valid (wrong[i]));
  ck_assert_uint_eq (retour_currency_exponent ("EUR"), 2);
  ck_assert_uint_eq (retour_currency_exponent ("JPY"), 0);
  ck_assert_uint_eq (retour_currency_exponent ("KWD"), 3);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("money");
  TCase *tcase = tcase_create ("money");
  tcase_add_test (tcase, sums_and_products_say_when_they_do_not_fit);
  tcase_add_loop_test (tcase, halves_are_rounded_up, 0, G_N_ELEMENTS (divisions));
  tcase_add_test (tcase, a_quotient_that_does_not_fit_is_refused);
  tcase_add_loop_test (tcase, what_is_spread_is_spread_by_largest_remainder, 0, G_N_ELEMENTS (spreads));
  tcase_add_test (tcase, no_unit_is_lost_however_it_is_spread);
  tcase_add_loop_test (tcase, an_amount_is_spelt_as_its_readers_expect, 0, G_N_ELEMENTS (spellings));
  tcase_add_test (tcase, a_sign_is_shown_where_it_is_asked_for);
  tcase_add_test (tcase, a_currency_is_three_capital_letters);
  suite_add_tcase (suite, tcase);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
