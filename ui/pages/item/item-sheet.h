/* SPDX-License-Identifier: Apache-2.0 */
/* One article of the return: why it comes back, in what condition, where it goes (mock-up 04). What is chosen is kept at
 * once; closing keeps it too. Keys: 1 to 8 a reason, A to D a condition, + and - the quantity. */
#pragma once

#include "workbench.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_ITEM_SHEET (retour_item_sheet_get_type ())
G_DECLARE_FINAL_TYPE (RetourItemSheet, retour_item_sheet, RETOUR, ITEM_SHEET, GtkBox)

/* Signals, after it has closed: "primary", its confirm button; "exchange" (guint entry), another article is to leave for this
 * one. */

/* Presents the sheet of the draft's entry; borrowed, gone when it is closed: hold it weakly. */
RetourItemSheet *retour_item_sheet_open (RetourWorkbench *bench, guint entry);
void retour_item_sheet_close (RetourItemSheet *self);

gboolean retour_item_sheet_shows_line (RetourItemSheet *self, const char *line);
/* One unit more; FALSE when none is left. */
gboolean retour_item_sheet_add_unit (RetourItemSheet *self);
/* By code; FALSE when the policy has no such tile. */
gboolean retour_item_sheet_choose_reason (RetourItemSheet *self, const char *reason);
gboolean retour_item_sheet_choose_condition (RetourItemSheet *self, const char *condition);

G_END_DECLS
