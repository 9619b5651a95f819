/* SPDX-License-Identifier: Apache-2.0 */
#include "panes.h"

/* What the panel may take of the whole at most, in hundredths. */
#define PANEL_SHARE 42

struct _RetourPanes
{
  GtkWidget parent_instance;

  GtkWidget *left, *panel;
  int width, narrowest;
};

G_DEFINE_TYPE (RetourPanes, retour_panes, GTK_TYPE_WIDGET)

static int
least_width (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static int
panel_width (RetourPanes *self, int width)
{
  int wanted = CLAMP (width * PANEL_SHARE / 100, self->narrowest, self->width);

  return MAX (least_width (self->panel), MIN (wanted, width - least_width (self->left)));
}

static void
retour_panes_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  RetourPanes *self = RETOUR_PANES (widget);
  int left_minimum, left_natural, panel_minimum, panel_natural;

  gtk_widget_measure (self->left, orientation, -1, &left_minimum, &left_natural, NULL, NULL);
  gtk_widget_measure (self->panel, orientation, -1, &panel_minimum, &panel_natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = left_minimum + panel_minimum;
      *natural = MAX (*minimum, left_natural + self->width);
    }
  else
    {
      *minimum = MAX (left_minimum, panel_minimum);
      *natural = MAX (left_natural, panel_natural);
    }
}

static void
retour_panes_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RetourPanes *self = RETOUR_PANES (widget);
  int right = panel_width (self, width);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkAllocation left_area = { mirrored ? right : 0, 0, width - right, height };
  GtkAllocation panel_area = { mirrored ? 0 : width - right, 0, right, height };

  gtk_widget_size_allocate (self->left, &left_area, -1);
  gtk_widget_size_allocate (self->panel, &panel_area, -1);
}

static void
retour_panes_dispose (GObject *object)
{
  RetourPanes *self = RETOUR_PANES (object);

  g_clear_pointer (&self->left, gtk_widget_unparent);
  g_clear_pointer (&self->panel, gtk_widget_unparent);
  G_OBJECT_CLASS (retour_panes_parent_class)->dispose (object);
}

static void
retour_panes_class_init (RetourPanesClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = retour_panes_dispose;
  widget_class->measure = retour_panes_measure;
  widget_class->size_allocate = retour_panes_size_allocate;
}

static void
retour_panes_init (RetourPanes *self)
{
}

GtkWidget *
retour_panes_new (GtkWidget *left, GtkWidget *panel, int width, int narrowest)
{
  RetourPanes *self = g_object_new (RETOUR_TYPE_PANES, NULL);

  g_return_val_if_fail (GTK_IS_WIDGET (left) && GTK_IS_WIDGET (panel), GTK_WIDGET (self));

  self->left = left;
  self->panel = panel;
  self->width = width;
  self->narrowest = narrowest;
  gtk_widget_set_parent (left, GTK_WIDGET (self));
  gtk_widget_set_parent (panel, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
