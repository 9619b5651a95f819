/* SPDX-License-Identifier: Apache-2.0 */
/* The words of an exchange: what is exchanged, where the new article is and how old that news is, what the difference
 * comes to. */
#pragma once

#include "exchange-outcome.h"
#include "replacement.h"
#include "wording.h"

G_BEGIN_DECLS

/* "Exchange the dress"; static. An unknown category is "the item". */
const char *retour_exchange_title (RetourLanguage language, const char *category);
/* French tells a dress from a jumper here: "Rendue", "Rendu", "Rendues". Static. */
const char *retour_exchange_returned_words (RetourLanguage language, const char *category);
const char *retour_exchange_new_words (RetourLanguage language, const char *category);
const char *retour_exchange_where_words (RetourLanguage language, const char *category);
/* "Size", of shoes "Shoe size"; static. */
const char *retour_exchange_size_words (RetourLanguage language, const char *category);

/* "Ysé 38 · Bleu nuit": the name that the product bears, else its whole title, with what its variant says. Either may be NULL.
 * The caller's. */
char *retour_article_words (const char *title, const char *variant);
/* "bleu nuit" within a sentence; the caller's. */
char *retour_colour_words (const char *colour);

/* "2 here", "Elsewhere", "Sold out", "Returned"; `item` NULL: "Not made". The caller's. */
char *retour_replacement_words (RetourLanguage language, const RetourReplacement *item, const char *category);

/* What a place is: "Here", "Another store", "Web stock"; and how the customer gets the article there: "To take away now".
 * Static. */
const char *retour_place_words (RetourLanguage language, RetourPlaceKind kind);
const char *retour_place_way_words (RetourLanguage language, RetourPlaceKind kind);
const char *retour_place_icon (RetourPlaceKind kind);

/* "stock of 10:46", of another day "stock of 17 Nov. at 18:02"; `check`: ", to be checked on the shelf". `figure` NULL: "stock
 * not known". The caller's. */
char *retour_stock_age_words (
    RetourLanguage language, const RetourStockFigure *figure, RetourInstant now, GTimeZone *zone, gboolean check);

/* "69.00 € less 56.74 €", with what else the difference holds. The caller's. */
char *retour_difference_words (RetourLanguage language, const RetourExchangeOutcome *outcome);
/* What becomes of the offer: kept, taken back, given back. The caller's; NULL: nothing is to be said. */
char *retour_offer_words (RetourLanguage language, const RetourExchangeOutcome *outcome);

/* How the difference is settled: a title, a second line (the caller's) and an icon (static). */
typedef struct
{
  char *title, *detail;
  const char *icon;
} RetourSettlementWords;
RetourSettlementWords
retour_settlement_words (RetourLanguage language, const RetourExchangeOutcome *outcome, const RetourOrder *order);
void retour_settlement_words_clear (RetourSettlementWords *words);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RetourSettlementWords, retour_settlement_words_clear)

G_END_DECLS
