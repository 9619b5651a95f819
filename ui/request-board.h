/* SPDX-License-Identifier: Apache-2.0 */
/* Approvals that are asked across terminals: those asked here, which wait for an answer through the OMS, and those of other
 * terminals, which wait for a manager here. It asks by itself as long as somebody waits for something: never without a
 * manager or an open request of one's own. Main thread; every answer comes back there, nothing here waits.
 *
 * Signals: "changed", what waits is another; "answered" (RetourRequestNews *), a word of the OMS on a request made here;
 * "arrived" (RetourApprovalRequest *), another terminal asks; "overtaken" (RetourApprovalRequest *), what a manager decided
 * here came too late, and this is how the request ended. All borrowed. */
#pragma once

#include <glib-object.h>

#include "remote-approval.h"
#include "services.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_REQUEST_BOARD (retour_request_board_get_type ())
G_DECLARE_FINAL_TYPE (RetourRequestBoard, retour_request_board, RETOUR, REQUEST_BOARD, GObject)

/* Borrows the services. Requests still open from before are taken up again. */
RetourRequestBoard *retour_request_board_new (const RetourServices *services, gboolean online);
/* Ends what is under way; no signal comes any more. */
void retour_request_board_close (RetourRequestBoard *self);

/* Who stands at the desk; NULL while locked, when the manager before is still thought near. */
void retour_request_board_set_staff (RetourRequestBoard *self, const RetourStaff *staff);
void retour_request_board_set_online (RetourRequestBoard *self, gboolean online);

/* A use case of the desk may have ended a request made here. */
void retour_request_board_read_again (RetourRequestBoard *self);

/* Of other terminals, oldest first: RetourApprovalRequest, borrowed until the main context runs again. */
const GPtrArray *retour_request_board_get_waiting (RetourRequestBoard *self);
/* The open request of a draft, made here; NULL. Borrowed likewise. */
const RetourApprovalRequest *retour_request_board_find (RetourRequestBoard *self, const char *draft);

/* `error` NULL: done. */
typedef void (*RetourRequestReply) (const GError *error, gpointer user_data);
/* Asks for a saved draft. */
void retour_request_board_ask (RetourRequestBoard *self,
                               const char *draft,
                               const RetourStaff *requester,
                               RetourRequestReply reply,
                               gpointer user_data);
/* `why`: RETOUR_WITHDRAWN_…; nothing happens when nothing is open. */
void retour_request_board_withdraw (RetourRequestBoard *self, const char *draft, const char *staff, const char *why);
/* The draft comes to another quote now, of this hash; NULL: it is gone. A request for another one is withdrawn. */
void retour_request_board_check (RetourRequestBoard *self, const char *draft, const char *hash);
/* A manager here decides for another terminal. */
void retour_request_board_decide (RetourRequestBoard *self,
                                  const RetourApprovalRequest *request,
                                  const RetourStaff *approver,
                                  gboolean approve,
                                  const char *motive,
                                  RetourRequestReply reply,
                                  gpointer user_data);

G_END_DECLS
