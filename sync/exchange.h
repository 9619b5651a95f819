/* SPDX-License-Identifier: Apache-2.0 */
/* Carries out what the engine decides: requests by the transport, jobs by the store, both answered on the one thread that
 * owns all this and whose thread-default main context gets the store's replies. */
#pragma once

#include "clock.h"
#include "document.h"
#include "enrolment.h"
#include "report.h"
#include "store.h"
#include "transport.h"

G_BEGIN_DECLS

typedef struct _RetourExchange RetourExchange;

/* `report` is borrowed; called on the thread whenever a person would be told something else. */
typedef void (*RetourExchangeListener) (const RetourSyncReport *report, gpointer user_data);

/* storage, documents and clock are borrowed. `directory`: of the enrolment, for its renewal. */
RetourExchange *retour_exchange_new (const RetourStorage *storage,
                                     const RetourDocuments *documents,
                                     const RetourClock *clock,
                                     const char *directory,
                                     gint64 poll_interval,
                                     RetourExchangeListener listener,
                                     gpointer user_data);
/* Only when it is at rest. */
void retour_exchange_free (RetourExchange *exchange);

/* Who this terminal is, from now on; copied; NULL: nobody, nothing is asked of anyone. */
void retour_exchange_enrol (RetourExchange *exchange, const RetourEnrolment *enrolment);
void retour_exchange_kick (RetourExchange *exchange);
void retour_exchange_network_changed (RetourExchange *exchange, gboolean available);
void retour_exchange_set_offline (RetourExchange *exchange, gboolean offline);
/* Ends all requests and begins no more. */
void retour_exchange_stop (RetourExchange *exchange);
/* No job is with the store any more. */
gboolean retour_exchange_is_at_rest (const RetourExchange *exchange);

/* Lets requests go on; once in every turn of the thread's loop, before it polls. */
void retour_exchange_perform (RetourExchange *exchange);
/* For questions beside the engine's; borrowed; NULL while not enrolled. */
RetourTransport *retour_exchange_get_transport (RetourExchange *exchange);
const RetourDocuments *retour_exchange_get_documents (RetourExchange *exchange);
/* A question was answered by the OMS: it can be reached. */
void retour_exchange_reached (RetourExchange *exchange);

G_END_DECLS
