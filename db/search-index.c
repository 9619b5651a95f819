/* SPDX-License-Identifier: Apache-2.0 */
/* The writing half: the tail, and how it becomes packs.
 *
 * The open pack takes new orders, in memory and as rows of the tail. When it is full it is closed and written piece by piece,
 * while a new one is open; until its row says ready, searches read its orders in the tail. What is in memory mirrors the
 * tail: after a start or a rollback it is read again. */
#include "search-index.h"

#include "order-codes.h"
#include "search-find.h"
#include "search-pack.h"

#include <string.h>

/* Terms that one statement writes. */
#define TERMS_AT_ONCE 8
/* Packs whose orders' codes are gathered at once. */
#define PACKS_BETWEEN_CODES 4
/* How many codes go at once, in steps of retour_order_codes_gather, once there are that many packs: the more codes there are,
 * the more pages as many new ones change. It comes to some 400 pages, which a commit writes in a few milliseconds. */
#define STEPS_AT_ONCE(packs) (3 + 2000 / (packs))

typedef enum
{
  STAGE_TERMS,
  STAGE_SLOTS,
  STAGE_TAIL,  /* written and ready; its rows in the tail go */
  STAGE_CODES, /* after every few packs: the codes of their orders are gathered */
} Stage;

typedef struct
{
  RetourPack *open;
  RetourPack *closing; /* NULL: none */
  Stage stage;
  guint next_slot;
} SearchIndex;

static void
search_index_free (gpointer data)
{
  SearchIndex *self = data;

  if (self == NULL)
    return;
  retour_pack_free (self->open);
  retour_pack_free (self->closing);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SearchIndex, search_index_free)

static gboolean
read_tail (RetourConnection *connection, RetourPack *pack, GError **error)
{
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection, "SELECT n, placed, words FROM search_tail WHERE pack = :pack", error);

  if (select == NULL)
    return FALSE;
  retour_bind_integer (select, ":pack", retour_pack_get_number (pack));
  for (;;)
    {
      gboolean row = FALSE;

      if (!retour_connection_step (connection, select, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      retour_pack_add (pack, retour_column_integer (select, 0), retour_column_integer (select, 1),
                       retour_column_text (select, 2));
    }
}

/* What an interrupted program had begun to write of a pack is written again from the tail. */
static gboolean
forget_unfinished (RetourConnection *connection, gint64 pack, GError **error)
{
  sqlite3_stmt *postings =
      retour_connection_prepare (connection, "DELETE FROM search_postings WHERE shelf = :pack", error);
  sqlite3_stmt *slots = retour_connection_prepare (connection, "DELETE FROM search_slots WHERE pack = :pack", error);

  if (postings == NULL || slots == NULL)
    return FALSE;
  retour_bind_integer (postings, ":pack", pack);
  retour_bind_integer (slots, ":pack", pack);
  return retour_connection_run (connection, postings, error) && retour_connection_run (connection, slots, error);
}

static gboolean
read_packs (RetourConnection *connection, gint64 *last, gint64 *unfinished, GError **error)
{
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (
      connection,
      "SELECT coalesce (max (pack), 0), coalesce ((SELECT pack FROM search_packs WHERE NOT ready), 0) FROM search_packs",
      error);
  gboolean row = FALSE;

  if (select == NULL || !retour_connection_step (connection, select, &row, error))
    return FALSE;
  *last = retour_column_integer (select, 0);
  *unfinished = retour_column_integer (select, 1);
  return TRUE;
}

static gboolean
drop_finished_tail (RetourConnection *connection, gint64 first_unfinished, GError **error)
{
  sqlite3_stmt *drop =
      retour_connection_prepare (connection, "DELETE FROM search_tail WHERE pack < :first_unfinished", error);

  if (drop == NULL)
    return FALSE;
  retour_bind_integer (drop, ":first_unfinished", first_unfinished);
  return retour_connection_run (connection, drop, error);
}

/* The index in memory, read from the tail when it is not there. */
static SearchIndex *
get_index (RetourConnection *connection, GError **error)
{
  g_autoptr (SearchIndex) self = NULL;
  gint64 last = 0, unfinished = 0;

  if (retour_connection_get_mirror (connection) != NULL)
    return retour_connection_get_mirror (connection);
  if (!read_packs (connection, &last, &unfinished, error))
    return NULL;
  self = g_new0 (SearchIndex, 1);
  self->open = retour_pack_new (last + 1);
  if (!drop_finished_tail (connection, unfinished != 0 ? unfinished : last + 1, error)
      || !read_tail (connection, self->open, error))
    return NULL;
  if (unfinished != 0)
    {
      self->closing = retour_pack_new (unfinished);
      if (!forget_unfinished (connection, unfinished, error) || !read_tail (connection, self->closing, error))
        return NULL;
      retour_pack_close (self->closing);
    }
  retour_connection_set_mirror (connection, self, search_index_free);
  retour_connection_touch_mirror (connection);
  return g_steal_pointer (&self);
}

static gboolean
insert_pack (RetourConnection *connection, const RetourPack *pack, GError **error)
{
  sqlite3_stmt *insert = retour_connection_prepare (
      connection, "INSERT INTO search_packs (pack, slots, newest, ready) VALUES (:pack, :slots, :newest, 0)", error);

  if (insert == NULL)
    return FALSE;
  retour_bind_integer (insert, ":pack", retour_pack_get_number (pack));
  retour_bind_integer (insert, ":slots", retour_pack_get_length (pack));
  retour_bind_integer (insert, ":newest", retour_pack_get_newest (pack));
  return retour_connection_run (connection, insert, error);
}

/* Only one pack is written at a time: one that is still under way is finished first. */
static gboolean
close_open_pack (RetourConnection *connection, SearchIndex *self, GError **error)
{
  gboolean more = self->closing != NULL;

  while (more)
    if (!retour_search_index_pack (connection, NULL, NULL, &more, error))
      return FALSE;
  self->closing = self->open;
  self->stage = STAGE_TERMS;
  self->next_slot = 0;
  self->open = retour_pack_new (retour_pack_get_number (self->closing) + 1);
  retour_pack_close (self->closing);
  return insert_pack (connection, self->closing, error);
}

gboolean
retour_search_index_add (
    RetourConnection *connection, gint64 n, RetourInstant placed_at, const char *words, GError **error)
{
  const gint64 placed = placed_at / RETOUR_SECOND;
  SearchIndex *self = get_index (connection, error);
  sqlite3_stmt *insert =
      retour_connection_prepare (connection,
                                 "INSERT INTO search_tail (pack, n, placed, words) VALUES (:pack, :n, :placed, :words)",
                                 error);

  if (self == NULL || insert == NULL)
    return FALSE;
  retour_connection_touch_mirror (connection);
  if (retour_pack_get_length (self->open) == RETOUR_PACK_SLOTS && !close_open_pack (connection, self, error))
    return FALSE;
  retour_bind_integer (insert, ":pack", retour_pack_get_number (self->open));
  retour_bind_integer (insert, ":n", n);
  retour_bind_integer (insert, ":placed", placed);
  retour_bind_text (insert, ":words", words);
  if (!retour_connection_run (connection, insert, error))
    return FALSE;
  retour_pack_add (self->open, n, placed, words);
  return TRUE;
}

/* A term as it is written. */
typedef struct
{
  const char *term;
  guint8 slots[sizeof (RetourSlots)];
  gsize length; /* 0: of no order, and no row */
} Posting;

static void
posting_set (Posting *self, const char *term, const RetourSlots *slots)
{
  self->term = term;
  self->length = retour_slots_write (slots, self->slots);
}

static gboolean
write_posting (RetourConnection *connection, gint64 shelf, gint64 pack, const Posting *posting, GError **error)
{
  sqlite3_stmt *insert;

  if (posting->length == 0)
    return TRUE;
  insert = retour_connection_prepare (
      connection, "INSERT INTO search_postings (shelf, term, pack, slots) VALUES (:shelf, :term, :pack, :slots)",
      error);
  if (insert == NULL)
    return FALSE;
  retour_bind_integer (insert, ":shelf", shelf);
  retour_bind_text (insert, ":term", posting->term);
  retour_bind_integer (insert, ":pack", pack);
  retour_bind_bytes (insert, ":slots", posting->slots, posting->length);
  return retour_connection_run (connection, insert, error);
}

#define ROW(i) "(:pack, :term" i ", :pack, :slots" i ")"

/* Of ascending terms, which SQLite then need not look up the place for again and again: half the time of one by one. */
static gboolean
write_postings (RetourConnection *connection, gint64 pack, const Posting postings[TERMS_AT_ONCE], GError **error)
{
  static const char sql[] = "INSERT INTO search_postings (shelf, term, pack, slots) VALUES" ROW ("0") "," ROW (
      "1") "," ROW ("2") "," ROW ("3") "," ROW ("4") "," ROW ("5") "," ROW ("6") "," ROW ("7");
  static const char *const names[TERMS_AT_ONCE][2] = { { ":term0", ":slots0" }, { ":term1", ":slots1" },
                                                       { ":term2", ":slots2" }, { ":term3", ":slots3" },
                                                       { ":term4", ":slots4" }, { ":term5", ":slots5" },
                                                       { ":term6", ":slots6" }, { ":term7", ":slots7" } };
  sqlite3_stmt *insert = retour_connection_prepare (connection, sql, error);

  if (insert == NULL)
    return FALSE;
  retour_bind_integer (insert, ":pack", pack);
  for (guint i = 0; i < TERMS_AT_ONCE; i++)
    {
      retour_bind_text (insert, names[i][0], postings[i].term);
      retour_bind_bytes (insert, names[i][1], postings[i].slots, postings[i].length);
    }
  return retour_connection_run (connection, insert, error);
}

#undef ROW

/* The pack's next few terms; *more FALSE: those were the last. */
static gboolean
write_terms (RetourConnection *connection, RetourPack *pack, gboolean *more, GError **error)
{
  const gint64 number = retour_pack_get_number (pack);
  Posting postings[TERMS_AT_ONCE];
  RetourSlots slots;
  const char *term = NULL;
  guint n = 0;

  while (n < TERMS_AT_ONCE && (term = retour_pack_next_term (pack, &slots)) != NULL)
    {
      posting_set (&postings[n], term, &slots);
      n += postings[n].length > 0;
    }
  *more = term != NULL;
  if (n == TERMS_AT_ONCE)
    return write_postings (connection, number, postings, error);
  for (guint i = 0; i < n; i++)
    if (!write_posting (connection, number, number, &postings[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
write_slot (RetourConnection *connection, const RetourPack *pack, guint slot, GError **error)
{
  sqlite3_stmt *insert;
  gint64 n, placed;

  if (!retour_pack_get_order (pack, slot, &n, &placed))
    return TRUE;
  insert =
      retour_connection_prepare (connection,
                                 "INSERT INTO search_slots (pack, slot, n, placed) VALUES (:pack, :slot, :n, :placed)",
                                 error);
  if (insert == NULL)
    return FALSE;
  retour_bind_integer (insert, ":pack", retour_pack_get_number (pack));
  retour_bind_integer (insert, ":slot", slot);
  retour_bind_integer (insert, ":n", n);
  retour_bind_integer (insert, ":placed", placed);
  return retour_connection_run (connection, insert, error);
}

static gboolean
mark_ready (RetourConnection *connection, gint64 pack, GError **error)
{
  sqlite3_stmt *update =
      retour_connection_prepare (connection, "UPDATE search_packs SET ready = 1 WHERE pack = :pack", error);

  if (update == NULL)
    return FALSE;
  retour_bind_integer (update, ":pack", pack);
  return retour_connection_run (connection, update, error);
}

/* *gone: nothing of the pack is left in the tail. */
static gboolean
drop_some_tail (RetourConnection *connection, gint64 pack, gboolean *gone, GError **error)
{
  sqlite3_stmt *drop =
      retour_connection_prepare (connection,
                                 "DELETE FROM search_tail WHERE pack = :pack AND n <= (SELECT max (n) FROM"
                                 " (SELECT n FROM search_tail WHERE pack = :pack ORDER BY n LIMIT 256))",
                                 error);

  if (drop == NULL)
    return FALSE;
  retour_bind_integer (drop, ":pack", pack);
  if (!retour_connection_run (connection, drop, error))
    return FALSE;
  *gone = retour_connection_changes (connection) == 0;
  return TRUE;
}

static gboolean
write_some (RetourConnection *connection, SearchIndex *self, GError **error)
{
  const gint64 number = retour_pack_get_number (self->closing);
  gboolean gone = FALSE, more = TRUE;

  switch (self->stage)
    {
    case STAGE_TERMS:
      for (guint i = 0; i < 8 && more; i++)
        if (!write_terms (connection, self->closing, &more, error))
          return FALSE;
      if (!more)
        self->stage = STAGE_SLOTS;
      return TRUE;
    case STAGE_SLOTS:
      for (guint i = 0; i < 64; i++)
        {
          if (self->next_slot == retour_pack_get_length (self->closing))
            {
              self->stage = STAGE_TAIL;
              return mark_ready (connection, number, error);
            }
          if (!write_slot (connection, self->closing, self->next_slot++, error))
            return FALSE;
        }
      return TRUE;
    case STAGE_TAIL:
      if (!drop_some_tail (connection, number, &gone, error))
        return FALSE;
      if (gone && number % PACKS_BETWEEN_CODES == 0)
        self->stage = STAGE_CODES;
      else if (gone)
        g_clear_pointer (&self->closing, retour_pack_free);
      return TRUE;
    case STAGE_CODES:
      if (!retour_order_codes_gather (connection, &more, error))
        return FALSE;
      if (!more)
        g_clear_pointer (&self->closing, retour_pack_free);
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

gboolean
retour_search_index_pack (
    RetourConnection *connection, RetourPause pause, gpointer user_data, gboolean *more, GError **error)
{
  SearchIndex *self = get_index (connection, error);
  gint64 steps = 0;

  if (self == NULL)
    return FALSE;
  while (self->closing != NULL)
    {
      steps += self->stage == STAGE_CODES;
      retour_connection_touch_mirror (connection);
      if (!write_some (connection, self, error))
        return FALSE;
      if (pause != NULL
          && (pause (user_data)
              || (self->closing != NULL && steps >= STEPS_AT_ONCE (retour_pack_get_number (self->closing)))))
        break;
    }
  *more = self->closing != NULL;
  return TRUE;
}

static gboolean
remove_from_tail (RetourConnection *connection, const RetourPack *pack, gint64 n, gboolean *removed, GError **error)
{
  sqlite3_stmt *drop =
      retour_connection_prepare (connection, "DELETE FROM search_tail WHERE pack = :pack AND n = :n", error);

  if (drop == NULL)
    return FALSE;
  retour_bind_integer (drop, ":pack", retour_pack_get_number (pack));
  retour_bind_integer (drop, ":n", n);
  if (!retour_connection_run (connection, drop, error))
    return FALSE;
  *removed = retour_connection_changes (connection) > 0;
  return TRUE;
}

typedef struct
{
  RetourConnection *connection;
  gint64 pack;
  guint slot;
  GError *error; /* the first, then nothing more is done */
} Removal;

/* Takes the row of one term of the pack away, wherever it stands; *shelf 0: there was none. */
static gboolean
take_term (
    RetourConnection *connection, gint64 pack, const char *term, RetourSlots *slots, gint64 *shelf, GError **error)
{
  g_autoptr (sqlite3_stmt) drop = retour_connection_prepare (
      connection,
      "DELETE FROM search_postings WHERE shelf IN (SELECT shelf FROM search_shelves UNION ALL SELECT :pack)"
      " AND term = :term AND pack = :pack RETURNING shelf, slots",
      error);
  gboolean row = FALSE;

  if (drop == NULL)
    return FALSE;
  retour_bind_integer (drop, ":pack", pack);
  retour_bind_text (drop, ":term", term);
  if (!retour_connection_step (connection, drop, &row, error))
    return FALSE;
  *shelf = row ? retour_column_integer (drop, 0) : 0;
  retour_slots_fill (slots);
  if (row)
    retour_slots_keep (slots, sqlite3_column_blob (drop, 1), (gsize) sqlite3_column_bytes (drop, 1));
  return TRUE;
}

static void
remove_term (const char *term, gpointer user_data)
{
  Removal *removal = user_data;
  RetourSlots slots;
  Posting posting;
  gint64 shelf = 0;

  if (removal->error != NULL || !take_term (removal->connection, removal->pack, term, &slots, &shelf, &removal->error)
      || shelf == 0)
    return;
  retour_slots_remove (&slots, removal->slot);
  posting_set (&posting, term, &slots);
  if (!write_posting (removal->connection, shelf, removal->pack, &posting, &removal->error))
    g_assert (removal->error != NULL);
}

static gboolean
remove_from_pack (RetourConnection *connection, gint64 pack, guint slot, const char *words, GError **error)
{
  Removal removal = { connection, pack, slot, NULL };
  sqlite3_stmt *drop =
      retour_connection_prepare (connection, "DELETE FROM search_slots WHERE pack = :pack AND slot = :slot", error);

  if (drop == NULL)
    return FALSE;
  retour_terms_each (words, remove_term, &removal);
  if (removal.error != NULL)
    {
      g_propagate_error (error, removal.error);
      return FALSE;
    }
  retour_bind_integer (drop, ":pack", pack);
  retour_bind_integer (drop, ":slot", slot);
  return retour_connection_run (connection, drop, error);
}

gboolean
retour_search_index_remove (RetourConnection *connection, gint64 n, const char *words, GError **error)
{
  SearchIndex *self = get_index (connection, error);
  gboolean removed = FALSE;
  gint64 pack = 0;
  guint slot = 0;

  if (self == NULL)
    return FALSE;
  retour_connection_touch_mirror (connection);
  if (!remove_from_tail (connection, self->open, n, &removed, error))
    return FALSE;
  if (removed)
    {
      retour_pack_remove (self->open, n, NULL);
      return TRUE;
    }
  if (self->closing != NULL && retour_pack_remove (self->closing, n, &slot))
    return remove_from_tail (connection, self->closing, n, &removed, error)
           && remove_from_pack (connection, retour_pack_get_number (self->closing), slot, words, error);
  if (!retour_search_find_slot (connection, n, words, &pack, &slot, error))
    return FALSE;
  return pack == 0 || remove_from_pack (connection, pack, slot, words, error);
}
