/* SPDX-License-Identifier: Apache-2.0 */
#include "order-page-private.h"

#include "customer-card.h"
#include "item-words.h"
#include "panes.h"
#include "parcel-list.h"
#include "state-row.h"
#include "text.h"
#include "words.h"

G_DEFINE_TYPE (RetourOrderPage, retour_order_page, GTK_TYPE_BOX)

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
fill_lines (RetourOrderPage *self, const RetourOrder *order)
{
  GtkListBox *list = GTK_LIST_BOX (self->lines);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
  gtk_widget_set_visible (self->lines, order != NULL);
  for (guint i = 0; order != NULL && i < order->lines->len; i++)
    {
      RetourLineRow *line = retour_line_row_new (self->bench, order->lines->pdata[i]);

      retour_order_page_follow_row (self, line);
      gtk_list_box_append (list, GTK_WIDGET (line));
    }
}

/* At opening the focus is on the first line that can come back; without one, on what the panel has. */
static gboolean
retour_order_page_grab_focus (GtkWidget *widget)
{
  RetourOrderPage *self = RETOUR_ORDER_PAGE (widget);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->lines), i)) != NULL; i++)
    if (retour_line_row_is_returnable (RETOUR_LINE_ROW (row)))
      return gtk_widget_grab_focus (GTK_WIDGET (row));
  if (gtk_widget_get_visible (self->lines) && gtk_widget_child_focus (self->lines, GTK_DIR_TAB_FORWARD))
    return TRUE;
  return gtk_widget_child_focus (self->panel, GTK_DIR_TAB_FORWARD);
}

static void
fill (RetourOrderPage *self)
{
  const RetourOrder *order = retour_workbench_get_workspace (self->bench)->order;
  g_autofree char *title = title_text (order);
  g_autofree char *subtitle = subtitle_text (self, order);

  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_wrap (GTK_LABEL (self->title), retour_text_is_large (self->title));
  gtk_label_set_text (GTK_LABEL (self->subtitle), subtitle);
  gtk_widget_set_visible (self->blind, order == NULL);
  gtk_widget_set_visible (self->card, order != NULL);
  if (order != NULL)
    retour_customer_card_show (RETOUR_CUSTOMER_CARD (self->card), self->bench);
  fill_lines (self, order);
  retour_parcel_list_fill (GTK_LIST_BOX (self->parcels), self->bench);
  retour_earlier_returns_fill (GTK_LIST_BOX (self->earlier), self->bench);
  gtk_widget_set_visible (self->earlier_title, gtk_widget_get_visible (self->earlier));
}

static void
bench_changed (RetourWorkbench *bench, RetourOrderPage *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->lines), i)) != NULL; i++)
    retour_line_row_update (RETOUR_LINE_ROW (row));
  retour_order_page_check_exchange (self);
}

/* The order in front steps back. */
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

static void
forget_visit (RetourOrderPage *self)
{
  forget_bench (self);
  if (self->visit == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->visit, self);
  g_clear_object (&self->visit);
}

/* What is on the desk goes on hold, or is done. TRUE when something was put on hold. */
static gboolean
clear_desk (RetourOrderPage *self)
{
  gboolean parked = self->visit != NULL && retour_visit_park (self->visit);

  if (parked)
    g_set_object (&self->aside, self->visit);
  else if (self->bench != NULL && retour_workbench_get_state (self->bench) == RETOUR_WORKBENCH_DONE)
    /* This customer has gone, and what was on hold is another's. */
    g_clear_object (&self->aside);
  forget_visit (self);
  return parked;
}

void
retour_order_page_leave (RetourOrderPage *self)
{
  g_return_if_fail (RETOUR_IS_ORDER_PAGE (self));

  if (clear_desk (self))
    retour_navigation_toast (self->navigation, _ ("Put aside, to be found on the first page"), NULL, NULL, NULL);
}

void
retour_order_page_show_front (RetourOrderPage *self)
{
  forget_bench (self);
  self->bench = g_object_ref (retour_visit_get_front (self->visit));
  g_signal_connect (self->bench, "changed", G_CALLBACK (bench_changed), self);
  fill (self);
  retour_refund_panel_set_workbench (RETOUR_REFUND_PANEL (self->panel), self->bench);
  retour_navigation_follow_draft (self->navigation, retour_workbench_get_draft (self->bench));
}

static void
front_changed (RetourVisit *visit, RetourOrderPage *self)
{
  retour_order_page_show_front (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
retour_order_page_show (RetourOrderPage *self, RetourWorkspace *workspace, GPtrArray *companions)
{
  g_return_if_fail (RETOUR_IS_ORDER_PAGE (self));
  g_return_if_fail (workspace != NULL);

  /* Who opened this one says that the one before is on hold, and offers to resume it. */
  (void) clear_desk (self);
  self->visit = retour_visit_new (self->navigation, workspace, companions);
  g_signal_connect (self->visit, "front", G_CALLBACK (front_changed), self);
  retour_order_page_show_front (self);
  retour_order_page_offer_visit (self);
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
join_asked (RetourRefundPanel *panel, RetourOrderPage *self)
{
  retour_order_page_join_visit (self);
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
  /* By the clerk's own wish: the next customer's return is not asked to join. */
  g_clear_object (&self->aside);
  retour_navigation_go_home (self->navigation);
}

static void
discard_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RetourOrderPage *self = RETOUR_ORDER_PAGE (widget);
  g_autoptr (RetourWorkbench) out = NULL;

  if (self->bench == NULL)
    return;
  if (retour_visit_get_n_orders (self->visit) > 1)
    {
      out = retour_visit_take_out (self->visit, self->bench);
      if (out != NULL)
        retour_workbench_discard (out);
      return;
    }
  retour_workbench_discard (self->bench);
  forget_visit (self);
  retour_navigation_go_home (self->navigation);
}

static void
take_out_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  retour_order_page_take_out (RETOUR_ORDER_PAGE (widget));
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

static void
return_activated (GtkListBox *list, GtkListBoxRow *row, RetourOrderPage *self)
{
  retour_navigation_open_return (self->navigation, retour_state_row_get_key (RETOUR_STATE_ROW (row)));
}

static void
retour_order_page_dispose (GObject *object)
{
  RetourOrderPage *self = RETOUR_ORDER_PAGE (object);

  if (self->panel != NULL)
    forget_visit (self);
  g_clear_object (&self->aside);
  g_clear_weak_pointer (&self->item);
  g_clear_weak_pointer (&self->approval);
  g_clear_pointer (&self->exchanged_line, g_free);
  G_OBJECT_CLASS (retour_order_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (RETOUR_TYPE_CUSTOMER_CARD);
  g_type_ensure (RETOUR_TYPE_PANES);
  g_type_ensure (RETOUR_TYPE_REFUND_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/order-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourOrderPage, panes);
  gtk_widget_class_bind_template_child (widget_class, RetourOrderPage, title);
  gtk_widget_class_bind_template_child (widget_class, RetourOrderPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, RetourOrderPage, blind);
  gtk_widget_class_bind_template_child (widget_class, RetourOrderPage, card);
  gtk_widget_class_bind_template_child (widget_class, RetourOrderPage, parcels);
  gtk_widget_class_bind_template_child (widget_class, RetourOrderPage, lines);
  gtk_widget_class_bind_template_child (widget_class, RetourOrderPage, earlier_title);
  gtk_widget_class_bind_template_child (widget_class, RetourOrderPage, earlier);
  gtk_widget_class_bind_template_child (widget_class, RetourOrderPage, panel);
  gtk_widget_class_bind_template_callback (widget_class, edit_asked);
  gtk_widget_class_bind_template_callback (widget_class, join_asked);
  gtk_widget_class_bind_template_callback (widget_class, panel_primary);
  gtk_widget_class_bind_template_callback (widget_class, remove_asked);
  gtk_widget_class_bind_template_callback (widget_class, return_activated);
  retour_order_page_bind_gestures (widget_class);
}

static void
retour_order_page_class_init (RetourOrderPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = retour_order_page_dispose;
  widget_class->grab_focus = retour_order_page_grab_focus;
  gtk_widget_class_install_action (widget_class, "page.primary", NULL, primary_action);
  gtk_widget_class_install_action (widget_class, "page.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "page.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "page.park", NULL, park_action);
  gtk_widget_class_install_action (widget_class, "page.discard", NULL, discard_action);
  gtk_widget_class_install_action (widget_class, "page.buyer", NULL, buyer_action);
  gtk_widget_class_install_action (widget_class, "page.take-out", NULL, take_out_action);
  bind_template (widget_class);
}

static void
retour_order_page_init (RetourOrderPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
retour_order_page_new (RetourNavigation *navigation)
{
  RetourOrderPage *self = g_object_new (RETOUR_TYPE_ORDER_PAGE, NULL);

  self->navigation = navigation;
  self->exchange = retour_exchange_page_new (navigation);
  gtk_widget_set_hexpand (self->exchange, TRUE);
  gtk_widget_set_visible (self->exchange, FALSE);
  gtk_box_append (GTK_BOX (self), self->exchange);
  return GTK_WIDGET (self);
}
