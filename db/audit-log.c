/* SPDX-License-Identifier: Apache-2.0 */
#include "audit-log.h"

#include "seal.h"

#include <string.h>

#define AUDIT_COLUMNS "sequence, previous_hash, kind, actor, subject, at, body, hash"
#define AUDIT_DEFAULT_LIMIT 1000

/* A hash of another length was not written here: it stays zero, and the chain's check will find it. */
static void
read_hash (sqlite3_stmt *row, int column, guint8 hash[RETOUR_AUDIT_HASH_BYTES])
{
  if (sqlite3_column_bytes (row, column) == RETOUR_AUDIT_HASH_BYTES)
    memcpy (hash, sqlite3_column_blob (row, column), RETOUR_AUDIT_HASH_BYTES);
}

static RetourAuditRecord *
read_record (sqlite3_stmt *row)
{
  RetourAuditRecord *record =
      retour_audit_record_new (retour_column_text (row, 2), retour_column_text (row, 3), retour_column_text (row, 4),
                               retour_column_instant (row, 5), retour_column_text (row, 6));

  record->seq = (guint64) retour_column_integer (row, 0);
  read_hash (row, 1, record->previous_hash);
  read_hash (row, 7, record->hash);
  return record;
}

/* *last NULL: the chain is empty. */
static gboolean
read_last (RetourConnection *connection, RetourAuditRecord **last, GError **error)
{
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection, "SELECT " AUDIT_COLUMNS " FROM audit ORDER BY sequence DESC LIMIT 1",
                                 error);
  gboolean row = FALSE;

  if (select == NULL || !retour_connection_step (connection, select, &row, error))
    return FALSE;
  *last = row ? read_record (select) : NULL;
  return TRUE;
}

gboolean
retour_audit_log_append (RetourConnection *connection, const RetourAuditRecord *record, GError **error)
{
  g_autoptr (RetourAuditRecord) chained = retour_audit_record_copy (record);
  g_autoptr (RetourAuditRecord) last = NULL;
  sqlite3_stmt *insert;

  if (!read_last (connection, &last, error))
    return FALSE;
  retour_audit_chain (chained, last);
  insert = retour_connection_prepare (connection,
                                      "INSERT INTO audit (" AUDIT_COLUMNS ") VALUES (:sequence, :previous_hash, :kind,"
                                      " :actor, :subject, :at, :body, :hash)",
                                      error);
  if (insert == NULL)
    return FALSE;
  retour_bind_integer (insert, ":sequence", (gint64) chained->seq);
  retour_bind_bytes (insert, ":previous_hash", chained->previous_hash, RETOUR_AUDIT_HASH_BYTES);
  retour_bind_text (insert, ":kind", chained->kind);
  retour_bind_text (insert, ":actor", chained->actor);
  retour_bind_text (insert, ":subject", chained->subject);
  retour_bind_integer (insert, ":at", chained->at);
  retour_bind_text (insert, ":body", chained->body);
  retour_bind_bytes (insert, ":hash", chained->hash, RETOUR_AUDIT_HASH_BYTES);
  return retour_connection_run (connection, insert, error);
}

static gboolean
append_body (RetourConnection *connection, gpointer record, GError **error)
{
  return retour_audit_log_append (connection, record, error);
}

static gboolean
append_audit (RetourStore *store, const RetourAuditRecord *record, GError **error)
{
  return retour_connection_transact (retour_connection_of (store), append_body, (gpointer) record, error);
}

static GPtrArray *
read_records (RetourConnection *connection, sqlite3_stmt *select, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_audit_record_free);
  gboolean row = TRUE;

  for (;;)
    {
      if (!retour_connection_step (connection, select, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&list);
      g_ptr_array_add (list, read_record (select));
    }
}

static GPtrArray *
list_audit (RetourStore *store, const char *subject, guint limit, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (sqlite3_stmt) select =
      subject == NULL
          ? retour_connection_prepare (connection,
                                       "SELECT " AUDIT_COLUMNS " FROM audit ORDER BY sequence DESC LIMIT :limit", error)
          : retour_connection_prepare (connection,
                                       "SELECT " AUDIT_COLUMNS " FROM audit WHERE subject = :subject"
                                       " ORDER BY sequence DESC LIMIT :limit",
                                       error);

  if (select == NULL)
    return NULL;
  if (subject != NULL)
    retour_bind_text (select, ":subject", subject);
  retour_bind_integer (select, ":limit", limit > 0 ? limit : AUDIT_DEFAULT_LIMIT);
  return read_records (connection, select, error);
}

static GPtrArray *
list_audit_after (RetourStore *store, guint64 seq, guint limit, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (
      connection, "SELECT " AUDIT_COLUMNS " FROM audit WHERE sequence > :after ORDER BY sequence LIMIT :limit", error);

  if (select == NULL)
    return NULL;
  retour_bind_integer (select, ":after", (gint64) seq);
  retour_bind_integer (select, ":limit", limit > 0 ? limit : AUDIT_DEFAULT_LIMIT);
  return read_records (connection, select, error);
}

static RetourSeal *
read_seal (sqlite3_stmt *row)
{
  RetourSeal *seal = g_new0 (RetourSeal, 1);

  seal->seq = (guint64) retour_column_integer (row, 0);
  seal->head = retour_column_dup_text (row, 1);
  seal->store = retour_column_dup_text (row, 2);
  seal->terminal = retour_column_dup_text (row, 3);
  seal->at = retour_column_dup_text (row, 4);
  seal->key_id = retour_column_dup_text (row, 5);
  seal->signature = retour_column_dup_text (row, 6);
  return seal;
}

/* The question and its answer lie in the outbox as they went out and came in. */
static GPtrArray *
list_seals (RetourStore *store, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_seal_free);
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (
      connection,
      "SELECT json_extract (o.body, '$.seq'), json_extract (o.body, '$.head'), json_extract (o.body, '$.store'),"
      " json_extract (o.body, '$.terminal'), json_extract (a.problem, '$.at'), json_extract (a.problem, '$.key_id'),"
      " json_extract (a.problem, '$.signature') FROM operations o JOIN operation_answers a ON a.op = o.op"
      " WHERE o.kind = 'audit.seal' AND a.kind IN ('accepted', 'duplicate') AND json_valid (a.problem)"
      " ORDER BY a.sequence",
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
      g_ptr_array_add (list, read_seal (select));
    }
}

void
retour_audit_log_plug (RetourStore *store)
{
  store->append_audit = append_audit;
  store->list_audit = list_audit;
  store->list_audit_after = list_audit_after;
  store->list_seals = list_seals;
}
