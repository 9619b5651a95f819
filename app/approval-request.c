/* SPDX-License-Identifier: Apache-2.0 */
#include "approval-request.h"

#include <string.h>

#define MAY(state) (1u << (state))
#define MAY_BE_ANSWERED                                                                                                \
  (MAY (RETOUR_REQUEST_APPROVED) | MAY (RETOUR_REQUEST_REFUSED) | MAY (RETOUR_REQUEST_EXPIRED)                         \
   | MAY (RETOUR_REQUEST_WITHDRAWN))

/* The first word that the OMS gives of a request may be its answer: the reply to the asking was lost on the way. What has
 * ended stays as it ended, so that an answer counts once. */
static const guint transitions[RETOUR_N_REQUEST_STATES] = {
  [RETOUR_REQUEST_ASKED] = MAY (RETOUR_REQUEST_WAITING) | MAY (RETOUR_REQUEST_OFFLINE) | MAY_BE_ANSWERED,
  [RETOUR_REQUEST_WAITING] = MAY (RETOUR_REQUEST_OFFLINE) | MAY_BE_ANSWERED,
  [RETOUR_REQUEST_OFFLINE] = MAY (RETOUR_REQUEST_WAITING) | MAY_BE_ANSWERED,
  [RETOUR_REQUEST_APPROVED] = 0,
  [RETOUR_REQUEST_REFUSED] = 0,
  [RETOUR_REQUEST_EXPIRED] = 0,
  [RETOUR_REQUEST_WITHDRAWN] = 0,
};

gboolean
retour_request_state_may_become (RetourRequestState from, RetourRequestState to)
{
  g_return_val_if_fail (from < RETOUR_N_REQUEST_STATES && to < RETOUR_N_REQUEST_STATES, FALSE);
  return (transitions[from] & MAY (to)) != 0;
}

gboolean
retour_request_state_is_open (RetourRequestState state)
{
  g_return_val_if_fail (state < RETOUR_N_REQUEST_STATES, FALSE);
  return transitions[state] != 0;
}

const char *
retour_request_state_code (RetourRequestState state)
{
  switch (state)
    {
    case RETOUR_REQUEST_ASKED:
      return "asked";
    case RETOUR_REQUEST_WAITING:
      return "pending";
    case RETOUR_REQUEST_OFFLINE:
      return "offline";
    case RETOUR_REQUEST_APPROVED:
      return "approved";
    case RETOUR_REQUEST_REFUSED:
      return "refused";
    case RETOUR_REQUEST_EXPIRED:
      return "expired";
    case RETOUR_REQUEST_WITHDRAWN:
      return "withdrawn";
    }
  g_return_val_if_reached (NULL);
}

gboolean
retour_request_state_parse (const char *code, RetourRequestState *state)
{
  for (RetourRequestState i = RETOUR_REQUEST_ASKED; i < RETOUR_N_REQUEST_STATES; i++)
    if (strcmp (retour_request_state_code (i), code) == 0)
      {
        *state = i;
        return TRUE;
      }
  return FALSE;
}

void
retour_request_cause_free (RetourRequestCause *cause)
{
  if (cause == NULL)
    return;
  g_free (cause->rule);
  g_free (cause->article);
  retour_words_clear (&cause->message);
  g_free (cause);
}

static RetourRequestCause *
copy_cause (const RetourRequestCause *cause)
{
  RetourRequestCause *copy = g_new0 (RetourRequestCause, 1);

  copy->rule = g_strdup (cause->rule);
  copy->decision = cause->decision;
  copy->article = g_strdup (cause->article);
  retour_words_copy (&copy->message, &cause->message);
  return copy;
}

RetourApprovalRequest *
retour_approval_request_new (const char *id, const char *return_id)
{
  g_return_val_if_fail (id != NULL && return_id != NULL, NULL);

  RetourApprovalRequest *request = g_new0 (RetourApprovalRequest, 1);
  request->id = g_strdup (id);
  request->return_id = g_strdup (return_id);
  request->causes = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_request_cause_free);
  request->asked_at = request->expires_at = request->decided_at = RETOUR_INSTANT_NONE;
  return request;
}

RetourApprovalRequest *
retour_approval_request_copy (const RetourApprovalRequest *request)
{
  g_return_val_if_fail (request != NULL, NULL);

  RetourApprovalRequest *copy = g_memdup2 (request, sizeof *request);
  copy->id = g_strdup (request->id);
  copy->return_id = g_strdup (request->return_id);
  copy->order_id = g_strdup (request->order_id);
  copy->order_number = g_strdup (request->order_number);
  copy->requester = g_strdup (request->requester);
  copy->requester_name = g_strdup (request->requester_name);
  copy->customer = g_strdup (request->customer);
  copy->hash = g_strdup (request->hash);
  copy->store = g_strdup (request->store);
  copy->store_name = g_strdup (request->store_name);
  copy->terminal = g_strdup (request->terminal);
  copy->approver = g_strdup (request->approver);
  copy->motive = g_strdup (request->motive);
  copy->decided_store = g_strdup (request->decided_store);
  copy->decided_terminal = g_strdup (request->decided_terminal);
  copy->causes = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_request_cause_free);
  for (guint i = 0; i < request->causes->len; i++)
    g_ptr_array_add (copy->causes, copy_cause (request->causes->pdata[i]));
  return copy;
}

void
retour_approval_request_free (RetourApprovalRequest *request)
{
  if (request == NULL)
    return;
  g_free (request->id);
  g_free (request->return_id);
  g_free (request->order_id);
  g_free (request->order_number);
  g_free (request->requester);
  g_free (request->requester_name);
  g_free (request->customer);
  g_free (request->hash);
  g_free (request->store);
  g_free (request->store_name);
  g_free (request->terminal);
  g_free (request->approver);
  g_free (request->motive);
  g_free (request->decided_store);
  g_free (request->decided_terminal);
  g_ptr_array_unref (request->causes);
  g_free (request);
}

static void
take_rules (RetourApprovalRequest *request, const GPtrArray *rules, const char *article)
{
  for (guint i = 0; i < rules->len; i++)
    {
      const RetourRuleResult *result = rules->pdata[i];
      RetourRequestCause *cause;

      if (result->decision == RETOUR_DECISION_ACCEPT || result->approved)
        continue;
      cause = g_new0 (RetourRequestCause, 1);
      cause->rule = g_strdup (result->rule);
      cause->decision = result->decision;
      cause->article = g_strdup (article);
      retour_words_copy (&cause->message, &result->message);
      g_ptr_array_add (request->causes, cause);
    }
}

void
retour_approval_request_take_causes (RetourApprovalRequest *request,
                                     const RetourOrder *order,
                                     const RetourDraft *draft,
                                     const RetourQuote *quote)
{
  for (guint i = 0; i < quote->lines->len; i++)
    {
      const RetourDraftEntry *entry = draft->entries->pdata[i];
      const RetourOrderLine *line = order != NULL ? retour_order_find_line (order, entry->line, NULL) : NULL;

      take_rules (request, ((const RetourQuoteLine *) quote->lines->pdata[i])->rules,
                  line != NULL && line->title != NULL ? line->title : entry->line);
    }
  take_rules (request, quote->rules, NULL);
}

gboolean
retour_approval_request_overrides (const RetourApprovalRequest *request)
{
  for (guint i = 0; i < request->causes->len; i++)
    if (((const RetourRequestCause *) request->causes->pdata[i])->decision >= RETOUR_DECISION_REFUSE_UNLESS_APPROVED)
      return TRUE;
  return FALSE;
}
