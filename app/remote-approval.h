/* SPDX-License-Identifier: Apache-2.0 */
/* Asking a manager at another terminal, and deciding for another terminal: the use cases, each one transaction. Like those
 * of desk.h they run inside a job of RetourStorage; all of them write. What is said here is journalled: who, what, when,
 * why, and from where. */
#pragma once

#include "desk.h"

G_BEGIN_DECLS

/* Asks for what the saved draft needs, in the name of `requester`: stored before anything is sent. The request is the
 * caller's. A request of the same quote that is still open is given back, one of another quote is withdrawn.
 * RETOUR_DESK_ERROR_NOT_ACCEPTED when nothing needs a manager, or nobody may override what refuses. */
RetourApprovalRequest *retour_desk_ask_elsewhere (RetourDesk *desk,
                                                  RetourStore *store,
                                                  const char *draft,
                                                  const RetourStaff *requester,
                                                  gboolean offline,
                                                  GError **error);

/* What became of a request after a word of the OMS. */
typedef struct
{
  RetourApprovalRequest *request; /* as it stands now; NULL: it was not asked here */
  RetourDraft *draft;             /* with its approvals, when they were given this moment; NULL otherwise */
  char *objection;                /* why an answer does not count, in words; NULL */
  gboolean changed;
} RetourRequestNews;
void retour_request_news_free (RetourRequestNews *news);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourRequestNews, retour_request_news_free)

/* The OMS says how a request stands. An approval counts once, for the quote it was asked for, in time, from an active
 * manager other than the requester, with a motive for an override; all that is checked again here. The caller's. */
RetourRequestNews *retour_desk_hear_request (
    RetourDesk *desk, RetourStore *store, const RetourApprovalRequest *heard, gboolean offline, GError **error);

/* Why the asking side needs no answer any more; as the journal says it. */
#define RETOUR_WITHDRAWN_CANCELLED "cancelled"     /* by the one who asked */
#define RETOUR_WITHDRAWN_CHANGED "changed"         /* the return is another one now */
#define RETOUR_WITHDRAWN_ON_THE_SPOT "on_the_spot" /* a manager came */

/* Nothing happens to a request that has ended. The OMS is told when it knows of it. */
gboolean retour_desk_withdraw_request (RetourDesk *desk,
                                       RetourStore *store,
                                       const char *id,
                                       const char *staff,
                                       const char *why,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The OMS cannot be reached. */
gboolean retour_desk_note_request_offline (RetourDesk *desk, RetourStore *store, const char *id, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* A manager here decides for another terminal: checked, kept, journalled and queued for the OMS, which has the last word.
 * RETOUR_DESK_ERROR_NOT_ALLOWED as retour_desk_approve; RETOUR_DESK_ERROR_TOO_LATE when it was decided here already. */
gboolean retour_desk_decide_request (RetourDesk *desk,
                                     RetourStore *store,
                                     const RetourApprovalRequest *request,
                                     const RetourStaff *approver,
                                     gboolean approve,
                                     const char *motive,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
