/* SPDX-License-Identifier: Apache-2.0 */
/* Who decides: a manager other than the one who asks, known by badge or PIN (mock-up 06, right half). Signal "changed":
 * somebody was identified, or is not any more. */
#pragma once

#include "navigation.h"
#include "note.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_APPROVER_PANEL (retour_approver_panel_get_type ())
G_DECLARE_FINAL_TYPE (RetourApproverPanel, retour_approver_panel, RETOUR, APPROVER_PANEL, GtkBox)

/* `requester`: staff id of who asks; `draft`: id of what is asked about; copied. Badges that are scanned while it is shown come
 * here, and those of who may not decide are journalled. */
RetourApproverPanel *retour_approver_panel_new (RetourNavigation *navigation, const char *requester, const char *draft);

/* Borrowed until the next "changed"; NULL: nobody yet. */
const RetourStaff *retour_approver_panel_get_approver (RetourApproverPanel *self);
/* A badge was scanned. */
void retour_approver_panel_identify (RetourApproverPanel *self, const RetourStaff *staff);
/* A key of the keyboard; TRUE when it was for the code. */
gboolean retour_approver_panel_key (RetourApproverPanel *self, guint keyval);
/* What happened stands where the question stood. */
void retour_approver_panel_say (RetourApproverPanel *self, RetourTone tone, const char *title, const char *text);

G_END_DECLS
