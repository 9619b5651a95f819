/* SPDX-License-Identifier: Apache-2.0 */
/* The cache of web orders: kept, dropped, found by id, number, code or article. */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/* Gives the store its functions of this family. */
void retour_orders_plug (RetourStore *store);

/* Keeps an order as it was sent. One that is older than what is kept changes nothing, unless `anew`: a snapshot is right
 * about everything. *n gets its row; *count grows by one when it is new. Inside a transaction. */
gboolean retour_orders_keep (RetourConnection *connection,
                             const RetourOrder *order,
                             const char *text,
                             gboolean anew,
                             gint64 *n,
                             gint64 *count,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Forgets an order, and *count goes down by one; one that is not there is no error. Inside a transaction. */
gboolean retour_orders_drop (RetourConnection *connection, const char *id, gint64 *count, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* Writes down how many orders more (or less, below zero) there are: once in the transaction of many of the above, for it
 * costs as much as half an order. */
gboolean retour_orders_count (RetourConnection *connection, gint64 change, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The summaries of these orders (gint64), in this order; RetourOrderSummary. The caller's. */
GPtrArray *
retour_orders_summarize (RetourConnection *connection, const GArray *orders, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
