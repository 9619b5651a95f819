/* SPDX-License-Identifier: Apache-2.0 */
#include "tile.h"

#include "text.h"

struct _RetourTile
{
  GtkToggleButton parent_instance;

  GtkWidget *box;
  GtkWidget *icon;
  GtkWidget *lead;
  GtkWidget *words;
  GtkWidget *title;
  GtkWidget *subtitle;
  GtkWidget *tick;
};

G_DEFINE_TYPE (RetourTile, retour_tile, GTK_TYPE_TOGGLE_BUTTON)

static void
name_tile (RetourTile *self)
{
  const char *title = gtk_label_get_text (GTK_LABEL (self->title));
  const char *subtitle = gtk_label_get_text (GTK_LABEL (self->subtitle));
  g_autofree char *name = subtitle[0] != '\0' ? g_strdup_printf ("%s, %s", title, subtitle) : g_strdup (title);

  retour_set_name (GTK_WIDGET (self), name);
}

static void
retour_tile_toggled (GtkToggleButton *button)
{
  RetourTile *self = RETOUR_TILE (button);
  gboolean active = gtk_toggle_button_get_active (button);

  gtk_widget_set_visible (self->tick, active);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_PRESSED,
                               active ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

static void
retour_tile_class_init (RetourTileClass *class)
{
  GTK_TOGGLE_BUTTON_CLASS (class)->toggled = retour_tile_toggled;
}

static void
retour_tile_init (RetourTile *self)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_widget_add_css_class (GTK_WIDGET (self), "rt-tile");
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  self->icon = gtk_image_new ();
  self->title = retour_text_new (NULL, "rt-tile-title");
  self->subtitle = retour_text_new (NULL, "rt-tile-subtitle");
  self->tick = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_hexpand (check, TRUE);
  gtk_widget_set_hexpand (self->tick, FALSE);
  gtk_widget_add_css_class (self->tick, "rt-tick");
  gtk_widget_set_halign (self->tick, GTK_ALIGN_END);
  gtk_widget_set_valign (self->tick, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->tick), check);

  gtk_widget_set_valign (self->words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_label_set_wrap (GTK_LABEL (self->title), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (self->title), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_wrap (GTK_LABEL (self->subtitle), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (self->subtitle), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_lines (GTK_LABEL (self->subtitle), 2);
  gtk_label_set_lines (GTK_LABEL (self->title), 3);
  gtk_box_append (GTK_BOX (self->words), self->title);
  gtk_box_append (GTK_BOX (self->words), self->subtitle);
  gtk_box_append (GTK_BOX (self->box), self->icon);
  gtk_box_append (GTK_BOX (self->box), self->words);
  gtk_box_append (GTK_BOX (self->box), self->tick);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->box);
  gtk_button_set_child (GTK_BUTTON (self), overlay);
}

RetourTile *
retour_tile_new (const char *icon, const char *title, const char *subtitle)
{
  RetourTile *self = g_object_new (RETOUR_TYPE_TILE, NULL);

  g_return_val_if_fail (title != NULL, self);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  gtk_widget_set_visible (self->icon, icon != NULL);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  retour_tile_set_subtitle (self, subtitle);
  retour_tile_toggled (GTK_TOGGLE_BUTTON (self));
  return self;
}

void
retour_tile_set_lead (RetourTile *self, GtkWidget *lead)
{
  g_return_if_fail (RETOUR_IS_TILE (self));

  gtk_widget_set_visible (self->icon, FALSE);
  if (self->lead != NULL)
    gtk_box_remove (GTK_BOX (self->box), self->lead);
  self->lead = lead;
  gtk_box_prepend (GTK_BOX (self->box), lead);
}

void
retour_tile_set_vertical (RetourTile *self, gboolean vertical)
{
  GtkWidget *overlay;

  g_return_if_fail (RETOUR_IS_TILE (self));

  overlay = gtk_button_get_child (GTK_BUTTON (self));
  if (gtk_widget_get_parent (self->tick) == self->box && vertical)
    {
      g_object_ref (self->tick);
      gtk_box_remove (GTK_BOX (self->box), self->tick);
      gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->tick);
      g_object_unref (self->tick);
    }
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  vertical ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (self->box), vertical ? 6 : 12);
  gtk_widget_set_valign (self->tick, vertical ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (self->title), vertical ? 0.5f : 0);
  gtk_label_set_xalign (GTK_LABEL (self->subtitle), vertical ? 0.5f : 0);
}

void
retour_tile_set_subtitle (RetourTile *self, const char *subtitle)
{
  g_return_if_fail (RETOUR_IS_TILE (self));

  gtk_label_set_text (GTK_LABEL (self->subtitle), subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (self->subtitle, subtitle != NULL);
  name_tile (self);
}
