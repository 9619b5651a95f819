/* SPDX-License-Identifier: Apache-2.0 */
#include "place-list.h"

#include "place-row.h"

struct _RetourPlaceList
{
  GtkBox parent_instance;

  GtkWidget *list;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourPlaceList, retour_place_list, GTK_TYPE_BOX)

static void
add_row (RetourPlaceList *self,
         RetourExchangeChoice *choice,
         const RetourPlace *place,
         const RetourPlaceColumns *columns)
{
  gtk_list_box_append (GTK_LIST_BOX (self->list), GTK_WIDGET (retour_place_row_new (choice, place, columns)));
}

static void
add_here_unknown (RetourPlaceList *self, RetourExchangeChoice *choice, const RetourPlaceColumns *columns)
{
  RetourNavigation *navigation = retour_exchange_choice_get_navigation (choice);
  const RetourIdentity *identity = retour_desk_get_identity (retour_navigation_get_services (navigation)->desk);
  const RetourPlace place = {
    .place = retour_exchange_choice_get_here (choice),
    .name = identity->store_name != NULL ? identity->store_name : identity->store,
    .kind = RETOUR_PLACE_HERE,
  };

  add_row (self, choice, &place, columns);
}

static int
index_of_focus (RetourPlaceList *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (self->list);

  return focus != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focus)) : -1;
}

void
retour_place_list_show (RetourPlaceList *self, RetourExchangeChoice *choice)
{
  const RetourReplacement *item = retour_exchange_choice_get_item (choice);
  const char *here = retour_exchange_choice_get_here (choice);
  g_autoptr (GtkSizeGroup) names = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  g_autoptr (GtkSizeGroup) ways = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  const RetourPlaceColumns columns = { names, ways };
  GtkListBoxRow *row;
  int focused;

  g_return_if_fail (RETOUR_IS_PLACE_LIST (self));

  focused = index_of_focus (self);
  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  if (item != NULL && retour_stock_find (item->figures, here) == NULL)
    add_here_unknown (self, choice, &columns);
  for (guint i = 0; item != NULL && i < item->figures->len; i++)
    {
      const RetourStockFigure *figure = item->figures->pdata[i];
      const RetourPlace place = {
        .place = figure->place,
        .name = figure->name != NULL ? figure->name : figure->place,
        .figure = figure,
        .kind = retour_place_kind (figure->place, here),
      };

      add_row (self, choice, &place, &columns);
    }
  row = focused >= 0 ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), focused) : NULL;
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
row_activated (GtkListBox *list, GtkListBoxRow *row, RetourPlaceList *self)
{
  g_autofree char *place = g_strdup (retour_place_row_get_place (RETOUR_PLACE_ROW (row)));

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, place);
}

static void
retour_place_list_class_init (RetourPlaceListClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", RETOUR_TYPE_PLACE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/place-list.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourPlaceList, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
}

static void
retour_place_list_init (RetourPlaceList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
