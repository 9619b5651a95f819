/* SPDX-License-Identifier: Apache-2.0 */
/* The asking side: a request is stored before it is sent, and its answer counts once, for one quote. */
#include "remote-approval.h"

#include "desk-private.h"

void
retour_request_news_free (RetourRequestNews *news)
{
  if (news == NULL)
    return;
  retour_approval_request_free (news->request);
  retour_draft_free (news->draft);
  g_free (news->objection);
  g_free (news);
}

/* Ids only: a person's name has no place in the journal. */
static gboolean
journal (RetourDesk *desk,
         RetourStore *store,
         const RetourApprovalRequest *request,
         const char *kind,
         const char *actor,
         const char *why,
         GError **error)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (RetourAuditRecord) record = NULL;

  g_string_append_printf (body, "request %s quote %s rules", request->id, request->hash);
  for (guint i = 0; i < request->causes->len; i++)
    g_string_append_printf (body, " %s", ((const RetourRequestCause *) request->causes->pdata[i])->rule);
  if (request->decided_terminal != NULL)
    g_string_append_printf (body, " at %s %s", request->decided_store != NULL ? request->decided_store : "-",
                            request->decided_terminal);
  if (why != NULL)
    g_string_append_printf (body, " %s", why);
  record = retour_audit_record_new (kind, actor, request->return_id, retour_desk_now (desk), body->str);
  return store->append_audit (store, record, error);
}

/* A request that has ended keeps no name of the customer. */
static gboolean
end (RetourStore *store, RetourApprovalRequest *request, RetourRequestState state, GError **error)
{
  request->state = state;
  g_clear_pointer (&request->customer, g_free);
  return store->save_request (store, request, TRUE, error);
}

/* What the journal and the OMS are told of a withdrawal. */
typedef struct
{
  RetourDesk *desk;
  RetourApprovalRequest *request;
  const char *staff, *why;
} Withdrawal;

static gboolean
withdraw (RetourStore *store, gpointer user_data, GError **error)
{
  const Withdrawal *withdrawal = user_data;
  RetourDesk *desk = withdrawal->desk;
  RetourApprovalRequest *request = withdrawal->request;
  /* One that was asked this moment may have reached it without our knowing. */
  gboolean known = request->expires_at != RETOUR_INSTANT_NONE || request->state == RETOUR_REQUEST_ASKED;

  request->decided_at = retour_desk_now (desk);
  if (!end (store, request, RETOUR_REQUEST_WITHDRAWN, error)
      || !journal (desk, store, request, "approval.withdrawn", withdrawal->staff, withdrawal->why, error))
    return FALSE;
  return !known || retour_desk_queue_decision (desk, store, request, error);
}

gboolean
retour_desk_withdraw_requests (
    RetourDesk *desk, RetourStore *store, const char *draft, const char *staff, const char *why, GError **error)
{
  g_autoptr (GPtrArray) open = store->open_requests (store, error);

  if (open == NULL)
    return FALSE;
  for (guint i = 0; i < open->len; i++)
    {
      Withdrawal withdrawal = { desk, g_ptr_array_index (open, i), staff, why };

      if (g_strcmp0 (withdrawal.request->return_id, draft) == 0
          && !store->together (store, withdraw, &withdrawal, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
retour_desk_withdraw_request (
    RetourDesk *desk, RetourStore *store, const char *id, const char *staff, const char *why, GError **error)
{
  g_autoptr (RetourApprovalRequest) request = store->find_request (store, id, error);
  Withdrawal withdrawal = { desk, request, staff, why };

  if (request == NULL)
    return FALSE;
  return !retour_request_state_is_open (request->state) || store->together (store, withdraw, &withdrawal, error);
}

gboolean
retour_desk_note_request_offline (RetourDesk *desk, RetourStore *store, const char *id, GError **error)
{
  g_autoptr (RetourApprovalRequest) request = store->find_request (store, id, error);

  if (request == NULL)
    return FALSE;
  if (!retour_request_state_may_become (request->state, RETOUR_REQUEST_OFFLINE))
    return TRUE;
  request->state = RETOUR_REQUEST_OFFLINE;
  return store->save_request (store, request, TRUE, error);
}

/* Whoever asks is who stands at the desk now, whatever the draft remembers. */
static void
stand_at (RetourDraft *draft, const RetourStaff *staff)
{
  g_free (draft->staff);
  g_free (draft->staff_email);
  g_free (draft->staff_customer);
  draft->staff = g_strdup (staff->id);
  draft->staff_email = g_strdup (staff->email);
  draft->staff_customer = g_strdup (staff->customer);
}

static RetourApprovalRequest *
make_request (RetourDesk *desk,
              const RetourWorkspace *workspace,
              const RetourQuote *quote,
              const RetourStaff *requester)
{
  const RetourDraft *draft = workspace->draft;
  const RetourIdentity *identity = desk->identity;
  g_autofree char *id = retour_desk_new_id (desk);
  RetourApprovalRequest *request = retour_approval_request_new (id, draft->id);

  request->order_id = g_strdup (draft->order_id);
  request->order_number = g_strdup (draft->order_number);
  request->requester = g_strdup (requester->id);
  request->requester_name = retour_staff_short_name (requester);
  if (workspace->order != NULL)
    request->customer = retour_customer_short_name (&workspace->order->customer);
  g_strlcpy (request->currency, quote->currency, sizeof request->currency);
  request->gift = quote->prices_hidden;
  request->amount = quote->prices_hidden ? 0 : quote->total;
  request->collect = quote->prices_hidden ? 0 : quote->exchange_collect;
  request->hash = retour_quote_hash (quote, draft);
  request->store = g_strdup (identity->store);
  request->store_name = g_strdup (identity->store_name);
  request->terminal = g_strdup (identity->terminal);
  request->asked_at = retour_desk_now (desk);
  retour_approval_request_take_causes (request, workspace->order, draft, quote);
  return request;
}

/* Looks for an open request of the draft: *same is the one of this quote, any other is withdrawn. */
static gboolean
look_for_same (RetourDesk *desk,
               RetourStore *store,
               const RetourApprovalRequest *wanted,
               RetourApprovalRequest **same,
               GError **error)
{
  g_autoptr (GPtrArray) open = store->open_requests (store, error);

  if (open == NULL)
    return FALSE;
  for (guint i = 0; i < open->len; i++)
    {
      RetourApprovalRequest *request = g_ptr_array_index (open, i);

      if (g_strcmp0 (request->return_id, wanted->return_id) != 0)
        continue;
      if (g_strcmp0 (request->hash, wanted->hash) == 0 && g_strcmp0 (request->requester, wanted->requester) == 0)
        *same = retour_approval_request_copy (request);
      else if (!retour_desk_withdraw_request (desk, store, request->id, wanted->requester, RETOUR_WITHDRAWN_CHANGED,
                                              error))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  RetourDesk *desk;
  RetourApprovalRequest *request, *same;
} Asking;

static gboolean
store_request (RetourStore *store, gpointer user_data, GError **error)
{
  Asking *asking = user_data;

  g_clear_pointer (&asking->same, retour_approval_request_free);
  if (!look_for_same (asking->desk, store, asking->request, &asking->same, error))
    return FALSE;
  if (asking->same != NULL)
    return TRUE;
  return store->save_request (store, asking->request, TRUE, error)
         && journal (asking->desk, store, asking->request, "approval.asked", asking->request->requester, NULL, error);
}

RetourApprovalRequest *
retour_desk_ask_elsewhere (RetourDesk *desk,
                           RetourStore *store,
                           const char *draft,
                           const RetourStaff *requester,
                           gboolean offline,
                           GError **error)
{
  g_autoptr (RetourWorkspace) workspace = retour_desk_open_draft (desk, store, draft, error);
  g_autoptr (RetourQuote) quote = NULL;
  g_autoptr (RetourApprovalRequest) request = NULL;
  Asking asking = { .desk = desk };

  if (workspace == NULL)
    return NULL;
  stand_at (workspace->draft, requester);
  quote = retour_workspace_quote (workspace, workspace->draft, retour_desk_now (desk), offline, error);
  if (quote == NULL)
    return NULL;
  if (quote->decision == RETOUR_DECISION_ACCEPT || quote->decision == RETOUR_DECISION_REFUSE)
    {
      g_set_error (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ACCEPTED, "The policy says %s: no manager is asked",
                   retour_decision_code (quote->decision));
      return NULL;
    }
  request = asking.request = make_request (desk, workspace, quote, requester);
  if (!store->together (store, store_request, &asking, error))
    {
      retour_approval_request_free (asking.same);
      return NULL;
    }
  return asking.same != NULL ? asking.same : g_steal_pointer (&request);
}

/* An answer on its way into the draft. */
typedef struct
{
  RetourDesk *desk;
  const RetourApprovalRequest *heard;
  gboolean offline;
  RetourRequestNews *news;
} Hearing;

/* Who is said to have decided, from what this terminal knows of the staff: nobody unknown here is believed. */
static gboolean
check_answer (const Hearing *hearing, RetourStore *store, GError **error)
{
  const RetourApprovalRequest *request = hearing->news->request;
  g_autoptr (RetourStaff) approver = NULL;

  if (g_strcmp0 (hearing->heard->hash, request->hash) != 0)
    {
      g_set_error_literal (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ALLOWED,
                           "The answer is for another return than was asked about");
      return FALSE;
    }
  if (request->approver != NULL)
    approver = store->find_staff (store, request->approver, NULL);
  if (approver == NULL || !g_str_equal (approver->id, request->approver))
    {
      g_set_error (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ALLOWED, "%s is nobody known here",
                   request->approver != NULL ? request->approver : "Nobody");
      return FALSE;
    }
  if (request->decided_at == RETOUR_INSTANT_NONE || request->expires_at == RETOUR_INSTANT_NONE
      || request->decided_at > request->expires_at)
    {
      g_set_error_literal (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_TOO_LATE, "It was decided after its time");
      return FALSE;
    }
  return retour_desk_check_approver (approver, request->requester,
                                     request->state == RETOUR_REQUEST_APPROVED
                                         && retour_approval_request_overrides (request),
                                     request->motive, error);
}

/* The draft that was asked for, if it still comes to the same quote; NULL with RETOUR_DESK_ERROR_TOO_LATE when not. */
static RetourDraft *
find_asked_draft (const Hearing *hearing, RetourStore *store, RetourQuote **quote, GError **error)
{
  const RetourApprovalRequest *request = hearing->news->request;
  g_autoptr (RetourWorkspace) workspace = retour_desk_open_draft (hearing->desk, store, request->return_id, NULL);
  g_autoptr (RetourStaff) requester = store->find_staff (store, request->requester, NULL);
  g_autoptr (RetourQuote) now = NULL;
  g_autofree char *hash = NULL;

  if (workspace != NULL && requester != NULL)
    stand_at (workspace->draft, requester);
  if (workspace != NULL && workspace->draft->entries->len > 0)
    now = retour_workspace_quote (workspace, workspace->draft, retour_desk_now (hearing->desk), hearing->offline, NULL);
  if (now != NULL)
    hash = retour_quote_hash (now, workspace->draft);
  if (g_strcmp0 (hash, request->hash) != 0)
    {
      g_set_error_literal (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_TOO_LATE,
                           "The return is another one than was asked about");
      return NULL;
    }
  *quote = g_steal_pointer (&now);
  return g_steal_pointer (&workspace->draft);
}

static gboolean
give_approval (const Hearing *hearing, RetourStore *store, GError **error)
{
  RetourRequestNews *news = hearing->news;
  RetourApprovalRequest *request = news->request;
  g_autoptr (RetourQuote) quote = NULL;
  g_autofree char *why =
      g_strconcat ("approved elsewhere motive ", request->motive != NULL ? request->motive : "-", NULL);

  news->draft = find_asked_draft (hearing, store, &quote, error);
  if (news->draft == NULL)
    return FALSE;
  retour_desk_add_approvals (news->draft, quote->approvals_needed, request->approver, request->motive, request->hash,
                             request->decided_at);
  return retour_desk_save_draft (hearing->desk, store, news->draft, error)
         && end (store, request, RETOUR_REQUEST_APPROVED, error)
         && journal (hearing->desk, store, request, "approval.given", request->approver, why, error);
}

/* The answer is remembered as one that does not count, with the reason, so that it cannot count later. */
static gboolean
object (const Hearing *hearing, RetourStore *store, const GError *why, GError **error)
{
  RetourRequestNews *news = hearing->news;
  gboolean late = news->request->decided_at > news->request->expires_at;

  news->objection = g_strdup (why->message);
  return end (store, news->request, late ? RETOUR_REQUEST_EXPIRED : RETOUR_REQUEST_WITHDRAWN, error)
         && journal (hearing->desk, store, news->request, "approval.not_allowed", news->request->approver, why->message,
                     error);
}

static gboolean
take_answer (const Hearing *hearing, RetourStore *store, GError **error)
{
  RetourRequestNews *news = hearing->news;
  g_autoptr (GError) objection = NULL;
  g_autofree char *why = NULL;

  if (!check_answer (hearing, store, &objection))
    return object (hearing, store, objection, error);
  if (news->request->state == RETOUR_REQUEST_APPROVED)
    {
      if (give_approval (hearing, store, &objection))
        return TRUE;
      if (objection->domain == RETOUR_DESK_ERROR)
        return object (hearing, store, objection, error);
      g_propagate_error (error, g_steal_pointer (&objection));
      return FALSE;
    }
  why = g_strconcat ("refused elsewhere motive ", news->request->motive != NULL ? news->request->motive : "-", NULL);
  return end (store, news->request, RETOUR_REQUEST_REFUSED, error)
         && journal (hearing->desk, store, news->request, "approval.refused", news->request->approver, why, error);
}

static void
replace (char **member, const char *value)
{
  char *copy = g_strdup (value);

  g_free (*member);
  *member = copy;
}

/* What the OMS adds to what was asked; what was asked itself is our own word, never read back. */
static void
take_over (RetourApprovalRequest *request, const RetourApprovalRequest *heard)
{
  request->state = heard->state;
  if (heard->expires_at != RETOUR_INSTANT_NONE)
    request->expires_at = heard->expires_at;
  replace (&request->approver, heard->approver);
  replace (&request->motive, heard->motive);
  replace (&request->decided_store, heard->decided_store);
  replace (&request->decided_terminal, heard->decided_terminal);
  request->decided_at = heard->decided_at;
}

static gboolean
hear (RetourStore *store, gpointer user_data, GError **error)
{
  const Hearing *hearing = user_data;
  RetourRequestNews *news = hearing->news;

  g_clear_pointer (&news->draft, retour_draft_free);
  g_clear_pointer (&news->objection, g_free);
  take_over (news->request, hearing->heard);
  switch (hearing->heard->state)
    {
    case RETOUR_REQUEST_APPROVED:
    case RETOUR_REQUEST_REFUSED:
      return take_answer (hearing, store, error);
    case RETOUR_REQUEST_EXPIRED:
      return end (store, news->request, RETOUR_REQUEST_EXPIRED, error)
             && journal (hearing->desk, store, news->request, "approval.expired", NULL, NULL, error);
    case RETOUR_REQUEST_WITHDRAWN:
      return end (store, news->request, RETOUR_REQUEST_WITHDRAWN, error)
             && journal (hearing->desk, store, news->request, "approval.withdrawn", NULL, "by the OMS", error);
    case RETOUR_REQUEST_ASKED:
    case RETOUR_REQUEST_WAITING:
    case RETOUR_REQUEST_OFFLINE:
      return store->save_request (store, news->request, TRUE, error);
    }
  g_return_val_if_reached (FALSE);
}

/* An answer to a request that has ended otherwise: a replay, or one that crossed its withdrawal. It changes nothing. */
static gboolean
note_late_answer (Hearing *hearing, RetourStore *store, GError **error)
{
  RetourRequestNews *news = hearing->news;
  g_autofree char *why = NULL;

  if (hearing->heard->state == news->request->state || retour_request_state_is_open (hearing->heard->state)
      || hearing->heard->approver == NULL)
    return TRUE;
  why = g_strdup_printf ("answer %s after it was %s", retour_request_state_code (hearing->heard->state),
                         retour_request_state_code (news->request->state));
  news->objection = g_strdup (why);
  return journal (hearing->desk, store, news->request, "approval.not_allowed", hearing->heard->approver, why, error);
}

RetourRequestNews *
retour_desk_hear_request (
    RetourDesk *desk, RetourStore *store, const RetourApprovalRequest *heard, gboolean offline, GError **error)
{
  g_autoptr (RetourRequestNews) news = g_new0 (RetourRequestNews, 1);
  g_autoptr (GError) problem = NULL;
  Hearing hearing = { desk, heard, offline, news };

  news->request = store->find_request (store, heard->id, &problem);
  if (news->request == NULL && !g_error_matches (problem, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (news->request == NULL || !retour_desk_asked_here (desk, news->request))
    {
      g_clear_pointer (&news->request, retour_approval_request_free);
      return g_steal_pointer (&news);
    }
  if (!retour_request_state_may_become (news->request->state, heard->state))
    return note_late_answer (&hearing, store, error) ? g_steal_pointer (&news) : NULL;
  news->changed = TRUE;
  return store->together (store, hear, &hearing, error) ? g_steal_pointer (&news) : NULL;
}
