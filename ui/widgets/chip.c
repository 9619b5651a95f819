/* SPDX-License-Identifier: Apache-2.0 */
#include "chip.h"

#include "text.h"

struct _RetourChip
{
  GtkBox parent_instance;

  GtkWidget *icon;
  GtkWidget *lead;
  GtkWidget *label;
  RetourTone tone;
};

enum
{
  PROP_SHRINKS = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_TYPE (RetourChip, retour_chip, GTK_TYPE_BOX)

static void
retour_chip_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id == PROP_SHRINKS)
    retour_chip_set_shrinks (RETOUR_CHIP (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
retour_chip_class_init (RetourChipClass *class)
{
  G_OBJECT_CLASS (class)->set_property = retour_chip_set_property;
  properties[PROP_SHRINKS] =
      g_param_spec_boolean ("shrinks", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (class), N_PROPS, properties);
}

static void
retour_chip_init (RetourChip *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_add_css_class (widget, "rt-chip");
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_set_halign (widget, GTK_ALIGN_START);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);

  self->icon = gtk_image_new ();
  self->label = gtk_label_new (NULL);
  gtk_box_append (GTK_BOX (self), self->icon);
  gtk_box_append (GTK_BOX (self), self->label);
}

GtkWidget *
retour_chip_new (RetourTone tone, const char *icon, const char *text)
{
  RetourChip *self = g_object_new (RETOUR_TYPE_CHIP, NULL);

  retour_chip_set (self, tone, icon, text);
  return GTK_WIDGET (self);
}

void
retour_chip_set (RetourChip *self, RetourTone tone, const char *icon, const char *text)
{
  g_return_if_fail (RETOUR_IS_CHIP (self));

  if (self->tone != RETOUR_TONE_NEUTRAL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), retour_tone_class (self->tone));
  self->tone = tone;
  retour_add_classes (GTK_WIDGET (self), retour_tone_class (tone));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  gtk_widget_set_visible (self->icon, icon != NULL);
  gtk_label_set_text (GTK_LABEL (self->label), text);
}

void
retour_chip_set_lead (RetourChip *self, GtkWidget *lead)
{
  g_return_if_fail (RETOUR_IS_CHIP (self));

  if (self->lead != NULL)
    gtk_box_remove (GTK_BOX (self), self->lead);
  self->lead = lead;
  if (lead != NULL)
    gtk_box_prepend (GTK_BOX (self), lead);
}

void
retour_chip_set_shrinks (RetourChip *self, gboolean shrinks)
{
  g_return_if_fail (RETOUR_IS_CHIP (self));

  gtk_label_set_ellipsize (GTK_LABEL (self->label), shrinks ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
}

GtkWidget *
retour_scan_pill_new (const char *text)
{
  GtkWidget *pill = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  gtk_widget_add_css_class (pill, "rt-scan-pill");
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (pill), gtk_image_new_from_icon_name ("rt-scan-symbolic"));
  gtk_box_append (GTK_BOX (pill), gtk_label_new (text));
  return pill;
}
