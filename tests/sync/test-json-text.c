/* SPDX-License-Identifier: Apache-2.0 */
/* What is JSON here and what is not, whatever the document. */
#include "json-reader.h"
#include "json-text.h"
#include "json-writer.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct
{
  const char *text;
  const char *problem; /* part of the message */
} Broken;

static const Broken broken[] = {
  { "", "expected a value" },
  { " \n", "expected a value" },
  { "{", "expected the name of a member" },
  { "{}}", "something follows the document" },
  { "{} {}", "something follows the document" },
  { "{}x", "something follows the document" },
  { "\xef\xbb\xbf{}", "expected a value" },
  { "[]", "expected an object" },
  { "null", "expected an object" },
  { "7", "expected an object" },
  { "{\"a\"}", "expected a colon" },
  { "{\"a\":}", "expected a value" },
  { "{\"a\":1,}", "expected the name of a member" },
  { "{,}", "expected the name of a member" },
  { "{a:1}", "expected the name of a member" },
  { "{'a':1}", "expected the name of a member" },
  { "{\"a\":1 \"b\":2}", "expected a comma or }" },
  { "{\"a\":[1 2]}", "expected a comma or ]" },
  { "{\"a\":[1,]}", "expected a value" },
  { "{\"a\":tru}", "expected a value" },
  { "{\"a\":True}", "expected a value" },
  { "{\"a\":NaN}", "expected a value" },
  { "{\"a\":Infinity}", "expected a value" },
  { "{\"a\":-Infinity}", "expected a value" },
  { "{\"a\":+1}", "expected a value" },
  { "{\"a\":01}", "may not begin with 0" },
  { "{\"a\":-01}", "may not begin with 0" },
  { "{\"a\":.5}", "expected a value" },
  { "{\"a\":1.}", "expected a digit" },
  { "{\"a\":1e}", "expected a digit" },
  { "{\"a\":1e+}", "expected a digit" },
  { "{\"a\":0x10}", "expected a comma or }" },
  { "{\"a\":9223372036854775808}", "64 bits" },
  { "{\"a\":-9223372036854775809}", "64 bits" },
  { "{\"a\":100000000000000000000000}", "64 bits" },
  { "{\"a\":1e400}", "64 bits" },
  { "{\"a\":-1e400}", "64 bits" },
  { "{\"a\":1E99999999999999999999}", "64 bits" },
  { "{\"a\":123456789012345678901.5}", "64 bits" },
  { "{\"a\":1/*c*/}", "expected a comma or }" },
  { "{\"a\":1}//c", "something follows the document" },
  { "{\"a\":\"b}", "ends inside a string" },
  { "{\"a\":\"b\\", "unknown escape" },
  { "{\"a\":\"\\x41\"}", "unknown escape" },
  { "{\"a\":\"\\u12\"}", "four hexadecimal digits" },
  { "{\"a\":\"\\u12G4\"}", "four hexadecimal digits" },
  { "{\"a\":\"\\u0000\"}", "NUL" },
  { "{\"a\\u0000\":1}", "NUL" },
  { "{\"a\":\"\\ud800\"}", "surrogate" },
  { "{\"a\":\"\\ud800\\u0041\"}", "surrogate" },
  { "{\"a\":\"\\udc00\"}", "surrogate" },
  { "{\"a\":\"line\nbreak\"}", "control character" },
  { "{\"a\":\"tab\t\"}", "control character" },
  { "{\"a\":\"\x80\"}", "not UTF-8" },
  { "{\"a\":\"\xc3\"}", "not UTF-8" },
  { "{\"a\":\"\xc0\xaf\"}", "not UTF-8" },
  { "{\"a\":\"\xed\xa0\x80\"}", "not UTF-8" },
  { "{\"a\":\"\xf4\x90\x80\x80\"}", "not UTF-8" },
  { "{\"\xff\":1}", "not UTF-8" },
  { "{\"a\":1,\"a\":1}", "two members of one name" },
  { "{\"a\":1,\"b\":2,\"\\u0061\":3}", "two members of one name" },
  { "{\"b\":{\"a\":1,\"a\":1}}", "two members of one name" },
};

START_TEST (what_is_not_json_is_refused)
{
  GError *error = NULL;
  RetourJsonReader *reader = retour_json_reader_new (broken[_i].text, -1, &error);
  ck_assert_msg (reader == NULL, "accepted: %s", broken[_i].text);
  ck_assert_msg (strstr (error->message, broken[_i].problem) != NULL, "%s: %s", broken[_i].text, error->message);
  ck_assert (error->domain == RETOUR_DOCUMENT_ERROR);
  g_error_free (error);
}
END_TEST

START_TEST (a_nul_byte_is_refused_wherever_it_stands)
{
  static const char text[] = "{\"a\": \"b\"}";
  for (gsize i = 0; i < sizeof text - 1; i++)
    {
      g_autofree char *copy = g_memdup2 (text, sizeof text - 1);
      copy[i] = '\0';
      g_autoptr (GError) error = NULL;
      g_autoptr (RetourJsonReader) reader = retour_json_reader_new (copy, sizeof text - 1, &error);
      ck_assert_ptr_null (reader);
    }
}
END_TEST

START_TEST (the_error_says_where)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourJsonReader) reader = retour_json_reader_new ("{\n  \"a\": 1,\n  \"b\": ?\n}", -1, &error);
  ck_assert_ptr_null (reader);
  ck_assert_str_eq (error->message, "not JSON at line 3, byte 8: expected a value");
}
END_TEST

START_TEST (what_is_json_is_read)
{
  static const char text[] = " {\"text\": \"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\xc3\xa9\", \"least\": "
                             "-9223372036854775808, \"most\":9223372036854775807,\"zero\":-0,\"on\":true,\"off\":false,"
                             "\"nothing\":null,\"half\":0.5,\"\":{\"deep\":[[],{}]},\"texts\":[\"x\",\"\"]} \r\n\t";
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourJsonReader) reader = retour_json_reader_new (text, -1, &error);
  ck_assert_msg (reader != NULL, "%s", error != NULL ? error->message : "");
  g_autofree char *read = retour_json_text (reader, RETOUR_JSON_ROOT, "text", RETOUR_JSON_REQUIRED);
  ck_assert_str_eq (read, "a\"\\/\b\f\n\r\t\u00e9\U0001f600\u00e9");
  ck_assert (retour_json_signed_amount (reader, RETOUR_JSON_ROOT, "least") == G_MININT64);
  ck_assert (retour_json_signed_amount (reader, RETOUR_JSON_ROOT, "most") == G_MAXINT64);
  ck_assert (retour_json_signed_amount (reader, RETOUR_JSON_ROOT, "zero") == 0);
  ck_assert (retour_json_flag (reader, RETOUR_JSON_ROOT, "on"));
  ck_assert (!retour_json_flag (reader, RETOUR_JSON_ROOT, "off"));
  g_auto (GStrv) texts = retour_json_texts (reader, RETOUR_JSON_ROOT, "texts");
  ck_assert_uint_eq (g_strv_length (texts), 2);
  ck_assert (retour_json_reader_finish (reader, &error));
}
END_TEST

/* `levels` objects, one inside the other. */
static char *
nested (guint levels)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i + 1 < levels; i++)
    g_string_append (text, "{\"a\":");
  g_string_append (text, "{}");
  for (guint i = 0; i + 1 < levels; i++)
    g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

START_TEST (sixteen_levels_are_enough)
{
  static const struct
  {
    guint levels;
    gboolean accepted;
  } depths[] = { { 1, TRUE }, { 16, TRUE }, { 17, FALSE }, { 10000, FALSE }, { 1000000, FALSE } };
  for (gsize i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      g_autofree char *text = nested (depths[i].levels);
      g_autoptr (GError) error = NULL;
      g_autoptr (RetourJsonReader) reader = retour_json_reader_new (text, -1, &error);
      ck_assert_msg ((reader != NULL) == depths[i].accepted, "%u levels", depths[i].levels);
      if (reader == NULL)
        ck_assert_ptr_nonnull (strstr (error->message, "16 levels"));
    }
}
END_TEST

START_TEST (a_hundred_thousand_members_take_no_longer_than_they_should)
{
  g_autoptr (GString) text = g_string_new ("{");
  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "\"m%u\":%u,", i, i);
  gsize length = text->len;
  g_string_append (text, "\"last\":1}");
  clock_t start = clock ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourJsonReader) reader = retour_json_reader_new (text->str, -1, &error);
  ck_assert_ptr_nonnull (reader);
  g_string_truncate (text, length);
  g_string_append (text, "\"m77\":1}");
  g_autoptr (RetourJsonReader) twice = retour_json_reader_new (text->str, -1, &error);
  ck_assert_ptr_null (twice);
  /* Comparing each with each would take ten thousand million steps. */
  ck_assert ((clock () - start) / CLOCKS_PER_SEC < 5);
}
END_TEST

START_TEST (a_member_that_is_not_as_expected_is_named_with_its_path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourJsonReader) reader = retour_json_reader_new ("{\"a\":[{},{\"b\":[0,{\"c\":\"x\"}]}]}", -1, &error);
  RetourJsonPlace list = retour_json_list (reader, RETOUR_JSON_ROOT, "a", RETOUR_JSON_REQUIRED);
  RetourJsonPlace second = retour_json_next (reader, retour_json_first (reader, list));
  ck_assert_int_eq (retour_json_first (reader, retour_json_list (reader, second, "b", RETOUR_JSON_REQUIRED)),
                    RETOUR_JSON_NONE);
  ck_assert (!retour_json_reader_finish (reader, &error));
  ck_assert_str_eq (error->message, "a[1].b[0]: expected an object");
}
END_TEST

START_TEST (only_the_first_problem_is_told)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourJsonReader) reader = retour_json_reader_new ("{\"n\":5.0}", -1, &error);
  ck_assert_int_eq (retour_json_whole (reader, RETOUR_JSON_ROOT, "n", RETOUR_JSON_REQUIRED, 1, 10), 1);
  ck_assert_ptr_null (retour_json_text (reader, RETOUR_JSON_ROOT, "missing", RETOUR_JSON_REQUIRED));
  ck_assert (!retour_json_reader_finish (reader, &error));
  ck_assert_str_eq (error->message, "n: expected a whole number >= 1");
}
END_TEST

START_TEST (what_is_written_is_read_back)
{
  const char *texts[] = { "plain", "", "\"\\/\n\t\001\x1f\x7f", "é\U0001f600 ", NULL };
  for (int pretty = 0; pretty < 2; pretty++)
    {
      RetourJsonWriter writer;
      retour_json_writer_init (&writer, pretty);
      retour_json_begin_object (&writer, NULL);
      retour_json_write_texts (&writer, "texts", texts);
      retour_json_write_whole (&writer, "least", G_MININT64);
      retour_json_write_text (&writer, "absent", NULL);
      retour_json_write_flag (&writer, "yes", TRUE);
      retour_json_begin_object (&writer, "empty");
      retour_json_end_object (&writer);
      retour_json_end_object (&writer);
      g_autofree char *text = retour_json_writer_end (&writer);

      g_autoptr (GError) error = NULL;
      g_autoptr (RetourJsonReader) reader = retour_json_reader_new (text, -1, &error);
      ck_assert_msg (reader != NULL, "%s: %s", text, error != NULL ? error->message : "");
      g_auto (GStrv) read = retour_json_texts (reader, RETOUR_JSON_ROOT, "texts");
      ck_assert (g_strv_equal ((const char *const *) read, texts));
      ck_assert (retour_json_signed_amount (reader, RETOUR_JSON_ROOT, "least") == G_MININT64);
      ck_assert (!retour_json_has (reader, RETOUR_JSON_ROOT, "absent"));
      ck_assert (retour_json_flag (reader, RETOUR_JSON_ROOT, "yes"));
    }
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("json-text");
  TCase *tcase = tcase_create ("json");
  tcase_add_loop_test (tcase, what_is_not_json_is_refused, 0, G_N_ELEMENTS (broken));
  tcase_add_test (tcase, a_nul_byte_is_refused_wherever_it_stands);
  tcase_add_test (tcase, the_error_says_where);
  tcase_add_test (tcase, what_is_json_is_read);
  tcase_add_test (tcase, sixteen_levels_are_enough);
  tcase_add_test (tcase, a_hundred_thousand_members_take_no_longer_than_they_should);
  tcase_add_test (tcase, a_member_that_is_not_as_expected_is_named_with_its_path);
  tcase_add_test (tcase, only_the_first_problem_is_told);
  tcase_add_test (tcase, what_is_written_is_read_back);
  suite_add_tcase (suite, tcase);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
