/* SPDX-License-Identifier: Apache-2.0 */
/* A banner in the page: what happened, then what to do. It slides in and out and is spoken: as an alert when it is a
 * warning or an error, as a status otherwise. */
#pragma once

#include "chip.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_NOTE (retour_note_get_type ())
G_DECLARE_FINAL_TYPE (RetourNote, retour_note, RETOUR, NOTE, GtkWidget)

/* Signal "action": its button was used. */

/* Hidden until retour_note_show. */
RetourNote *retour_note_new (RetourTone tone);
/* `icon` NULL: the tone's own; `text` NULL: one line. */
void retour_note_show (RetourNote *self, RetourTone tone, const char *icon, const char *title, const char *text);
/* The word of its button, NULL for none. */
void retour_note_set_action (RetourNote *self, const char *label);
void retour_note_hide (RetourNote *self);

G_END_DECLS
