/* SPDX-License-Identifier: Apache-2.0 */
/* What terminals tell: operations, each answered once and for ever the same. */
#pragma once

#include "call.h"

G_BEGIN_DECLS

/* One line of a batch. All texts are borrowed from the line while it is being answered. */
typedef struct
{
  Sandbox *sandbox;
  const SandboxCall *call; /* who tells it */
  const char *op, *kind, *order, *return_id;
  json_object *body;
  const char *body_text; /* its very bytes, NUL-terminated */
  RetourInstant now;
} SandboxOperation;

/* Does the operation inside a transaction and gives its answer: {"answer": "accepted"}, with what belongs to it. The
 * caller's. What it wrote is undone when the answer is not "accepted". */
typedef json_object *(*SandboxOperationHandler) (SandboxOperation *operation);

json_object *sandbox_answer_accept (void);
/* `name` is the type of the problem. */
json_object *sandbox_answer_reject (const char *name, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Takes `winner`. */
json_object *sandbox_answer_conflict (const char *name, json_object *winner, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
/* Something that should never happen did; it is remembered whatever becomes of the operation. */
void sandbox_operation_alarm (SandboxOperation *operation, json_object *answer, const char *what);

/* POST /v1/operations, GET /v1/operations/OP. */
SandboxReply *sandbox_operations_answer (SandboxCall *call);
SandboxReply *sandbox_operations_tell (SandboxCall *call);

/* The sandbox's own: GET /sandbox/operations, GET /sandbox/alarms. */
SandboxReply *sandbox_operations_list (SandboxCall *call);
SandboxReply *sandbox_operations_list_alarms (SandboxCall *call);

G_END_DECLS
