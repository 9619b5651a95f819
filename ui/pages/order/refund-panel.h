/* SPDX-License-Identifier: Apache-2.0 */
/* The right side of the order page: what comes back, what it comes to and why, how it is paid back, and the button. The list
 * scrolls, total and button are always in view. */
#pragma once

#include "workbench.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_REFUND_PANEL (retour_refund_panel_get_type ())
G_DECLARE_FINAL_TYPE (RetourRefundPanel, retour_refund_panel, RETOUR, REFUND_PANEL, GtkBox)

/* Signals: "edit" (guint entry); "remove" (guint entry); "primary", its button; "join", what was offered is taken. Pause and
 * menu use the page's actions page.park, page.discard, page.take-out and page.buyer. */

/* Holds a reference; follows its changes from now on. NULL: shows nothing. */
void retour_refund_panel_set_workbench (RetourRefundPanel *self, RetourWorkbench *bench);
/* Offers that a return on hold joins this one, in the words given; NULL takes the offer away. */
void retour_refund_panel_offer (RetourRefundPanel *self, const char *title, const char *text);

G_END_DECLS
