/* SPDX-License-Identifier: Apache-2.0 */
/* The wait for a manager at another terminal: how the question stands, and the two ways out of it. Signals: "here", a manager
 * decides on the spot after all; "withdraw", the question is taken back. */
#pragma once

#include "approval-request.h"
#include "navigation.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_ELSEWHERE_PANEL (retour_elsewhere_panel_get_type ())
G_DECLARE_FINAL_TYPE (RetourElsewherePanel, retour_elsewhere_panel, RETOUR, ELSEWHERE_PANEL, GtkBox)

RetourElsewherePanel *retour_elsewhere_panel_new (RetourNavigation *navigation);
/* Borrowed; it is open. */
void retour_elsewhere_panel_show (RetourElsewherePanel *self, const RetourApprovalRequest *request);

/* "Decision is logged", for the foot of who decides. Floating. */
GtkWidget *retour_logged_new (void);

G_END_DECLS
