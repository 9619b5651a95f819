/* SPDX-License-Identifier: Apache-2.0 */
/* A recorded return and its proof (mock-ups 07 and 07b): how the money goes back, said honestly, where the goods go, the codes
 * to show, the paper. The next scan starts the next customer from here. */
#pragma once

#include "navigation.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_PROOF_PAGE (retour_proof_page_get_type ())
G_DECLARE_FINAL_TYPE (RetourProofPage, retour_proof_page, RETOUR, PROOF_PAGE, GtkWidget)

/* Borrows the navigation, which outlives it. */
GtkWidget *retour_proof_page_new (RetourNavigation *navigation);

/* Takes the return. `fresh`: recorded this moment, so it prints by itself. */
void retour_proof_page_show (RetourProofPage *self, RetourReturn *ret, gboolean fresh);
/* What the OMS said meanwhile is read again. */
void retour_proof_page_refresh (RetourProofPage *self);

G_END_DECLS
