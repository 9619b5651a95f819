/* SPDX-License-Identifier: Apache-2.0 */
#include "wrap.h"

struct _RetourWrap
{
  GtkWidget parent_instance;

  int spacing;
  gboolean last_at_end;
};

enum
{
  PROP_SPACING = 1,
  PROP_LAST_AT_END,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

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

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* One line from `first` on: *height is its tallest child's; the first child of the next line, or NULL. */
static GtkWidget *
measure_line (RetourWrap *self, GtkWidget *first, int width, int *height)
{
  GtkWidget *child = first;
  int x = 0;

  *height = 0;
  while (child != NULL)
    {
      int child_width = natural_width (child, width);

      if (x > 0 && x + child_width > width)
        break;
      *height = MAX (*height, natural_height (child, child_width));
      x += child_width + self->spacing;
      child = next_shown (gtk_widget_get_next_sibling (child));
    }
  return child;
}

static void
place_line (RetourWrap *self, GtkWidget *first, GtkWidget *after, int width, int y, int height)
{
  int x = 0;

  for (GtkWidget *child = first; child != after; child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      int child_width = natural_width (child, width);
      int child_height = natural_height (child, child_width);
      gboolean end = self->last_at_end && next_shown (gtk_widget_get_next_sibling (child)) == NULL;
      int left = end ? MAX (x, width - child_width) : x;
      gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
      GtkAllocation area = { mirrored ? width - left - child_width : left, y + (height - child_height) / 2, child_width,
                             child_height };

      gtk_widget_size_allocate (child, &area, -1);
      x += child_width + self->spacing;
    }
}

/* Lays the children out in `width`; returns the height used. `place` FALSE only measures. */
static int
flow (RetourWrap *self, int width, gboolean place)
{
  GtkWidget *child = next_shown (gtk_widget_get_first_child (GTK_WIDGET (self)));
  int y = 0;

  while (child != NULL)
    {
      int height;
      GtkWidget *after = measure_line (self, child, width, &height);

      if (place)
        place_line (self, child, after, width, y, height);
      y += height + (after != NULL ? self->spacing : 0);
      child = after;
    }
  return y;
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
retour_wrap_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  RetourWrap *self = RETOUR_WRAP (object);

  if (id == PROP_SPACING)
    g_value_set_int (value, self->spacing);
  else if (id == PROP_LAST_AT_END)
    g_value_set_boolean (value, self->last_at_end);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
retour_wrap_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  RetourWrap *self = RETOUR_WRAP (object);

  if (id == PROP_SPACING)
    self->spacing = g_value_get_int (value);
  else if (id == PROP_LAST_AT_END)
    self->last_at_end = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  gtk_widget_queue_resize (GTK_WIDGET (self));
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
  G_OBJECT_CLASS (class)->get_property = retour_wrap_get_property;
  G_OBJECT_CLASS (class)->set_property = retour_wrap_set_property;
  widget_class->measure = retour_wrap_measure;
  widget_class->size_allocate = retour_wrap_size_allocate;
  widget_class->get_request_mode = retour_wrap_get_request_mode;
  properties[PROP_SPACING] =
      g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LAST_AT_END] =
      g_param_spec_boolean ("last-at-end", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (class), N_PROPS, properties);
}

static void
retour_wrap_init (RetourWrap *self)
{
}

GtkWidget *
retour_wrap_new (int spacing)
{
  return g_object_new (RETOUR_TYPE_WRAP, "spacing", spacing, NULL);
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

  g_object_set (self, "last-at-end", at_end, NULL);
}
