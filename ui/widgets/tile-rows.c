/* SPDX-License-Identifier: Apache-2.0 */
#include "tile-rows.h"

struct _RetourTileRows
{
  GtkWidget parent_instance;

  int spacing;
  guint columns;
};

enum
{
  PROP_SPACING = 1,
  PROP_COLUMNS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_TYPE (RetourTileRows, retour_tile_rows, GTK_TYPE_WIDGET)

typedef struct
{
  GtkWidget *tile;
  int least; /* px it needs */
  int width;
} Slot;

/* The tiles to lay out, each with the width it needs, no more than `room` (-1: any). */
static GArray *
list_slots (RetourTileRows *self, int room)
{
  GArray *slots = g_array_new (FALSE, FALSE, sizeof (Slot));

  for (GtkWidget *tile = gtk_widget_get_first_child (GTK_WIDGET (self)); tile != NULL;
       tile = gtk_widget_get_next_sibling (tile))
    {
      int minimum, natural;
      Slot slot = { .tile = tile };

      if (!gtk_widget_should_layout (tile))
        continue;
      gtk_widget_measure (tile, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
      slot.least = room < 0 ? natural : MAX (minimum, MIN (natural, room));
      g_array_append_val (slots, slot);
    }
  return slots;
}

/* How many tiles from `first` on stand on one line. */
static guint
count_line (const GArray *slots, guint first, int width, int spacing)
{
  int used = 0;
  guint n = 0;

  for (guint i = first; i < slots->len; i++, n++)
    {
      used += g_array_index (slots, Slot, i).least + (n > 0 ? spacing : 0);
      if (n > 0 && used > width)
        return n;
    }
  return n;
}

/* Equal shares; who needs more than a share keeps what it needs, and the others share what is left. */
static void
share_line (Slot *line, guint n, int width)
{
  int left = width;
  guint sharing = n;
  gboolean settled = FALSE;

  for (guint i = 0; i < n; i++)
    line[i].width = 0;
  while (!settled && sharing > 0)
    {
      settled = TRUE;
      for (guint i = 0; i < n; i++)
        if (line[i].width == 0 && line[i].least > left / (int) sharing)
          {
            line[i].width = line[i].least;
            left -= line[i].least;
            sharing--;
            settled = FALSE;
            break;
          }
    }
  for (guint i = 0; i < n; i++)
    if (line[i].width == 0)
      {
        line[i].width = MAX (line[i].least, left / (int) sharing);
        left -= line[i].width;
        sharing--;
      }
}

/* Lays the tiles out in `width`; returns the height used. `place` FALSE only measures. */
static int
flow (RetourTileRows *self, int width, gboolean place)
{
  g_autoptr (GArray) slots = list_slots (self, width);
  /* A last line that is not full keeps the column width of the first; one line alone that of `columns`. */
  guint columns = 0;
  int y = 0;

  for (guint first = 0, n; first < slots->len; first += n)
    {
      Slot *line = &g_array_index (slots, Slot, first);
      int height = 0, x = 0;

      n = count_line (slots, first, width, self->spacing);
      columns = MAX (columns, n);
      if (n == slots->len)
        columns = MAX (columns, self->columns);
      share_line (line, n,
                  n == columns ? width - self->spacing * ((int) n - 1)
                               : (width - self->spacing * ((int) columns - 1)) * (int) n / (int) columns);
      for (guint i = 0; i < n; i++)
        {
          int natural;

          gtk_widget_measure (line[i].tile, GTK_ORIENTATION_VERTICAL, line[i].width, NULL, &natural, NULL, NULL);
          height = MAX (height, natural);
        }
      for (guint i = 0; place && i < n; i++)
        {
          GtkAllocation area = { x, y, line[i].width, height };

          if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
            area.x = width - x - line[i].width;
          gtk_widget_size_allocate (line[i].tile, &area, -1);
          x += line[i].width + self->spacing;
        }
      y += height + self->spacing;
    }
  return MAX (0, y - self->spacing);
}

static void
retour_tile_rows_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  RetourTileRows *self = RETOUR_TILE_ROWS (widget);
  g_autoptr (GArray) slots = list_slots (self, -1);
  int least = 0, wanted = 0;

  for (guint i = 0; i < slots->len; i++)
    {
      int minimum_width;

      gtk_widget_measure (g_array_index (slots, Slot, i).tile, GTK_ORIENTATION_HORIZONTAL, -1, &minimum_width, NULL,
                          NULL, NULL);
      least = MAX (least, minimum_width);
      wanted += g_array_index (slots, Slot, i).least + (i > 0 ? self->spacing : 0);
    }
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = wanted;
    }
  else
    *minimum = *natural = flow (self, for_size < 0 ? wanted : MAX (for_size, least), FALSE);
}

static void
retour_tile_rows_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  flow (RETOUR_TILE_ROWS (widget), width, TRUE);
}

static GtkSizeRequestMode
retour_tile_rows_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
retour_tile_rows_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  RetourTileRows *self = RETOUR_TILE_ROWS (object);

  if (id == PROP_SPACING)
    g_value_set_int (value, self->spacing);
  else if (id == PROP_COLUMNS)
    g_value_set_uint (value, self->columns);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
retour_tile_rows_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  RetourTileRows *self = RETOUR_TILE_ROWS (object);

  if (id == PROP_SPACING)
    self->spacing = g_value_get_int (value);
  else if (id == PROP_COLUMNS)
    self->columns = g_value_get_uint (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
retour_tile_rows_dispose (GObject *object)
{
  retour_tile_rows_clear (RETOUR_TILE_ROWS (object));
  G_OBJECT_CLASS (retour_tile_rows_parent_class)->dispose (object);
}

static void
retour_tile_rows_class_init (RetourTileRowsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = retour_tile_rows_dispose;
  G_OBJECT_CLASS (class)->get_property = retour_tile_rows_get_property;
  G_OBJECT_CLASS (class)->set_property = retour_tile_rows_set_property;
  widget_class->measure = retour_tile_rows_measure;
  widget_class->size_allocate = retour_tile_rows_size_allocate;
  widget_class->get_request_mode = retour_tile_rows_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  properties[PROP_SPACING] =
      g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_COLUMNS] =
      g_param_spec_uint ("columns", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (class), N_PROPS, properties);
}

static void
retour_tile_rows_init (RetourTileRows *self)
{
}

void
retour_tile_rows_append (RetourTileRows *self, GtkWidget *tile)
{
  g_return_if_fail (RETOUR_IS_TILE_ROWS (self));

  gtk_widget_set_parent (tile, GTK_WIDGET (self));
}

void
retour_tile_rows_clear (RetourTileRows *self)
{
  GtkWidget *tile;

  while ((tile = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (tile);
}
