/* SPDX-License-Identifier: Apache-2.0 */
#include "article-tile.h"

#include "text.h"
#include "thumb.h"
#include "words.h"

struct _RetourArticleTile
{
  GtkToggleButton parent_instance;

  char *key;
  GtkWidget *thumb, *title, *price, *difference, *arrow, *amount, *tick;
};

G_DEFINE_TYPE (RetourArticleTile, retour_article_tile, GTK_TYPE_TOGGLE_BUTTON)

static void
retour_article_tile_toggled (GtkToggleButton *button)
{
  RetourArticleTile *self = RETOUR_ARTICLE_TILE (button);
  gboolean active = gtk_toggle_button_get_active (button);

  gtk_widget_set_visible (self->tick, active);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_PRESSED,
                               active ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

static void
retour_article_tile_finalize (GObject *object)
{
  g_free (RETOUR_ARTICLE_TILE (object)->key);
  G_OBJECT_CLASS (retour_article_tile_parent_class)->finalize (object);
}

static void
retour_article_tile_class_init (RetourArticleTileClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = retour_article_tile_finalize;
  GTK_TOGGLE_BUTTON_CLASS (class)->toggled = retour_article_tile_toggled;
  g_type_ensure (RETOUR_TYPE_THUMB);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/article-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourArticleTile, thumb);
  gtk_widget_class_bind_template_child (widget_class, RetourArticleTile, title);
  gtk_widget_class_bind_template_child (widget_class, RetourArticleTile, price);
  gtk_widget_class_bind_template_child (widget_class, RetourArticleTile, difference);
  gtk_widget_class_bind_template_child (widget_class, RetourArticleTile, arrow);
  gtk_widget_class_bind_template_child (widget_class, RetourArticleTile, amount);
  gtk_widget_class_bind_template_child (widget_class, RetourArticleTile, tick);
}

static void
retour_article_tile_init (RetourArticleTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
retour_article_tile_new (const char *key, const char *title, const char *category, const char *colour)
{
  RetourArticleTile *self = g_object_new (RETOUR_TYPE_ARTICLE_TILE, NULL);

  g_return_val_if_fail (key != NULL && title != NULL, GTK_WIDGET (self));

  self->key = g_strdup (key);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  retour_thumb_show (RETOUR_THUMB (self->thumb), category, colour);
  retour_article_tile_toggled (GTK_TOGGLE_BUTTON (self));
  return GTK_WIDGET (self);
}

const char *
retour_article_tile_get_key (RetourArticleTile *self)
{
  return self->key;
}

static void
show_difference (RetourArticleTile *self, const RetourExchangeOutcome *outcome, RetourLanguage language)
{
  g_autofree char *amount = NULL;

  if (outcome->even)
    amount = g_strdup (C_ ("tile", "Even exchange"));
  else if (outcome->difference == 0)
    amount = g_strdup (_ ("No difference"));
  else
    amount = retour_money_format_signed (outcome->difference, outcome->quote->currency, language);
  gtk_label_set_text (GTK_LABEL (self->amount), amount);
  gtk_widget_set_visible (self->arrow, !outcome->even && outcome->difference != 0);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow),
                                outcome->difference > 0 ? "go-up-symbolic" : "go-down-symbolic");
}

void
retour_article_tile_show (RetourArticleTile *self,
                          RetourExchangeChoice *choice,
                          const RetourProduct *product,
                          const RetourExchangeOutcome *outcome)
{
  RetourLanguage language = retour_navigation_get_language (retour_exchange_choice_get_navigation (choice));
  gboolean priced = product != NULL && !retour_exchange_choice_hides_prices (choice);
  g_autofree char *price = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (RETOUR_IS_ARTICLE_TILE (self));

  if (priced)
    price = retour_money_format (product->unit_price, product->currency != NULL ? product->currency : "EUR", language);
  gtk_label_set_text (GTK_LABEL (self->price), price != NULL ? price : "");
  gtk_widget_set_visible (self->price, priced);
  gtk_widget_set_visible (self->difference, priced && outcome != NULL);
  if (priced && outcome != NULL)
    show_difference (self, outcome, language);
  name = g_strdup_printf ("%s%s%s%s%s", gtk_label_get_text (GTK_LABEL (self->title)), priced ? ", " : "",
                          priced ? price : "", priced && outcome != NULL ? ", " : "",
                          priced && outcome != NULL ? gtk_label_get_text (GTK_LABEL (self->amount)) : "");
  retour_set_name (GTK_WIDGET (self), name);
}
