/* SPDX-License-Identifier: Apache-2.0 */
/* The deciding side: a manager's word for a return at another terminal. The OMS hears it as an operation and has the last
 * word; what is not allowed does not leave this terminal. */
#include "remote-approval.h"

#include "desk-private.h"

gboolean
retour_desk_asked_here (const RetourDesk *desk, const RetourApprovalRequest *request)
{
  return g_strcmp0 (request->store, desk->identity->store) == 0
         && g_strcmp0 (request->terminal, desk->identity->terminal) == 0;
}

gboolean
retour_desk_queue_decision (RetourDesk *desk, RetourStore *store, const RetourApprovalRequest *decided, GError **error)
{
  g_autofree char *op = retour_desk_new_id (desk);
  g_autofree char *body = desk->documents->write_decision (decided);
  g_autoptr (RetourOperation) operation = retour_operation_new (op, RETOUR_OPERATION_APPROVAL_DECIDE, body);

  operation->created_at = retour_desk_now (desk);
  operation->clock_offset = retour_desk_get_clock_offset (desk);
  return store->queue_operation (store, operation, error);
}

typedef struct
{
  RetourDesk *desk;
  const RetourApprovalRequest *asked;
  const RetourStaff *approver;
  gboolean approve;
  const char *motive;
} Decision;

static gboolean
journal (const Decision *decision, RetourStore *store, const char *kind, const char *outcome, GError **error)
{
  const RetourApprovalRequest *asked = decision->asked;
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (RetourAuditRecord) record = NULL;

  g_string_append_printf (body, "%s request %s by %s at %s %s quote %s rules", outcome, asked->id, asked->requester,
                          asked->store != NULL ? asked->store : "-", asked->terminal != NULL ? asked->terminal : "-",
                          asked->hash);
  for (guint i = 0; i < asked->causes->len; i++)
    g_string_append_printf (body, " %s", ((const RetourRequestCause *) asked->causes->pdata[i])->rule);
  if (decision->motive != NULL && *decision->motive != '\0')
    g_string_append_printf (body, " motive %s", decision->motive);
  record = retour_audit_record_new (kind, decision->approver->id, asked->return_id, retour_desk_now (decision->desk),
                                    body->str);
  return store->append_audit (store, record, error);
}

static gboolean
decide (RetourStore *store, gpointer user_data, GError **error)
{
  const Decision *decision = user_data;
  g_autoptr (RetourApprovalRequest) decided = retour_approval_request_copy (decision->asked);

  g_free (decided->approver);
  g_free (decided->motive);
  decided->approver = g_strdup (decision->approver->id);
  decided->motive = g_strdup (decision->motive);
  decided->decided_at = retour_desk_now (decision->desk);
  decided->state = decision->approve ? RETOUR_REQUEST_APPROVED : RETOUR_REQUEST_REFUSED;
  g_clear_pointer (&decided->customer, g_free);
  return store->save_request (store, decided, FALSE, error)
         && retour_desk_queue_decision (decision->desk, store, decided, error)
         && journal (decision, store, decision->approve ? "approval.given" : "approval.refused",
                     decision->approve ? "approved" : "refused", error);
}

static gboolean
check (const Decision *decision, RetourStore *store, GError **error)
{
  const RetourApprovalRequest *asked = decision->asked;
  g_autoptr (RetourApprovalRequest) earlier = store->find_request (store, asked->id, NULL);

  if (earlier != NULL && !retour_request_state_is_open (earlier->state))
    {
      g_set_error_literal (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_TOO_LATE, "This was decided here already");
      return FALSE;
    }
  if (!retour_request_state_is_open (asked->state))
    {
      g_set_error (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_TOO_LATE, "The request is %s",
                   retour_request_state_code (asked->state));
      return FALSE;
    }
  return retour_desk_check_approver (decision->approver, asked->requester,
                                     decision->approve && retour_approval_request_overrides (asked), decision->motive,
                                     error);
}

gboolean
retour_desk_decide_request (RetourDesk *desk,
                            RetourStore *store,
                            const RetourApprovalRequest *request,
                            const RetourStaff *approver,
                            gboolean approve,
                            const char *motive,
                            GError **error)
{
  Decision decision = { desk, request, approver, approve, motive };
  GError *objection = NULL;

  if (check (&decision, store, &objection))
    return store->together (store, decide, &decision, error);
  if (!journal (&decision, store, "approval.not_allowed", objection->message, error))
    g_clear_error (&objection);
  else
    g_propagate_error (error, objection);
  return FALSE;
}
