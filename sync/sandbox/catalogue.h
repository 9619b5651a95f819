/* SPDX-License-Identifier: Apache-2.0 */
/* What Maison Lisière sells: sixty products in sizes and colours. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *code;     /* "ROBE-YSE" */
  const char *title;    /* "Robe chemise Ysé" */
  const char *category; /* "dress" */
  gint64 unit_price;    /* euro cents */
  gboolean outlet;      /* last chance: final sale */
} SandboxProduct;

#define SANDBOX_PRODUCTS 60

const SandboxProduct *sandbox_catalogue_get (guint product);
/* NULL when there is none of that code. */
const SandboxProduct *sandbox_catalogue_find (const char *code, guint *product);

guint sandbox_catalogue_colours (guint product);
guint sandbox_catalogue_sizes (guint product);

/* One of them, all owned. */
typedef struct
{
  char *sku;     /* "ROBE-YSE-BLN-38" */
  char *gtin;    /* GTIN-13 with its check digit */
  char *variant; /* "Taille 38 · Bleu nuit" */
} SandboxVariant;

SandboxVariant sandbox_catalogue_variant (guint product, guint colour, guint size);
void sandbox_variant_clear (SandboxVariant *variant);

/* Serial numbers are kept of these. */
gboolean sandbox_catalogue_has_serials (guint product);

/* The price in another currency of the chain's, in its minor units, rounded as shops do. */
gint64 sandbox_catalogue_price_in (gint64 euro_cents, const char *currency);

G_END_DECLS
