/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN.md 3 said once more, unit by unit and without care for time: what the refund is held against. */
#pragma once

#include "quote.h"

/* entitlement(S) for `returned` units by line of the order. `delivery` is delivery(S). */
gint64 naive_entitlement (const RetourOrder *order, const gint64 *returned, gint64 delivery);

/* delivery(S). */
gint64 naive_delivery (const RetourOrder *order,
                       const RetourPolicy *policy,
                       const gint64 *returned,
                       gboolean recipient,
                       gboolean merchant_fault,
                       gboolean withdrawal_open);
