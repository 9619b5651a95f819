/* SPDX-License-Identifier: Apache-2.0 */
#include "toast-stage.h"

#define GAP 12
/* While a toast still comes in it must not go: libadwaita 1.2 ends its coming (500 ms) after it has freed what went (300 ms). */
#define SETTLED_MS 600

struct _RetourToastStage
{
  GtkWidget parent_instance;

  GtkWidget *pages;
  AdwToastOverlay *toasts;
  AdwToast *shown; /* borrowed from the overlay, or NULL */
  AdwToast *next;  /* waits until the one shown may go, or NULL */
  gboolean clearing;
  guint settling; /* source: runs while the one shown comes in */
};

G_DEFINE_TYPE (RetourToastStage, retour_toast_stage, GTK_TYPE_WIDGET)

/* The primary button that is seen of the page shown, or what stands in its place; NULL when it has none. */
static GtkWidget *
find_primary (GtkWidget *widget)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return NULL;
  if (gtk_widget_has_css_class (widget, "rt-primary") || gtk_widget_has_css_class (widget, "rt-clear"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_primary (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* As wide as it likes to be, within `from` and `to`. */
static GtkAllocation
place_between (int from, int to, int bottom, int width, int height)
{
  const int room = MAX (to - from, 0);

  width = MIN (width, room);
  return (GtkAllocation){ from + (room - width) / 2, bottom - height, width, height };
}

static GtkAllocation
place_toast (RetourToastStage *self, int width, int height)
{
  GtkWidget *toasts = GTK_WIDGET (self->toasts);
  GtkWidget *primary = find_primary (self->pages);
  graphene_rect_t there;
  int least = 0, wanted = 0, tall = 0;
  GtkAllocation place;

  gtk_widget_measure (toasts, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
  wanted = MIN (wanted, MAX (width, least));
  gtk_widget_measure (toasts, GTK_ORIENTATION_VERTICAL, wanted, NULL, &tall, NULL, NULL);
  place = place_between (0, width, height, wanted, tall);
  if (wanted == 0 || primary == NULL || !gtk_widget_compute_bounds (primary, GTK_WIDGET (self), &there)
      || (float) (place.x + place.width + GAP) <= there.origin.x
      || (float) place.y >= there.origin.y + there.size.height)
    return place;
  if ((float) wanted + GAP <= there.origin.x)
    return place_between (0, (int) there.origin.x - GAP, height, wanted, tall);
  return place_between (0, width, MAX ((int) there.origin.y, tall), wanted, tall);
}

static void
retour_toast_stage_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RetourToastStage *self = RETOUR_TOAST_STAGE (widget);
  GtkAllocation place;

  gtk_widget_size_allocate (self->pages, &(GtkAllocation){ 0, 0, width, height }, baseline);
  place = place_toast (self, width, height);
  gtk_widget_size_allocate (GTK_WIDGET (self->toasts), &place, -1);
}

static void
retour_toast_stage_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  RetourToastStage *self = RETOUR_TOAST_STAGE (widget);

  gtk_widget_measure (self->pages, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

static GtkSizeRequestMode
retour_toast_stage_get_request_mode (GtkWidget *widget)
{
  return gtk_widget_get_request_mode (RETOUR_TOAST_STAGE (widget)->pages);
}

static void
retour_toast_stage_dispose (GObject *object)
{
  RetourToastStage *self = RETOUR_TOAST_STAGE (object);
  GtkWidget *toasts = GTK_WIDGET (self->toasts);

  self->toasts = NULL;
  g_clear_handle_id (&self->settling, g_source_remove);
  g_clear_object (&self->next);
  g_clear_pointer (&toasts, gtk_widget_unparent);
  g_clear_pointer (&self->pages, gtk_widget_unparent);
  G_OBJECT_CLASS (retour_toast_stage_parent_class)->dispose (object);
}

static void
retour_toast_stage_class_init (RetourToastStageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = retour_toast_stage_dispose;
  widget_class->measure = retour_toast_stage_measure;
  widget_class->size_allocate = retour_toast_stage_size_allocate;
  widget_class->get_request_mode = retour_toast_stage_get_request_mode;
}

static void
retour_toast_stage_init (RetourToastStage *self)
{
}

GtkWidget *
retour_toast_stage_new (GtkWidget *pages)
{
  RetourToastStage *self = g_object_new (RETOUR_TYPE_TOAST_STAGE, NULL);

  self->pages = pages;
  gtk_widget_set_parent (pages, GTK_WIDGET (self));
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->toasts), GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

static void
dismissed (AdwToast *toast, RetourToastStage *self)
{
  if (self->shown == toast)
    self->shown = NULL;
}

static gboolean settled (gpointer user_data);

/* Puts the next in the place of the one shown, once that one may go. */
static void
move_on (RetourToastStage *self)
{
  if (self->settling != 0)
    return;
  if (self->shown != NULL && (self->clearing || self->next != NULL))
    adw_toast_dismiss (self->shown);
  self->clearing = FALSE;
  if (self->next == NULL)
    return;
  self->shown = g_steal_pointer (&self->next);
  g_signal_connect_object (self->shown, "dismissed", G_CALLBACK (dismissed), self, 0);
  gtk_widget_set_can_target (GTK_WIDGET (self->toasts), FALSE);
  self->settling = g_timeout_add (SETTLED_MS, settled, self);
  adw_toast_overlay_add_toast (self->toasts, self->shown);
}

static gboolean
settled (gpointer user_data)
{
  RetourToastStage *self = user_data;

  self->settling = 0;
  gtk_widget_set_can_target (GTK_WIDGET (self->toasts), TRUE);
  move_on (self);
  return G_SOURCE_REMOVE;
}

void
retour_toast_stage_show (RetourToastStage *self, AdwToast *toast)
{
  g_return_if_fail (RETOUR_IS_TOAST_STAGE (self));
  g_return_if_fail (ADW_IS_TOAST (toast));

  g_clear_object (&self->next);
  self->next = toast;
  move_on (self);
}

void
retour_toast_stage_clear (RetourToastStage *self)
{
  g_return_if_fail (RETOUR_IS_TOAST_STAGE (self));

  g_clear_object (&self->next);
  self->clearing = self->shown != NULL;
  move_on (self);
}
