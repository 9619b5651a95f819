/* SPDX-License-Identifier: Apache-2.0 */
#include "panes.h"

#define DEFAULT_SHARE 42

struct _RetourPanes
{
  GtkWidget parent_instance;

  GtkWidget *left, *panel;
  int width, narrowest, share;
};

enum
{
  PROP_PANEL_WIDTH = 1,
  PROP_PANEL_NARROWEST,
  PROP_PANEL_SHARE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static GtkBuildableIface *parent_buildable;

static void retour_panes_buildable_init (GtkBuildableIface *iface);

G_DEFINE_TYPE_WITH_CODE (RetourPanes,
                         retour_panes,
                         GTK_TYPE_WIDGET,
                         G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, retour_panes_buildable_init))

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
  int wanted = CLAMP (width * self->share / 100, self->narrowest, self->width);

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
retour_panes_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  RetourPanes *self = RETOUR_PANES (object);

  if (id == PROP_PANEL_WIDTH)
    self->width = g_value_get_int (value);
  else if (id == PROP_PANEL_NARROWEST)
    self->narrowest = g_value_get_int (value);
  else if (id == PROP_PANEL_SHARE)
    self->share = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
retour_panes_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  RetourPanes *self = RETOUR_PANES (buildable);

  if (!GTK_IS_WIDGET (child))
    {
      parent_buildable->add_child (buildable, builder, child, type);
      return;
    }
  if (g_strcmp0 (type, "panel") == 0)
    self->panel = GTK_WIDGET (child);
  else
    self->left = GTK_WIDGET (child);
  gtk_widget_set_parent (GTK_WIDGET (child), GTK_WIDGET (self));
}

static void
retour_panes_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = retour_panes_add_child;
}

static GParamSpec *
number_spec (const char *name, int value)
{
  return g_param_spec_int (name, NULL, NULL, 0, G_MAXINT, value,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
}

static void
retour_panes_class_init (RetourPanesClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = retour_panes_dispose;
  G_OBJECT_CLASS (class)->set_property = retour_panes_set_property;
  properties[PROP_PANEL_WIDTH] = number_spec ("panel-width", 0);
  properties[PROP_PANEL_NARROWEST] = number_spec ("panel-narrowest", 0);
  properties[PROP_PANEL_SHARE] = number_spec ("panel-share", DEFAULT_SHARE);
  g_object_class_install_properties (G_OBJECT_CLASS (class), N_PROPS, properties);
  widget_class->measure = retour_panes_measure;
  widget_class->size_allocate = retour_panes_size_allocate;
}

static void
retour_panes_init (RetourPanes *self)
{
}
