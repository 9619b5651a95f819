/* SPDX-License-Identifier: Apache-2.0 */
/* Orders by the million, cheaply: French names with their real skew (some first names stand in one order out of thirty), one
 * to three lines, one parcel, placed over 200 days, told in the order in which they were changed. */
#pragma once

#include "order.h"

G_BEGIN_DECLS

typedef struct _OrderMill OrderMill;

OrderMill *order_mill_new (guint64 seed);
void order_mill_free (OrderMill *mill);

/* The next order, and its document, both the caller's. */
RetourOrder *order_mill_next (OrderMill *mill, char **text);

/* Uniform below `n`; a first and a last name as often as orders have them. Borrowed. */
guint order_mill_random (OrderMill *mill, guint n);
const char *order_mill_first_name (OrderMill *mill);
const char *order_mill_last_name (OrderMill *mill);

G_END_DECLS
