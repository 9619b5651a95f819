/* SPDX-License-Identifier: Apache-2.0 */
/* The drawing that stands for an article until the catalogue's photo does: chosen by category, on a tile that stays light
 * in the dark. Decoration: a screen reader passes over it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Property `size`, as below; default 56. */
#define RETOUR_TYPE_THUMB (retour_thumb_get_type ())
G_DECLARE_FINAL_TYPE (RetourThumb, retour_thumb, RETOUR, THUMB, GtkBox)

/* `category` and `colour` as below. */
void retour_thumb_show (RetourThumb *self, const char *category, const char *colour);

/* `size`: side of the tile in px at normal text size: 44, 52, 56, 64. `category` may be NULL. */
GtkWidget *retour_thumb_new (const char *category, int size);
/* The same drawing in the colour that `colour` says ("Bleu nuit", "sage"); NULL or an unknown one leaves it as it is. */
GtkWidget *retour_thumb_new_in_colour (const char *category, const char *colour, int size);
/* The icon of a category; static. */
const char *retour_thumb_icon (const char *category);

/* Initials on a colour that a name always gets again. `size`: diameter in px: 40, 48, 60. */
GtkWidget *retour_avatar_new (const char *initials, const char *name, int size);
/* The same on a label that is there already. */
void retour_avatar_show (GtkWidget *label, const char *initials, const char *name, int size);

G_END_DECLS
