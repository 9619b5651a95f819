/* SPDX-License-Identifier: Apache-2.0 */
#include "sheet.h"

#include <adwaita.h>

#include "button.h"
#include "scroller.h"
#include "text.h"
#include "words.h"

#define DEFAULT_WIDTH 560
#define MOTION_MS 150

struct _RetourSheet
{
  GtkWidget parent_instance;

  GtkWidget *overlay;
  GtkWidget *revealer;
  GtkWidget *clamp;
  GtkWidget *card;
  GtkWidget *head;
  GtkWidget *heading;
  GtkWidget *title;
  GtkWidget *subtitle;
  GtkWidget *scroller;
  GtkWidget *foot;
  GtkWidget *first_focus;
  gboolean closed;
};

enum
{
  SIGNAL_CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourSheet, retour_sheet, GTK_TYPE_WIDGET)

static gboolean
close_by_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  retour_sheet_close (RETOUR_SHEET (widget));
  return TRUE;
}

static void
close_clicked (GtkButton *button, RetourSheet *self)
{
  retour_sheet_close (self);
}

static gboolean
retour_sheet_grab_focus (GtkWidget *widget)
{
  RetourSheet *self = RETOUR_SHEET (widget);

  if (self->first_focus != NULL && gtk_widget_grab_focus (self->first_focus))
    return TRUE;
  if (gtk_widget_child_focus (self->scroller, GTK_DIR_TAB_FORWARD))
    return TRUE;
  return gtk_widget_child_focus (self->card, GTK_DIR_TAB_FORWARD);
}

/* The focus stays inside: after the last comes the cross in the head, before it the last. */
static gboolean
retour_sheet_focus (GtkWidget *widget, GtkDirectionType direction)
{
  RetourSheet *self = RETOUR_SHEET (widget);

  if (GTK_WIDGET_CLASS (retour_sheet_parent_class)->focus (widget, direction))
    return TRUE;
  if (direction == GTK_DIR_TAB_FORWARD)
    return gtk_widget_child_focus (self->head, direction);
  if (direction == GTK_DIR_TAB_BACKWARD)
    return (self->foot != NULL && gtk_widget_child_focus (self->foot, direction))
           || gtk_widget_child_focus (self->scroller, direction);
  return FALSE;
}

/* While the card is not yet revealed nothing in it can be found as the first that takes the focus. */
static void
card_mapped (GtkWidget *card, GtkWidget *sheet)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (sheet));

  if (focus == NULL || !gtk_widget_is_ancestor (focus, sheet))
    gtk_widget_grab_focus (sheet);
}

static void
retour_sheet_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (retour_sheet_parent_class)->map (widget);
  gtk_revealer_set_reveal_child (GTK_REVEALER (RETOUR_SHEET (widget)->revealer), TRUE);
  gtk_widget_grab_focus (widget);
}

static void
retour_sheet_dispose (GObject *object)
{
  RetourSheet *self = RETOUR_SHEET (object);

  g_clear_weak_pointer (&self->first_focus);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  G_OBJECT_CLASS (retour_sheet_parent_class)->dispose (object);
}

static void
retour_sheet_class_init (RetourSheetClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = retour_sheet_dispose;
  widget_class->focus = retour_sheet_focus;
  widget_class->grab_focus = retour_sheet_grab_focus;
  widget_class->map = retour_sheet_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "sheet");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, close_by_key, NULL);
  signals[SIGNAL_CLOSED] =
      g_signal_new ("closed", RETOUR_TYPE_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
build_head (RetourSheet *self)
{
  GtkWidget *cross = retour_icon_button_new ("window-close-symbolic", _ ("Close"), "rt-flat");

  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  gtk_widget_add_css_class (self->head, "rt-sheet-head");
  self->heading = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  self->title = retour_text_new (NULL, "rt-t2");
  self->subtitle = retour_text_new (NULL, "rt-muted");
  gtk_widget_set_visible (self->subtitle, FALSE);
  gtk_widget_set_hexpand (self->heading, TRUE);
  gtk_widget_set_valign (self->heading, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->heading), self->title);
  gtk_box_append (GTK_BOX (self->heading), self->subtitle);
  gtk_box_append (GTK_BOX (self->head), self->heading);
  gtk_box_append (GTK_BOX (self->head), cross);
  g_signal_connect (cross, "clicked", G_CALLBACK (close_clicked), self);
}

static void
retour_sheet_init (RetourSheet *self)
{
  GtkWidget *scrim = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->overlay = gtk_overlay_new ();
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
  gtk_widget_add_css_class (scrim, "rt-scrim");
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), scrim);

  self->card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->card, "rt-sheet");
  gtk_widget_set_overflow (self->card, GTK_OVERFLOW_HIDDEN);
  g_signal_connect_after (self->card, "map", G_CALLBACK (card_mapped), self);
  build_head (self);
  self->scroller = retour_scroller_new ();
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_box_append (GTK_BOX (self->card), self->head);
  gtk_box_append (GTK_BOX (self->card), self->scroller);

  self->clamp = adw_clamp_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (self->clamp), DEFAULT_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (self->clamp), DEFAULT_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (self->clamp), self->card);
  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_transition_type (GTK_REVEALER (self->revealer), GTK_REVEALER_TRANSITION_TYPE_CROSSFADE);
  gtk_revealer_set_transition_duration (GTK_REVEALER (self->revealer), MOTION_MS);
  gtk_widget_set_valign (self->revealer, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (self->revealer, 20);
  gtk_widget_set_margin_end (self->revealer, 20);
  gtk_widget_set_margin_top (self->revealer, 20);
  gtk_widget_set_margin_bottom (self->revealer, 20);
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), self->clamp);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->revealer);
}

RetourSheet *
retour_sheet_new (const char *title)
{
  RetourSheet *self = g_object_new (RETOUR_TYPE_SHEET, NULL);

  g_return_val_if_fail (title != NULL, self);

  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_MODAL, TRUE, -1);
  return self;
}

void
retour_sheet_set_head (RetourSheet *self, GtkWidget *head)
{
  g_return_if_fail (RETOUR_IS_SHEET (self));

  gtk_box_remove (GTK_BOX (self->head), self->heading);
  self->title = self->subtitle = NULL;
  self->heading = head;
  gtk_widget_set_hexpand (head, TRUE);
  gtk_box_prepend (GTK_BOX (self->head), head);
}

void
retour_sheet_set_subtitle (RetourSheet *self, const char *subtitle)
{
  g_return_if_fail (RETOUR_IS_SHEET (self));
  g_return_if_fail (self->subtitle != NULL);

  gtk_label_set_text (GTK_LABEL (self->subtitle), subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (self->subtitle, subtitle != NULL);
}

void
retour_sheet_set_body (RetourSheet *self, GtkWidget *body)
{
  g_return_if_fail (RETOUR_IS_SHEET (self));

  retour_scroller_set_content (RETOUR_SCROLLER (self->scroller), body);
}

void
retour_sheet_set_foot (RetourSheet *self, GtkWidget *foot)
{
  g_return_if_fail (RETOUR_IS_SHEET (self));

  if (self->foot != NULL)
    gtk_box_remove (GTK_BOX (self->card), self->foot);
  self->foot = foot;
  if (foot == NULL)
    return;
  gtk_widget_add_css_class (foot, "rt-sheet-foot");
  gtk_box_append (GTK_BOX (self->card), foot);
}

void
retour_sheet_set_width (RetourSheet *self, int width)
{
  g_return_if_fail (RETOUR_IS_SHEET (self));

  adw_clamp_set_maximum_size (ADW_CLAMP (self->clamp), width);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (self->clamp), width);
}

void
retour_sheet_set_initial_focus (RetourSheet *self, GtkWidget *widget)
{
  g_return_if_fail (RETOUR_IS_SHEET (self));

  g_set_weak_pointer (&self->first_focus, widget);
}

void
retour_sheet_close (RetourSheet *self)
{
  g_return_if_fail (RETOUR_IS_SHEET (self));

  if (self->closed)
    return;
  self->closed = TRUE;
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}
