/* SPDX-License-Identifier: Apache-2.0 */
/* The two jobs of the workbench that end something: recording the return, and a manager's decision. */
#include "workbench-private.h"

#include "words.h"

typedef struct
{
  RetourWorkbench *self;
  RetourDesk *desk;
  RetourDraft *draft;
  RetourStaff *staff;
  gboolean offline;
} ConfirmJob;

static void
confirm_job_free (ConfirmJob *job)
{
  g_object_unref (job->self);
  retour_draft_free (job->draft);
  retour_staff_free (job->staff);
  g_free (job);
}

static gpointer
run_confirm (RetourStore *store, gpointer user_data, GError **error)
{
  ConfirmJob *job = user_data;

  return retour_desk_confirm (job->desk, store, job->draft, job->staff, job->offline, error);
}

/* The store knows the order otherwise than it was laid on the desk (a return elsewhere was booked meanwhile): it is read anew,
 * and this bench changes nothing any more. */
static void
lay_out_anew (RetourWorkbench *self)
{
  self->done = TRUE;
  retour_navigation_open_draft (self->navigation, self->workspace->draft->id);
}

static void
confirm_replied (gpointer result, const GError *error, gpointer user_data)
{
  ConfirmJob *job = user_data;
  RetourWorkbench *self = job->self;
  RetourReturn *ret = result;
  const RetourServices *services = retour_navigation_get_services (self->navigation);

  self->busy = FALSE;
  if (ret == NULL && g_error_matches (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ACCEPTED))
    {
      lay_out_anew (self);
      retour_navigation_toast (self->navigation, _ ("The order has changed meanwhile: it has to be approved anew."),
                               NULL, NULL, NULL);
      confirm_job_free (job);
      return;
    }
  if (ret == NULL)
    {
      retour_workbench_requote (self);
      retour_navigation_show_error (self->navigation, _ ("The return is not recorded. Nothing was lost, try again."),
                                    error);
      confirm_job_free (job);
      return;
    }
  self->done = TRUE;
  retour_workbench_check_request (self);
  services->kick (services->self);
  g_signal_emit (self, retour_workbench_signals[RETOUR_WORKBENCH_SIGNAL_FINISHED], 0);
  retour_navigation_drop_toast (self->navigation);
  retour_navigation_show_proof (self->navigation, ret, TRUE);
  retour_navigation_refresh (self->navigation);
  confirm_job_free (job);
}

void
retour_workbench_confirm (RetourWorkbench *self)
{
  const RetourStaff *staff = retour_navigation_get_staff (self->navigation);
  const RetourServices *services = retour_navigation_get_services (self->navigation);
  ConfirmJob *job;

  if (staff == NULL || retour_workbench_get_state (self) != RETOUR_WORKBENCH_READY)
    return;
  self->busy = TRUE;
  job = g_new0 (ConfirmJob, 1);
  job->self = g_object_ref (self);
  job->desk = services->desk;
  job->draft = retour_draft_copy (self->workspace->draft);
  job->staff = retour_staff_copy (staff);
  job->offline = retour_navigation_is_offline (self->navigation);
  g_signal_emit (self, retour_workbench_signals[RETOUR_WORKBENCH_SIGNAL_CHANGED], 0);
  services->storage->write (services->storage->self, run_confirm, confirm_replied, job);
}

typedef struct
{
  RetourWorkbench *self;
  RetourDesk *desk;
  RetourDraft *draft;
  RetourQuote *quote;
  RetourStaff *approver;
  char *motive;
  gboolean approve;
  RetourWorkbenchReply reply;
  gpointer user_data;
} ApproveJob;

static void
approve_job_free (ApproveJob *job)
{
  g_object_unref (job->self);
  retour_draft_free (job->draft);
  retour_quote_free (job->quote);
  retour_staff_free (job->approver);
  g_free (job->motive);
  g_free (job);
}

static gpointer
run_approve (RetourStore *store, gpointer user_data, GError **error)
{
  ApproveJob *job = user_data;

  return retour_desk_approve (job->desk, store, NULL, job->draft, job->quote, job->approver, job->approve, job->motive,
                              error)
             ? job
             : NULL;
}

static void
approve_replied (gpointer result, const GError *error, gpointer user_data)
{
  ApproveJob *job = user_data;
  RetourWorkbench *self = job->self;

  self->busy = FALSE;
  if (error == NULL && job->approve)
    {
      retour_draft_free (self->workspace->draft);
      self->workspace->draft = g_steal_pointer (&job->draft);
    }
  retour_workbench_requote (self);
  if (retour_navigation_get_requests (self->navigation) != NULL)
    retour_request_board_read_again (retour_navigation_get_requests (self->navigation));
  job->reply (error, job->user_data);
  approve_job_free (job);
}

void
retour_workbench_approve (RetourWorkbench *self,
                          const RetourStaff *approver,
                          gboolean approve,
                          const char *motive,
                          RetourWorkbenchReply reply,
                          gpointer user_data)
{
  const RetourServices *services = retour_navigation_get_services (self->navigation);
  ApproveJob *job;

  if (self->busy || self->done || self->quote == NULL)
    return;
  self->busy = TRUE;
  job = g_new0 (ApproveJob, 1);
  job->self = g_object_ref (self);
  job->desk = services->desk;
  job->draft = retour_draft_copy (self->workspace->draft);
  job->quote = retour_quote_copy (self->quote);
  job->approver = retour_staff_copy (approver);
  job->motive = g_strdup (motive);
  job->approve = approve;
  job->reply = reply;
  job->user_data = user_data;
  services->storage->write (services->storage->self, run_approve, approve_replied, job);
}

void
retour_workbench_take_approvals (RetourWorkbench *self, const RetourDraft *approved)
{
  RetourDraft *draft = self->workspace->draft;

  if (self->busy || self->done || g_strcmp0 (draft->id, approved->id) != 0)
    return;
  g_ptr_array_set_size (draft->approvals, 0);
  for (guint i = 0; i < approved->approvals->len; i++)
    g_ptr_array_add (draft->approvals, retour_approval_copy (approved->approvals->pdata[i]));
  retour_workbench_requote (self);
  if (retour_workbench_get_state (self) == RETOUR_WORKBENCH_APPROVAL)
    lay_out_anew (self);
}

void
retour_workbench_check_request (RetourWorkbench *self)
{
  RetourRequestBoard *board = retour_navigation_get_requests (self->navigation);
  const RetourDraft *draft = self->workspace->draft;
  g_autofree char *hash = NULL;

  if (board == NULL || draft->id == NULL || retour_request_board_find (board, draft->id) == NULL)
    return;
  if (!self->done && self->quote != NULL)
    hash = retour_quote_hash (self->quote, draft);
  retour_request_board_check (board, draft->id, hash);
}
