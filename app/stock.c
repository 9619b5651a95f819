/* SPDX-License-Identifier: Apache-2.0 */
#include "stock.h"

#include <string.h>

char *
retour_place_of_store (const char *store)
{
  return store != NULL ? g_strdup_printf ("store:%s", store) : NULL;
}

RetourPlaceKind
retour_place_kind (const char *place, const char *here)
{
  if (place == NULL)
    return RETOUR_PLACE_OTHER;
  if (here != NULL && strcmp (place, here) == 0)
    return RETOUR_PLACE_HERE;
  if (g_str_has_prefix (place, "store:"))
    return RETOUR_PLACE_STORE;
  return g_str_has_prefix (place, "warehouse:") ? RETOUR_PLACE_WAREHOUSE : RETOUR_PLACE_OTHER;
}

static int
compare_places (gconstpointer a, gconstpointer b, gpointer here)
{
  const RetourStockFigure *const *first = a;
  const RetourStockFigure *const *second = b;

  return (int) retour_place_kind ((*first)->place, here) - (int) retour_place_kind ((*second)->place, here);
}

void
retour_stock_sort (GPtrArray *figures, const char *here)
{
  g_return_if_fail (figures != NULL);

  g_ptr_array_sort_with_data (figures, compare_places, (gpointer) here);
}

const RetourStockFigure *
retour_stock_find (const GPtrArray *figures, const char *place)
{
  for (guint i = 0; figures != NULL && i < figures->len; i++)
    {
      const RetourStockFigure *figure = figures->pdata[i];

      if (place != NULL && g_strcmp0 (figure->place, place) == 0)
        return figure;
    }
  return NULL;
}

GPtrArray *
retour_stock_copy (const GPtrArray *figures)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_stock_figure_free);

  for (guint i = 0; figures != NULL && i < figures->len; i++)
    {
      const RetourStockFigure *figure = figures->pdata[i];
      RetourStockFigure *copy = g_memdup2 (figure, sizeof *figure);

      copy->place = g_strdup (figure->place);
      copy->name = g_strdup (figure->name);
      g_ptr_array_add (copies, copy);
    }
  return copies;
}

gboolean
retour_stock_is_old (const RetourStockFigure *figure, RetourInstant now, gboolean offline)
{
  g_return_val_if_fail (figure != NULL, TRUE);

  return offline || figure->at == RETOUR_INSTANT_NONE || now - figure->at > RETOUR_STOCK_FRESH;
}

gboolean
retour_stock_needs_check (const RetourStockFigure *figure, gint64 units, RetourInstant now, gboolean offline)
{
  return figure == NULL || figure->quantity < units || retour_stock_is_old (figure, now, offline);
}
