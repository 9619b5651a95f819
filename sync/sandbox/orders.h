/* SPDX-License-Identifier: Apache-2.0 */
/* The orders of the book: found, told, changed. */
#pragma once

#include "call.h"

G_BEGIN_DECLS

/* Puts an order, whose text is its document, into the book and on the feed. Inside a transaction. */
void sandbox_orders_put (SandboxLedger *ledger, const RetourOrder *order, const char *text);
/* The same for an order that is known to be new. */
void sandbox_orders_add (SandboxLedger *ledger, const RetourOrder *order, const char *text);
/* The document, the caller's, by id or number; NULL when there is none. Locked or inside a transaction. */
char *sandbox_orders_find (SandboxLedger *ledger, const char *id_or_number);

/* GET /v1/orders, GET /v1/orders/ID, GET /v1/stock. */
SandboxReply *sandbox_orders_search (SandboxCall *call);
SandboxReply *sandbox_orders_answer (SandboxCall *call);
SandboxReply *sandbox_orders_answer_stock (SandboxCall *call);

/* The sandbox's own: PUT, PATCH and DELETE /sandbox/orders/ID. */
SandboxReply *sandbox_orders_replace (SandboxCall *call);
SandboxReply *sandbox_orders_patch (SandboxCall *call);
SandboxReply *sandbox_orders_erase (SandboxCall *call);

G_END_DECLS
