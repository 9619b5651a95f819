/* SPDX-License-Identifier: Apache-2.0 */
/* The imaginary store in which everything is measured: its orders by the million, its policy and staff, a clock that is set
 * by hand, a desk, and customers who bring something back. */
#pragma once

#include "desk.h"
#include "order-mill.h"
#include "storage.h"

G_BEGIN_DECLS

/* A page with the chain's policy and three people; the caller's. */
RetourChangePage *shop_first_page (void);
/* Who the terminal is, written in a write job or on a direct store. */
gboolean shop_set_identity (RetourStore *store, GError **error);

/* A desk of the store that signs its proofs; its clock stands five days after the `n`-th order of the mill was placed, until
 * it is moved. */
RetourDesk *shop_desk_new (guint n);
void shop_move_clock (guint n);

/* The number of the mill's `n`-th order; the caller's. */
char *shop_order_number (guint n);

/* A return of one article of the mill's `n`-th order, ready to be confirmed without anybody's approval; NULL when the order
 * has none like that. Read job or direct store. The caller's. */
RetourDraft *shop_draft_new (RetourDesk *desk, RetourStore *store, guint n, GError **error);
/* Who confirms; borrowed. */
const RetourStaff *shop_clerk (void);

G_END_DECLS
