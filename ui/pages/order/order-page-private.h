/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the order page share: the page itself, its gestures, its scans. */
#pragma once

#include "approval-sheet.h"
#include "exchange-page.h"
#include "item-sheet.h"
#include "line-row.h"
#include "order-page.h"
#include "refund-panel.h"
#include "visit.h"

G_BEGIN_DECLS

struct _RetourOrderPage
{
  GtkBox parent_instance;

  RetourNavigation *navigation; /* borrowed */
  RetourVisit *visit;           /* the orders on the desk; NULL: none */
  RetourWorkbench *bench;       /* the one in front */
  RetourVisit *aside;           /* what was on the desk before, on hold: it may join; NULL */

  GtkWidget *panes, *title, *subtitle;
  GtkWidget *blind; /* what to do without an order, in place of the following */
  GtkWidget *card, *parcels, *lines, *earlier_title, *earlier;
  GtkWidget *panel;
  GtkWidget *exchange; /* in place of the panes while an article is exchanged */
  guint exchanged;     /* entry of the draft that it is for */
  char *exchanged_line;
  RetourItemSheet *item;         /* weak */
  RetourApprovalSheet *approval; /* weak */
};

/* Gestures. */
void retour_order_page_edit_entry (RetourOrderPage *self, guint entry);
void retour_order_page_close_item (RetourOrderPage *self);
/* One unit more of a line of the order; its sheet opens. */
void retour_order_page_add_line (RetourOrderPage *self, const RetourOrderLine *line);
/* The entry was added: a word with its undo, and its sheet. `mark`: before it was. */
void retour_order_page_added (RetourOrderPage *self, int entry, guint mark);
void retour_order_page_remove_entry (RetourOrderPage *self, guint entry);
void retour_order_page_explain_line (RetourOrderPage *self, RetourLineRow *row);
/* Connects a row of the order to the gestures. */
void retour_order_page_follow_row (RetourOrderPage *self, RetourLineRow *row);
/* Makes what the list of rows does known to the template. */
void retour_order_page_bind_gestures (GtkWidgetClass *widget_class);
/* Opens the exchange page for an entry, and closes it again whatever it shows. */
void retour_order_page_exchange_entry (RetourOrderPage *self, guint entry);
void retour_order_page_end_exchange (RetourOrderPage *self);
gboolean retour_order_page_is_exchanging (RetourOrderPage *self);
/* The draft changed below the exchange page: an undo may have taken its article away. */
void retour_order_page_check_exchange (RetourOrderPage *self);
/* Says what was done and offers to undo it. `mark`: before it was. */
void retour_order_page_say (RetourOrderPage *self, const char *text, guint mark);
/* The visit: shows the order that now stands in front; offers what is on hold to join; lets it join; takes one out. */
void retour_order_page_show_front (RetourOrderPage *self);
void retour_order_page_offer_visit (RetourOrderPage *self);
void retour_order_page_join_visit (RetourOrderPage *self);
void retour_order_page_take_out (RetourOrderPage *self);
/* Another order of the visit holds that article and comes to the front; NULL: none does. */
const RetourOrderLine *retour_order_page_turn_to_gtin (RetourOrderPage *self, const char *gtin14);

/* Records the return, or asks for the approval that it needs. */
void retour_order_page_finish (RetourOrderPage *self);

G_END_DECLS
