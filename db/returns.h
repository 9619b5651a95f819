/* SPDX-License-Identifier: Apache-2.0 */
/* Recorded returns: the ledger and where each stands. */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/* Gives the store its functions of this family. */
void retour_returns_plug (RetourStore *store);

/* The three axes of a return, in a transaction. */
typedef struct
{
  RetourGoodsState goods;
  RetourRefundState refund;
  RetourSyncState sync;
  char *problem; /* NULL: none */
} RetourReturnStates;
void retour_return_states_clear (RetourReturnStates *states);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RetourReturnStates, retour_return_states_clear)

/* *known FALSE, states untouched: no such return here. */
gboolean retour_returns_read_states (RetourConnection *connection,
                                     const char *id,
                                     RetourReturnStates *states,
                                     gboolean *known,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean retour_returns_write_states (RetourConnection *connection,
                                      const char *id,
                                      const RetourReturnStates *states,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What the OMS told of a return (RETOUR_CHANGE_RETURN). Steps that the tables of transitions do not allow are old news and
 * change nothing; so is a return of another terminal. */
gboolean retour_returns_follow (RetourConnection *connection,
                                const RetourChange *change,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
