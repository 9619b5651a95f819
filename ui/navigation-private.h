/* SPDX-License-Identifier: Apache-2.0 */
/* What window, navigation and the routing of scans share; no page includes this. */
#pragma once

#include <adwaita.h>

#include "navigation.h"
#include "note.h"
#include "preferences.h"
#include "rail.h"
#include "request-board.h"
#include "toast-stage.h"

G_BEGIN_DECLS

/* Names of the pages in the stack. */
#define RETOUR_PAGE_LOCK "lock"
#define RETOUR_PAGE_HOME "home"
#define RETOUR_PAGE_SEARCH "search"
#define RETOUR_PAGE_ORDER "order"
#define RETOUR_PAGE_PROOF "proof"
#define RETOUR_PAGE_REGISTER "register"
#define RETOUR_PAGE_TODO "todo"
#define RETOUR_PAGE_STATE "state"

struct _RetourNavigation
{
  const RetourServices *services;
  GTimeZone *zone;
  RetourPreferences *preferences;
  RetourStaff *staff; /* NULL while locked */
  RetourLink link;    /* the newest; its message is not kept */

  /* Of the window, borrowed. */
  GtkWidget *window;
  GtkStack *root; /* "lock" and "desk" */
  GtkBox *desk;
  GtkStack *pages;   /* of the desk */
  RetourNote *clock; /* above them, when the clock is not believed */
  GtkOverlay *host;
  RetourToastStage *toasts;
  RetourRail *rail;
  GtkWidget *body; /* what a sheet covers */

  RetourSheet *sheet;
  GtkWidget *focus_before; /* weak: where the focus goes back when the sheet has gone */

  GQueue visited;               /* page names, static; the newest last, without the one shown */
  const char *page;             /* shown */
  char *draft;                  /* id of the one on the order page, or NULL */
  char *order;                  /* its order's id; NULL when blind or none */
  char *shown_return;           /* id of the one on the proof page */
  RetourRequestBoard *requests; /* approvals across terminals */
  GtkWidget *badge_panel;       /* weak: who is asked for a badge; a RetourApproverPanel */
  guint opening;                /* counts openings: the reply of an older one is dropped */
  gboolean scan_joins;          /* the next order opened takes `pending_route` as its first scan */
  RetourRoute *pending_route;
  gboolean reading_order; /* an order is being read: what is scanned meanwhile is for its page */
  GQueue held;            /* RetourRoute, the oldest first: scanned meanwhile */
  guint oms_token;
  guint slow_timer;
};

/* Shows a page and remembers where one came from. */
void retour_navigation_show_page (RetourNavigation *self, const char *page);
GtkWidget *retour_navigation_get_page (RetourNavigation *self, const char *page);

/* Someone has signed in: the desk as it was left, or home. Takes `staff`. */
void retour_navigation_enter (RetourNavigation *self, RetourStaff *staff);
gboolean retour_navigation_is_locked (RetourNavigation *self);

/* Follows what was scanned while an order was read. */
void retour_navigation_follow_held (RetourNavigation *self);

/* Builds all pages anew, in the language now chosen, and shows what was shown. */
void retour_navigation_build_pages (RetourNavigation *self);
void retour_navigation_rebuild_pages (RetourNavigation *self);
/* Where the link stands changed. */
void retour_navigation_link_changed (RetourNavigation *self, const RetourLink *link);
/* Forgets what it waits for from the OMS. */
void retour_navigation_stop_waiting (RetourNavigation *self);

/* Approvals across terminals: begins and ends telling of them. */
void retour_navigation_follow_requests (RetourNavigation *self);
void retour_navigation_leave_requests (RetourNavigation *self);
/* TRUE when the badge is one that a sheet asks for. */
gboolean retour_navigation_hand_badge (RetourNavigation *self, const RetourRoute *route);

/* A toast with a button of another word than "Undo". */
void retour_navigation_offer (RetourNavigation *self,
                              const char *text,
                              const char *label,
                              RetourUndo action,
                              gpointer user_data,
                              GDestroyNotify destroy);

/* The settings of this terminal, the link and the drafts put aside, each a sheet. */
void retour_navigation_open_settings (RetourNavigation *self);
void retour_navigation_open_link (RetourNavigation *self);
void retour_navigation_open_drafts (RetourNavigation *self);

/* What a scanner read: `text` by the screen's keyboard layout, `us_text` as a US one has it. */
void retour_navigation_take_scan (RetourNavigation *self, const char *text, const char *us_text);
/* A scan already understood (a choice among orders was made, or the OMS answered). */
void retour_navigation_follow (RetourNavigation *self, RetourRoute *route);

/* An order found by the OMS joins the cache, then opens. Borrowed. */
void retour_navigation_open_found (RetourNavigation *self, const RetourOrder *order);

G_END_DECLS
