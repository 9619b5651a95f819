/* SPDX-License-Identifier: Apache-2.0 */
/* What the proof page says of a return, or of the returns of one visit (RetourReturn, one at least): one proof, with a section
 * for each. */
#pragma once

#include "navigation.h"

G_BEGIN_DECLS

/* All of them were taken back; one of them waits for the network. */
gboolean retour_proof_is_cancelled (const GPtrArray *returns);
gboolean retour_proof_waits_for_network (const GPtrArray *returns);
/* What the OMS asks of one of them; borrowed, NULL: nothing. */
const char *retour_proof_get_problem (const GPtrArray *returns);
/* Until when they can be taken back together; RETOUR_INSTANT_NONE when they cannot. */
RetourInstant retour_proof_cancellable_until (const GPtrArray *returns, RetourInstant now);
/* The latest day by which the law wants money back; RETOUR_DAY_NONE: of none of them. */
RetourDay retour_proof_legal_day (const GPtrArray *returns);

/* "83,40 € · 2 articles · Amandine R.", with the number of orders when they are several; the caller's. */
char *retour_proof_subtitle (RetourNavigation *navigation, const GPtrArray *returns);
/* How the refund of each stands, and where the articles of each go. `places`: place -> name, may be NULL. */
GtkWidget *retour_proof_refund_sections_new (RetourNavigation *navigation, const GPtrArray *returns);
GtkWidget *retour_proof_goods_sections_new (RetourNavigation *navigation, const GPtrArray *returns, GHashTable *places);

G_END_DECLS
