/* SPDX-License-Identifier: Apache-2.0 */
/* GET /v1/changes: the feed on the wire, in constant memory, compressed as the caller likes. */
#pragma once

#include "call.h"

G_BEGIN_DECLS

SandboxReply *sandbox_changes_answer (SandboxCall *call);
/* POST /sandbox/cursors/forget: a new epoch, in which no cursor given so far is known. */
SandboxReply *sandbox_changes_forget (SandboxCall *call);

G_END_DECLS
