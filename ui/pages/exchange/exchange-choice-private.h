/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the choice share. */
#pragma once

#include "exchange-choice.h"

G_BEGIN_DECLS

#define RETOUR_SIMILAR_MOST 6

typedef struct _RetourStockQuestion RetourStockQuestion;

struct _RetourExchangeChoice
{
  GObject parent_instance;

  RetourNavigation *navigation;     /* borrowed */
  const RetourWorkspace *workspace; /* borrowed */
  guint entry;

  /* Of what comes back. */
  char *sku, *gtin, *product, *title, *variant, *category;
  char *here; /* place of this store */
  RetourReplacementWish wish;

  char *shown; /* product whose articles are shown */
  RetourReplacements *replacements;
  GPtrArray *similar;
  char *wanted_sku; /* to be chosen once its product is read */

  char *colour, *size, *place;
  RetourReplacement *item; /* borrowed from replacements */
  gboolean checked, scanned;
  RetourExchangeOutcome *outcome;

  guint reading;                 /* counts readings: the reply of an older one is dropped */
  RetourStockQuestion *question; /* what the OMS is asked now, or NULL; its reply frees it */
  guint oms_token;               /* of that question */
};

/* Reads the articles of `product`, and those like it the first time; then "loaded". */
void retour_exchange_choice_read (RetourExchangeChoice *self, const char *product);
/* Asks the OMS for the figures of the chosen article, unless it cannot be asked. */
void retour_exchange_choice_ask_stock (RetourExchangeChoice *self);
void retour_exchange_choice_stop_asking (RetourExchangeChoice *self);

/* The articles have been read, or could not be. Takes both. */
void
retour_exchange_choice_show_read (RetourExchangeChoice *self, RetourReplacements *replacements, GPtrArray *similar);
void retour_exchange_choice_fail (RetourExchangeChoice *self, const char *message);
/* Newer figures of the article `sku`. */
void retour_exchange_choice_take_figures (RetourExchangeChoice *self, const char *sku, const GPtrArray *figures);

G_END_DECLS
