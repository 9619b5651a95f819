/* SPDX-License-Identifier: Apache-2.0 */
#include "button.h"

#include "text.h"

struct _RetourButton
{
  GtkButton parent_instance;

  GtkWidget *icon, *word;
};

enum
{
  PROP_ICON = 1,
  PROP_WORD,
  PROP_WRAPS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_TYPE (RetourButton, retour_button, GTK_TYPE_BUTTON)

static void
set_icon (RetourButton *self, const char *icon)
{
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  gtk_widget_set_visible (self->icon, icon != NULL);
}

static void
set_word (RetourButton *self, const char *word)
{
  gtk_label_set_text (GTK_LABEL (self->word), word != NULL ? word : "");
  gtk_widget_set_visible (self->word, word != NULL);
  if (word != NULL)
    retour_set_name (GTK_WIDGET (self), word);
}

static void
set_wraps (RetourButton *self, gboolean wraps)
{
  GtkLabel *word = GTK_LABEL (self->word);

  gtk_label_set_ellipsize (word, wraps ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (word, wraps);
  gtk_label_set_natural_wrap_mode (word, wraps ? GTK_NATURAL_WRAP_NONE : GTK_NATURAL_WRAP_INHERIT);
  gtk_label_set_justify (word, wraps ? GTK_JUSTIFY_CENTER : GTK_JUSTIFY_LEFT);
}

static void
retour_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  RetourButton *self = RETOUR_BUTTON (object);

  if (id == PROP_ICON)
    set_icon (self, g_value_get_string (value));
  else if (id == PROP_WORD)
    set_word (self, g_value_get_string (value));
  else if (id == PROP_WRAPS)
    set_wraps (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
retour_button_class_init (RetourButtonClass *class)
{
  G_OBJECT_CLASS (class)->set_property = retour_button_set_property;
  properties[PROP_ICON] = g_param_spec_string ("icon", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_WORD] = g_param_spec_string ("word", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_WRAPS] = g_param_spec_boolean ("wraps", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (class), N_PROPS, properties);
}

static void
retour_button_init (RetourButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->icon = gtk_image_new ();
  self->word = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->word), PANGO_ELLIPSIZE_END);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->icon, FALSE);
  gtk_widget_set_visible (self->word, FALSE);
  gtk_box_append (GTK_BOX (box), self->icon);
  gtk_box_append (GTK_BOX (box), self->word);
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "rt-button");
}

GtkWidget *
retour_button_new (const char *icon, const char *label, const char *classes)
{
  GtkWidget *button = g_object_new (RETOUR_TYPE_BUTTON, "icon", icon, "word", label, NULL);

  retour_add_classes (button, classes);
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
  g_return_if_fail (RETOUR_IS_BUTTON (button));

  set_word (RETOUR_BUTTON (button), label);
}

void
retour_button_set_wraps (GtkWidget *button)
{
  g_return_if_fail (RETOUR_IS_BUTTON (button));

  set_wraps (RETOUR_BUTTON (button), TRUE);
}

void
retour_button_set_icon (GtkWidget *button, const char *icon)
{
  g_return_if_fail (RETOUR_IS_BUTTON (button));

  set_icon (RETOUR_BUTTON (button), icon);
}
