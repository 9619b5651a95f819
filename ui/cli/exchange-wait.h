/* SPDX-License-Identifier: Apache-2.0 */
/* An exchange with the OMS that somebody asked for, waited for to its end: the answer of retourctl sync, whether it runs
 * the exchange itself or asks the terminal that does. What was exchanged before it was asked for does not count. */
#pragma once

#include "command.h"
#include "worker.h"

G_BEGIN_DECLS

#define RETOUR_EXCHANGE_PATIENCE_MAX 300 /* seconds */

/* Reads the arguments of retourctl sync: how long to wait, 0 when they do not say. FALSE: it has answered already. */
gboolean
retour_exchange_parse (RetourCommandContext *context, int argc, char **argv, guint *seconds, RetourExit *status);

typedef struct _RetourExchangeWait RetourExchangeWait;

/* The context's texts are filled. */
typedef void (*RetourExchangeReply) (RetourExit status, gpointer user_data);

/* Asks `sync` (started) to exchange now, and calls `reply` once on this main context: when what was to be sent is sent and
 * the feed's end was reached, when that failed or is not even being tried, or after so many seconds. All is borrowed. */
RetourExchangeWait *retour_exchange_wait_new (RetourCommandContext *context,
                                              RetourSync *sync,
                                              const RetourStorage *storage,
                                              guint seconds,
                                              RetourExchangeReply reply,
                                              gpointer user_data);
/* Before the reply: it does not come any more. */
void retour_exchange_wait_free (RetourExchangeWait *wait);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourExchangeWait, retour_exchange_wait_free)

G_END_DECLS
