/* SPDX-License-Identifier: Apache-2.0 */
/* Returns of before: an order whose units came back already, with what they changed on it. */
#pragma once

#include "dice.h"

#include <policy.h>
#include <return.h>

G_BEGIN_DECLS

/* Takes units of the order back, by the policy, as a return recorded at `at`; `entries` holds RetourDraftEntry. NULL when
 * the policy does not simply accept it. The caller's. */
RetourReturn *sandbox_history_return (const RetourOrder *order,
                                      const RetourPolicy *policy,
                                      const GPtrArray *entries,
                                      RetourInstant at,
                                      const char *id,
                                      const char *number);

/* Some units of an order that was delivered, or NULL when there are none: RetourDraftEntry, the caller's. */
GPtrArray *sandbox_history_choose (SandboxDice *dice, const RetourOrder *order);
/* So many units of a line, or all that came when `line` is NULL. */
GPtrArray *sandbox_history_entries (const RetourOrder *order, const char *line, gint64 units);

G_END_DECLS
