/* SPDX-License-Identifier: Apache-2.0 */
#include "elsewhere-panel.h"

#include "button.h"
#include "note.h"
#include "text.h"
#include "words.h"

struct _RetourElsewherePanel
{
  GtkBox parent_instance;

  RetourNavigation *navigation; /* borrowed */
  GtkWidget *spinner, *asked;
  RetourNote *note;
};

enum
{
  SIGNAL_HERE,
  SIGNAL_WITHDRAW,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourElsewherePanel, retour_elsewhere_panel, GTK_TYPE_BOX)

static void
here_clicked (GtkButton *button, RetourElsewherePanel *self)
{
  g_signal_emit (self, signals[SIGNAL_HERE], 0);
}

static void
withdraw_clicked (GtkButton *button, RetourElsewherePanel *self)
{
  g_signal_emit (self, signals[SIGNAL_WITHDRAW], 0);
}

static char *
time_text (RetourElsewherePanel *self, RetourInstant at)
{
  return retour_instant_format_time (at, retour_navigation_get_time_zone (self->navigation));
}

static char *
asked_text (RetourElsewherePanel *self, const RetourApprovalRequest *request)
{
  g_autofree char *asked = time_text (self, request->asked_at);
  g_autofree char *until = NULL;

  if (request->expires_at == RETOUR_INSTANT_NONE)
    return g_strdup_printf (_ ("Asked at %s."), asked);
  until = time_text (self, request->expires_at);
  return g_strdup_printf (_ ("Asked at %s, can be answered until %s."), asked, until);
}

void
retour_elsewhere_panel_show (RetourElsewherePanel *self, const RetourApprovalRequest *request)
{
  g_autofree char *asked = asked_text (self, request);
  gboolean offline = request->state == RETOUR_REQUEST_OFFLINE;

  g_return_if_fail (RETOUR_IS_ELSEWHERE_PANEL (self));

  gtk_label_set_text (GTK_LABEL (self->asked), asked);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), !offline);
  gtk_widget_set_visible (self->spinner, !offline);
  if (offline)
    retour_note_show (self->note, RETOUR_TONE_WARNING, NULL, _ ("No network."),
                      _ ("The question goes out again by itself. A manager can decide here meanwhile."));
  else if (request->state == RETOUR_REQUEST_ASKED)
    retour_note_show (self->note, RETOUR_TONE_INFO, NULL, _ ("The question is on its way…"), NULL);
  else
    retour_note_show (
        self->note, RETOUR_TONE_INFO, NULL, _ ("Waiting for a manager elsewhere…"),
        _ ("It shows on every terminal where a manager is signed in. You can go on with something else."));
}

static void
retour_elsewhere_panel_class_init (RetourElsewherePanelClass *class)
{
  GType type = RETOUR_TYPE_ELSEWHERE_PANEL;

  signals[SIGNAL_HERE] = g_signal_new ("here", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_WITHDRAW] = g_signal_new ("withdraw", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
retour_elsewhere_panel_init (RetourElsewherePanel *self)
{
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *here = retour_button_new ("rt-idbadge-symbolic", _ ("Decide here after all"), "rt-tonal");
  GtkWidget *withdraw = retour_button_new ("edit-undo-symbolic", _ ("Take the question back"), "rt-tonal");

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 14);
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_size_request (self->spinner, 48, 48);
  gtk_widget_set_margin_top (self->spinner, 24);
  self->asked = retour_text_new_wrapped (NULL, "rt-muted");
  self->note = retour_note_new (RETOUR_TONE_INFO);
  gtk_widget_set_vexpand (space, TRUE);
  g_signal_connect (here, "clicked", G_CALLBACK (here_clicked), self);
  g_signal_connect (withdraw, "clicked", G_CALLBACK (withdraw_clicked), self);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->note));
  gtk_box_append (GTK_BOX (self), self->asked);
  gtk_box_append (GTK_BOX (self), self->spinner);
  gtk_box_append (GTK_BOX (self), space);
  gtk_box_append (GTK_BOX (self), here);
  gtk_box_append (GTK_BOX (self), withdraw);
}

RetourElsewherePanel *
retour_elsewhere_panel_new (RetourNavigation *navigation)
{
  RetourElsewherePanel *self = g_object_new (RETOUR_TYPE_ELSEWHERE_PANEL, NULL);

  self->navigation = navigation;
  return self;
}

GtkWidget *
retour_logged_new (void)
{
  GtkWidget *logged = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (logged), gtk_image_new_from_icon_name ("changes-prevent-symbolic"));
  gtk_box_append (GTK_BOX (logged), retour_text_new (_ ("Decision is logged"), NULL));
  gtk_widget_add_css_class (logged, "rt-muted");
  gtk_widget_set_halign (logged, GTK_ALIGN_CENTER);
  return logged;
}
