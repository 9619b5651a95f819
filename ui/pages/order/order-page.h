/* SPDX-License-Identifier: Apache-2.0 */
/* An order on the desk and the return being built of it (mock-up 03); or a return without order, its articles scanned. */
#pragma once

#include "navigation.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_ORDER_PAGE (retour_order_page_get_type ())
G_DECLARE_FINAL_TYPE (RetourOrderPage, retour_order_page, RETOUR, ORDER_PAGE, GtkBox)

/* Borrows the navigation, which outlives it. */
GtkWidget *retour_order_page_new (RetourNavigation *navigation);

/* Takes the workspace, and those of the other orders of its visit, RetourWorkspace, from `companions`, which may be NULL. What
 * was being built here before is put aside. */
void retour_order_page_show (RetourOrderPage *self, RetourWorkspace *workspace, GPtrArray *companions);
/* TRUE when the scan was for this page: an article, a command, a manager's badge while an approval is asked. */
gboolean retour_order_page_scan (RetourOrderPage *self, const RetourRoute *route);
/* The page is left: what is being built is put aside. Calling it twice does no harm. */
void retour_order_page_leave (RetourOrderPage *self);
/* A manager elsewhere has approved; nothing happens when another draft is here. */
void retour_order_page_take_approvals (RetourOrderPage *self, const RetourDraft *approved);
/* The question is over: the sheet in which it was asked closes. */
void retour_order_page_end_approval (RetourOrderPage *self, const char *draft);
/* The network came or went. */
void retour_order_page_refresh (RetourOrderPage *self);

G_END_DECLS
