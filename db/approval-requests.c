/* SPDX-License-Identifier: Apache-2.0 */
#include "approval-requests.h"

typedef struct
{
  const RetourApprovalRequest *request;
  const char *text;
  gboolean own;
} WrittenRequest;

static gboolean
write_request (RetourConnection *connection, gpointer data, GError **error)
{
  const WrittenRequest *written = data;
  sqlite3_stmt *insert =
      retour_connection_prepare (connection,
                                 "INSERT OR REPLACE INTO approval_requests (id, return_id, own, state, document)"
                                 " VALUES (:id, :return_id, :own, :state, :document)",
                                 error);

  if (insert == NULL)
    return FALSE;
  retour_bind_text (insert, ":id", written->request->id);
  retour_bind_text (insert, ":return_id", written->request->return_id);
  retour_bind_integer (insert, ":own", written->own);
  retour_bind_text (insert, ":state", retour_request_state_code (written->request->state));
  retour_bind_text (insert, ":document", written->text);
  return retour_connection_run (connection, insert, error);
}

static gboolean
save_request (RetourStore *store, const RetourApprovalRequest *request, gboolean own, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autofree char *text = retour_connection_documents (connection)->write_request (request, TRUE);
  WrittenRequest written = { request, text, own };

  return retour_connection_transact (connection, write_request, &written, error);
}

static RetourApprovalRequest *
find_request (RetourStore *store, const char *id, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection, "SELECT document FROM approval_requests WHERE id = :id", error);
  gboolean row = FALSE;

  if (select == NULL)
    return NULL;
  retour_bind_text (select, ":id", id);
  if (!retour_connection_step (connection, select, &row, error))
    return NULL;
  if (row)
    return retour_connection_documents (connection)->read_request (retour_column_text (select, 0), -1, error);
  g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND, "There is no request %s", id);
  return NULL;
}

static GPtrArray *
open_requests (RetourStore *store, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_approval_request_free);
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection,
                                 "SELECT document FROM approval_requests WHERE own = 1"
                                 " AND state IN ('asked', 'pending', 'offline') ORDER BY id",
                                 error);
  gboolean row = TRUE;

  if (select == NULL)
    return NULL;
  for (;;)
    {
      RetourApprovalRequest *request;

      if (!retour_connection_step (connection, select, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&list);
      request = retour_connection_documents (connection)->read_request (retour_column_text (select, 0), -1, error);
      if (request == NULL)
        return NULL;
      g_ptr_array_add (list, request);
    }
}

void
retour_approval_requests_plug (RetourStore *store)
{
  store->save_request = save_request;
  store->find_request = find_request;
  store->open_requests = open_requests;
}
