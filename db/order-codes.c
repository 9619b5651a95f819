/* SPDX-License-Identifier: Apache-2.0 */
#include "order-codes.h"

#include "catalogue.h"
#include "search-words.h"

static void
add_code (GHashTable *codes, const char *code)
{
  g_autofree char *plain = NULL;

  if (code == NULL)
    return;
  plain = retour_words_code (code);
  if (*plain != '\0')
    g_hash_table_add (codes, g_steal_pointer (&plain));
}

static GHashTable *
codes_of (const RetourOrder *order)
{
  GHashTable *codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

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

static GHashTable *
gtins_of (const RetourOrder *order)
{
  GHashTable *gtins = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; order != NULL && i < order->lines->len; i++)
    {
      const gint64 gtin = retour_gtin_number (((const RetourOrderLine *) g_ptr_array_index (order->lines, i))->gtin);

      if (gtin != 0)
        g_hash_table_add (gtins, g_memdup2 (&gtin, sizeof gtin));
    }
  return gtins;
}

static gboolean
run_code (RetourConnection *connection, const char *sql, const char *code, gint64 key, GError **error)
{
  sqlite3_stmt *statement = retour_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  retour_bind_text (statement, ":code", code);
  retour_bind_integer (statement, ":key", key);
  return retour_connection_run (connection, statement, error);
}

static gboolean
run_gtin (RetourConnection *connection, const char *sql, gint64 gtin, gint64 key, GError **error)
{
  sqlite3_stmt *statement = retour_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  retour_bind_integer (statement, ":gtin", gtin);
  retour_bind_integer (statement, ":key", key);
  return retour_connection_run (connection, statement, error);
}

/* Runs `sql` for each code of `some` that is not in `others`. */
static gboolean
run_codes (
    RetourConnection *connection, const char *sql, GHashTable *some, GHashTable *others, gint64 key, GError **error)
{
  GHashTableIter iter;
  gpointer code;

  g_hash_table_iter_init (&iter, some);
  while (g_hash_table_iter_next (&iter, &code, NULL))
    if (!g_hash_table_contains (others, code) && !run_code (connection, sql, code, key, error))
      return FALSE;
  return TRUE;
}

static gboolean
run_gtins (
    RetourConnection *connection, const char *sql, GHashTable *some, GHashTable *others, gint64 key, GError **error)
{
  GHashTableIter iter;
  gpointer gtin;

  g_hash_table_iter_init (&iter, some);
  while (g_hash_table_iter_next (&iter, &gtin, NULL))
    if (!g_hash_table_contains (others, gtin) && !run_gtin (connection, sql, *(const gint64 *) gtin, key, error))
      return FALSE;
  return TRUE;
}

gboolean
retour_order_codes_change (
    RetourConnection *connection, gint64 key, const RetourOrder *before, const RetourOrder *after, GError **error)
{
  g_autoptr (GHashTable) old_codes = codes_of (before);
  g_autoptr (GHashTable) new_codes = codes_of (after);
  g_autoptr (GHashTable) old_gtins = gtins_of (before);
  g_autoptr (GHashTable) new_gtins = gtins_of (after);

  return run_codes (connection, "DELETE FROM order_codes WHERE code = :code AND key = :key", old_codes, new_codes, key,
                    error)
         && run_codes (connection, "INSERT OR IGNORE INTO order_codes (code, key) VALUES (:code, :key)", new_codes,
                       old_codes, key, error)
         && run_gtins (connection, "DELETE FROM order_gtins WHERE gtin = :gtin AND key = :key", old_gtins, new_gtins,
                       key, error)
         && run_gtins (connection, "INSERT OR IGNORE INTO order_gtins (gtin, key) VALUES (:gtin, :key)", new_gtins,
                       old_gtins, key, error);
}
