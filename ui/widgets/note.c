/* SPDX-License-Identifier: Apache-2.0 */
#include "note.h"

#include "button.h"
#include "text.h"

struct _RetourNote
{
  GtkWidget parent_instance;

  GtkWidget *revealer;
  GtkWidget *box;
  GtkWidget *icon;
  GtkWidget *title;
  GtkWidget *text;
  GtkWidget *action;
  RetourTone tone;
};

enum
{
  SIGNAL_ACTION,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourNote, retour_note, GTK_TYPE_WIDGET)

static const char *
tone_icon (RetourTone tone)
{
  switch (tone)
    {
    case RETOUR_TONE_SUCCESS:
      return "object-select-symbolic";
    case RETOUR_TONE_WARNING:
    case RETOUR_TONE_ERROR:
      return "dialog-warning-symbolic";
    case RETOUR_TONE_NEUTRAL:
    case RETOUR_TONE_INFO:
    case RETOUR_TONE_ACCENT:
      return "rt-info-symbolic";
    }
  g_return_val_if_reached ("rt-info-symbolic");
}

static void
action_clicked (GtkButton *button, RetourNote *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTION], 0);
}

static void
retour_note_dispose (GObject *object)
{
  RetourNote *self = RETOUR_NOTE (object);

  g_clear_pointer (&self->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (retour_note_parent_class)->dispose (object);
}

static void
retour_note_class_init (RetourNoteClass *class)
{
  G_OBJECT_CLASS (class)->dispose = retour_note_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (class), "note");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (class), GTK_ACCESSIBLE_ROLE_STATUS);
  signals[SIGNAL_ACTION] =
      g_signal_new ("action", RETOUR_TYPE_NOTE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
retour_note_init (RetourNote *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_transition_duration (GTK_REVEALER (self->revealer), 150);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (self->box, "rt-note");
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), self->box);

  self->icon = gtk_image_new ();
  self->title = retour_text_new_wrapped (NULL, "rt-bold");
  self->text = retour_text_new_wrapped (NULL, NULL);
  self->action = retour_button_new (NULL, NULL, "rt-small");
  gtk_widget_set_valign (self->action, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_visible (self->action, FALSE);
  gtk_box_append (GTK_BOX (words), self->title);
  gtk_box_append (GTK_BOX (words), self->text);
  gtk_box_append (GTK_BOX (self->box), self->icon);
  gtk_box_append (GTK_BOX (self->box), words);
  gtk_box_append (GTK_BOX (self->box), self->action);
  g_signal_connect (self->action, "clicked", G_CALLBACK (action_clicked), self);
}

RetourNote *
retour_note_new (RetourTone tone)
{
  gboolean alert = tone == RETOUR_TONE_WARNING || tone == RETOUR_TONE_ERROR;

  return g_object_new (RETOUR_TYPE_NOTE, "accessible-role",
                       alert ? GTK_ACCESSIBLE_ROLE_ALERT : GTK_ACCESSIBLE_ROLE_STATUS, NULL);
}

void
retour_note_show (RetourNote *self, RetourTone tone, const char *icon, const char *title, const char *text)
{
  g_autofree char *spoken = NULL;

  g_return_if_fail (RETOUR_IS_NOTE (self));
  g_return_if_fail (title != NULL);

  if (self->tone != RETOUR_TONE_NEUTRAL)
    gtk_widget_remove_css_class (self->box, retour_tone_class (self->tone));
  self->tone = tone;
  retour_add_classes (self->box, retour_tone_class (tone));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon != NULL ? icon : tone_icon (tone));
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->text), text != NULL ? text : "");
  gtk_widget_set_visible (self->text, text != NULL);
  spoken = text != NULL ? g_strdup_printf ("%s %s", title, text) : g_strdup (title);
  retour_set_name (GTK_WIDGET (self), spoken);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
}

void
retour_note_set_action (RetourNote *self, const char *label)
{
  g_return_if_fail (RETOUR_IS_NOTE (self));

  retour_button_set_label (self->action, label);
  gtk_widget_set_visible (self->action, label != NULL);
}

void
retour_note_hide (RetourNote *self)
{
  g_return_if_fail (RETOUR_IS_NOTE (self));

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
}
