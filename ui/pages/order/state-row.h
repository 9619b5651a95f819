/* SPDX-License-Identifier: Apache-2.0 */
/* A row that says how something stands: a parcel, an earlier return. */
#pragma once

#include <gtk/gtk.h>

#include "chip.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_STATE_ROW (retour_state_row_get_type ())
G_DECLARE_FINAL_TYPE (RetourStateRow, retour_state_row, RETOUR, STATE_ROW, GtkListBoxRow)

/* `saying` is how it stands; floating. */
RetourStateRow *
retour_state_row_new (const char *icon, const char *title, const char *subtitle, const RetourSaying *saying);
/* What the row is of, for whoever it is activated by; NULL when it was not said. */
void retour_state_row_set_key (RetourStateRow *self, const char *key);
const char *retour_state_row_get_key (RetourStateRow *self);

G_END_DECLS
