/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "command.h"

G_BEGIN_DECLS

/* retourctl policy replay: the returns recorded here since a day, quoted again under a draft policy; what would differ in
 * money, refusals and approvals. `policy` is borrowed. */
RetourExit retour_policy_replay (RetourCommandContext *context, const RetourPolicy *policy, const char *since);

G_END_DECLS
