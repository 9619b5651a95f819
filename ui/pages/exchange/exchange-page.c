/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange-page.h"

#include "article-tile.h"
#include "exchange-choice.h"
#include "exchange-panel.h"
#include "exchange-words.h"
#include "note.h"
#include "panes.h"
#include "place-list.h"
#include "size-tile.h"
#include "tile-rows.h"
#include "words.h"
#include "wrap.h"

#include <string.h>

struct _RetourExchangePage
{
  GtkBox parent_instance;

  RetourNavigation *navigation; /* borrowed */
  RetourExchangeChoice *choice; /* NULL: nothing is shown */
  RetourExchangeReply reply;
  gpointer user_data;
  gboolean showing; /* tiles follow the choice, not the other way round */

  GtkWidget *title, *subtitle;
  GtkWidget *problem; /* RetourNote */
  GtkWidget *colours_section, *colours;
  GtkWidget *sizes_section, *sizes_title, *sizes_in, *sizes;
  GtkWidget *places_section, *places_title, *places_of, *asking, *places;
  GtkWidget *hold, *check_box, *check, *check_detail;
  GtkWidget *similar_section, *similar;
  GtkWidget *panel;
};

G_DEFINE_TYPE (RetourExchangePage, retour_exchange_page, GTK_TYPE_BOX)

static void
end (RetourExchangePage *self, RetourExchangeEnd how)
{
  g_autoptr (RetourExchangeChoice) choice = g_steal_pointer (&self->choice);
  RetourExchangeReply reply = self->reply;
  RetourExchangedItem *item = NULL;
  gboolean ask = FALSE;

  if (choice == NULL)
    return;
  g_signal_handlers_disconnect_by_data (choice, self);
  if (how == RETOUR_EXCHANGE_CHOSEN)
    {
      item = retour_exchange_choice_make_item (choice);
      ask = retour_exchange_panel_asks (choice);
    }
  retour_exchange_choice_close (choice);
  self->reply = NULL;
  if (reply != NULL)
    reply (how, item, ask, self->user_data);
  retour_exchanged_item_free (item);
}

static gboolean
primary (RetourExchangePage *self)
{
  if (self->choice == NULL || !retour_exchange_choice_is_ready (self->choice))
    return FALSE;
  end (self, RETOUR_EXCHANGE_CHOSEN);
  return TRUE;
}

/* The article that stands for a colour: of the size chosen, else one that can be had, else any. */
static const RetourReplacement *
article_of_colour (RetourExchangePage *self, const char *colour)
{
  const RetourReplacements *all = retour_exchange_choice_get_replacements (self->choice);
  const char *size = retour_exchange_choice_get_size (self->choice);
  const RetourReplacement *found = size != NULL ? retour_replacements_find (all, colour, size) : NULL;

  for (guint i = 0; found == NULL && i < all->items->len; i++)
    {
      const RetourReplacement *item = all->items->pdata[i];

      if (strcmp (item->colour != NULL ? item->colour : "", colour) == 0)
        found = item;
    }
  return found;
}

static void
show_colours (RetourExchangePage *self)
{
  const char *chosen = retour_exchange_choice_get_colour (self->choice);

  for (GtkWidget *child = gtk_widget_get_first_child (self->colours); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      RetourArticleTile *tile = RETOUR_ARTICLE_TILE (child);
      const char *colour = retour_article_tile_get_key (tile);
      const RetourReplacement *item = article_of_colour (self, colour);
      g_autoptr (RetourExchangeOutcome) outcome =
          item != NULL ? retour_exchange_choice_compute (self->choice, item->product) : NULL;

      retour_article_tile_show (tile, self->choice, item != NULL ? item->product : NULL, outcome);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tile), g_strcmp0 (colour, chosen) == 0);
    }
}

static void
show_sizes (RetourExchangePage *self)
{
  RetourLanguage language = retour_navigation_get_language (self->navigation);
  const char *chosen = retour_exchange_choice_get_size (self->choice);
  const char *colour = retour_exchange_choice_get_colour (self->choice);
  g_autofree char *name = retour_colour_words (colour);
  g_autofree char *in = name != NULL && *name != '\0' ? g_strdup_printf (_ ("in %s"), name) : NULL;

  gtk_label_set_text (GTK_LABEL (self->sizes_title),
                      retour_exchange_size_words (language, retour_exchange_choice_get_category (self->choice)));
  gtk_label_set_text (GTK_LABEL (self->sizes_in), in != NULL ? in : "");
  for (GtkWidget *child = gtk_widget_get_first_child (self->sizes); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      RetourSizeTile *tile = RETOUR_SIZE_TILE (child);
      const char *size = retour_size_tile_get_size (tile);
      const RetourReplacement *item =
          retour_replacements_find (retour_exchange_choice_get_replacements (self->choice), colour, size);

      retour_size_tile_show (tile, self->choice, item);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tile), item != NULL && item->state != RETOUR_REPLACEMENT_RETURNED
                                                                  && g_strcmp0 (size, chosen) == 0);
    }
}

/* "Bleu nuit, taille 40 · stock de 10:46" */
static char *
places_text (RetourExchangePage *self, const RetourReplacement *item)
{
  RetourLanguage language = retour_navigation_get_language (self->navigation);
  RetourInstant now = retour_desk_now (retour_navigation_get_services (self->navigation)->desk);
  g_autofree char *age = retour_stock_age_words (language, retour_exchange_choice_get_figure (self->choice), now,
                                                 retour_navigation_get_time_zone (self->navigation),
                                                 retour_exchange_choice_needs_check (self->choice));
  g_autoptr (GString) text = g_string_new (item->colour);

  if (item->size != NULL)
    {
      g_autofree char *size = g_strdup_printf (_ ("size %s"), item->size);

      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", size);
    }
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", age);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_check (RetourExchangePage *self)
{
  gboolean here =
      g_strcmp0 (retour_exchange_choice_get_place (self->choice), retour_exchange_choice_get_here (self->choice)) == 0;
  gboolean scanned = retour_exchange_choice_is_scanned (self->choice);
  const char *title = here ? _ ("Seen on the shelf") : _ ("Confirmed by the other place");
  const char *detail = scanned ? _ ("It was scanned: it is here.")
                       : here  ? _ ("The figure alone does not do: look before you promise it.")
                               : _ ("The figure alone does not do: ask before you promise it.");

  gtk_widget_set_visible (self->check_box, retour_exchange_choice_needs_check (self->choice));
  gtk_widget_set_visible (self->hold, !retour_exchange_choice_needs_check (self->choice));
  gtk_check_button_set_label (GTK_CHECK_BUTTON (self->check), title);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), retour_exchange_choice_is_checked (self->choice));
  gtk_widget_set_sensitive (self->check, !scanned);
  gtk_label_set_text (GTK_LABEL (self->check_detail), detail);
}

static void
show_places (RetourExchangePage *self)
{
  RetourLanguage language = retour_navigation_get_language (self->navigation);
  const RetourReplacement *item = retour_exchange_choice_get_item (self->choice);
  g_autofree char *text = item != NULL ? places_text (self, item) : NULL;

  gtk_widget_set_visible (self->places_section, item != NULL);
  gtk_label_set_text (GTK_LABEL (self->places_title),
                      retour_exchange_where_words (language, item != NULL ? item->product->category : NULL));
  gtk_label_set_text (GTK_LABEL (self->places_of), text != NULL ? text : "");
  gtk_widget_set_visible (self->asking, retour_exchange_choice_is_asking (self->choice));
  gtk_spinner_set_spinning (GTK_SPINNER (self->asking), retour_exchange_choice_is_asking (self->choice));
  if (item != NULL)
    retour_place_list_show (RETOUR_PLACE_LIST (self->places), self->choice);
  show_check (self);
}

static void
show_similar (RetourExchangePage *self)
{
  const RetourReplacements *all = retour_exchange_choice_get_replacements (self->choice);

  for (GtkWidget *child = gtk_widget_get_first_child (self->similar); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      RetourArticleTile *tile = RETOUR_ARTICLE_TILE (child);
      const char *key = retour_article_tile_get_key (tile);

      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tile),
                                    *key == '\0' ? retour_exchange_choice_is_same_product (self->choice)
                                                 : all != NULL && g_strcmp0 (key, all->product) == 0);
    }
}

static void
choice_changed (RetourExchangeChoice *choice, RetourExchangePage *self)
{
  if (retour_exchange_choice_get_replacements (choice) == NULL)
    return;
  self->showing = TRUE;
  show_colours (self);
  show_sizes (self);
  show_places (self);
  show_similar (self);
  retour_exchange_panel_show (RETOUR_EXCHANGE_PANEL (self->panel), choice);
  self->showing = FALSE;
}

static void
colour_toggled (GtkToggleButton *tile, RetourExchangePage *self)
{
  if (!self->showing && gtk_toggle_button_get_active (tile))
    retour_exchange_choice_set_colour (self->choice, retour_article_tile_get_key (RETOUR_ARTICLE_TILE (tile)));
}

static void
size_toggled (GtkToggleButton *tile, RetourExchangePage *self)
{
  if (!self->showing && gtk_toggle_button_get_active (tile))
    retour_exchange_choice_set_size (self->choice, retour_size_tile_get_size (RETOUR_SIZE_TILE (tile)));
}

static void
similar_toggled (GtkToggleButton *tile, RetourExchangePage *self)
{
  const char *key = retour_article_tile_get_key (RETOUR_ARTICLE_TILE (tile));

  if (!self->showing && gtk_toggle_button_get_active (tile))
    retour_exchange_choice_set_product (self->choice, *key != '\0' ? key : NULL);
}

static void
place_chosen (RetourPlaceList *list, const char *place, RetourExchangePage *self)
{
  retour_exchange_choice_set_place (self->choice, place);
}

static void
check_toggled (GtkCheckButton *check, RetourExchangePage *self)
{
  if (!self->showing && self->choice != NULL)
    retour_exchange_choice_set_checked (self->choice, gtk_check_button_get_active (check));
}

static void
panel_primary (RetourExchangePanel *panel, RetourExchangePage *self)
{
  primary (self);
}

static void
panel_refund (RetourExchangePanel *panel, RetourExchangePage *self)
{
  end (self, RETOUR_EXCHANGE_REFUNDED);
}

static void
add_tile (GtkWidget *rows, GtkWidget *tile, GtkToggleButton **group, GCallback toggled, gpointer user_data)
{
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tile), *group);
  if (*group == NULL)
    *group = GTK_TOGGLE_BUTTON (tile);
  g_signal_connect (tile, "toggled", toggled, user_data);
  retour_tile_rows_append (RETOUR_TILE_ROWS (rows), tile);
}

static void
fill_colours (RetourExchangePage *self, const RetourReplacements *all)
{
  GtkToggleButton *group = NULL;

  retour_tile_rows_clear (RETOUR_TILE_ROWS (self->colours));
  for (guint i = 0; i < all->colours->len; i++)
    {
      const char *colour = all->colours->pdata[i];
      const RetourReplacement *item = article_of_colour (self, colour);
      const char *title = *colour != '\0' ? colour : item->product->title != NULL ? item->product->title : "";

      add_tile (self->colours, retour_article_tile_new (colour, title, item->product->category, colour), &group,
                G_CALLBACK (colour_toggled), self);
    }
  gtk_widget_set_visible (self->colours_section, all->colours->len > 0);
}

static void
fill_sizes (RetourExchangePage *self, const RetourReplacements *all)
{
  GtkToggleButton *group = NULL;

  retour_tile_rows_clear (RETOUR_TILE_ROWS (self->sizes));
  for (guint i = 0; i < all->sizes->len; i++)
    add_tile (self->sizes, retour_size_tile_new (all->sizes->pdata[i]), &group, G_CALLBACK (size_toggled), self);
  gtk_widget_set_visible (self->sizes_section, all->sizes->len > 0);
}

static void
fill_similar (RetourExchangePage *self)
{
  const GPtrArray *similar = retour_exchange_choice_get_similar (self->choice);
  const char *title = retour_exchange_choice_get_title (self->choice);
  const char *currency = retour_exchange_choice_get_workspace (self->choice)->order != NULL
                             ? retour_exchange_choice_get_workspace (self->choice)->order->currency
                             : NULL;
  GtkToggleButton *group = NULL;

  retour_tile_rows_clear (RETOUR_TILE_ROWS (self->similar));
  for (guint i = 0; similar != NULL && i < similar->len; i++)
    {
      const RetourProduct *product = similar->pdata[i];
      g_autoptr (RetourExchangeOutcome) outcome = NULL;
      GtkWidget *tile;

      if (currency != NULL && g_strcmp0 (product->currency, currency) != 0)
        continue;
      /* The way back to the product itself stands first. */
      if (group == NULL)
        {
          tile = retour_article_tile_new ("", title != NULL ? title : _ ("The same product"),
                                          retour_exchange_choice_get_category (self->choice), NULL);
          retour_article_tile_show (RETOUR_ARTICLE_TILE (tile), self->choice, NULL, NULL);
          add_tile (self->similar, tile, &group, G_CALLBACK (similar_toggled), self);
        }
      tile = retour_article_tile_new (product->product, product->title != NULL ? product->title : product->product,
                                      product->category, NULL);
      outcome = retour_exchange_choice_compute (self->choice, product);
      retour_article_tile_show (RETOUR_ARTICLE_TILE (tile), self->choice, product, outcome);
      add_tile (self->similar, tile, &group, G_CALLBACK (similar_toggled), self);
    }
  gtk_widget_set_visible (self->similar_section, group != NULL);
}

static void
focus_chosen (RetourExchangePage *self)
{
  GtkWidget *first = NULL;

  for (GtkWidget *tile = gtk_widget_get_first_child (self->sizes); tile != NULL;
       tile = gtk_widget_get_next_sibling (tile))
    {
      if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (tile)))
        {
          gtk_widget_grab_focus (tile);
          return;
        }
      if (first == NULL && gtk_widget_is_sensitive (tile))
        first = tile;
    }
  if (first != NULL)
    gtk_widget_grab_focus (first);
}

static void
choice_loaded (RetourExchangeChoice *choice, RetourExchangePage *self)
{
  const RetourReplacements *all = retour_exchange_choice_get_replacements (choice);
  RetourLanguage language = retour_navigation_get_language (self->navigation);

  self->showing = TRUE;
  gtk_label_set_text (GTK_LABEL (self->title),
                      retour_exchange_title (language, retour_exchange_choice_get_category (choice)));
  fill_colours (self, all);
  fill_sizes (self, all);
  fill_similar (self);
  if (all->items->len == 0)
    retour_note_show (RETOUR_NOTE (self->problem), RETOUR_TONE_INFO, NULL,
                      _ ("The catalogue knows no other article of this product."),
                      _ ("Scan the new item, or choose among similar items."));
  else
    retour_note_hide (RETOUR_NOTE (self->problem));
  self->showing = FALSE;
  choice_changed (choice, self);
  focus_chosen (self);
}

static void
choice_failed (RetourExchangeChoice *choice, const char *message, RetourExchangePage *self)
{
  retour_note_show (RETOUR_NOTE (self->problem), RETOUR_TONE_ERROR, NULL, _ ("The articles could not be read."),
                    message);
}

void
retour_exchange_page_show (RetourExchangePage *self,
                           const RetourWorkspace *workspace,
                           guint entry,
                           RetourExchangeReply reply,
                           gpointer user_data)
{
  const RetourOrder *order;
  RetourLanguage language;
  g_autofree char *subtitle = NULL;

  g_return_if_fail (RETOUR_IS_EXCHANGE_PAGE (self));
  g_return_if_fail (workspace != NULL && entry < workspace->draft->entries->len);

  retour_exchange_page_leave (self);
  self->reply = reply;
  self->user_data = user_data;
  self->choice = retour_exchange_choice_new (self->navigation, workspace, entry);
  g_signal_connect (self->choice, "loaded", G_CALLBACK (choice_loaded), self);
  g_signal_connect (self->choice, "changed", G_CALLBACK (choice_changed), self);
  g_signal_connect (self->choice, "failed", G_CALLBACK (choice_failed), self);

  order = workspace->order;
  language = retour_navigation_get_language (self->navigation);
  subtitle = order == NULL                  ? g_strdup (_ ("Return without order"))
             : order->customer.name != NULL ? g_strdup_printf ("%s · %s", order->number, order->customer.name)
                                            : g_strdup (order->number);
  gtk_label_set_text (GTK_LABEL (self->title),
                      retour_exchange_title (language, retour_exchange_choice_get_category (self->choice)));
  gtk_label_set_text (GTK_LABEL (self->subtitle), subtitle);
  gtk_widget_set_visible (self->colours_section, FALSE);
  gtk_widget_set_visible (self->sizes_section, FALSE);
  gtk_widget_set_visible (self->places_section, FALSE);
  gtk_widget_set_visible (self->similar_section, FALSE);
  gtk_widget_set_visible (self->check_box, FALSE);
  retour_note_hide (RETOUR_NOTE (self->problem));
  retour_exchange_panel_show (RETOUR_EXCHANGE_PANEL (self->panel), self->choice);
}

gboolean
retour_exchange_page_is_shown (RetourExchangePage *self)
{
  g_return_val_if_fail (RETOUR_IS_EXCHANGE_PAGE (self), FALSE);

  return self->choice != NULL;
}

void
retour_exchange_page_leave (RetourExchangePage *self)
{
  g_return_if_fail (RETOUR_IS_EXCHANGE_PAGE (self));

  end (self, RETOUR_EXCHANGE_LEFT);
}

void
retour_exchange_page_refresh (RetourExchangePage *self)
{
  g_return_if_fail (RETOUR_IS_EXCHANGE_PAGE (self));

  if (self->choice != NULL)
    retour_exchange_choice_refresh (self->choice);
}

static void
scan_article (RetourExchangePage *self, const RetourRoute *route)
{
  g_autofree char *refusal = NULL;

  if (route->product == NULL)
    refusal = g_strdup_printf (_ ("%s is not in the catalogue"), route->scan->value);
  else if (!retour_exchange_choice_take_scan (self->choice, route->product))
    refusal = g_strdup (_ ("That is the item that comes back."));
  retour_navigation_sound (self->navigation, refusal == NULL);
  if (refusal != NULL)
    retour_navigation_toast (self->navigation, refusal, NULL, NULL, NULL);
}

gboolean
retour_exchange_page_scan (RetourExchangePage *self, const RetourRoute *route)
{
  g_return_val_if_fail (RETOUR_IS_EXCHANGE_PAGE (self), FALSE);

  if (self->choice == NULL)
    return FALSE;
  if (route->kind == RETOUR_ROUTE_PRODUCT)
    {
      scan_article (self, route);
      return TRUE;
    }
  if (route->kind != RETOUR_ROUTE_COMMAND)
    return FALSE;
  if (route->scan->command == RETOUR_SCAN_COMMAND_CONFIRM)
    retour_navigation_sound (self->navigation, primary (self));
  else if (route->scan->command == RETOUR_SCAN_COMMAND_BACK)
    {
      retour_navigation_sound (self->navigation, TRUE);
      end (self, RETOUR_EXCHANGE_LEFT);
    }
  else
    return FALSE;
  return TRUE;
}

static void
primary_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  primary (RETOUR_EXCHANGE_PAGE (widget));
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  end (RETOUR_EXCHANGE_PAGE (widget), RETOUR_EXCHANGE_LEFT);
}

static void
retour_exchange_page_dispose (GObject *object)
{
  RetourExchangePage *self = RETOUR_EXCHANGE_PAGE (object);

  /* Whoever waits is going too. */
  self->reply = NULL;
  end (self, RETOUR_EXCHANGE_LEFT);
  G_OBJECT_CLASS (retour_exchange_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (RETOUR_TYPE_EXCHANGE_PANEL);
  g_type_ensure (RETOUR_TYPE_NOTE);
  g_type_ensure (RETOUR_TYPE_PANES);
  g_type_ensure (RETOUR_TYPE_PLACE_LIST);
  g_type_ensure (RETOUR_TYPE_TILE_ROWS);
  g_type_ensure (RETOUR_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/exchange-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePage, title);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePage, problem);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePage, colours_section);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePage, colours);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePage, sizes_section);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePage, sizes_title);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePage, sizes_in);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePage, sizes);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePage, places_section);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePage, places_title);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePage, places_of);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePage, asking);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePage, places);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePage, hold);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePage, check_box);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePage, check);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePage, check_detail);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePage, similar_section);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePage, similar);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePage, panel);
  gtk_widget_class_bind_template_callback (widget_class, check_toggled);
  gtk_widget_class_bind_template_callback (widget_class, panel_primary);
  gtk_widget_class_bind_template_callback (widget_class, panel_refund);
  gtk_widget_class_bind_template_callback (widget_class, place_chosen);
}

static void
retour_exchange_page_class_init (RetourExchangePageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = retour_exchange_page_dispose;
  gtk_widget_class_install_action (widget_class, "page.primary", NULL, primary_action);
  gtk_widget_class_install_action (widget_class, "page.back", NULL, back_action);
  bind_template (widget_class);
}

static void
retour_exchange_page_init (RetourExchangePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
retour_exchange_page_new (RetourNavigation *navigation)
{
  RetourExchangePage *self = g_object_new (RETOUR_TYPE_EXCHANGE_PAGE, NULL);

  self->navigation = navigation;
  return GTK_WIDGET (self);
}
