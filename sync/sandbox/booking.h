/* SPDX-License-Identifier: Apache-2.0 */
/* What a return changes on its order (DOMAIN.md 1, "A finished return books"). A booking is kept with the return, so that a
 * cancelled one takes back exactly what it booked. */
#pragma once

#include <json-c/json.h>
#include <order.h>
#include <return.h>

G_BEGIN_DECLS

/* {"lines": [{"line", "returned", "refunded"}], "delivery", "deducted", "payments": [{"payment", "refunded"}]}; the caller's. */
json_object *sandbox_booking_new (const RetourOrder *order, const RetourReturn *ret);

/* Adds the booking to the order's document, or takes it back with `sign` -1. Members that are not booked stay as they are. */
void sandbox_booking_apply (json_object *booking, json_object *order, int sign);

G_END_DECLS
