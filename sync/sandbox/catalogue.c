/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue.h"

#include <string.h>

static const SandboxProduct products[SANDBOX_PRODUCTS] = {
  { "ROBE-YSE", "Robe chemise Ysé", "dress", 6900, FALSE },
  { "PULL-MERINOS", "Pull col V mérinos", "jumper", 3250, FALSE },
  { "JEAN-ALMA", "Jean droit Alma", "jeans", 4950, FALSE },
  { "CHEM-LISON", "Chemise Lison", "shirt", 7000, FALSE },
  { "FOUL-GARANCE", "Foulard soie Garance", "scarf", 2450, TRUE },
  { "SAC-COLETTE", "Sac à main Colette", "bag", 12900, FALSE },
  { "BASK-MISTRAL", "Baskets Mistral", "trainers", 8990, FALSE },
  { "TSH-LOU", "T-shirt Lou", "t-shirt", 2250, FALSE },
  { "MANT-ODILE", "Manteau long Odile", "coat", 18900, FALSE },
  { "JUPE-CLEO", "Jupe plissée Cléo", "skirt", 5900, FALSE },
  { "ROBE-PLI", "Robe midi plissée", "dress", 6990, FALSE },
  { "ROBE-INES", "Robe portefeuille Inès", "dress", 8900, FALSE },
  { "ROBE-SOLENE", "Robe longue Solène", "dress", 9900, FALSE },
  { "ROBE-NOEMIE", "Robe pull Noémie", "dress", 7500, FALSE },
  { "ROBE-ETE", "Robe d’été Zélie", "dress", 3450, TRUE },
  { "PULL-MARIN", "Pull marin Erwan", "jumper", 6900, FALSE },
  { "PULL-ALPAGA", "Pull alpaga Héloïse", "jumper", 9500, FALSE },
  { "GILET-MAEL", "Gilet torsadé Maël", "jumper", 8500, FALSE },
  { "PULL-ROULE", "Pull col roulé Gaël", "jumper", 5900, FALSE },
  { "SWEAT-AXEL", "Sweat molleton Axel", "jumper", 4900, FALSE },
  { "JEAN-SLIM", "Jean slim Théo", "jeans", 6900, FALSE },
  { "JEAN-LARGE", "Jean large Maïa", "jeans", 8500, FALSE },
  { "JEAN-BRUT", "Jean brut Anatole", "jeans", 9500, FALSE },
  { "JEAN-ECRU", "Jean écru Salomé", "jeans", 3990, TRUE },
  { "PANT-LIN", "Pantalon de lin Élie", "trousers", 6500, FALSE },
  { "PANT-TAIL", "Pantalon tailleur Joséphine", "trousers", 8900, FALSE },
  { "PANT-CARG", "Pantalon cargo Loïc", "trousers", 7200, FALSE },
  { "CHEM-OXF", "Chemise Oxford Étienne", "shirt", 5900, FALSE },
  { "CHEM-LIN", "Chemise en lin Côme", "shirt", 6500, FALSE },
  { "BLOU-SOIE", "Blouse en soie Apolline", "shirt", 9900, FALSE },
  { "CHEM-VICHY", "Chemise vichy Lucien", "shirt", 2950, TRUE },
  { "TSH-RAYE", "T-shirt rayé Malo", "t-shirt", 2500, FALSE },
  { "TSH-BIO", "T-shirt coton bio Sacha", "t-shirt", 1990, FALSE },
  { "TSH-COLV", "T-shirt col V Léonie", "t-shirt", 2250, FALSE },
  { "DEBAR-NINA", "Débardeur Nina", "t-shirt", 1590, FALSE },
  { "POLO-HUGO", "Polo piqué Hugo", "t-shirt", 3900, FALSE },
  { "JUPE-JEAN", "Jupe en jean Romane", "skirt", 4900, FALSE },
  { "JUPE-CRAY", "Jupe crayon Agathe", "skirt", 5500, FALSE },
  { "JUPE-LONG", "Jupe longue Capucine", "skirt", 6900, FALSE },
  { "MANT-CAB", "Caban Corentin", "coat", 16900, FALSE },
  { "TRENCH-EVA", "Trench Éva", "coat", 17500, FALSE },
  { "DOUD-NEIGE", "Doudoune Névé", "coat", 14900, FALSE },
  { "VESTE-JEAN", "Veste en jean Basile", "coat", 8900, FALSE },
  { "BLAZ-CAMI", "Blazer Camélia", "coat", 12500, FALSE },
  { "FOUL-CARRE", "Carré de soie Lyon", "scarf", 8900, FALSE },
  { "ECHARPE-MOH", "Écharpe mohair Aubin", "scarf", 4500, FALSE },
  { "ETOLE-CACH", "Étole cachemire Ombeline", "scarf", 11900, FALSE },
  { "SAC-CABAS", "Cabas toile Émilie", "bag", 4900, FALSE },
  { "SAC-DOS", "Sac à dos Félix", "bag", 8900, FALSE },
  { "POCH-CUIR", "Pochette cuir Astrée", "bag", 6900, FALSE },
  { "BASK-BLANC", "Baskets blanches Naïs", "trainers", 9900, FALSE },
  { "BASK-RUN", "Baskets de course Zéphyr", "trainers", 11900, FALSE },
  { "BASK-TOILE", "Baskets toile Brieuc", "trainers", 4990, FALSE },
  { "LING-SOUT", "Soutien-gorge Ondine", "lingerie", 3900, FALSE },
  { "LING-CUL", "Culotte dentelle Ondine", "lingerie", 1990, FALSE },
  { "LING-NUIS", "Nuisette Sidonie", "lingerie", 4500, FALSE },
  { "COSM-CREME", "Crème mains Fleur d’oranger", "cosmetics", 1450, FALSE },
  { "COSM-PARF", "Eau de toilette Lisière", "cosmetics", 5900, FALSE },
  { "COSM-SAVON", "Savon d’Alep", "cosmetics", 890, FALSE },
  { "COSM-BAUME", "Baume à lèvres Miel", "cosmetics", 690, FALSE },
};

typedef struct
{
  const char *code, *name;
} Named;

static const Named colours[] = {
  { "BLN", "Bleu nuit" }, { "ECR", "Écru" },  { "BRU", "Brut" },       { "CIE", "Bleu ciel" }, { "ROU", "Rouille" },
  { "NOI", "Noir" },      { "SAU", "Sauge" }, { "TER", "Terracotta" }, { "CAM", "Camel" },     { "GRI", "Gris chiné" },
};
static const char *const in_letters[] = { "jumper", "t-shirt", "coat", "lingerie", NULL };
static const char *const in_numbers[] = { "dress", "jeans", "trousers", "shirt", "skirt", NULL };
static const char *const sizes_number[] = { "34", "36", "38", "40", "42", "44" };
static const char *const sizes_letter[] = { "XS", "S", "M", "L", "XL" };
static const char *const sizes_shoe[] = { "37", "38", "39", "40", "41", "42" };

const SandboxProduct *
sandbox_catalogue_get (guint product)
{
  g_return_val_if_fail (product < SANDBOX_PRODUCTS, NULL);

  return &products[product];
}

const SandboxProduct *
sandbox_catalogue_find (const char *code, guint *product)
{
  for (guint i = 0; i < SANDBOX_PRODUCTS; i++)
    if (strcmp (products[i].code, code) == 0)
      {
        if (product != NULL)
          *product = i;
        return &products[i];
      }
  return NULL;
}

static gboolean
is_of (guint product, const char *const *categories)
{
  return g_strv_contains (categories, products[product].category);
}

static const char *const *
sizes_of (guint product, guint *n)
{
  if (strcmp (products[product].category, "trainers") == 0)
    {
      *n = G_N_ELEMENTS (sizes_shoe);
      return sizes_shoe;
    }
  if (is_of (product, in_letters))
    {
      *n = G_N_ELEMENTS (sizes_letter);
      return sizes_letter;
    }
  if (is_of (product, in_numbers))
    {
      *n = G_N_ELEMENTS (sizes_number);
      return sizes_number;
    }
  *n = 1;
  return NULL;
}

guint
sandbox_catalogue_sizes (guint product)
{
  guint n;

  sizes_of (product, &n);
  return n;
}

guint
sandbox_catalogue_colours (guint product)
{
  return strcmp (products[product].category, "cosmetics") == 0 ? 1 : 3;
}

/* GTIN-13 of a prefix and the variant's place in the catalogue; weights 1, 3 from the left (GS1 General Specifications 7.9). */
static char *
make_gtin (guint number)
{
  char digits[14];
  guint sum = 0;

  g_snprintf (digits, sizeof digits, "3612345%05u", number);
  for (guint i = 0; i < 12; i++)
    sum += (guint) (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
  digits[12] = (char) ('0' + (10 - sum % 10) % 10);
  digits[13] = '\0';
  return g_strdup (digits);
}

SandboxVariant
sandbox_catalogue_variant (guint product, guint colour, guint size)
{
  guint n;
  const char *const *sizes = sizes_of (product, &n);
  /* Each product begins its list of colours elsewhere, the first ones with the colour of the pictures. */
  const Named *named = &colours[(product + colour * 3) % G_N_ELEMENTS (colours)];
  SandboxVariant variant;

  variant.gtin = make_gtin (product * 100 + colour * 10 + size);
  if (strcmp (products[product].category, "cosmetics") == 0)
    {
      variant.sku = g_strdup (products[product].code);
      variant.variant = NULL;
    }
  else if (sizes == NULL)
    {
      variant.sku = g_strdup_printf ("%s-%s", products[product].code, named->code);
      variant.variant = g_strdup_printf ("Unique · %s", named->name);
    }
  else
    {
      variant.sku = g_strdup_printf ("%s-%s-%s", products[product].code, named->code, sizes[size]);
      variant.variant =
          g_strdup_printf ("%s %s · %s", sizes == sizes_shoe ? "Pointure" : "Taille", sizes[size], named->name);
    }
  return variant;
}

void
sandbox_variant_clear (SandboxVariant *variant)
{
  g_clear_pointer (&variant->sku, g_free);
  g_clear_pointer (&variant->gtin, g_free);
  g_clear_pointer (&variant->variant, g_free);
}

gboolean
sandbox_catalogue_has_serials (guint product)
{
  return strcmp (products[product].code, "SAC-COLETTE") == 0 || strcmp (products[product].code, "BASK-RUN") == 0
         || strcmp (products[product].code, "ETOLE-CACH") == 0;
}

gint64
sandbox_catalogue_price_in (gint64 euro_cents, const char *currency)
{
  /* 1 € about 160 yen, to the hundred; about 0.330 dinar, to the quarter. */
  if (strcmp (currency, "JPY") == 0)
    return MAX ((euro_cents * 160 / 100 + 50) / 100 * 100, 100);
  if (strcmp (currency, "KWD") == 0)
    return MAX ((euro_cents * 330 / 100 + 125) / 250 * 250, 250);
  return euro_cents;
}
