/* SPDX-License-Identifier: Apache-2.0 */
/* How a terminal becomes one of the chain's, and stops being one. */
#pragma once

#include "call.h"

G_BEGIN_DECLS

/* POST /v1/enrolments. */
SandboxReply *sandbox_enrolments_enrol (SandboxCall *call);

/* Who holds the certificate of that fingerprint; sets the call's terminal, store and letter. NULL when the call may go on,
 * else the refusal: nobody enrolled, run out, revoked. */
SandboxReply *sandbox_enrolments_recognise (SandboxCall *call, const char *fingerprint);

/* The sandbox's own: POST /sandbox/enrolment-codes, GET /sandbox/terminals, POST /sandbox/terminals/ID/revoke. */
SandboxReply *sandbox_enrolments_make_code (SandboxCall *call);
SandboxReply *sandbox_enrolments_list (SandboxCall *call);
SandboxReply *sandbox_enrolments_revoke (SandboxCall *call);

G_END_DECLS
