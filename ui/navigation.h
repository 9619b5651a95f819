/* SPDX-License-Identifier: Apache-2.0 */
/* What a page may ask of the window around it: go elsewhere, say something, show a sheet; and who stands at the desk, in
 * which language. One lives as long as its window; pages borrow it. Main thread only.
 *
 * A page is told of keys and of scanned commands through actions of its own group "page": it installs those that it has
 * with gtk_widget_class_install_action: "page.primary" (Ctrl+Enter, RC:confirm), "page.back" (Escape, RC:back; without one
 * the window goes home), "page.undo" (Ctrl+Z, RC:undo), "page.proof" (Ctrl+P), "page.find" (Ctrl+F; without one the window
 * opens the search). */
#pragma once

#include <gtk/gtk.h>

#include "request-board.h"
#include "services.h"
#include "sheet.h"

G_BEGIN_DECLS

typedef struct _RetourNavigation RetourNavigation;

const RetourServices *retour_navigation_get_services (RetourNavigation *self);
/* Who is signed in; NULL while locked. Borrowed until the next sign-in: copy what a job takes along. */
const RetourStaff *retour_navigation_get_staff (RetourNavigation *self);
/* Of the screen; and of the slips, which the clerk chooses apart. */
RetourLanguage retour_navigation_get_language (RetourNavigation *self);
RetourLanguage retour_navigation_get_slip_language (RetourNavigation *self);
/* The OMS cannot be asked now. */
gboolean retour_navigation_is_offline (RetourNavigation *self);
/* The store's time zone; borrowed. */
GTimeZone *retour_navigation_get_time_zone (RetourNavigation *self);

void retour_navigation_go_home (RetourNavigation *self);
/* One page back; the pages visited are remembered. */
void retour_navigation_go_back (RetourNavigation *self);
/* By order id or number, asking the OMS when the cache lacks it; NULL: a return without order. Reads, then shows. */
void retour_navigation_open_order (RetourNavigation *self, const char *id_or_number);
/* A draft put aside. */
void retour_navigation_open_draft (RetourNavigation *self, const char *draft);
/* Takes the workspace, and the RetourWorkspace in `companions`, the other orders of its visit; NULL: none. */
void retour_navigation_open_workspace (RetourNavigation *self, RetourWorkspace *workspace, GPtrArray *companions);
/* Another draft than the one opened stands on the desk now. */
void retour_navigation_follow_draft (RetourNavigation *self, const RetourDraft *draft);
/* A recorded return's proof, by id or number: its entry in the register. */
void retour_navigation_open_return (RetourNavigation *self, const char *id_or_number);
/* Takes the return. `fresh`: it was recorded this moment, the next scan starts the next customer. */
void retour_navigation_show_proof (RetourNavigation *self, RetourReturn *ret, gboolean fresh);
/* The search with `text` typed in it; NULL: empty. */
void retour_navigation_open_search (RetourNavigation *self, const char *text);
void retour_navigation_open_register (RetourNavigation *self);
/* Signs out; the draft stays. */
void retour_navigation_lock (RetourNavigation *self);

/* A passing word at the bottom, 8 s, one at a time. `undo` NULL: no button. `user_data` is freed with `destroy` (may be
 * NULL) once the toast is gone, whether undone or not. */
typedef void (*RetourUndo) (gpointer user_data);
void retour_navigation_toast (
    RetourNavigation *self, const char *text, RetourUndo undo, gpointer user_data, GDestroyNotify destroy);
/* Takes the word away: what it offers to undo can no longer be undone. */
void retour_navigation_drop_toast (RetourNavigation *self);
/* A failure in plain words with its technical message below, to be closed by the clerk; for what a job could not do. */
void retour_navigation_show_error (RetourNavigation *self, const char *what, const GError *error);
/* Lays a sheet over the whole window, scrim below, focus inside; it leaves by retour_sheet_close or Escape. Takes the
 * floating reference. One at a time: a second one replaces the first. */
void retour_navigation_present_sheet (RetourNavigation *self, RetourSheet *sheet);
/* The sheet now shown, or NULL. */
RetourSheet *retour_navigation_get_sheet (RetourNavigation *self);

/* The sound of a scan: taken, or not. */
void retour_navigation_sound (RetourNavigation *self, gboolean good);
/* Approvals asked across terminals; borrowed; NULL in a window that has none. */
RetourRequestBoard *retour_navigation_get_requests (RetourNavigation *self);
/* Badges that are scanned while this RetourApproverPanel is shown are for it. Held weakly. */
void retour_navigation_take_badges (RetourNavigation *self, GtkWidget *panel);
/* Something was recorded or changed that other pages and the rail show: they read again. */
void retour_navigation_refresh (RetourNavigation *self);

G_END_DECLS
