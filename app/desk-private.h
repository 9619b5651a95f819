/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the desk share. */
#pragma once

#include "desk.h"

G_BEGIN_DECLS

struct _RetourDesk
{
  const RetourDocuments *documents; /* borrowed */
  const RetourClock *clock;         /* borrowed */
  RetourIdentity *identity;         /* owned */
  GTimeZone *zone;                  /* owned; of the store */
  gboolean signs;
  guint8 proof_secret[RETOUR_PROOF_SECRET_KEY_BYTES];

  GMutex lock; /* of those below */
  RetourIds *ids;
  gint64 clock_offset;
  gboolean skew_known; /* the offset was just learnt: what the wall clock jumps by since is no time that passed */
  gint64 skew;         /* wall minus boot when it was */
};

/* A new UUIDv7; the caller's. Any thread. */
char *retour_desk_new_id (RetourDesk *desk);

/* The provisional refunds of today in `currency`; 0 with TRUE when there are none. */
gboolean retour_desk_promised_today (RetourDesk *desk,
                                     RetourStore *store,
                                     const char *currency,
                                     gint64 *amount,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The quote of a draft as the desk sees it: approvals bound to another quote are dropped from the draft first. */
RetourQuote *retour_workspace_quote (const RetourWorkspace *workspace,
                                     RetourDraft *draft,
                                     RetourInstant at,
                                     gboolean offline,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* May this person approve what `requester` asks? Active, a manager, another person, and with a motive for an override;
 * else RETOUR_DESK_ERROR_NOT_ALLOWED. */
gboolean retour_desk_check_approver (const RetourStaff *approver,
                                     const char *requester,
                                     gboolean overrides,
                                     const char *motive,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same of a quote of that draft; refusing it needs no motive. */
gboolean retour_approver_check (const RetourDraft *draft,
                                const RetourQuote *quote,
                                const RetourStaff *approver,
                                gboolean approve,
                                const char *motive,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Approvals of the draft as it is kept that `draft` has no more: a change has voided them, and the journal says whose. */
gboolean
retour_desk_note_voided_approvals (RetourDesk *desk, RetourStore *store, const RetourDraft *draft, GError **error);
/* One approval a rule (char *), in the name of the draft's staff. */
void retour_desk_add_approvals (RetourDraft *draft,
                                const GPtrArray *rules,
                                const char *approver,
                                const char *motive,
                                const char *hash,
                                RetourInstant at);

/* The open requests of a draft end; `why` as in remote-approval.h. */
gboolean retour_desk_withdraw_requests (RetourDesk *desk,
                                        RetourStore *store,
                                        const char *draft,
                                        const char *staff,
                                        const char *why,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean retour_desk_asked_here (const RetourDesk *desk, const RetourApprovalRequest *request);
/* The OMS will be told: approved, refused or withdrawn, as its state says. Inside a transaction. */
gboolean retour_desk_queue_decision (RetourDesk *desk,
                                     RetourStore *store,
                                     const RetourApprovalRequest *decided,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
