/* SPDX-License-Identifier: Apache-2.0 */
/* One payment that gets money back, and why this much. */
#pragma once

#include "workbench.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_TENDER_ROW (retour_tender_row_get_type ())
G_DECLARE_FINAL_TYPE (RetourTenderRow, retour_tender_row, RETOUR, TENDER_ROW, GtkBox)

/* `tender` is of the workbench's quote; floating. */
GtkWidget *retour_tender_row_new (RetourWorkbench *bench, const RetourTender *tender);

G_END_DECLS
