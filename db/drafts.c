/* SPDX-License-Identifier: Apache-2.0 */
#include "drafts.h"

typedef struct
{
  const RetourDraft *draft;
  const char *text;
} WrittenDraft;

static gboolean
write_draft (RetourConnection *connection, gpointer data, GError **error)
{
  const WrittenDraft *written = data;
  sqlite3_stmt *insert = retour_connection_prepare (connection,
                                                    "INSERT OR REPLACE INTO drafts (id, order_id, changed_at, document)"
                                                    " VALUES (:id, :order_id, :changed_at, :document)",
                                                    error);

  if (insert == NULL)
    return FALSE;
  retour_bind_text (insert, ":id", written->draft->id);
  retour_bind_text (insert, ":order_id", written->draft->order_id);
  retour_bind_instant (insert, ":changed_at", written->draft->changed_at);
  retour_bind_text (insert, ":document", written->text);
  return retour_connection_run (connection, insert, error);
}

static gboolean
save_draft (RetourStore *store, const RetourDraft *draft, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autofree char *text = retour_connection_documents (connection)->write_draft (draft);
  WrittenDraft written = { draft, text };

  g_return_val_if_fail (draft->id != NULL, FALSE);
  return retour_connection_transact (connection, write_draft, &written, error);
}

gboolean
retour_drafts_drop (RetourConnection *connection, const char *id, GError **error)
{
  sqlite3_stmt *drop = retour_connection_prepare (connection, "DELETE FROM drafts WHERE id = :id", error);

  if (drop == NULL)
    return FALSE;
  retour_bind_text (drop, ":id", id);
  return retour_connection_run (connection, drop, error);
}

static gboolean
drop_body (RetourConnection *connection, gpointer id, GError **error)
{
  return retour_drafts_drop (connection, id, error);
}

static gboolean
drop_draft (RetourStore *store, const char *id, GError **error)
{
  return retour_connection_transact (retour_connection_of (store), drop_body, (gpointer) id, error);
}

static RetourDraft *
find_draft (RetourStore *store, const char *id, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection, "SELECT document FROM drafts WHERE id = :id", error);
  gboolean row = FALSE;

  if (select == NULL)
    return NULL;
  retour_bind_text (select, ":id", id);
  if (!retour_connection_step (connection, select, &row, error))
    return NULL;
  if (row)
    return retour_connection_documents (connection)->read_draft (retour_column_text (select, 0), -1, error);
  g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND, "There is no draft %s", id);
  return NULL;
}

static RetourDraftSummary *
summarize (const RetourDraft *draft, const char *customer_name)
{
  RetourDraftSummary *summary = g_new0 (RetourDraftSummary, 1);

  summary->id = g_strdup (draft->id);
  summary->order_id = g_strdup (draft->order_id);
  summary->order_number = g_strdup (draft->order_number);
  summary->customer_name = g_strdup (customer_name);
  summary->staff = g_strdup (draft->staff);
  summary->visit = g_strdup (draft->visit);
  summary->changed_at = draft->changed_at;
  summary->units = retour_draft_units (draft);
  summary->parked = draft->parked;
  return summary;
}

static GPtrArray *
list_drafts (RetourStore *store, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_draft_summary_free);
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection,
                                 "SELECT d.document, o.customer_name FROM drafts d LEFT JOIN orders o"
                                 " ON o.id = d.order_id ORDER BY d.changed_at DESC, d.id DESC",
                                 error);
  gboolean row = TRUE;

  if (select == NULL)
    return NULL;
  for (;;)
    {
      g_autoptr (RetourDraft) draft = NULL;

      if (!retour_connection_step (connection, select, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&list);
      /* One that cannot be read stays where it is and keeps nobody from the others; opening it says why. */
      draft = retour_connection_documents (connection)->read_draft (retour_column_text (select, 0), -1, NULL);
      if (draft != NULL)
        g_ptr_array_add (list, summarize (draft, retour_column_text (select, 1)));
    }
}

void
retour_drafts_plug (RetourStore *store)
{
  store->save_draft = save_draft;
  store->drop_draft = drop_draft;
  store->find_draft = find_draft;
  store->list_drafts = list_drafts;
}
