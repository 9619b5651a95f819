/* SPDX-License-Identifier: Apache-2.0 */
#include "showcase.h"

#include "basket.h"
#include "catalogue.h"
#include "journey.h"

#include <string.h>

typedef struct
{
  const char *number, *name, *email, *phone, *postcode, *channel;
  guint placed, delivered; /* days ago; placed 0 ends the table */
} Sold;

static const Sold sold[SANDBOX_SHOWCASE] = {
  { "1048-7213", "Amandine Roussel", "a.roussel@orange.fr", "+33639980041", "69002", "web-fr", 16, 13 },
  { "1047-9920", "Bastien Rousset", "b.rousset@free.fr", "+33639980112", "69003", "store-0214", 21, 19 },
  { "1031-5526", "Marie Dubois-Rousseau", "m.dubois-rousseau@gmail.com", "+33639980163", "38000", "web-fr", 65, 62 },
  { "1048-6604", "Léo Roussillon", "leo.roussillon@example.fr", "+33639980077", "59000", "store-0301", 10, 8 },
  { "1046-0031", "Paul Martin", "paul.rousselet@laposte.net", "+33639980120", "33000", "web-fr", 38, 25 },
};

static guint
product (const char *code)
{
  guint index = 0;

  if (sandbox_catalogue_find (code, &index) == NULL)
    g_assert_not_reached ();
  return index;
}

static void
begin (const Sold *entry, guint index, RetourInstant now, RetourOrder *order)
{
  order->id = g_strdup_printf ("ord_%07u", index + 1);
  g_free (order->number);
  order->number = g_strdup (entry->number);
  order->version = 3;
  order->placed_at = now - entry->placed * SANDBOX_DAY - 3 * SANDBOX_HOUR;
  order->updated_at = now - entry->delivered * SANDBOX_DAY;
  order->channel = g_strdup (entry->channel);
  order->market = g_strdup ("FR");
  order->locale = g_strdup ("fr-FR");
  memcpy (order->currency, "EUR", 4);
  order->customer.id = g_strdup_printf ("cus_s%05u", index + 1);
  order->customer.name = g_strdup (entry->name);
  order->customer.email = g_strdup (entry->email);
  order->customer.phone = g_strdup (entry->phone);
  order->customer.postcode = g_strdup (entry->postcode);
  if (!retour_decimal_parse ("20.00", &order->delivery.tax_rate))
    g_assert_not_reached ();
  order->delivery.standard = 490;
}

static void
deliver (RetourOrder *order, guint index, RetourInstant now)
{
  SandboxDice dice = sandbox_dice_new (1048, 's', index);
  RetourParcel *parcel = sandbox_journey_send (&dice, order, "colissimo", "delivered");

  parcel->delivered_at = now - sold[index].delivered * SANDBOX_DAY;
  for (guint i = 0; i < order->lines->len; i++)
    {
      RetourOrderLine *line = order->lines->pdata[i];

      sandbox_journey_pack (parcel, line, line->quantity);
    }
}

/* UI.md 5, to the cent. */
static void
fill_reference (RetourOrder *order)
{
  sandbox_basket_add (order, product ("ROBE-YSE"), 0, 2, 1, 5900);
  sandbox_basket_add (order, product ("PULL-MERINOS"), 0, 2, 1, 3250);
  sandbox_basket_add (order, product ("JEAN-ALMA"), 0, 3, 2, 4950);
  sandbox_basket_add (order, product ("CHEM-LISON"), 0, 2, 1, 7000);
  sandbox_basket_add (order, product ("FOUL-GARANCE"), 0, 0, 1, 2450);
  order->delivery.paid = 490;
  sandbox_basket_take_amount (order, 1000, 15000);
  sandbox_basket_pay (order, "card", "CB •••• 4242", 22990);
  sandbox_basket_pay (order, "gift_card", "Carte cadeau", 5000);
}

static void
fill_others (RetourOrder *order, guint index)
{
  switch (index)
    {
    case 1:
      sandbox_basket_add (order, product ("CHEM-OXF"), 0, 3, 1, 5900);
      sandbox_basket_add (order, product ("JEAN-BRUT"), 0, 4, 1, 7500);
      break;
    case 2:
      sandbox_basket_add (order, product ("MANT-ODILE"), 0, 1, 1, 18900);
      break;
    case 3:
      sandbox_basket_add (order, product ("BASK-MISTRAL"), 0, 3, 1, 8990);
      break;
    default:
      sandbox_basket_add (order, product ("SAC-CABAS"), 0, 0, 1, 8990);
      sandbox_basket_add (order, product ("TSH-LOU"), 0, 2, 1, 2250);
      break;
    }
  sandbox_basket_pay (order, index == 3 ? "paypal" : "card", index == 3 ? "PayPal" : "CB •••• 1881",
                      sandbox_basket_total (order));
}

RetourOrder *
sandbox_showcase_order (guint index, RetourInstant now)
{
  g_autoptr (RetourOrder) order = retour_order_new ();

  g_return_val_if_fail (index < SANDBOX_SHOWCASE, NULL);

  begin (&sold[index], index, now - now % RETOUR_SECOND, order);
  if (index == 0)
    fill_reference (order);
  else
    fill_others (order, index);
  deliver (order, index, now - now % RETOUR_SECOND);
  return g_steal_pointer (&order);
}

gboolean
sandbox_showcase_returned (guint index, const char **store, const char **line, gint64 *units)
{
  *line = NULL;
  *units = 0;
  switch (index)
    {
    case 0: /* one of the two jeans */
      *store = "0108";
      *line = "l3";
      *units = 1;
      return TRUE;
    case 1:
      *store = "0214";
      return TRUE;
    default:
      return FALSE;
    }
}
