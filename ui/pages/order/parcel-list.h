/* SPDX-License-Identifier: Apache-2.0 */
/* What else is known of the order: its parcels, when there are several or one is still on its way, and its earlier returns. */
#pragma once

#include "workbench.h"

G_BEGIN_DECLS

/* NULL when one delivered parcel holds everything: then the header says it all. Floating. */
GtkWidget *retour_parcel_list_new (RetourWorkbench *bench);
/* NULL when nothing of the order was returned here before. Floating. */
GtkWidget *retour_earlier_returns_new (RetourWorkbench *bench);

G_END_DECLS
