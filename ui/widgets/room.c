/* SPDX-License-Identifier: Apache-2.0 */
#include "room.h"

#include "text.h"

#define FULL_WIDTH 1000
#define NARROW_WIDTH 720
#define LEAST_WIDTH 520

struct _RetourRoomBin
{
  GtkWidget parent_instance;

  GtkWidget *child;
  RetourRoom room;
  guint tell;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];
static GtkBuildableIface *parent_buildable;

static void retour_room_bin_buildable_init (GtkBuildableIface *iface);

G_DEFINE_TYPE_WITH_CODE (RetourRoomBin,
                         retour_room_bin,
                         GTK_TYPE_WIDGET,
                         G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, retour_room_bin_buildable_init))

RetourRoom
retour_room_of_width (int width)
{
  if (width >= retour_text_scaled (FULL_WIDTH))
    return RETOUR_ROOM_FULL;
  if (width >= retour_text_scaled (NARROW_WIDTH))
    return RETOUR_ROOM_NARROW;
  return width >= retour_text_scaled (LEAST_WIDTH) ? RETOUR_ROOM_LEAST : RETOUR_ROOM_TINY;
}

static gboolean
tell_room (gpointer user_data)
{
  RetourRoomBin *self = user_data;

  self->tell = 0;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
retour_room_bin_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  RetourRoomBin *self = RETOUR_ROOM_BIN (widget);
  int least = 0;

  if (self->child == NULL)
    return;
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    {
      gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      for_size = MAX (for_size, least);
    }
  gtk_widget_measure (self->child, orientation, for_size, NULL, natural, NULL, NULL);
  *minimum = 0;
}

/* What is hidden or shown because of the new room changes sizes, which may not happen in the middle of an allocation. */
static void
retour_room_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RetourRoomBin *self = RETOUR_ROOM_BIN (widget);
  RetourRoom room = retour_room_of_width (width);
  int least_width = 0, least_height = 0;

  if (room != self->room)
    {
      self->room = room;
      if (self->tell == 0)
        self->tell = g_idle_add_full (G_PRIORITY_HIGH_IDLE, tell_room, self, NULL);
    }
  if (self->child == NULL)
    return;
  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
  width = MAX (width, least_width);
  gtk_widget_measure (self->child, GTK_ORIENTATION_VERTICAL, width, &least_height, NULL, NULL, NULL);
  gtk_widget_allocate (self->child, width, MAX (height, least_height), baseline, NULL);
}

static GtkSizeRequestMode
retour_room_bin_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
retour_room_bin_compute_expand (GtkWidget *widget, gboolean *hexpand, gboolean *vexpand)
{
  RetourRoomBin *self = RETOUR_ROOM_BIN (widget);

  *hexpand = TRUE;
  *vexpand = self->child != NULL && gtk_widget_compute_expand (self->child, GTK_ORIENTATION_VERTICAL);
}

static void
retour_room_bin_dispose (GObject *object)
{
  RetourRoomBin *self = RETOUR_ROOM_BIN (object);

  g_clear_handle_id (&self->tell, g_source_remove);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  G_OBJECT_CLASS (retour_room_bin_parent_class)->dispose (object);
}

static void
retour_room_bin_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  if (GTK_IS_WIDGET (child))
    retour_room_bin_set_child (RETOUR_ROOM_BIN (buildable), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
retour_room_bin_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = retour_room_bin_add_child;
}

static void
retour_room_bin_class_init (RetourRoomBinClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = retour_room_bin_dispose;
  widget_class->measure = retour_room_bin_measure;
  widget_class->size_allocate = retour_room_bin_size_allocate;
  widget_class->get_request_mode = retour_room_bin_get_request_mode;
  widget_class->compute_expand = retour_room_bin_compute_expand;
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", RETOUR_TYPE_ROOM_BIN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
retour_room_bin_init (RetourRoomBin *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
retour_room_bin_new (void)
{
  return g_object_new (RETOUR_TYPE_ROOM_BIN, NULL);
}

void
retour_room_bin_set_child (RetourRoomBin *self, GtkWidget *child)
{
  g_return_if_fail (RETOUR_IS_ROOM_BIN (self));

  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}

RetourRoom
retour_room_bin_get_room (RetourRoomBin *self)
{
  g_return_val_if_fail (RETOUR_IS_ROOM_BIN (self), RETOUR_ROOM_FULL);

  return self->room;
}
