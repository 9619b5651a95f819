/* SPDX-License-Identifier: Apache-2.0 */
/* What a scan is taken for. */
#include "keyboard-layout.h"
#include "proof.h"
#include "return-number.h"
#include "scan-cases.h"

#include <check.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static RetourScanShapes *
make_shapes (void)
{
  RetourScanShapes *shapes = retour_scan_shapes_new ();

  g_strfreev (shapes->order);
  shapes->order = g_strsplit ("W########|####-####", "|", -1);
  g_strfreev (shapes->return_label);
  shapes->return_label = g_strsplit ("RL*", "|", -1);
  g_strfreev (shapes->staff);
  shapes->staff = g_strsplit ("STF-*", "|", -1);
  g_strfreev (shapes->tracking);
  shapes->tracking = g_strsplit ("8V###########|@@#########FR|1Z*|############", "|", -1);
  g_strfreev (shapes->order_url);
  shapes->order_url = g_strsplit ("https://www.example.fr/o/{order}|https://example.be/?no={order}&lang=fr", "|", -1);
  shapes->gdti = g_strdup ("9521234567899");
  return shapes;
}

/* What a cache would know: codes of no shape of their own, and a number that is nothing but digits. */
static RetourScanKind
look_up (const char *text, gpointer user_data)
{
  static const struct
  {
    const char *code;
    RetourScanKind kind;
  } cached[] = { { "612345678912", RETOUR_SCAN_PARCEL },  { "ODD/CODE", RETOUR_SCAN_ORDER },
                 { "LABEL 7", RETOUR_SCAN_RETURN_LABEL }, { "03612345678904", RETOUR_SCAN_ORDER },
                 { "(10)LOT", RETOUR_SCAN_PARCEL },       { "(10)LOT€", RETOUR_SCAN_PARCEL } };

  ck_assert_str_ne (text, "");
  for (guint i = 0; i < G_N_ELEMENTS (cached); i++)
    if (g_str_equal (text, cached[i].code))
      return cached[i].kind;
  return RETOUR_SCAN_UNKNOWN;
}

static char *
describe_elements (const RetourScan *scan)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < scan->elements->len; i++)
    {
      const RetourGs1Element *element = scan->elements->pdata[i];
      g_string_append_printf (text, "%s%s=%s", i > 0 ? "|" : "", element->ai, element->value);
    }
  return g_string_free (text, FALSE);
}

static void
check_case (const Case *expected, const RetourScanShapes *shapes, RetourScanLookup lookup)
{
  g_autoptr (RetourScan) scan = retour_scan_classify (expected->text, -1, shapes, lookup, NULL);
  g_autofree char *elements = describe_elements (scan);

  ck_assert_msg (scan->kind == expected->kind, "%s: %s, not %s", scan->visible, retour_scan_kind_code (scan->kind),
                 retour_scan_kind_code (expected->kind));
  ck_assert_msg (g_str_equal (scan->value, expected->value), "%s: value %s", scan->visible, scan->value);
  ck_assert_msg (g_strcmp0 (scan->symbology, expected->symbology) == 0, "%s: symbology %s", scan->visible,
                 scan->symbology);
  ck_assert_msg (g_str_equal (elements, expected->elements != NULL ? expected->elements : ""), "%s: elements %s",
                 scan->visible, elements);
  ck_assert_msg (g_strcmp0 (scan->wrong_element, expected->wrong) == 0, "%s: wrong %s", scan->visible,
                 scan->wrong_element);
  ck_assert_msg ((scan->wrong_reason != NULL) == (expected->wrong != NULL), "%s: %s", scan->visible,
                 scan->wrong_reason);
  ck_assert_msg (scan->repaired == expected->repaired, "%s: repaired %d", scan->visible, scan->repaired);
  ck_assert (scan->tried[0] != NULL);
}

START_TEST (scans_with_the_chain_s_shapes)
{
  g_autoptr (RetourScanShapes) shapes = make_shapes ();

  for (guint i = 0; i < G_N_ELEMENTS (chain_cases); i++)
    check_case (&chain_cases[i], shapes, look_up);
}
END_TEST

START_TEST (scans_without_shapes_or_cache)
{
  for (guint i = 0; i < G_N_ELEMENTS (bare_cases); i++)
    check_case (&bare_cases[i], NULL, NULL);
}
END_TEST

START_TEST (scans_through_the_wrong_layout)
{
  g_autoptr (RetourScanShapes) shapes = make_shapes ();

  for (guint i = 0; i < G_N_ELEMENTS (repaired_cases); i++)
    check_case (&repaired_cases[i], shapes, look_up);
}
END_TEST

START_TEST (commands_are_parsed)
{
  static const struct
  {
    const char *text;
    RetourScanCommand command;
    const char *code;
  } cases[] = { { "RC:confirm", RETOUR_SCAN_COMMAND_CONFIRM, NULL },
                { "RC:back", RETOUR_SCAN_COMMAND_BACK, NULL },
                { "RC:next", RETOUR_SCAN_COMMAND_NEXT, NULL },
                { "RC:undo", RETOUR_SCAN_COMMAND_UNDO, NULL },
                { "RC:reason:size_small", RETOUR_SCAN_COMMAND_REASON, "size_small" },
                { "RC:condition:new_sealed", RETOUR_SCAN_COMMAND_CONDITION, "new_sealed" },
                { "W10004217", RETOUR_SCAN_COMMAND_NONE, NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RetourScan) scan = retour_scan_classify (cases[i].text, -1, NULL, NULL, NULL);
      ck_assert_int_eq (scan->command, cases[i].command);
      ck_assert_int_eq (scan->kind == RETOUR_SCAN_COMMAND, cases[i].command != RETOUR_SCAN_COMMAND_NONE);
      ck_assert_msg (g_strcmp0 (scan->command_code, cases[i].code) == 0, "%s", scan->command_code);
    }
}
END_TEST

START_TEST (a_proof_token_gives_its_return_number_even_through_the_wrong_layout)
{
  guint8 public_key[RETOUR_PROOF_PUBLIC_KEY_BYTES], secret_key[RETOUR_PROOF_SECRET_KEY_BYTES];
  g_autoptr (RetourProofContent) content = retour_proof_content_new ();
  g_autofree char *number = retour_return_number_format ("0214", 'A', 381);

  retour_proof_key_generate (public_key, secret_key);
  ck_assert (retour_return_number_parse (number, &content->number));
  for (content->units = 1; content->units < 40; content->units++)
    {
      g_autofree char *token = retour_proof_sign (content, secret_key, NULL);
      g_autofree char *with_symbology = g_strconcat ("]Q1", token, "\r\n", NULL);
      g_autofree char *typed = NULL;
      g_autoptr (GString) wrong = g_string_new (NULL);
      /* The inverse of the repair, found by asking it for each key of the French layout. */
      static const char *const french[] = { "&", "é", "\"", "'", "(", "-", "è", "_", "ç", "à", ")", "=",
                                            "1", "2", "3",  "4", "5", "6", "7", "8", "9", "0", "+", ":",
                                            "!", ";", ".",  "?", "M", "Q", "A", "Z", "W", "/" };
      for (const char *p = token; *p != '\0'; p++)
        {
          const char key[] = { *p, '\0' };
          const char *found = key;
          for (guint i = 0; i < G_N_ELEMENTS (french); i++)
            {
              g_autofree char *meant = retour_keyboard_azerty_to_qwerty (french[i]);
              if (g_str_equal (meant, key))
                found = french[i];
            }
          g_string_append (wrong, found);
        }
      typed = g_string_free (g_steal_pointer (&wrong), FALSE);
      const char *forms[] = { token, with_symbology, typed };
      for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
        {
          g_autoptr (RetourScan) scan = retour_scan_classify (forms[i], -1, NULL, NULL, NULL);
          ck_assert_msg (scan->kind == RETOUR_SCAN_PROOF, "%s", forms[i]);
          ck_assert_msg (g_str_equal (scan->value, number), "%s: %s", forms[i], scan->value);
          ck_assert_int_eq (scan->repaired, i == 2);
          ck_assert_str_eq (scan->text, token);
        }
    }
}
END_TEST

START_TEST (what_was_tried_is_told)
{
  g_autoptr (RetourScanShapes) shapes = make_shapes ();
  static const struct
  {
    const char *text, *tried;
    gboolean cached;
  } cases[] = {
    { "?!",
      "proof_token command order_url order return_label staff digital_link element_string sscc gtin return_number "
      "tracking cached_order keyboard_layout",
      TRUE },
    { "?!",
      "proof_token command order_url order return_label staff digital_link element_string sscc gtin return_number "
      "tracking keyboard_layout",
      FALSE },
    { "]E0?!",
      "proof_token command order_url digital_link element_string sscc gtin return_number tracking "
      "keyboard_layout",
      FALSE },
    { "]C1?!", "proof_token command order_url order return_label staff digital_link element_string keyboard_layout",
      FALSE },
    { "https://example.fr/01/1", "proof_token command order_url order return_label staff digital_link keyboard_layout",
      FALSE },
    { "\xff", "proof_token", FALSE },
    { "RC:back", "proof_token command", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RetourScan) scan =
          retour_scan_classify (cases[i].text, -1, shapes, cases[i].cached ? look_up : NULL, NULL);
      g_autofree char *tried = g_strjoinv (" ", scan->tried);
      ck_assert_str_eq (tried, cases[i].tried);
    }
}
END_TEST

START_TEST (the_configured_substitute_separates)
{
  g_autoptr (RetourScanShapes) shapes = make_shapes ();
  static const Case cases[] = {
    { "010361234567890421SN42%10LOT", RETOUR_SCAN_PRODUCT, "03612345678904", NULL, "01=03612345678904|21=SN42|10=LOT" },
    { "400W10004217%10LOT", RETOUR_SCAN_ORDER, "W10004217", NULL, "400=W10004217|10=LOT" },
    { "400W10004217" GS "10LOT", RETOUR_SCAN_ORDER, "W10004217", NULL, "400=W10004217|10=LOT" },
    { "ABC%DEF", RETOUR_SCAN_UNKNOWN, "ABC%DEF", NULL, NULL, "AB" },
    { "https://example.fr/01/09506000134352/21/a%2Fb", RETOUR_SCAN_PRODUCT, "09506000134352", NULL,
      "01=09506000134352|21=a/b" },
  };

  shapes->separator = '%';
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_case (&cases[i], shapes, look_up);
  g_autoptr (RetourScanShapes) copy = retour_scan_shapes_copy (shapes);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_case (&cases[i], copy, look_up);
}
END_TEST

START_TEST (bytes_that_are_no_text_are_shown_and_unknown)
{
  static const struct
  {
    const char *bytes;
    gssize length;
    const char *visible;
    RetourScanKind kind;
  } cases[] = {
    { "A\0B", 3, "A␀B", RETOUR_SCAN_UNKNOWN },
    { "\0", 1, "␀", RETOUR_SCAN_UNKNOWN },
    { "03612345678904\0", 15, "03612345678904␀", RETOUR_SCAN_UNKNOWN },
    { "STF-\xff", 5, "STF-�", RETOUR_SCAN_UNKNOWN },
    { "\xc3", 1, "�", RETOUR_SCAN_UNKNOWN },
    { "\xe2\x82", 2, "��", RETOUR_SCAN_UNKNOWN },
    { "RT1:\xff\0", 6, "RT1:�␀", RETOUR_SCAN_PROOF },
    { "STF-\x1b[2J", 8, "STF-␛[2J", RETOUR_SCAN_UNKNOWN },
    { "A\x7f", 2, "A␡", RETOUR_SCAN_UNKNOWN },
    { "STF-\xc2\x85", 6, "STF-�", RETOUR_SCAN_UNKNOWN },
    { "\x01\x02\x1f", 3, "␁␂␟", RETOUR_SCAN_UNKNOWN },
    { "A\rB", 3, "A␍B", RETOUR_SCAN_UNKNOWN },
    { "03612345678904" GS "X", 14, "03612345678904", RETOUR_SCAN_PRODUCT },
  };
  g_autoptr (RetourScanShapes) shapes = make_shapes ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RetourScan) scan = retour_scan_classify (cases[i].bytes, cases[i].length, shapes, NULL, NULL);
      ck_assert_str_eq (scan->visible, cases[i].visible);
      ck_assert_msg (scan->kind == cases[i].kind, "%s", scan->visible);
      ck_assert_str_eq (scan->value, cases[i].visible);
    }
}
END_TEST

START_TEST (long_texts_are_unknown_and_whole)
{
  static const gsize lengths[] = { RETOUR_SCAN_MAX, RETOUR_SCAN_MAX + 1, 10000, 1000000 };
  g_autoptr (RetourScanShapes) shapes = make_shapes ();

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *filling = g_strnfill (lengths[i] - 2, 'x');
      g_autofree char *label = g_strconcat ("RL", filling, "\r\n", NULL);
      g_autoptr (RetourScan) scan = retour_scan_classify (label, -1, shapes, NULL, NULL);
      ck_assert_int_eq (scan->kind, i == 0 ? RETOUR_SCAN_RETURN_LABEL : RETOUR_SCAN_UNKNOWN);
      ck_assert_uint_eq (strlen (scan->value), lengths[i]);
      ck_assert (i == 0 || g_str_equal (scan->tried[0], "length"));
    }
}
END_TEST

START_TEST (patterns_match_as_written)
{
  static const struct
  {
    const char *pattern, *text;
    gboolean matches;
  } cases[] = {
    { "", "", TRUE },           { "", "A", FALSE },          { "A", "", FALSE },
    { "A", "A", TRUE },         { "A", "a", FALSE },         { "#", "5", TRUE },
    { "#", "A", FALSE },        { "#", "٣", FALSE },         { "@", "a", TRUE },
    { "@", "Z", TRUE },         { "@", "é", FALSE },         { "@", "5", FALSE },
    { "*", "", FALSE },         { "*", "x", TRUE },          { "*", "é€", TRUE },
    { "*", "a\nb", FALSE },     { "*", "a\xc2\x85", FALSE }, { "RL*", "RL", FALSE },
    { "RL*", "RL1", TRUE },     { "RL*", "rl1", FALSE },     { "*X", "X", FALSE },
    { "*X", "XX", TRUE },       { "*X", "aXbX", TRUE },      { "*X", "aXb", FALSE },
    { "**", "a", FALSE },       { "**", "ab", TRUE },        { "a*b*c", "abbc", FALSE },
    { "a*b*c", "axbxc", TRUE }, { "a*b*c", "axbxcc", TRUE }, { "a*b*c", "axbxcd", FALSE },
    { "é*", "éa", TRUE },       { "*é", "aé", TRUE },        { "*", "\xff", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    ck_assert_msg (retour_scan_shape_matches (cases[i].pattern, cases[i].text) == cases[i].matches, "%s on %s",
                   cases[i].pattern, cases[i].text);
}
END_TEST

/* Many stars against a text that nearly fits: quadratic, never exponential. */
START_TEST (a_nasty_pattern_takes_no_time)
{
  g_autofree char *text = g_strnfill (4000, 'a');

  ck_assert (!retour_scan_shape_matches ("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", text));
}
END_TEST

START_TEST (order_addresses_are_read)
{
  static const struct
  {
    const char *pattern, *text, *order;
  } cases[] = {
    { "https://www.example.fr/o/{order}", "https://www.example.fr/o/W1", "W1" },
    { "https://www.example.fr/o/{order}", "HTTPS://WWW.Example.FR/o/W1", "W1" },
    { "https://www.example.fr/o/{order}", "https://www.example.fr/O/W1", NULL },
    { "https://www.example.fr/o/{order}", "http://www.example.fr/o/W1", NULL },
    { "https://www.example.fr/o/{order}", "https://www.example.fr/o/", NULL },
    { "https://www.example.fr/o/{order}", "https://www.example.fr/o/W1/", "W1" },
    { "https://www.example.fr/o/{order}", "https://www.example.fr/o/W1?utm=mail&x=1", "W1" },
    { "https://www.example.fr/o/{order}", "https://www.example.fr/o/W1#top", "W1" },
    { "https://www.example.fr/o/{order}", "https://www.example.fr/o/W1/items", NULL },
    { "https://www.example.fr/o/{order}", "https://www.example.fr/o/W%201", "W 1" },
    { "https://www.example.fr/o/{order}", "https://www.example.fr/o/W%2F1", "W/1" },
    { "https://www.example.fr/o/{order}", "https://www.example.fr/o/W%001", NULL },
    { "https://www.example.fr/o/{order}", "https://www.example.fr/o/W%1", NULL },
    { "https://www.example.fr/o/{order}", "https://www.example.fr/o/W%0A1", NULL },
    { "https://www.example.fr/o/{order}", "https://www.example.fr/o/W%FF", NULL },
    { "https://www.example.fr/o/{order}", "https://www.example.fr.evil.test/o/W1", NULL },
    { "https://www.example.fr/o/{order}", "xhttps://www.example.fr/o/W1", NULL },
    { "https://www.example.fr/{order}/view", "https://www.example.fr/W1/view", "W1" },
    { "https://www.example.fr/{order}/view", "https://www.example.fr/W1/vie", NULL },
    { "https://www.example.fr/{order}.html", "https://www.example.fr/W1.html", "W1" },
    { "https://www.example.fr/{order}.html", "https://www.example.fr/.html", NULL },
    { "https://www.example.fr/?o={order}&l=fr", "https://www.example.fr/?o=W1&l=fr", "W1" },
    { "https://www.example.fr/?o={order}", "https://www.example.fr/?o=W1&l=fr", "W1" },
    { "https://www.example.fr/orders", "https://www.example.fr/orders", NULL },
    { "{order}", "W1", "W1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *order = retour_order_url_read (cases[i].pattern, cases[i].text);
      ck_assert_msg (g_strcmp0 (order, cases[i].order) == 0, "%s on %s: %s", cases[i].pattern, cases[i].text, order);
    }
}
END_TEST

/* Whatever comes, a kind is told, the value can be shown, and nothing is read beyond the bytes given. */
START_TEST (random_bytes_never_harm)
{
  static const char *const beginnings[] = { "",
                                            "",
                                            "]C1",
                                            "]Q3",
                                            "]E0",
                                            "(01)",
                                            "(10)",
                                            "01",
                                            "00",
                                            "RT1:",
                                            "RC:",
                                            "RL",
                                            "https://",
                                            "R0214A-",
                                            GS,
                                            "%",
                                            "é",
                                            "W1",
                                            "https://x/01/",
                                            "https://www.example.fr/o/",
                                            "010361234567890421" };
  static const char alphabet[] = "0123456789ABCabc()%/-:.?&=*#]" GS "\r\n\t \x01\x7f\xc3\xa9\xff";
  guint32 seed = g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (RetourScanShapes) shapes = make_shapes ();

  g_print ("# seed %u\n", seed);
  for (guint i = 0; i < 40000; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      const char *beginning = beginnings[g_rand_int_range (rand, 0, G_N_ELEMENTS (beginnings))];
      gint left = g_rand_int_range (rand, 0, i % 100 == 0 ? 4200 : 40);
      gboolean raw = g_rand_boolean (rand);
      g_byte_array_append (bytes, (const guint8 *) beginning, (guint) strlen (beginning));
      while (left-- > 0)
        {
          guint8 byte = raw ? (guint8) g_rand_int (rand)
                            : (guint8) alphabet[g_rand_int_range (rand, 0, (gint32) sizeof alphabet - 1)];
          g_byte_array_append (bytes, &byte, 1);
        }
      /* A copy of its exact size, so that a sanitizer sees a byte too far. */
      gsize size = bytes->len;
      g_autofree char *exact = g_memdup2 (bytes->data, size > 0 ? size : 1);
      shapes->separator = i % 3 == 0 ? '%' : '\0';
      g_autoptr (RetourScan) scan =
          retour_scan_classify (exact != NULL ? exact : "", (gssize) size, i % 2 == 0 ? shapes : NULL,
                                i % 5 == 0 ? look_up : NULL, NULL);
      ck_assert_uint_lt (scan->kind, RETOUR_N_SCAN_KINDS);
      ck_assert (scan->value != NULL && g_utf8_validate (scan->value, -1, NULL));
      ck_assert (g_utf8_validate (scan->visible, -1, NULL));
      ck_assert (scan->wrong_element == NULL || g_utf8_validate (scan->wrong_element, -1, NULL));
      ck_assert (scan->kind == RETOUR_SCAN_UNKNOWN || scan->wrong_element == NULL);
      ck_assert (scan->tried[0] != NULL);
      gboolean controls = FALSE;
      for (const char *p = scan->value; *p != '\0'; p = g_utf8_next_char (p))
        controls |= g_unichar_iscntrl (g_utf8_get_char (p));
      ck_assert_msg (!controls, "a control in the value of %s", scan->visible);
    }
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("scan");
  TCase *tables = tcase_create ("tables"), *shapes = tcase_create ("shapes"), *safety = tcase_create ("safety");

  tcase_add_test (tables, scans_with_the_chain_s_shapes);
  tcase_add_test (tables, scans_without_shapes_or_cache);
  tcase_add_test (tables, scans_through_the_wrong_layout);
  tcase_add_test (tables, commands_are_parsed);
  tcase_add_test (tables, a_proof_token_gives_its_return_number_even_through_the_wrong_layout);
  tcase_add_test (tables, what_was_tried_is_told);
  tcase_add_test (tables, the_configured_substitute_separates);
  suite_add_tcase (suite, tables);
  tcase_add_test (shapes, patterns_match_as_written);
  tcase_add_test (shapes, a_nasty_pattern_takes_no_time);
  tcase_add_test (shapes, order_addresses_are_read);
  suite_add_tcase (suite, shapes);
  tcase_add_test (safety, bytes_that_are_no_text_are_shown_and_unknown);
  tcase_add_test (safety, long_texts_are_unknown_and_whole);
  tcase_add_test (safety, random_bytes_never_harm);
  suite_add_tcase (suite, safety);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
