/* SPDX-License-Identifier: Apache-2.0 */
/* One of the two articles of an exchange: the one that comes back, or the one that leaves. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RETOUR_TYPE_EXCHANGED_ROW (retour_exchanged_row_get_type ())
G_DECLARE_FINAL_TYPE (RetourExchangedRow, retour_exchanged_row, RETOUR, EXCHANGED_ROW, GtkBox)

/* `over`: which of the two it is. `category`, `variant` and `amount` may be NULL. */
void retour_exchanged_row_show (RetourExchangedRow *self,
                                const char *over,
                                const char *title,
                                const char *category,
                                const char *variant,
                                const char *amount);

G_END_DECLS
