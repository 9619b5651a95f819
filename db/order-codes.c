/* SPDX-License-Identifier: Apache-2.0 */
#include "order-codes.h"

#include "search-words.h"

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
         && run_codes (connection, "INSERT OR IGNORE INTO order_codes (code, n) VALUES (:code, :n)", new_codes,
                       old_codes, n, error);
}
