/* SPDX-License-Identifier: Apache-2.0 */
/* The column on the left: the rooms, how the exchange with the OMS stands, who is at the desk, the lock. */
#pragma once

#include <gtk/gtk.h>

#include "services.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_RAIL (retour_rail_get_type ())
G_DECLARE_FINAL_TYPE (RetourRail, retour_rail, RETOUR, RAIL, GtkWidget)

RetourRail *retour_rail_new (void);

/* Marks the room that a page belongs to: "home", "register", "todo"; others mark "home". Its buttons activate "win.room"
 * with the name of the room, "win.link", "win.settings" and "win.lock". */
void retour_rail_set_page (RetourRail *self, const char *page);
void retour_rail_set_staff (RetourRail *self, const RetourStaff *staff, const RetourIdentity *identity);
/* How many approvals other terminals ask of a manager here; they count with what needs a person. */
void retour_rail_set_requests (RetourRail *self, guint requests);
void retour_rail_set_link (RetourRail *self, const RetourLink *link, GTimeZone *zone);

G_END_DECLS
