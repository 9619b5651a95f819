/* SPDX-License-Identifier: Apache-2.0 */
#include "staff-records.h"

#include <string.h>

#define STAFF_COLUMNS "id, name, email, customer, role, badge, verifier, active"

static RetourStaff *
read_staff (sqlite3_stmt *row)
{
  RetourStaff *staff = retour_staff_new (retour_column_text (row, 0), retour_column_text (row, 1),
                                         retour_role_parse (retour_column_text (row, 4)));

  staff->email = retour_column_dup_text (row, 2);
  staff->customer = retour_column_dup_text (row, 3);
  staff->badge = retour_column_dup_text (row, 5);
  staff->verifier = retour_column_dup_text (row, 6);
  staff->active = retour_column_integer (row, 7) != 0;
  return staff;
}

static GPtrArray *
list_staff (RetourStore *store, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_staff_free);
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection, "SELECT " STAFF_COLUMNS " FROM staff WHERE active ORDER BY name, id",
                                 error);
  gboolean row = TRUE;

  if (select == NULL)
    return NULL;
  for (;;)
    {
      if (!retour_connection_step (connection, select, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&list);
      g_ptr_array_add (list, read_staff (select));
    }
}

static RetourStaff *
find_staff (RetourStore *store, const char *id_or_badge, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection,
                                 "SELECT " STAFF_COLUMNS
                                 " FROM staff WHERE id = :code OR badge = :code ORDER BY active DESC LIMIT 1",
                                 error);
  gboolean row = FALSE;

  if (select == NULL)
    return NULL;
  retour_bind_text (select, ":code", id_or_badge);
  if (!retour_connection_step (connection, select, &row, error))
    return NULL;
  if (row)
    return read_staff (select);
  g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND, "Nobody has the code “%s”", id_or_badge);
  return NULL;
}

gboolean
retour_staff_records_keep (RetourConnection *connection, const RetourStaff *staff, GError **error)
{
  sqlite3_stmt *insert =
      retour_connection_prepare (connection,
                                 "INSERT OR REPLACE INTO staff (" STAFF_COLUMNS ")"
                                 " VALUES (:id, :name, :email, :customer, :role, :badge, :verifier, :active)",
                                 error);

  if (insert == NULL)
    return FALSE;
  retour_bind_text (insert, ":id", staff->id);
  retour_bind_text (insert, ":name", staff->name);
  retour_bind_text (insert, ":email", staff->email);
  retour_bind_text (insert, ":customer", staff->customer);
  retour_bind_text (insert, ":role", retour_role_code (staff->role));
  retour_bind_text (insert, ":badge", staff->badge);
  retour_bind_text (insert, ":verifier", staff->verifier);
  retour_bind_integer (insert, ":active", staff->active);
  return retour_connection_run (connection, insert, error);
}

gboolean
retour_staff_records_drop (RetourConnection *connection, const char *id, GError **error)
{
  sqlite3_stmt *drop = retour_connection_prepare (connection, "DELETE FROM staff WHERE id = :id", error);

  if (drop == NULL)
    return FALSE;
  retour_bind_text (drop, ":id", id);
  return retour_connection_run (connection, drop, error);
}

static gboolean
pin_tries (RetourStore *store, const char *staff, guint *tries, RetourInstant *since, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection, "SELECT tries, last_at FROM pin_tries WHERE staff = :staff", error);
  gboolean row = FALSE;

  if (select == NULL)
    return FALSE;
  retour_bind_text (select, ":staff", staff);
  if (!retour_connection_step (connection, select, &row, error))
    return FALSE;
  *tries = row ? (guint) retour_column_integer (select, 0) : 0;
  *since = row ? retour_column_instant (select, 1) : RETOUR_INSTANT_NONE;
  return TRUE;
}

typedef struct
{
  const char *staff;
  RetourInstant now;
  guint tries;
  RetourInstant since;
} PinTry;

static gboolean
write_pin_try (RetourConnection *connection, gpointer data, GError **error)
{
  PinTry *try = data;
  sqlite3_stmt *insert;

  if (!pin_tries (retour_connection_store (connection), try->staff, &try->tries, &try->since, error))
    return FALSE;
  try->tries++;
  insert = retour_connection_prepare (
      connection, "INSERT OR REPLACE INTO pin_tries (staff, tries, last_at) VALUES (:staff, :tries, :now)", error);
  if (insert == NULL)
    return FALSE;
  retour_bind_text (insert, ":staff", try->staff);
  retour_bind_integer (insert, ":tries", try->tries);
  retour_bind_integer (insert, ":now", try->now);
  return retour_connection_run (connection, insert, error);
}

static gboolean
count_pin_try (
    RetourStore *store, const char *staff, RetourInstant now, guint *tries, RetourInstant *since, GError **error)
{
  PinTry try = { staff, now, 0, RETOUR_INSTANT_NONE };

  if (!retour_connection_transact (retour_connection_of (store), write_pin_try, &try, error))
    return FALSE;
  *tries = try.tries;
  *since = try.since;
  return TRUE;
}

static gboolean
delete_pin_tries (RetourConnection *connection, gpointer staff, GError **error)
{
  sqlite3_stmt *drop = retour_connection_prepare (connection, "DELETE FROM pin_tries WHERE staff = :staff", error);

  if (drop == NULL)
    return FALSE;
  retour_bind_text (drop, ":staff", staff);
  return retour_connection_run (connection, drop, error);
}

static gboolean
clear_pin_tries (RetourStore *store, const char *staff, GError **error)
{
  return retour_connection_transact (retour_connection_of (store), delete_pin_tries, (gpointer) staff, error);
}

static RetourProofKey *
read_key (sqlite3_stmt *row)
{
  const char *terminal = retour_column_text (row, 3);
  RetourProofKey *key;

  if (sqlite3_column_bytes (row, 0) != RETOUR_PROOF_KEY_ID_BYTES
      || sqlite3_column_bytes (row, 1) != RETOUR_PROOF_PUBLIC_KEY_BYTES)
    return NULL;
  key = retour_proof_key_new (sqlite3_column_blob (row, 1));
  memcpy (key->id, sqlite3_column_blob (row, 0), RETOUR_PROOF_KEY_ID_BYTES);
  key->store = retour_column_dup_text (row, 2);
  key->terminal = terminal != NULL ? terminal[0] : 0;
  key->valid_from = retour_column_instant (row, 4);
  key->valid_to = retour_column_instant (row, 5);
  key->revoked_at = retour_column_instant (row, 6);
  return key;
}

static GPtrArray *
proof_keys (RetourStore *store, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_proof_key_free);
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (
      connection, "SELECT id, public_key, store, terminal, valid_from, valid_to, revoked_at FROM proof_keys", error);
  gboolean row = TRUE;

  if (select == NULL)
    return NULL;
  for (;;)
    {
      RetourProofKey *key;

      if (!retour_connection_step (connection, select, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&list);
      key = read_key (select);
      if (key != NULL)
        g_ptr_array_add (list, key);
    }
}

gboolean
retour_staff_records_keep_key (RetourConnection *connection, const RetourProofKey *key, GError **error)
{
  const char terminal[] = { key->terminal, '\0' };
  sqlite3_stmt *insert =
      retour_connection_prepare (connection,
                                 "INSERT OR REPLACE INTO proof_keys (id, public_key, store, terminal, valid_from,"
                                 " valid_to, revoked_at) VALUES (:id, :public_key, :store, :terminal, :valid_from,"
                                 " :valid_to, :revoked_at)",
                                 error);

  if (insert == NULL)
    return FALSE;
  retour_bind_bytes (insert, ":id", key->id, sizeof key->id);
  retour_bind_bytes (insert, ":public_key", key->public_key, sizeof key->public_key);
  retour_bind_text (insert, ":store", key->store);
  retour_bind_text (insert, ":terminal", key->terminal != 0 ? terminal : NULL);
  retour_bind_instant (insert, ":valid_from", key->valid_from);
  retour_bind_instant (insert, ":valid_to", key->valid_to);
  retour_bind_instant (insert, ":revoked_at", key->revoked_at);
  return retour_connection_run (connection, insert, error);
}

void
retour_staff_records_plug (RetourStore *store)
{
  store->list_staff = list_staff;
  store->find_staff = find_staff;
  store->count_pin_try = count_pin_try;
  store->clear_pin_tries = clear_pin_tries;
  store->pin_tries = pin_tries;
  store->proof_keys = proof_keys;
}
