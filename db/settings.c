/* SPDX-License-Identifier: Apache-2.0 */
#include "settings.h"

char *
retour_settings_one_text (RetourConnection *connection, const char *sql, GError **error)
{
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (connection, sql, error);
  gboolean row = FALSE;

  if (select == NULL || !retour_connection_step (connection, select, &row, error) || !row)
    return NULL;
  return retour_column_dup_text (select, 0);
}

static char *
setting (RetourStore *store, const char *name, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection, "SELECT value FROM settings WHERE name = :name", error);
  gboolean row = FALSE;

  if (select == NULL)
    return NULL;
  retour_bind_text (select, ":name", name);
  if (!retour_connection_step (connection, select, &row, error) || !row)
    return NULL;
  return retour_column_dup_text (select, 0);
}

typedef struct
{
  const char *name, *value;
} NamedValue;

static gboolean
write_setting (RetourConnection *connection, gpointer data, GError **error)
{
  const NamedValue *setting = data;
  sqlite3_stmt *statement =
      setting->value == NULL ? retour_connection_prepare (connection, "DELETE FROM settings WHERE name = :name", error)
                             : retour_connection_prepare (connection,
                                                          "INSERT INTO settings (name, value) VALUES (:name, :value)"
                                                          " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                                                          error);

  if (statement == NULL)
    return FALSE;
  retour_bind_text (statement, ":name", setting->name);
  if (setting->value != NULL)
    retour_bind_text (statement, ":value", setting->value);
  return retour_connection_run (connection, statement, error);
}

static gboolean
set_setting (RetourStore *store, const char *name, const char *value, GError **error)
{
  NamedValue named = { name, value };

  return retour_connection_transact (retour_connection_of (store), write_setting, &named, error);
}

static RetourIdentity *
identity (RetourStore *store, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection,
                                 "SELECT chain, store, store_name, store_address, store_phone, terminal,"
                                 " terminal_id, currency, time_zone FROM identity",
                                 error);
  gboolean row = FALSE;
  RetourIdentity *result;

  if (select == NULL || !retour_connection_step (connection, select, &row, error) || !row)
    return NULL;
  result = g_new0 (RetourIdentity, 1);
  result->chain = retour_column_dup_text (select, 0);
  result->store = retour_column_dup_text (select, 1);
  result->store_name = retour_column_dup_text (select, 2);
  result->store_address = retour_column_dup_text (select, 3);
  result->store_phone = retour_column_dup_text (select, 4);
  result->terminal = retour_column_dup_text (select, 5);
  result->terminal_id = retour_column_dup_text (select, 6);
  result->currency = retour_column_dup_text (select, 7);
  result->time_zone = retour_column_dup_text (select, 8);
  return result;
}

static gboolean
write_identity (RetourConnection *connection, gpointer data, GError **error)
{
  const RetourIdentity *self = data;
  sqlite3_stmt *insert =
      retour_connection_prepare (connection,
                                 "INSERT OR REPLACE INTO identity (only, chain, store, store_name, store_address,"
                                 " store_phone, terminal, terminal_id, currency, time_zone)"
                                 " VALUES (1, :chain, :store, :store_name, :store_address, :store_phone, :terminal,"
                                 " :terminal_id, :currency, :time_zone)",
                                 error);

  if (insert == NULL)
    return FALSE;
  retour_bind_text (insert, ":chain", self->chain);
  retour_bind_text (insert, ":store", self->store);
  retour_bind_text (insert, ":store_name", self->store_name);
  retour_bind_text (insert, ":store_address", self->store_address);
  retour_bind_text (insert, ":store_phone", self->store_phone);
  retour_bind_text (insert, ":terminal", self->terminal);
  retour_bind_text (insert, ":terminal_id", self->terminal_id);
  retour_bind_text (insert, ":currency", self->currency);
  retour_bind_text (insert, ":time_zone", self->time_zone);
  return retour_connection_run (connection, insert, error);
}

static gboolean
set_identity (RetourStore *store, const RetourIdentity *self, GError **error)
{
  return retour_connection_transact (retour_connection_of (store), write_identity, (gpointer) self, error);
}

static char *
policy_text (RetourStore *store, GError **error)
{
  return retour_settings_one_text (retour_connection_of (store), "SELECT document FROM policy", error);
}

gboolean
retour_settings_keep_policy (RetourConnection *connection, const char *text, GError **error)
{
  sqlite3_stmt *insert =
      retour_connection_prepare (connection, "INSERT OR REPLACE INTO policy (only, document) VALUES (1, :document)",
                                 error);

  if (insert == NULL)
    return FALSE;
  retour_bind_text (insert, ":document", text);
  return retour_connection_run (connection, insert, error);
}

static char *
cursor (RetourStore *store, GError **error)
{
  return retour_settings_one_text (retour_connection_of (store), "SELECT cursor FROM exchange", error);
}

static gboolean
sync_status (RetourStore *store, RetourSyncStatus *status, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  /* A return needs a person when it or one of its operations was put aside, or its refund failed; so does an operation of
   * no return that was put aside. */
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (
      connection,
      "SELECT (SELECT count (*) FROM operation_states WHERE state = 'waiting'),"
      " (SELECT count (*) FROM (SELECT return_id FROM return_states WHERE sync = 'quarantined'"
      "   UNION SELECT return_id FROM return_states WHERE refund = 'failed'"
      "   UNION SELECT coalesce (o.return_id, o.op) FROM operation_states s JOIN operations o USING (sequence)"
      "     WHERE s.state = 'quarantined' EXCEPT SELECT return_id FROM closed_cases)),"
      " last_pull, last_push, clock_offset, orders, first_pull FROM exchange",
      error);
  gboolean row = FALSE;

  if (select == NULL || !retour_connection_step (connection, select, &row, error))
    return FALSE;
  g_assert (row);
  status->to_send = (guint) retour_column_integer (select, 0);
  status->attention = (guint) retour_column_integer (select, 1);
  status->last_pull = retour_column_instant (select, 2);
  status->last_push = retour_column_instant (select, 3);
  status->clock_offset = retour_column_integer (select, 4);
  status->orders = (guint64) retour_column_integer (select, 5);
  status->first_pull_done = retour_column_integer (select, 6) != 0;
  return TRUE;
}

typedef struct
{
  RetourInstant pulled, pushed;
  gint64 clock_offset;
} Exchange;

static gboolean
write_exchange (RetourConnection *connection, gpointer data, GError **error)
{
  const Exchange *exchange = data;
  sqlite3_stmt *update =
      retour_connection_prepare (connection,
                                 "UPDATE exchange SET last_pull = coalesce (:pulled, last_pull),"
                                 " last_push = coalesce (:pushed, last_push), clock_offset = :clock_offset",
                                 error);

  if (update == NULL)
    return FALSE;
  retour_bind_instant (update, ":pulled", exchange->pulled);
  retour_bind_instant (update, ":pushed", exchange->pushed);
  retour_bind_integer (update, ":clock_offset", exchange->clock_offset);
  return retour_connection_run (connection, update, error);
}

static gboolean
note_exchange (
    RetourStore *store, gboolean pulled, gboolean pushed, RetourInstant at, gint64 clock_offset, GError **error)
{
  Exchange exchange = { pulled ? at : RETOUR_INSTANT_NONE, pushed ? at : RETOUR_INSTANT_NONE, clock_offset };

  return retour_connection_transact (retour_connection_of (store), write_exchange, &exchange, error);
}

void
retour_settings_plug (RetourStore *store)
{
  store->setting = setting;
  store->set_setting = set_setting;
  store->identity = identity;
  store->set_identity = set_identity;
  store->policy_text = policy_text;
  store->cursor = cursor;
  store->sync_status = sync_status;
  store->note_exchange = note_exchange;
}
