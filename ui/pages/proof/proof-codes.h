/* SPDX-License-Identifier: Apache-2.0 */
/* The right side of the proof page: the codes on their white tile, the number, and the two papers. */
#pragma once

#include <gtk/gtk.h>

#include "return.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_PROOF_CODES (retour_proof_codes_get_type ())
G_DECLARE_FINAL_TYPE (RetourProofCodes, retour_proof_codes, RETOUR, PROOF_CODES, GtkBox)

/* Signals: "print", "save". */

GtkWidget *retour_proof_codes_new (void);
/* `returns` holds RetourReturn, one or all of a visit: each has its own codes, one at a time is in view. */
void retour_proof_codes_show (RetourProofCodes *self, const GPtrArray *returns);
/* What is known of the print; `tone` is a style class of text ("rt-success"…); busy: its button waits. */
void retour_proof_codes_set_print (
    RetourProofCodes *self, const char *icon, const char *title, const char *detail, const char *tone, gboolean busy);
/* Where the PDF is; NULL: not saved yet. */
void retour_proof_codes_set_pdf (RetourProofCodes *self, const char *path);

G_END_DECLS
