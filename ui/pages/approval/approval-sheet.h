/* SPDX-License-Identifier: Apache-2.0 */
/* A manager's word on the return as a whole, once (mock-up 06): what needs it and why, who says so by badge or PIN, with what
 * motive, yes or no. The approver is another person than the one who asks. */
#pragma once

#include "workbench.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_APPROVAL_SHEET (retour_approval_sheet_get_type ())
G_DECLARE_FINAL_TYPE (RetourApprovalSheet, retour_approval_sheet, RETOUR, APPROVAL_SHEET, GtkBox)

/* Borrowed, gone when it is closed: hold it weakly. */
RetourApprovalSheet *retour_approval_sheet_open (RetourWorkbench *bench);
/* A badge was scanned: that person is known, the decision is still to be made. */
void retour_approval_sheet_identify (RetourApprovalSheet *self, const RetourStaff *staff);
/* The question asked elsewhere was answered or has run out: back to where one was, when it was waited for. */
void retour_approval_sheet_end (RetourApprovalSheet *self);

G_END_DECLS
