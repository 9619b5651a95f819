/* SPDX-License-Identifier: Apache-2.0 */
#include "button.h"

#include "text.h"

#define LABEL_KEY "retour-label"
#define ICON_KEY "retour-icon"

GtkWidget *
retour_button_new (const char *icon, const char *label, const char *classes)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *text = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (image, icon != NULL);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), text);
  gtk_button_set_child (GTK_BUTTON (button), box);
  g_object_set_data (G_OBJECT (button), ICON_KEY, image);
  g_object_set_data (G_OBJECT (button), LABEL_KEY, text);

  gtk_widget_add_css_class (button, "rt-button");
  retour_add_classes (button, classes);
  retour_button_set_label (button, label);
  return button;
}

GtkWidget *
retour_icon_button_new (const char *icon, const char *name, const char *classes)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "rt-button");
  gtk_widget_add_css_class (button, "rt-icon-only");
  retour_add_classes (button, classes);
  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  retour_set_name (button, name);
  return button;
}

void
retour_button_set_label (GtkWidget *button, const char *label)
{
  GtkWidget *text = g_object_get_data (G_OBJECT (button), LABEL_KEY);

  g_return_if_fail (text != NULL);
  gtk_label_set_text (GTK_LABEL (text), label != NULL ? label : "");
  gtk_widget_set_visible (text, label != NULL);
  if (label != NULL)
    retour_set_name (button, label);
}

void
retour_button_set_wraps (GtkWidget *button)
{
  GtkWidget *text = g_object_get_data (G_OBJECT (button), LABEL_KEY);

  g_return_if_fail (text != NULL);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (text), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_justify (GTK_LABEL (text), GTK_JUSTIFY_CENTER);
}

void
retour_button_set_icon (GtkWidget *button, const char *icon)
{
  GtkWidget *image = g_object_get_data (G_OBJECT (button), ICON_KEY);

  g_return_if_fail (image != NULL);
  gtk_image_set_from_icon_name (GTK_IMAGE (image), icon);
  gtk_widget_set_visible (image, icon != NULL);
}
