/* SPDX-License-Identifier: Apache-2.0 */
/* The return, its lines, its operations, its journal entry and the end of its draft are one transaction: all of it is in the
 * file when record_return says so, none of it otherwise. */
#include "recording.h"

#include "audit-log.h"
#include "drafts.h"
#include "outbox.h"
#include "returns.h"
#include "search-words.h"

typedef struct
{
  const RetourReturn *ret;
  guint64 counter;
  GPtrArray *operations;
  const RetourAuditRecord *audit;
} Recording;

static gboolean
last_counter (RetourConnection *connection, gint64 *value, GError **error)
{
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection, "SELECT coalesce ((SELECT value FROM counters WHERE name = 'return'), 0)",
                                 error);
  gboolean row = FALSE;

  if (select == NULL || !retour_connection_step (connection, select, &row, error))
    return FALSE;
  *value = retour_column_integer (select, 0);
  return TRUE;
}

static gboolean
next_return_counter (RetourStore *store, guint64 *counter, GError **error)
{
  gint64 last = 0;

  if (!last_counter (retour_connection_of (store), &last, error))
    return FALSE;
  *counter = (guint64) last + 1;
  return TRUE;
}

static gboolean
write_counter (RetourConnection *connection, gint64 value, GError **error)
{
  sqlite3_stmt *write = retour_connection_prepare (connection,
                                                   "INSERT INTO counters (name, value) VALUES ('return', :value)"
                                                   " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                                                   error);

  if (write == NULL)
    return FALSE;
  retour_bind_integer (write, ":value", value);
  return retour_connection_run (connection, write, error);
}

static gboolean
take_counter (RetourConnection *connection, const Recording *recording, GError **error)
{
  RetourCounterFile *file = retour_connection_counter_file (connection);
  gint64 last = 0;

  if (!last_counter (connection, &last, error))
    return FALSE;
  if (recording->counter <= (guint64) last)
    {
      g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_CONFLICT,
                   "The number %s was used already: its counter is not above %" G_GINT64_FORMAT, recording->ret->number,
                   last);
      return FALSE;
    }
  return (file == NULL || retour_counter_file_take (file, (gint64) recording->counter, error))
         && write_counter (connection, (gint64) recording->counter, error);
}

static gboolean
raise_body (RetourConnection *connection, gpointer data, GError **error)
{
  return write_counter (connection, *(const gint64 *) data, error);
}

gboolean
retour_recording_settle_counter (RetourConnection *connection, GError **error)
{
  RetourCounterFile *file = retour_connection_counter_file (connection);
  gint64 last = 0, floor = 0;

  return last_counter (connection, &last, error) && retour_counter_file_floor (file, last, &floor, error)
         && (floor == last || retour_connection_transact (connection, raise_body, &floor, error))
         && retour_counter_file_take (file, floor, error);
}

static gboolean
refuse_known (RetourConnection *connection, const RetourReturn *ret, GError **error)
{
  g_auto (RetourReturnStates) states = { 0 };
  gboolean known = FALSE;

  if (!retour_returns_read_states (connection, ret->id, &states, &known, error))
    return FALSE;
  if (known)
    g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_CONFLICT, "The return %s is recorded already", ret->id);
  return !known;
}

static gint64
units_of_line (const RetourReturn *ret, const char *id)
{
  gint64 units = 0;

  for (guint i = 0; i < ret->lines->len; i++)
    {
      const RetourReturnLine *line = g_ptr_array_index (ret->lines, i);

      if (g_strcmp0 (line->line, id) == 0)
        units += line->quantity;
    }
  return units;
}

/* A quote checked the units some time ago; between it and now another job may have taken them. */
static gboolean
refuse_taken_units (RetourConnection *connection, const RetourReturn *ret, GError **error)
{
  RetourStore *store = retour_connection_store (connection);
  g_autoptr (GError) missing = NULL;
  g_autoptr (RetourOrder) order = NULL;
  g_autoptr (GHashTable) held = NULL;

  if (ret->order_id == NULL || g_strcmp0 (ret->kind, "carrier_rts") == 0)
    return TRUE;
  order = store->find_order (store, ret->order_id, &missing);
  if (g_error_matches (missing, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND))
    return TRUE;
  if (missing != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  held = store->units_held (store, ret->order_id, error);
  if (held == NULL)
    return FALSE;
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = g_ptr_array_index (order->lines, i);
      const gint64 *units = g_hash_table_lookup (held, line->id);
      const gint64 left = retour_order_line_returnable (line) - (units != NULL ? *units : 0);
      const gint64 asked = units_of_line (ret, line->id);

      if (asked > 0 && asked > left)
        {
          g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_CONFLICT,
                       "Only %" G_GINT64_FORMAT " of the %" G_GINT64_FORMAT " units of line %s can still come back",
                       MAX (left, 0), asked, line->id);
          return FALSE;
        }
    }
  return TRUE;
}

static gint64
count_exchanges (const RetourReturn *ret)
{
  gint64 n = 0;

  for (guint i = 0; i < ret->lines->len; i++)
    if (((const RetourReturnLine *) g_ptr_array_index (ret->lines, i))->exchange != NULL)
      n++;
  return n;
}

static gboolean
insert_return (RetourConnection *connection, const Recording *recording, GError **error)
{
  const RetourReturn *ret = recording->ret;
  g_autofree char *document = retour_connection_documents (connection)->write_return (ret);
  g_autoptr (GString) words = g_string_new (NULL);
  sqlite3_stmt *insert = retour_connection_prepare (
      connection,
      "INSERT INTO returns (id, number, counter, order_id, order_number, recorded_at, currency, total, exchanges,"
      " offline, words, document, proof, visit, evidence) VALUES (:id, :number, :counter, :order_id, :order_number,"
      " :recorded_at, :currency, :total, :exchanges, :offline, :words, :document, :proof, :visit, :evidence)",
      error);

  if (insert == NULL)
    return FALSE;
  retour_words_add (words, ret->number);
  retour_words_add (words, ret->order_number);
  retour_words_add (words, ret->customer_name);
  retour_bind_text (insert, ":id", ret->id);
  retour_bind_text (insert, ":number", ret->number);
  retour_bind_integer (insert, ":counter", (gint64) recording->counter);
  retour_bind_text (insert, ":order_id", ret->order_id);
  retour_bind_text (insert, ":order_number", ret->order_number);
  retour_bind_integer (insert, ":recorded_at", ret->recorded_at);
  retour_bind_text (insert, ":currency", ret->currency);
  retour_bind_integer (insert, ":total", ret->total);
  retour_bind_integer (insert, ":exchanges", count_exchanges (ret));
  retour_bind_integer (insert, ":offline", ret->offline);
  retour_bind_text (insert, ":words", words->str);
  retour_bind_text (insert, ":document", document);
  retour_bind_text (insert, ":proof", ret->proof);
  retour_bind_text (insert, ":visit", ret->visit);
  retour_bind_text (insert, ":evidence", ret->evidence);
  return retour_connection_run (connection, insert, error);
}

static gboolean
insert_lines (RetourConnection *connection, const RetourReturn *ret, GError **error)
{
  for (guint i = 0; i < ret->lines->len; i++)
    {
      const RetourReturnLine *line = g_ptr_array_index (ret->lines, i);
      sqlite3_stmt *insert = retour_connection_prepare (connection,
                                                        "INSERT INTO return_lines (return_id, position, line, quantity)"
                                                        " VALUES (:return_id, :position, :line, :quantity)",
                                                        error);

      if (insert == NULL)
        return FALSE;
      retour_bind_text (insert, ":return_id", ret->id);
      retour_bind_integer (insert, ":position", i);
      retour_bind_text (insert, ":line", line->line);
      retour_bind_integer (insert, ":quantity", line->quantity);
      if (!retour_connection_run (connection, insert, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_operations (RetourConnection *connection, GPtrArray *operations, GError **error)
{
  for (guint i = 0; operations != NULL && i < operations->len; i++)
    if (!retour_outbox_add (connection, g_ptr_array_index (operations, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
record_body (RetourConnection *connection, gpointer data, GError **error)
{
  const Recording *recording = data;
  const RetourReturn *ret = recording->ret;
  const RetourReturnStates states = { ret->goods, ret->refund, ret->sync, ret->problem };

  return refuse_known (connection, ret, error) && refuse_taken_units (connection, ret, error)
         && take_counter (connection, recording, error) && insert_return (connection, recording, error)
         && insert_lines (connection, ret, error) && retour_returns_write_states (connection, ret->id, &states, error)
         && insert_operations (connection, recording->operations, error)
         && (recording->audit == NULL || retour_audit_log_append (connection, recording->audit, error))
         && retour_drafts_drop (connection, ret->id, error);
}

static gboolean
record_return (RetourStore *store,
               const RetourReturn *ret,
               guint64 counter,
               GPtrArray *operations,
               const RetourAuditRecord *audit,
               GError **error)
{
  Recording recording = { ret, counter, operations, audit };

  g_return_val_if_fail (ret != NULL && ret->id != NULL && ret->number != NULL, FALSE);
  g_return_val_if_fail (counter > 0 && counter <= G_MAXINT64, FALSE);
  return retour_connection_transact (retour_connection_of (store), record_body, &recording, error);
}

typedef struct
{
  RetourStore *store;
  RetourStoreBody body;
  gpointer user_data;
} Together;

static gboolean
together_body (RetourConnection *connection, gpointer data, GError **error)
{
  const Together *all = data;

  return all->body (all->store, all->user_data, error);
}

static gboolean
together (RetourStore *store, RetourStoreBody body, gpointer user_data, GError **error)
{
  Together all = { store, body, user_data };

  return retour_connection_transact (retour_connection_of (store), together_body, &all, error);
}

void
retour_recording_plug (RetourStore *store)
{
  store->next_return_counter = next_return_counter;
  store->record_return = record_return;
  store->together = together;
}
