/* SPDX-License-Identifier: Apache-2.0 */
/* What is a scan and what is typing, by times alone. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "scan-burst.h"

static RetourKey
character (gunichar what, guint32 time)
{
  return (RetourKey){ .kind = RETOUR_KEY_CHARACTER, .time = time, .character = what, .us_character = what };
}

static RetourKey
other (RetourKeyKind kind, gunichar what, guint32 time)
{
  return (RetourKey){ .kind = kind, .time = time, .character = what, .us_character = what };
}

/* Feeds a text with the same gap between its keys, the first at `*time`, which gets the time of the last. The verdict of the
 * last key. */
static RetourBurstVerdict
feed (RetourScanBurst *burst, const char *text, guint32 gap, guint32 *time)
{
  RetourBurstVerdict verdict = RETOUR_BURST_PASS;

  for (gsize i = 0; text[i] != '\0'; i++)
    {
      RetourKey key = character ((gunichar) text[i], *time + (guint32) i * gap);

      verdict = retour_scan_burst_key (burst, &key);
    }
  *time += ((guint32) strlen (text) - 1) * gap;
  return verdict;
}

static const struct
{
  const char *what, *text;
  guint32 gap, before_end;
  gboolean scan;
} endings[] = {
  { "an order number at 3 ms", "1048-7213", 3, 3, TRUE },
  { "an order number at the slowest a scanner types", "1048-7213", 30, 30, TRUE },
  { "four characters are enough", "1048", 5, 5, TRUE },
  { "three are not", "104", 5, 5, FALSE },
  { "one is not", "1", 5, 5, FALSE },
  { "a hand's fastest", "1048-7213", 45, 45, FALSE },
  { "just over the mean", "1048-7213", 31, 31, FALSE },
  { "the end comes a little later", "1048-7213", 3, 90, TRUE },
  { "the end comes after the silence", "1048-7213", 3, 130, FALSE },
  { "one key held down", "111111111", 20, 20, FALSE },
};

START_TEST (test_enter_ends_a_scan)
{
  g_autoptr (RetourScanBurst) burst = retour_scan_burst_new ();
  guint32 time = 1000;
  RetourKey enter;

  feed (burst, endings[_i].text, endings[_i].gap, &time);
  enter = other (RETOUR_KEY_TERMINATOR, '\r', time + endings[_i].before_end);
  ck_assert_msg ((retour_scan_burst_key (burst, &enter) == RETOUR_BURST_SCAN) == endings[_i].scan, "%s",
                 endings[_i].what);
  if (endings[_i].scan)
    {
      g_autofree char *us = NULL;
      g_autofree char *text = retour_scan_burst_take (burst, &us);

      ck_assert_str_eq (text, endings[_i].text);
      ck_assert_str_eq (us, endings[_i].text);
    }
}
END_TEST

START_TEST (test_silence_ends_a_scan)
{
  g_autoptr (RetourScanBurst) burst = retour_scan_burst_new ();
  g_autofree char *us = NULL;
  g_autofree char *text = NULL;
  guint32 time = 1000;

  feed (burst, "104", 5, &time);
  ck_assert_uint_eq (retour_scan_burst_patience (burst), 40);
  time += 5;
  feed (burst, "8", 5, &time);
  ck_assert_uint_eq (retour_scan_burst_patience (burst), 100);
  ck_assert_int_eq (retour_scan_burst_silence (burst), RETOUR_BURST_SCAN);
  text = retour_scan_burst_take (burst, &us);
  ck_assert_str_eq (text, "1048");
}
END_TEST

START_TEST (test_silence_gives_typing_back)
{
  g_autoptr (RetourScanBurst) burst = retour_scan_burst_new ();
  guint32 time = 1000;

  ck_assert_int_eq (feed (burst, "a", 5, &time), RETOUR_BURST_HOLD);
  ck_assert_int_eq (retour_scan_burst_silence (burst), RETOUR_BURST_FLUSH);
  ck_assert_int_eq (retour_scan_burst_silence (burst), RETOUR_BURST_PASS);
}
END_TEST

START_TEST (test_each_typed_key_starts_anew)
{
  g_autoptr (RetourScanBurst) burst = retour_scan_burst_new ();
  guint32 time = 1000;

  ck_assert_int_eq (feed (burst, "r", 0, &time), RETOUR_BURST_HOLD);
  time += 36;
  ck_assert_int_eq (feed (burst, "o", 0, &time), RETOUR_BURST_RESTART);
  time += 90;
  ck_assert_int_eq (feed (burst, "u", 0, &time), RETOUR_BURST_RESTART);
}
END_TEST

START_TEST (test_enter_alone_passes)
{
  g_autoptr (RetourScanBurst) burst = retour_scan_burst_new ();
  const RetourKey enter = other (RETOUR_KEY_TERMINATOR, '\r', 1000);

  ck_assert_int_eq (retour_scan_burst_key (burst, &enter), RETOUR_BURST_PASS);
}
END_TEST

START_TEST (test_late_enter_of_a_scan_presses_nothing)
{
  g_autoptr (RetourScanBurst) burst = retour_scan_burst_new ();
  g_autofree char *us = NULL;
  guint32 time = 1000;
  RetourKey enter;

  feed (burst, "1048-7213", 5, &time);
  ck_assert_int_eq (retour_scan_burst_silence (burst), RETOUR_BURST_SCAN);
  g_free (retour_scan_burst_take (burst, &us));
  enter = other (RETOUR_KEY_TERMINATOR, '\r', time + 200);
  ck_assert_int_eq (retour_scan_burst_key (burst, &enter), RETOUR_BURST_SWALLOW);
  ck_assert_int_eq (retour_scan_burst_key (burst, &enter), RETOUR_BURST_PASS);
}
END_TEST

START_TEST (test_keys_typed_over_each_other_keep_their_order)
{
  g_autoptr (RetourScanBurst) burst = retour_scan_burst_new ();
  guint32 time = 1000;
  RetourKey backspace;

  feed (burst, "a", 0, &time);
  backspace = other (RETOUR_KEY_OTHER, 0, time + 10);
  ck_assert_int_eq (retour_scan_burst_key (burst, &backspace), RETOUR_BURST_FLUSH);
  ck_assert_int_eq (retour_scan_burst_key (burst, &backspace), RETOUR_BURST_PASS);
}
END_TEST

START_TEST (test_shift_is_no_part_of_it)
{
  g_autoptr (RetourScanBurst) burst = retour_scan_burst_new ();
  g_autofree char *us = NULL;
  g_autofree char *text = NULL;
  const RetourKey shift = other (RETOUR_KEY_MODIFIER, 0, 1006);
  RetourKey enter;
  guint32 time = 1000;

  feed (burst, "RL", 4, &time);
  ck_assert_int_eq (retour_scan_burst_key (burst, &shift), RETOUR_BURST_PASS);
  time += 4;
  feed (burst, "900", 4, &time);
  enter = other (RETOUR_KEY_TERMINATOR, '\t', time + 4);
  ck_assert_int_eq (retour_scan_burst_key (burst, &enter), RETOUR_BURST_SCAN);
  text = retour_scan_burst_take (burst, &us);
  ck_assert_str_eq (text, "RL900");
}
END_TEST

START_TEST (test_group_separator_stays_other_controls_go)
{
  g_autoptr (RetourScanBurst) burst = retour_scan_burst_new ();
  g_autofree char *us = NULL;
  g_autofree char *text = NULL;
  RetourKey separator, bell, enter;
  guint32 time = 1000;

  feed (burst, "10AB", 4, &time);
  separator = other (RETOUR_KEY_CONTROL, 0x1D, time + 4);
  bell = other (RETOUR_KEY_CONTROL, 0x07, time + 6);
  ck_assert_int_eq (retour_scan_burst_key (burst, &separator), RETOUR_BURST_HOLD);
  ck_assert_int_eq (retour_scan_burst_key (burst, &bell), RETOUR_BURST_SWALLOW);
  time += 8;
  feed (burst, "21X", 4, &time);
  enter = other (RETOUR_KEY_CONTROL, '\r', time + 4);
  ck_assert_int_eq (retour_scan_burst_key (burst, &enter), RETOUR_BURST_SCAN);
  text = retour_scan_burst_take (burst, &us);
  ck_assert_str_eq (text, "10AB\x1d"
                          "21X");
}
END_TEST

START_TEST (test_shortcuts_outside_a_scan_pass)
{
  g_autoptr (RetourScanBurst) burst = retour_scan_burst_new ();
  const RetourKey find = other (RETOUR_KEY_CONTROL, 0x06, 1000);
  const RetourKey separator = other (RETOUR_KEY_CONTROL, 0x1D, 2000);

  ck_assert_int_eq (retour_scan_burst_key (burst, &find), RETOUR_BURST_PASS);
  ck_assert_int_eq (retour_scan_burst_key (burst, &separator), RETOUR_BURST_PASS);
}
END_TEST

START_TEST (test_both_layouts_are_kept)
{
  static const char french[] = "&à'_";
  static const char us[] = "1048";
  g_autoptr (RetourScanBurst) burst = retour_scan_burst_new ();
  g_autofree char *us_text = NULL;
  g_autofree char *text = NULL;
  RetourKey enter = other (RETOUR_KEY_TERMINATOR, '\r', 1020);
  const char *at = french;

  for (guint i = 0; i < 4; i++, at = g_utf8_next_char (at))
    {
      RetourKey key = character (g_utf8_get_char (at), 1000 + i * 4);

      key.us_character = (gunichar) us[i];
      retour_scan_burst_key (burst, &key);
    }
  ck_assert_int_eq (retour_scan_burst_key (burst, &enter), RETOUR_BURST_SCAN);
  text = retour_scan_burst_take (burst, &us_text);
  ck_assert_str_eq (text, french);
  ck_assert_str_eq (us_text, us);
}
END_TEST

START_TEST (test_times_may_wrap)
{
  g_autoptr (RetourScanBurst) burst = retour_scan_burst_new ();
  guint32 time = G_MAXUINT32 - 10;
  RetourKey enter;

  feed (burst, "1048-7213", 5, &time);
  enter = other (RETOUR_KEY_TERMINATOR, '\r', time + 5);
  ck_assert_int_eq (retour_scan_burst_key (burst, &enter), RETOUR_BURST_SCAN);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("scan-burst");
  TCase *tests = tcase_create ("times");
  SRunner *runner;
  int failed;

  tcase_add_loop_test (tests, test_enter_ends_a_scan, 0, G_N_ELEMENTS (endings));
  tcase_add_test (tests, test_silence_ends_a_scan);
  tcase_add_test (tests, test_silence_gives_typing_back);
  tcase_add_test (tests, test_each_typed_key_starts_anew);
  tcase_add_test (tests, test_enter_alone_passes);
  tcase_add_test (tests, test_late_enter_of_a_scan_presses_nothing);
  tcase_add_test (tests, test_keys_typed_over_each_other_keep_their_order);
  tcase_add_test (tests, test_shift_is_no_part_of_it);
  tcase_add_test (tests, test_group_separator_stays_other_controls_go);
  tcase_add_test (tests, test_shortcuts_outside_a_scan_pass);
  tcase_add_test (tests, test_both_layouts_are_kept);
  tcase_add_test (tests, test_times_may_wrap);
  suite_add_tcase (suite, tests);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
