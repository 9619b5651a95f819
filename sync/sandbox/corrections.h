/* SPDX-License-Identifier: Apache-2.0 */
/* What is told of a return after it was recorded, and the seal of a terminal's journal. */
#pragma once

#include "operations.h"

G_BEGIN_DECLS

json_object *sandbox_corrections_inspect (SandboxOperation *operation);
json_object *sandbox_corrections_cancel (SandboxOperation *operation);
json_object *sandbox_corrections_retender (SandboxOperation *operation);
json_object *sandbox_corrections_exchange (SandboxOperation *operation);
json_object *sandbox_corrections_seal (SandboxOperation *operation);

G_END_DECLS
