/* SPDX-License-Identifier: Apache-2.0 */
/* Which one of a product an article is: its size and its colour, read from the words that the catalogue has for it. Both
 * "Taille 38 · Bleu nuit" and "Noir · M" are known; a shape that is not stays whole, as the colour. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *size;   /* "38", "M", "38,5", "Unique": without the word before it; NULL when none can be told */
  char *colour; /* "Bleu nuit"; all the words when no size can be told; NULL when nothing is left */
} RetourVariant;

/* `text` may be NULL. Never fails; clear the result with retour_variant_clear. */
RetourVariant retour_variant_parse (const char *text);
void retour_variant_clear (RetourVariant *variant);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RetourVariant, retour_variant_clear)

/* "Unique", "TU", "One size": there is no other to choose. FALSE for NULL. */
gboolean retour_size_is_only (const char *size);

/* The order of a shop's rail: 34 < 36 < 38,5 < 40, XS < S < M < L < XL < 3XL, "6 mois" < "2 ans"; figures before letters
 * before other words; NULL last. As strcmp. */
int retour_size_compare (const char *a, const char *b);

G_END_DECLS
