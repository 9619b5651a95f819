/* SPDX-License-Identifier: Apache-2.0 */
/* The codes that lead to an order, as rows. */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/* Inside a transaction. `before` NULL: the order is new; `after` NULL: it goes. Only what differs is written. */
gboolean retour_order_codes_change (RetourConnection *connection,
                                    gint64 n,
                                    const RetourOrder *before,
                                    const RetourOrder *after,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
