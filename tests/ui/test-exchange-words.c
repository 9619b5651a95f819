/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of an exchange, in both languages. */
#include "catalogues.h"
#include "exchange-words.h"
#include "reference-case.h"

#include <check.h>
#include <stdlib.h>

#define FR RETOUR_LANGUAGE_FRENCH
#define EN RETOUR_LANGUAGE_ENGLISH

static const struct
{
  const char *category, *title, *returned, *new, *where, *english;
} CATEGORIES[] = {
  { "dress", "Échanger la robe", "Rendue", "Nouvelle", "Où la prendre\u202f?", "Exchange the dress" },
  { "jumper", "Échanger le pull", "Rendu", "Nouveau", "Où le prendre\u202f?", "Exchange the jumper" },
  { "trainers", "Échanger les baskets", "Rendues", "Nouvelles", "Où les prendre\u202f?", "Exchange the trainers" },
  { "teapot", "Échanger l’article", "Rendu", "Nouveau", "Où le prendre\u202f?", "Exchange the item" },
  { NULL, "Échanger l’article", "Rendu", "Nouveau", "Où le prendre\u202f?", "Exchange the item" },
};

START_TEST (french_knows_a_dress_from_a_jumper)
{
  const char *category = CATEGORIES[_i].category;

  ck_assert_str_eq (retour_exchange_title (FR, category), CATEGORIES[_i].title);
  ck_assert_str_eq (retour_exchange_returned_words (FR, category), CATEGORIES[_i].returned);
  ck_assert_str_eq (retour_exchange_new_words (FR, category), CATEGORIES[_i].new);
  ck_assert_str_eq (retour_exchange_where_words (FR, category), CATEGORIES[_i].where);
  ck_assert_str_eq (retour_exchange_title (EN, category), CATEGORIES[_i].english);
  ck_assert_str_eq (retour_exchange_returned_words (EN, category), "Returned");
  ck_assert_str_eq (retour_exchange_where_words (EN, category), "Where from?");
}
END_TEST

static const struct
{
  const char *title, *variant, *words;
} ARTICLES[] = {
  { "Robe chemise Ysé", "Taille 38 · Bleu nuit", "Ysé 38 · Bleu nuit" },
  { "Pull col V mérinos", "Taille M · Écru", "Pull col V mérinos M · Écru" },
  { "Savon d’Alep", NULL, "Savon d’Alep" },
  { "Foulard soie Garance", "Unique · Rouille", "Garance · Rouille" },
  { NULL, "40 · Sauge", "40 · Sauge" },
  { "Robe", "Noir", "Robe · Noir" },
  { NULL, NULL, "" },
};

START_TEST (an_article_goes_by_its_own_name)
{
  g_autofree char *words = retour_article_words (ARTICLES[_i].title, ARTICLES[_i].variant);

  ck_assert_str_eq (words, ARTICLES[_i].words);
}
END_TEST

START_TEST (a_colour_stands_in_a_sentence)
{
  g_autofree char *one = retour_colour_words ("Bleu nuit");
  g_autofree char *other = retour_colour_words ("Écru");
  g_autofree char *sign = retour_colour_words ("XO rouge");

  ck_assert_str_eq (one, "bleu nuit");
  ck_assert_str_eq (other, "écru");
  ck_assert_str_eq (sign, "XO rouge");
}
END_TEST

static const struct
{
  const char *at;
  gboolean check;
  const char *french, *english;
} AGES[] = {
  { "2025-11-18T09:46:00Z", FALSE, "stock de 10:46", "stock of 10:46" },
  { "2025-11-18T09:46:00Z", TRUE, "stock de 10:46, à vérifier en rayon", "stock of 10:46, to be checked on the shelf" },
  { "2025-11-17T17:02:00Z", FALSE, "stock du 17 nov. à 18:02", "stock of 17 Nov at 18:02" },
  /* Midnight in Lyon is not midnight UTC. */
  { "2025-11-17T23:30:00Z", FALSE, "stock de 00:30", "stock of 00:30" },
  { NULL, TRUE, "stock inconnu", "stock not known" },
};

START_TEST (a_figure_says_how_old_it_is)
{
  g_autoptr (GTimeZone) zone = retour_time_zone_new ("Europe/Paris");
  RetourStockFigure figure = { .place = (char *) "store:0214", .quantity = 2, .at = RETOUR_INSTANT_NONE };
  g_autofree char *french = NULL;
  g_autofree char *english = NULL;

  ck_assert (AGES[_i].at == NULL || retour_instant_parse (AGES[_i].at, &figure.at));
  french = retour_stock_age_words (FR, &figure, reference_now (), zone, AGES[_i].check);
  english = retour_stock_age_words (EN, AGES[_i].at != NULL ? &figure : NULL, reference_now (), zone, AGES[_i].check);
  ck_assert_str_eq (french, AGES[_i].french);
  ck_assert_str_eq (english, AGES[_i].english);
}
END_TEST

/* One visit: what else comes back, which dress leaves, and what is said of it. */
static const struct
{
  gboolean even;
  const char *first; /* line refunded in the same visit, NULL */
  const char *colour;
  const char *difference, *offer, *title, *detail;
} VISITS[] = {
  { FALSE, NULL, "Bleu nuit", "69,00 € moins 56,74 €",
    "Promo « −10 € dès 150 € » conservée : le panier reste à 221,00 €.", "Le client paie 12,26 €",
    "À encaisser en caisse ; noté ici" },
  { FALSE, NULL, "Terracotta", "49,00 € moins 56,74 €",
    "Promo « −10 € dès 150 € » conservée : le panier reste à 201,00 €.", "Le client récupère 7,74 €",
    "Sur CB •••• 4242, Carte cadeau" },
  { TRUE, NULL, "Bleu nuit", "Même article, au prix payé",
    "Promo « −10 € dès 150 € » conservée : le panier reste à 221,00 €.", "Échange à prix constant",
    "Remise de 12,26 €" },
  { TRUE, NULL, "Terracotta", "Même article, au prix payé",
    "Promo « −10 € dès 150 € » conservée : le panier reste à 201,00 €.", "Échange à prix constant",
    "Rien à payer, rien à rembourser" },
  { FALSE, "l2", "Bleu nuit", "69,00 € moins 56,74 €, et la promo reprise",
    "Promo « −10 € dès 150 € » reprise : 4,59 €. Panier gardé : 119,50 €, sous les 150 €.",
    "16,85 € déduits du remboursement", "Il reste 14,40 € à rembourser" },
};

/* As a reader sees it: no-break spaces are spaces. */
static char *
plain (const char *words)
{
  g_autoptr (GString) text = g_string_new (words);

  g_string_replace (text, "\u00a0", " ", 0);
  g_string_replace (text, "\u202f", " ", 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
check_words (const char *said, const char *expected)
{
  g_autofree char *seen = plain (said);

  ck_assert_str_eq (seen, expected);
}

START_TEST (the_difference_is_said_with_all_it_holds)
{
  g_autoptr (RetourDesk) desk = reference_desk ();
  g_autoptr (RetourWorkspace) workspace = reference_workspace (VISITS[_i].even);
  RetourProduct *dress = reference_dress (VISITS[_i].colour, "40");
  RetourExchangedItem *item = retour_exchanged_item_new (dress);
  g_autoptr (RetourExchangeOutcome) outcome = NULL;
  g_auto (RetourSettlementWords) settled = { NULL, NULL, NULL };
  g_autofree char *difference = NULL;
  g_autofree char *offer = NULL;

  if (VISITS[_i].first != NULL)
    reference_add (workspace, VISITS[_i].first, "changed_mind");
  reference_add (workspace, "l1", "size_small");
  outcome = retour_exchange_outcome_new (desk, workspace, workspace->draft->entries->len - 1, item, FALSE, NULL);
  difference = retour_difference_words (FR, outcome);
  offer = retour_offer_words (FR, outcome);
  settled = retour_settlement_words (FR, outcome, workspace->order);
  check_words (difference, VISITS[_i].difference);
  check_words (offer, VISITS[_i].offer);
  check_words (settled.title, VISITS[_i].title);
  check_words (settled.detail, VISITS[_i].detail);
  ck_assert_ptr_nonnull (settled.icon);
  retour_exchanged_item_free (item);
  retour_product_free (dress);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("exchange-words");
  TCase *all = tcase_create ("exchange-words");
  SRunner *runner = srunner_create (suite);
  int failed;

  retour_catalogues_bind ();
  tcase_add_loop_test (all, french_knows_a_dress_from_a_jumper, 0, G_N_ELEMENTS (CATEGORIES));
  tcase_add_loop_test (all, an_article_goes_by_its_own_name, 0, G_N_ELEMENTS (ARTICLES));
  tcase_add_test (all, a_colour_stands_in_a_sentence);
  tcase_add_loop_test (all, a_figure_says_how_old_it_is, 0, G_N_ELEMENTS (AGES));
  tcase_add_loop_test (all, the_difference_is_said_with_all_it_holds, 0, G_N_ELEMENTS (VISITS));
  suite_add_tcase (suite, all);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
