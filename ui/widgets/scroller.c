/* SPDX-License-Identifier: Apache-2.0 */
#include "scroller.h"

struct _RetourScroller
{
  GtkWidget parent_instance;

  GtkWidget *window;
  GtkWidget *content; /* borrowed from the window */
};

G_DEFINE_TYPE (RetourScroller, retour_scroller, GTK_TYPE_WIDGET)

static void
retour_scroller_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  RetourScroller *self = RETOUR_SCROLLER (widget);

  gtk_widget_measure (self->window, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL && self->content != NULL)
    {
      int least_width = 0, tall = 0;

      gtk_widget_measure (self->content, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
      gtk_widget_measure (self->content, orientation, for_size < 0 ? -1 : MAX (for_size, least_width), NULL, &tall,
                          NULL, NULL);
      *natural = MAX (*minimum, tall);
    }
}

static GtkSizeRequestMode
retour_scroller_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
retour_scroller_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (RETOUR_SCROLLER (widget)->window, &(GtkAllocation){ 0, 0, width, height }, baseline);
}

static void
retour_scroller_dispose (GObject *object)
{
  RetourScroller *self = RETOUR_SCROLLER (object);

  self->content = NULL;
  g_clear_pointer (&self->window, gtk_widget_unparent);
  G_OBJECT_CLASS (retour_scroller_parent_class)->dispose (object);
}

static void
retour_scroller_class_init (RetourScrollerClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = retour_scroller_dispose;
  widget_class->measure = retour_scroller_measure;
  widget_class->get_request_mode = retour_scroller_get_request_mode;
  widget_class->size_allocate = retour_scroller_size_allocate;
}

static void
retour_scroller_init (RetourScroller *self)
{
  self->window = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->window), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_parent (self->window, GTK_WIDGET (self));
}

GtkWidget *
retour_scroller_new (void)
{
  return g_object_new (RETOUR_TYPE_SCROLLER, NULL);
}

void
retour_scroller_set_content (RetourScroller *self, GtkWidget *content)
{
  g_return_if_fail (RETOUR_IS_SCROLLER (self));

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->window), content);
  self->content = content;
}
