/* SPDX-License-Identifier: Apache-2.0 */
#include "order-page-private.h"

#include <adwaita.h>

#include "button.h"
#include "chip.h"
#include "customer-card.h"
#include "item-words.h"
#include "parcel-list.h"
#include "text.h"
#include "words.h"

#define PANEL_WIDTH 488
#define PANEL_NARROWEST 340

G_DEFINE_TYPE (RetourOrderPage, retour_order_page, GTK_TYPE_WIDGET)

static char *
title_text (const RetourOrder *order)
{
  return order != NULL ? g_strdup_printf (_ ("Order %s"), order->number) : g_strdup (_ ("Return without order"));
}

static char *
delivery_text (RetourOrderPage *self, const RetourOrder *order)
{
  RetourLanguage language = retour_navigation_get_language (self->navigation);
  RetourInstant last = retour_order_last_delivery (order);
  gint64 delivered = 0;

  if (last != RETOUR_INSTANT_NONE)
    {
      RetourDay day = retour_instant_day (last, retour_navigation_get_time_zone (self->navigation));
      g_autofree char *words = retour_day_format_words (day, language);

      return g_strdup_printf (_ ("delivered on %s"), words);
    }
  for (guint i = 0; i < order->lines->len; i++)
    delivered += ((const RetourOrderLine *) order->lines->pdata[i])->delivered;
  return g_strdup (delivered > 0 ? _ ("partly delivered") : _ ("not delivered yet"));
}

static char *
subtitle_text (RetourOrderPage *self, const RetourOrder *order)
{
  RetourLanguage language = retour_navigation_get_language (self->navigation);
  g_autofree char *placed = NULL;
  g_autofree char *delivered = NULL;
  const char *channel;

  if (order == NULL)
    return g_strdup (_ ("A manager approves at the end."));
  channel = retour_channel_words (language, order->channel);
  placed = retour_day_format_short (retour_instant_day (order->placed_at,
                                                        retour_navigation_get_time_zone (self->navigation)),
                                    language);
  delivered = delivery_text (self, order);
  return g_strdup_printf ("%s%s%s · %s", channel, *channel != '\0' ? " · " : "", placed, delivered);
}

static void
append_if (GtkWidget *box, GtkWidget *child)
{
  if (child != NULL)
    gtk_box_append (GTK_BOX (box), child);
}

static GtkWidget *
lines_new (RetourOrderPage *self)
{
  const RetourOrder *order = retour_workbench_get_workspace (self->bench)->order;
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "rt-list");
  retour_set_name (list, _ ("Items of the order"));
  for (guint i = 0; i < order->lines->len; i++)
    {
      RetourLineRow *row = retour_line_row_new (self->bench, order->lines->pdata[i]);

      retour_order_page_follow_row (self, row);
      gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (row));
    }
  retour_order_page_follow_list (self, list);
  return list;
}

static GtkWidget *
blind_hint_new (void)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("rt-scan-symbolic");

  gtk_widget_add_css_class (card, "rt-card");
  gtk_widget_add_css_class (card, "rt-blind");
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 56);
  gtk_widget_add_css_class (icon, "rt-accent");
  gtk_box_append (GTK_BOX (card), icon);
  gtk_box_append (GTK_BOX (card), retour_text_new_wrapped (_ ("Scan the items brought back"), "rt-t2"));
  gtk_box_append (GTK_BOX (card),
                  retour_text_new_wrapped (
                      _ ("Without the order no price is known: nothing is refunded, the goods are only taken in."),
                      "rt-muted"));
  for (GtkWidget *child = gtk_widget_get_first_child (card); child != NULL; child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_halign (child, GTK_ALIGN_CENTER);
  return card;
}

/* At opening the focus is on the first line that can come back; without one, on what the panel has. */
static gboolean
retour_order_page_grab_focus (GtkWidget *widget)
{
  RetourOrderPage *self = RETOUR_ORDER_PAGE (widget);
  GtkListBoxRow *row;

  for (int i = 0; self->lines != NULL && (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->lines), i)) != NULL;
       i++)
    if (retour_line_row_is_returnable (RETOUR_LINE_ROW (row)))
      return gtk_widget_grab_focus (GTK_WIDGET (row));
  if (self->lines != NULL && gtk_widget_child_focus (self->lines, GTK_DIR_TAB_FORWARD))
    return TRUE;
  return gtk_widget_child_focus (self->panel, GTK_DIR_TAB_FORWARD);
}

static void
fill (RetourOrderPage *self)
{
  const RetourOrder *order = retour_workbench_get_workspace (self->bench)->order;
  g_autofree char *title = title_text (order);
  g_autofree char *subtitle = subtitle_text (self, order);
  GtkWidget *child;

  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->subtitle), subtitle);
  self->lines = NULL;
  while ((child = gtk_widget_get_first_child (self->column)) != NULL)
    gtk_box_remove (GTK_BOX (self->column), child);
  if (order == NULL)
    {
      gtk_box_append (GTK_BOX (self->column), blind_hint_new ());
      return;
    }
  gtk_box_append (GTK_BOX (self->column), retour_customer_card_new (self->bench));
  append_if (self->column, retour_parcel_list_new (self->bench));
  self->lines = lines_new (self);
  gtk_box_append (GTK_BOX (self->column), self->lines);
  child = retour_earlier_returns_new (self->bench);
  if (child != NULL)
    {
      gtk_box_append (GTK_BOX (self->column), retour_text_new (_ ("Earlier returns"), "rt-t3"));
      gtk_box_append (GTK_BOX (self->column), child);
    }
}

static void
bench_changed (RetourWorkbench *bench, RetourOrderPage *self)
{
  GtkListBoxRow *row;

  for (int i = 0; self->lines != NULL && (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->lines), i)) != NULL;
       i++)
    retour_line_row_update (RETOUR_LINE_ROW (row));
  retour_order_page_check_exchange (self);
}

static void
forget_bench (RetourOrderPage *self)
{
  if (self->bench == NULL)
    return;
  retour_order_page_close_item (self);
  retour_order_page_end_exchange (self);
  g_signal_handlers_disconnect_by_data (self->bench, self);
  retour_refund_panel_set_workbench (RETOUR_REFUND_PANEL (self->panel), NULL);
  g_clear_object (&self->bench);
}

void
retour_order_page_leave (RetourOrderPage *self)
{
  g_return_if_fail (RETOUR_IS_ORDER_PAGE (self));

  if (self->bench != NULL && retour_workbench_park (self->bench))
    retour_navigation_toast (self->navigation, _ ("Put aside, to be found on the first page"), NULL, NULL, NULL);
  forget_bench (self);
}

void
retour_order_page_show (RetourOrderPage *self, RetourWorkspace *workspace)
{
  g_return_if_fail (RETOUR_IS_ORDER_PAGE (self));
  g_return_if_fail (workspace != NULL);

  retour_order_page_leave (self);
  self->bench = retour_workbench_new (self->navigation, workspace);
  g_signal_connect (self->bench, "changed", G_CALLBACK (bench_changed), self);
  fill (self);
  retour_refund_panel_set_workbench (RETOUR_REFUND_PANEL (self->panel), self->bench);
}

void
retour_order_page_refresh (RetourOrderPage *self)
{
  g_return_if_fail (RETOUR_IS_ORDER_PAGE (self));

  if (self->bench != NULL)
    retour_workbench_requote (self->bench);
}

static void
panel_primary (RetourRefundPanel *panel, RetourOrderPage *self)
{
  retour_order_page_finish (self);
}

static void
edit_asked (RetourRefundPanel *panel, guint entry, RetourOrderPage *self)
{
  retour_order_page_edit_entry (self, entry);
}

static void
remove_asked (RetourRefundPanel *panel, guint entry, RetourOrderPage *self)
{
  retour_order_page_remove_entry (self, entry);
}

/* The exchange page has the keys while it stands in front. */
static gboolean
pass_to_exchange (RetourOrderPage *self, const char *action)
{
  return retour_order_page_is_exchanging (self) && gtk_widget_activate_action (self->exchange, action, NULL);
}

static void
primary_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RetourOrderPage *self = RETOUR_ORDER_PAGE (widget);

  if (!pass_to_exchange (self, name))
    retour_order_page_finish (self);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RetourOrderPage *self = RETOUR_ORDER_PAGE (widget);

  if (!pass_to_exchange (self, name))
    retour_navigation_go_back (self->navigation);
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RetourOrderPage *self = RETOUR_ORDER_PAGE (widget);

  if (self->bench != NULL && !retour_workbench_undo (self->bench))
    retour_navigation_sound (self->navigation, FALSE);
}

static void
park_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RetourOrderPage *self = RETOUR_ORDER_PAGE (widget);

  retour_order_page_leave (self);
  retour_navigation_go_home (self->navigation);
}

static void
discard_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RetourOrderPage *self = RETOUR_ORDER_PAGE (widget);

  if (self->bench == NULL)
    return;
  retour_workbench_discard (self->bench);
  forget_bench (self);
  retour_navigation_go_home (self->navigation);
}

static void
buyer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RetourOrderPage *self = RETOUR_ORDER_PAGE (widget);

  if (self->bench == NULL)
    return;
  retour_workbench_set_buyer (self->bench, retour_workbench_hides_prices (self->bench));
  fill (self);
  retour_refund_panel_set_workbench (RETOUR_REFUND_PANEL (self->panel), self->bench);
}

static int
panel_width (RetourOrderPage *self, int width)
{
  int least, least_left;

  gtk_widget_measure (self->panel, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_measure (self->left, GTK_ORIENTATION_HORIZONTAL, -1, &least_left, NULL, NULL, NULL);
  return MAX (least, MIN (CLAMP (width * 43 / 100, PANEL_NARROWEST, PANEL_WIDTH), width - least_left));
}

static void
retour_order_page_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  RetourOrderPage *self = RETOUR_ORDER_PAGE (widget);
  int left_minimum, left_natural, panel_minimum, panel_natural;

  if (gtk_widget_get_visible (self->exchange))
    {
      gtk_widget_measure (self->exchange, orientation, -1, minimum, natural, NULL, NULL);
      return;
    }
  gtk_widget_measure (self->left, orientation, -1, &left_minimum, &left_natural, NULL, NULL);
  gtk_widget_measure (self->panel, orientation, -1, &panel_minimum, &panel_natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = left_minimum + panel_minimum;
      *natural = MAX (*minimum, left_natural + PANEL_WIDTH);
    }
  else
    {
      *minimum = MAX (left_minimum, panel_minimum);
      *natural = MAX (left_natural, panel_natural);
    }
}

static void
retour_order_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RetourOrderPage *self = RETOUR_ORDER_PAGE (widget);
  int right = panel_width (self, width);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkAllocation left_area = { mirrored ? right : 0, 0, width - right, height };
  GtkAllocation panel_area = { mirrored ? 0 : width - right, 0, right, height };
  GtkAllocation whole = { 0, 0, width, height };

  if (gtk_widget_get_visible (self->exchange))
    {
      gtk_widget_size_allocate (self->exchange, &whole, -1);
      return;
    }
  gtk_widget_size_allocate (self->left, &left_area, -1);
  gtk_widget_size_allocate (self->panel, &panel_area, -1);
}

static void
retour_order_page_dispose (GObject *object)
{
  RetourOrderPage *self = RETOUR_ORDER_PAGE (object);

  if (self->panel != NULL)
    forget_bench (self);
  g_clear_weak_pointer (&self->item);
  g_clear_weak_pointer (&self->approval);
  g_clear_pointer (&self->left, gtk_widget_unparent);
  g_clear_pointer (&self->panel, gtk_widget_unparent);
  g_clear_pointer (&self->exchange, gtk_widget_unparent);
  g_clear_pointer (&self->exchanged_line, g_free);
  G_OBJECT_CLASS (retour_order_page_parent_class)->dispose (object);
}

static void
retour_order_page_class_init (RetourOrderPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = retour_order_page_dispose;
  widget_class->grab_focus = retour_order_page_grab_focus;
  widget_class->measure = retour_order_page_measure;
  widget_class->size_allocate = retour_order_page_size_allocate;
  gtk_widget_class_install_action (widget_class, "page.primary", NULL, primary_action);
  gtk_widget_class_install_action (widget_class, "page.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "page.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "page.park", NULL, park_action);
  gtk_widget_class_install_action (widget_class, "page.discard", NULL, discard_action);
  gtk_widget_class_install_action (widget_class, "page.buyer", NULL, buyer_action);
}

static GtkWidget *
head_new (RetourOrderPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *pill = adw_squeezer_new ();
  GtkWidget *back = retour_icon_button_new ("go-previous-symbolic", _ ("Back"), "rt-card-button");

  gtk_widget_add_css_class (head, "rt-order-head");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (back), "page.back");
  self->title = retour_text_new (NULL, "rt-t2 rt-code");
  /* The number is always whole; the pill gives way. */
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_NONE);
  self->subtitle = retour_text_new (NULL, "rt-muted");
  gtk_box_append (GTK_BOX (words), self->title);
  gtk_box_append (GTK_BOX (words), self->subtitle);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (head), back);
  gtk_box_append (GTK_BOX (head), words);
  adw_squeezer_set_allow_none (ADW_SQUEEZER (pill), TRUE);
  adw_squeezer_add (ADW_SQUEEZER (pill), retour_scan_pill_new (_ ("Scan an item")));
  gtk_box_append (GTK_BOX (head), pill);
  return head;
}

static void
retour_order_page_init (RetourOrderPage *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->column, "rt-order-column");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->column);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (self->left), head_new (self));
  gtk_box_append (GTK_BOX (self->left), scroller);
  gtk_widget_set_parent (self->left, GTK_WIDGET (self));
  self->panel = retour_refund_panel_new ();
  g_signal_connect (self->panel, "edit", G_CALLBACK (edit_asked), self);
  g_signal_connect (self->panel, "remove", G_CALLBACK (remove_asked), self);
  g_signal_connect (self->panel, "primary", G_CALLBACK (panel_primary), self);
  gtk_widget_set_parent (self->panel, GTK_WIDGET (self));
}

GtkWidget *
retour_order_page_new (RetourNavigation *navigation)
{
  RetourOrderPage *self = g_object_new (RETOUR_TYPE_ORDER_PAGE, NULL);

  self->navigation = navigation;
  self->exchange = retour_exchange_page_new (navigation);
  gtk_widget_set_visible (self->exchange, FALSE);
  gtk_widget_set_parent (self->exchange, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
