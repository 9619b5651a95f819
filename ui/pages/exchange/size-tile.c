/* SPDX-License-Identifier: Apache-2.0 */
#include "size-tile.h"

#include "exchange-words.h"
#include "text.h"
#include "words.h"

struct _RetourSizeTile
{
  GtkToggleButton parent_instance;

  char *size;
  GtkWidget *title, *check, *state;
};

G_DEFINE_TYPE (RetourSizeTile, retour_size_tile, GTK_TYPE_TOGGLE_BUTTON)

static void
retour_size_tile_toggled (GtkToggleButton *button)
{
  RetourSizeTile *self = RETOUR_SIZE_TILE (button);
  gboolean active = gtk_toggle_button_get_active (button);

  gtk_widget_set_visible (self->check, active);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_PRESSED,
                               active ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

static void
retour_size_tile_finalize (GObject *object)
{
  g_free (RETOUR_SIZE_TILE (object)->size);
  G_OBJECT_CLASS (retour_size_tile_parent_class)->finalize (object);
}

static void
retour_size_tile_class_init (RetourSizeTileClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = retour_size_tile_finalize;
  GTK_TOGGLE_BUTTON_CLASS (class)->toggled = retour_size_tile_toggled;
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/size-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourSizeTile, title);
  gtk_widget_class_bind_template_child (widget_class, RetourSizeTile, check);
  gtk_widget_class_bind_template_child (widget_class, RetourSizeTile, state);
}

static void
retour_size_tile_init (RetourSizeTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
retour_size_tile_new (const char *size)
{
  RetourSizeTile *self = g_object_new (RETOUR_TYPE_SIZE_TILE, NULL);

  g_return_val_if_fail (size != NULL, GTK_WIDGET (self));

  self->size = g_strdup (size);
  gtk_label_set_text (GTK_LABEL (self->title), *size != '\0' ? size : _ ("One size"));
  return GTK_WIDGET (self);
}

const char *
retour_size_tile_get_size (RetourSizeTile *self)
{
  return self->size;
}

static void
set_class (GtkWidget *widget, const char *class, gboolean has)
{
  if (has)
    gtk_widget_add_css_class (widget, class);
  else
    gtk_widget_remove_css_class (widget, class);
}

void
retour_size_tile_show (RetourSizeTile *self, RetourExchangeChoice *choice, const RetourReplacement *item)
{
  RetourLanguage language = retour_navigation_get_language (retour_exchange_choice_get_navigation (choice));
  gboolean gone = item == NULL || item->state == RETOUR_REPLACEMENT_SOLD_OUT;
  gboolean closed = item == NULL || item->state == RETOUR_REPLACEMENT_RETURNED;
  g_autofree char *state = retour_replacement_words (language, item, retour_exchange_choice_get_category (choice));
  g_autofree char *name = NULL;

  g_return_if_fail (RETOUR_IS_SIZE_TILE (self));

  gtk_label_set_text (GTK_LABEL (self->state), state);
  set_class (self->title, "rt-struck", gone);
  set_class (GTK_WIDGET (self), "rt-gone", gone);
  gtk_widget_set_sensitive (GTK_WIDGET (self), !closed);
  name =
      g_strdup_printf ("%s %s, %s", retour_exchange_size_words (language, retour_exchange_choice_get_category (choice)),
                       gtk_label_get_text (GTK_LABEL (self->title)), state);
  retour_set_name (GTK_WIDGET (self), name);
}
