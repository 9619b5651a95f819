/* SPDX-License-Identifier: Apache-2.0 */
/* The two lists of the proof page: how the money goes back, and where the goods go. */
#pragma once

#include "navigation.h"

G_BEGIN_DECLS

/* Floating. A gift, and a return without order, say that nothing is refunded here. */
GtkWidget *retour_proof_refund_list_new (RetourNavigation *navigation, const RetourReturn *ret);
/* `places`: char * place -> char * name, of transfers; may be NULL. Floating. */
GtkWidget *retour_proof_goods_list_new (RetourNavigation *navigation, const RetourReturn *ret, GHashTable *places);

G_END_DECLS
