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

  GMutex lock; /* of the two below */
  RetourIds *ids;
  gint64 clock_offset;
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

G_END_DECLS
