/* SPDX-License-Identifier: Apache-2.0 */
/* Ten keys, "clear" and "erase" for a code of six figures, and its dots. The keys take no focus: whoever shows the pad also
 * hands it the figures of the keyboard. What was typed is never shown and is wiped when it is taken. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RETOUR_PIN_LENGTH 6

#define RETOUR_TYPE_PIN_PAD (retour_pin_pad_get_type ())
G_DECLARE_FINAL_TYPE (RetourPinPad, retour_pin_pad, RETOUR, PIN_PAD, GtkWidget)

/* Signal "complete": six figures are there, retour_pin_pad_take gives them. */

RetourPinPad *retour_pin_pad_new (void);
/* The row of dots that follows this pad, to be placed anywhere; one only. */
GtkWidget *retour_pin_pad_get_dots (RetourPinPad *self);
/* A key of the keyboard: figures, BackSpace, Delete. TRUE when it was for the pad. */
gboolean retour_pin_pad_key (RetourPinPad *self, guint keyval);
void retour_pin_pad_clear (RetourPinPad *self);
/* What was typed; the pad forgets it. Caller wipes and frees with retour_pin_free. */
char *retour_pin_pad_take (RetourPinPad *self);
void retour_pin_free (char *pin);

G_END_DECLS
