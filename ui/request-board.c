/* SPDX-License-Identifier: Apache-2.0 */
/* One question to the OMS is out at a time: first what is open, then what was asked here and the OMS may not know, then a long
 * wait for news. After a failure all of it begins again, later: asking twice is the same question. */
#include "request-board-private.h"

#include <string.h>

#define FIRST_WAIT 1000 /* ms */
#define LONGEST_WAIT 30000
/* An OMS that answers a wait at once, again and again, is not asked faster than this. */
#define SHORTEST_WAIT 100

guint retour_request_board_signals[RETOUR_REQUEST_BOARD_N_SIGNALS];

G_DEFINE_TYPE (RetourRequestBoard, retour_request_board, G_TYPE_OBJECT)

void
retour_request_board_changed (RetourRequestBoard *self)
{
  if (!self->closed)
    g_signal_emit (self, retour_request_board_signals[RETOUR_REQUEST_BOARD_CHANGED], 0);
}

static int
find_index (const GPtrArray *requests, const char *id)
{
  for (guint i = 0; i < requests->len; i++)
    if (g_str_equal (((const RetourApprovalRequest *) requests->pdata[i])->id, id))
      return (int) i;
  return -1;
}

void
retour_request_board_keep_own (RetourRequestBoard *self, RetourApprovalRequest *request)
{
  int at = find_index (self->own, request->id);
  gboolean open = retour_request_state_is_open (request->state);

  if (at >= 0 && open)
    {
      retour_approval_request_free (self->own->pdata[at]);
      self->own->pdata[at] = request;
      return;
    }
  if (at >= 0)
    g_ptr_array_remove_index (self->own, (guint) at);
  if (open)
    g_ptr_array_add (self->own, request);
  else
    retour_approval_request_free (request);
}

static gboolean
asked_here (RetourRequestBoard *self, const RetourApprovalRequest *request)
{
  const RetourIdentity *identity = retour_desk_get_identity (self->services->desk);

  return g_strcmp0 (request->store, identity->store) == 0 && g_strcmp0 (request->terminal, identity->terminal) == 0;
}

/* What a manager decided here and the OMS ended otherwise. */
static void
look_for_overtaking (RetourRequestBoard *self, const RetourApprovalRequest *request)
{
  const char *approver = g_hash_table_lookup (self->decided, request->id);

  if (approver == NULL || retour_request_state_is_open (request->state))
    return;
  if (g_strcmp0 (approver, request->approver) != 0)
    g_signal_emit (self, retour_request_board_signals[RETOUR_REQUEST_BOARD_OVERTAKEN], 0, request);
  g_hash_table_remove (self->decided, request->id);
}

/* TRUE when what waits here is another now. */
static gboolean
take_other (RetourRequestBoard *self, const RetourApprovalRequest *request)
{
  int at = find_index (self->waiting, request->id);
  gboolean waits = request->state == RETOUR_REQUEST_WAITING && !g_hash_table_contains (self->decided, request->id);

  look_for_overtaking (self, request);
  if (at >= 0 && !waits)
    g_ptr_array_remove_index (self->waiting, (guint) at);
  if (at >= 0 || !waits)
    return at >= 0 && !waits;
  g_ptr_array_add (self->waiting, retour_approval_request_copy (request));
  g_signal_emit (self, retour_request_board_signals[RETOUR_REQUEST_BOARD_ARRIVED], 0, request);
  return TRUE;
}

/* What is open now: those of other terminals that are not in it have ended. */
static gboolean
drop_ended (RetourRequestBoard *self, const GPtrArray *open)
{
  gboolean changed = FALSE;

  for (guint i = self->waiting->len; i > 0; i--)
    if (find_index (open, ((const RetourApprovalRequest *) self->waiting->pdata[i - 1])->id) < 0)
      {
        g_ptr_array_remove_index (self->waiting, i - 1);
        changed = TRUE;
      }
  return changed;
}

static void
take_requests (RetourRequestBoard *self, const GPtrArray *requests, gboolean all)
{
  gboolean changed = all && drop_ended (self, requests);

  for (guint i = 0; i < requests->len; i++)
    {
      const RetourApprovalRequest *request = requests->pdata[i];

      if (asked_here (self, request))
        retour_request_board_hear (self, request);
      else
        changed |= take_other (self, request);
    }
  if (changed)
    retour_request_board_changed (self);
}

static gboolean
timer_ended (gpointer user_data)
{
  RetourRequestBoard *self = user_data;

  self->timer = 0;
  retour_request_board_go_on (self);
  return G_SOURCE_REMOVE;
}

static void
rest (RetourRequestBoard *self, guint wait)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (wait, timer_ended, self);
}

/* It may be the network, a portal or an OMS that knows no approvals: on the spot it goes on in any case. */
static void
fail (RetourRequestBoard *self)
{
  g_clear_pointer (&self->cursor, g_free);
  for (guint i = 0; i < self->own->len; i++)
    retour_request_board_note_offline (self, self->own->pdata[i]);
  rest (self, self->wait);
  self->wait = MIN (self->wait * 2, LONGEST_WAIT);
}

static void
replied (GPtrArray *requests, const char *cursor, const GError *error, gpointer user_data)
{
  RetourRequestBoard *self = user_data;
  gboolean all = self->cursor == NULL;

  self->token = 0;
  if (self->closed || g_error_matches (error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_CANCELLED))
    return;
  if (error != NULL)
    {
      fail (self);
      return;
    }
  self->wait = FIRST_WAIT;
  if (cursor != NULL)
    {
      g_free (self->cursor);
      self->cursor = g_strdup (cursor);
    }
  take_requests (self, requests, all && cursor != NULL);
  if (self->token == 0)
    rest (self, SHORTEST_WAIT);
}

/* Made here, and the OMS may not know. */
static const RetourApprovalRequest *
find_unasked (RetourRequestBoard *self)
{
  for (guint i = 0; i < self->own->len; i++)
    {
      const RetourApprovalRequest *request = self->own->pdata[i];

      if (request->state == RETOUR_REQUEST_ASKED || request->state == RETOUR_REQUEST_OFFLINE)
        return request;
    }
  return NULL;
}

void
retour_request_board_go_on (RetourRequestBoard *self)
{
  const RetourOms *oms = self->services->oms;
  const RetourApprovalRequest *unasked;

  if (self->closed || self->token != 0 || self->timer != 0 || !self->online || oms == NULL
      || oms->await_approvals == NULL || (!self->manager && self->own->len == 0))
    return;
  unasked = self->cursor != NULL ? find_unasked (self) : NULL;
  if (unasked != NULL)
    self->token = oms->ask_approval (oms->self, unasked, replied, self);
  else
    self->token = oms->await_approvals (oms->self, self->cursor, replied, self);
}

static void
stop_asking (RetourRequestBoard *self)
{
  guint token = self->token;

  g_clear_handle_id (&self->timer, g_source_remove);
  self->token = 0;
  if (token != 0)
    self->services->oms->cancel (self->services->oms->self, token);
}

void
retour_request_board_hurry (RetourRequestBoard *self)
{
  stop_asking (self);
  self->wait = FIRST_WAIT;
  retour_request_board_go_on (self);
}

static void
forget_waiting (RetourRequestBoard *self)
{
  gboolean changed = self->waiting->len > 0;

  g_ptr_array_set_size (self->waiting, 0);
  if (changed)
    retour_request_board_changed (self);
}

void
retour_request_board_set_staff (RetourRequestBoard *self, const RetourStaff *staff)
{
  g_return_if_fail (RETOUR_IS_REQUEST_BOARD (self));

  if (staff == NULL)
    return;
  self->manager = staff->active && staff->role == RETOUR_ROLE_MANAGER;
  if (self->manager)
    {
      retour_request_board_go_on (self);
      return;
    }
  forget_waiting (self);
  if (self->own->len > 0)
    return;
  stop_asking (self);
  g_clear_pointer (&self->cursor, g_free);
}

void
retour_request_board_set_online (RetourRequestBoard *self, gboolean online)
{
  g_return_if_fail (RETOUR_IS_REQUEST_BOARD (self));

  if (online == self->online)
    return;
  self->online = online;
  if (online)
    {
      retour_request_board_hurry (self);
      return;
    }
  stop_asking (self);
  g_clear_pointer (&self->cursor, g_free);
  for (guint i = 0; i < self->own->len; i++)
    retour_request_board_note_offline (self, self->own->pdata[i]);
  forget_waiting (self);
}

const GPtrArray *
retour_request_board_get_waiting (RetourRequestBoard *self)
{
  return self->waiting;
}

const RetourApprovalRequest *
retour_request_board_find (RetourRequestBoard *self, const char *draft)
{
  for (guint i = self->own->len; i > 0; i--)
    {
      const RetourApprovalRequest *request = self->own->pdata[i - 1];

      if (g_strcmp0 (request->return_id, draft) == 0)
        return request;
    }
  return NULL;
}

void
retour_request_board_check (RetourRequestBoard *self, const char *draft, const char *hash)
{
  const RetourApprovalRequest *request = retour_request_board_find (self, draft);

  if (request != NULL && g_strcmp0 (request->hash, hash) != 0)
    retour_request_board_withdraw (self, draft, request->requester, RETOUR_WITHDRAWN_CHANGED);
}

void
retour_request_board_close (RetourRequestBoard *self)
{
  self->closed = TRUE;
  stop_asking (self);
}

static void
retour_request_board_finalize (GObject *object)
{
  RetourRequestBoard *self = RETOUR_REQUEST_BOARD (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_ptr_array_unref (self->own);
  g_ptr_array_unref (self->waiting);
  g_hash_table_unref (self->decided);
  g_free (self->cursor);
  G_OBJECT_CLASS (retour_request_board_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n_parameters)
{
  return g_signal_new (name, RETOUR_TYPE_REQUEST_BOARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       n_parameters, G_TYPE_POINTER);
}

static void
retour_request_board_class_init (RetourRequestBoardClass *class)
{
  G_OBJECT_CLASS (class)->finalize = retour_request_board_finalize;
  retour_request_board_signals[RETOUR_REQUEST_BOARD_CHANGED] = add_signal ("changed", 0);
  retour_request_board_signals[RETOUR_REQUEST_BOARD_ANSWERED] = add_signal ("answered", 1);
  retour_request_board_signals[RETOUR_REQUEST_BOARD_ARRIVED] = add_signal ("arrived", 1);
  retour_request_board_signals[RETOUR_REQUEST_BOARD_OVERTAKEN] = add_signal ("overtaken", 1);
}

static void
retour_request_board_init (RetourRequestBoard *self)
{
  self->own = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_approval_request_free);
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_approval_request_free);
  self->decided = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->wait = FIRST_WAIT;
}

RetourRequestBoard *
retour_request_board_new (const RetourServices *services, gboolean online)
{
  RetourRequestBoard *self = g_object_new (RETOUR_TYPE_REQUEST_BOARD, NULL);

  self->services = services;
  self->online = online;
  retour_request_board_read_again (self);
  return self;
}
