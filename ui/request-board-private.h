/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the board share: request-board.c talks to the OMS, request-board-jobs.c to the store. */
#pragma once

#include "request-board.h"

G_BEGIN_DECLS

struct _RetourRequestBoard
{
  GObject parent_instance;

  const RetourServices *services; /* borrowed */
  GPtrArray *own;                 /* open ones made here, oldest first */
  GPtrArray *waiting;             /* of other terminals, oldest first */
  GHashTable *decided;            /* id -> approver's id, of those decided here */
  gboolean online, manager, closed;

  char *cursor; /* NULL: what is open is not known yet */
  guint token;  /* of the question that is out; 0: none */
  guint timer;  /* until the next question */
  guint wait;   /* ms, after a failure; doubles */
};

enum
{
  RETOUR_REQUEST_BOARD_CHANGED,
  RETOUR_REQUEST_BOARD_ANSWERED,
  RETOUR_REQUEST_BOARD_ARRIVED,
  RETOUR_REQUEST_BOARD_OVERTAKEN,
  RETOUR_REQUEST_BOARD_N_SIGNALS,
};
extern guint retour_request_board_signals[RETOUR_REQUEST_BOARD_N_SIGNALS];

void retour_request_board_changed (RetourRequestBoard *self);
/* Puts a request in its place among the open ones made here, or takes it out once it has ended. Takes it. */
void retour_request_board_keep_own (RetourRequestBoard *self, RetourApprovalRequest *request);
/* The question that is out is asked anew: something waits that it does not know of. */
void retour_request_board_hurry (RetourRequestBoard *self);
void retour_request_board_go_on (RetourRequestBoard *self);

/* request-board-jobs.c: each hands a job to the store. */
void retour_request_board_hear (RetourRequestBoard *self, const RetourApprovalRequest *heard);
void retour_request_board_note_offline (RetourRequestBoard *self, const RetourApprovalRequest *request);

G_END_DECLS
