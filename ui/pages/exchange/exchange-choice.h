/* SPDX-License-Identifier: Apache-2.0 */
/* What is being chosen on the exchange page: the new article, where it is taken, whether someone has seen it, and what all
 * that comes to. Every gesture of the page goes through here. Main thread. */
#pragma once

#include "exchange-outcome.h"
#include "navigation.h"
#include "replacement.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_EXCHANGE_CHOICE (retour_exchange_choice_get_type ())
G_DECLARE_FINAL_TYPE (RetourExchangeChoice, retour_exchange_choice, RETOUR, EXCHANGE_CHOICE, GObject)

/* Signals: "loaded", there are other articles to choose from; "changed", something was chosen or a figure is newer;
 * "failed" (const char *message), the store could not be read. */

/* Borrows navigation and workspace, which outlive it. Reads at once. */
RetourExchangeChoice *
retour_exchange_choice_new (RetourNavigation *navigation, const RetourWorkspace *workspace, guint entry);
/* No reply is waited for any more. */
void retour_exchange_choice_close (RetourExchangeChoice *self);

RetourNavigation *retour_exchange_choice_get_navigation (RetourExchangeChoice *self);
const RetourWorkspace *retour_exchange_choice_get_workspace (RetourExchangeChoice *self);
const RetourDraftEntry *retour_exchange_choice_get_entry (RetourExchangeChoice *self);
/* Of the article that comes back; any may be NULL. Borrowed. */
const char *retour_exchange_choice_get_title (RetourExchangeChoice *self);
const char *retour_exchange_choice_get_variant (RetourExchangeChoice *self);
const char *retour_exchange_choice_get_category (RetourExchangeChoice *self);
/* A gift for its recipient: no price anywhere. */
gboolean retour_exchange_choice_hides_prices (RetourExchangeChoice *self);

/* The product shown and the products like the one returned (RetourProduct). NULL until read. */
const RetourReplacements *retour_exchange_choice_get_replacements (RetourExchangeChoice *self);
const GPtrArray *retour_exchange_choice_get_similar (RetourExchangeChoice *self);
/* The product shown is the returned one. */
gboolean retour_exchange_choice_is_same_product (RetourExchangeChoice *self);

/* What is chosen: colour and size as they stand in the lists, NULL none; the article, NULL while it is not told. */
const char *retour_exchange_choice_get_colour (RetourExchangeChoice *self);
const char *retour_exchange_choice_get_size (RetourExchangeChoice *self);
const RetourReplacement *retour_exchange_choice_get_item (RetourExchangeChoice *self);
/* The place it is taken from: its figure may be NULL (this store, stock not known). */
const char *retour_exchange_choice_get_place (RetourExchangeChoice *self);
const RetourStockFigure *retour_exchange_choice_get_figure (RetourExchangeChoice *self);
const char *retour_exchange_choice_get_here (RetourExchangeChoice *self);

/* The figure alone does not do: someone has to look first, or has the article in hand. */
gboolean retour_exchange_choice_needs_check (RetourExchangeChoice *self);
gboolean retour_exchange_choice_is_checked (RetourExchangeChoice *self);
/* It was scanned: it is here. */
gboolean retour_exchange_choice_is_scanned (RetourExchangeChoice *self);
/* An OMS answer about this article's stock is waited for. */
gboolean retour_exchange_choice_is_asking (RetourExchangeChoice *self);

/* Of the chosen article; NULL: none is chosen, or it cannot be computed. Borrowed until the next change. */
const RetourExchangeOutcome *retour_exchange_choice_get_outcome (RetourExchangeChoice *self);
/* Of any other one; the caller's, NULL when it cannot be computed. */
RetourExchangeOutcome *retour_exchange_choice_compute (RetourExchangeChoice *self, const RetourProduct *product);
/* All is told, and what had to be looked at was. */
gboolean retour_exchange_choice_is_ready (RetourExchangeChoice *self);
/* What the draft gets; the caller's. Only while an article is chosen. */
RetourExchangedItem *retour_exchange_choice_make_item (RetourExchangeChoice *self);

/* Gestures. */
void retour_exchange_choice_set_colour (RetourExchangeChoice *self, const char *colour);
void retour_exchange_choice_set_size (RetourExchangeChoice *self, const char *size);
void retour_exchange_choice_set_place (RetourExchangeChoice *self, const char *place);
void retour_exchange_choice_set_checked (RetourExchangeChoice *self, gboolean checked);
/* Another product's articles; NULL: the returned one's again. */
void retour_exchange_choice_set_product (RetourExchangeChoice *self, const char *product);
/* An article in hand; FALSE when it is the one that comes back and may not be given again. */
gboolean retour_exchange_choice_take_scan (RetourExchangeChoice *self, const RetourProduct *product);
/* The network came or went, time passed. */
void retour_exchange_choice_refresh (RetourExchangeChoice *self);

G_END_DECLS
