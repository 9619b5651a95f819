/* SPDX-License-Identifier: Apache-2.0 */
#include "place-row.h"

#include "text.h"
#include "words.h"

struct _RetourPlaceRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *box, *radio, *icon, *words, *title, *detail, *count, *way;
  char *place;
};

G_DEFINE_TYPE (RetourPlaceRow, retour_place_row, GTK_TYPE_LIST_BOX_ROW)

static gboolean
has_enough (const RetourPlace *place, gint64 units)
{
  return place->figure != NULL && place->figure->quantity >= units;
}

static char *
second_line (RetourExchangeChoice *choice, const RetourPlace *place)
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

/* Alone it would be a box to tick. */
static void
make_radio (GtkWidget *check)
{
  GtkWidget *group = gtk_check_button_new ();

  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (group));
  g_object_set_data_full (G_OBJECT (check), "retour-group", g_object_ref_sink (group), g_object_unref);
}

static void
retour_place_row_finalize (GObject *object)
{
  g_free (RETOUR_PLACE_ROW (object)->place);
  G_OBJECT_CLASS (retour_place_row_parent_class)->finalize (object);
}

static void
retour_place_row_class_init (RetourPlaceRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = retour_place_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/place-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourPlaceRow, box);
  gtk_widget_class_bind_template_child (widget_class, RetourPlaceRow, radio);
  gtk_widget_class_bind_template_child (widget_class, RetourPlaceRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RetourPlaceRow, words);
  gtk_widget_class_bind_template_child (widget_class, RetourPlaceRow, title);
  gtk_widget_class_bind_template_child (widget_class, RetourPlaceRow, detail);
  gtk_widget_class_bind_template_child (widget_class, RetourPlaceRow, count);
  gtk_widget_class_bind_template_child (widget_class, RetourPlaceRow, way);
}

static void
retour_place_row_init (RetourPlaceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_radio (self->radio);
}

static void
show_chosen (RetourPlaceRow *self, gboolean chosen, gboolean open)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->radio), chosen);
  gtk_widget_set_sensitive (self->radio, open);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), open);
  if (chosen)
    gtk_widget_add_css_class (GTK_WIDGET (self), "rt-chosen");
}

RetourPlaceRow *
retour_place_row_new (RetourExchangeChoice *choice, const RetourPlace *place, const RetourPlaceColumns *columns)
{
  RetourPlaceRow *self = g_object_new (RETOUR_TYPE_PLACE_ROW, NULL);
  RetourLanguage language = retour_navigation_get_language (retour_exchange_choice_get_navigation (choice));
  gboolean enough = has_enough (place, retour_exchange_choice_get_entry (choice)->quantity);
  gboolean chosen = g_strcmp0 (place->place, retour_exchange_choice_get_place (choice)) == 0;
  const char *way = enough                  ? retour_place_way_words (language, place->kind)
                    : place->figure == NULL ? _ ("Stock not known")
                                            : _ ("No stock");
  g_autofree char *detail = second_line (choice, place);
  g_autofree char *count =
      place->figure != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT, place->figure->quantity) : g_strdup ("?");
  g_autofree char *name = g_strdup_printf ("%s, %s, %s, %s", place->name, detail, count, way);

  self->place = g_strdup (place->place);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), retour_place_icon (place->kind));
  gtk_widget_add_css_class (self->icon, enough ? "rt-accent" : "rt-muted");
  gtk_label_set_text (GTK_LABEL (self->title), place->name);
  gtk_label_set_text (GTK_LABEL (self->detail), detail);
  gtk_label_set_text (GTK_LABEL (self->count), count);
  gtk_label_set_text (GTK_LABEL (self->way), way);
  gtk_widget_add_css_class (self->way, enough && chosen ? "rt-t4" : "rt-way");
  if (!enough)
    gtk_widget_add_css_class (self->box, "rt-none");
  gtk_size_group_add_widget (columns->names, self->words);
  gtk_size_group_add_widget (columns->ways, self->way);
  show_chosen (self, chosen, enough || place->kind == RETOUR_PLACE_HERE);
  retour_set_name (GTK_WIDGET (self), name);
  retour_set_name (self->radio, place->name);
  return self;
}

const char *
retour_place_row_get_place (RetourPlaceRow *self)
{
  g_return_val_if_fail (RETOUR_IS_PLACE_ROW (self), NULL);

  return self->place;
}
