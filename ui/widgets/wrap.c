/* SPDX-License-Identifier: Apache-2.0 */
#include "wrap.h"

struct _RetourWrap
{
  GtkWidget parent_instance;

  int spacing;
  gboolean last_at_end;
};

G_DEFINE_TYPE (RetourWrap, retour_wrap, GTK_TYPE_WIDGET)

static int
natural_width (GtkWidget *child, int room)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return room < 0 ? natural : MAX (minimum, MIN (natural, room));
}

static int
natural_height (GtkWidget *child, int width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

/* Places the children in `width`; returns the height used. `place` FALSE only measures. */
static int
flow (RetourWrap *self, int width, gboolean place)
{
  int x = 0, y = 0, line_height = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_width, child_height;

      if (!gtk_widget_should_layout (child))
        continue;
      child_width = natural_width (child, width);
      child_height = natural_height (child, child_width);
      if (x > 0 && x + child_width > width)
        {
          x = 0;
          y += line_height + self->spacing;
          line_height = 0;
        }
      if (place)
        {
          gboolean end = self->last_at_end && gtk_widget_get_next_sibling (child) == NULL;
          int left = end ? MAX (x, width - child_width) : x;
          GtkAllocation area = { left, y, child_width, child_height };

          if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
            area.x = width - left - child_width;
          gtk_widget_size_allocate (child, &area, -1);
        }
      x += child_width + self->spacing;
      line_height = MAX (line_height, child_height);
    }
  return y + line_height;
}

static void
measure_width (RetourWrap *self, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (*natural > 0 ? self->spacing : 0);
    }
}

static void
retour_wrap_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  RetourWrap *self = RETOUR_WRAP (widget);
  int least, wanted;

  measure_width (self, &least, &wanted);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = wanted;
    }
  else
    *minimum = *natural = flow (self, for_size < 0 ? wanted : MAX (for_size, least), FALSE);
}

static void
retour_wrap_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  flow (RETOUR_WRAP (widget), width, TRUE);
}

static GtkSizeRequestMode
retour_wrap_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
retour_wrap_dispose (GObject *object)
{
  retour_wrap_clear (RETOUR_WRAP (object));
  G_OBJECT_CLASS (retour_wrap_parent_class)->dispose (object);
}

static void
retour_wrap_class_init (RetourWrapClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = retour_wrap_dispose;
  widget_class->measure = retour_wrap_measure;
  widget_class->size_allocate = retour_wrap_size_allocate;
  widget_class->get_request_mode = retour_wrap_get_request_mode;
}

static void
retour_wrap_init (RetourWrap *self)
{
}

GtkWidget *
retour_wrap_new (int spacing)
{
  RetourWrap *self = g_object_new (RETOUR_TYPE_WRAP, NULL);

  self->spacing = spacing;
  return GTK_WIDGET (self);
}

void
retour_wrap_append (RetourWrap *self, GtkWidget *child)
{
  g_return_if_fail (RETOUR_IS_WRAP (self));

  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

void
retour_wrap_clear (RetourWrap *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

void
retour_wrap_set_last_at_end (RetourWrap *self, gboolean at_end)
{
  g_return_if_fail (RETOUR_IS_WRAP (self));

  self->last_at_end = at_end;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
