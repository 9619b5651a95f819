/* SPDX-License-Identifier: Apache-2.0 */
/* Instants, days, and which day an instant is where. */
#include "calendar.h"
#include "clock.h"

#include <check.h>
#include <stdlib.h>

static const struct
{
  const char *text;
  RetourInstant instant;
  const char *written; /* NULL: as `text` */
} instants[] = {
  { "1970-01-01T00:00:00Z", 0, NULL },
  { "1969-12-31T23:59:59Z", -1000000, NULL },
  { "2026-11-20T10:11:12Z", 1795169472000000, NULL },
  { "2026-11-20T10:11:12.5Z", 1795169472500000, NULL },
  { "2026-11-20T10:11:12.000001Z", 1795169472000001, NULL },
  { "2026-11-20T10:11:12.1234567Z", 1795169472123456, "2026-11-20T10:11:12.123456Z" },
  { "2026-11-20T11:11:12+01:00", 1795169472000000, "2026-11-20T10:11:12Z" },
  { "2026-11-20T04:41:12-05:30", 1795169472000000, "2026-11-20T10:11:12Z" },
  { "2026-11-20t10:11:12z", 1795169472000000, "2026-11-20T10:11:12Z" },
  { "2026-11-20 10:11:12Z", 1795169472000000, "2026-11-20T10:11:12Z" },
  { "2016-12-31T23:59:60Z", 1483228799000000, "2016-12-31T23:59:59Z" },
  { "2028-02-29T00:00:00Z", 1835395200000000, NULL },
  { "0000-01-01T00:00:00Z", -62167219200000000, NULL },
  { "9999-12-31T23:59:59Z", 253402300799000000, NULL },
};

START_TEST (an_instant_is_read_and_written)
{
  RetourInstant instant;
  ck_assert (retour_instant_parse (instants[_i].text, &instant));
  ck_assert_int_eq (instant, instants[_i].instant);
  g_autofree char *written = retour_instant_format (instant);
  ck_assert_str_eq (written, instants[_i].written != NULL ? instants[_i].written : instants[_i].text);
}
END_TEST

static const char *const no_instants[] = {
  "",
  "2026-11-20",
  "2026-11-20T10:11Z",
  "2026-11-20T10:11:12",
  "2026-11-20T10:11:12z0",
  "2026-11-20T24:00:00Z",
  "2026-11-20T10:60:00Z",
  "2026-11-20T10:11:61Z",
  "2026-11-20T10:11:12.Z",
  "2026-13-01T00:00:00Z",
  "2026-00-01T00:00:00Z",
  "2026-02-29T00:00:00Z",
  "2026-04-31T00:00:00Z",
  "2100-02-29T00:00:00Z",
  "26-11-20T10:11:12Z",
  "2026-11-20T10:11:12+0100",
  "2026-11-20T10:11:12+24:00",
  "2026-11-20T10:11:12+01",
  " 2026-11-20T10:11:12Z",
  "20261-1-20T10:11:12Z",
  "2026/11/20T10:11:12Z",
};

START_TEST (what_is_no_instant_is_refused)
{
  RetourInstant instant = 7;
  ck_assert_msg (!retour_instant_parse (no_instants[_i], &instant), "%s", no_instants[_i]);
  ck_assert_int_eq (instant, 7);
}
END_TEST

START_TEST (days_follow_one_another_through_common_and_leap_centuries)
{
  GDate *date = g_date_new_dmy (1, G_DATE_JANUARY, 1895);
  RetourDay day;
  ck_assert (retour_day_parse ("1895-01-01", &day));
  for (int i = 0; i < 106 * 366; i++, day++, g_date_add_days (date, 1))
    {
      g_autofree char *text = retour_day_format (day);
      g_autofree char *expected =
          g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (date), g_date_get_month (date), g_date_get_day (date));
      RetourDay again;
      ck_assert_str_eq (text, expected);
      ck_assert (retour_day_parse (text, &again) && again == day);
      ck_assert_int_eq (retour_day_weekday (day), (int) g_date_get_weekday (date));
    }
  g_date_free (date);
}
END_TEST

static const struct
{
  const char *instant, *zone, *day, *time;
} local[] = {
  { "2026-11-05T22:59:59Z", "Europe/Paris", "2026-11-05", "23:59" },
  { "2026-11-05T23:00:00Z", "Europe/Paris", "2026-11-06", "00:00" },
  { "2026-07-05T21:59:59Z", "Europe/Paris", "2026-07-05", "23:59" },
  { "2026-07-05T22:00:00Z", "Europe/Paris", "2026-07-06", "00:00" },
  { "2026-10-25T00:59:59Z", "Europe/Paris", "2026-10-25", "02:59" },
  { "2026-10-25T01:00:00Z", "Europe/Paris", "2026-10-25", "02:00" },
  { "2026-03-29T00:59:59Z", "Europe/Paris", "2026-03-29", "01:59" },
  { "2026-03-29T01:00:00Z", "Europe/Paris", "2026-03-29", "03:00" },
  { "2026-11-05T14:59:59Z", "Asia/Tokyo", "2026-11-05", "23:59" },
  { "2026-11-05T15:00:00Z", "Asia/Tokyo", "2026-11-06", "00:00" },
  { "2026-11-06T07:59:59Z", "America/Los_Angeles", "2026-11-05", "23:59" },
  { "2026-11-05T18:14:59Z", "Asia/Kathmandu", "2026-11-05", "23:59" },
  { "2026-11-05T18:15:00Z", "Asia/Kathmandu", "2026-11-06", "00:00" },
  { "2026-11-05T23:59:59Z", "UTC", "2026-11-05", "23:59" },
  { "1969-12-31T23:59:59.5Z", "UTC", "1969-12-31", "23:59" },
};

START_TEST (a_day_is_that_of_the_zone)
{
  RetourInstant instant;
  g_autoptr (GTimeZone) zone = retour_time_zone_new (local[_i].zone);
  ck_assert_ptr_nonnull (zone);
  ck_assert (retour_instant_parse (local[_i].instant, &instant));
  g_autofree char *day = retour_day_format (retour_instant_day (instant, zone));
  g_autofree char *time = retour_instant_format_time (instant, zone);
  ck_assert_str_eq (day, local[_i].day);
  ck_assert_str_eq (time, local[_i].time);
}
END_TEST

START_TEST (a_zone_that_the_system_does_not_know_is_none)
{
  static const char *const none[] = {
    "", "Europe/Lyon", "../../etc/passwd", "+02:00", "CET-1CEST,M3.5.0,M10.5.0/3", "/etc/localtime"
  };
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    ck_assert_msg (retour_time_zone_new (none[i]) == NULL, "%s", none[i]);
  g_autoptr (GTimeZone) paris = retour_time_zone_new ("Europe/Paris");
  g_autoptr (GTimeZone) tokyo = retour_time_zone_new ("Asia/Tokyo");
  g_autoptr (GTimeZone) again = retour_time_zone_new ("Europe/Paris");
  ck_assert_int_eq (retour_instant_day (1795169472000000, paris), retour_instant_day (1795169472000000, again));
  ck_assert_str_eq (g_time_zone_get_identifier (tokyo), "Asia/Tokyo");
}
END_TEST

static const struct
{
  const char *day, *words[RETOUR_N_LANGUAGES], *shorts[RETOUR_N_LANGUAGES], *longs[RETOUR_N_LANGUAGES];
} wordings[] = {
  { "2026-11-05",
    { "5 nov. 2026", "5 Nov 2026" },
    { "5 nov.", "5 Nov" },
    { "jeudi 5 novembre 2026", "Thursday 5 November 2026" } },
  { "2027-08-01",
    { "1er août 2027", "1 Aug 2027" },
    { "1er août", "1 Aug" },
    { "dimanche 1er août 2027", "Sunday 1 August 2027" } },
  { "2028-02-29",
    { "29 févr. 2028", "29 Feb 2028" },
    { "29 févr.", "29 Feb" },
    { "mardi 29 février 2028", "Tuesday 29 February 2028" } },
};

START_TEST (a_day_is_said_in_both_languages)
{
  RetourDay day;
  ck_assert (retour_day_parse (wordings[_i].day, &day));
  for (guint i = 0; i < RETOUR_N_LANGUAGES; i++)
    {
      g_autofree char *words = retour_day_format_words (day, i), *shorts = retour_day_format_short (day, i),
                      *longs = retour_day_format_long (day, i);
      ck_assert_str_eq (words, wordings[_i].words[i]);
      ck_assert_str_eq (shorts, wordings[_i].shorts[i]);
      ck_assert_str_eq (longs, wordings[_i].longs[i]);
    }
}
END_TEST

static RetourInstant
fixed_wall (gpointer self)
{
  return *(RetourInstant *) self;
}

START_TEST (a_clock_is_corrected_and_never_wraps)
{
  RetourInstant now = 100;
  RetourClock clock = { .wall = fixed_wall, .self = &now };
  ck_assert_int_eq (retour_clock_corrected (&clock, -30), 70);
  now = G_MAXINT64;
  ck_assert_int_eq (retour_clock_corrected (&clock, 1), G_MAXINT64);
}
END_TEST

START_TEST (a_language_is_told_by_its_first_subtag)
{
  ck_assert_int_eq (retour_language_parse ("fr-FR", RETOUR_LANGUAGE_ENGLISH), RETOUR_LANGUAGE_FRENCH);
  ck_assert_int_eq (retour_language_parse ("en_GB.UTF-8", RETOUR_LANGUAGE_FRENCH), RETOUR_LANGUAGE_ENGLISH);
  ck_assert_int_eq (retour_language_parse ("FR", RETOUR_LANGUAGE_ENGLISH), RETOUR_LANGUAGE_FRENCH);
  ck_assert_int_eq (retour_language_parse ("fro", RETOUR_LANGUAGE_ENGLISH), RETOUR_LANGUAGE_ENGLISH);
  ck_assert_int_eq (retour_language_parse (NULL, RETOUR_LANGUAGE_FRENCH), RETOUR_LANGUAGE_FRENCH);
  RetourWords words = { .text = { NULL, g_strdup ("only") } }, copy = { 0 };
  ck_assert_str_eq (retour_words_get (&words, RETOUR_LANGUAGE_FRENCH), "only");
  retour_words_copy (&copy, &words);
  retour_words_clear (&words);
  ck_assert_str_eq (retour_words_get (&copy, RETOUR_LANGUAGE_ENGLISH), "only");
  ck_assert_str_eq (retour_words_get (&words, RETOUR_LANGUAGE_ENGLISH), "");
  retour_words_clear (&copy);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("calendar");
  TCase *tcase = tcase_create ("calendar");
  tcase_add_loop_test (tcase, an_instant_is_read_and_written, 0, G_N_ELEMENTS (instants));
  tcase_add_loop_test (tcase, what_is_no_instant_is_refused, 0, G_N_ELEMENTS (no_instants));
  tcase_add_test (tcase, days_follow_one_another_through_common_and_leap_centuries);
  tcase_add_loop_test (tcase, a_day_is_that_of_the_zone, 0, G_N_ELEMENTS (local));
  tcase_add_test (tcase, a_zone_that_the_system_does_not_know_is_none);
  tcase_add_loop_test (tcase, a_day_is_said_in_both_languages, 0, G_N_ELEMENTS (wordings));
  tcase_add_test (tcase, a_clock_is_corrected_and_never_wraps);
  tcase_add_test (tcase, a_language_is_told_by_its_first_subtag);
  suite_add_tcase (suite, tcase);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
