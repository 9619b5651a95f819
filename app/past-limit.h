/* SPDX-License-Identifier: Apache-2.0 */
/* Said of a whole order in a list, before anything of it was chosen: each item is judged again when it comes back. */
#pragma once

#include "order.h"
#include "policy.h"

G_BEGIN_DECLS

/* Units of it could come back, and the last day of each of them is past (DOMAIN.md 2). */
gboolean retour_order_is_past_limit (const RetourOrder *order, const RetourPolicy *policy, RetourInstant now);

G_END_DECLS
