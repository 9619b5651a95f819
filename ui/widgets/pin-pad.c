/* SPDX-License-Identifier: Apache-2.0 */
#include "pin-pad.h"

#include "text.h"
#include "words.h"

struct _RetourPinPad
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  GtkWidget *dots;
  char pin[RETOUR_PIN_LENGTH + 1];
  guint length;
};

enum
{
  SIGNAL_COMPLETE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourPinPad, retour_pin_pad, GTK_TYPE_WIDGET)

/* The compiler may not leave this out, however little the bytes are read afterwards. */
static void
wipe (char *bytes, gsize size)
{
  volatile char *at = bytes;

  while (size-- > 0)
    *at++ = '\0';
}

static void
show_dots (RetourPinPad *self)
{
  g_autofree char *name = NULL;
  guint i = 0;

  for (GtkWidget *dot = gtk_widget_get_first_child (self->dots); dot != NULL; dot = gtk_widget_get_next_sibling (dot))
    {
      if (i++ < self->length)
        gtk_widget_add_css_class (dot, "on");
      else
        gtk_widget_remove_css_class (dot, "on");
    }
  name = g_strdup_printf (_ ("Code: %u of %u figures"), self->length, (guint) RETOUR_PIN_LENGTH);
  retour_set_name (self->dots, name);
}

static void
add_figure (RetourPinPad *self, char figure)
{
  if (self->length == RETOUR_PIN_LENGTH || !gtk_widget_is_sensitive (GTK_WIDGET (self)))
    return;
  self->pin[self->length++] = figure;
  show_dots (self);
  if (self->length == RETOUR_PIN_LENGTH)
    g_signal_emit (self, signals[SIGNAL_COMPLETE], 0);
}

static void
erase_figure (RetourPinPad *self)
{
  if (self->length == 0)
    return;
  self->pin[--self->length] = '\0';
  show_dots (self);
}

static void
figure_clicked (GtkButton *button, RetourPinPad *self)
{
  add_figure (self, gtk_button_get_label (button)[0]);
}

static void
erase_clicked (GtkButton *button, RetourPinPad *self)
{
  erase_figure (self);
}

static void
clear_clicked (GtkButton *button, RetourPinPad *self)
{
  retour_pin_pad_clear (self);
}

static GtkWidget *
add_key (RetourPinPad *self, GtkWidget *key, int column, int row, GCallback clicked)
{
  gtk_widget_add_css_class (key, "rt-key");
  gtk_widget_set_focusable (key, FALSE);
  gtk_widget_set_hexpand (key, TRUE);
  gtk_widget_set_vexpand (key, TRUE);
  gtk_grid_attach (GTK_GRID (self->grid), key, column, row, 1, 1);
  g_signal_connect (key, "clicked", clicked, self);
  return key;
}

static void
build_keys (RetourPinPad *self)
{
  static const char *const figures[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9" };
  GtkWidget *key;

  for (int i = 0; i < (int) G_N_ELEMENTS (figures); i++)
    add_key (self, gtk_button_new_with_label (figures[i]), i % 3, i / 3, G_CALLBACK (figure_clicked));
  key = add_key (self, gtk_button_new_with_label (_ ("Clear")), 0, 3, G_CALLBACK (clear_clicked));
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (key))), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (key, "function");
  add_key (self, gtk_button_new_with_label ("0"), 1, 3, G_CALLBACK (figure_clicked));
  key = add_key (self, gtk_button_new_from_icon_name ("rt-backspace-symbolic"), 2, 3, G_CALLBACK (erase_clicked));
  gtk_widget_add_css_class (key, "function");
  gtk_widget_set_tooltip_text (key, _ ("Erase the last figure"));
  retour_set_name (key, _ ("Erase the last figure"));
}

static void
retour_pin_pad_dispose (GObject *object)
{
  RetourPinPad *self = RETOUR_PIN_PAD (object);

  wipe (self->pin, sizeof self->pin);
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_object (&self->dots);
  G_OBJECT_CLASS (retour_pin_pad_parent_class)->dispose (object);
}

static void
retour_pin_pad_class_init (RetourPinPadClass *class)
{
  G_OBJECT_CLASS (class)->dispose = retour_pin_pad_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (class), "pinpad");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (class), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_COMPLETE] =
      g_signal_new ("complete", RETOUR_TYPE_PIN_PAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
retour_pin_pad_init (RetourPinPad *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 10);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 10);
  gtk_grid_set_row_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  build_keys (self);

  self->dots = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16));
  gtk_widget_set_halign (self->dots, GTK_ALIGN_CENTER);
  for (guint i = 0; i < RETOUR_PIN_LENGTH; i++)
    {
      GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

      gtk_widget_add_css_class (dot, "rt-dot");
      gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (self->dots), dot);
    }
  show_dots (self);
}

RetourPinPad *
retour_pin_pad_new (void)
{
  return g_object_new (RETOUR_TYPE_PIN_PAD, NULL);
}

GtkWidget *
retour_pin_pad_get_dots (RetourPinPad *self)
{
  g_return_val_if_fail (RETOUR_IS_PIN_PAD (self), NULL);

  return self->dots;
}

gboolean
retour_pin_pad_key (RetourPinPad *self, guint keyval)
{
  g_return_val_if_fail (RETOUR_IS_PIN_PAD (self), FALSE);

  if (keyval >= GDK_KEY_0 && keyval <= GDK_KEY_9)
    add_figure (self, (char) ('0' + (keyval - GDK_KEY_0)));
  else if (keyval >= GDK_KEY_KP_0 && keyval <= GDK_KEY_KP_9)
    add_figure (self, (char) ('0' + (keyval - GDK_KEY_KP_0)));
  else if (keyval == GDK_KEY_BackSpace)
    erase_figure (self);
  else if (keyval == GDK_KEY_Delete)
    retour_pin_pad_clear (self);
  else
    return FALSE;
  return TRUE;
}

void
retour_pin_pad_clear (RetourPinPad *self)
{
  g_return_if_fail (RETOUR_IS_PIN_PAD (self));

  wipe (self->pin, sizeof self->pin);
  self->length = 0;
  show_dots (self);
}

char *
retour_pin_pad_take (RetourPinPad *self)
{
  char *pin;

  g_return_val_if_fail (RETOUR_IS_PIN_PAD (self), NULL);

  pin = g_strdup (self->pin);
  wipe (self->pin, sizeof self->pin);
  self->length = 0;
  return pin;
}

void
retour_pin_free (char *pin)
{
  if (pin == NULL)
    return;
  wipe (pin, strlen (pin));
  g_free (pin);
}
