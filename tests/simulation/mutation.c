/* SPDX-License-Identifier: Apache-2.0 */
#include "mutation.h"

static const char *const names[N_MUTATIONS] = {
  [MUTATION_NONE] = "none",
  [MUTATION_SEND_BEFORE_STORING] = "send-before-storing",
  [MUTATION_CONFIRM_UNSTORED] = "confirm-unstored",
  [MUTATION_NEW_ID_ON_RETRY] = "new-id-on-retry",
  [MUTATION_NEW_BODY_ON_RETRY] = "new-body-on-retry",
  [MUTATION_NEW_RETURN_ON_RETRY] = "new-return-on-retry",
  [MUTATION_ACK_WITHOUT_ANSWER] = "ack-without-answer",
  [MUTATION_ACK_BY_STATUS] = "ack-by-status",
  [MUTATION_CONFLICT_IS_DONE] = "conflict-is-done",
  [MUTATION_DROP_REJECTED] = "drop-rejected",
  [MUTATION_STOP_AT_REJECTED] = "stop-at-rejected",
  [MUTATION_OVERTAKE] = "overtake",
  [MUTATION_POSTPONE_FOR_EVER] = "postpone-for-ever",
  [MUTATION_CURSOR_FIRST] = "cursor-first",
  [MUTATION_APPLIED_UNSTORED] = "applied-unstored",
  [MUTATION_CUT_IS_WHOLE] = "cut-is-whole",
  [MUTATION_CLEAR_OUTBOX] = "clear-outbox",
  [MUTATION_KEEP_CURSOR] = "keep-cursor",
  [MUTATION_IGNORE_NONCE] = "ignore-nonce",
  [MUTATION_TRUST_ANYBODY] = "trust-anybody",
  [MUTATION_IGNORE_RETRY_AFTER] = "ignore-retry-after",
  [MUTATION_IGNORE_DATE] = "ignore-date",
  [MUTATION_IGNORE_EPOCH] = "ignore-epoch",
  [MUTATION_FORGET_EPOCH] = "forget-epoch",
  [MUTATION_NO_RENEWAL] = "no-renewal",
  [MUTATION_FORGET_ALARM] = "forget-alarm",
};

const char *
mutation_name (Mutation mutation)
{
  return names[mutation];
}

gboolean
mutation_parse (const char *name, Mutation *mutation)
{
  for (guint i = 0; i < N_MUTATIONS; i++)
    if (g_strcmp0 (name, names[i]) == 0)
      {
        *mutation = i;
        return TRUE;
      }
  return FALSE;
}
