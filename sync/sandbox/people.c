/* SPDX-License-Identifier: Apache-2.0 */
#include "people.h"

#include "dice.h"

#include <string.h>

static const char *const french_first[] = {
  "Amandine", "Zoé",      "Léa",     "Chloé",       "Anaïs",         "Hélène",        "Noémie",      "Inès",
  "Maëlle",   "Solène",   "Aurélie", "Cécile",      "Françoise",     "Gaëlle",        "Héloïse",     "Joséphine",
  "Léonie",   "Mélanie",  "Océane",  "Pénélope",    "Salomé",        "Sévérine",      "Valérie",     "Yaëlle",
  "Émilie",   "Élodie",   "Éloïse",  "Anne-Sophie", "Marie-Laure",   "Marie-Ève",     "Claire",      "Julie",
  "Sarah",    "Fatou",    "Yasmine", "Leïla",       "Aïcha",         "Bérénice",      "Camille",     "Dominique",
  "Jérôme",   "François", "Benoît",  "Cédric",      "Frédéric",      "Gaël",          "Grégoire",    "Hervé",
  "Joël",     "Loïc",     "Maël",    "Mickaël",     "Noël",          "Raphaël",       "Rémi",        "Sébastien",
  "Stéphane", "Thibaut",  "Thérèse", "Étienne",     "Jean-Baptiste", "Jean-François", "Pierre-Yves", "Paul",
  "Hugo",     "Lucas",    "Mehdi",   "Karim",       "Amadou",        "Léo",           "Bastien",     "Théo",
  "Antoine",  "Nicolas",  "Louis",   "Arthur",
};
static const char *const french_last[] = {
  "Roussel",       "Lefèvre",     "Lefebvre",        "Dubois",      "Bérenger",  "Garnier",  "Chevalier",  "Périer",
  "Ménard",        "Guérin",      "Barthélemy",      "Bénard",      "Clément",   "Crépin",   "Désiré",     "Évrard",
  "Fabre",         "Gérard",      "Guégan",          "Hébert",      "Jégou",     "Le Goff",  "Le Gall",    "Le Bris",
  "Lévêque",       "Mérieux",     "Moreau",          "Noël",        "Pélissier", "Père",     "Rémond",     "Rivière",
  "Régnier",       "Sénéchal",    "Thévenet",        "Vérité",      "Vidal",     "Zérah",    "de La Tour", "d’Estrées",
  "Du Bois-Léger", "Martin-Lévy", "Dubois-Rousseau", "Saint-André", "Ben Saïd",  "Benali",   "Amrani",     "Diallo",
  "N’Diaye",       "Traoré",      "Nguyen",          "Tran",        "Kowalski",  "Ferreira", "Gonçalves",  "Müller",
  "Schmitt",       "Bernard",     "Petit",           "Durand",      "Leroy",     "Simon",    "Laurent",    "Michel",
  "Fournier",      "Girard",      "Bonnet",          "Lambert",     "Fontaine",  "Rousseau", "Blanc",      "Carvalho",
};
static const char *const english_first[] = {
  "Olivia", "Amelia",  "Isla",   "Zoë",      "Chloë",    "Charlotte", "Emily", "Siobhán",   "Niamh",
  "Freya",  "Harriet", "Imogen", "Oliver",   "George",   "Harry",     "Noah",  "Jack",      "Oscar",
  "Seán",   "Callum",  "Rhys",   "Alasdair", "Priya",    "Aisha",     "Omar",  "Mary-Jane", "Anne-Marie",
  "James",  "William", "Thomas", "Edward",   "Beatrice", "Florence",  "Tariq", "Mei",
};
static const char *const english_last[] = {
  "Smith",           "Jones",      "Taylor", "Brown",   "Williams", "Wilson",         "Johnson",   "Davies",
  "Patel",           "Wright",     "Evans",  "O’Brien", "O’Connor", "Ó Súilleabháin", "MacDonald", "McIntyre",
  "Thompson-Reid",   "Fitzgerald", "Brontë", "Khan",    "Hughes",   "Llewellyn",      "Ashworth",  "Hargreaves",
  "Cavendish-Brown", "Singh",      "Chen",   "Okafor",  "Baker",    "Clarke",         "Whitfield",
};
static const char *const french_domains[] = { "orange.fr",  "free.fr", "laposte.net", "gmail.com",
                                              "wanadoo.fr", "sfr.fr",  "hotmail.fr",  "example.fr" };
static const char *const english_domains[] = { "gmail.com", "outlook.com", "btinternet.com", "example.co.uk" };
static const char *const french_towns[] = { "69002", "69003", "69006", "38000", "59000", "75011", "75018", "33000",
                                            "44000", "67000", "31000", "13006", "35000", "34000", "06000" };
static const char *const english_towns[] = { "WC2E 8HB", "SW1A 1AA", "M1 1AE", "EH1 1YZ", "CF10 1EP", "BS1 4ND" };

#define PICK(dice, list) (list[sandbox_dice_below (dice, G_N_ELEMENTS (list))])

/* "d’Estrées" is "destrees": ASCII letters and digits, lower case. */
static char *
plain (const char *text)
{
  g_autofree char *decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);
  GString *letters = g_string_new (NULL);

  for (const char *at = decomposed; *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (letters, g_ascii_tolower (*at));
  return g_string_free (letters, FALSE);
}

static char *
make_email (SandboxDice *dice, const char *first, const char *last, const char *domain)
{
  g_autofree char *a = plain (first), *b = plain (last);

  switch (sandbox_dice_below (dice, 4))
    {
    case 0:
      return g_strdup_printf ("%c.%s@%s", a[0], b, domain);
    case 1:
      return g_strdup_printf ("%s%u@%s", a, sandbox_dice_below (dice, 99) + 1, domain);
    default:
      return g_strdup_printf ("%s.%s@%s", a, b, domain);
    }
}

static void
fill (RetourOrder *order, SandboxDice *dice, const char *first, const char *last, const char *domain)
{
  order->customer.name = g_strdup_printf ("%s %s", first, last);
  order->customer.email = make_email (dice, first, last, domain);
}

void
sandbox_people_customer (guint64 seed, guint index, RetourOrder *order)
{
  SandboxDice dice = sandbox_dice_new (seed, 'c', index);
  gboolean english = sandbox_dice_happens (&dice, 22);
  guint luck;

  order->customer.id = g_strdup_printf ("cus_%06u", index + 1);
  if (english)
    {
      fill (order, &dice, PICK (&dice, english_first), PICK (&dice, english_last), PICK (&dice, english_domains));
      order->customer.phone = g_strdup_printf ("+447700900%03u", sandbox_dice_below (&dice, 1000));
      order->customer.postcode = g_strdup (PICK (&dice, english_towns));
    }
  else
    {
      fill (order, &dice, PICK (&dice, french_first), PICK (&dice, french_last), PICK (&dice, french_domains));
      order->customer.phone = g_strdup_printf ("+3363998%04u", sandbox_dice_below (&dice, 10000));
      order->customer.postcode = g_strdup (PICK (&dice, french_towns));
    }
  luck = sandbox_dice_below (&dice, 100);
  order->customer.tier = luck < 6 ? g_strdup ("gold") : luck < 20 ? g_strdup ("silver") : NULL;
  order->locale = g_strdup (english ? "en-GB" : "fr-FR");
  order->market = g_strdup (english ? "GB" : "FR");
  order->channel = g_strdup (english ? "web-en" : "web-fr");
}
