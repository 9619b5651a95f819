/* SPDX-License-Identifier: Apache-2.0 */
/* One article of a return changed for another (mock-up 05): colour and size of the same product first, then products like it,
 * where it can be taken, and what it comes to. It stands in front of the order page, which gets the answer. Scanning the new
 * article chooses it. */
#pragma once

#include "navigation.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_EXCHANGE_PAGE (retour_exchange_page_get_type ())
G_DECLARE_FINAL_TYPE (RetourExchangePage, retour_exchange_page, RETOUR, EXCHANGE_PAGE, GtkBox)

typedef enum
{
  RETOUR_EXCHANGE_LEFT,     /* nothing was decided: the entry stays as it is */
  RETOUR_EXCHANGE_CHOSEN,   /* `item` is given for it */
  RETOUR_EXCHANGE_REFUNDED, /* the customer would rather have the money */
} RetourExchangeEnd;

/* Once per showing, when it ends. `item` is borrowed, NULL but for CHOSEN; `ask`: the return is complete with it and a manager
 * must approve, which is to be asked now. */
typedef void (*RetourExchangeReply) (RetourExchangeEnd end,
                                     const RetourExchangedItem *item,
                                     gboolean ask,
                                     gpointer user_data);

/* Borrows the navigation, which outlives it. */
GtkWidget *retour_exchange_page_new (RetourNavigation *navigation);

/* For the entry of the draft of `workspace`, which is borrowed until the reply. An earlier showing ends as LEFT. */
void retour_exchange_page_show (RetourExchangePage *self,
                                const RetourWorkspace *workspace,
                                guint entry,
                                RetourExchangeReply reply,
                                gpointer user_data);
gboolean retour_exchange_page_is_shown (RetourExchangePage *self);
/* Ends it as LEFT; does no harm when nothing is shown. */
void retour_exchange_page_leave (RetourExchangePage *self);
/* TRUE when the scan was for this page: the new article, or a command. */
gboolean retour_exchange_page_scan (RetourExchangePage *self, const RetourRoute *route);
/* The network came or went. */
void retour_exchange_page_refresh (RetourExchangePage *self);

G_END_DECLS
