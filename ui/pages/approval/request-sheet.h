/* SPDX-License-Identifier: Apache-2.0 */
/* Another terminal asks for a manager's word: what for and why, who decides by badge or PIN, with what motive, yes or no. */
#pragma once

#include "approval-request.h"
#include "navigation.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_REQUEST_SHEET (retour_request_sheet_get_type ())
G_DECLARE_FINAL_TYPE (RetourRequestSheet, retour_request_sheet, RETOUR, REQUEST_SHEET, GtkBox)

/* Copies the request. */
void retour_request_sheet_open (RetourNavigation *navigation, const RetourApprovalRequest *request);

G_END_DECLS
