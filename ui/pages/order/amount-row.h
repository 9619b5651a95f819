/* SPDX-License-Identifier: Apache-2.0 */
/* One amount of the refund and what it is, with a word of why below it. Touching it says more. */
#pragma once

#include <gtk/gtk.h>

#include "breakdown-words.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_AMOUNT_ROW (retour_amount_row_get_type ())
G_DECLARE_FINAL_TYPE (RetourAmountRow, retour_amount_row, RETOUR, AMOUNT_ROW, GtkButton)

/* Borrows `row`, which outlives it; `amount` is the row's, as it is written. Floating. */
GtkWidget *retour_amount_row_new (const RetourBreakdownRow *row, const char *amount);
const RetourBreakdownRow *retour_amount_row_get_row (RetourAmountRow *self);

G_END_DECLS
