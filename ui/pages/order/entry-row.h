/* SPDX-License-Identifier: Apache-2.0 */
/* One article of the return being built: what it is, why, in what condition, what becomes of it. Activating it edits it. */
#pragma once

#include "workbench.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_ENTRY_ROW (retour_entry_row_get_type ())
G_DECLARE_FINAL_TYPE (RetourEntryRow, retour_entry_row, RETOUR, ENTRY_ROW, GtkListBoxRow)

/* For the entry `index` of the draft; floating. */
GtkWidget *retour_entry_row_new (RetourWorkbench *bench, guint index);
guint retour_entry_row_get_index (RetourEntryRow *self);

G_END_DECLS
