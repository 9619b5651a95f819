/* SPDX-License-Identifier: Apache-2.0 */
#include "motive-tiles.h"

#include "text.h"
#include "tile.h"
#include "words.h"

#define MOTIVE_KEY "retour-motive"
#define LONGEST 200

struct _RetourMotiveTiles
{
  GtkBox parent_instance;

  GtkWidget *title;
  GtkWidget *own; /* the field for another one */
  char *motive;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourMotiveTiles, retour_motive_tiles, GTK_TYPE_BOX)

/* Takes the text. */
static void
set_motive (RetourMotiveTiles *self, char *motive)
{
  g_autofree char *stripped = g_strstrip (g_strdup (motive));

  g_free (self->motive);
  self->motive = *stripped != '\0' ? g_strdup (motive) : NULL;
  g_free (motive);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
tile_toggled (GtkToggleButton *tile, RetourMotiveTiles *self)
{
  const char *motive = g_object_get_data (G_OBJECT (tile), MOTIVE_KEY);

  if (!gtk_toggle_button_get_active (tile))
    return;
  gtk_widget_set_visible (self->own, motive == NULL);
  set_motive (self, g_strdup (motive != NULL ? motive : gtk_editable_get_text (GTK_EDITABLE (self->own))));
  if (motive == NULL)
    gtk_widget_grab_focus (self->own);
}

static void
own_changed (GtkEditable *field, RetourMotiveTiles *self)
{
  set_motive (self, g_strdup (gtk_editable_get_text (field)));
}

static GtkWidget *
grid_new (RetourMotiveTiles *self)
{
  const char *motives[] = { _ ("Loyal customer"), _ ("Our mistake"), _ ("Late delivery"), _ ("Other motive…") };
  GtkWidget *grid = gtk_grid_new ();
  GtkToggleButton *group = NULL;

  gtk_grid_set_row_spacing (GTK_GRID (grid), 10);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 10);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  retour_set_name (grid, _ ("Motive of the decision"));
  for (guint i = 0; i < G_N_ELEMENTS (motives); i++)
    {
      RetourTile *tile = retour_tile_new (NULL, motives[i], NULL);

      gtk_widget_add_css_class (GTK_WIDGET (tile), "rt-person");
      if (i + 1 < G_N_ELEMENTS (motives))
        g_object_set_data_full (G_OBJECT (tile), MOTIVE_KEY, g_strdup (motives[i]), g_free);
      if (group != NULL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tile), group);
      else
        group = GTK_TOGGLE_BUTTON (tile);
      g_signal_connect (tile, "toggled", G_CALLBACK (tile_toggled), self);
      gtk_grid_attach (GTK_GRID (grid), GTK_WIDGET (tile), (int) (i % 2), (int) (i / 2), 1, 1);
    }
  return grid;
}

static void
retour_motive_tiles_finalize (GObject *object)
{
  g_free (RETOUR_MOTIVE_TILES (object)->motive);
  G_OBJECT_CLASS (retour_motive_tiles_parent_class)->finalize (object);
}

static void
retour_motive_tiles_class_init (RetourMotiveTilesClass *class)
{
  G_OBJECT_CLASS (class)->finalize = retour_motive_tiles_finalize;
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", RETOUR_TYPE_MOTIVE_TILES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
retour_motive_tiles_init (RetourMotiveTiles *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 10);
  self->own = gtk_entry_new ();
  gtk_widget_add_css_class (self->own, "rt-field");
  gtk_entry_set_max_length (GTK_ENTRY (self->own), LONGEST);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->own), _ ("Motive in a few words"));
  retour_set_name (self->own, _ ("Motive in a few words"));
  gtk_widget_set_visible (self->own, FALSE);
  g_signal_connect (self->own, "changed", G_CALLBACK (own_changed), self);
  self->title = retour_text_new_wrapped (_ ("Motive of the decision"), "rt-t4");
  gtk_box_append (GTK_BOX (self), self->title);
  gtk_box_append (GTK_BOX (self), grid_new (self));
  gtk_box_append (GTK_BOX (self), self->own);
}

RetourMotiveTiles *
retour_motive_tiles_new (void)
{
  return g_object_new (RETOUR_TYPE_MOTIVE_TILES, NULL);
}

void
retour_motive_tiles_set_needed (RetourMotiveTiles *self, gboolean needed)
{
  g_return_if_fail (RETOUR_IS_MOTIVE_TILES (self));
  gtk_label_set_text (GTK_LABEL (self->title),
                      needed ? _ ("Motive of the decision, needed to approve") : _ ("Motive of the decision"));
}

const char *
retour_motive_tiles_get_motive (RetourMotiveTiles *self)
{
  g_return_val_if_fail (RETOUR_IS_MOTIVE_TILES (self), NULL);
  return self->motive;
}
