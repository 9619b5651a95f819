/* SPDX-License-Identifier: Apache-2.0 */
#include "choice-grid.h"

#include "text.h"

#define CODE_KEY "retour-code"
#define COLUMNS 2
#define GAP 10

struct _RetourChoiceGrid
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  guint count;
  gboolean showing;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourChoiceGrid, retour_choice_grid, GTK_TYPE_WIDGET)

static const char *
code_of (GtkWidget *tile)
{
  return g_object_get_data (G_OBJECT (tile), CODE_KEY);
}

static void
tile_toggled (GtkToggleButton *tile, RetourChoiceGrid *self)
{
  if (!self->showing && gtk_toggle_button_get_active (tile))
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, code_of (GTK_WIDGET (tile)));
}

void
retour_choice_grid_add (RetourChoiceGrid *self, RetourTile *tile, const char *code)
{
  GtkWidget *first;

  g_return_if_fail (RETOUR_IS_CHOICE_GRID (self));

  first = gtk_widget_get_first_child (self->grid);
  g_object_set_data_full (G_OBJECT (tile), CODE_KEY, g_strdup (code), g_free);
  if (first != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tile), GTK_TOGGLE_BUTTON (first));
  g_signal_connect (tile, "toggled", G_CALLBACK (tile_toggled), self);
  gtk_grid_attach (GTK_GRID (self->grid), GTK_WIDGET (tile), (int) (self->count % COLUMNS),
                   (int) (self->count / COLUMNS), 1, 1);
  self->count++;
}

void
retour_choice_grid_show (RetourChoiceGrid *self, const char *code)
{
  g_return_if_fail (RETOUR_IS_CHOICE_GRID (self));

  self->showing = TRUE;
  for (GtkWidget *tile = gtk_widget_get_first_child (self->grid); tile != NULL;
       tile = gtk_widget_get_next_sibling (tile))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tile), code != NULL && g_strcmp0 (code_of (tile), code) == 0);
  self->showing = FALSE;
}

gboolean
retour_choice_grid_choose (RetourChoiceGrid *self, const char *code)
{
  g_return_val_if_fail (RETOUR_IS_CHOICE_GRID (self), FALSE);

  for (GtkWidget *tile = gtk_widget_get_first_child (self->grid); tile != NULL;
       tile = gtk_widget_get_next_sibling (tile))
    if (g_strcmp0 (code_of (tile), code) == 0)
      {
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tile), TRUE);
        return TRUE;
      }
  return FALSE;
}

gboolean
retour_choice_grid_choose_nth (RetourChoiceGrid *self, guint n)
{
  GtkWidget *tile;

  g_return_val_if_fail (RETOUR_IS_CHOICE_GRID (self), FALSE);

  tile = gtk_widget_get_first_child (self->grid);
  for (guint i = 0; tile != NULL && i < n; i++)
    tile = gtk_widget_get_next_sibling (tile);
  if (tile != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tile), TRUE);
  return tile != NULL;
}

GtkWidget *
retour_choice_grid_get_first (RetourChoiceGrid *self)
{
  g_return_val_if_fail (RETOUR_IS_CHOICE_GRID (self), NULL);

  return gtk_widget_get_first_child (self->grid);
}

static void
retour_choice_grid_dispose (GObject *object)
{
  g_clear_pointer (&RETOUR_CHOICE_GRID (object)->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (retour_choice_grid_parent_class)->dispose (object);
}

static void
retour_choice_grid_class_init (RetourChoiceGridClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = retour_choice_grid_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", RETOUR_TYPE_CHOICE_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
retour_choice_grid_init (RetourChoiceGrid *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), GAP);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), GAP);
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
}

GtkWidget *
retour_choice_grid_new (const char *name)
{
  GtkWidget *self = g_object_new (RETOUR_TYPE_CHOICE_GRID, NULL);

  retour_set_name (self, name);
  return self;
}
