/* SPDX-License-Identifier: Apache-2.0 */
/* Remote approval: a terminal asks, a manager elsewhere decides. */
#pragma once

#include "operations.h"

G_BEGIN_DECLS

/* GET /v1/approvals: NULL means that it waits; the call comes again. */
SandboxReply *sandbox_approvals_poll (SandboxCall *call);
/* POST /v1/approvals. */
SandboxReply *sandbox_approvals_ask (SandboxCall *call);
/* The operation approval.decide. */
json_object *sandbox_approvals_decide (SandboxOperation *operation);

G_END_DECLS
