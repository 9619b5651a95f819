/* SPDX-License-Identifier: Apache-2.0 */
/* Where a scan goes, wherever one is (UI.md 3): understood on the storage's thread, followed on the main loop. */
#include "navigation-private.h"

#include "lock-page.h"
#include "order-page.h"
#include "stack-reading.h"
#include "state-page.h"
#include "words.h"

typedef struct
{
  RetourNavigation *navigation;
  RetourDesk *desk;
  char *text, *us_text;
  guint opening;
} Scan;

static void
scan_free (Scan *scan)
{
  g_free (scan->text);
  g_free (scan->us_text);
  g_free (scan);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scan, scan_free)

/* A scanner set to a US keyboard on a French screen: what its keys mean there is tried second. */
static gpointer
route_job (RetourStore *store, gpointer user_data, GError **error)
{
  const Scan *scan = user_data;
  g_autoptr (RetourRoute) route = retour_desk_route (scan->desk, store, scan->text, error);
  g_autoptr (RetourRoute) other = NULL;

  if (route == NULL || route->kind != RETOUR_ROUTE_UNKNOWN || g_str_equal (scan->text, scan->us_text))
    return g_steal_pointer (&route);
  other = retour_desk_route (scan->desk, store, scan->us_text, error);
  if (other == NULL)
    return NULL;
  return other->kind != RETOUR_ROUTE_UNKNOWN ? g_steal_pointer (&other) : g_steal_pointer (&route);
}

static RetourStatePage *
state_page (RetourNavigation *self)
{
  return RETOUR_STATE_PAGE (retour_navigation_get_page (self, RETOUR_PAGE_STATE));
}

/* The next order opened gets the route as its first scan: an article that was scanned before its order. */
static void
keep_route (RetourNavigation *self, RetourRoute *route, gboolean joins)
{
  g_clear_pointer (&self->pending_route, retour_route_free);
  self->pending_route = route;
  self->scan_joins = joins;
}

static void
show_state (RetourNavigation *self, gboolean good)
{
  retour_navigation_sound (self, good);
  retour_navigation_show_page (self, RETOUR_PAGE_STATE);
}

static void
open_only_order (RetourNavigation *self, RetourRoute *route, gboolean joins)
{
  const RetourOrderSummary *summary = g_ptr_array_index (route->orders, 0);
  g_autofree char *id = g_strdup (summary->id != NULL ? summary->id : summary->number);

  retour_navigation_sound (self, TRUE);
  keep_route (self, route, joins);
  retour_navigation_open_order (self, id);
}

static void
follow_product (RetourNavigation *self, RetourRoute *route)
{
  if (route->orders->len == 1)
    open_only_order (self, route, TRUE);
  else if (route->orders->len > 1)
    {
      retour_state_page_show_choice (state_page (self), route);
      keep_route (self, route, TRUE);
      show_state (self, TRUE);
    }
  else
    {
      retour_state_page_show_unsold (state_page (self), route);
      keep_route (self, route, FALSE);
      show_state (self, FALSE);
    }
}

static void
follow_staff (RetourNavigation *self, RetourRoute *route)
{
  g_autofree char *said = NULL;
  RetourStaff *staff = g_steal_pointer (&route->staff);

  if (self->staff == NULL || !g_str_equal (self->staff->id, staff->id))
    {
      g_auto (GStrv) names = g_strsplit (staff->name, " ", 2);

      said = g_strdup_printf (_ ("Hello %s"), names[0]);
      retour_navigation_enter (self, staff);
      retour_navigation_toast (self, said, NULL, NULL, NULL);
    }
  else
    {
      retour_navigation_toast (self, _ ("You are signed in already."), NULL, NULL, NULL);
      retour_staff_free (staff);
    }
  retour_navigation_sound (self, TRUE);
  retour_route_free (route);
}

static void
follow_command (RetourNavigation *self, RetourRoute *route)
{
  GtkWidget *page = retour_navigation_get_page (self, self->page);
  gboolean done = FALSE;

  switch (route->scan->command)
    {
    case RETOUR_SCAN_COMMAND_CONFIRM:
      done = gtk_widget_activate_action (page, "page.primary", NULL);
      break;
    case RETOUR_SCAN_COMMAND_BACK:
      done = gtk_widget_activate_action (self->window, "win.back", NULL);
      break;
    case RETOUR_SCAN_COMMAND_NEXT:
      retour_navigation_go_home (self);
      done = TRUE;
      break;
    case RETOUR_SCAN_COMMAND_UNDO:
      done = gtk_widget_activate_action (page, "page.undo", NULL);
      break;
    case RETOUR_SCAN_COMMAND_NONE:
    case RETOUR_SCAN_COMMAND_REASON:
    case RETOUR_SCAN_COMMAND_CONDITION:
      break;
    }
  retour_navigation_sound (self, done);
  if (!done)
    retour_navigation_toast (self, _ ("That command does nothing here."), NULL, NULL, NULL);
  retour_route_free (route);
}

static void
follow_locked (RetourNavigation *self, RetourRoute *route)
{
  if (route->kind == RETOUR_ROUTE_STAFF)
    {
      follow_staff (self, route);
      return;
    }
  retour_lock_page_refuse_scan (RETOUR_LOCK_PAGE (retour_stack_get_page (self->root, RETOUR_PAGE_LOCK)));
  retour_navigation_sound (self, FALSE);
  retour_route_free (route);
}

/* An article or a command that comes while the order scanned just before is read belongs to that order's page. */
static gboolean
must_wait (RetourNavigation *self, const RetourRoute *route)
{
  return self->reading_order && (route->kind == RETOUR_ROUTE_PRODUCT || route->kind == RETOUR_ROUTE_COMMAND);
}

void
retour_navigation_follow_held (RetourNavigation *self)
{
  RetourRoute *route;

  while (!self->reading_order && (route = g_queue_pop_head (&self->held)) != NULL)
    retour_navigation_follow (self, route);
}

void
retour_navigation_follow (RetourNavigation *self, RetourRoute *route)
{
  if (retour_navigation_is_locked (self))
    {
      follow_locked (self, route);
      return;
    }
  if (must_wait (self, route))
    {
      g_queue_push_tail (&self->held, route);
      return;
    }
  if (g_str_equal (self->page, RETOUR_PAGE_ORDER)
      && retour_order_page_scan (RETOUR_ORDER_PAGE (retour_navigation_get_page (self, RETOUR_PAGE_ORDER)), route))
    {
      retour_route_free (route);
      return;
    }
  if (retour_navigation_hand_badge (self, route))
    {
      retour_route_free (route);
      return;
    }

  switch (route->kind)
    {
    case RETOUR_ROUTE_ORDER:
      open_only_order (self, route, FALSE);
      return;
    case RETOUR_ROUTE_CHOICE:
      retour_state_page_show_choice (state_page (self), route);
      keep_route (self, route, FALSE);
      show_state (self, TRUE);
      return;
    case RETOUR_ROUTE_PRODUCT:
      follow_product (self, route);
      return;
    case RETOUR_ROUTE_RETURN:
      retour_navigation_sound (self, TRUE);
      retour_navigation_show_proof (self, g_steal_pointer (&route->ret), FALSE);
      retour_route_free (route);
      return;
    case RETOUR_ROUTE_STAFF:
      follow_staff (self, route);
      return;
    case RETOUR_ROUTE_COMMAND:
      follow_command (self, route);
      return;
    case RETOUR_ROUTE_ASK_OMS:
      {
        g_autofree char *value = g_strdup (route->scan->value);

        keep_route (self, route, FALSE);
        retour_navigation_open_order (self, value);
        return;
      }
    case RETOUR_ROUTE_UNKNOWN:
      retour_state_page_show_unknown (state_page (self), route->scan);
      keep_route (self, route, FALSE);
      show_state (self, FALSE);
      return;
    }
  g_assert_not_reached ();
}

static void
routed (gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (Scan) scan = user_data;
  RetourNavigation *self = scan->navigation;
  RetourRoute *route = result;

  if (route == NULL)
    retour_navigation_show_error (self, _ ("What was scanned could not be looked up."), error);
  else
    retour_navigation_follow (self, route);
}

void
retour_navigation_take_scan (RetourNavigation *self, const char *text, const char *us_text)
{
  Scan *scan = g_new0 (Scan, 1);

  scan->navigation = self;
  scan->desk = self->services->desk;
  scan->text = g_strdup (text);
  scan->us_text = g_strdup (us_text != NULL ? us_text : text);
  self->services->storage->read (self->services->storage->self, route_job, routed, scan);
}
