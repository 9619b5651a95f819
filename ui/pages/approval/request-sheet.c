/* SPDX-License-Identifier: Apache-2.0 */
#include "request-sheet.h"

#include <adwaita.h>

#include "approver-panel.h"
#include "button.h"
#include "elsewhere-panel.h"
#include "motive-tiles.h"
#include "request-board.h"
#include "request-facts.h"
#include "text.h"
#include "words.h"

#define WIDTH 1000
#define RIGHT_WIDTH 424

struct _RetourRequestSheet
{
  GtkBox parent_instance;

  RetourNavigation *navigation; /* borrowed */
  RetourApprovalRequest *request;
  RetourSheet *sheet; /* weak: it holds this */
  gboolean deciding, ended;

  RetourApproverPanel *panel;
  RetourMotiveTiles *motives;
  GtkWidget *approve, *refuse;
};

G_DEFINE_TYPE (RetourRequestSheet, retour_request_sheet, GTK_TYPE_BOX)

static void
show_state (RetourRequestSheet *self)
{
  gboolean known = retour_approver_panel_get_approver (self->panel) != NULL && !self->deciding && !self->ended;
  const char *motive = retour_motive_tiles_get_motive (self->motives);

  gtk_widget_set_sensitive (self->approve,
                            known && (!retour_approval_request_overrides (self->request) || motive != NULL));
  gtk_widget_set_sensitive (self->refuse, known);
}

static void
approver_changed (RetourApproverPanel *panel, RetourRequestSheet *self)
{
  show_state (self);
  if (gtk_widget_get_sensitive (self->approve))
    gtk_widget_grab_focus (self->approve);
}

static void
motive_changed (RetourMotiveTiles *motives, RetourRequestSheet *self)
{
  show_state (self);
}

static void
decided (const GError *error, gpointer user_data)
{
  RetourRequestSheet *self = user_data;

  self->deciding = FALSE;
  if (error != NULL)
    {
      retour_navigation_sound (self->navigation, FALSE);
      retour_approver_panel_say (self->panel, RETOUR_TONE_ERROR, _ ("This does not count."), error->message);
      show_state (self);
    }
  else if (self->sheet != NULL)
    {
      retour_navigation_sound (self->navigation, TRUE);
      retour_sheet_close (self->sheet);
      retour_navigation_toast (self->navigation, _ ("The decision is on its way to the other terminal."), NULL, NULL,
                               NULL);
    }
  g_object_unref (self);
}

static void
decide (RetourRequestSheet *self, gboolean approve)
{
  const RetourStaff *approver = retour_approver_panel_get_approver (self->panel);

  if (approver == NULL || self->deciding || self->ended)
    return;
  self->deciding = TRUE;
  show_state (self);
  retour_request_board_decide (retour_navigation_get_requests (self->navigation), self->request, approver, approve,
                               retour_motive_tiles_get_motive (self->motives), decided, g_object_ref (self));
}

static void
approve_clicked (GtkButton *button, RetourRequestSheet *self)
{
  decide (self, TRUE);
}

static void
refuse_clicked (GtkButton *button, RetourRequestSheet *self)
{
  decide (self, FALSE);
}

static gboolean
key_pressed (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, RetourRequestSheet *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (GTK_IS_TEXT (focus) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  return retour_approver_panel_key (self->panel, keyval);
}

/* It may end while a manager still reads: taken back, run out, decided by another. */
static void
board_changed (RetourRequestBoard *board, RetourRequestSheet *self)
{
  const GPtrArray *waiting = retour_request_board_get_waiting (board);

  if (self->deciding || self->ended)
    return;
  for (guint i = 0; i < waiting->len; i++)
    if (g_str_equal (((const RetourApprovalRequest *) waiting->pdata[i])->id, self->request->id))
      return;
  self->ended = TRUE;
  show_state (self);
  retour_approver_panel_say (self->panel, RETOUR_TONE_WARNING, _ ("Nobody waits for this any more."),
                             _ ("It was decided elsewhere, taken back, or the network is gone."));
}

static char *
approve_text (RetourRequestSheet *self)
{
  const RetourApprovalRequest *request = self->request;
  g_autofree char *total = NULL;

  if (request->gift || request->amount == 0)
    return g_strdup (_ ("Approve"));
  total = retour_money_format (request->amount, request->currency, retour_navigation_get_language (self->navigation));
  return g_strdup_printf (_ ("Approve %s"), total);
}

static GtkWidget *
left_new (RetourRequestSheet *self)
{
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *text = approve_text (self);

  gtk_widget_add_css_class (left, "rt-approval-left");
  self->motives = retour_motive_tiles_new ();
  retour_motive_tiles_set_needed (self->motives, retour_approval_request_overrides (self->request));
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
  gtk_box_append (GTK_BOX (left), retour_request_facts_new (self->navigation, self->request));
  gtk_box_append (GTK_BOX (left), GTK_WIDGET (self->motives));
  gtk_box_append (GTK_BOX (left), space);
  gtk_box_append (GTK_BOX (left), buttons);
  gtk_widget_set_hexpand (left, TRUE);
  return left;
}

static GtkWidget *
right_new (RetourRequestSheet *self)
{
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *clamp = adw_clamp_new ();

  gtk_widget_add_css_class (right, "rt-approval-right");
  self->panel = retour_approver_panel_new (self->navigation, self->request->requester, self->request->return_id);
  g_signal_connect (self->panel, "changed", G_CALLBACK (approver_changed), self);
  gtk_box_append (GTK_BOX (right), GTK_WIDGET (self->panel));
  gtk_box_append (GTK_BOX (right), retour_logged_new ());
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), RIGHT_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), RIGHT_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), right);
  gtk_widget_set_size_request (clamp, RIGHT_WIDTH, -1);
  return clamp;
}

static void
retour_request_sheet_dispose (GObject *object)
{
  RetourRequestSheet *self = RETOUR_REQUEST_SHEET (object);

  g_clear_weak_pointer (&self->sheet);
  g_clear_pointer (&self->request, retour_approval_request_free);
  G_OBJECT_CLASS (retour_request_sheet_parent_class)->dispose (object);
}

static void
retour_request_sheet_class_init (RetourRequestSheetClass *class)
{
  G_OBJECT_CLASS (class)->dispose = retour_request_sheet_dispose;
}

static void
retour_request_sheet_init (RetourRequestSheet *self)
{
}

void
retour_request_sheet_open (RetourNavigation *navigation, const RetourApprovalRequest *request)
{
  RetourRequestSheet *self = g_object_new (RETOUR_TYPE_REQUEST_SHEET, NULL);
  RetourSheet *sheet = retour_sheet_new (_ ("Approval asked"));
  g_autofree char *origin = retour_request_origin_text (request);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->navigation = navigation;
  self->request = retour_approval_request_copy (request);
  g_set_weak_pointer (&self->sheet, sheet);
  gtk_box_append (GTK_BOX (self), left_new (self));
  gtk_box_append (GTK_BOX (self), right_new (self));
  show_state (self);
  g_signal_connect_object (retour_navigation_get_requests (navigation), "changed", G_CALLBACK (board_changed), self, 0);
  retour_sheet_set_width (sheet, WIDTH);
  retour_sheet_set_subtitle (sheet, origin);
  retour_sheet_set_body (sheet, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (sheet), keys);
  retour_navigation_present_sheet (navigation, sheet);
}
