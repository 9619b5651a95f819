/* SPDX-License-Identifier: Apache-2.0 */
#include "order-mill.h"

#include <string.h>

#define FIRST_NAMES 120
#define LAST_NAMES 4000
#define DAYS 200

static const char *const first_names[] = {
  "Marie",     "Jean",         "Pierre",     "Michel",    "Nathalie",   "Isabelle", "Sylvie",      "Catherine",
  "Françoise", "Philippe",     "Alain",      "Patrick",   "Christophe", "Sophie",   "Sandrine",    "Stéphane",
  "Christine", "Valérie",      "Nicolas",    "Julien",    "Camille",    "Léa",      "Emma",        "Lucas",
  "Hugo",      "Thomas",       "Manon",      "Chloé",     "Zoé",        "Inès",     "Anne-Sophie", "Jean-Pierre",
  "Jean-Luc",  "Marie-Claire", "Anaïs",      "Élodie",    "Céline",     "Aurélie",  "Laurent",     "Olivier",
  "Frédéric",  "Sébastien",    "Guillaume",  "Benoît",    "Mathieu",    "Maxime",   "Antoine",     "Alexandre",
  "Paul",      "Louis",        "Jules",      "Gabriel",   "Raphaël",    "Arthur",   "Louise",      "Alice",
  "Jade",      "Rose",         "Anna",       "Mila",      "Lina",       "Romane",   "Juliette",    "Margaux",
  "Clémence",  "Pauline",      "Mathilde",   "Charlotte", "Marion",     "Laura",    "Sarah",       "Justine",
  "Océane",    "Amandine",     "Mélanie",    "Émilie",    "Caroline",   "Delphine", "Virginie",    "Florence",
  "Martine",   "Monique",      "Jacqueline", "Nicole",    "Danielle",   "Bernard",  "André",       "Robert",
  "Jacques",   "Daniel",       "Claude",     "Gérard",    "Marcel",     "Roger",    "René",        "Georges",
  "Henri",     "Denis",        "Serge",      "Yves",      "Bruno",      "Didier",   "Thierry",     "Éric",
  "Pascal",    "Franck",       "David",      "Vincent",   "Jérôme",     "Cédric",   "Fabrice",     "Ludovic",
  "Yann",      "Loïc",         "Gwenaël",    "Maëlle",    "Noémie",     "Ophélie",  "Solène",      "Tiphaine",
};
static const char *const last_names[] = {
  "Martin",   "Bernard", "Thomas",   "Petit",    "Robert",   "Richard",   "Durand",   "Dubois",  "Moreau",   "Laurent",
  "Simon",    "Michel",  "Lefebvre", "Leroy",    "Roux",     "David",     "Bertrand", "Morel",   "Fournier", "Girard",
  "Bonnet",   "Dupont",  "Lambert",  "Fontaine", "Rousseau", "Vincent",   "Muller",   "Lefèvre", "Faure",    "André",
  "Mercier",  "Blanc",   "Guérin",   "Boyer",    "Garnier",  "Chevalier", "François", "Legrand", "Gauthier", "Garcia",
  "Perrin",   "Robin",   "Clément",  "Morin",    "Nicolas",  "Henry",     "Roussel",  "Mathieu", "Gautier",  "Masson",
  "Marchand", "Duval",   "Denis",    "Dumont",   "Marie",    "Lemaire",   "Noël",     "Meyer",   "Dufour",   "Meunier",
};
static const char *const heads[] = {
  "Bar", "Bel", "Bou", "Cha", "Cou", "Del", "Des", "Dou", "Fer", "Gal", "Gou", "Hau",
  "Jac", "Lab", "Lac", "Lam", "Lan", "Mar", "Mon", "Per", "Pou", "Rav", "Sal", "Vau"
};
static const char *const middles[] = { "a", "be", "che", "di", "fo", "gni", "la", "mi", "ne", "ri", "sse", "ti", "vo" };
static const char *const tails[] = { "ard", "eau", "el", "er", "et", "ier", "in", "is", "on", "ot", "oux", "y" };

struct _OrderMill
{
  guint64 state;
  guint n;
  char *last_names[LAST_NAMES];
  guint first_sums[FIRST_NAMES], last_sums[LAST_NAMES]; /* running weights */
};

/* SplitMix64. */
static guint64
next_bits (OrderMill *self)
{
  guint64 z = self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ z >> 31;
}

guint
order_mill_random (OrderMill *self, guint n)
{
  return (guint) (next_bits (self) % n);
}

/* The n-th name has a weight of 1 / (n + offset). */
static void
sum_weights (guint *sums, guint n, guint offset)
{
  guint sum = 0;

  for (guint i = 0; i < n; i++)
    sums[i] = sum += 10000000 / (i + offset);
}

static guint
pick (OrderMill *self, const guint *sums, guint n)
{
  const guint wanted = order_mill_random (self, sums[n - 1]);
  guint low = 0, high = n - 1;

  while (low < high)
    {
      const guint middle = (low + high) / 2;

      if (sums[middle] > wanted)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

OrderMill *
order_mill_new (guint64 seed)
{
  OrderMill *self = g_new0 (OrderMill, 1);

  self->state = seed;
  for (guint i = 0; i < LAST_NAMES; i++)
    self->last_names[i] = i < G_N_ELEMENTS (last_names)
                              ? g_strdup (last_names[i])
                              : g_strconcat (heads[order_mill_random (self, G_N_ELEMENTS (heads))],
                                             middles[order_mill_random (self, G_N_ELEMENTS (middles))],
                                             tails[order_mill_random (self, G_N_ELEMENTS (tails))], NULL);
  G_STATIC_ASSERT (G_N_ELEMENTS (first_names) == FIRST_NAMES);
  sum_weights (self->first_sums, FIRST_NAMES, 6);
  sum_weights (self->last_sums, LAST_NAMES, 12);
  return self;
}

void
order_mill_free (OrderMill *self)
{
  for (guint i = 0; i < LAST_NAMES; i++)
    g_free (self->last_names[i]);
  g_free (self);
}

const char *
order_mill_first_name (OrderMill *self)
{
  return first_names[pick (self, self->first_sums, FIRST_NAMES)];
}

const char *
order_mill_last_name (OrderMill *self)
{
  return self->last_names[pick (self, self->last_sums, LAST_NAMES)];
}

static char *
plain (const char *name)
{
  g_autofree char *parts = g_utf8_normalize (name, -1, G_NORMALIZE_NFKD);
  GString *ascii = g_string_new (NULL);

  for (const char *p = parts; *p != '\0'; p++)
    if (g_ascii_isalpha (*p))
      g_string_append_c (ascii, g_ascii_tolower (*p));
  return g_string_free (ascii, FALSE);
}

static void
fill_customer (OrderMill *self, RetourOrder *order)
{
  const char *first = order_mill_first_name (self);
  const char *last = order_mill_last_name (self);
  g_autofree char *plain_first = plain (first);
  g_autofree char *plain_last = plain (last);
  const guint n = order_mill_random (self, 1000);

  order->customer.id = g_strdup_printf ("cus_%u", self->n / 2);
  order->customer.name = g_strdup_printf ("%s %s", first, last);
  if (n < 400)
    order->customer.email = g_strdup_printf ("%s.%s@example.fr", plain_first, plain_last);
  else if (n < 700)
    order->customer.email = g_strdup_printf ("%c%s%u@mail.example", plain_first[0], plain_last, n % 100);
  else
    order->customer.email = g_strdup_printf ("%s.%s%u@example.com", plain_first, plain_last, 1950 + n % 60);
  order->customer.phone = g_strdup_printf ("+33%u%08u", 6 + n % 2, order_mill_random (self, 100000000));
}

static void
add_line (OrderMill *self, RetourOrder *order, guint n)
{
  static const char *const categories[] = { "dress", "shoes", "coat", "shirt", "trousers", "bag" };
  const guint article = order_mill_random (self, 600);
  g_autofree char *id = g_strdup_printf ("l%u", n + 1);
  RetourOrderLine *line = retour_order_line_new (id);

  line->sku = g_strdup_printf ("ARTICLE-%03u", article);
  line->gtin = g_strdup_printf ("0361234567%04u", article);
  line->product = g_strdup_printf ("PRODUCT-%02u", article / 10);
  line->title = g_strdup ("Robe midi plissée");
  line->variant = g_strdup ("Noir · M");
  line->category = g_strdup (categories[article % G_N_ELEMENTS (categories)]);
  line->quantity = line->delivered = 1 + order_mill_random (self, 2);
  line->unit_price = 990 + 100 * (gint64) order_mill_random (self, 150);
  line->paid = line->quantity * line->unit_price;
  g_ptr_array_add (order->lines, line);
}

static void
add_parcel (OrderMill *self, RetourOrder *order)
{
  RetourParcel *parcel = retour_parcel_new ("p1");

  parcel->carrier = g_strdup ("colissimo");
  parcel->tracking = g_strdup_printf ("8V%011" G_GUINT64_FORMAT, next_bits (self) % G_GUINT64_CONSTANT (100000000000));
  parcel->status = g_strdup ("delivered");
  parcel->delivered_at = order->placed_at + 3 * 86400 * RETOUR_SECOND;
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];

      g_ptr_array_add (parcel->lines, retour_line_quantity_new (line->id, line->quantity));
    }
  g_ptr_array_add (order->parcels, parcel);
}

static char *
write_document (const RetourOrder *order)
{
  const RetourParcel *parcel = order->parcels->pdata[0];
  const RetourPayment *payment = order->payments->pdata[0];
  g_autofree char *placed = retour_instant_format (order->placed_at);
  g_autofree char *delivered = retour_instant_format (parcel->delivered_at);
  GString *text = g_string_sized_new (1200);

  g_string_printf (text,
                   "{\"id\":\"%s\",\"number\":\"%s\",\"version\":1,\"updated_at\":\"%s\",\"channel\":\"web-fr\","
                   "\"market\":\"FR\",\"locale\":\"fr-FR\",\"currency\":\"EUR\",\"placed_at\":\"%s\",\"gift\":false,"
                   "\"customer\":{\"id\":\"%s\",\"name\":\"%s\",\"email\":\"%s\",\"phone\":\"%s\"},\"lines\":[",
                   order->id, order->number, placed, placed, order->customer.id, order->customer.name,
                   order->customer.email, order->customer.phone);
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];

      g_string_append_printf (text,
                              "%s{\"id\":\"%s\",\"sku\":\"%s\",\"gtin\":\"%s\",\"product\":\"%s\",\"title\":\"%s\","
                              "\"variant\":\"%s\",\"category\":\"%s\",\"quantity\":%d,\"unit_price\":%d,\"paid\":%d,"
                              "\"tax_rate\":\"20.00\",\"delivered\":%d}",
                              i > 0 ? "," : "", line->id, line->sku, line->gtin, line->product, line->title,
                              line->variant, line->category, (int) line->quantity, (int) line->unit_price,
                              (int) line->paid, (int) line->delivered);
    }
  g_string_append_printf (text,
                          "],\"parcels\":[{\"id\":\"p1\",\"carrier\":\"colissimo\",\"tracking\":\"%s\",\"status\":"
                          "\"delivered\",\"delivered_at\":\"%s\"}],\"payments\":[{\"id\":\"pay_1\",\"method\":\"card\","
                          "\"label\":\"CB •••• 4242\",\"captured\":%d}]}",
                          parcel->tracking, delivered, (int) payment->captured);
  return g_string_free (text, FALSE);
}

RetourOrder *
order_mill_next (OrderMill *self, char **text)
{
  RetourOrder *order = retour_order_new ();
  RetourPayment *payment = retour_payment_new ("pay_1", "card");
  const guint lines = 1 + order_mill_random (self, 3);

  order->id = g_strdup_printf ("ord_%08u", self->n);
  g_free (order->number);
  order->number = g_strdup_printf ("W%08u", 10000000 + self->n);
  order->version = 1;
  /* Told by their last change: placed up to two weeks before what was told just before. */
  order->placed_at = (gint64) 1780000000 * RETOUR_SECOND
                     + ((gint64) self->n * 17 + order_mill_random (self, 14 * 86400)) * RETOUR_SECOND;
  order->updated_at = order->placed_at;
  order->channel = g_strdup ("web-fr");
  order->market = g_strdup ("FR");
  g_strlcpy (order->currency, "EUR", sizeof order->currency);
  fill_customer (self, order);
  for (guint i = 0; i < lines; i++)
    {
      add_line (self, order, i);
      payment->captured += ((RetourOrderLine *) order->lines->pdata[i])->paid;
    }
  g_ptr_array_add (order->payments, payment);
  add_parcel (self, order);
  *text = write_document (order);
  self->n++;
  return order;
}
