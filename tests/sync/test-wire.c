/* SPDX-License-Identifier: Apache-2.0 */
/* What travels, whole and mangled: lines, operations, answers, lists, verdicts. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "documents.h"
#include "json-span.h"
#include "verdict.h"
#include "wire.h"

static gboolean
collect_line (const char *line, gsize length, gpointer user_data)
{
  g_ptr_array_add (user_data, line ? g_strndup (line, length) : g_strdup ("<too long>"));
  return TRUE;
}

static char *
cut_in_pieces (const char *text, gsize length, gsize piece)
{
  g_autoptr (RetourLineCutter) cutter = retour_line_cutter_new ();
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (gsize at = 0; at < length; at += piece)
    if (!retour_line_cutter_push (cutter, text + at, MIN (piece, length - at), collect_line, lines))
      return NULL;
  ck_assert (retour_line_cutter_finish (cutter, collect_line, lines));
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("|", (char **) lines->pdata);
}

START_TEST (lines_are_the_same_however_the_stream_is_cut)
{
  static const char text[] = "{\"a\":1}\n\n{\"b\":2}\r\nlast";

  for (gsize piece = 1; piece <= sizeof text; piece++)
    {
      g_autofree char *lines = cut_in_pieces (text, strlen (text), piece);
      ck_assert_str_eq (lines, "{\"a\":1}|{\"b\":2}|last");
    }
}
END_TEST

START_TEST (a_line_that_is_too_long_is_left_out_and_the_next_one_read)
{
  g_autofree char *just = g_strnfill (RETOUR_LINE_LIMIT, 'x');
  g_autofree char *text = g_strdup_printf ("%s\n%sx\nnext\n", just, just);
  g_autofree char *expected = g_strdup_printf ("%s|<too long>|next", just);

  for (gsize piece = 1000; piece < 2 * RETOUR_LINE_LIMIT; piece = piece * 3 + 1)
    {
      g_autofree char *lines = cut_in_pieces (text, strlen (text), piece);
      ck_assert_str_eq (lines, expected);
    }
}
END_TEST

START_TEST (a_line_without_end_stops_the_stream)
{
  g_autoptr (RetourLineCutter) cutter = retour_line_cutter_new ();
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *piece = g_strnfill (65536, '[');
  gsize sent = 0;

  while (retour_line_cutter_push (cutter, piece, 65536, collect_line, lines))
    ck_assert_uint_le (sent += 65536, RETOUR_LINE_ABSURD);
  ck_assert_uint_eq (lines->len, 0);
}
END_TEST

START_TEST (spans_find_values_as_they_stand)
{
  static const struct
  {
    const char *object, *name, *value;
  } cases[] = {
    { "{\"a\":1}", "a", "1" },
    { " { \"a\" : [1, {\"b\":\"}\"}] , \"c\":2}", "a", "[1, {\"b\":\"}\"}]" },
    { "{\"a\":\"x\\\"y\",\"b\":null}", "a", "\"x\\\"y\"" },
    { "{\"a\":\"x\\\\\",\"b\":null}", "b", "null" },
    { "{\"a\":1}", "b", NULL },
    { "{}", "a", NULL },
    { "", "a", NULL },
    { "{\"a\"", "a", NULL },
    { "{\"a\":", "a", NULL },
    { "{\"a\":\"", "a", NULL },
    { "[1]", "a", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RetourJsonSpan span = retour_json_span_member (cases[i].object, strlen (cases[i].object), cases[i].name);
      g_autofree char *value = span.text ? g_strndup (span.text, span.length) : NULL;
      ck_assert_msg (g_strcmp0 (value, cases[i].value) == 0, "%s: %s", cases[i].object, value);
    }
}
END_TEST

START_TEST (operations_go_out_with_their_body_byte_for_byte)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_operation_free);
  RetourOperation *operation = retour_operation_new ("0190a5b2-0000-7000-8000-000000000001",
                                                     RETOUR_OPERATION_RETURN_RECORD, "{\"z\": 1,\"a\":\"é\"}");

  operation->order = g_strdup ("ord_\"1\"");
  ck_assert (retour_instant_parse ("2026-11-20T10:11:12Z", &operation->created_at));
  operation->clock_offset = -250000;
  g_ptr_array_add (operations, operation);
  g_ptr_array_add (operations, retour_operation_new ("op-2", RETOUR_OPERATION_AUDIT_SEAL, "{}"));
  g_autoptr (GBytes) bytes = retour_operations_write (operations);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autofree char *expected = g_strdup_printf (
      "{\"op\":\"0190a5b2-0000-7000-8000-000000000001\",\"kind\":\"return.record\",\"order\":\"ord_\\\"1\\\"\","
      "\"at\":\"2026-11-20T10:11:12Z\",\"clock_offset\":-250000,\"body_hash\":\"%s\",\"body\":{\"z\": 1,\"a\":\"é\"}}\n",
      operation->body_hash);
  ck_assert_mem_eq (text, expected, strlen (expected));
  ck_assert (g_str_has_suffix (text, "\"body\":{}}\n"));
}
END_TEST

static const RetourAnswer *
only (GPtrArray *answers)
{
  ck_assert_uint_eq (answers->len, 1);
  return answers->pdata[0];
}

START_TEST (answers_say_what_a_person_needs)
{
  static const struct
  {
    const char *line;
    RetourAnswerKind kind;
    const char *detail, *problem;
  } cases[] = {
    { "{\"op\":\"a\",\"answer\":\"accepted\",\"refund\":\"requested\"}", RETOUR_ANSWER_ACCEPTED, NULL, NULL },
    { "{\"op\":\"a\",\"answer\":\"duplicate\",\"first\":\"accepted\"}", RETOUR_ANSWER_DUPLICATE, NULL, NULL },
    /* What was no acceptance the first time is none the second time. */
    { "{\"op\":\"a\",\"answer\":\"duplicate\",\"first\":\"rejected\",\"detail\":\"no such order\"}",
      RETOUR_ANSWER_REJECTED, "no such order", NULL },
    { "{\"op\":\"a\",\"answer\":\"conflict\",\"winner\":{\"return\":\"r\",\"number\":\"R0214B-00012-X\"}}",
      RETOUR_ANSWER_CONFLICT, "R0214B-00012-X", "{\"return\":\"r\",\"number\":\"R0214B-00012-X\"}" },
    { "{\"op\":\"a\",\"answer\":\"rejected\",\"problem\":{\"title\":\"Unknown order\",\"detail\":\"ord_9\",\"status\":422}}",
      RETOUR_ANSWER_REJECTED, "Unknown order: ord_9",
      "{\"title\":\"Unknown order\",\"detail\":\"ord_9\",\"status\":422}" },
    { "{\"op\":\"a\",\"answer\":\"unsupported\",\"new_member\":[1,2]}", RETOUR_ANSWER_UNSUPPORTED, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) answers = retour_answers_read (cases[i].line, strlen (cases[i].line));
      const RetourAnswer *answer = only (answers);
      ck_assert_int_eq (answer->kind, cases[i].kind);
      ck_assert_msg (g_strcmp0 (answer->detail, cases[i].detail) == 0, "%s", answer->detail);
      ck_assert_msg (g_strcmp0 (answer->problem, cases[i].problem) == 0, "%s", answer->problem);
      ck_assert_int_eq (answer->has_refund, i == 0);
    }
}
END_TEST

START_TEST (an_answer_that_cannot_be_read_hides_no_other)
{
  static const char *const bad[] = {
    "<html>",
    "{\"op\":\"x\",\"answer\":\"maybe\"}",
    "{\"op\":\"x\"}",
    "{\"answer\":\"accepted\"}",
    "{\"op\":1,\"answer\":\"accepted\"}",
    "{\"op\":\"x\",\"answer\":\"accepted\"",
    "{\"op\":\"x\",\"answer\":\"accepted\",\"answer\":\"rejected\"}",
    "{\"op\":\"\xff\",\"answer\":\"accepted\"}",
    "[[[[[[[[[[[[[[[[[[[[[[",
    "null",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *text = g_strdup_printf ("%s\n{\"op\":\"b\",\"answer\":\"accepted\"}\n", bad[i]);
      g_autoptr (GPtrArray) answers = retour_answers_read (text, strlen (text));
      ck_assert_msg (answers->len == 1, "%s", bad[i]);
      ck_assert_str_eq (only (answers)->op, "b");
    }
}
END_TEST

START_TEST (answers_cut_anywhere_are_whole_or_absent)
{
  static const char text[] = "{\"op\":\"a\",\"answer\":\"accepted\"}\n{\"op\":\"b\",\"answer\":\"rejected\"}\n";

  for (gsize length = 0; length < sizeof text; length++)
    {
      g_autoptr (GPtrArray) answers = retour_answers_read (text, length);
      gsize whole = (length >= 30) + (length >= sizeof text - 2);
      ck_assert_msg (answers->len == whole, "%zu of %zu bytes: %u", length, sizeof text, answers->len);
    }
}
END_TEST

START_TEST (a_list_gives_the_orders_that_are_right)
{
  static const char good[] =
      "{\"id\":\"ord_1\",\"number\":\"W1\",\"version\":1,\"currency\":\"EUR\",\"placed_at\":"
      "\"2026-11-01T10:00:00Z\",\"lines\":[{\"id\":\"l1\",\"quantity\":1,\"delivered\":1,\"unit_price\":"
      "1000,\"paid\":1000}],\"payments\":[{\"id\":\"p\",\"method\":\"card\",\"captured\":1000}]}";
  const RetourDocuments *documents = retour_documents ();
  g_autofree char *list = g_strdup_printf ("[%s, {\"id\":\"ord_2\"}, 7, %s]", good, good);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) orders = retour_orders_read (documents, list, strlen (list), &error);
  g_autoptr (GPtrArray) one = retour_orders_read (documents, good, strlen (good), &error);
  g_autoptr (GPtrArray) none = retour_orders_read (documents, "[]", 2, &error);

  g_assert_no_error (error);
  ck_assert_uint_eq (orders->len, 2);
  ck_assert_uint_eq (one->len, 1);
  ck_assert_uint_eq (none->len, 0);
  ck_assert_ptr_null (retour_orders_read (documents, "<html>", 6, &error));
  ck_assert (g_error_matches (error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_MALFORMED));
}
END_TEST

START_TEST (figures_keep_their_age)
{
  static const char text[] = "[{\"sku\":\"S\",\"place\":\"store:0214\",\"name\":\"Lyon\",\"quantity\":3,\"at\":"
                             "\"2026-11-20T10:00:00Z\"},{\"quantity\":-1}]";
  g_autoptr (GPtrArray) figures = retour_stock_read (text, strlen (text), NULL);

  ck_assert_uint_eq (figures->len, 1);
  const RetourStockFigure *figure = figures->pdata[0];
  ck_assert_str_eq (figure->place, "store:0214");
  ck_assert_int_eq (figure->quantity, 3);
  ck_assert_int_eq (figure->at, 1795168800 * RETOUR_SECOND);
}
END_TEST

START_TEST (a_reply_is_judged_from_its_outside)
{
  static const struct
  {
    RetourReplyOutline reply;
    RetourVerdict verdict;
  } cases[] = {
    { { RETOUR_TRANSFER_DONE, 200, TRUE, TRUE, TRUE }, RETOUR_VERDICT_OK },
    { { RETOUR_TRANSFER_DONE, 201, TRUE, TRUE, TRUE }, RETOUR_VERDICT_OK },
    { { RETOUR_TRANSFER_CUT, 200, TRUE, TRUE, TRUE }, RETOUR_VERDICT_CUT },
    { { RETOUR_TRANSFER_DONE, 200, FALSE, FALSE, FALSE }, RETOUR_VERDICT_PORTAL },
    { { RETOUR_TRANSFER_DONE, 200, FALSE, TRUE, TRUE }, RETOUR_VERDICT_PORTAL },
    { { RETOUR_TRANSFER_DONE, 200, TRUE, FALSE, TRUE }, RETOUR_VERDICT_PORTAL },
    { { RETOUR_TRANSFER_DONE, 200, TRUE, TRUE, FALSE }, RETOUR_VERDICT_PORTAL },
    { { RETOUR_TRANSFER_CUT, 200, FALSE, FALSE, FALSE }, RETOUR_VERDICT_PORTAL },
    { { RETOUR_TRANSFER_DONE, 302, FALSE, FALSE, FALSE }, RETOUR_VERDICT_PORTAL },
    { { RETOUR_TRANSFER_DONE, 302, TRUE, TRUE, TRUE }, RETOUR_VERDICT_PORTAL },
    { { RETOUR_TRANSFER_DONE, 511, FALSE, FALSE, FALSE }, RETOUR_VERDICT_PORTAL },
    { { RETOUR_TRANSFER_DONE, 511, TRUE, TRUE, FALSE }, RETOUR_VERDICT_PORTAL },
    { { RETOUR_TRANSFER_DONE, 403, FALSE, FALSE, FALSE }, RETOUR_VERDICT_PORTAL },
    { { RETOUR_TRANSFER_DONE, 400, TRUE, TRUE, FALSE }, RETOUR_VERDICT_REJECTED },
    { { RETOUR_TRANSFER_DONE, 401, TRUE, TRUE, FALSE }, RETOUR_VERDICT_RENEW },
    { { RETOUR_TRANSFER_DONE, 403, TRUE, TRUE, FALSE }, RETOUR_VERDICT_FORBIDDEN },
    { { RETOUR_TRANSFER_DONE, 404, TRUE, TRUE, FALSE }, RETOUR_VERDICT_REFUSED },
    { { RETOUR_TRANSFER_DONE, 405, TRUE, TRUE, FALSE }, RETOUR_VERDICT_REFUSED },
    { { RETOUR_TRANSFER_DONE, 408, TRUE, TRUE, FALSE }, RETOUR_VERDICT_BUSY },
    { { RETOUR_TRANSFER_DONE, 409, TRUE, TRUE, FALSE }, RETOUR_VERDICT_REFUSED },
    { { RETOUR_TRANSFER_DONE, 410, TRUE, TRUE, FALSE }, RETOUR_VERDICT_GONE },
    { { RETOUR_TRANSFER_DONE, 412, TRUE, TRUE, FALSE }, RETOUR_VERDICT_REFUSED },
    { { RETOUR_TRANSFER_DONE, 413, TRUE, TRUE, FALSE }, RETOUR_VERDICT_TOO_LARGE },
    { { RETOUR_TRANSFER_DONE, 422, TRUE, TRUE, FALSE }, RETOUR_VERDICT_REJECTED },
    { { RETOUR_TRANSFER_DONE, 425, TRUE, TRUE, FALSE }, RETOUR_VERDICT_BUSY },
    { { RETOUR_TRANSFER_DONE, 426, TRUE, TRUE, FALSE }, RETOUR_VERDICT_UPGRADE },
    { { RETOUR_TRANSFER_DONE, 429, TRUE, TRUE, FALSE }, RETOUR_VERDICT_BUSY },
    { { RETOUR_TRANSFER_DONE, 500, TRUE, TRUE, FALSE }, RETOUR_VERDICT_BUSY },
    { { RETOUR_TRANSFER_DONE, 503, FALSE, FALSE, FALSE }, RETOUR_VERDICT_BUSY },
    { { RETOUR_TRANSFER_FAILED, 0, FALSE, FALSE, FALSE }, RETOUR_VERDICT_NETWORK },
    { { RETOUR_TRANSFER_UNTRUSTED, 0, FALSE, FALSE, FALSE }, RETOUR_VERDICT_UNTRUSTED },
    { { RETOUR_TRANSFER_TOO_LARGE, 200, TRUE, TRUE, TRUE }, RETOUR_VERDICT_MALFORMED },
    { { RETOUR_TRANSFER_CANCELLED, 200, TRUE, TRUE, TRUE }, RETOUR_VERDICT_CANCELLED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RetourVerdict verdict = retour_verdict_judge (&cases[i].reply);
      ck_assert_msg (verdict == cases[i].verdict, "case %zu: %s", i, retour_verdict_code (verdict));
    }
}
END_TEST

START_TEST (retry_after_is_read_in_seconds_and_as_a_date)
{
  static const struct
  {
    const char *value;
    gint64 seconds; /* -1: not believed */
  } cases[] = {
    { "120", 120 },
    { "0", 1 },
    { "86400", 3600 },
    { "-5", -1 },
    { "soon", -1 },
    { "", -1 },
    { "1e9", -1 },
    { "99999999999999999999", -1 },
    { "Sun, 06 Nov 1994 08:51:37 GMT", 120 },
    { "Sun, 06 Nov 1994 08:00:00 GMT", 1 },
    { "Mon, 07 Nov 1994 08:49:37 GMT", 3600 },
    { "Sun, 06 Nov 1994 08:51:37", -1 },
  };
  RetourInstant date = retour_http_date_parse ("Sun, 06 Nov 1994 08:49:37 GMT");

  ck_assert_int_eq (date, 784111777 * RETOUR_SECOND);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 wait = retour_retry_after_parse (cases[i].value, date);
      ck_assert_msg (wait == (cases[i].seconds < 0 ? -1 : cases[i].seconds * RETOUR_SECOND), "%s", cases[i].value);
    }
  ck_assert_int_eq (retour_retry_after_parse (NULL, date), -1);
  ck_assert_int_eq (retour_retry_after_parse ("Sun, 06 Nov 1994 08:51:37 GMT", RETOUR_INSTANT_NONE), -1);
}
END_TEST

START_TEST (what_is_no_http_date_is_none)
{
  static const char *const bad[] = { "",
                                     "Sun, 06 Nov 1994 08:49:37 UTC",
                                     "Sun, 06 Nox 1994 08:49:37 GMT",
                                     "Sun, 31 Feb 1994 08:49:37 GMT",
                                     "Sunday, 06-Nov-94 08:49:37 GMT",
                                     "Sun Nov  6 08:49:37 1994",
                                     "Sun, 06 Nov 1994 25:49:37 GMT" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    ck_assert_msg (retour_http_date_parse (bad[i]) == RETOUR_INSTANT_NONE, "%s", bad[i]);
  ck_assert_int_eq (retour_http_date_parse (NULL), RETOUR_INSTANT_NONE);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("wire");
  TCase *lines = tcase_create ("lines"), *answers = tcase_create ("answers"), *verdicts = tcase_create ("verdicts");

  tcase_add_test (lines, lines_are_the_same_however_the_stream_is_cut);
  tcase_add_test (lines, a_line_that_is_too_long_is_left_out_and_the_next_one_read);
  tcase_add_test (lines, a_line_without_end_stops_the_stream);
  tcase_add_test (lines, spans_find_values_as_they_stand);
  suite_add_tcase (suite, lines);
  tcase_add_test (answers, operations_go_out_with_their_body_byte_for_byte);
  tcase_add_test (answers, answers_say_what_a_person_needs);
  tcase_add_test (answers, an_answer_that_cannot_be_read_hides_no_other);
  tcase_add_test (answers, answers_cut_anywhere_are_whole_or_absent);
  tcase_add_test (answers, a_list_gives_the_orders_that_are_right);
  tcase_add_test (answers, figures_keep_their_age);
  suite_add_tcase (suite, answers);
  tcase_add_test (verdicts, a_reply_is_judged_from_its_outside);
  tcase_add_test (verdicts, retry_after_is_read_in_seconds_and_as_a_date);
  tcase_add_test (verdicts, what_is_no_http_date_is_none);
  suite_add_tcase (suite, verdicts);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
