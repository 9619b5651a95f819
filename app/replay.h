/* SPDX-License-Identifier: Apache-2.0 */
/* What a recorded return would have come to under another policy: quoted again for the same order, the same articles and the
 * same instant. Pure. */
#pragma once

#include "return.h"

G_BEGIN_DECLS

typedef struct
{
  RetourDecision decision;     /* without any approval */
  gint64 total;                /* minor units of the return's currency */
  GPtrArray *approvals_needed; /* char *, sorted */
} RetourReplay;

void retour_replay_free (RetourReplay *replay);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourReplay, retour_replay_free)

/* The draft that such a return was confirmed from, without its approvals. The caller's. */
RetourDraft *retour_replay_draft (const RetourReturn *ret);

/* `order` is the evidence kept with the return, NULL when it was blind. Errors: those of retour_quote_new. */
RetourReplay *retour_replay_new (const RetourReturn *ret,
                                 const RetourOrder *order,
                                 const RetourPolicy *policy,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
