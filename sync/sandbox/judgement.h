/* SPDX-License-Identifier: Apache-2.0 */
/* Is a return what the published policy gives? The OMS computes for itself and believes no terminal. */
#pragma once

#include "sandbox.h"

#include <json-c/json.h>
#include <return.h>

G_BEGIN_DECLS

/* NULL when it is; what is booked of it (goods steps, even exchanges, breakdown) is then the OMS's own computation. Else the
 * answer that refuses it: a rule that refuses, an approval that is missing or does not count, or another amount; *differs
 * says that the amount alone is the trouble. `order` NULL: blind. Inside a transaction. */
json_object *
sandbox_judgement_refuse (Sandbox *sandbox, const RetourOrder *order, RetourReturn *ret, gboolean *differs);

G_END_DECLS
