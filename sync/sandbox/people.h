/* SPDX-License-Identifier: Apache-2.0 */
/* Customers, French and English, who order several times. Their telephone numbers are of ranges kept for fiction (Arcep
 * decision 2018-0881; Ofcom), their mail domains too or of those that everybody has. */
#pragma once

#include <order.h>

G_BEGIN_DECLS

/* Fills an order's customer, and the locale, market and channel that go with them. The same index is the same person. */
void sandbox_people_customer (guint64 seed, guint index, RetourOrder *order);

G_END_DECLS
