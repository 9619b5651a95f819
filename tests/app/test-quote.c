/* SPDX-License-Identifier: Apache-2.0 */
/* The quote as a whole: what it refuses, what it says, what an approval is bound to, and how a line stands before any
 * draft. */
#include "worked-case.h"

#include "documents.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define LATE "2026-11-20T10:00:00Z"

typedef struct
{
  const char *order, *policy, *draft, *message;
} Refusal;

static const Refusal refusals[] = {
  { "'EUR'=>'USD'", NULL, NULL, "currency: the order is in USD, the policy in EUR" },
  { NULL, NULL, "'line':'l1'=>'line':'l9'", "lines[0].line: the order has no line “l9”" },
  { NULL, NULL, "{'method':'desk','opened_at':'2026-01-01T00:00:00Z','lines':[]}",
    "lines: expected at least one entry" },
  { NULL, NULL, "'quantity':1=>'quantity':1000000,'exchange':{'product':'x','unit_price':1000000000000000}",
    "lines[0].exchange.unit_price: beyond the range of 64 bits" },
};

START_TEST (what_does_not_go_together_is_refused_and_named)
{
  g_autoptr (WorkedCase) worked = worked_case_new (&(WorkedRow){
      .name = "refusal", .order = refusals[_i].order, .policy = refusals[_i].policy, .draft = refusals[_i].draft });
  g_autoptr (GError) error = NULL;
  RetourQuote *quote = retour_quote_new (worked->order, worked->policy, worked->draft, &worked->context, &error);
  ck_assert_ptr_null (quote);
  ck_assert (error->domain == RETOUR_QUOTE_ERROR);
  ck_assert_str_eq (error->message, refusals[_i].message);
}
END_TEST

typedef struct
{
  WorkedRow row;
  const char *french, *english; /* of the first rule of the first entry, else of the draft */
} Message;

static const Message messages[] = {
  { { .name = "window", .at = "2026-11-06T10:00:00Z" },
    "Le délai de retour est passé depuis le 5 nov. 2026\u202f; tolérance jusqu’au 12 nov. 2026. L’accord d’un responsable est "
    "nécessaire.",
    "The return period ended on 5 Nov 2026; tolerated until 12 Nov 2026. A manager must agree." },
  { { .name = "closed", .at = LATE },
    "Le délai de retour est passé depuis le 5 nov. 2026, la tolérance depuis le 12 nov. 2026. Refusé, sauf si un responsable "
    "passe outre en disant pourquoi.",
    "The return period ended on 5 Nov 2026, the tolerance on 12 Nov 2026. Refused, unless a manager overrides it and says why." },
  { { .name = "closed at merchant fault", .at = LATE, .draft = "'reason':'size'=>'reason':'defective'" },
    "Le délai de retour est passé depuis le 5 nov. 2026, la tolérance depuis le 12 nov. 2026. L’enseigne étant en faute, "
    "l’accord d’un responsable suffit.",
    "The return period ended on 5 Nov 2026, the tolerance on 12 Nov 2026. As the store is at fault, a manager’s agreement is "
    "enough." },
  { { .name = "too many", .order = "'returned':0=>'returned':1", .draft = "'quantity':1=>'quantity':2" },
    "2 à retourner, mais il n’en reste que 1. Retour refusé.",
    "2 to return, but only 1 left. Return refused." },
  { { .name = "not delivered", .order = "'delivered':2=>'delivered':0" },
    "Cet article n’a pas encore été livré. Retour refusé.",
    "This item has not been delivered yet. Return refused." },
  { { .name = "final sale", .order = "'flags':['x']=>'flags':['final_sale']", .policy = "yields_to_withdrawal=>x" },
    "Dernière chance\u00a0: cet article n’est pas repris. Refusé, sauf si un responsable passe outre en disant pourquoi.",
    "Last chance: this item is not taken back. Refused, unless a manager overrides it and says why." },
  { { .name = "hygiene", .order = "'category':'dress'=>'category':'cosmetics'", .draft = "new_sealed=>light_wear" },
    "Les articles de la catégorie «\u00a0cosmetics\u00a0» ne sont pas repris dans l’état «\u00a0porté\u00a0». Retour refusé.",
    "Items of the category “cosmetics” are not taken back in the condition “worn”. Return refused." },
  { { .name = "condition", .draft = "new_sealed=>light_wear" },
    "L’article revient dans l’état «\u00a0porté\u00a0». L’accord d’un responsable est nécessaire.",
    "The item comes back in the condition “worn”. A manager must agree." },
  { { .name = "approved",
      .draft = "new_sealed=>light_wear|'approvals':[]=>'approvals':[{'rule':'condition','approver':'s2'}]" },
    "L’article revient dans l’état «\u00a0porté\u00a0». Un responsable a donné son accord.",
    "The item comes back in the condition “worn”. A manager has agreed." },
  { { .name = "notice", .draft = "new_sealed=>noted" },
    "L’article revient dans l’état «\u00a0noted\u00a0».",
    "The item comes back in the condition “noted”." },
  { { .name = "refund over", .policy = "'approvals':[]=>'approvals':[{'id':'refund_over','amount':1500}]" },
    "Le remboursement de 50,00\u00a0€ dépasse 15,00\u00a0€. L’accord d’un responsable est nécessaire.",
    "The refund of €50.00 is over €15.00. A manager must agree." },
  { { .name = "refund over, of a gift",
      .order = "'gift':false=>'gift':true",
      .policy = "'approvals':[]=>'approvals':[{'id':'refund_over','amount':1500}]" },
    "Le remboursement dépasse la limite sans accord. L’accord d’un responsable est nécessaire.",
    "The refund is over the limit without approval. A manager must agree." },
  { { .name = "exchange",
      .draft = "'condition':'new_sealed'=>'condition':'new_sealed','exchange':{'product':'HAT','unit_price':6226}" },
    "Échange\u00a0: ce qui part coûte 12,26\u00a0€ de plus que ce qui revient. L’accord d’un responsable est nécessaire.",
    "Exchange: what leaves costs €12.26 more than what comes back. A manager must agree." },
  { { .name = "unknown rule", .policy = "'approvals':[]=>'approvals':[{'id':'full_moon','mode':'duel'}]" },
    "La politique demande la règle «\u00a0full_moon\u00a0», que cette version ne connaît pas. Son mode «\u00a0duel\u00a0» est "
    "inconnu de cette version. L’accord d’un responsable est nécessaire.",
    "The policy asks for the rule “full_moon”, which this version does not know. Its mode “duel” is unknown to this version. A "
    "manager must agree." },
  { { .name = "unknown exclusion", .policy = "'flag':'final_sale'=>'phase':'x'" },
    "La politique demande la règle «\u00a0final_sale\u00a0», que cette version ne connaît pas. L’accord d’un responsable est "
    "nécessaire.",
    "The policy asks for the rule “final_sale”, which this version does not know. A manager must agree." },
};

START_TEST (a_rule_says_what_happened_and_what_can_be_done)
{
  g_autoptr (RetourQuote) quote = worked_quote_new (&messages[_i].row);
  const RetourQuoteLine *line = quote->lines->pdata[0];
  const GPtrArray *rules = line->rules->len > 0 ? line->rules : quote->rules;
  ck_assert_uint_gt (rules->len, 0);
  const RetourRuleResult *result = rules->pdata[0];
  ck_assert_str_eq (result->message.text[RETOUR_LANGUAGE_FRENCH], messages[_i].french);
  ck_assert_str_eq (result->message.text[RETOUR_LANGUAGE_ENGLISH], messages[_i].english);
}
END_TEST

START_TEST (a_gift_is_quoted_without_any_amount_in_words)
{
  g_autoptr (RetourQuote) quote = worked_quote_new (&(WorkedRow){
      .name = "gift",
      .order = "'gift':false=>'gift':true",
      .policy =
          "'approvals':[]=>'approvals':[{'id':'refund_over','amount':1}]|'offline':{}=>'offline':{'max_refund':1}",
      .draft = "'condition':'new_sealed'=>'condition':'new_sealed','exchange':{'product':'HAT','unit_price':1}",
      .offline = TRUE });
  ck_assert (quote->prices_hidden);
  ck_assert_uint_eq (quote->rules->len, 4);
  for (guint i = 0; i < quote->rules->len; i++)
    for (guint j = 0; j < RETOUR_N_LANGUAGES; j++)
      ck_assert_ptr_null (strstr (((RetourRuleResult *) quote->rules->pdata[i])->message.text[j], "€"));
}
END_TEST

START_TEST (units_in_local_returns_are_not_to_be_returned_again)
{
  g_autoptr (WorkedCase) worked = worked_case_new (&(WorkedRow){ .name = "held" });
  gint64 held = 2;
  worked->context.units_held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (worked->context.units_held, g_strdup ("l1"), g_memdup2 (&held, sizeof held));
  g_autoptr (RetourQuote) quote =
      retour_quote_new (worked->order, worked->policy, worked->draft, &worked->context, NULL);
  const RetourQuoteLine *line = quote->lines->pdata[0];
  const RetourRuleResult *result = line->rules->pdata[0];
  ck_assert_str_eq (result->rule, "already_returned");
  ck_assert_int_eq (retour_facts_find (result->facts, "held")->number, 2);
  ck_assert_int_eq (quote->decision, RETOUR_DECISION_REFUSE);
}
END_TEST

START_TEST (what_was_promised_today_counts_offline)
{
  g_autoptr (WorkedCase) worked = worked_case_new (
      &(WorkedRow){ .name = "exposure", .policy = "'offline':{}=>'offline':{'daily_exposure':6000}", .offline = TRUE });
  worked->context.promised_today = 1001;
  g_autoptr (RetourQuote) quote =
      retour_quote_new (worked->order, worked->policy, worked->draft, &worked->context, NULL);
  ck_assert_str_eq (((RetourRuleResult *) quote->rules->pdata[0])->rule, "offline_exposure");
  worked->context.promised_today = G_MAXINT64;
  g_autoptr (RetourQuote) most =
      retour_quote_new (worked->order, worked->policy, worked->draft, &worked->context, NULL);
  ck_assert_uint_eq (most->rules->len, 1);
  worked->context.promised_today = 1000;
  g_autoptr (RetourQuote) fewer =
      retour_quote_new (worked->order, worked->policy, worked->draft, &worked->context, NULL);
  ck_assert_uint_eq (fewer->rules->len, 0);
}
END_TEST

START_TEST (both_windows_are_stated_apart)
{
  g_autoptr (RetourQuote) quote = worked_quote_new (&(WorkedRow){ .name = "windows" });
  g_autofree char *commercial = retour_day_format (quote->window_last_day);
  g_autofree char *statutory = retour_day_format (quote->withdrawal_last_day);
  ck_assert_str_eq (commercial, "2026-11-05");
  ck_assert_str_eq (statutory, "2026-10-20");
  ck_assert (quote->withdrawal_open);

  g_autoptr (RetourQuote) underway =
      worked_quote_new (&(WorkedRow){ .name = "underway", .at = LATE, .order = "'delivered':2=>'delivered':1" });
  ck_assert (underway->withdrawal_open);
  ck_assert_int_eq (underway->withdrawal_last_day, RETOUR_DAY_NONE);
  ck_assert_int_eq (underway->window_last_day, RETOUR_DAY_NONE);
}
END_TEST

static char *
hash_of (const WorkedRow *row)
{
  g_autoptr (WorkedCase) worked = worked_case_new (row);
  g_autoptr (RetourQuote) quote =
      retour_quote_new (worked->order, worked->policy, worked->draft, &worked->context, NULL);
  return retour_quote_hash (quote, worked->draft);
}

START_TEST (an_approval_is_bound_to_what_is_given_back)
{
  static const WorkedRow changed[] = {
    { .name = "quantity", .draft = "'quantity':1=>'quantity':2" },
    { .name = "line", .draft = "'line':'l1'=>'line':'l2'" },
    { .name = "reason", .draft = "'reason':'size'=>'reason':'defective'" },
    { .name = "condition", .draft = "new_sealed=>half" },
    { .name = "serial", .draft = "'quantity':1=>'quantity':1,'serial':'A'" },
    { .name = "method", .draft = "desk=>mailbox" },
    { .name = "order", .draft = "'method'=>'order':'W2','method'" },
    { .name = "exchange", .draft = "'quantity':1=>'quantity':1,'exchange':{'product':'ROBE'}" },
    { .name = "price", .order = "'unit_price':5000,'paid':10000=>'unit_price':5001,'paid':10002" },
    { .name = "rule", .at = LATE },
    { .name = "tender", .order = "'captured':13490=>'captured':100" },
  };
  g_autofree char *hash = hash_of (&(WorkedRow){ .name = "plain" });
  ck_assert_uint_eq (strlen (hash), 64);
  for (gsize i = 0; i < G_N_ELEMENTS (changed); i++)
    {
      g_autofree char *other = hash_of (&changed[i]);
      ck_assert_msg (strcmp (hash, other) != 0, "%s makes no other hash", changed[i].name);
    }
}
END_TEST

START_TEST (an_approval_does_not_undo_itself)
{
  static const WorkedRow same[] = {
    { .name = "approval",
      .draft = "'approvals':[]=>'approvals':[{'rule':'condition','approver':'s2'}]|new_sealed=>light_wear" },
    { .name = "note", .draft = "'quantity':1=>'quantity':1,'note':'n'|new_sealed=>light_wear" },
    { .name = "staff", .draft = "'s1'=>'s3'|new_sealed=>light_wear" },
    { .name = "an hour later", .at = "2026-10-10T11:00:00Z", .draft = "new_sealed=>light_wear" },
  };
  g_autofree char *hash = hash_of (&(WorkedRow){ .name = "plain", .draft = "new_sealed=>light_wear" });
  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *other = hash_of (&same[i]);
      ck_assert_msg (strcmp (hash, other) == 0, "%s makes another hash", same[i].name);
    }
}
END_TEST

static const struct
{
  WorkedRow row;
  const char *rules;
  RetourDecision decision;
} previews[] = {
  { { .name = "fine" }, "", RETOUR_DECISION_ACCEPT },
  { { .name = "late", .at = LATE }, "window_closed ", RETOUR_DECISION_REFUSE_UNLESS_APPROVED },
  { { .name = "not delivered", .order = "'delivered':2=>'delivered':0" }, "not_delivered ", RETOUR_DECISION_REFUSE },
  { { .name = "returned", .order = "'returned':0=>'returned':2" }, "already_returned ", RETOUR_DECISION_REFUSE },
  { { .name = "in another currency", .policy = "'EUR'=>'JPY'" }, "currency ", RETOUR_DECISION_REFUSE },
  { { .name = "one left", .order = "'returned':0=>'returned':1" }, "", RETOUR_DECISION_ACCEPT },
  { { .name = "final sale", .at = LATE, .order = "'flags':['x']=>'flags':['final_sale']" },
    "window_closed final_sale ",
    RETOUR_DECISION_REFUSE_UNLESS_APPROVED },
  { { .name = "hygiene waits for the condition", .order = "'category':'dress'=>'category':'cosmetics'" },
    "",
    RETOUR_DECISION_ACCEPT },
};

START_TEST (a_line_is_judged_before_any_draft)
{
  g_autoptr (WorkedCase) worked = worked_case_new (&previews[_i].row);
  g_autoptr (RetourQuoteLine) preview =
      retour_quote_line_preview (worked->order, worked->policy, "l1", &worked->context);
  g_autoptr (GString) rules = g_string_new (NULL);
  for (guint i = 0; i < preview->rules->len; i++)
    g_string_append_printf (rules, "%s ", ((RetourRuleResult *) preview->rules->pdata[i])->rule);
  ck_assert_str_eq (rules->str, previews[_i].rules);
  ck_assert_int_eq (preview->decision, previews[_i].decision);
}
END_TEST

START_TEST (a_copy_is_written_the_same)
{
  RetourQuote *quote =
      worked_quote_new (&(WorkedRow){ .name = "copy", .at = LATE, .draft = "new_sealed=>light_wear|desk=>mailbox" });
  g_autofree char *original = retour_quote_document_write (quote, TRUE);
  g_autoptr (RetourQuote) copy = retour_quote_copy (quote);
  retour_quote_free (quote);
  g_autofree char *copied = retour_quote_document_write (copy, TRUE);
  ck_assert_str_eq (original, copied);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("quote");
  TCase *tcase = tcase_create ("quote");
  tcase_add_loop_test (tcase, what_does_not_go_together_is_refused_and_named, 0, G_N_ELEMENTS (refusals));
  tcase_add_loop_test (tcase, a_rule_says_what_happened_and_what_can_be_done, 0, G_N_ELEMENTS (messages));
  tcase_add_test (tcase, a_gift_is_quoted_without_any_amount_in_words);
  tcase_add_test (tcase, units_in_local_returns_are_not_to_be_returned_again);
  tcase_add_test (tcase, what_was_promised_today_counts_offline);
  tcase_add_test (tcase, both_windows_are_stated_apart);
  tcase_add_test (tcase, an_approval_is_bound_to_what_is_given_back);
  tcase_add_test (tcase, an_approval_does_not_undo_itself);
  tcase_add_loop_test (tcase, a_line_is_judged_before_any_draft, 0, G_N_ELEMENTS (previews));
  tcase_add_test (tcase, a_copy_is_written_the_same);
  suite_add_tcase (suite, tcase);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
