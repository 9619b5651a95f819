/* SPDX-License-Identifier: Apache-2.0 */
/* What a person is told of approvals that cross terminals, wherever one is: a question has come, an answer has come. */
#include "navigation-private.h"

#include "approver-panel.h"
#include "button.h"
#include "order-page.h"
#include "request-board.h"
#include "request-facts.h"
#include "request-sheet.h"
#include "stack-reading.h"
#include "text.h"
#include "todo-page.h"
#include "words.h"

RetourRequestBoard *
retour_navigation_get_requests (RetourNavigation *self)
{
  return self->requests;
}

void
retour_navigation_take_badges (RetourNavigation *self, GtkWidget *panel)
{
  g_set_weak_pointer (&self->badge_panel, panel);
}

gboolean
retour_navigation_hand_badge (RetourNavigation *self, const RetourRoute *route)
{
  if (route->kind != RETOUR_ROUTE_STAFF || route->staff == NULL || self->badge_panel == NULL
      || !gtk_widget_get_mapped (self->badge_panel))
    return FALSE;
  retour_approver_panel_identify (RETOUR_APPROVER_PANEL (self->badge_panel), route->staff);
  return TRUE;
}

/* What the notice's button opens: the request may be gone by then. */
typedef struct
{
  RetourNavigation *navigation;
  char *id;
} Look;

static void
look_free (gpointer user_data)
{
  Look *look = user_data;

  g_free (look->id);
  g_free (look);
}

static void
look_at_request (gpointer user_data)
{
  Look *look = user_data;
  RetourNavigation *self = look->navigation;
  const GPtrArray *waiting = retour_request_board_get_waiting (self->requests);

  if (retour_navigation_is_locked (self))
    return;
  for (guint i = 0; i < waiting->len; i++)
    if (g_str_equal (((const RetourApprovalRequest *) waiting->pdata[i])->id, look->id))
      {
        retour_request_sheet_open (self, waiting->pdata[i]);
        return;
      }
  retour_navigation_show_page (self, RETOUR_PAGE_TODO);
}

static void
request_arrived (RetourRequestBoard *board, const RetourApprovalRequest *request, RetourNavigation *self)
{
  g_autofree char *origin = retour_request_origin_text (request);
  g_autofree char *text = g_strdup_printf (_ ("Approval asked: %s"), origin);
  Look *look;

  gdk_display_beep (gtk_widget_get_display (self->window));
  if (retour_navigation_is_locked (self))
    return;
  look = g_new0 (Look, 1);
  look->navigation = self;
  look->id = g_strdup (request->id);
  retour_navigation_offer (self, text, _ ("Look"), look_at_request, look, look_free);
}

static void
request_overtaken (RetourRequestBoard *board, const RetourApprovalRequest *request, RetourNavigation *self)
{
  if (!retour_navigation_is_locked (self))
    retour_navigation_toast (self, _ ("The decision came too late and does not count."), NULL, NULL, NULL);
}

static void
waiting_changed (RetourRequestBoard *board, RetourNavigation *self)
{
  retour_rail_set_requests (self->rail, retour_request_board_get_waiting (board)->len);
  if (g_str_equal (self->page, RETOUR_PAGE_TODO))
    retour_todo_page_refresh (RETOUR_TODO_PAGE (retour_navigation_get_page (self, RETOUR_PAGE_TODO)));
}

typedef struct
{
  RetourNavigation *navigation;
  RetourApprovalRequest *request;
  char *objection;
} Telling;

static void
telling_free (Telling *telling)
{
  retour_approval_request_free (telling->request);
  g_free (telling->objection);
  g_free (telling);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Telling, telling_free)

static gpointer
find_approver (RetourStore *store, gpointer user_data, GError **error)
{
  const Telling *telling = user_data;

  return telling->request->approver != NULL ? store->find_staff (store, telling->request->approver, NULL) : NULL;
}

/* What is said, and whether it must be read: a refusal and its motive stay until they are understood. */
static char *
answer_text (const Telling *telling, const RetourStaff *approver, gboolean *stays)
{
  g_autofree char *name = approver != NULL ? retour_staff_short_name (approver) : g_strdup (_ ("A manager"));
  const char *order =
      telling->request->order_number != NULL ? telling->request->order_number : _ ("Return without order");

  *stays = FALSE;
  if (telling->objection != NULL)
    return g_strdup_printf (_ ("%s: an answer came that does not count."), order);
  switch (telling->request->state)
    {
    case RETOUR_REQUEST_APPROVED:
      return g_strdup_printf (_ ("%s: approved by %s"), order, name);
    case RETOUR_REQUEST_REFUSED:
      *stays = TRUE;
      return g_strdup_printf (_ ("%s: refused by %s"), order, name);
    case RETOUR_REQUEST_EXPIRED:
      return g_strdup_printf (_ ("%s: nobody answered in time"), order);
    case RETOUR_REQUEST_ASKED:
    case RETOUR_REQUEST_WAITING:
    case RETOUR_REQUEST_OFFLINE:
    case RETOUR_REQUEST_WITHDRAWN:
      return NULL;
    }
  g_return_val_if_reached (NULL);
}

static void
understood (GtkButton *button, RetourSheet *sheet)
{
  retour_sheet_close (sheet);
}

static void
show_refusal (RetourNavigation *self, const char *what, const char *motive)
{
  RetourSheet *sheet = retour_sheet_new (_ ("Approval refused"));
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *button = retour_button_new (NULL, _ ("Understood"), "rt-primary");

  gtk_widget_add_css_class (body, "rt-approval-left");
  gtk_box_append (GTK_BOX (body), retour_text_new_wrapped (what, "rt-large"));
  if (motive != NULL)
    gtk_box_append (GTK_BOX (body), retour_text_new_wrapped (motive, NULL));
  gtk_box_append (GTK_BOX (body),
                  retour_text_new_wrapped (_ ("The return stays as it is, to be changed or given up"), "rt-muted"));
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  g_signal_connect (button, "clicked", G_CALLBACK (understood), sheet);
  gtk_box_append (GTK_BOX (foot), button);
  retour_sheet_set_body (sheet, body);
  retour_sheet_set_foot (sheet, foot);
  retour_sheet_set_initial_focus (sheet, button);
  retour_navigation_present_sheet (self, sheet);
  retour_navigation_sound (self, FALSE);
}

static void
approver_found (gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (Telling) telling = user_data;
  g_autoptr (RetourStaff) approver = result;
  RetourNavigation *self = telling->navigation;
  gboolean stays;
  g_autofree char *text = answer_text (telling, approver, &stays);

  if (text == NULL || retour_navigation_is_locked (self))
    return;
  if (stays && self->sheet == NULL)
    show_refusal (self, text, telling->request->motive);
  else
    {
      g_autofree char *whole = telling->request->motive != NULL && stays
                                   ? g_strdup_printf ("%s · %s", text, telling->request->motive)
                                   : g_strdup (text);

      retour_navigation_toast (self, whole, NULL, NULL, NULL);
    }
}

static void
request_answered (RetourRequestBoard *board, const RetourRequestNews *news, RetourNavigation *self)
{
  RetourOrderPage *page = RETOUR_ORDER_PAGE (retour_navigation_get_page (self, RETOUR_PAGE_ORDER));
  Telling *telling;

  if (news->draft != NULL)
    retour_order_page_take_approvals (page, news->draft);
  if (news->objection == NULL && retour_request_state_is_open (news->request->state))
    return;
  retour_order_page_end_approval (page, news->request->return_id);
  telling = g_new0 (Telling, 1);
  telling->navigation = self;
  telling->request = retour_approval_request_copy (news->request);
  telling->objection = g_strdup (news->objection);
  self->services->storage->read (self->services->storage->self, find_approver, approver_found, telling);
}

void
retour_navigation_follow_requests (RetourNavigation *self)
{
  self->requests = retour_request_board_new (self->services, !retour_navigation_is_offline (self));
  g_signal_connect (self->requests, "arrived", G_CALLBACK (request_arrived), self);
  g_signal_connect (self->requests, "overtaken", G_CALLBACK (request_overtaken), self);
  g_signal_connect (self->requests, "answered", G_CALLBACK (request_answered), self);
  g_signal_connect (self->requests, "changed", G_CALLBACK (waiting_changed), self);
}

void
retour_navigation_leave_requests (RetourNavigation *self)
{
  g_clear_weak_pointer (&self->badge_panel);
  if (self->requests == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->requests, self);
  retour_request_board_close (self->requests);
  g_clear_object (&self->requests);
}
