/* SPDX-License-Identifier: Apache-2.0 */
/* Whose order it is, until when it can come back, how it was paid. People can see the screen: e-mail and telephone are
 * masked. */
#pragma once

#include "workbench.h"

G_BEGIN_DECLS

/* Floating; needs an order. */
GtkWidget *retour_customer_card_new (RetourWorkbench *bench);

G_END_DECLS
