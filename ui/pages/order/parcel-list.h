/* SPDX-License-Identifier: Apache-2.0 */
/* What else is known of the order: its parcels, when there are several or one is still on its way, and its earlier returns. */
#pragma once

#include "workbench.h"

G_BEGIN_DECLS

/* Rows of a GtkListBox, which is hidden when it has none. No parcel is listed when one delivered parcel holds everything: then
 * the header says it all. */
void retour_parcel_list_fill (GtkListBox *list, RetourWorkbench *bench);
/* Their keys are the numbers of the returns. */
void retour_earlier_returns_fill (GtkListBox *list, RetourWorkbench *bench);

G_END_DECLS
