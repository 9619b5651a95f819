/* SPDX-License-Identifier: Apache-2.0 */
/* A chip: icon and word on a soft colour. It says a state, never by colour alone, and is no target by itself. The
 * style class "plain" outlines it. */
#pragma once

#include <gtk/gtk.h>

#include "wording.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_CHIP (retour_chip_get_type ())
G_DECLARE_FINAL_TYPE (RetourChip, retour_chip, RETOUR, CHIP, GtkBox)

/* `icon` may be NULL. */
GtkWidget *retour_chip_new (RetourTone tone, const char *icon, const char *text);
void retour_chip_set (RetourChip *self, RetourTone tone, const char *icon, const char *text);
/* A widget in front of the word in the place of the icon: a grade, a spinner. */
void retour_chip_set_lead (RetourChip *self, GtkWidget *lead);

/* Shortened with an ellipsis rather than widening what it stands in: where chips flow. A state is never shortened. */
void retour_chip_set_shrinks (RetourChip *self, gboolean shrinks);

/* The pill that says that the scanner listens, and for what. */
GtkWidget *retour_scan_pill_new (const char *text);

G_END_DECLS
