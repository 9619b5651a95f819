/* SPDX-License-Identifier: Apache-2.0 */
/* The codes that lead to an order, as rows: of order_codes_tail at first, of order_codes once they were gathered. Whoever looks
 * for one looks in both. */
#pragma once

#include "connection.h"
#include "search-index.h"

G_BEGIN_DECLS

/* Inside a transaction. `before` NULL: the order is new; `after` NULL: it goes. Only what differs is written. */
gboolean retour_order_codes_change (RetourConnection *connection,
                                    gint64 n,
                                    const RetourOrder *before,
                                    const RetourOrder *after,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Inside a transaction. Moves a few codes from the tail to the others; *more FALSE: none was left. */
gboolean
retour_order_codes_gather (RetourConnection *connection, gboolean *more, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same until `pause`, in a transaction of its own: when there is time. */
gboolean retour_order_codes_settle (RetourConnection *connection,
                                    RetourPause pause,
                                    gpointer user_data,
                                    gboolean *more,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
