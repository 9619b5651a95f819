/* SPDX-License-Identifier: Apache-2.0 */
/* What the exchange comes to: the two articles, the difference, the offers, how it is settled, what a manager must approve. */
#pragma once

#include "exchange-choice.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_EXCHANGE_PANEL (retour_exchange_panel_get_type ())
G_DECLARE_FINAL_TYPE (RetourExchangePanel, retour_exchange_panel, RETOUR, EXCHANGE_PANEL, GtkBox)

/* Signals: "primary", its button; "refund", the customer would rather have the money. */

void retour_exchange_panel_show (RetourExchangePanel *self, RetourExchangeChoice *choice);
/* A manager is asked once this is chosen: the whole return is complete and needs it. */
gboolean retour_exchange_panel_asks (RetourExchangeChoice *choice);

G_END_DECLS
