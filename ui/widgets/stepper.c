/* SPDX-License-Identifier: Apache-2.0 */
#include "stepper.h"

#include "button.h"
#include "text.h"
#include "words.h"

struct _RetourStepper
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *less;
  GtkWidget *more;
  GtkWidget *label;
  gint64 lowest, highest, value;
};

enum
{
  SIGNAL_VALUE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourStepper, retour_stepper, GTK_TYPE_WIDGET)

static void
show_value (RetourStepper *self)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, self->value);

  gtk_label_set_text (GTK_LABEL (self->label), text);
  gtk_widget_set_sensitive (self->less, self->value > self->lowest);
  gtk_widget_set_sensitive (self->more, self->value < self->highest);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, (double) self->lowest,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) self->highest,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) self->value,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
less_clicked (GtkButton *button, RetourStepper *self)
{
  retour_stepper_step (self, -1);
}

static void
more_clicked (GtkButton *button, RetourStepper *self)
{
  retour_stepper_step (self, 1);
}

static gboolean
step_by_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  retour_stepper_step (RETOUR_STEPPER (widget), g_variant_get_int32 (args));
  return TRUE;
}

static void
retour_stepper_dispose (GObject *object)
{
  RetourStepper *self = RETOUR_STEPPER (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (retour_stepper_parent_class)->dispose (object);
}

static void
retour_stepper_class_init (RetourStepperClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  static const guint more_keys[] = { GDK_KEY_plus, GDK_KEY_KP_Add, GDK_KEY_Up };
  static const guint less_keys[] = { GDK_KEY_minus, GDK_KEY_KP_Subtract, GDK_KEY_Down };

  G_OBJECT_CLASS (class)->dispose = retour_stepper_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "stepper");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SPIN_BUTTON);
  for (guint i = 0; i < G_N_ELEMENTS (more_keys); i++)
    gtk_widget_class_add_binding (widget_class, more_keys[i], 0, step_by_key, "i", 1);
  for (guint i = 0; i < G_N_ELEMENTS (less_keys); i++)
    gtk_widget_class_add_binding (widget_class, less_keys[i], 0, step_by_key, "i", -1);
  signals[SIGNAL_VALUE_CHANGED] =
      g_signal_new ("value-changed", RETOUR_TYPE_STEPPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
retour_stepper_init (RetourStepper *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->box, "rt-stepper");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);

  self->less = retour_icon_button_new ("list-remove-symbolic", _ ("One less"), NULL);
  self->more = retour_icon_button_new ("list-add-symbolic", _ ("One more"), NULL);
  self->label = gtk_label_new (NULL);
  gtk_box_append (GTK_BOX (self->box), self->less);
  gtk_box_append (GTK_BOX (self->box), self->label);
  gtk_box_append (GTK_BOX (self->box), self->more);
  g_signal_connect (self->less, "clicked", G_CALLBACK (less_clicked), self);
  g_signal_connect (self->more, "clicked", G_CALLBACK (more_clicked), self);
}

RetourStepper *
retour_stepper_new (const char *name, gint64 lowest, gint64 highest)
{
  RetourStepper *self = g_object_new (RETOUR_TYPE_STEPPER, NULL);

  retour_set_name (GTK_WIDGET (self), name);
  self->value = lowest;
  retour_stepper_set_range (self, lowest, highest);
  return self;
}

void
retour_stepper_set_range (RetourStepper *self, gint64 lowest, gint64 highest)
{
  g_return_if_fail (RETOUR_IS_STEPPER (self));
  g_return_if_fail (lowest <= highest);

  self->lowest = lowest;
  self->highest = highest;
  retour_stepper_set_value (self, self->value);
}

void
retour_stepper_set_value (RetourStepper *self, gint64 value)
{
  g_return_if_fail (RETOUR_IS_STEPPER (self));

  self->value = CLAMP (value, self->lowest, self->highest);
  show_value (self);
}

gint64
retour_stepper_get_value (RetourStepper *self)
{
  g_return_val_if_fail (RETOUR_IS_STEPPER (self), 0);

  return self->value;
}

void
retour_stepper_step (RetourStepper *self, int by)
{
  gint64 before;

  g_return_if_fail (RETOUR_IS_STEPPER (self));

  before = self->value;
  retour_stepper_set_value (self, before + by);
  if (self->value != before)
    g_signal_emit (self, signals[SIGNAL_VALUE_CHANGED], 0);
}
