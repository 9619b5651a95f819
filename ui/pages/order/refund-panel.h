/* SPDX-License-Identifier: Apache-2.0 */
/* The right side of the order page: what comes back, what it comes to and why, how it is paid back, and the button. The list
 * scrolls, total and button are always in view. */
#pragma once

#include "workbench.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_REFUND_PANEL (retour_refund_panel_get_type ())
G_DECLARE_FINAL_TYPE (RetourRefundPanel, retour_refund_panel, RETOUR, REFUND_PANEL, GtkBox)

/* Signals: "edit" (guint entry); "remove" (guint entry); "primary", its button. Pause and menu use the page's actions
 * page.park, page.discard and page.buyer. */

/* Holds a reference; follows its changes from now on. NULL: shows nothing. */
void retour_refund_panel_set_workbench (RetourRefundPanel *self, RetourWorkbench *bench);

G_END_DECLS
