/* SPDX-License-Identifier: Apache-2.0 */
/* What other terminals ask of a manager here, oldest first, above the cases of the to-do page. Nothing when nobody asks. */
#pragma once

#include "navigation.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_REQUEST_LIST (retour_request_list_get_type ())
G_DECLARE_FINAL_TYPE (RetourRequestList, retour_request_list, RETOUR, REQUEST_LIST, GtkBox)

RetourRequestList *retour_request_list_new (RetourNavigation *navigation);
guint retour_request_list_get_count (RetourRequestList *self);

G_END_DECLS
