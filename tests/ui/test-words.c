/* SPDX-License-Identifier: Apache-2.0 */
/* What screen, slip and register say of a return, in both languages; never more than is true. */
#include "amount-words.h"
#include "breakdown-words.h"
#include "catalogues.h"
#include "item-words.h"
#include "reference-case.h"
#include "rule-words.h"
#include "state-words.h"

#include <check.h>
#include <stdlib.h>

#define FR RETOUR_LANGUAGE_FRENCH
#define EN RETOUR_LANGUAGE_ENGLISH

typedef const char *(*CodeSaying) (RetourLanguage language, const char *code, const RetourPolicy *policy);

static const struct
{
  CodeSaying say;
  const char *code, *french, *english;
} codes[] = {
  { retour_reason_words, "size_small", "Trop petit", "Too small" },
  { retour_reason_words, "size_large", "Trop grand", "Too big" },
  { retour_reason_words, "changed_mind", "Ne plaît pas", "Not to taste" },
  { retour_reason_words, "not_as_described", "Différent de la photo", "Not as pictured" },
  { retour_reason_words, "defective", "Défaut ou casse", "Faulty or broken" },
  { retour_reason_words, "late_delivery", "Reçu trop tard", "Arrived too late" },
  { retour_reason_words, "house_of_cards", "house_of_cards", "house_of_cards" },
  { retour_reason_words, NULL, "", "" },
  { retour_condition_words, "new_sealed", "Neuf étiqueté", "New with tags" },
  { retour_condition_title, "new_sealed", "Neuf", "New" },
  { retour_condition_detail, "new_sealed", "étiqueté", "with tags" },
  { retour_condition_words, "new_opened", "Ouvert", "Opened" },
  { retour_condition_words, "light_wear", "Porté", "Worn" },
  { retour_condition_words, "damaged", "Abîmé", "Damaged" },
  { retour_condition_detail, "unheard_of", "", "" },
  { retour_condition_words, "unheard_of", "unheard_of", "unheard_of" },
};

START_TEST (a_code_is_said_in_both_languages)
{
  ck_assert_str_eq (codes[_i].say (FR, codes[_i].code, NULL), codes[_i].french);
  ck_assert_str_eq (codes[_i].say (EN, codes[_i].code, NULL), codes[_i].english);
}
END_TEST

START_TEST (the_policy_names_its_own_codes)
{
  g_autoptr (RetourPolicy) policy = retour_policy_new ();
  RetourReason *reason = retour_reason_new ("size_small");
  RetourCondition *condition = retour_condition_new ("new_sealed");

  reason->title.text[FR] = g_strdup ("Taille trop juste");
  condition->title.text[FR] = g_strdup ("Impeccable");
  condition->grade = g_strdup ("B");
  g_ptr_array_add (policy->reasons, reason);
  g_ptr_array_add (policy->conditions, condition);

  ck_assert_str_eq (retour_reason_words (FR, "size_small", policy), "Taille trop juste");
  ck_assert_str_eq (retour_condition_words (FR, "new_sealed", policy), "Impeccable");
  ck_assert_str_eq (retour_condition_title (FR, "new_sealed", policy), "Impeccable");
  ck_assert_str_eq (retour_condition_detail (FR, "new_sealed", policy), "");
  ck_assert_str_eq (retour_condition_grade ("new_sealed", policy), "B");
  ck_assert_str_eq (retour_condition_grade ("damaged", policy), "D");
  ck_assert_ptr_null (retour_condition_grade ("unheard_of", policy));
}
END_TEST

START_TEST (a_disposition_is_said_without_its_place)
{
  ck_assert_str_eq (retour_disposition_words (FR, "restock"), "Remise en rayon");
  ck_assert_str_eq (retour_disposition_words (FR, "transfer:store:0215"), "Transfert");
  ck_assert_str_eq (retour_disposition_words (EN, "resale"), "Second hand");
  ck_assert_str_eq (retour_disposition_words (EN, "melt"), "melt");
  ck_assert_str_eq (retour_disposition_words (EN, NULL), "");
}
END_TEST

START_TEST (a_card_is_known_by_its_label_the_rest_by_its_kind)
{
  ck_assert_str_eq (retour_payment_words (FR, "card", "CB •••• 4242"), "CB •••• 4242");
  ck_assert_str_eq (retour_payment_words (FR, "card", NULL), "Carte bancaire");
  ck_assert_str_eq (retour_payment_words (EN, "gift_card", "Carte cadeau"), "Gift card");
  ck_assert_str_eq (retour_payment_words (FR, "store_credit", NULL), "Avoir");
  ck_assert_str_eq (retour_payment_words (FR, "moon_pay", "Lune"), "Lune");
  ck_assert_str_eq (retour_payment_words (FR, "moon_pay", NULL), "moon_pay");
}
END_TEST

static const struct
{
  gint64 units;
  const char *french, *english;
} counts[] = {
  { 0, "0 article", "0 items" },
  { 1, "1 article", "1 item" },
  { 2, "2 articles", "2 items" },
};

START_TEST (each_language_counts_its_way)
{
  g_autofree char *french = retour_units_words (FR, counts[_i].units);
  g_autofree char *english = retour_units_words (EN, counts[_i].units);

  ck_assert_str_eq (french, counts[_i].french);
  ck_assert_str_eq (english, counts[_i].english);
}
END_TEST

static const struct
{
  gint64 amount;
  const char *currency, *french, *english;
} amounts[] = {
  { 15000, "EUR", "150\u00a0€", "€150" },
  { 15050, "EUR", "150,50\u00a0€", "€150.50" },
  { 0, "EUR", "0\u00a0€", "€0" },
  { 1200, "JPY", "1\u202f200\u00a0¥", "¥1,200" },
};

START_TEST (a_round_amount_has_no_cents)
{
  g_autofree char *french = retour_amount_words (amounts[_i].amount, amounts[_i].currency, FR);
  g_autofree char *english = retour_amount_words (amounts[_i].amount, amounts[_i].currency, EN);

  ck_assert_str_eq (french, amounts[_i].french);
  ck_assert_str_eq (english, amounts[_i].english);
}
END_TEST

static const struct
{
  RetourGoodsState goods;
  RetourRefundState refund;
  RetourSyncState sync;
  gboolean offline;
  const char *problem, *french;
  RetourTone tone;
} states[] = {
  { RETOUR_GOODS_ACCEPTED, RETOUR_REFUND_PROMISED, RETOUR_SYNC_LOCAL, TRUE, NULL, "À envoyer", RETOUR_TONE_INFO },
  { RETOUR_GOODS_ACCEPTED, RETOUR_REFUND_PROMISED, RETOUR_SYNC_SENT, FALSE, NULL, "À rembourser", RETOUR_TONE_INFO },
  { RETOUR_GOODS_ACCEPTED, RETOUR_REFUND_REQUESTED, RETOUR_SYNC_ACKNOWLEDGED, FALSE, NULL, "Demandé",
    RETOUR_TONE_INFO },
  { RETOUR_GOODS_ACCEPTED, RETOUR_REFUND_PENDING, RETOUR_SYNC_ACKNOWLEDGED, FALSE, NULL, "En cours", RETOUR_TONE_INFO },
  { RETOUR_GOODS_ACCEPTED, RETOUR_REFUND_SETTLED, RETOUR_SYNC_ACKNOWLEDGED, FALSE, NULL, "Remboursé",
    RETOUR_TONE_SUCCESS },
  { RETOUR_GOODS_ACCEPTED, RETOUR_REFUND_FAILED, RETOUR_SYNC_ACKNOWLEDGED, FALSE, NULL, "À traiter",
    RETOUR_TONE_WARNING },
  { RETOUR_GOODS_ACCEPTED, RETOUR_REFUND_PROMISED, RETOUR_SYNC_QUARANTINED, FALSE, NULL, "À traiter",
    RETOUR_TONE_WARNING },
  { RETOUR_GOODS_ACCEPTED, RETOUR_REFUND_REQUESTED, RETOUR_SYNC_ACKNOWLEDGED, FALSE, "returned in Grenoble",
    "À traiter", RETOUR_TONE_WARNING },
  { RETOUR_GOODS_CANCELLED, RETOUR_REFUND_PROMISED, RETOUR_SYNC_LOCAL, TRUE, NULL, "Annulé", RETOUR_TONE_NEUTRAL },
  { RETOUR_GOODS_REFUSED, RETOUR_REFUND_NONE, RETOUR_SYNC_ACKNOWLEDGED, FALSE, NULL, "Refusé", RETOUR_TONE_ERROR },
  { RETOUR_GOODS_ACCEPTED, RETOUR_REFUND_NONE, RETOUR_SYNC_ACKNOWLEDGED, FALSE, NULL, "Reçu", RETOUR_TONE_NEUTRAL },
};

static RetourReturn *
return_new (void)
{
  RetourReturn *ret = retour_return_new ("019a9652-0000-7000-8000-000000000001", "R0214A-00381-7");

  g_strlcpy (ret->currency, "EUR", sizeof ret->currency);
  return ret;
}

START_TEST (a_return_says_how_it_stands)
{
  g_autoptr (RetourReturn) ret = return_new ();
  RetourSaying saying;

  ret->goods = states[_i].goods;
  ret->refund = states[_i].refund;
  ret->sync = states[_i].sync;
  ret->offline = states[_i].offline;
  ret->problem = g_strdup (states[_i].problem);
  ret->total = 8340;
  saying = retour_return_saying (FR, ret);
  ck_assert_str_eq (saying.words, states[_i].french);
  ck_assert_int_eq (saying.tone, states[_i].tone);
}
END_TEST

/* SYNC.md, promise 5: whatever else is true, only a settled refund is called refunded. */
START_TEST (only_what_is_settled_is_called_refunded)
{
  for (guint goods = 0; goods < RETOUR_N_GOODS_STATES; goods++)
    for (guint refund = 0; refund < RETOUR_N_REFUND_STATES; refund++)
      for (guint sync = 0; sync < RETOUR_N_SYNC_STATES; sync++)
        for (guint offline = 0; offline < 2; offline++)
          {
            g_autoptr (RetourReturn) ret = return_new ();
            RetourReturnTender *tender = retour_return_tender_new ("pay_1", "card", NULL, 8340);

            g_ptr_array_add (ret->tenders, tender);
            ret->goods = goods;
            ret->refund = tender->state = refund;
            ret->sync = sync;
            ret->offline = offline;
            ret->total = 8340;
            if (refund == RETOUR_REFUND_SETTLED)
              continue;
            ck_assert_str_ne (retour_return_saying (EN, ret).words, "Refunded");
            ck_assert_str_ne (retour_tender_saying (EN, ret, tender).words, "Refunded");
            ck_assert_str_ne (retour_tender_expectation (EN, ret, tender), "Usable now");
          }
}
END_TEST

START_TEST (offline_the_expectation_waits_for_the_network)
{
  g_autoptr (RetourReturn) ret = return_new ();
  RetourReturnTender *card = retour_return_tender_new ("pay_1", "card", NULL, 6850);
  RetourReturnTender *gift = retour_return_tender_new ("pay_2", "gift_card", NULL, 1490);

  g_ptr_array_add (ret->tenders, card);
  g_ptr_array_add (ret->tenders, gift);
  card->state = gift->state = RETOUR_REFUND_PROMISED;
  ret->goods = RETOUR_GOODS_ACCEPTED;
  ret->offline = TRUE;
  ck_assert_str_eq (retour_tender_saying (FR, ret, card).words, "À envoyer");
  ck_assert_str_eq (retour_tender_expectation (FR, ret, card), "Partira à la reconnexion, puis 3 à 5 jours");
  ck_assert_str_eq (retour_tender_expectation (FR, ret, gift), "Recréditée à la reconnexion");
  ret->sync = RETOUR_SYNC_ACKNOWLEDGED;
  gift->state = RETOUR_REFUND_SETTLED;
  ck_assert_str_eq (retour_tender_saying (FR, ret, card).words, "À rembourser");
  ck_assert_str_eq (retour_tender_expectation (FR, ret, gift), "Utilisable maintenant");
}
END_TEST

START_TEST (a_rule_has_a_title_and_its_own_message)
{
  RetourRuleResult rule = { .rule = (char *) "final_sale", .decision = RETOUR_DECISION_REFUSE_UNLESS_APPROVED };
  RetourRuleResult strange = { .rule = (char *) "full_moon", .decision = RETOUR_DECISION_ACCEPT_IF_APPROVED };

  ck_assert_str_eq (retour_rule_title (FR, &rule), "Dernière chance – non retournable");
  ck_assert_str_eq (retour_rule_title (EN, &rule), "Last chance – not returnable");
  ck_assert_str_eq (retour_rule_message (EN, &rule), "Last chance – not returnable");
  rule.message.text[EN] = (char *) "Not taken back.";
  ck_assert_str_eq (retour_rule_message (EN, &rule), "Not taken back.");
  ck_assert_str_eq (retour_rule_title (EN, &strange), "full_moon");
  strange.message.text[FR] = (char *) "Pleine lune.";
  ck_assert_str_eq (retour_rule_title (EN, &strange), "Pleine lune.");
}
END_TEST

START_TEST (a_fact_is_said_by_its_kind)
{
  RetourFact amount = { (char *) "kept_value", RETOUR_FACT_AMOUNT, NULL, 11950 };
  RetourFact flag = { (char *) "offline", RETOUR_FACT_FLAG, NULL, 1 };
  RetourFact condition = { (char *) "condition", RETOUR_FACT_TEXT, (char *) "light_wear", 0 };
  RetourFact day = { (char *) "last_day", RETOUR_FACT_DAY, NULL, 1 };
  const RetourFact *facts[] = { &amount, &flag, &condition, &day };
  const char *expected[] = { "119,50\u00a0€", "oui", "Porté", "2 janv. 1970" };

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_autofree char *words = retour_fact_value_words (FR, facts[i], "EUR");

      ck_assert_str_eq (words, expected[i]);
    }
  ck_assert_str_eq (retour_fact_name_words (FR, "kept_value"), "Panier gardé");
  ck_assert_str_eq (retour_fact_name_words (EN, "unheard_of"), "unheard_of");
}
END_TEST

static void
check_row (const GPtrArray *rows, guint index, const char *label, gint64 amount, const char *note)
{
  const RetourBreakdownRow *row = g_ptr_array_index (rows, index);

  ck_assert_str_eq (row->label, label);
  ck_assert_int_eq (row->amount, amount);
  ck_assert_pstr_eq (row->note, note);
}

START_TEST (the_reference_case_explains_every_cent)
{
  g_autoptr (RetourDesk) desk = reference_desk ();
  g_autoptr (RetourWorkspace) workspace = reference_workspace (FALSE);
  g_autoptr (RetourQuote) quote = NULL;
  g_autoptr (GPtrArray) french = NULL;
  g_autoptr (GPtrArray) english = NULL;

  reference_add (workspace, "l1", "size_small");
  reference_add (workspace, "l2", "changed_mind");
  quote = retour_desk_quote (desk, workspace, workspace->draft, FALSE, NULL);
  ck_assert_ptr_nonnull (quote);
  ck_assert_int_eq (quote->total, 8340);

  french = retour_breakdown_rows_of_quote (FR, quote, workspace->draft, workspace->order);
  ck_assert_uint_eq (french->len, 3);
  check_row (french, 0, "2 articles, au prix payé", 8799, NULL);
  check_row (french, 1, "Promo «\u00a0−10 € dès 150 €\u00a0» reprise", -459,
             "Panier gardé\u00a0: 119,50\u00a0€, sous les 150\u00a0€.");
  check_row (french, 2, "Livraison", 0, "Retour partiel\u00a0: non remboursée.");

  english = retour_breakdown_rows_of_quote (EN, quote, workspace->draft, workspace->order);
  check_row (english, 0, "2 items, at the price paid", 8799, NULL);
  check_row (english, 1, "Offer “€10 off €150” taken back", -459, "Basket kept: €119.50, under €150.");
  check_row (english, 2, "Delivery", 0, "Partial return: not refunded.");
}
END_TEST

START_TEST (every_row_is_there_and_their_sum_is_the_refund)
{
  g_autoptr (RetourDesk) desk = reference_desk ();
  g_autoptr (RetourWorkspace) workspace = reference_workspace (FALSE);
  g_autoptr (RetourQuote) quote = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 sum = 0;

  reference_add (workspace, "l1", "size_small");
  reference_add (workspace, "l4", "changed_mind");
  retour_draft_set_condition (workspace->draft, 1, "light_wear");
  quote = retour_desk_quote (desk, workspace, workspace->draft, FALSE, NULL);
  rows = retour_breakdown_rows_of_quote (FR, quote, workspace->draft, workspace->order);
  for (guint i = 0; i < rows->len; i++)
    sum += ((RetourBreakdownRow *) g_ptr_array_index (rows, i))->amount;
  ck_assert_int_eq (sum, quote->total);
  check_row (rows, rows->len - 1, "État de «\u00a0Chemise Lison\u00a0»", -1346,
             "Porté\u00a0: remboursé à 80\u00a0% du prix payé.");
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("words");
  TCase *codes_case = tcase_create ("codes");
  TCase *states_case = tcase_create ("states");
  TCase *money_case = tcase_create ("money");
  SRunner *runner;
  int failed;

  retour_catalogues_bind ();
  tcase_add_loop_test (codes_case, a_code_is_said_in_both_languages, 0, G_N_ELEMENTS (codes));
  tcase_add_test (codes_case, the_policy_names_its_own_codes);
  tcase_add_test (codes_case, a_disposition_is_said_without_its_place);
  tcase_add_test (codes_case, a_card_is_known_by_its_label_the_rest_by_its_kind);
  tcase_add_loop_test (codes_case, each_language_counts_its_way, 0, G_N_ELEMENTS (counts));
  tcase_add_loop_test (codes_case, a_round_amount_has_no_cents, 0, G_N_ELEMENTS (amounts));
  suite_add_tcase (suite, codes_case);
  tcase_add_loop_test (states_case, a_return_says_how_it_stands, 0, G_N_ELEMENTS (states));
  tcase_add_test (states_case, only_what_is_settled_is_called_refunded);
  tcase_add_test (states_case, offline_the_expectation_waits_for_the_network);
  suite_add_tcase (suite, states_case);
  tcase_add_test (money_case, a_rule_has_a_title_and_its_own_message);
  tcase_add_test (money_case, a_fact_is_said_by_its_kind);
  tcase_add_test (money_case, the_reference_case_explains_every_cent);
  tcase_add_test (money_case, every_row_is_there_and_their_sum_is_the_refund);
  suite_add_tcase (suite, money_case);

  runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
