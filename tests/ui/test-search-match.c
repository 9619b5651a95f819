/* SPDX-License-Identifier: Apache-2.0 */
/* Where a search found an order, how much of the customer it shows, how the link is worded. */
#include <check.h>
#include <stdlib.h>

#include "link-words.h"
#include "search-match.h"
#include "text.h"

static RetourOrderSummary
summary (void)
{
  return (RetourOrderSummary){
    .number = (char *) "1048-7213",
    .customer_name = (char *) "Zoé Dubois-Roussel",
    .email = (char *) "a.roussel@orange.fr",
    .phone = (char *) "+33 6 12 34 56 77",
  };
}

static const struct
{
  const char *query;
  RetourFound found;
} found[] = {
  { "rouss", RETOUR_FOUND_NAME | RETOUR_FOUND_EMAIL },
  { "ROUSS", RETOUR_FOUND_NAME | RETOUR_FOUND_EMAIL },
  { "zoe", RETOUR_FOUND_NAME },
  { "Zoé", RETOUR_FOUND_NAME },
  { "ussel", 0 },
  { "orange", RETOUR_FOUND_EMAIL },
  { "0612", RETOUR_FOUND_PHONE },
  { "06 12 34", RETOUR_FOUND_PHONE },
  { "+33612", RETOUR_FOUND_PHONE },
  { "7213", RETOUR_FOUND_NUMBER },
  { "1048-7", RETOUR_FOUND_NUMBER },
  { "zoe 1048", RETOUR_FOUND_NAME | RETOUR_FOUND_NUMBER },
  { "martin", 0 },
  { "", 0 },
};

START_TEST (test_fields_found)
{
  const RetourOrderSummary order = summary ();

  ck_assert_msg (retour_search_found (&order, found[_i].query) == found[_i].found, "%s", found[_i].query);
}
END_TEST

static const struct
{
  const char *email, *query, *shown;
} emails[] = {
  { "a.roussel@orange.fr", "rouss", "a.rouss•••@orange.fr" },
  { "a.roussel@orange.fr", "martin", "a.r•••@orange.fr" },
  { "roussel@free.fr", "roussel", "roussel@free.fr" },
  { "élodie@free.fr", "elod", "élod•••@free.fr" },
  { "x@free.fr", "zzz", "•••@free.fr" },
  { "no address", "no", "•••" },
};

START_TEST (test_email_shows_what_was_typed)
{
  g_autofree char *shown = retour_search_email (emails[_i].email, emails[_i].query);

  ck_assert_str_eq (shown, emails[_i].shown);
}
END_TEST

static const struct
{
  const char *phone, *query, *shown;
} phones[] = {
  { "+33612345677", "rouss", "06 •• •• •• 77" },
  { "06 12 34 56 77", "0612", "06 12 •• •• 77" },
  { "0033612345677", "3456", "06 •• 34 56 77" },
  { "0612345677", "77", "06 •• •• •• 77" },
};

START_TEST (test_phone_shows_what_was_typed)
{
  g_autofree char *shown = retour_search_phone (phones[_i].phone, phones[_i].query);

  ck_assert_str_eq (shown, phones[_i].shown);
}
END_TEST

START_TEST (test_contact_is_what_was_searched_for)
{
  RetourOrderSummary order = summary ();
  g_autofree char *by_phone = retour_search_contact (&order, "0612");
  g_autofree char *by_name = retour_search_contact (&order, "zoe");
  g_autofree char *none = NULL;

  ck_assert_str_eq (by_phone, "06 12 •• •• 77");
  ck_assert_str_eq (by_name, "a.r•••@orange.fr");
  order.email = order.phone = NULL;
  none = retour_search_contact (&order, "zoe");
  ck_assert_str_eq (none, "");
}
END_TEST

static const struct
{
  const char *text, *query, *marked; /* [ ] stand for the mark */
} marks[] = {
  { "Amandine Roussel", "rouss", "Amandine [Rouss]el" },
  { "Zoé Dubois-Roussel", "zoe rouss", "[Zoé] Dubois-[Rouss]el" },
  { "Carrousse", "rouss", "Carrousse" },
  { "A & B <c>", "b", "A &amp; [B] &lt;c&gt;" },
  { "Roussel", NULL, "Roussel" },
};

START_TEST (test_words_are_marked)
{
  g_autofree char *markup = retour_text_mark (marks[_i].text, marks[_i].query, NULL);
  g_autoptr (GRegex) open = g_regex_new ("<span[^>]*>", 0, 0, NULL);
  g_autofree char *opened = g_regex_replace_literal (open, markup, -1, 0, "[", 0, NULL);
  g_auto (GStrv) parts = g_strsplit (opened, "</span>", -1);
  g_autofree char *plain = g_strjoinv ("]", parts);

  ck_assert_str_eq (plain, marks[_i].marked);
}
END_TEST

static const struct
{
  guint64 count;
  RetourLanguage language;
  const char *words;
} counts[] = {
  { 0, RETOUR_LANGUAGE_FRENCH, "0" },
  { 999, RETOUR_LANGUAGE_ENGLISH, "999" },
  { 10000, RETOUR_LANGUAGE_ENGLISH, "10,000" },
  { 1234567, RETOUR_LANGUAGE_FRENCH, "1\u202f234\u202f567" },
};

START_TEST (test_counts_are_grouped)
{
  g_autofree char *words = retour_count_words (counts[_i].count, counts[_i].language);

  ck_assert_str_eq (words, counts[_i].words);
}
END_TEST

START_TEST (test_each_link_state_has_words)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  for (guint state = RETOUR_LINK_UP_TO_DATE; state <= RETOUR_LINK_PORTAL; state++)
    {
      const RetourLink link = { .state = (RetourLinkState) state, .since = RETOUR_INSTANT_NONE, .seconds_left = -1 };
      g_autofree char *title = retour_link_title (&link, zone);
      g_autofree char *explanation = retour_link_explanation (&link);
      const RetourSaying saying = retour_link_saying (&link);

      ck_assert_uint_gt (strlen (title), 0);
      ck_assert_uint_gt (strlen (explanation), 0);
      ck_assert_uint_gt (strlen (saying.words), 0);
      ck_assert_ptr_nonnull (saying.icon);
    }
}
END_TEST

START_TEST (test_a_clock_that_is_off_is_said)
{
  static const struct
  {
    gint64 seconds;
    const char *words;
  } rows[] = {
    { 0, NULL },
    { 120, NULL },
    { -120, NULL },
    { 181, "The clock of this terminal is 3 min behind the OMS’s." },
    { -3900, "The clock of this terminal is 1 h 05 min ahead of the OMS’s." },
    { 400 * 86400, "The clock of this terminal is 400 days behind the OMS’s." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *title = retour_clock_title (rows[i].seconds * RETOUR_SECOND);

      ck_assert_pstr_eq (title, rows[i].words);
    }
  g_free (retour_clock_title (G_MININT64));
}
END_TEST

START_TEST (test_chip_counts)
{
  RetourLink link = { .state = RETOUR_LINK_OFFLINE, .to_send = 3, .seconds_left = -1 };
  g_autofree char *waiting = retour_link_detail (&link);
  g_autofree char *share = NULL;

  ck_assert_str_eq (waiting, "3 to send");
  link = (RetourLink){ .state = RETOUR_LINK_PULLING, .pulled = 4500, .total = 10000 };
  share = retour_link_detail (&link);
  ck_assert_str_eq (share, "45 %");
  link = (RetourLink){ .state = RETOUR_LINK_UP_TO_DATE };
  ck_assert_ptr_null (retour_link_detail (&link));
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("search-match");
  TCase *tests = tcase_create ("closures");
  SRunner *runner;
  int failed;

  tcase_add_loop_test (tests, test_fields_found, 0, G_N_ELEMENTS (found));
  tcase_add_loop_test (tests, test_email_shows_what_was_typed, 0, G_N_ELEMENTS (emails));
  tcase_add_loop_test (tests, test_phone_shows_what_was_typed, 0, G_N_ELEMENTS (phones));
  tcase_add_test (tests, test_contact_is_what_was_searched_for);
  tcase_add_loop_test (tests, test_words_are_marked, 0, G_N_ELEMENTS (marks));
  tcase_add_loop_test (tests, test_counts_are_grouped, 0, G_N_ELEMENTS (counts));
  tcase_add_test (tests, test_each_link_state_has_words);
  tcase_add_test (tests, test_a_clock_that_is_off_is_said);
  tcase_add_test (tests, test_chip_counts);
  suite_add_tcase (suite, tests);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
