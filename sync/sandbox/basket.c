/* SPDX-License-Identifier: Apache-2.0 */
#include "basket.h"

#include "catalogue.h"

#include <string.h>

RetourOrderLine *
sandbox_basket_add (RetourOrder *order, guint product, guint colour, guint size, gint64 quantity, gint64 unit_price)
{
  const SandboxProduct *sold = sandbox_catalogue_get (product);
  SandboxVariant variant = sandbox_catalogue_variant (product, colour, size);
  char id[16];
  RetourOrderLine *line;
  g_autoptr (GStrvBuilder) flags = g_strv_builder_new ();

  g_snprintf (id, sizeof id, "l%u", order->lines->len + 1);
  line = retour_order_line_new (id);
  line->sku = g_steal_pointer (&variant.sku);
  line->gtin = g_steal_pointer (&variant.gtin);
  line->variant = g_steal_pointer (&variant.variant);
  line->product = g_strdup (sold->code);
  line->title = g_strdup (sold->title);
  line->category = g_strdup (sold->category);
  if (sold->outlet)
    g_strv_builder_add (flags, "final_sale");
  g_strfreev (line->flags);
  line->flags = g_strv_builder_end (flags);
  line->quantity = quantity;
  line->unit_price = unit_price;
  line->paid = quantity * unit_price;
  if (!retour_decimal_parse (strcmp (order->currency, "JPY") == 0   ? "10.00"
                             : strcmp (order->currency, "KWD") == 0 ? "0.00"
                                                                    : "20.00",
                             &line->tax_rate))
    g_assert_not_reached ();
  g_ptr_array_add (order->lines, line);
  return line;
}

static gint64
gross (const RetourOrderLine *line)
{
  return line->quantity * line->unit_price;
}

/* Last chance articles are never discounted twice. */
static gboolean
takes_part (const RetourOrderLine *line)
{
  return line->flags[0] == NULL;
}

static gint64
value_of (const RetourOrder *order)
{
  gint64 value = 0;

  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];

      if (takes_part (line))
        value += gross (line);
    }
  return value;
}

static void
discount (RetourOrderLine *line, const char *promotion, gint64 amount)
{
  if (amount == 0)
    return;
  g_ptr_array_add (line->discounts, retour_discount_new (promotion, amount));
  line->paid -= amount;
}

static RetourPromotion *
promote (RetourOrder *order, const char *id, RetourPromotionKind kind, char *french, char *english)
{
  RetourPromotion *promotion = retour_promotion_new (id, kind);

  promotion->on_return = RETOUR_ON_RETURN_RECOMPUTE;
  promotion->title.text[RETOUR_LANGUAGE_FRENCH] = french;
  promotion->title.text[RETOUR_LANGUAGE_ENGLISH] = english;
  g_ptr_array_add (order->promotions, promotion);
  return promotion;
}

/* "150 €" and "€150" without cents when there are none. */
static char *
words_for (const RetourOrder *order, gint64 amount, RetourLanguage language)
{
  g_autofree char *text = retour_money_format (amount, order->currency, language);
  g_autofree char *zeros = NULL;
  const char *cents = strstr (text, language == RETOUR_LANGUAGE_FRENCH ? ",00" : ".00");

  if (cents == NULL || g_ascii_isdigit (cents[3]))
    return g_steal_pointer (&text);
  zeros = g_strndup (text, (gsize) (cents - text));
  return g_strconcat (zeros, cents + 3, NULL);
}

void
sandbox_basket_take_percent (RetourOrder *order, const char *percent, gint64 threshold)
{
  RetourPromotion *promotion;
  g_autofree char *id = g_strconcat ("PANIER", percent, NULL);

  if (value_of (order) < threshold)
    return;
  g_autofree char *fr = words_for (order, threshold, RETOUR_LANGUAGE_FRENCH);
  g_autofree char *en = words_for (order, threshold, RETOUR_LANGUAGE_ENGLISH);
  promotion = promote (order, id, RETOUR_PROMOTION_PERCENT, g_strdup_printf ("−%s\u202f%% dès %s", percent, fr),
                       g_strdup_printf ("%s%% off from %s", percent, en));
  promotion->threshold = threshold;
  if (!retour_decimal_parse (percent, &promotion->percent))
    g_assert_not_reached ();
  for (guint i = 0; i < order->lines->len; i++)
    {
      RetourOrderLine *line = order->lines->pdata[i];
      gint64 amount;

      if (takes_part (line)
          && retour_money_multiply_divide (gross (line), promotion->percent.ten_thousandths, 1000000, &amount))
        discount (line, id, amount);
    }
}

/* Spreads an amount over the lines that `in` says, by what they cost. */
static void
spread (RetourOrder *order, const char *promotion, gint64 amount, const gboolean *in)
{
  guint n = order->lines->len;
  g_autofree gint64 *weights = g_new0 (gint64, n), *shares = g_new0 (gint64, n);

  for (guint i = 0; i < n; i++)
    weights[i] = in[i] ? gross (order->lines->pdata[i]) : 0;
  retour_money_spread (amount, weights, n, shares);
  for (guint i = 0; i < n; i++)
    discount (order->lines->pdata[i], promotion, shares[i]);
}

void
sandbox_basket_take_amount (RetourOrder *order, gint64 amount, gint64 threshold)
{
  g_autofree gboolean *in = g_new0 (gboolean, order->lines->len);
  g_autofree char *fr = words_for (order, amount, RETOUR_LANGUAGE_FRENCH);
  g_autofree char *en = words_for (order, amount, RETOUR_LANGUAGE_ENGLISH);
  g_autofree char *from_fr = words_for (order, threshold, RETOUR_LANGUAGE_FRENCH);
  g_autofree char *from_en = words_for (order, threshold, RETOUR_LANGUAGE_ENGLISH);
  RetourPromotion *promotion;

  if (value_of (order) < threshold)
    return;
  promotion = promote (order, "BIENVENUE", RETOUR_PROMOTION_AMOUNT, g_strdup_printf ("−%s dès %s", fr, from_fr),
                       g_strdup_printf ("%s off from %s", en, from_en));
  promotion->amount = amount;
  promotion->threshold = threshold;
  for (guint i = 0; i < order->lines->len; i++)
    in[i] = takes_part (order->lines->pdata[i]);
  spread (order, "BIENVENUE", amount, in);
}

static gint
dearest_first (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return left > right ? -1 : left < right;
}

/* Two paid, the third free: the units of the t-shirts, dearest first, in groups of three. */
void
sandbox_basket_take_three_for_two (RetourOrder *order)
{
  g_autofree gboolean *in = g_new0 (gboolean, order->lines->len);
  g_autoptr (GArray) prices = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 free_value = 0;
  RetourPromotion *promotion;

  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];

      in[i] = takes_part (line) && strcmp (line->category, "t-shirt") == 0;
      for (gint64 unit = 0; in[i] && unit < line->quantity; unit++)
        g_array_append_val (prices, line->unit_price);
    }
  g_array_sort (prices, dearest_first);
  for (guint i = 2; i < prices->len; i += 3)
    free_value += g_array_index (prices, gint64, i);
  if (free_value == 0)
    return;
  promotion = promote (order, "TROIS-POUR-DEUX", RETOUR_PROMOTION_BUY_X_GET_Y, g_strdup ("3 t-shirts pour 2"),
                       g_strdup ("3 T-shirts for 2"));
  promotion->x = 2;
  promotion->y = 1;
  spread (order, "TROIS-POUR-DEUX", free_value, in);
}

void
sandbox_basket_take_free_delivery (RetourOrder *order, gint64 threshold)
{
  g_autofree char *fr = NULL, *en = NULL;
  gint64 value = 0;

  for (guint i = 0; i < order->lines->len; i++)
    value += gross (order->lines->pdata[i]);
  if (value < threshold)
    return;
  fr = words_for (order, threshold, RETOUR_LANGUAGE_FRENCH);
  en = words_for (order, threshold, RETOUR_LANGUAGE_ENGLISH);
  promote (order, "LIVRAISON", RETOUR_PROMOTION_FREE_DELIVERY, g_strdup_printf ("Livraison offerte dès %s", fr),
           g_strdup_printf ("Free delivery from %s", en))
      ->threshold = threshold;
  order->delivery.paid = 0;
}

gint64
sandbox_basket_total (const RetourOrder *order)
{
  gint64 total = order->delivery.paid;

  for (guint i = 0; i < order->lines->len; i++)
    total += ((const RetourOrderLine *) order->lines->pdata[i])->paid;
  return total;
}

RetourPayment *
sandbox_basket_pay (RetourOrder *order, const char *method, const char *label, gint64 amount)
{
  char id[16];
  RetourPayment *payment;

  g_snprintf (id, sizeof id, "pay_%u", order->payments->len + 1);
  payment = retour_payment_new (id, method);
  payment->label = g_strdup (label);
  payment->captured = amount;
  g_ptr_array_add (order->payments, payment);
  return payment;
}

static void
fill_lines (SandboxDice *dice, RetourOrder *order)
{
  guint n = 1 + sandbox_dice_below (dice, 2) + sandbox_dice_below (dice, 3);

  for (guint i = 0; i < n; i++)
    {
      guint product = sandbox_dice_below (dice, SANDBOX_PRODUCTS);
      guint colour = sandbox_dice_below (dice, sandbox_catalogue_colours (product));
      guint size = sandbox_dice_below (dice, sandbox_catalogue_sizes (product)), luck = sandbox_dice_below (dice, 100);
      gint64 price = sandbox_catalogue_price_in (sandbox_catalogue_get (product)->unit_price, order->currency);
      RetourOrderLine *line = sandbox_basket_add (order, product, colour, size,
                                                  luck < 82   ? 1
                                                  : luck < 95 ? 2
                                                              : 3,
                                                  price);

      if (sandbox_catalogue_has_serials (product))
        {
          g_autoptr (GStrvBuilder) serials = g_strv_builder_new ();

          for (gint64 unit = 0; unit < line->quantity; unit++)
            {
              g_autofree char *serial = g_strdup_printf ("SN%08u", sandbox_dice_below (dice, 100000000));

              g_strv_builder_add (serials, serial);
            }
          g_strfreev (line->serials);
          line->serials = g_strv_builder_end (serials);
        }
    }
}

/* Some come for the t-shirts. */
static void
fill_shirts (SandboxDice *dice, RetourOrder *order)
{
  static const char *const codes[] = { "TSH-LOU", "TSH-RAYE", "TSH-BIO", "DEBAR-NINA" };

  for (guint i = 0; i < 2; i++)
    {
      guint product;
      const SandboxProduct *sold = sandbox_catalogue_find (codes[sandbox_dice_below (dice, 4)], &product);

      sandbox_basket_add (order, product, sandbox_dice_below (dice, 3), sandbox_dice_below (dice, 5),
                          1 + sandbox_dice_below (dice, 3),
                          sandbox_catalogue_price_in (sold->unit_price, order->currency));
    }
}

static void
take_promotions (SandboxDice *dice, RetourOrder *order)
{
  static const char *const percents[] = { "10", "15", "20" };
  guint luck = sandbox_dice_below (dice, 100);

  if (luck < 18)
    sandbox_basket_take_percent (order, percents[luck % 3], sandbox_catalogue_price_in (10000, order->currency));
  else if (luck < 36)
    sandbox_basket_take_amount (order, sandbox_catalogue_price_in (1000, order->currency),
                                sandbox_catalogue_price_in (15000, order->currency));
  else if (luck < 60)
    sandbox_basket_take_three_for_two (order);
  if (sandbox_dice_happens (dice, 40))
    sandbox_basket_take_free_delivery (order, sandbox_catalogue_price_in (8000, order->currency));
}

static void
pay_by_card (SandboxDice *dice, RetourOrder *order, gint64 amount)
{
  static const char *const brands[] = { "CB", "Visa", "Mastercard", "Amex" };
  g_autofree char *label =
      g_strdup_printf ("%s •••• %04u", brands[sandbox_dice_below (dice, 4)], sandbox_dice_below (dice, 10000));

  sandbox_basket_pay (order, "card", label, amount);
}

static void
pay (SandboxDice *dice, RetourOrder *order)
{
  gint64 total = sandbox_basket_total (order), part = sandbox_catalogue_price_in (5000, order->currency);
  guint luck = sandbox_dice_below (dice, 100);

  if (luck < 24)
    sandbox_basket_pay (order, "paypal", "PayPal", total);
  else if (luck < 29)
    sandbox_basket_pay (order, "gift_card", "Carte cadeau", total);
  else if (luck < 40 && total > part)
    {
      pay_by_card (dice, order, total - part);
      sandbox_basket_pay (order, "gift_card", "Carte cadeau", part);
    }
  else
    pay_by_card (dice, order, total);
}

void
sandbox_basket_fill (SandboxDice *dice, RetourOrder *order)
{
  guint luck;

  if (sandbox_dice_happens (dice, 8))
    fill_shirts (dice, order);
  else
    fill_lines (dice, order);
  order->delivery.standard = sandbox_catalogue_price_in (490, order->currency);
  luck = sandbox_dice_below (dice, 100);
  order->delivery.paid = luck < 12 ? order->delivery.standard * 2 : luck < 25 ? 0 : order->delivery.standard;
  order->delivery.tax_rate = ((const RetourOrderLine *) order->lines->pdata[0])->tax_rate;
  take_promotions (dice, order);
  pay (dice, order);
}
