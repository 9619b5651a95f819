/* SPDX-License-Identifier: Apache-2.0 */
#include "approval-sheet.h"

#include <adwaita.h>

#include "approval-facts.h"
#include "approver-panel.h"
#include "button.h"
#include "elsewhere-panel.h"
#include "motive-tiles.h"
#include "request-board.h"
#include "stack-reading.h"
#include "text.h"
#include "visit.h"
#include "words.h"

#define WIDTH 1000
#define RIGHT_WIDTH 424
#define PAGE_HERE "here"
#define PAGE_ELSEWHERE "elsewhere"

struct _RetourApprovalSheet
{
  GtkBox parent_instance;

  RetourWorkbench *bench;
  RetourSheet *sheet; /* weak: it holds this */
  gboolean deciding;
  guint asking; /* questions on their way */

  RetourApproverPanel *panel;
  RetourElsewherePanel *elsewhere;
  RetourMotiveTiles *motives;
  GtkWidget *right; /* stack: who is here, or the wait for somebody elsewhere */
  GtkWidget *ask, *ask_hint;
  GtkWidget *approve, *refuse;
};

G_DEFINE_TYPE (RetourApprovalSheet, retour_approval_sheet, GTK_TYPE_BOX)

static RetourNavigation *
navigation_of (RetourApprovalSheet *self)
{
  return retour_workbench_get_navigation (self->bench);
}

static RetourRequestBoard *
board_of (RetourApprovalSheet *self)
{
  return retour_navigation_get_requests (navigation_of (self));
}

static void
show_state (RetourApprovalSheet *self)
{
  gboolean known = retour_approver_panel_get_approver (self->panel) != NULL && !self->deciding;
  const char *motive = retour_motive_tiles_get_motive (self->motives);

  gtk_widget_set_sensitive (self->approve, known && (!retour_approval_needs_motive (self->bench) || motive != NULL));
  gtk_widget_set_sensitive (self->refuse, known);
}

static void
approver_changed (RetourApproverPanel *panel, RetourApprovalSheet *self)
{
  show_state (self);
  if (gtk_widget_get_sensitive (self->approve))
    gtk_widget_grab_focus (self->approve);
}

static void
decided (const GError *error, gpointer user_data)
{
  RetourApprovalSheet *self = user_data;

  self->deciding = FALSE;
  if (error != NULL)
    {
      retour_navigation_sound (navigation_of (self), FALSE);
      retour_approver_panel_say (self->panel, RETOUR_TONE_ERROR, _ ("This does not count."), error->message);
      show_state (self);
    }
  else if (self->sheet != NULL)
    {
      retour_navigation_sound (navigation_of (self), TRUE);
      retour_sheet_close (self->sheet);
    }
  g_object_unref (self);
}

static void
decide (RetourApprovalSheet *self, gboolean approve)
{
  const RetourStaff *approver = retour_approver_panel_get_approver (self->panel);

  if (approver == NULL || self->deciding)
    return;
  self->deciding = TRUE;
  show_state (self);
  retour_workbench_approve (self->bench, approver, approve, retour_motive_tiles_get_motive (self->motives), decided,
                            g_object_ref (self));
}

static void
approve_clicked (GtkButton *button, RetourApprovalSheet *self)
{
  decide (self, TRUE);
}

static void
refuse_clicked (GtkButton *button, RetourApprovalSheet *self)
{
  decide (self, FALSE);
}

void
retour_approval_sheet_identify (RetourApprovalSheet *self, const RetourStaff *staff)
{
  g_return_if_fail (RETOUR_IS_APPROVAL_SHEET (self));

  gtk_stack_set_visible_child_name (GTK_STACK (self->right), PAGE_HERE);
  retour_approver_panel_identify (self->panel, staff);
}

/* The orders of the visit that a manager has to look at; the list is the caller's. */
static GPtrArray *
list_asking (RetourApprovalSheet *self)
{
  RetourVisit *visit = retour_workbench_get_visit (self->bench);
  guint n = visit != NULL ? retour_visit_get_n_orders (visit) : 0;
  GPtrArray *asking = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      RetourWorkbench *bench = retour_visit_get_bench (visit, i);

      if (retour_workbench_get_state (bench) == RETOUR_WORKBENCH_APPROVAL)
        g_ptr_array_add (asking, g_object_ref (bench));
    }
  if (asking->len == 0)
    g_ptr_array_add (asking, g_object_ref (self->bench));
  return asking;
}

static const RetourApprovalRequest *
find_request (RetourApprovalSheet *self)
{
  RetourRequestBoard *board = board_of (self);
  g_autoptr (GPtrArray) asking = list_asking (self);
  const RetourApprovalRequest *request = NULL;

  for (guint i = 0; board != NULL && request == NULL && i < asking->len; i++)
    request = retour_request_board_find (board, retour_workbench_get_draft (asking->pdata[i])->id);
  return request;
}

/* A question that has ended leaves the panel as it is for a decision here. */
static void
show_request (RetourApprovalSheet *self)
{
  const RetourApprovalRequest *request = find_request (self);
  gboolean offline = retour_navigation_is_offline (navigation_of (self));

  gtk_widget_set_sensitive (self->ask, request == NULL && !offline);
  gtk_label_set_text (GTK_LABEL (self->ask_hint),
                      offline ? _ ("No network: a manager decides here, by badge or code.") : "");
  gtk_widget_set_visible (self->ask_hint, offline);
  if (request != NULL)
    retour_elsewhere_panel_show (self->elsewhere, request);
  else
    gtk_stack_set_visible_child_name (GTK_STACK (self->right), PAGE_HERE);
}

static void
board_changed (RetourRequestBoard *board, RetourApprovalSheet *self)
{
  show_request (self);
}

void
retour_approval_sheet_end (RetourApprovalSheet *self)
{
  g_return_if_fail (RETOUR_IS_APPROVAL_SHEET (self));

  if (self->sheet != NULL && !self->deciding)
    retour_sheet_close (self->sheet);
}

static void
asked (const GError *error, gpointer user_data)
{
  RetourApprovalSheet *self = user_data;

  if (self->asking > 0)
    self->asking--;
  self->deciding = self->asking > 0;
  show_request (self);
  if (error != NULL)
    retour_approver_panel_say (self->panel, RETOUR_TONE_ERROR, _ ("The question could not be asked."), error->message);
  else
    {
      gtk_stack_set_visible_child_name (GTK_STACK (self->right), PAGE_ELSEWHERE);
      gtk_widget_child_focus (GTK_WIDGET (self->elsewhere), GTK_DIR_TAB_FORWARD);
    }
  g_object_unref (self);
}

static void
ask_clicked (GtkButton *button, RetourApprovalSheet *self)
{
  const RetourStaff *staff = retour_navigation_get_staff (navigation_of (self));
  g_autoptr (GPtrArray) asking = list_asking (self);

  if (staff == NULL || self->deciding || board_of (self) == NULL)
    return;
  self->deciding = TRUE;
  self->asking = asking->len;
  gtk_widget_set_sensitive (self->ask, FALSE);
  for (guint i = 0; i < asking->len; i++)
    retour_request_board_ask (board_of (self), retour_workbench_get_draft (asking->pdata[i])->id, staff, asked,
                              g_object_ref (self));
}

static void
here_chosen (RetourElsewherePanel *panel, RetourApprovalSheet *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->right), PAGE_HERE);
}

static void
withdrawal_chosen (RetourElsewherePanel *panel, RetourApprovalSheet *self)
{
  const RetourStaff *staff = retour_navigation_get_staff (navigation_of (self));
  g_autoptr (GPtrArray) asking = list_asking (self);

  for (guint i = 0; i < asking->len; i++)
    retour_request_board_withdraw (board_of (self), retour_workbench_get_draft (asking->pdata[i])->id,
                                   staff != NULL ? staff->id : NULL, RETOUR_WITHDRAWN_CANCELLED);
}

static void
motive_changed (RetourMotiveTiles *motives, RetourApprovalSheet *self)
{
  show_state (self);
}

static gboolean
key_pressed (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, RetourApprovalSheet *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (GTK_IS_TEXT (focus) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0
      || !g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (self->right)), PAGE_HERE))
    return FALSE;
  return retour_approver_panel_key (self->panel, keyval);
}

static char *
approve_text (RetourApprovalSheet *self)
{
  const RetourQuote *quote = retour_workbench_get_quote (self->bench);
  RetourVisit *visit = retour_workbench_get_visit (self->bench);
  gint64 refund = 0, collect = 0;
  g_autofree char *total = NULL;

  if (visit != NULL && retour_visit_get_n_orders (visit) > 1)
    (void) retour_visit_get_totals (visit, &refund, &collect);
  else if (quote != NULL && !retour_workbench_hides_prices (self->bench))
    refund = quote->total;
  if (refund == 0)
    return g_strdup (_ ("Approve"));
  total = retour_money_format (refund, retour_workbench_get_currency (self->bench),
                               retour_navigation_get_language (navigation_of (self)));
  return g_strdup_printf (_ ("Approve %s"), total);
}

static GtkWidget *
left_new (RetourApprovalSheet *self)
{
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *text = approve_text (self);

  gtk_widget_add_css_class (left, "rt-approval-left");
  self->motives = retour_motive_tiles_new ();
  retour_motive_tiles_set_needed (self->motives, retour_approval_needs_motive (self->bench));
  self->refuse = retour_button_new ("window-close-symbolic", _ ("Refuse"), "rt-danger");
  self->approve = retour_button_new ("object-select-symbolic", text, "rt-primary");
  gtk_widget_set_hexpand (self->approve, TRUE);
  retour_button_set_wraps (self->approve);
  gtk_widget_set_vexpand (space, TRUE);
  g_signal_connect (self->motives, "changed", G_CALLBACK (motive_changed), self);
  g_signal_connect (self->refuse, "clicked", G_CALLBACK (refuse_clicked), self);
  g_signal_connect (self->approve, "clicked", G_CALLBACK (approve_clicked), self);
  gtk_box_append (GTK_BOX (buttons), self->refuse);
  gtk_box_append (GTK_BOX (buttons), self->approve);
  gtk_box_append (GTK_BOX (left), retour_approval_facts_new (self->bench));
  gtk_box_append (GTK_BOX (left), GTK_WIDGET (self->motives));
  gtk_box_append (GTK_BOX (left), space);
  gtk_box_append (GTK_BOX (left), buttons);
  gtk_widget_set_hexpand (left, TRUE);
  return left;
}

static GtkWidget *
here_new (RetourApprovalSheet *self)
{
  const RetourStaff *asking = retour_navigation_get_staff (navigation_of (self));
  GtkWidget *here = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);

  self->panel = retour_approver_panel_new (navigation_of (self), asking != NULL ? asking->id : NULL,
                                           retour_workbench_get_draft (self->bench)->id);
  self->ask = retour_button_new ("network-transmit-receive-symbolic", _ ("Ask a manager elsewhere"), "rt-tonal");
  self->ask_hint = retour_text_new_wrapped (NULL, "rt-muted");
  retour_button_set_wraps (self->ask);
  retour_set_name (self->ask, _ ("Ask a manager on another terminal"));
  gtk_widget_set_tooltip_text (self->ask, _ ("Ask a manager on another terminal"));
  g_signal_connect (self->panel, "changed", G_CALLBACK (approver_changed), self);
  g_signal_connect (self->ask, "clicked", G_CALLBACK (ask_clicked), self);
  gtk_box_append (GTK_BOX (here), GTK_WIDGET (self->panel));
  gtk_box_append (GTK_BOX (here), self->ask);
  gtk_box_append (GTK_BOX (here), self->ask_hint);
  return here;
}

static GtkWidget *
right_new (RetourApprovalSheet *self)
{
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *clamp = adw_clamp_new ();

  gtk_widget_add_css_class (right, "rt-approval-right");
  self->elsewhere = retour_elsewhere_panel_new (navigation_of (self));
  g_signal_connect (self->elsewhere, "here", G_CALLBACK (here_chosen), self);
  g_signal_connect (self->elsewhere, "withdraw", G_CALLBACK (withdrawal_chosen), self);
  self->right = gtk_stack_new ();
  retour_stack_add_page (GTK_STACK (self->right), here_new (self), PAGE_HERE);
  retour_stack_add_page (GTK_STACK (self->right), GTK_WIDGET (self->elsewhere), PAGE_ELSEWHERE);
  gtk_box_append (GTK_BOX (right), self->right);
  gtk_box_append (GTK_BOX (right), retour_logged_new ());
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), RIGHT_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), RIGHT_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), right);
  gtk_widget_set_size_request (clamp, RIGHT_WIDTH, -1);
  return clamp;
}

static void
retour_approval_sheet_dispose (GObject *object)
{
  RetourApprovalSheet *self = RETOUR_APPROVAL_SHEET (object);

  g_clear_object (&self->bench);
  g_clear_weak_pointer (&self->sheet);
  G_OBJECT_CLASS (retour_approval_sheet_parent_class)->dispose (object);
}

static void
retour_approval_sheet_class_init (RetourApprovalSheetClass *class)
{
  G_OBJECT_CLASS (class)->dispose = retour_approval_sheet_dispose;
}

static void
retour_approval_sheet_init (RetourApprovalSheet *self)
{
}

/* A question that is out already, from before a restart or a look elsewhere, is shown as it stands. */
static void
follow_requests (RetourApprovalSheet *self)
{
  RetourRequestBoard *board = board_of (self);

  show_request (self);
  if (find_request (self) != NULL)
    gtk_stack_set_visible_child_name (GTK_STACK (self->right), PAGE_ELSEWHERE);
  gtk_widget_set_visible (self->ask, board != NULL);
  if (board != NULL)
    g_signal_connect_object (board, "changed", G_CALLBACK (board_changed), self, 0);
}

RetourApprovalSheet *
retour_approval_sheet_open (RetourWorkbench *bench)
{
  RetourApprovalSheet *self = g_object_new (RETOUR_TYPE_APPROVAL_SHEET, NULL);
  RetourSheet *sheet = retour_sheet_new (_ ("Manager approval"));
  RetourNavigation *navigation = retour_workbench_get_navigation (bench);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->bench = g_object_ref (bench);
  g_set_weak_pointer (&self->sheet, sheet);
  gtk_box_append (GTK_BOX (self), left_new (self));
  gtk_box_append (GTK_BOX (self), right_new (self));
  show_state (self);
  follow_requests (self);
  retour_sheet_set_width (sheet, WIDTH);
  retour_sheet_set_subtitle (sheet, _ ("For this return as a whole, once"));
  retour_sheet_set_body (sheet, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (sheet), keys);
  retour_navigation_present_sheet (navigation, sheet);
  return self;
}
