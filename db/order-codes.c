/* SPDX-License-Identifier: Apache-2.0 */
#include "order-codes.h"

#include "search-words.h"

/* Codes that go from the tail to the others at once. */
#define CODES_AT_ONCE 128

static void
add_code (GPtrArray *codes, const char *code)
{
  g_autofree char *plain = NULL;

  if (code == NULL)
    return;
  plain = retour_words_code (code);
  if (*plain != '\0')
    g_ptr_array_add (codes, g_steal_pointer (&plain));
}

/* One may be there twice. */
static GPtrArray *
codes_of (const RetourOrder *order)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func (g_free);

  if (order == NULL)
    return codes;
  add_code (codes, order->number);
  for (guint i = 0; i < order->parcels->len; i++)
    {
      const RetourParcel *parcel = g_ptr_array_index (order->parcels, i);

      add_code (codes, parcel->tracking);
      add_code (codes, parcel->sscc);
    }
  for (guint i = 0; i < order->announced->len; i++)
    add_code (codes, ((const RetourAnnouncement *) g_ptr_array_index (order->announced, i))->label);
  return codes;
}

/* NULL: empty, as the other side of an order that is new or goes. */
static GHashTable *
set_of (const GPtrArray *codes)
{
  GHashTable *set;

  if (codes->len == 0)
    return NULL;
  set = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < codes->len; i++)
    g_hash_table_add (set, g_ptr_array_index (codes, i));
  return set;
}

static gboolean
run_code (RetourConnection *connection, const char *sql, const char *code, gint64 n, GError **error)
{
  sqlite3_stmt *statement = retour_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  retour_bind_text (statement, ":code", code);
  retour_bind_integer (statement, ":n", n);
  return retour_connection_run (connection, statement, error);
}

/* Runs `sql` for each code of `some` that is not in `others`. */
static gboolean
run_codes (RetourConnection *connection,
           const char *sql,
           const GPtrArray *some,
           const GPtrArray *others,
           gint64 n,
           GError **error)
{
  g_autoptr (GHashTable) set = set_of (others);

  for (guint i = 0; i < some->len; i++)
    {
      const char *code = g_ptr_array_index (some, i);

      if ((set == NULL || !g_hash_table_contains (set, code)) && !run_code (connection, sql, code, n, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
retour_order_codes_change (
    RetourConnection *connection, gint64 n, const RetourOrder *before, const RetourOrder *after, GError **error)
{
  g_autoptr (GPtrArray) old_codes = codes_of (before);
  g_autoptr (GPtrArray) new_codes = codes_of (after);

  return run_codes (connection, "DELETE FROM order_codes WHERE code = :code AND n = :n", old_codes, new_codes, n, error)
         && run_codes (connection, "DELETE FROM order_codes_tail WHERE code = :code AND n = :n", old_codes, new_codes,
                       n, error)
         && run_codes (connection, "INSERT OR IGNORE INTO order_codes_tail (code, n) VALUES (:code, :n)", new_codes,
                       old_codes, n, error);
}

/* The last of the codes that go next, the caller's; NULL without error: there are none. */
static char *
find_last (RetourConnection *connection, GError **error)
{
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection,
                                 "SELECT max (code) FROM (SELECT code FROM order_codes_tail ORDER BY code LIMIT :most)",
                                 error);
  gboolean row = FALSE;

  if (select == NULL)
    return NULL;
  retour_bind_integer (select, ":most", CODES_AT_ONCE);
  return retour_connection_step (connection, select, &row, error) && row ? retour_column_dup_text (select, 0) : NULL;
}

static gboolean
run_up_to (RetourConnection *connection, const char *sql, const char *last, GError **error)
{
  sqlite3_stmt *statement = retour_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  retour_bind_text (statement, ":last", last);
  return retour_connection_run (connection, statement, error);
}

gboolean
retour_order_codes_gather (RetourConnection *connection, gboolean *more, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *last = find_last (connection, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  *more = last != NULL;
  return last == NULL
         || (run_up_to (connection,
                        "INSERT OR IGNORE INTO order_codes (code, n) SELECT code, n FROM order_codes_tail"
                        " WHERE code <= :last ORDER BY code, n",
                        last, error)
             && run_up_to (connection, "DELETE FROM order_codes_tail WHERE code <= :last", last, error));
}

typedef struct
{
  RetourPause pause;
  gpointer user_data;
  gboolean more;
} Settling;

static gboolean
settle_body (RetourConnection *connection, gpointer data, GError **error)
{
  Settling *settling = data;

  do
    if (!retour_order_codes_gather (connection, &settling->more, error))
      return FALSE;
  while (settling->more && !settling->pause (settling->user_data));
  return TRUE;
}

gboolean
retour_order_codes_settle (
    RetourConnection *connection, RetourPause pause, gpointer user_data, gboolean *more, GError **error)
{
  Settling settling = { pause, user_data, FALSE };

  if (!retour_connection_transact (connection, settle_body, &settling, error))
    return FALSE;
  *more = settling.more;
  return TRUE;
}
