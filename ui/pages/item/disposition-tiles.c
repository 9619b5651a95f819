/* SPDX-License-Identifier: Apache-2.0 */
#include "disposition-tiles.h"

#include "disposition.h"
#include "item-words.h"
#include "tile.h"
#include "words.h"
#include "wrap.h"

#define CODE_KEY "retour-disposition"

struct _RetourDispositionTiles
{
  GtkBox parent_instance;

  RetourNavigation *navigation; /* borrowed */
  char *here;                   /* "store:0214" */
  char *size;                   /* "38", or NULL */
  char *chosen;
  GPtrArray *figures; /* RetourStockFigure, NULL until known */
  GtkWidget *row;
  gboolean showing;
};

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_KNOWN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourDispositionTiles, retour_disposition_tiles, GTK_TYPE_BOX)

static void
tile_toggled (GtkToggleButton *tile, RetourDispositionTiles *self)
{
  if (self->showing || !gtk_toggle_button_get_active (tile))
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (g_object_get_data (G_OBJECT (tile), CODE_KEY));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, self->chosen);
}

static GtkToggleButton *
add_tile (
    RetourDispositionTiles *self, GtkToggleButton *group, const char *code, const char *title, const char *subtitle)
{
  RetourTile *tile = retour_tile_new (retour_disposition_icon (code), title, subtitle);

  gtk_widget_add_css_class (GTK_WIDGET (tile), "rt-emphasis");
  gtk_widget_set_hexpand (GTK_WIDGET (tile), TRUE);
  g_object_set_data_full (G_OBJECT (tile), CODE_KEY, g_strdup (code), g_free);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tile), group);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tile), g_strcmp0 (code, self->chosen) == 0);
  g_signal_connect (tile, "toggled", G_CALLBACK (tile_toggled), self);
  gtk_box_append (GTK_BOX (self->row), GTK_WIDGET (tile));
  return group != NULL ? group : GTK_TOGGLE_BUTTON (tile);
}

static char *
sold_out_text (RetourDispositionTiles *self)
{
  return self->size != NULL ? g_strdup_printf (_ ("Size %s sold out there"), self->size)
                            : g_strdup (_ ("Sold out there"));
}

/* The place a transfer goes to: the one chosen earlier, else the one that has none. */
static const RetourStockFigure *
transfer_place (RetourDispositionTiles *self)
{
  const char *place = retour_disposition_get_place (self->chosen);

  return place != NULL ? retour_disposition_find_place (self->figures, place)
                       : retour_disposition_find_sold_out (self->figures, self->here);
}

static void
build (RetourDispositionTiles *self)
{
  const RetourStockFigure *own = retour_disposition_find_place (self->figures, self->here);
  const RetourStockFigure *other = transfer_place (self);
  GtkToggleButton *group = NULL;
  GtkWidget *child;
  g_autofree char *stock =
      own != NULL ? g_strdup_printf (ngettext ("%d in stock here", "%d in stock here", (gulong) MAX (0, own->quantity)),
                                     (int) own->quantity)
                  : g_strdup (_ ("Stock not known"));

  self->showing = TRUE;
  while ((child = gtk_widget_get_first_child (self->row)) != NULL)
    gtk_box_remove (GTK_BOX (self->row), child);
  if (other != NULL)
    {
      g_autofree char *code = retour_disposition_new_transfer (other->place);
      g_autofree char *title = g_strdup_printf (_ ("Transfer %s"), other->name != NULL ? other->name : other->place);
      g_autofree char *why = sold_out_text (self);

      group = add_tile (self, group, code, title, why);
    }
  group = add_tile (self, group, RETOUR_DISPOSITION_RESTOCK, _ ("Back to shelf"), stock);
  group = add_tile (self, group, RETOUR_DISPOSITION_RESALE, _ ("Second hand"), _ ("From condition C"));
  add_tile (self, group, RETOUR_DISPOSITION_OTHER, _ ("Other"), _ ("Warehouse, gift…"));
  self->showing = FALSE;
}

typedef struct
{
  RetourDispositionTiles *self;
  char *sku;
} StockJob;

static gpointer
run_stock (RetourStore *store, gpointer user_data, GError **error)
{
  return store->stock (store, ((StockJob *) user_data)->sku, error);
}

static void
stock_replied (gpointer result, const GError *error, gpointer user_data)
{
  StockJob *job = user_data;

  /* Not knowing the stock stops nobody: the tiles then say so. */
  if (result != NULL)
    {
      g_clear_pointer (&job->self->figures, g_ptr_array_unref);
      job->self->figures = result;
      build (job->self);
      g_signal_emit (job->self, signals[SIGNAL_KNOWN], 0);
    }
  g_object_unref (job->self);
  g_free (job->sku);
  g_free (job);
}

static void
ask_stock (RetourDispositionTiles *self, const char *sku)
{
  const RetourStorage *storage = retour_navigation_get_services (self->navigation)->storage;
  StockJob *job;

  if (sku == NULL)
    return;
  job = g_new0 (StockJob, 1);
  job->self = g_object_ref (self);
  job->sku = g_strdup (sku);
  storage->read (storage->self, run_stock, stock_replied, job);
}

void
retour_disposition_tiles_show (RetourDispositionTiles *self, const char *disposition)
{
  g_return_if_fail (RETOUR_IS_DISPOSITION_TILES (self));

  if (g_strcmp0 (self->chosen, disposition) == 0)
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (disposition);
  self->showing = TRUE;
  for (GtkWidget *tile = gtk_widget_get_first_child (self->row); tile != NULL;
       tile = gtk_widget_get_next_sibling (tile))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tile),
                                  g_strcmp0 (g_object_get_data (G_OBJECT (tile), CODE_KEY), disposition) == 0);
  self->showing = FALSE;
}

char *
retour_disposition_tiles_suggest (RetourDispositionTiles *self, const char *grade)
{
  return retour_disposition_suggest (grade, self->figures, self->here);
}

void
retour_disposition_tiles_set_stacked (RetourDispositionTiles *self, gboolean stacked)
{
  g_return_if_fail (RETOUR_IS_DISPOSITION_TILES (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->row),
                                  stacked ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

static void
retour_disposition_tiles_finalize (GObject *object)
{
  RetourDispositionTiles *self = RETOUR_DISPOSITION_TILES (object);

  g_free (self->here);
  g_free (self->size);
  g_free (self->chosen);
  g_clear_pointer (&self->figures, g_ptr_array_unref);
  G_OBJECT_CLASS (retour_disposition_tiles_parent_class)->finalize (object);
}

static void
retour_disposition_tiles_class_init (RetourDispositionTilesClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GType type = RETOUR_TYPE_DISPOSITION_TILES;

  G_OBJECT_CLASS (class)->finalize = retour_disposition_tiles_finalize;
  signals[SIGNAL_CHOSEN] =
      g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_KNOWN] = g_signal_new ("known", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (RETOUR_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/disposition-tiles.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourDispositionTiles, row);
}

static void
retour_disposition_tiles_init (RetourDispositionTiles *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
retour_disposition_tiles_ask (RetourDispositionTiles *self,
                              RetourNavigation *navigation,
                              const char *sku,
                              const char *variant)
{
  const RetourIdentity *identity = retour_desk_get_identity (retour_navigation_get_services (navigation)->desk);

  g_return_if_fail (RETOUR_IS_DISPOSITION_TILES (self));
  g_return_if_fail (self->here == NULL);

  self->navigation = navigation;
  self->here = g_strdup_printf ("store:%s", identity->store);
  self->size = retour_variant_size (variant);
  build (self);
  ask_stock (self, sku);
}
