/* SPDX-License-Identifier: Apache-2.0 */
/* The returns of the book: what became of their goods and of their refunds, and how refunds move on by themselves:
 * requested, then pending, then settled. */
#pragma once

#include "call.h"

#include <return.h>

G_BEGIN_DECLS

/* All but the admin's calls run inside a transaction. */

/* Keeps a return; its refund begins to move when it is requested. `booking` may be NULL. */
void sandbox_returns_add (Sandbox *sandbox,
                          const RetourReturn *ret,
                          RetourGoodsState goods,
                          RetourRefundState refund,
                          const char *booking,
                          const char *body);
/* A return of before this book: settled long ago, its units claimed, told to nobody. */
void sandbox_returns_add_past (SandboxLedger *ledger, const RetourReturn *ret, const char *booking);
/* Moves both axes and tells all terminals. FALSE, nothing done, when an axis may not go there. */
gboolean sandbox_returns_move (
    Sandbox *sandbox, const char *id, RetourGoodsState goods, RetourRefundState refund, const char *detail);
/* The axes of now; FALSE when there is no such return. */
gboolean
sandbox_returns_find (SandboxLedger *ledger, const char *id, RetourGoodsState *goods, RetourRefundState *refund);

/* Who took units of that line of that order last; `line` NULL: who took any since this book began. The caller's, NULL when
 * nobody did. */
json_object *sandbox_returns_winner (SandboxLedger *ledger, const char *order, const char *line);

/* Moves the refunds that are due; for the timer. */
gint64 sandbox_returns_due (gpointer sandbox);

/* The sandbox's own: GET /sandbox/returns, POST /sandbox/refunds/advance. */
SandboxReply *sandbox_returns_list (SandboxCall *call);
SandboxReply *sandbox_returns_advance (SandboxCall *call);

G_END_DECLS
