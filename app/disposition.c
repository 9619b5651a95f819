/* SPDX-License-Identifier: Apache-2.0 */
#include "disposition.h"

#include <string.h>

#define TRANSFER_PREFIX RETOUR_DISPOSITION_TRANSFER ":"

const RetourStockFigure *
retour_disposition_find_place (const GPtrArray *figures, const char *place)
{
  for (guint i = 0; figures != NULL && i < figures->len; i++)
    {
      const RetourStockFigure *figure = g_ptr_array_index (figures, i);

      if (g_strcmp0 (figure->place, place) == 0)
        return figure;
    }
  return NULL;
}

const RetourStockFigure *
retour_disposition_find_sold_out (const GPtrArray *figures, const char *here)
{
  const RetourStockFigure *own = retour_disposition_find_place (figures, here);

  if (own == NULL || own->quantity <= 0)
    return NULL;
  for (guint i = 0; i < figures->len; i++)
    {
      const RetourStockFigure *figure = g_ptr_array_index (figures, i);

      if (figure != own && figure->quantity <= 0 && g_str_has_prefix (figure->place, "store:"))
        return figure;
    }
  return NULL;
}

char *
retour_disposition_suggest (const char *grade, const GPtrArray *figures, const char *here)
{
  const RetourStockFigure *sold_out;

  if (g_strcmp0 (grade, "C") == 0)
    return g_strdup (RETOUR_DISPOSITION_RESALE);
  if (g_strcmp0 (grade, "A") != 0 && g_strcmp0 (grade, "B") != 0)
    return g_strdup (RETOUR_DISPOSITION_OTHER);
  sold_out = retour_disposition_find_sold_out (figures, here);
  return sold_out != NULL ? retour_disposition_new_transfer (sold_out->place) : g_strdup (RETOUR_DISPOSITION_RESTOCK);
}

const char *
retour_disposition_get_place (const char *disposition)
{
  return disposition != NULL && g_str_has_prefix (disposition, TRANSFER_PREFIX) ? disposition + strlen (TRANSFER_PREFIX)
                                                                                : NULL;
}

char *
retour_disposition_new_transfer (const char *place)
{
  return g_strconcat (TRANSFER_PREFIX, place, NULL);
}

char *
retour_disposition_get_code (const char *disposition)
{
  return retour_disposition_get_place (disposition) != NULL ? g_strdup (RETOUR_DISPOSITION_TRANSFER)
                                                            : g_strdup (disposition);
}
