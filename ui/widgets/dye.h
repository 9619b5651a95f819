/* SPDX-License-Identifier: Apache-2.0 */
/* Drawings of articles in the colour that the catalogue names, so that "Sauge" and "Terracotta" are told apart by eye too.
 * The word always stands beside. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* "Bleu nuit", "navy blue", "Gris chiné": what it looks like; FALSE leaves *colour alone when no word is known. */
gboolean retour_dye_find (const char *words, GdkRGBA *colour);

/* The product drawing `icon` ("rt-product-dress") with its cloth in that colour, `size` px wide; NULL when either is not
 * known. The caller's. */
GdkPaintable *retour_dye_drawing (const char *icon, const char *words, int size);

G_END_DECLS
