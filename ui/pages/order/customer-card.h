/* SPDX-License-Identifier: Apache-2.0 */
/* Whose order it is, until when it can come back, how it was paid. People can see the screen: e-mail and telephone are
 * masked. */
#pragma once

#include "workbench.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_CUSTOMER_CARD (retour_customer_card_get_type ())
G_DECLARE_FINAL_TYPE (RetourCustomerCard, retour_customer_card, RETOUR, CUSTOMER_CARD, GtkBox)

/* Of a workbench that has an order. */
void retour_customer_card_show (RetourCustomerCard *self, RetourWorkbench *bench);

G_END_DECLS
