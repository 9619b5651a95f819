/* SPDX-License-Identifier: Apache-2.0 */
/* Buttons of the house: an icon, a word, at least 56 px high. Looks come from classes: rt-primary (one a screen), rt-xl,
 * rt-tonal, rt-flat, rt-danger, rt-card-button, rt-small. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: `icon`, a name; `word`, which names it for a screen reader too; `wraps`, as retour_button_set_wraps. */
#define RETOUR_TYPE_BUTTON (retour_button_get_type ())
G_DECLARE_FINAL_TYPE (RetourButton, retour_button, RETOUR, BUTTON, GtkButton)

/* `icon` or `label` may be NULL, not both; `classes` as in text.h. */
GtkWidget *retour_button_new (const char *icon, const char *label, const char *classes);
/* Only an icon; `name` is what a screen reader says and the tooltip. */
GtkWidget *retour_icon_button_new (const char *icon, const char *name, const char *classes);
/* Changes the word of a button made by retour_button_new. */
void retour_button_set_label (GtkWidget *button, const char *label);
/* Its word takes a second line rather than being shortened. */
void retour_button_set_wraps (GtkWidget *button);
void retour_button_set_icon (GtkWidget *button, const char *icon);

G_END_DECLS
