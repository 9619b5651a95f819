/* SPDX-License-Identifier: Apache-2.0 */
/* A term's rows stand together by shelf: one look for each shelf brings the slots of all its packs. */
#include "search-match.h"

#include <string.h>

/* Every pack that is ready, with all slots, by ascending number. */
static GArray *
list_packs (RetourConnection *connection, GError **error)
{
  g_autoptr (GArray) packs = g_array_new (FALSE, TRUE, sizeof (RetourPackMatch));
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection, "SELECT pack, newest FROM search_packs WHERE ready ORDER BY pack", error);

  if (select == NULL)
    return NULL;
  for (;;)
    {
      RetourPackMatch *match;
      gboolean row = FALSE;

      if (!retour_connection_step (connection, select, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&packs);
      g_array_set_size (packs, packs->len + 1);
      match = &g_array_index (packs, RetourPackMatch, packs->len - 1);
      match->pack = retour_column_integer (select, 0);
      match->newest = retour_column_integer (select, 1);
      retour_slots_fill (&match->slots);
    }
}

static GArray *
list_shelves (RetourConnection *connection, GError **error)
{
  g_autoptr (GArray) shelves = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (
      connection,
      "SELECT shelf FROM search_shelves UNION ALL SELECT pack FROM search_packs WHERE ready AND shelf IS NULL", error);

  if (select == NULL)
    return NULL;
  for (;;)
    {
      gboolean row = FALSE;
      gint64 shelf;

      if (!retour_connection_step (connection, select, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&shelves);
      shelf = retour_column_integer (select, 0);
      g_array_append_val (shelves, shelf);
    }
}

static int
compare_packs (gconstpointer a, gconstpointer b)
{
  const gint64 left = ((const RetourPackMatch *) a)->pack, right = ((const RetourPackMatch *) b)->pack;

  return left < right ? -1 : left > right;
}

static RetourPackMatch *
find_pack (GArray *packs, gint64 pack)
{
  const RetourPackMatch wanted = { .pack = pack };

  return bsearch (&wanted, packs->data, packs->len, sizeof wanted, compare_packs);
}

/* The nth word of a query, on one shelf. *any is set where something is left. */
static gboolean
match_on_shelf (RetourConnection *connection,
                gint64 shelf,
                const char *term,
                guint nth,
                GArray *packs,
                gboolean *any,
                GError **error)
{
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection,
                                 "SELECT pack, slots FROM search_postings WHERE shelf = :shelf AND term = :term",
                                 error);

  if (select == NULL)
    return FALSE;
  retour_bind_integer (select, ":shelf", shelf);
  retour_bind_text (select, ":term", term);
  for (;;)
    {
      RetourPackMatch *match;
      gboolean row = FALSE;

      if (!retour_connection_step (connection, select, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      match = find_pack (packs, retour_column_integer (select, 0));
      if (match == NULL || match->matched != nth)
        continue;
      retour_slots_keep (&match->slots, sqlite3_column_blob (select, 1), (gsize) sqlite3_column_bytes (select, 1));
      if (retour_slots_next (&match->slots, 0) == RETOUR_PACK_SLOTS)
        continue;
      match->matched++;
      *any = TRUE;
    }
}

GArray *
retour_search_match (RetourConnection *connection, const RetourSearchQuery *query, GError **error)
{
  g_autoptr (GArray) packs = list_packs (connection, error);
  g_autoptr (GArray) shelves = list_shelves (connection, error);
  gboolean any = TRUE;
  guint kept = 0;

  if (packs == NULL || shelves == NULL)
    return NULL;
  for (guint nth = 0; nth < query->n && any; nth++)
    {
      any = FALSE;
      for (guint i = 0; i < shelves->len; i++)
        if (!match_on_shelf (connection, g_array_index (shelves, gint64, i), query->words[nth].term, nth, packs, &any,
                             error))
          return NULL;
    }
  for (guint i = 0; i < packs->len; i++)
    if (g_array_index (packs, RetourPackMatch, i).matched == query->n)
      g_array_index (packs, RetourPackMatch, kept++) = g_array_index (packs, RetourPackMatch, i);
  g_array_set_size (packs, kept);
  return g_steal_pointer (&packs);
}
