/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange-words.h"

#include "amount-words.h"
#include "item-words.h"
#include "variant.h"

#include <string.h>

#define N_(msgid) RETOUR_WORDING (msgid)

/* How French speaks of an article; English does not care. */
typedef enum
{
  GENDER_MASCULINE,
  GENDER_FEMININE,
  GENDER_FEMININE_PLURAL,
} Gender;

static const struct
{
  const char *category, *title;
  Gender gender;
} CATEGORIES[] = {
  { "dress", N_ ("Exchange the dress"), GENDER_FEMININE },
  { "jumper", N_ ("Exchange the jumper"), GENDER_MASCULINE },
  { "jeans", N_ ("Exchange the jeans"), GENDER_MASCULINE },
  { "trousers", N_ ("Exchange the trousers"), GENDER_MASCULINE },
  { "shirt", N_ ("Exchange the shirt"), GENDER_FEMININE },
  { "t-shirt", N_ ("Exchange the T-shirt"), GENDER_MASCULINE },
  { "skirt", N_ ("Exchange the skirt"), GENDER_FEMININE },
  { "coat", N_ ("Exchange the coat"), GENDER_MASCULINE },
  { "scarf", N_ ("Exchange the scarf"), GENDER_MASCULINE },
  { "bag", N_ ("Exchange the bag"), GENDER_MASCULINE },
  { "trainers", N_ ("Exchange the trainers"), GENDER_FEMININE_PLURAL },
};

static Gender
gender_of (const char *category)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CATEGORIES); i++)
    if (g_strcmp0 (CATEGORIES[i].category, category) == 0)
      return CATEGORIES[i].gender;
  return GENDER_MASCULINE;
}

const char *
retour_exchange_title (RetourLanguage language, const char *category)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CATEGORIES); i++)
    if (g_strcmp0 (CATEGORIES[i].category, category) == 0)
      return retour_wording (language, CATEGORIES[i].title);
  return retour_wording (language, "Exchange the item");
}

const char *
retour_exchange_returned_words (RetourLanguage language, const char *category)
{
  switch (gender_of (category))
    {
    case GENDER_FEMININE:
      return retour_wording_in (language, "one feminine item", "Returned");
    case GENDER_FEMININE_PLURAL:
      return retour_wording_in (language, "feminine plural item", "Returned");
    case GENDER_MASCULINE:
      break;
    }
  return retour_wording_in (language, "one masculine item", "Returned");
}

const char *
retour_exchange_new_words (RetourLanguage language, const char *category)
{
  switch (gender_of (category))
    {
    case GENDER_FEMININE:
      return retour_wording_in (language, "one feminine item", "New");
    case GENDER_FEMININE_PLURAL:
      return retour_wording_in (language, "feminine plural item", "New");
    case GENDER_MASCULINE:
      break;
    }
  return retour_wording_in (language, "one masculine item", "New");
}

const char *
retour_exchange_where_words (RetourLanguage language, const char *category)
{
  switch (gender_of (category))
    {
    case GENDER_FEMININE:
      return retour_wording_in (language, "one feminine item", "Where from?");
    case GENDER_FEMININE_PLURAL:
      return retour_wording_in (language, "feminine plural item", "Where from?");
    case GENDER_MASCULINE:
      break;
    }
  return retour_wording_in (language, "one masculine item", "Where from?");
}

const char *
retour_exchange_size_words (RetourLanguage language, const char *category)
{
  return g_strcmp0 (category, "trainers") == 0 ? retour_wording (language, "Shoe size")
                                               : retour_wording (language, "Size");
}

/* "Robe chemise Ysé" is called Ysé: a last word with a capital, after words without, is its own name. */
static const char *
own_name (const char *title)
{
  const char *space = strrchr (title, ' ');

  return space != NULL && g_unichar_isupper (g_utf8_get_char (space + 1)) ? space + 1 : title;
}

char *
retour_article_words (const char *title, const char *variant)
{
  g_auto (RetourVariant) parts = retour_variant_parse (variant);
  g_autoptr (GString) words = g_string_new (title != NULL ? own_name (title) : NULL);

  if (parts.size != NULL && !retour_size_is_only (parts.size))
    g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", parts.size);
  if (parts.colour != NULL)
    g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", parts.colour);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

char *
retour_colour_words (const char *colour)
{
  const char *second = colour != NULL && *colour != '\0' ? g_utf8_next_char (colour) : NULL;
  g_autofree char *first = NULL;

  /* "B&W", "XO": not a word with a capital. */
  if (second == NULL || !g_unichar_islower (g_utf8_get_char (second)))
    return g_strdup (colour);
  first = g_utf8_strdown (colour, second - colour);
  return g_strconcat (first, second, NULL);
}

char *
retour_replacement_words (RetourLanguage language, const RetourReplacement *item, const char *category)
{
  if (item == NULL)
    return g_strdup (retour_wording (language, "Not made"));
  switch (item->state)
    {
    case RETOUR_REPLACEMENT_HERE:
      {
        int here = (int) CLAMP (item->here, 0, G_MAXINT);

        return g_strdup_printf (retour_wording_n (language, "%d here", "%d here", here), here);
      }
    case RETOUR_REPLACEMENT_ELSEWHERE:
      return g_strdup (retour_wording (language, "Elsewhere"));
    case RETOUR_REPLACEMENT_SOLD_OUT:
      return g_strdup (retour_wording (language, "Sold out"));
    case RETOUR_REPLACEMENT_UNKNOWN:
      return g_strdup (retour_wording (language, "Not known"));
    case RETOUR_REPLACEMENT_RETURNED:
      return g_strdup (retour_exchange_returned_words (language, category));
    }
  g_return_val_if_reached (NULL);
}

const char *
retour_place_words (RetourLanguage language, RetourPlaceKind kind)
{
  switch (kind)
    {
    case RETOUR_PLACE_HERE:
      return retour_wording (language, "Here");
    case RETOUR_PLACE_STORE:
      return retour_wording (language, "Another store");
    case RETOUR_PLACE_WAREHOUSE:
      return retour_wording (language, "Web stock");
    case RETOUR_PLACE_OTHER:
      return retour_wording (language, "Elsewhere");
    }
  g_return_val_if_reached ("");
}

const char *
retour_place_way_words (RetourLanguage language, RetourPlaceKind kind)
{
  switch (kind)
    {
    case RETOUR_PLACE_HERE:
      return retour_wording (language, "To take away now");
    case RETOUR_PLACE_STORE:
      return retour_wording (language, "To collect there");
    case RETOUR_PLACE_WAREHOUSE:
      return retour_wording (language, "Delivered to the door");
    case RETOUR_PLACE_OTHER:
      return retour_wording (language, "To be sent for");
    }
  g_return_val_if_reached ("");
}

const char *
retour_place_icon (RetourPlaceKind kind)
{
  switch (kind)
    {
    case RETOUR_PLACE_HERE:
      return "rt-store-symbolic";
    case RETOUR_PLACE_STORE:
      return "mark-location-symbolic";
    case RETOUR_PLACE_WAREHOUSE:
      return "rt-warehouse-symbolic";
    case RETOUR_PLACE_OTHER:
      return "rt-truck-symbolic";
    }
  g_return_val_if_reached ("");
}

char *
retour_stock_age_words (
    RetourLanguage language, const RetourStockFigure *figure, RetourInstant now, GTimeZone *zone, gboolean check)
{
  g_autofree char *time = NULL;
  g_autofree char *age = NULL;
  RetourDay day;

  if (figure == NULL || figure->at == RETOUR_INSTANT_NONE)
    return g_strdup (retour_wording (language, "stock not known"));
  time = retour_instant_format_time (figure->at, zone);
  day = retour_instant_day (figure->at, zone);
  if (day == retour_instant_day (now, zone))
    age = g_strdup_printf (retour_wording (language, "stock of %s"), time);
  else
    {
      g_autofree char *date = retour_day_format_short (day, language);

      age = g_strdup_printf (retour_wording (language, "stock of %s at %s"), date, time);
    }
  return check ? g_strdup_printf (retour_wording (language, "%s, to be checked on the shelf"), age)
               : g_steal_pointer (&age);
}

static char *
money (RetourLanguage language, const RetourExchangeOutcome *outcome, gint64 amount)
{
  return retour_money_format (amount, outcome->quote->currency, language);
}

char *
retour_difference_words (RetourLanguage language, const RetourExchangeOutcome *outcome)
{
  g_autofree char *price = money (language, outcome, outcome->price);
  g_autofree char *returned = money (language, outcome, outcome->returned);
  gint64 rest = outcome->difference - (outcome->price - outcome->returned);

  if (outcome->even)
    return g_strdup (retour_wording (language, "Same item, at the price paid"));
  if (rest == 0)
    return g_strdup_printf (retour_wording (language, "%s less %s"), price, returned);
  if (rest == outcome->clawback)
    return g_strdup_printf (rest > 0 ? retour_wording (language, "%s less %s, and the offer taken back")
                                     : retour_wording (language, "%s less %s, and the offer given back"),
                            price, returned);
  return g_strdup_printf (retour_wording (language, "%s less %s, offers and deductions included"), price, returned);
}

char *
retour_offer_words (RetourLanguage language, const RetourExchangeOutcome *outcome)
{
  const RetourPromotion *promotion = outcome->promotion;
  g_autofree char *title = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *taken = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *threshold = NULL;

  if (promotion == NULL)
    return NULL;
  title = retour_promotion_words (language, promotion, outcome->quote->currency);
  if (outcome->clawback == 0)
    {
      kept = money (language, outcome, outcome->basket);
      return g_strdup_printf (retour_wording (language, "Offer “%s” kept: the basket stays at %s."), title, kept);
    }
  amount = money (language, outcome, ABS (outcome->clawback));
  if (outcome->clawback < 0)
    return g_strdup_printf (retour_wording (language, "Offer “%s” given back: %s."), title, amount);
  taken = g_strdup_printf (retour_wording (language, "Offer “%s” taken back: %s."), title, amount);
  if (outcome->kept >= promotion->threshold)
    return g_steal_pointer (&taken);
  kept = money (language, outcome, outcome->kept);
  threshold = retour_amount_words (promotion->threshold, outcome->quote->currency, language);
  {
    g_autofree char *why = g_strdup_printf (retour_wording (language, "Basket kept: %s, under %s."), kept, threshold);

    return g_strdup_printf ("%s %s", taken, why);
  }
}

/* "CB •••• 4242, Gift card" */
static char *
tender_names (RetourLanguage language, const RetourQuote *quote, const RetourOrder *order)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < quote->tenders->len; i++)
    {
      const RetourTender *tender = quote->tenders->pdata[i];
      const char *label = NULL;

      for (guint j = 0; order != NULL && j < order->payments->len; j++)
        {
          const RetourPayment *payment = order->payments->pdata[j];

          if (strcmp (payment->id, tender->payment) == 0)
            label = payment->label;
        }
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", retour_payment_words (language, tender->method, label));
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static RetourSettlementWords
even_words (RetourLanguage language, const RetourExchangeOutcome *outcome)
{
  g_autofree char *given = money (language, outcome, outcome->price - outcome->returned);

  return (RetourSettlementWords){
    .title = g_strdup (retour_wording (language, "Even exchange")),
    .detail = outcome->price > outcome->returned
                  ? g_strdup_printf (retour_wording (language, "Allowance of %s"), given)
                  : g_strdup (retour_wording (language, "Nothing to pay, nothing to refund")),
    .icon = "rt-exchange-symbolic",
  };
}

RetourSettlementWords
retour_settlement_words (RetourLanguage language, const RetourExchangeOutcome *outcome, const RetourOrder *order)
{
  const RetourQuote *quote = outcome->quote;
  g_autofree char *amount = money (language, outcome, ABS (outcome->difference));
  g_autofree char *total = money (language, outcome, quote->total);
  g_autofree char *names = tender_names (language, quote, order);
  RetourSettlementWords words = { NULL, NULL, "rt-card-symbolic" };

  if (outcome->even)
    return even_words (language, outcome);
  if (outcome->difference == 0)
    {
      words.title = g_strdup (retour_wording (language, "No difference"));
      words.detail = g_strdup (retour_wording (language, "Nothing to pay, nothing to refund"));
      words.icon = "rt-exchange-symbolic";
    }
  else if (outcome->difference < 0)
    {
      words.title = g_strdup_printf (retour_wording (language, "Customer gets back %s"), amount);
      words.detail = quote->total == 0 ? g_strdup (retour_wording (language, "Off what this return costs"))
                     : *names != '\0'  ? g_strdup_printf (retour_wording (language, "On %s"), names)
                                       : g_strdup (retour_wording (language, "With the refund of this return"));
      words.icon = "rt-return-symbolic";
    }
  else if (quote->total > 0)
    {
      words.title = g_strdup_printf (retour_wording (language, "%s taken off the refund"), amount);
      words.detail = g_strdup_printf (retour_wording (language, "%s are still refunded"), total);
    }
  else
    {
      g_autofree char *collect = money (language, outcome, quote->exchange_collect);

      words.title = g_strdup_printf (retour_wording (language, "Customer pays %s"), collect);
      words.detail = quote->exchange_collect < outcome->difference
                         ? g_strdup (retour_wording (language, "At the till; the refund covers the rest"))
                         : g_strdup (retour_wording (language, "At the till; only noted here"));
    }
  return words;
}

void
retour_settlement_words_clear (RetourSettlementWords *words)
{
  g_clear_pointer (&words->title, g_free);
  g_clear_pointer (&words->detail, g_free);
}
