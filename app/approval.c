/* SPDX-License-Identifier: Apache-2.0 */
/* A manager's word for what the rules do not let a clerk do alone: given once for the return as a whole, bound to its exact
 * quote, journalled whether it was a yes or a no. */
#include "desk-private.h"
#include "remote-approval.h"

/* Whether the rule refuses, so that overriding it needs a motive. */
static gboolean
rule_refuses (const RetourQuote *quote, const char *rule)
{
  for (guint i = 0; i < quote->rules->len; i++)
    {
      const RetourRuleResult *result = g_ptr_array_index (quote->rules, i);

      if (g_str_equal (result->rule, rule) && result->decision >= RETOUR_DECISION_REFUSE_UNLESS_APPROVED)
        return TRUE;
    }
  for (guint i = 0; i < quote->lines->len; i++)
    {
      const RetourQuoteLine *line = g_ptr_array_index (quote->lines, i);

      for (guint j = 0; j < line->rules->len; j++)
        {
          const RetourRuleResult *result = g_ptr_array_index (line->rules, j);

          if (g_str_equal (result->rule, rule) && result->decision >= RETOUR_DECISION_REFUSE_UNLESS_APPROVED)
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
is_blank (const char *text)
{
  for (; text != NULL && *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

gboolean
retour_desk_check_approver (
    const RetourStaff *approver, const char *requester, gboolean overrides, const char *motive, GError **error)
{
  if (!approver->active || approver->role != RETOUR_ROLE_MANAGER)
    {
      g_set_error (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ALLOWED, "%s is not a manager and cannot approve",
                   approver->name);
      return FALSE;
    }
  if (g_strcmp0 (approver->id, requester) == 0)
    {
      g_set_error_literal (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ALLOWED,
                           "The approver must be another person than the one who asks");
      return FALSE;
    }
  if (overrides && is_blank (motive))
    {
      g_set_error_literal (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ALLOWED,
                           "Overriding a rule that refuses needs a motive");
      return FALSE;
    }
  return TRUE;
}

gboolean
retour_approver_check (const RetourDraft *draft,
                       const RetourQuote *quote,
                       const RetourStaff *approver,
                       gboolean approve,
                       const char *motive,
                       GError **error)
{
  gboolean overrides = FALSE;

  for (guint i = 0; approve && i < quote->approvals_needed->len; i++)
    overrides |= rule_refuses (quote, g_ptr_array_index (quote->approvals_needed, i));
  return retour_desk_check_approver (approver, draft->staff, overrides, motive, error);
}

static char *
describe (const RetourQuote *quote, const char *hash, const char *outcome, const char *motive)
{
  GString *body = g_string_new (NULL);

  g_string_append_printf (body, "%s quote %s rules", outcome, hash);
  for (guint i = 0; i < quote->approvals_needed->len; i++)
    g_string_append_printf (body, " %s", (const char *) g_ptr_array_index (quote->approvals_needed, i));
  if (!is_blank (motive))
    g_string_append_printf (body, " motive %s", motive);
  return g_string_free (body, FALSE);
}

void
retour_desk_add_approvals (RetourDraft *draft,
                           const GPtrArray *rules,
                           const char *approver,
                           const char *motive,
                           const char *hash,
                           RetourInstant at)
{
  for (guint i = 0; i < rules->len; i++)
    {
      RetourApproval *approval = retour_approval_new (g_ptr_array_index (rules, i), approver, motive);

      approval->requester = g_strdup (draft->staff);
      approval->at = at;
      approval->quote_hash = g_strdup (hash);
      g_ptr_array_add (draft->approvals, approval);
    }
}

static gboolean
carries (const RetourDraft *draft, const RetourApproval *wanted)
{
  for (guint i = 0; i < draft->approvals->len; i++)
    {
      const RetourApproval *approval = draft->approvals->pdata[i];

      if (g_str_equal (approval->rule, wanted->rule) && g_str_equal (approval->approver, wanted->approver)
          && g_strcmp0 (approval->quote_hash, wanted->quote_hash) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
retour_desk_note_voided_approvals (RetourDesk *desk, RetourStore *store, const RetourDraft *draft, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (RetourDraft) kept = store->find_draft (store, draft->id, &problem);

  if (kept == NULL && !g_error_matches (problem, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  for (guint i = 0; kept != NULL && i < kept->approvals->len; i++)
    {
      const RetourApproval *approval = kept->approvals->pdata[i];
      g_autofree char *body = NULL;
      g_autoptr (RetourAuditRecord) record = NULL;

      if (carries (draft, approval))
        continue;
      body = g_strdup_printf ("voided by a change rules %s approver %s quote %s", approval->rule, approval->approver,
                              approval->quote_hash != NULL ? approval->quote_hash : "-");
      record = retour_audit_record_new ("approval.voided", draft->staff, draft->id, retour_desk_now (desk), body);
      if (!store->append_audit (store, record, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
retour_desk_note_turned_away (RetourDesk *desk,
                              RetourStore *store,
                              const RetourStaff *staff,
                              const char *requester,
                              const char *draft,
                              GError **error)
{
  g_autoptr (GError) objection = NULL;
  g_autofree char *body = NULL;
  g_autoptr (RetourAuditRecord) record = NULL;

  if (retour_desk_check_approver (staff, requester, FALSE, NULL, &objection))
    return TRUE;
  body = g_strdup_printf ("not allowed requester %s: %s", requester != NULL ? requester : "-",
                          staff->active && staff->role == RETOUR_ROLE_MANAGER ? "the same person" : "no manager");
  record = retour_audit_record_new ("approval.not_allowed", staff->id, draft, retour_desk_now (desk), body);
  return store->append_audit (store, record, error);
}

gboolean
retour_desk_approve (RetourDesk *desk,
                     RetourStore *store,
                     const RetourWorkspace *workspace,
                     RetourDraft *draft,
                     const RetourQuote *quote,
                     const RetourStaff *approver,
                     gboolean approve,
                     const char *motive,
                     GError **error)
{
  GError *refusal = NULL;
  gboolean allowed = retour_approver_check (draft, quote, approver, approve, motive, &refusal);
  const char *kind = !allowed ? "approval.not_allowed" : approve ? "approval.given" : "approval.refused";
  g_autofree char *hash = retour_quote_hash (quote, draft);
  g_autofree char *body = describe (quote, hash, !allowed ? "not allowed" : approve ? "approved" : "refused", motive);
  RetourInstant now = retour_desk_now (desk);
  g_autoptr (RetourAuditRecord) record = retour_audit_record_new (kind, approver->id, draft->id, now, body);

  if (!store->append_audit (store, record, error))
    {
      g_clear_error (&refusal);
      return FALSE;
    }
  if (!allowed)
    {
      g_propagate_error (error, refusal);
      return FALSE;
    }
  if (!approve)
    return TRUE;
  retour_desk_add_approvals (draft, quote->approvals_needed, approver->id, motive, hash, now);
  return retour_desk_save_draft (desk, store, draft, error)
         && retour_desk_withdraw_requests (desk, store, draft->id, draft->staff, RETOUR_WITHDRAWN_ON_THE_SPOT, error);
}
