/* SPDX-License-Identifier: Apache-2.0 */
/* A shelf begins when there are sixteen packs without one. Then, term by term in ascending order, the rows of all sixteen go
 * from the packs' own shelves to the new one; what is left on their own tells where to go on after an interruption. */
#include "search-shelf.h"

#define PACKS_ON_A_SHELF 16
/* Terms of one pack that are moved at once, with all that stands before the last of them in the other packs. */
#define TERMS_AT_ONCE 24

/* The shelf being filled, begun if there are enough packs; *shelf 0: nothing to do. */
static gboolean
find_shelf (RetourConnection *connection, gint64 *shelf, GError **error)
{
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection,
                                 "SELECT coalesce ((SELECT shelf FROM search_shelves WHERE NOT complete), 0),"
                                 " (SELECT count (*) FROM search_packs WHERE ready AND shelf IS NULL),"
                                 " (SELECT coalesce (min (shelf), 0) - 1 FROM search_shelves)",
                                 error);
  sqlite3_stmt *insert;
  gboolean row = FALSE;

  if (select == NULL || !retour_connection_step (connection, select, &row, error))
    return FALSE;
  *shelf = retour_column_integer (select, 0);
  if (*shelf != 0 || retour_column_integer (select, 1) < PACKS_ON_A_SHELF)
    return TRUE;
  *shelf = retour_column_integer (select, 2);
  insert =
      retour_connection_prepare (connection, "INSERT INTO search_shelves (shelf, complete) VALUES (:shelf, 0)", error);
  if (insert == NULL)
    return FALSE;
  retour_bind_integer (insert, ":shelf", *shelf);
  return retour_connection_run (connection, insert, error);
}

/* The packs that go on it: the lowest ones without a shelf. */
static GArray *
list_packs (RetourConnection *connection, GError **error)
{
  g_autoptr (GArray) packs = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (
      connection, "SELECT pack FROM search_packs WHERE ready AND shelf IS NULL ORDER BY pack LIMIT :most", error);

  if (select == NULL)
    return NULL;
  retour_bind_integer (select, ":most", PACKS_ON_A_SHELF);
  for (;;)
    {
      gboolean row = FALSE;
      gint64 pack;

      if (!retour_connection_step (connection, select, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&packs);
      pack = retour_column_integer (select, 0);
      g_array_append_val (packs, pack);
    }
}

/* The term up to which the rows of all packs are moved next, the caller's; NULL without error: the pack has none left. */
static char *
find_last_term (RetourConnection *connection, gint64 pack, GError **error)
{
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (
      connection,
      "SELECT max (term) FROM (SELECT term FROM search_postings WHERE shelf = :pack ORDER BY term LIMIT :terms)",
      error);
  gboolean row = FALSE;

  if (select == NULL)
    return NULL;
  retour_bind_integer (select, ":pack", pack);
  retour_bind_integer (select, ":terms", TERMS_AT_ONCE);
  if (!retour_connection_step (connection, select, &row, error) || !row)
    return NULL;
  return retour_column_dup_text (select, 0);
}

typedef struct
{
  char *term;
  gint64 pack;
  GBytes *slots;
} Posting;

static void
posting_clear (gpointer data)
{
  Posting *posting = data;

  g_free (posting->term);
  g_bytes_unref (posting->slots);
}

static int
compare_postings (gconstpointer a, gconstpointer b)
{
  const Posting *left = a, *right = b;
  const int order = g_strcmp0 (left->term, right->term);

  return order != 0 ? order : left->pack < right->pack ? -1 : left->pack > right->pack;
}

static gboolean
take_postings (RetourConnection *connection, gint64 pack, const char *last, GArray *postings, GError **error)
{
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection,
                                 "SELECT term, slots FROM search_postings WHERE shelf = :pack AND term <= :last",
                                 error);
  sqlite3_stmt *drop;

  if (select == NULL)
    return FALSE;
  retour_bind_integer (select, ":pack", pack);
  retour_bind_text (select, ":last", last);
  for (;;)
    {
      Posting posting = { NULL, pack, NULL };
      gboolean row = FALSE;

      if (!retour_connection_step (connection, select, &row, error))
        return FALSE;
      if (!row)
        break;
      posting.term = retour_column_dup_text (select, 0);
      posting.slots = g_bytes_new (sqlite3_column_blob (select, 1), (gsize) sqlite3_column_bytes (select, 1));
      g_array_append_val (postings, posting);
    }
  drop = retour_connection_prepare (connection, "DELETE FROM search_postings WHERE shelf = :pack AND term <= :last",
                                    error);
  if (drop == NULL)
    return FALSE;
  retour_bind_integer (drop, ":pack", pack);
  retour_bind_text (drop, ":last", last);
  return retour_connection_run (connection, drop, error);
}

static gboolean
put_posting (RetourConnection *connection, gint64 shelf, const Posting *posting, GError **error)
{
  gsize length = 0;
  const void *bytes = g_bytes_get_data (posting->slots, &length);
  sqlite3_stmt *insert = retour_connection_prepare (
      connection, "INSERT INTO search_postings (shelf, term, pack, slots) VALUES (:shelf, :term, :pack, :slots)",
      error);

  if (insert == NULL)
    return FALSE;
  retour_bind_integer (insert, ":shelf", shelf);
  retour_bind_text (insert, ":term", posting->term);
  retour_bind_integer (insert, ":pack", posting->pack);
  retour_bind_bytes (insert, ":slots", bytes, length);
  return retour_connection_run (connection, insert, error);
}

static gboolean
move_up_to (RetourConnection *connection, gint64 shelf, const GArray *packs, const char *last, GError **error)
{
  g_autoptr (GArray) postings = g_array_new (FALSE, FALSE, sizeof (Posting));

  g_array_set_clear_func (postings, posting_clear);
  for (guint i = 0; i < packs->len; i++)
    if (!take_postings (connection, g_array_index (packs, gint64, i), last, postings, error))
      return FALSE;
  g_array_sort (postings, compare_postings);
  for (guint i = 0; i < postings->len; i++)
    if (!put_posting (connection, shelf, &g_array_index (postings, Posting, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
complete_shelf (RetourConnection *connection, gint64 shelf, const GArray *packs, GError **error)
{
  sqlite3_stmt *complete =
      retour_connection_prepare (connection, "UPDATE search_shelves SET complete = 1 WHERE shelf = :shelf", error);

  if (complete == NULL)
    return FALSE;
  for (guint i = 0; i < packs->len; i++)
    {
      sqlite3_stmt *update =
          retour_connection_prepare (connection, "UPDATE search_packs SET shelf = :shelf WHERE pack = :pack", error);

      if (update == NULL)
        return FALSE;
      retour_bind_integer (update, ":shelf", shelf);
      retour_bind_integer (update, ":pack", g_array_index (packs, gint64, i));
      if (!retour_connection_run (connection, update, error))
        return FALSE;
    }
  retour_bind_integer (complete, ":shelf", shelf);
  return retour_connection_run (connection, complete, error);
}

/* Moves the next few terms; *moved FALSE: all are moved. */
static gboolean
move_some (RetourConnection *connection, gint64 shelf, const GArray *packs, gboolean *moved, GError **error)
{
  g_autofree char *last = NULL;

  for (guint i = 0; i < packs->len && last == NULL; i++)
    {
      g_autoptr (GError) failure = NULL;

      last = find_last_term (connection, g_array_index (packs, gint64, i), &failure);
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  *moved = last != NULL;
  return last == NULL || move_up_to (connection, shelf, packs, last, error);
}

typedef struct
{
  RetourPause pause;
  gpointer user_data;
  gboolean more;
} Shelving;

static gboolean
shelve_body (RetourConnection *connection, gpointer data, GError **error)
{
  Shelving *shelving = data;
  g_autoptr (GArray) packs = NULL;
  gboolean moved = TRUE;
  gint64 shelf = 0;

  shelving->more = FALSE;
  if (!find_shelf (connection, &shelf, error))
    return FALSE;
  if (shelf == 0)
    return TRUE;
  packs = list_packs (connection, error);
  if (packs == NULL)
    return FALSE;
  shelving->more = TRUE;
  while (moved)
    {
      if (!move_some (connection, shelf, packs, &moved, error))
        return FALSE;
      if (moved && shelving->pause != NULL && shelving->pause (shelving->user_data))
        return TRUE;
    }
  return complete_shelf (connection, shelf, packs, error);
}

gboolean
retour_search_shelve (
    RetourConnection *connection, RetourPause pause, gpointer user_data, gboolean *more, GError **error)
{
  Shelving shelving = { pause, user_data, FALSE };

  if (!retour_connection_transact (connection, shelve_body, &shelving, error))
    return FALSE;
  *more = shelving.more;
  return TRUE;
}
