/* SPDX-License-Identifier: Apache-2.0 */
/* The first page (mock-up 01): ready to scan, the search, what is on hold, the day so far. Nothing has the focus; any letter
 * typed goes to the search. */
#pragma once

#include "navigation.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_HOME_PAGE (retour_home_page_get_type ())
G_DECLARE_FINAL_TYPE (RetourHomePage, retour_home_page, RETOUR, HOME_PAGE, GtkBox)

RetourHomePage *retour_home_page_new (RetourNavigation *navigation);
void retour_home_page_refresh (RetourHomePage *self);
void retour_home_page_set_link (RetourHomePage *self, const RetourLink *link);

G_END_DECLS
