/* SPDX-License-Identifier: Apache-2.0 */
#include "place-list.h"

#include "exchange-words.h"
#include "text.h"
#include "words.h"

#define PLACE_KEY "retour-place"

struct _RetourPlaceList
{
  GtkWidget parent_instance;

  GtkWidget *list;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourPlaceList, retour_place_list, GTK_TYPE_WIDGET)

/* One row to show: a figure, or this store without one. */
typedef struct
{
  const char *place, *name;
  const RetourStockFigure *figure;
  RetourPlaceKind kind;
} Place;

static gboolean
has_enough (const Place *place, gint64 units)
{
  return place->figure != NULL && place->figure->quantity >= units;
}

/* The columns of all rows stand under each other. */
typedef struct
{
  GtkSizeGroup *names, *ways;
} Columns;

static char *
second_line (RetourExchangeChoice *choice, const Place *place)
{
  RetourNavigation *navigation = retour_exchange_choice_get_navigation (choice);
  RetourLanguage language = retour_navigation_get_language (navigation);
  RetourInstant now = retour_desk_now (retour_navigation_get_services (navigation)->desk);
  const char *kind = retour_place_words (language, place->kind);
  gboolean old =
      place->figure != NULL && retour_stock_is_old (place->figure, now, retour_navigation_is_offline (navigation));
  g_autofree char *age = NULL;

  if (!old)
    return g_strdup (kind);
  age = retour_stock_age_words (language, place->figure, now, retour_navigation_get_time_zone (navigation), FALSE);
  return g_strdup_printf ("%s · %s", kind, age);
}

static GtkWidget *
radio_new (gboolean chosen, gboolean open)
{
  GtkWidget *radio = gtk_check_button_new ();
  GtkWidget *group = gtk_check_button_new ();

  /* Alone it would be a box to tick. */
  gtk_check_button_set_group (GTK_CHECK_BUTTON (radio), GTK_CHECK_BUTTON (group));
  g_object_set_data_full (G_OBJECT (radio), "retour-group", g_object_ref_sink (group), g_object_unref);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (radio), chosen);
  gtk_widget_set_can_target (radio, FALSE);
  gtk_widget_set_can_focus (radio, FALSE);
  gtk_widget_set_sensitive (radio, open);
  gtk_widget_set_valign (radio, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (radio, "rt-radio");
  return radio;
}

static GtkWidget *
row_new (RetourExchangeChoice *choice, const Place *place, Columns *columns)
{
  RetourLanguage language = retour_navigation_get_language (retour_exchange_choice_get_navigation (choice));
  gint64 units = retour_exchange_choice_get_entry (choice)->quantity;
  gboolean enough = has_enough (place, units);
  gboolean open = enough || place->kind == RETOUR_PLACE_HERE;
  gboolean chosen = g_strcmp0 (place->place, retour_exchange_choice_get_place (choice)) == 0;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name (retour_place_icon (place->kind));
  g_autofree char *detail = second_line (choice, place);
  g_autofree char *count =
      place->figure != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT, place->figure->quantity) : g_strdup ("?");
  const char *way = enough                  ? retour_place_way_words (language, place->kind)
                    : place->figure == NULL ? _ ("Stock not known")
                                            : _ ("No stock");
  GtkWidget *way_label = retour_text_new (way, enough && chosen ? "rt-t4" : "rt-way");
  g_autofree char *name = g_strdup_printf ("%s, %s, %s, %s", place->name, detail, count, way);

  gtk_image_set_pixel_size (GTK_IMAGE (icon), 24);
  gtk_widget_add_css_class (icon, enough ? "rt-accent" : "rt-muted");
  gtk_box_append (GTK_BOX (words), retour_text_new (place->name, "rt-t3"));
  gtk_box_append (GTK_BOX (words), retour_text_new (detail, "rt-muted"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (way_label, TRUE);
  gtk_size_group_add_widget (columns->names, words);
  gtk_size_group_add_widget (columns->ways, way_label);
  gtk_box_append (GTK_BOX (box), radio_new (chosen, open));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), retour_text_new_amount (count, "rt-place-count"));
  gtk_box_append (GTK_BOX (box), way_label);
  gtk_widget_add_css_class (box, "rt-place");
  if (!enough)
    gtk_widget_add_css_class (box, "rt-none");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), open);
  g_object_set_data_full (G_OBJECT (row), PLACE_KEY, g_strdup (place->place), g_free);
  retour_set_name (row, name);
  return row;
}

static void
add_row (RetourPlaceList *self, RetourExchangeChoice *choice, const Place *place, Columns *columns)
{
  GtkWidget *row = row_new (choice, place, columns);

  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  if (g_strcmp0 (place->place, retour_exchange_choice_get_place (choice)) == 0)
    gtk_widget_add_css_class (row, "rt-chosen");
}

static void
add_here_unknown (RetourPlaceList *self, RetourExchangeChoice *choice, Columns *columns)
{
  RetourNavigation *navigation = retour_exchange_choice_get_navigation (choice);
  const RetourIdentity *identity = retour_desk_get_identity (retour_navigation_get_services (navigation)->desk);
  const Place place = {
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
  Columns columns = { names, ways };
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
      const Place place = {
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
  g_autofree char *place = g_strdup (g_object_get_data (G_OBJECT (row), PLACE_KEY));

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, place);
}

static void
retour_place_list_dispose (GObject *object)
{
  g_clear_pointer (&RETOUR_PLACE_LIST (object)->list, gtk_widget_unparent);
  G_OBJECT_CLASS (retour_place_list_parent_class)->dispose (object);
}

static void
retour_place_list_class_init (RetourPlaceListClass *class)
{
  G_OBJECT_CLASS (class)->dispose = retour_place_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", RETOUR_TYPE_PLACE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
retour_place_list_init (RetourPlaceList *self)
{
  self->list = gtk_list_box_new ();
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "rt-list");
  retour_set_name (self->list, _ ("Places to take it from"));
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated), self);
}

GtkWidget *
retour_place_list_new (void)
{
  return g_object_new (RETOUR_TYPE_PLACE_LIST, NULL);
}
