/* SPDX-License-Identifier: Apache-2.0 */
/* An approval that is asked of a manager at another terminal: what is asked, by whom, bound to one exact quote, and where the
 * request stands. It goes to the OMS and comes back from it (SYNC.md, /v1/approvals). */
#pragma once

#include "quote.h"

G_BEGIN_DECLS

typedef enum
{
  RETOUR_REQUEST_ASKED,   /* known here alone so far */
  RETOUR_REQUEST_WAITING, /* the OMS shows it to managers */
  RETOUR_REQUEST_OFFLINE, /* the OMS cannot be reached; asked again by itself once it can */
  RETOUR_REQUEST_APPROVED,
  RETOUR_REQUEST_REFUSED,
  RETOUR_REQUEST_EXPIRED,   /* nobody decided in time */
  RETOUR_REQUEST_WITHDRAWN, /* the return was changed, decided on the spot or given up, or the answer did not count */
} RetourRequestState;
#define RETOUR_N_REQUEST_STATES 7

/* "asked", "pending" (WAITING, as on the wire), "offline", "approved"…; static. */
const char *retour_request_state_code (RetourRequestState state);
gboolean retour_request_state_parse (const char *code, RetourRequestState *state) G_GNUC_WARN_UNUSED_RESULT;
/* The table of allowed moves; staying is not a move. */
gboolean retour_request_state_may_become (RetourRequestState from, RetourRequestState to);
/* ASKED, WAITING or OFFLINE: an answer may still count. */
gboolean retour_request_state_is_open (RetourRequestState state);

/* One rule that wants a manager, as it fired. */
typedef struct
{
  char *rule;
  RetourDecision decision;
  char *article;       /* title of what it fired on; NULL: the whole return */
  RetourWords message; /* with its facts; empty when the asking terminal sent none */
} RetourRequestCause;
void retour_request_cause_free (RetourRequestCause *cause);

typedef struct
{
  char *id;                      /* UUIDv7, minted by the asking terminal */
  char *return_id;               /* of the draft */
  char *order_id, *order_number; /* NULL: blind */
  char *requester;               /* staff id */
  char *requester_name;          /* short: "Camille M."; NULL when not said */
  char *customer;                /* short: "Amandine R."; NULL when unknown or forgotten */
  char currency[4];
  gint64 amount, collect; /* what is refunded, what the customer pays; 0 for a gift, whose prices nobody sees */
  gboolean gift;
  char *hash;        /* of the quote: the approval is good for it alone */
  GPtrArray *causes; /* RetourRequestCause */

  /* The OMS's */
  RetourRequestState state;
  char *store, *store_name, *terminal; /* that asked */
  RetourInstant asked_at, expires_at;
  char *approver, *motive;                /* NULL until decided */
  char *decided_store, *decided_terminal; /* where; NULL when not said */
  RetourInstant decided_at;
} RetourApprovalRequest;

RetourApprovalRequest *retour_approval_request_new (const char *id, const char *return_id);
RetourApprovalRequest *retour_approval_request_copy (const RetourApprovalRequest *request);
void retour_approval_request_free (RetourApprovalRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourApprovalRequest, retour_approval_request_free)

/* Every rule of the quote that wants a manager and has none yet. `order` NULL: a blind return. */
void retour_approval_request_take_causes (RetourApprovalRequest *request,
                                          const RetourOrder *order,
                                          const RetourDraft *draft,
                                          const RetourQuote *quote);
/* One of its rules would refuse: approving it overrides, and needs a motive. */
gboolean retour_approval_request_overrides (const RetourApprovalRequest *request);

G_END_DECLS
