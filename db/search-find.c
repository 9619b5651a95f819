/* SPDX-License-Identifier: Apache-2.0 */
/* Each pack is asked for its slots that have all terms; then the packs and the tail are walked together, newest first, until
 * there are enough. Where a word is longer than what the index has of it, the order's own words decide. */
#include "search-find.h"

#include "search-match.h"
#include "search-words.h"

#include <string.h>

/* Orders whose own words may be read for one search. */
#define MOST_CHECKED 3000

typedef struct
{
  gint64 n, placed;
} Found;

/* One pack's answer, or the tail's (pack 0, which has them all already); `next` is the one to be taken next. */
typedef struct
{
  gint64 pack;
  RetourSlots slots;
  guint slot;
  GArray *tail; /* Found, newest first */
  Found next;
  gboolean done;
} Source;

static void
source_clear (gpointer data)
{
  g_clear_pointer (&((Source *) data)->tail, g_array_unref);
}

static gboolean
read_slot (RetourConnection *connection, gint64 pack, guint slot, Found *order, gboolean *found, GError **error)
{
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection, "SELECT n, placed FROM search_slots WHERE pack = :pack AND slot = :slot",
                                 error);

  if (select == NULL)
    return FALSE;
  retour_bind_integer (select, ":pack", pack);
  retour_bind_integer (select, ":slot", slot);
  if (!retour_connection_step (connection, select, found, error))
    return FALSE;
  if (*found)
    *order = (Found){ retour_column_integer (select, 0), retour_column_integer (select, 1) };
  return TRUE;
}

/* Sets `next` to the first one from `slot` on. */
static gboolean
source_advance (RetourConnection *connection, Source *source, GError **error)
{
  gboolean found = FALSE;

  if (source->tail != NULL)
    {
      source->done = source->slot >= source->tail->len;
      if (!source->done)
        source->next = g_array_index (source->tail, Found, source->slot++);
      return TRUE;
    }
  while (!found)
    {
      source->slot = retour_slots_next (&source->slots, source->slot);
      if (source->slot >= RETOUR_PACK_SLOTS)
        {
          source->done = TRUE;
          return TRUE;
        }
      if (!read_slot (connection, source->pack, source->slot, &source->next, &found, error))
        return FALSE;
      source->slot++;
    }
  return TRUE;
}

static gboolean
is_newer (const Found *a, const Found *b)
{
  return a->placed > b->placed || (a->placed == b->placed && a->n > b->n);
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  return is_newer (a, b) ? -1 : is_newer (b, a) ? 1 : 0;
}

/* The tail has the words themselves. */
static GArray *
search_tail (RetourConnection *connection, const RetourSearchQuery *query, GError **error)
{
  g_autoptr (GArray) tail = g_array_new (FALSE, FALSE, sizeof (Found));
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection,
                                 "SELECT n, placed, words FROM search_tail WHERE pack >"
                                 " (SELECT coalesce (max (pack), 0) FROM search_packs WHERE ready)",
                                 error);

  if (select == NULL)
    return NULL;
  for (;;)
    {
      gboolean row = FALSE;
      Found order;

      if (!retour_connection_step (connection, select, &row, error))
        return NULL;
      if (!row)
        break;
      if (!retour_words_begin_with_all (retour_column_text (select, 2), query->all))
        continue;
      order = (Found){ retour_column_integer (select, 0), retour_column_integer (select, 1) };
      g_array_append_val (tail, order);
    }
  g_array_sort (tail, newest_first);
  return g_steal_pointer (&tail);
}

/* A pack is opened when its newest order may be the next one: most searches are done before the older packs' turn. */
static GArray *
gather (RetourConnection *connection, const RetourSearchQuery *query, guint *candidates, GError **error)
{
  g_autoptr (GArray) sources = g_array_new (FALSE, FALSE, sizeof (Source));
  g_autoptr (GArray) packs = retour_search_match (connection, query, error);
  Source tail = { 0 };

  if (packs == NULL)
    return NULL;
  *candidates = 0;
  g_array_set_clear_func (sources, source_clear);
  tail.tail = search_tail (connection, query, error);
  if (tail.tail == NULL)
    return NULL;
  g_array_append_val (sources, tail);
  if (!source_advance (connection, &g_array_index (sources, Source, 0), error))
    return NULL;
  for (guint i = 0; i < packs->len; i++)
    {
      const RetourPackMatch *match = &g_array_index (packs, RetourPackMatch, i);
      Source source = { .pack = match->pack, .slots = match->slots, .next = { G_MAXINT64, match->newest } };

      *candidates += retour_slots_count (&source.slots);
      g_array_append_val (sources, source);
    }
  return g_steal_pointer (&sources);
}

static Source *
first_source (GArray *sources)
{
  Source *first = NULL;

  for (guint i = 0; i < sources->len; i++)
    {
      Source *source = &g_array_index (sources, Source, i);

      if (!source->done && (first == NULL || is_newer (&source->next, &first->next)))
        first = source;
    }
  return first;
}

/* *newest: the source whose next order is the newest of all; NULL at the end. */
static gboolean
find_newest (RetourConnection *connection, GArray *sources, Source **newest, GError **error)
{
  while ((*newest = first_source (sources)) != NULL && (*newest)->next.n == G_MAXINT64)
    if (!source_advance (connection, *newest, error))
      return FALSE;
  return TRUE;
}

static gboolean
has_words (RetourConnection *connection, gint64 n, const RetourSearchQuery *query, gboolean *has, GError **error)
{
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection, "SELECT words FROM order_words WHERE n = :n", error);
  gboolean row = FALSE;

  if (select == NULL)
    return FALSE;
  retour_bind_integer (select, ":n", n);
  if (!retour_connection_step (connection, select, &row, error))
    return FALSE;
  *has = row && retour_words_begin_with_all (retour_column_text (select, 0), query->all);
  return TRUE;
}

/* *over: nothing older is wanted. */
static gboolean
is_in_spans (const RetourSearchWish *wish, gint64 placed, gboolean *over)
{
  *over = wish->n_spans > 0 && placed < wish->spans[wish->n_spans - 1].from;
  for (guint i = 0; i < wish->n_spans; i++)
    if (placed >= wish->spans[i].from && placed < wish->spans[i].to)
      return TRUE;
  return wish->n_spans == 0;
}

static GArray *
take_newest (RetourConnection *connection,
             const RetourSearchQuery *query,
             const RetourSearchWish *wish,
             GArray *sources,
             GError **error)
{
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (gint64));
  const gboolean exact = retour_search_query_is_exact (query);
  guint checked = 0;
  Source *source;

  while (taken->len < wish->limit && checked < MAX (wish->limit, MOST_CHECKED))
    {
      gboolean over = FALSE, has = FALSE;

      if (!find_newest (connection, sources, &source, error))
        return NULL;
      if (source == NULL)
        break;
      has = is_in_spans (wish, source->next.placed, &over);
      if (over)
        break;
      if (has && !exact && source->tail == NULL)
        {
          checked++;
          if (!has_words (connection, source->next.n, query, &has, error))
            return NULL;
        }
      if (has)
        g_array_append_val (taken, source->next.n);
      if (!source_advance (connection, source, error))
        return NULL;
    }
  return g_steal_pointer (&taken);
}

/* The orders that have a code beginning like this, as the tail's answer would be. */
static GArray *
search_codes (RetourConnection *connection, const RetourSearchQuery *query, const char *code, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  g_autofree char *after = g_strconcat (code, "\xf4\x8f\xbf\xbf", NULL);
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (
      connection,
      "SELECT o.n, o.placed_at, w.words FROM (SELECT DISTINCT n FROM"
      " (SELECT n FROM order_codes_tail WHERE code >= :code AND code < :after"
      "  UNION ALL SELECT n FROM order_codes WHERE code >= :code AND code < :after) LIMIT :most) c JOIN orders o ON o.n = c.n JOIN order_words w ON w.n = c.n",
      error);

  if (select == NULL)
    return NULL;
  retour_bind_text (select, ":code", code);
  retour_bind_text (select, ":after", after);
  retour_bind_integer (select, ":most", MOST_CHECKED);
  for (;;)
    {
      gboolean row = FALSE;
      Found order;

      if (!retour_connection_step (connection, select, &row, error))
        return NULL;
      if (!row)
        break;
      if (!retour_words_begin_with_all (retour_column_text (select, 2), query->all))
        continue;
      order = (Found){ retour_column_integer (select, 0), retour_column_integer (select, 1) / RETOUR_SECOND };
      g_array_append_val (found, order);
    }
  g_array_sort (found, newest_first);
  return g_steal_pointer (&found);
}

static GArray *
take_long_code (RetourConnection *connection,
                RetourSearchQuery *query,
                RetourQueryWord *code,
                const RetourSearchWish *wish,
                GError **error)
{
  g_autoptr (GArray) sources = NULL;
  Source codes = { 0 };
  guint candidates = 0;

  if (strlen (code->text) < RETOUR_LONGEST_TERM)
    {
      g_strlcpy (code->term, code->text, sizeof code->term);
      code->exact = TRUE;
      sources = gather (connection, query, &candidates, error);
      if (sources == NULL)
        return NULL;
      if (candidates > 0)
        return take_newest (connection, query, wish, sources, error);
      g_clear_pointer (&sources, g_array_unref);
    }
  codes.tail = search_codes (connection, query, code->text, error);
  if (codes.tail == NULL)
    return NULL;
  sources = g_array_new (FALSE, FALSE, sizeof (Source));
  g_array_set_clear_func (sources, source_clear);
  g_array_append_val (sources, codes);
  if (!source_advance (connection, &g_array_index (sources, Source, 0), error))
    return NULL;
  return take_newest (connection, query, wish, sources, error);
}

GArray *
retour_search_find (RetourConnection *connection, const RetourSearchWish *wish, GError **error)
{
  g_auto (RetourSearchQuery) query = { 0 };
  g_autoptr (GArray) sources = NULL;
  guint candidates = 0;
  RetourQueryWord *code;

  retour_search_query_read (&query, wish->words);
  if (query.n == 0)
    return g_array_new (FALSE, FALSE, sizeof (gint64));
  sources = gather (connection, &query, &candidates, error);
  if (sources == NULL)
    return NULL;
  code = retour_search_query_long_code (&query);
  if (candidates > MOST_CHECKED && code != NULL)
    return take_long_code (connection, &query, code, wish, error);
  return take_newest (connection, &query, wish, sources, error);
}

/* Looks for order n among the slots that have the words; *slot RETOUR_PACK_SLOTS: not there. */
static gboolean
find_in_slots (
    RetourConnection *connection, gint64 pack, const RetourSlots *slots, gint64 n, guint *slot, GError **error)
{
  for (guint at = retour_slots_next (slots, 0); at < RETOUR_PACK_SLOTS; at = retour_slots_next (slots, at + 1))
    {
      Found there = { 0 };
      gboolean found = FALSE;

      if (!read_slot (connection, pack, at, &there, &found, error))
        return FALSE;
      if (found && there.n == n)
        {
          *slot = at;
          return TRUE;
        }
    }
  *slot = RETOUR_PACK_SLOTS;
  return TRUE;
}

gboolean
retour_search_find_slot (
    RetourConnection *connection, gint64 n, const char *words, gint64 *pack, guint *slot, GError **error)
{
  g_auto (RetourSearchQuery) query = { 0 };
  g_autoptr (GArray) packs = NULL;

  retour_search_query_read (&query, words);
  packs = retour_search_match (connection, &query, error);
  if (packs == NULL)
    return FALSE;
  *pack = 0;
  for (guint i = 0; i < packs->len && *pack == 0; i++)
    {
      const RetourPackMatch *match = &g_array_index (packs, RetourPackMatch, i);

      if (!find_in_slots (connection, match->pack, &match->slots, n, slot, error))
        return FALSE;
      if (*slot < RETOUR_PACK_SLOTS)
        *pack = match->pack;
    }
  return TRUE;
}
