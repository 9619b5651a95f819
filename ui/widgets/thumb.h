/* SPDX-License-Identifier: Apache-2.0 */
/* The drawing that stands for an article until the catalogue's photo does: chosen by category, on a tile that stays light
 * in the dark. Decoration: a screen reader passes over it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* `size`: side of the tile in px at normal text size: 44, 52, 56, 64. `category` may be NULL. */
GtkWidget *retour_thumb_new (const char *category, int size);
/* The same drawing in the colour that `colour` says ("Bleu nuit", "sage"); NULL or an unknown one leaves it as it is. */
GtkWidget *retour_thumb_new_in_colour (const char *category, const char *colour, int size);
/* The icon of a category; static. */
const char *retour_thumb_icon (const char *category);

/* Initials on a colour that a name always gets again. `size`: diameter in px: 40, 48, 60. */
GtkWidget *retour_avatar_new (const char *initials, const char *name, int size);

G_END_DECLS
