/* SPDX-License-Identifier: Apache-2.0 */
/* The proof on paper says what was recorded: the reference case word by word, gifts without any price, doubt as doubt. */
#include "catalogues.h"
#include "reference-case.h"
#include "slip-content.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define FR RETOUR_LANGUAGE_FRENCH
#define EN RETOUR_LANGUAGE_ENGLISH

typedef struct
{
  RetourDesk *desk;
  RetourWorkspace *workspace;
  RetourReturn *ret;
  RetourIdentity identity;
  GTimeZone *zone;
} Fixture;

static Fixture fixture;

static void
add_line (const RetourDraftEntry *entry, const RetourQuoteLine *quoted)
{
  const RetourOrderLine *bought = retour_order_find_line (fixture.workspace->order, entry->line, NULL);
  RetourReturnLine *line = retour_return_line_new (entry->line, entry->quantity);

  line->title = g_strdup (bought->title);
  line->variant = g_strdup (bought->variant);
  line->reason = g_strdup (entry->reason);
  line->condition = g_strdup (entry->condition);
  line->grade = g_strdup ("A");
  line->goods = quoted->goods;
  g_ptr_array_add (fixture.ret->lines, line);
}

static void
record (void)
{
  g_autoptr (RetourQuote) quote =
      retour_desk_quote (fixture.desk, fixture.workspace, fixture.workspace->draft, FALSE, NULL);
  static const char *const labels[] = { "CB •••• 4242", NULL };
  RetourReturn *ret = fixture.ret = retour_return_new (fixture.workspace->draft->id, "R0214A-00381-7");

  for (guint i = 0; i < quote->lines->len; i++)
    add_line (g_ptr_array_index (fixture.workspace->draft->entries, i), g_ptr_array_index (quote->lines, i));
  for (guint i = 0; i < quote->breakdown->len; i++)
    g_ptr_array_add (ret->breakdown, retour_breakdown_copy (g_ptr_array_index (quote->breakdown, i)));
  for (guint i = 0; i < quote->tenders->len; i++)
    {
      const RetourTender *tender = g_ptr_array_index (quote->tenders, i);

      g_ptr_array_add (ret->tenders,
                       retour_return_tender_new (tender->payment, tender->method, labels[MIN (i, 1)], tender->amount));
    }
  ret->order_id = g_strdup ("ord_0000001");
  ret->order_number = g_strdup ("1048-7213");
  ret->terminal = g_strdup ("A");
  ret->staff_name = g_strdup ("Camille M.");
  ret->customer_name = g_strdup ("Amandine R.");
  g_strlcpy (ret->currency, "EUR", sizeof ret->currency);
  ret->total = quote->total;
  ret->recorded_at = reference_now () + 2 * 60 * RETOUR_SECOND;
  ret->goods = RETOUR_GOODS_ACCEPTED;
  ret->refund = RETOUR_REFUND_PROMISED;
  ck_assert (retour_day_parse ("2025-12-02", &ret->refund_latest_day));
  ret->proof = g_strdup ("RT1:TOKEN");
}

static void
set_up (void)
{
  fixture.desk = reference_desk ();
  fixture.workspace = reference_workspace (FALSE);
  fixture.zone = retour_time_zone_new ("Europe/Paris");
  fixture.identity = (RetourIdentity){ .chain = (char *) "Maison Lisière",
                                       .store_name = (char *) "Lyon Bellecour",
                                       .store_address = (char *) "12 rue de la République, Lyon 2e",
                                       .store_phone = (char *) "04 72 00 00 00" };
  reference_add (fixture.workspace, "l1", "size_small");
  reference_add (fixture.workspace, "l2", "changed_mind");
  record ();
}

static void
tear_down (void)
{
  retour_return_free (fixture.ret);
  retour_workspace_free (fixture.workspace);
  retour_desk_free (fixture.desk);
  g_time_zone_unref (fixture.zone);
}

static RetourSlipProof *
content (RetourLanguage language, guint copies)
{
  g_autoptr (GPtrArray) returns = g_ptr_array_new ();
  g_autoptr (GPtrArray) orders = g_ptr_array_new ();

  g_ptr_array_add (returns, fixture.ret);
  g_ptr_array_add (orders, fixture.workspace->order);
  return retour_slip_content_new (language, &fixture.identity, returns, orders, NULL, fixture.zone, copies);
}

static const RetourSlipSection *
section_of (const RetourSlipProof *proof)
{
  ck_assert_uint_eq (proof->sections->len, 1);
  return g_ptr_array_index (proof->sections, 0);
}

static void
check_line (const GPtrArray *lines, guint index, const char *label, const char *value, const char *detail)
{
  const RetourSlipLine *line;

  ck_assert_uint_lt (index, lines->len);
  line = g_ptr_array_index (lines, index);
  ck_assert_str_eq (line->label, label);
  ck_assert_pstr_eq (line->value, value);
  ck_assert_pstr_eq (line->detail, detail);
}

START_TEST (the_reference_case_reads_as_the_mock_up)
{
  g_autoptr (RetourSlipProof) proof = content (FR, 0);
  const RetourSlipSection *section = section_of (proof);

  ck_assert_str_eq (proof->chain, "MAISON LISIÈRE");
  ck_assert_uint_eq (proof->store_lines->len, 2);
  ck_assert_str_eq (g_ptr_array_index (proof->store_lines, 1), "Lyon Bellecour · 04 72 00 00 00");
  ck_assert_str_eq (proof->title, "PREUVE DE RETOUR");
  ck_assert_str_eq (proof->date, "mardi 18 novembre 2025 · 10:48");
  ck_assert_ptr_null (proof->duplicate);
  ck_assert_ptr_null (proof->provisional);
  ck_assert_str_eq (section->number, "R0214A-00381-7");
  check_line (section->facts, 0, "Commande", "1048-7213 (web)", NULL);
  check_line (section->facts, 1, "Client", "Amandine R.", NULL);
  check_line (section->facts, 2, "Reçu par", "Camille M.", NULL);
  check_line (section->items, 0, "Robe chemise Ysé", "56,74\u00a0€", "Taille 38 · Bleu nuit · trop petit · état A");
  check_line (section->items, 1, "Pull col V mérinos", "31,25\u00a0€", "Taille M · Écru · ne plaît pas · état A");
  check_line (section->breakdown, 0, "2 articles, au prix payé", "87,99\u00a0€", NULL);
  check_line (section->breakdown, 1, "Promo «\u00a0−10 € dès 150 €\u00a0» reprise (panier gardé\u00a0: 119,50\u00a0€)",
              "−4,59\u00a0€", NULL);
  check_line (section->breakdown, 2, "Livraison (retour partiel)", "0,00\u00a0€", NULL);
  ck_assert_str_eq (section->total_label, "À rembourser");
  ck_assert_str_eq (section->total, "83,40\u00a0€");
  check_line (section->tenders, 0, "CB •••• 4242, sous 3 à 5 jours", "68,50\u00a0€", NULL);
  check_line (section->tenders, 1, "Carte cadeau, dès son crédit", "14,90\u00a0€", NULL);
  ck_assert_str_eq (section->acceptance, "Accepté");
  ck_assert_str_eq (section->token, "RT1:TOKEN");
  ck_assert_str_eq (proof->keep, "À garder jusqu’au remboursement");
  ck_assert_str_eq (proof->legal, "Remboursement dû par la loi au plus tard le 2 déc. 2025.");
  ck_assert (g_str_has_prefix (proof->footer, "Terminal A · contrôle "));
}
END_TEST

START_TEST (an_english_slip_leaves_nothing_french)
{
  g_autoptr (RetourSlipProof) proof = content (EN, 0);
  const RetourSlipSection *section = section_of (proof);

  ck_assert_str_eq (proof->title, "PROOF OF RETURN");
  ck_assert_str_eq (proof->date, "Tuesday 18 November 2025 · 10:48");
  check_line (section->breakdown, 1, "Offer “€10 off €150” taken back (basket kept: €119.50)", "−€4.59", NULL);
  ck_assert_str_eq (section->total, "€83.40");
  check_line (section->tenders, 1, "Gift card, once credited", "€14.90", NULL);
}
END_TEST

START_TEST (a_reprint_says_which)
{
  g_autoptr (RetourSlipProof) second = content (FR, 1);
  g_autoptr (RetourSlipProof) third = content (FR, 2);

  ck_assert_str_eq (second->duplicate, "DUPLICATA 1");
  ck_assert_str_eq (third->duplicate, "DUPLICATA 2");
}
END_TEST

START_TEST (offline_the_slip_says_so)
{
  g_autoptr (RetourSlipProof) proof = NULL;

  fixture.ret->offline = TRUE;
  proof = content (FR, 0);
  ck_assert_str_eq (proof->provisional, "Enregistré hors ligne");
  ck_assert_str_eq (section_of (proof)->total_label, "À rembourser");
}
END_TEST

START_TEST (refunded_is_said_once_settled_only)
{
  g_autoptr (RetourSlipProof) requested = NULL;
  g_autoptr (RetourSlipProof) settled = NULL;

  fixture.ret->refund = RETOUR_REFUND_REQUESTED;
  requested = content (FR, 1);
  ck_assert_str_eq (section_of (requested)->total_label, "Remboursement demandé");
  fixture.ret->refund = RETOUR_REFUND_SETTLED;
  settled = content (FR, 1);
  ck_assert_str_eq (section_of (settled)->total_label, "Remboursé");
  ck_assert_ptr_null (settled->legal);
}
END_TEST

START_TEST (a_cancelled_return_refunds_nothing)
{
  g_autoptr (RetourSlipProof) proof = NULL;

  fixture.ret->goods = RETOUR_GOODS_CANCELLED;
  proof = content (FR, 1);
  ck_assert_str_eq (proof->title, "RETOUR ANNULÉ");
  ck_assert_ptr_null (section_of (proof)->total);
  ck_assert_uint_eq (section_of (proof)->tenders->len, 0);
  ck_assert_ptr_null (proof->legal);
}
END_TEST

static void
collect (GString *all, const GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const RetourSlipLine *line = g_ptr_array_index (lines, i);

      g_string_append_printf (all, "%s\n%s\n%s\n", line->label, line->value != NULL ? line->value : "",
                              line->detail != NULL ? line->detail : "");
    }
}

START_TEST (a_gift_shows_no_price_anywhere)
{
  for (guint language = 0; language < RETOUR_N_LANGUAGES; language++)
    {
      g_autoptr (RetourSlipProof) proof = NULL;
      g_autoptr (GString) all = g_string_new (NULL);
      const RetourSlipSection *section;

      fixture.ret->gift = TRUE;
      proof = content ((RetourLanguage) language, 0);
      section = section_of (proof);
      collect (all, section->facts);
      collect (all, section->items);
      collect (all, section->breakdown);
      collect (all, section->tenders);
      ck_assert_ptr_null (section->total);
      ck_assert_ptr_null (strstr (all->str, "€"));
      ck_assert_ptr_null (strstr (all->str, "56"));
    }
}
END_TEST

START_TEST (a_visit_is_one_paper_with_a_section_each_and_one_sum)
{
  const gboolean gift = _i % 2 == 1;
  g_autoptr (RetourReturn) other = retour_return_copy (fixture.ret);
  g_autoptr (GPtrArray) returns = g_ptr_array_new ();
  g_autoptr (RetourSlipProof) proof = NULL;
  g_autoptr (RetourSlip) slip = NULL;
  guint codes = 0;

  g_free (other->number);
  other->number = g_strdup ("R0214A-00382-5");
  g_free (other->order_number);
  other->order_number = g_strdup ("W10004217");
  other->gift = gift;
  g_ptr_array_add (returns, fixture.ret);
  g_ptr_array_add (returns, other);
  proof = retour_slip_content_new (FR, &fixture.identity, returns, NULL, NULL, fixture.zone, 0);
  ck_assert_uint_eq (proof->sections->len, 2);
  check_line (((RetourSlipSection *) proof->sections->pdata[1])->facts, 0, "Commande", "W10004217", NULL);
  /* With a gift among them a sum would tell its price. */
  ck_assert_pstr_eq (proof->sum_label, gift ? NULL : "En tout, à rembourser");
  ck_assert_pstr_eq (proof->sum, gift ? NULL : "166,80\u00a0€");
  slip = retour_slip_proof_compose (proof, RETOUR_SLIP_WIDTH_80MM);
  for (guint i = 0; i < slip->blocks->len; i++)
    {
      const RetourSlipBlock *block = slip->blocks->pdata[i];

      codes += block->kind == RETOUR_SLIP_BARCODE || block->kind == RETOUR_SLIP_QR;
    }
  ck_assert_uint_eq (codes, 4);
}
END_TEST

START_TEST (without_order_only_the_goods_are_taken_in)
{
  g_autoptr (RetourSlipProof) proof = NULL;
  g_autoptr (GPtrArray) returns = g_ptr_array_new ();

  g_clear_pointer (&fixture.ret->order_number, g_free);
  fixture.ret->total = 0;
  g_ptr_array_add (returns, fixture.ret);
  proof = retour_slip_content_new (FR, &fixture.identity, returns, NULL, NULL, fixture.zone, 0);
  check_line (section_of (proof)->facts, 0, "Commande", "aucune", NULL);
  ck_assert_ptr_null (section_of (proof)->total);
  ck_assert_str_eq (proof->keep, "À conserver");
}
END_TEST

static const struct
{
  const char *place, *name, *french, *english;
} places[] = {
  { "store:0214", "Lyon Bellecour", "", "" },
  { "store:0215", "Lyon Part-Dieu", " · à retirer\u00a0: Lyon Part-Dieu", " · to collect at Lyon Part-Dieu" },
  { "warehouse:corbas", "Corbas", " · envoyé par\u00a0: Corbas", " · delivered from Corbas" },
  { NULL, NULL, "", "" },
};

START_TEST (an_exchanged_article_says_where_it_is)
{
  RetourReturnLine *line = g_ptr_array_index (fixture.ret->lines, 0);
  const RetourExchangedItem item = { .sku = (char *) "ROBE-YSE-BLN-40",
                                     .variant = (char *) "Taille 40 · Bleu nuit",
                                     .place = (char *) places[_i].place,
                                     .place_name = (char *) places[_i].name };
  g_autoptr (RetourSlipProof) french = NULL;
  g_autoptr (RetourSlipProof) english = NULL;
  g_autofree char *said =
      g_strconcat ("Taille 38 · Bleu nuit · trop petit · état A · échangé contre Taille 40 · Bleu nuit",
                   places[_i].french, NULL);
  g_autofree char *written =
      g_strconcat ("Taille 38 · Bleu nuit · too small · condition A · exchanged for Taille 40 · Bleu nuit",
                   places[_i].english, NULL);

  line->exchange = retour_exchanged_item_copy (&item);
  fixture.ret->store = g_strdup ("0214");
  french = content (FR, 0);
  english = content (EN, 0);
  ck_assert_str_eq (((const RetourSlipLine *) section_of (french)->items->pdata[0])->detail, said);
  ck_assert_str_eq (((const RetourSlipLine *) section_of (english)->items->pdata[0])->detail, written);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("slip-content");
  TCase *cases = tcase_create ("slip-content");
  SRunner *runner;
  int failed;

  retour_catalogues_bind ();
  tcase_add_checked_fixture (cases, set_up, tear_down);
  tcase_add_loop_test (cases, an_exchanged_article_says_where_it_is, 0, G_N_ELEMENTS (places));
  tcase_add_test (cases, the_reference_case_reads_as_the_mock_up);
  tcase_add_test (cases, an_english_slip_leaves_nothing_french);
  tcase_add_test (cases, a_reprint_says_which);
  tcase_add_test (cases, offline_the_slip_says_so);
  tcase_add_test (cases, refunded_is_said_once_settled_only);
  tcase_add_test (cases, a_cancelled_return_refunds_nothing);
  tcase_add_test (cases, a_gift_shows_no_price_anywhere);
  tcase_add_loop_test (cases, a_visit_is_one_paper_with_a_section_each_and_one_sum, 0, 2);
  tcase_add_test (cases, without_order_only_the_goods_are_taken_in);
  suite_add_tcase (suite, cases);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
