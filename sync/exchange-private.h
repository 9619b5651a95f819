/* SPDX-License-Identifier: Apache-2.0 */
/* The exchange's inside, shared by exchange.c (events and actions), exchange-errands.c (requests), exchange-store.c (the
 * store's jobs) and exchange-report.c (what a person is told). */
#pragma once

#include "changes.h"
#include "engine.h"
#include "exchange.h"
#include "ids.h"

G_BEGIN_DECLS

/* One request of the engine's that is out. */
typedef struct
{
  RetourExchange *exchange;
  RetourActionKind kind;
  guint request;              /* the engine's number */
  guint transfer;             /* the transport's */
  RetourChangeReader *reader; /* of a pull */
  GQueue pages;               /* RetourChangePage that the engine has not been given yet */
  gboolean paused;
  char *problem; /* why the feed was stopped, or the renewal could not be made */
} RetourErrand;

struct _RetourExchange
{
  /* Borrowed */
  const RetourStorage *storage;
  const RetourDocuments *documents;
  const RetourClock *clock;
  RetourExchangeListener listener;
  gpointer user_data;

  /* Owned */
  char *directory;
  RetourEnrolment *enrolment; /* NULL: not enrolled */
  RetourEngine *engine;
  RetourTransport *transport; /* NULL while not enrolled */
  GPtrArray *errands;         /* RetourErrand */
  GSource *alarm;
  gboolean offline, stopping;
  gboolean carrying_out; /* actions are being carried out: no second loop inside */

  RetourIds *ids; /* used by the store's write jobs alone */
  guint jobs;     /* with the store */
  gboolean status_known, status_asked, status_stale;
  RetourSyncStatus status;
  RetourSyncReport *report; /* the last one told */
};

/* exchange.c */
void retour_exchange_dispatch (RetourExchange *exchange, RetourEvent *event);
RetourMoment retour_exchange_now (const RetourExchange *exchange);

/* exchange-errands.c */
void retour_errand_free (gpointer errand);
void retour_errand_pull (RetourExchange *exchange, const RetourAction *action);
void retour_errand_push (RetourExchange *exchange, const RetourAction *action);
void retour_errand_renew (RetourExchange *exchange, const RetourAction *action);
void retour_errand_cancel (RetourExchange *exchange, guint request);
/* Hands pages that came in to the engine, and lets a paused feed go on. */
void retour_errands_go_on (RetourExchange *exchange);
void retour_exchange_set_terms (const RetourEnrolment *enrolment, RetourEngineTerms *terms);
RetourTransportOptions retour_exchange_transport_options (const RetourEnrolment *enrolment);

/* exchange-report.c: tells the listener when a person would be told something else. */
void retour_exchange_tell (RetourExchange *exchange);

/* exchange-store.c: each hands a job to the store, and the engine its event when it is done. */
void retour_exchange_claim (RetourExchange *exchange, guint limit);
void retour_exchange_settle (RetourExchange *exchange, GPtrArray *settlements);
void retour_exchange_locate (RetourExchange *exchange);
void retour_exchange_apply (RetourExchange *exchange, RetourChangePage *page);
void retour_exchange_start_again (RetourExchange *exchange);
void retour_exchange_re_offer (RetourExchange *exchange, const char *epoch);
void retour_exchange_note (RetourExchange *exchange, const RetourAction *action);
/* exchange-seal.c: inside a write job. `queued`: the journal's head waits in the outbox. */
gboolean retour_exchange_seal (RetourStore *store,
                               RetourIds *ids,
                               const RetourIdentity *identity,
                               RetourInstant now,
                               gint64 clock_offset,
                               gboolean *queued,
                               GError **error);
/* RetourRefusedChange of a pull go into the journal. */
void retour_exchange_journal_refused (RetourExchange *exchange, GPtrArray *refused, guint64 count);
/* Asks how many there are to send, and tells. */
void retour_exchange_refresh_status (RetourExchange *exchange);

G_END_DECLS
