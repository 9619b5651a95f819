/* SPDX-License-Identifier: Apache-2.0 */
/* The two jobs of the workbench that end something: recording the return, and a manager's decision. Both are for all orders
 * of the visit, as one. */
#include "workbench-private.h"

#include "words.h"

/* What both are about. */
typedef struct
{
  GPtrArray *benches; /* RetourWorkbench; never empty */
  GPtrArray *drafts;  /* RetourDraft of each, copies */
  GPtrArray *quotes;  /* RetourQuote of each, copies */
} Subject;

static void
subject_clear (Subject *subject)
{
  g_ptr_array_unref (subject->benches);
  g_ptr_array_unref (subject->drafts);
  g_ptr_array_unref (subject->quotes);
}

static void
subject_take (Subject *subject, RetourWorkbench *self)
{
  subject->benches = retour_workbench_list_peers (self);
  subject->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_draft_free);
  subject->quotes = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_quote_free);
  for (guint i = 0; i < subject->benches->len; i++)
    {
      RetourWorkbench *bench = subject->benches->pdata[i];

      bench->busy = TRUE;
      g_ptr_array_add (subject->drafts, retour_draft_copy (bench->workspace->draft));
      g_ptr_array_add (subject->quotes, retour_quote_copy (bench->quote));
    }
}

static RetourWorkbench *
first_of (const Subject *subject)
{
  return subject->benches->pdata[0];
}

static void
subject_release (const Subject *subject)
{
  for (guint i = 0; i < subject->benches->len; i++)
    ((RetourWorkbench *) subject->benches->pdata[i])->busy = FALSE;
}

static void
subject_requote (const Subject *subject)
{
  for (guint i = 0; i < subject->benches->len; i++)
    retour_workbench_requote (subject->benches->pdata[i]);
}

typedef struct
{
  Subject subject;
  RetourDesk *desk;
  RetourStaff *staff;
  gboolean offline;
} ConfirmJob;

static void
confirm_job_free (ConfirmJob *job)
{
  subject_clear (&job->subject);
  retour_staff_free (job->staff);
  g_free (job);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfirmJob, confirm_job_free)

static gpointer
run_confirm (RetourStore *store, gpointer user_data, GError **error)
{
  ConfirmJob *job = user_data;

  return retour_desk_confirm_visit (job->desk, store, job->subject.drafts, job->staff, job->offline, error);
}

/* The store knows the order otherwise than it was laid on the desk (a return elsewhere was booked meanwhile): the visit is
 * read anew, and these benches change nothing any more. */
static void
lay_out_anew (RetourWorkbench *self)
{
  g_autoptr (GPtrArray) peers = retour_workbench_list_peers (self);

  for (guint i = 0; i < peers->len; i++)
    ((RetourWorkbench *) peers->pdata[i])->done = TRUE;
  retour_navigation_open_draft (self->navigation, self->workspace->draft->id);
}

static void
confirm_replied (gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (ConfirmJob) job = user_data;
  g_autoptr (GPtrArray) returns = result;
  RetourNavigation *navigation = first_of (&job->subject)->navigation;
  const RetourServices *services = retour_navigation_get_services (navigation);

  subject_release (&job->subject);
  if (returns == NULL && g_error_matches (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ACCEPTED))
    {
      lay_out_anew (first_of (&job->subject));
      retour_navigation_toast (navigation, _ ("The order has changed meanwhile: it has to be approved anew."), NULL,
                               NULL, NULL);
      return;
    }
  if (returns == NULL)
    {
      subject_requote (&job->subject);
      retour_navigation_show_error (navigation, _ ("The return is not recorded. Nothing was lost, try again."), error);
      return;
    }
  for (guint i = 0; i < job->subject.benches->len; i++)
    {
      RetourWorkbench *bench = job->subject.benches->pdata[i];

      bench->done = TRUE;
      retour_workbench_check_request (bench);
    }
  services->kick (services->self);
  for (guint i = 0; i < job->subject.benches->len; i++)
    g_signal_emit (job->subject.benches->pdata[i], retour_workbench_signals[RETOUR_WORKBENCH_SIGNAL_FINISHED], 0);
  retour_navigation_drop_toast (navigation);
  retour_navigation_show_proof (navigation, retour_return_copy (returns->pdata[0]), TRUE);
  retour_navigation_refresh (navigation);
}

void
retour_workbench_confirm (RetourWorkbench *self)
{
  const RetourStaff *staff = retour_navigation_get_staff (self->navigation);
  const RetourServices *services = retour_navigation_get_services (self->navigation);
  ConfirmJob *job;

  if (staff == NULL || retour_visit_get_state (self) != RETOUR_WORKBENCH_READY)
    return;
  job = g_new0 (ConfirmJob, 1);
  subject_take (&job->subject, self);
  job->desk = services->desk;
  job->staff = retour_staff_copy (staff);
  job->offline = retour_navigation_is_offline (self->navigation);
  g_signal_emit (self, retour_workbench_signals[RETOUR_WORKBENCH_SIGNAL_CHANGED], 0);
  services->storage->write (services->storage->self, run_confirm, confirm_replied, job);
}

typedef struct
{
  Subject subject;
  RetourDesk *desk;
  RetourStaff *approver;
  char *motive;
  gboolean approve;
  RetourWorkbenchReply reply;
  gpointer user_data;
} ApproveJob;

static void
approve_job_free (ApproveJob *job)
{
  subject_clear (&job->subject);
  retour_staff_free (job->approver);
  g_free (job->motive);
  g_free (job);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ApproveJob, approve_job_free)

static gpointer
run_approve (RetourStore *store, gpointer user_data, GError **error)
{
  ApproveJob *job = user_data;

  return retour_desk_approve_visit (job->desk, store, job->subject.drafts, job->subject.quotes, job->approver,
                                    job->approve, job->motive, error)
             ? job
             : NULL;
}

static void
approve_replied (gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (ApproveJob) job = user_data;
  RetourRequestBoard *requests = retour_navigation_get_requests (first_of (&job->subject)->navigation);

  subject_release (&job->subject);
  for (guint i = 0; error == NULL && job->approve && i < job->subject.benches->len; i++)
    {
      RetourWorkbench *bench = job->subject.benches->pdata[i];

      retour_draft_free (bench->workspace->draft);
      bench->workspace->draft = retour_draft_copy (job->subject.drafts->pdata[i]);
    }
  subject_requote (&job->subject);
  if (requests != NULL)
    retour_request_board_read_again (requests);
  job->reply (error, job->user_data);
}

static gboolean
can_be_decided (RetourWorkbench *self)
{
  g_autoptr (GPtrArray) peers = retour_workbench_list_peers (self);

  for (guint i = 0; i < peers->len; i++)
    {
      const RetourWorkbench *bench = peers->pdata[i];

      if (bench->busy || bench->done || bench->quote == NULL)
        return FALSE;
    }
  return TRUE;
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

  if (!can_be_decided (self))
    return;
  job = g_new0 (ApproveJob, 1);
  subject_take (&job->subject, self);
  job->desk = services->desk;
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
