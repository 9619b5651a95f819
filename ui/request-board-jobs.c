/* SPDX-License-Identifier: Apache-2.0 */
/* What the board asks of the store: each use case is a job, its outcome comes back to the main loop. */
#include "request-board-private.h"

/* What a job works on; each kind uses its own members. */
typedef struct
{
  RetourRequestBoard *board; /* a reference */
  RetourDesk *desk;
  RetourApprovalRequest *request;
  RetourStaff *staff;
  char *draft, *why;
  gboolean offline, approve;
  RetourRequestReply reply;
  gpointer user_data;
} Job;

static Job *
job_new (RetourRequestBoard *board, const RetourApprovalRequest *request)
{
  Job *job = g_new0 (Job, 1);

  job->board = g_object_ref (board);
  job->desk = board->services->desk;
  job->request = request != NULL ? retour_approval_request_copy (request) : NULL;
  job->offline = !board->online;
  return job;
}

static void
job_free (Job *job)
{
  g_object_unref (job->board);
  retour_approval_request_free (job->request);
  retour_staff_free (job->staff);
  g_free (job->draft);
  g_free (job->why);
  g_free (job);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void
write_job (Job *job, RetourStoreJob run, RetourStoreReply reply)
{
  const RetourStorage *storage = job->board->services->storage;

  storage->write (storage->self, run, reply, job);
}

static gpointer
run_load (RetourStore *store, gpointer user_data, GError **error)
{
  return store->open_requests (store, error);
}

static void
loaded (gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GPtrArray) requests = result;

  if (requests == NULL)
    {
      g_warning ("the approvals that were asked could not be read: %s", error->message);
      return;
    }
  if (requests->len == 0 && job->board->own->len == 0)
    return;
  g_ptr_array_set_size (job->board->own, 0);
  for (guint i = 0; i < requests->len; i++)
    retour_request_board_keep_own (job->board, retour_approval_request_copy (requests->pdata[i]));
  retour_request_board_changed (job->board);
  retour_request_board_go_on (job->board);
}

void
retour_request_board_read_again (RetourRequestBoard *self)
{
  const RetourStorage *storage = self->services->storage;

  storage->read (storage->self, run_load, loaded, job_new (self, NULL));
}

static gpointer
run_hear (RetourStore *store, gpointer user_data, GError **error)
{
  Job *job = user_data;

  return retour_desk_hear_request (job->desk, store, job->request, job->offline, error);
}

static void
heard (gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (RetourRequestNews) news = result;
  RetourRequestBoard *self = job->board;

  if (news == NULL)
    {
      g_warning ("an answer could not be kept: %s", error->message);
      return;
    }
  if (news->request == NULL || self->closed)
    return;
  retour_request_board_keep_own (self, retour_approval_request_copy (news->request));
  if (news->changed || news->objection != NULL)
    g_signal_emit (self, retour_request_board_signals[RETOUR_REQUEST_BOARD_ANSWERED], 0, news);
  retour_request_board_changed (self);
}

void
retour_request_board_hear (RetourRequestBoard *self, const RetourApprovalRequest *request)
{
  write_job (job_new (self, request), run_hear, heard);
}

static gpointer
run_note_offline (RetourStore *store, gpointer user_data, GError **error)
{
  Job *job = user_data;

  if (!retour_desk_note_request_offline (job->desk, store, job->request->id, error))
    return NULL;
  return store->find_request (store, job->request->id, error);
}

/* How a request stands after a job that may have changed it. */
static void
stands (gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  RetourApprovalRequest *request = result;

  if (request == NULL)
    {
      g_warning ("a request could not be kept: %s", error->message);
      return;
    }
  retour_request_board_keep_own (job->board, request);
  retour_request_board_changed (job->board);
}

void
retour_request_board_note_offline (RetourRequestBoard *self, const RetourApprovalRequest *request)
{
  if (request->state != RETOUR_REQUEST_OFFLINE)
    write_job (job_new (self, request), run_note_offline, stands);
}

static gpointer
run_withdraw (RetourStore *store, gpointer user_data, GError **error)
{
  Job *job = user_data;

  if (!retour_desk_withdraw_request (job->desk, store, job->request->id, job->staff != NULL ? job->staff->id : NULL,
                                     job->why, error))
    return NULL;
  return store->find_request (store, job->request->id, error);
}

static void
withdrawn (gpointer result, const GError *error, gpointer user_data)
{
  RetourRequestBoard *board = ((Job *) user_data)->board;
  const RetourServices *services = board->services;

  stands (result, error, user_data);
  services->kick (services->self);
}

void
retour_request_board_withdraw (RetourRequestBoard *self, const char *draft, const char *staff, const char *why)
{
  const RetourApprovalRequest *request = retour_request_board_find (self, draft);
  Job *job;

  if (request == NULL)
    return;
  job = job_new (self, request);
  job->staff = staff != NULL ? retour_staff_new (staff, "", RETOUR_ROLE_CLERK) : NULL;
  job->why = g_strdup (why);
  write_job (job, run_withdraw, withdrawn);
}

static gpointer
run_ask (RetourStore *store, gpointer user_data, GError **error)
{
  Job *job = user_data;

  return retour_desk_ask_elsewhere (job->desk, store, job->draft, job->staff, job->offline, error);
}

static void
asked (gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  RetourApprovalRequest *request = result;

  if (request != NULL)
    {
      retour_request_board_keep_own (job->board, request);
      retour_request_board_changed (job->board);
      if (job->board->online)
        retour_request_board_hurry (job->board);
      else
        retour_request_board_note_offline (job->board, request);
    }
  job->reply (error, job->user_data);
}

void
retour_request_board_ask (RetourRequestBoard *self,
                          const char *draft,
                          const RetourStaff *requester,
                          RetourRequestReply reply,
                          gpointer user_data)
{
  Job *job = job_new (self, NULL);

  job->draft = g_strdup (draft);
  job->staff = retour_staff_copy (requester);
  job->reply = reply;
  job->user_data = user_data;
  write_job (job, run_ask, asked);
}

static gpointer
run_decide (RetourStore *store, gpointer user_data, GError **error)
{
  Job *job = user_data;

  return retour_desk_decide_request (job->desk, store, job->request, job->staff, job->approve, job->why, error) ? job
                                                                                                                : NULL;
}

static void
take_away (RetourRequestBoard *self, const char *id)
{
  for (guint i = 0; i < self->waiting->len; i++)
    if (g_str_equal (((const RetourApprovalRequest *) self->waiting->pdata[i])->id, id))
      {
        g_ptr_array_remove_index (self->waiting, i);
        return;
      }
}

static void
decided (gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  RetourRequestBoard *self = job->board;
  const RetourServices *services = self->services;

  if (error == NULL)
    {
      g_hash_table_insert (self->decided, g_strdup (job->request->id), g_strdup (job->staff->id));
      take_away (self, job->request->id);
      services->kick (services->self);
    }
  job->reply (error, job->user_data);
  retour_request_board_changed (self);
}

void
retour_request_board_decide (RetourRequestBoard *self,
                             const RetourApprovalRequest *request,
                             const RetourStaff *approver,
                             gboolean approve,
                             const char *motive,
                             RetourRequestReply reply,
                             gpointer user_data)
{
  Job *job = job_new (self, request);

  job->staff = retour_staff_copy (approver);
  job->approve = approve;
  job->why = g_strdup (motive);
  job->reply = reply;
  job->user_data = user_data;
  write_job (job, run_decide, decided);
}
