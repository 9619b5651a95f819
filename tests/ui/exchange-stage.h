/* SPDX-License-Identifier: Apache-2.0 */
/* The exchange page on a stage: the reference order, its dresses and their stock in memory, an OMS that answers when told to.
 * Replies come on the main loop, as from a real store. One at a time. */
#pragma once

#include "exchange-page.h"
#include "reference-case.h"

G_BEGIN_DECLS

typedef struct
{
  RetourLanguage language;
  gboolean even;       /* the policy exchanges the same product at the price paid */
  gboolean offline;    /* the OMS cannot be asked */
  gint64 stock_age;    /* microseconds, of the store's figures */
  gboolean gift;       /* the order is a gift and its recipient is here */
  const char *reason;  /* of the dress; NULL: size_small */
  gboolean jumper;     /* is refunded in the same visit */
  gboolean failing;    /* the store cannot be read */
  gboolean incomplete; /* the dress has no condition yet */
} ExchangeStageOptions;

typedef struct
{
  GtkWidget *window;
  RetourExchangePage *page;
  RetourWorkspace *workspace;
  RetourNavigation *navigation;

  /* How the page ended. */
  guint ends;
  RetourExchangeEnd end;
  RetourExchangedItem *item;
  gboolean ask;

  /* The OMS: what it is asked, and what it answered. */
  char *asked;
  guint cancelled;
} ExchangeStage;

/* A display is needed. The page is shown for the dress and has read what it shows. */
ExchangeStage *exchange_stage_new (const ExchangeStageOptions *options, int width, int height);
void exchange_stage_free (ExchangeStage *stage);
/* Shows the page again. */
void exchange_stage_show (ExchangeStage *stage);

/* "style-dark.css" over the light one. */
void exchange_stage_load_style (const char *name);
/* Runs the main loop until nothing is left to do. */
void exchange_stage_settle (void);
/* The OMS answers what it was asked: `here` units in this store, now; -1: it cannot be reached. */
void exchange_stage_answer (ExchangeStage *stage, gint64 here);
/* An article is scanned; TRUE: the page took it. `sku` of the stage's catalogue, anything else is not in it. */
gboolean exchange_stage_scan (ExchangeStage *stage, const char *sku);
gboolean exchange_stage_command (ExchangeStage *stage, RetourScanCommand command);

/* A toggle button, button, check or row that says `name` at the start of its accessible name and can be seen; NULL: none. */
GtkWidget *exchange_stage_find (ExchangeStage *stage, const char *name);
/* As a person would. */
void exchange_stage_press (GtkWidget *widget);
/* All words that can be seen, a line each; the caller's. */
char *exchange_stage_read (ExchangeStage *stage);

G_END_DECLS
