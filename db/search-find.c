/* SPDX-License-Identifier: Apache-2.0 */
/* Each pack is asked for its slots that have all terms; then the packs and the tail are walked together, newest first, until
 * there are enough. Where a word is longer than what the index has of it, the order's own words decide. */
#include "search-find.h"

#include "search-words.h"

#include <string.h>

/* Orders whose own words may be read for one search. */
#define MOST_CHECKED 3000
#define MOST_QUERY_WORDS 16

typedef struct
{
  const char *text;
  char term[RETOUR_LONGEST_TERM];
  gboolean exact;
} QueryWord;

typedef struct
{
  gchar **texts; /* owned */
  QueryWord words[MOST_QUERY_WORDS];
  guint n;
  const char *all; /* the query as one text of words; borrowed */
} Query;

static void
query_clear (Query *query)
{
  g_clear_pointer (&query->texts, g_strfreev);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Query, query_clear)

/* The longest words first: they are the rarest, and a pack without them is done with. */
static int
longest_first (gconstpointer a, gconstpointer b)
{
  const gsize left = strlen (((const QueryWord *) a)->text), right = strlen (((const QueryWord *) b)->text);

  return left < right ? 1 : left > right ? -1 : 0;
}

static void
query_read (Query *query, const char *words)
{
  query->all = words;
  query->texts = g_strsplit (words, " ", -1);
  for (guint i = 0; query->texts[i] != NULL && query->n < MOST_QUERY_WORDS; i++)
    {
      QueryWord *word = &query->words[query->n];

      word->text = query->texts[i][0] == '#' ? query->texts[i] + 1 : query->texts[i];
      if (*word->text == '\0')
        continue;
      retour_term_of_query_word (word->text, word->term, &word->exact);
      query->n++;
    }
  qsort (query->words, query->n, sizeof query->words[0], longest_first);
}

static gboolean
query_is_exact (const Query *query)
{
  for (guint i = 0; i < query->n; i++)
    if (!query->words[i].exact)
      return FALSE;
  return TRUE;
}

gboolean
retour_search_read_term (
    RetourConnection *connection, gint64 pack, const char *term, RetourSlots *slots, gboolean *found, GError **error)
{
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection, "SELECT slots FROM search_postings WHERE pack = :pack AND term = :term",
                                 error);

  if (select == NULL)
    return FALSE;
  retour_bind_integer (select, ":pack", pack);
  retour_bind_text (select, ":term", term);
  if (!retour_connection_step (connection, select, found, error))
    return FALSE;
  if (*found)
    retour_slots_keep (slots, sqlite3_column_blob (select, 0), (gsize) sqlite3_column_bytes (select, 0));
  return TRUE;
}

/* The slots of one pack that have every term; *any FALSE: none. */
static gboolean
search_pack (
    RetourConnection *connection, gint64 pack, const Query *query, RetourSlots *slots, gboolean *any, GError **error)
{
  retour_slots_fill (slots);
  *any = TRUE;
  for (guint i = 0; i < query->n && *any; i++)
    {
      if (!retour_search_read_term (connection, pack, query->words[i].term, slots, any, error))
        return FALSE;
      *any = *any && retour_slots_next (slots, 0) < RETOUR_PACK_SLOTS;
    }
  return TRUE;
}

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
search_tail (RetourConnection *connection, const Query *query, GError **error)
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

static gboolean
add_packs (RetourConnection *connection, const Query *query, GArray *sources, guint *candidates, GError **error)
{
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection, "SELECT pack FROM search_packs WHERE ready ORDER BY pack DESC", error);

  if (select == NULL)
    return FALSE;
  for (;;)
    {
      Source source = { 0 };
      gboolean row = FALSE, any = FALSE;

      if (!retour_connection_step (connection, select, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      source.pack = retour_column_integer (select, 0);
      if (!search_pack (connection, source.pack, query, &source.slots, &any, error))
        return FALSE;
      if (!any)
        continue;
      *candidates += retour_slots_count (&source.slots);
      g_array_append_val (sources, source);
    }
}

/* Every pack and the tail, each at its first order. */
static GArray *
gather (RetourConnection *connection, const Query *query, guint *candidates, GError **error)
{
  g_autoptr (GArray) sources = g_array_new (FALSE, FALSE, sizeof (Source));
  Source tail = { 0 };

  *candidates = 0;
  g_array_set_clear_func (sources, source_clear);
  tail.tail = search_tail (connection, query, error);
  if (tail.tail == NULL)
    return NULL;
  g_array_append_val (sources, tail);
  if (!add_packs (connection, query, sources, candidates, error))
    return NULL;
  for (guint i = 0; i < sources->len; i++)
    if (!source_advance (connection, &g_array_index (sources, Source, i), error))
      return NULL;
  return g_steal_pointer (&sources);
}

static Source *
newest (GArray *sources)
{
  Source *best = NULL;

  for (guint i = 0; i < sources->len; i++)
    {
      Source *source = &g_array_index (sources, Source, i);

      if (!source->done && (best == NULL || is_newer (&source->next, &best->next)))
        best = source;
    }
  return best;
}

static gboolean
has_words (RetourConnection *connection, gint64 n, const Query *query, gboolean *has, GError **error)
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
take_newest (
    RetourConnection *connection, const Query *query, const RetourSearchWish *wish, GArray *sources, GError **error)
{
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (gint64));
  const gboolean exact = query_is_exact (query);
  guint checked = 0;
  Source *source;

  while (taken->len < wish->limit && checked < MAX (wish->limit, MOST_CHECKED) && (source = newest (sources)) != NULL)
    {
      gboolean over;
      gboolean has = is_in_spans (wish, source->next.placed, &over);

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

/* A code longer than what the index has of it, and too many orders share that much: then it is a number, whose own
 * beginnings go further, or it is looked up among the codes. The word to ask by, or NULL. */
static QueryWord *
find_long_code (Query *query)
{
  for (guint i = 0; i < query->n; i++)
    if (!query->words[i].exact && strchr (query->words[i].text, '@') == NULL
        && strpbrk (query->words[i].text, "0123456789") != NULL)
      return &query->words[i];
  return NULL;
}

/* The orders that have a code beginning like this, as the tail's answer would be. */
static GArray *
search_codes (RetourConnection *connection, const Query *query, const char *code, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  g_autofree char *after = g_strconcat (code, "\xf4\x8f\xbf\xbf", NULL);
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (
      connection,
      "SELECT o.n, o.placed_at, w.words FROM (SELECT DISTINCT n FROM order_codes WHERE code >= :code AND code < :after"
      " LIMIT :most) c JOIN orders o ON o.n = c.n JOIN order_words w ON w.n = c.n",
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
take_long_code (
    RetourConnection *connection, Query *query, QueryWord *code, const RetourSearchWish *wish, GError **error)
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
  g_auto (Query) query = { 0 };
  g_autoptr (GArray) sources = NULL;
  guint candidates = 0;
  QueryWord *code;

  query_read (&query, wish->words);
  if (query.n == 0)
    return g_array_new (FALSE, FALSE, sizeof (gint64));
  sources = gather (connection, &query, &candidates, error);
  if (sources == NULL)
    return NULL;
  code = find_long_code (&query);
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
  g_auto (Query) query = { 0 };
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection, "SELECT pack FROM search_packs WHERE ready ORDER BY pack DESC", error);

  if (select == NULL)
    return FALSE;
  query_read (&query, words);
  *pack = 0;
  for (;;)
    {
      RetourSlots slots;
      gboolean row = FALSE, any = FALSE;
      gint64 number;

      if (!retour_connection_step (connection, select, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      number = retour_column_integer (select, 0);
      if (!search_pack (connection, number, &query, &slots, &any, error))
        return FALSE;
      if (!any)
        continue;
      if (!find_in_slots (connection, number, &slots, n, slot, error))
        return FALSE;
      if (*slot < RETOUR_PACK_SLOTS)
        {
          *pack = number;
          return TRUE;
        }
    }
}
