/* SPDX-License-Identifier: Apache-2.0 */
/* Decimals are kept exactly, and as they were written. */
#include "decimal.h"

#include <check.h>
#include <stdlib.h>

static const struct
{
  const char *text;
  gint64 ten_thousandths;
} right[] = {
  { "20.00", 200000 },  { "20", 200000 },      { "5.5", 55000 },
  { "0", 0 },           { "0.0001", 1 },       { "007", 70000 },
  { "100.0", 1000000 }, { "33.3333", 333333 }, { "922337203685477.5807", G_MAXINT64 },
};

START_TEST (a_decimal_is_kept_exactly_and_as_written)
{
  RetourDecimal decimal;
  ck_assert (retour_decimal_parse (right[_i].text, &decimal));
  ck_assert_int_eq (decimal.ten_thousandths, right[_i].ten_thousandths);
  ck_assert_str_eq (decimal.written, right[_i].text);
}
END_TEST

static const char *const wrong[] = {
  "",
  ".",
  "5.",
  ".5",
  "-1",
  "+1",
  "1e2",
  " 1",
  "1 ",
  "1,5",
  "1.00001",
  "1.2.3",
  "٣",
  "1x",
  "0x1",
  "922337203685477.5808",
  "99999999999999999999999",
  "000000000000000000000001",
};

START_TEST (what_is_no_decimal_is_refused)
{
  RetourDecimal decimal = { 7, "7" };
  ck_assert_msg (!retour_decimal_parse (wrong[_i], &decimal), "%s", wrong[_i]);
  ck_assert_int_eq (decimal.ten_thousandths, 7);
  ck_assert_str_eq (decimal.written, "7");
}
END_TEST

START_TEST (decimals_are_compared_as_numbers)
{
  RetourDecimal a, b;
  ck_assert (retour_decimal_parse ("20", &a) && retour_decimal_parse ("20.00", &b));
  ck_assert_int_eq (retour_decimal_compare (&a, &b), 0);
  ck_assert (retour_decimal_parse ("5.5", &a));
  ck_assert_int_lt (retour_decimal_compare (&a, &b), 0);
  ck_assert_int_gt (retour_decimal_compare (&b, &a), 0);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("decimal");
  TCase *tcase = tcase_create ("decimal");
  tcase_add_loop_test (tcase, a_decimal_is_kept_exactly_and_as_written, 0, G_N_ELEMENTS (right));
  tcase_add_loop_test (tcase, what_is_no_decimal_is_refused, 0, G_N_ELEMENTS (wrong));
  tcase_add_test (tcase, decimals_are_compared_as_numbers);
  suite_add_tcase (suite, tcase);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
