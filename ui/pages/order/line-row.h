/* SPDX-License-Identifier: Apache-2.0 */
/* One line of the order: what was bought, what of it can still come back, at what price, and the one thing to do with it. A
 * line that cannot come back stays in view and says why. */
#pragma once

#include "workbench.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_LINE_ROW (retour_line_row_get_type ())
G_DECLARE_FINAL_TYPE (RetourLineRow, retour_line_row, RETOUR, LINE_ROW, GtkListBoxRow)

/* Signals: "add", one unit; "edit", what was added; "why", what stands against it. */

RetourLineRow *retour_line_row_new (RetourWorkbench *bench, const RetourOrderLine *line);
/* Shows what the draft now has of it. */
void retour_line_row_update (RetourLineRow *self);
/* Does what the row's button would. */
void retour_line_row_act (RetourLineRow *self);
/* Borrowed from the order. */
const RetourOrderLine *retour_line_row_get_line (RetourLineRow *self);
/* What stands against a return of it today; may be empty. Borrowed. */
const GPtrArray *retour_line_row_get_rules (RetourLineRow *self);
/* A manager may let it through. */
gboolean retour_line_row_can_ask (RetourLineRow *self);
gboolean retour_line_row_is_returnable (RetourLineRow *self);

G_END_DECLS
