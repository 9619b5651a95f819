/* SPDX-License-Identifier: Apache-2.0 */
/* The worked quotes of tests/fixtures/quotes: each file holds order, policy, draft, time, and what an independent reading of
 * the rules expects of them. */
#include "documents.h"

#include <check.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#define N_QUOTES 82

static struct json_object *
member (struct json_object *object, const char *name)
{
  struct json_object *value = NULL;
  ck_assert_msg (json_object_object_get_ex (object, name, &value), "no member %s", name);
  return value;
}

/* A part of the file as the text of a document of its own; the caller's. */
static char *
part (struct json_object *file, const char *name)
{
  return g_strdup (
      json_object_to_json_string_ext (member (file, name), JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
}

static RetourQuote *
make_quote (struct json_object *file)
{
  const RetourDocuments *documents = retour_documents ();
  GError *error = NULL;
  g_autofree char *policy_text = part (file, "policy"), *draft_text = part (file, "draft");
  g_autoptr (RetourPolicy) policy = documents->read_policy (policy_text, -1, &error);
  ck_assert_msg (policy != NULL, "%s", error != NULL ? error->message : "");
  g_autoptr (RetourDraft) draft = documents->read_draft (draft_text, -1, &error);
  ck_assert_msg (draft != NULL, "%s", error != NULL ? error->message : "");
  g_autoptr (RetourOrder) order = NULL;
  if (member (file, "order") != NULL)
    {
      g_autofree char *order_text = part (file, "order");
      order = documents->read_order (order_text, -1, &error);
      ck_assert_msg (order != NULL, "%s", error != NULL ? error->message : "");
    }

  RetourQuoteContext context = { .offline = json_object_get_boolean (member (file, "offline")) };
  ck_assert (retour_instant_parse (json_object_get_string (member (file, "at")), &context.at));
  RetourQuote *quote = retour_quote_new (order, policy, draft, &context, &error);
  ck_assert_msg (quote != NULL, "%s", error != NULL ? error->message : "");
  return quote;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
note_rules (GPtrArray *fired, const GPtrArray *rules)
{
  for (guint i = 0; i < rules->len; i++)
    {
      const RetourRuleResult *result = rules->pdata[i];
      if (strcmp (result->rule, "gift") != 0
          && !g_ptr_array_find_with_equal_func (fired, result->rule, g_str_equal, NULL))
        g_ptr_array_add (fired, result->rule);
    }
}

static void
check_texts (const char *what, const GPtrArray *texts, struct json_object *expected)
{
  g_autoptr (GString) got = g_string_new (NULL), wanted = g_string_new (NULL);
  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (got, "%s ", (const char *) texts->pdata[i]);
  for (size_t i = 0; i < json_object_array_length (expected); i++)
    g_string_append_printf (wanted, "%s ", json_object_get_string (json_object_array_get_idx (expected, i)));
  ck_assert_msg (strcmp (got->str, wanted->str) == 0, "%s: got %s, expected %s", what, got->str, wanted->str);
}

static void
check_rules (const RetourQuote *quote, struct json_object *expect)
{
  g_autoptr (GPtrArray) fired = g_ptr_array_new ();
  note_rules (fired, quote->rules);
  for (guint i = 0; i < quote->lines->len; i++)
    note_rules (fired, ((RetourQuoteLine *) quote->lines->pdata[i])->rules);
  g_ptr_array_sort (fired, compare_texts);
  check_texts ("rules_fired", fired, member (expect, "rules_fired"));
  check_texts ("approvals_needed", quote->approvals_needed, member (expect, "approvals_needed"));
}

static gint64
sum_of (const RetourQuote *quote, RetourBreakdownKind kind)
{
  gint64 sum = 0;
  for (guint i = 0; i < quote->breakdown->len; i++)
    {
      const RetourBreakdown *entry = quote->breakdown->pdata[i];
      if (entry->kind == kind)
        sum += entry->amount;
    }
  return sum;
}

static gint64
number (struct json_object *object, const char *name)
{
  return json_object_get_int64 (member (object, name));
}

static void
check_tenders (const RetourQuote *quote, struct json_object *expected)
{
  ck_assert_uint_eq (quote->tenders->len, json_object_array_length (expected));
  for (guint i = 0; i < quote->tenders->len; i++)
    {
      const RetourTender *tender = quote->tenders->pdata[i];
      struct json_object *wanted = json_object_array_get_idx (expected, i);
      ck_assert_str_eq (tender->payment, json_object_get_string (member (wanted, "payment")));
      ck_assert_int_eq (tender->amount, number (wanted, "amount"));
    }
}

static void
check_taxes (const RetourQuote *quote, struct json_object *expected)
{
  ck_assert_uint_eq (quote->taxes->len, json_object_array_length (expected));
  for (guint i = 0; i < quote->taxes->len; i++)
    {
      const RetourTax *tax = quote->taxes->pdata[i];
      struct json_object *wanted = json_object_array_get_idx (expected, i);
      ck_assert_str_eq (tax->rate.written, json_object_get_string (member (wanted, "rate")));
      ck_assert_int_eq (tax->amount, number (wanted, "amount"));
    }
}

static void
check_amounts (const RetourQuote *quote, struct json_object *expect)
{
  gint64 goods = 0;
  for (guint i = 0; i < quote->lines->len; i++)
    goods += ((RetourQuoteLine *) quote->lines->pdata[i])->goods;
  ck_assert_int_eq (goods, number (expect, "goods"));
  ck_assert_int_eq (quote->total, number (expect, "refund_total"));
  ck_assert_int_eq (-sum_of (quote, RETOUR_BREAKDOWN_CONDITION), number (expect, "condition"));
  ck_assert_int_eq (-sum_of (quote, RETOUR_BREAKDOWN_RETURN_FEE), number (expect, "fee"));
  ck_assert_int_eq (quote->exchange_price, number (member (expect, "exchange"), "price"));
  ck_assert_int_eq (quote->exchange_collect, number (member (expect, "exchange"), "collect"));
  check_tenders (quote, member (expect, "tenders"));
  check_taxes (quote, member (expect, "tax"));
}

START_TEST (a_quote_is_as_worked_out_by_hand)
{
  g_autofree char *name = g_strdup_printf ("%s/%02d.json", FIXTURES, _i);
  struct json_object *file = json_object_from_file (name);
  ck_assert_msg (file != NULL, "%s: %s", name, json_util_get_last_err ());

  struct json_object *expect = member (file, "expect");
  g_autoptr (RetourQuote) quote = make_quote (file);
  int exit = quote->decision == RETOUR_DECISION_ACCEPT               ? 0
             : quote->decision == RETOUR_DECISION_ACCEPT_IF_APPROVED ? 10
                                                                     : 11;
  ck_assert_str_eq (retour_decision_code (quote->decision), json_object_get_string (member (expect, "decision")));
  ck_assert_int_eq (exit, number (expect, "exit"));
  check_rules (quote, expect);
  if (quote->decision != RETOUR_DECISION_REFUSE)
    check_amounts (quote, expect);
  json_object_put (file);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("worked-quotes");
  TCase *tcase = tcase_create ("fixtures");
  tcase_add_loop_test (tcase, a_quote_is_as_worked_out_by_hand, 1, N_QUOTES + 1);
  suite_add_tcase (suite, tcase);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
