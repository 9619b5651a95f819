/* SPDX-License-Identifier: Apache-2.0 */
/* The orders of one customer on the desk: a workbench for each, one of them in front. One order alone is a visit, too.
 * What ends a return ends all of them: see retour_workbench_confirm and retour_workbench_approve. Main thread. */
#pragma once

#include "workbench.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_VISIT (retour_visit_get_type ())
G_DECLARE_FINAL_TYPE (RetourVisit, retour_visit, RETOUR, VISIT, GObject)

/* Signals: "changed", an order or what it comes to, or which orders there are; "front", another one stands in front. */

/* Takes the workspace, which comes to the front, and those in `companions` (RetourWorkspace, may be NULL), which it leaves
 * empty. Borrows the navigation. */
RetourVisit *retour_visit_new (RetourNavigation *navigation, RetourWorkspace *workspace, GPtrArray *companions);

guint retour_visit_get_n_orders (RetourVisit *self);
/* In the order of their opening; borrowed. */
RetourWorkbench *retour_visit_get_bench (RetourVisit *self, guint order);
RetourWorkbench *retour_visit_get_front (RetourVisit *self);
void retour_visit_set_front (RetourVisit *self, RetourWorkbench *bench);
/* The one of that order; NULL: it is not in this visit. */
RetourWorkbench *retour_visit_find_order (RetourVisit *self, const char *order_id);
/* Something is in it and nothing has ended it. */
gboolean retour_visit_is_open (RetourVisit *self);

/* The orders of `other` join, before those that are here; `other` is empty afterwards. */
void retour_visit_join (RetourVisit *self, RetourVisit *other);
/* Takes an order out: what is chosen of it stays on hold, alone. The reference is the caller's: retour_visit_put_back. */
RetourWorkbench *retour_visit_take_out (RetourVisit *self, RetourWorkbench *bench);
void retour_visit_put_back (RetourVisit *self, RetourWorkbench *bench);
/* All others leave and go on hold, as a visit of their own: the caller's. NULL: there are none. */
RetourVisit *retour_visit_part (RetourVisit *self, RetourWorkbench *bench);
/* Puts everything on hold, as one visit. TRUE when something was. */
gboolean retour_visit_park (RetourVisit *self);

/* What the visit comes to: the sum to refund and the sum to collect, of the orders that show prices. FALSE: none does, or
 * one cannot be computed. */
gboolean retour_visit_get_totals (RetourVisit *self, gint64 *refund, gint64 *collect);

/* The one that holds it; borrowed, NULL: none. */
RetourVisit *retour_workbench_get_visit (RetourWorkbench *bench);

/* Of the visit that a workbench belongs to; of itself when it belongs to none. The state of the whole is that of the order
 * that stands most in the way; orders of which nothing comes back count only when there are no others. */
RetourWorkbenchState retour_visit_get_state (RetourWorkbench *bench);
/* As retour_workbench_explain_state; names the order when it is not the one in front. */
char *retour_visit_explain_state (RetourWorkbench *bench);
/* What the button says: "Confirm return · 83,40 €"; the caller's. */
char *retour_visit_get_primary_words (RetourWorkbench *bench);

G_END_DECLS
