/* SPDX-License-Identifier: Apache-2.0 */
/* The three axes of a return: their codes, and the tables of allowed transitions, which are the only place that says what
 * may follow what (DOMAIN.md 5). */
#include "return.h"

#include <string.h>

#define MAY(state) (1u << (state))

/* A return can be cancelled until its goods are refused or closed; only what was declared and never came expires. */
static const guint goods_transitions[RETOUR_N_GOODS_STATES] = {
  [RETOUR_GOODS_DRAFT] = MAY (RETOUR_GOODS_DECLARED) | MAY (RETOUR_GOODS_CANCELLED) | MAY (RETOUR_GOODS_EXPIRED),
  [RETOUR_GOODS_DECLARED] = MAY (RETOUR_GOODS_RECEIVED) | MAY (RETOUR_GOODS_CANCELLED) | MAY (RETOUR_GOODS_EXPIRED),
  [RETOUR_GOODS_RECEIVED] = MAY (RETOUR_GOODS_INSPECTED) | MAY (RETOUR_GOODS_CANCELLED),
  [RETOUR_GOODS_INSPECTED] = MAY (RETOUR_GOODS_ACCEPTED) | MAY (RETOUR_GOODS_PARTLY_ACCEPTED)
                             | MAY (RETOUR_GOODS_REFUSED) | MAY (RETOUR_GOODS_CANCELLED),
  [RETOUR_GOODS_ACCEPTED] = MAY (RETOUR_GOODS_CLOSED) | MAY (RETOUR_GOODS_CANCELLED),
  [RETOUR_GOODS_PARTLY_ACCEPTED] = MAY (RETOUR_GOODS_CLOSED) | MAY (RETOUR_GOODS_CANCELLED),
  [RETOUR_GOODS_REFUSED] = MAY (RETOUR_GOODS_CLOSED),
  [RETOUR_GOODS_CLOSED] = 0,
  [RETOUR_GOODS_CANCELLED] = 0,
  [RETOUR_GOODS_EXPIRED] = 0,
};

/* The OMS tells where a refund stands, and a terminal that was away sees only the last of several steps: forward, steps may
 * be missed, never taken back. A refund that failed can be asked for again with other tenders. */
static const guint refund_transitions[RETOUR_N_REFUND_STATES] = {
  [RETOUR_REFUND_NONE] = MAY (RETOUR_REFUND_PROMISED) | MAY (RETOUR_REFUND_REQUESTED),
  [RETOUR_REFUND_PROMISED] = MAY (RETOUR_REFUND_REQUESTED) | MAY (RETOUR_REFUND_PENDING) | MAY (RETOUR_REFUND_SETTLED)
                             | MAY (RETOUR_REFUND_FAILED),
  [RETOUR_REFUND_REQUESTED] = MAY (RETOUR_REFUND_PENDING) | MAY (RETOUR_REFUND_SETTLED) | MAY (RETOUR_REFUND_FAILED),
  [RETOUR_REFUND_PENDING] = MAY (RETOUR_REFUND_SETTLED) | MAY (RETOUR_REFUND_FAILED),
  [RETOUR_REFUND_SETTLED] = 0,
  [RETOUR_REFUND_FAILED] = MAY (RETOUR_REFUND_RE_TENDERED),
  [RETOUR_REFUND_RE_TENDERED] = MAY (RETOUR_REFUND_REQUESTED) | MAY (RETOUR_REFUND_PENDING)
                                | MAY (RETOUR_REFUND_SETTLED) | MAY (RETOUR_REFUND_FAILED),
};

/* What was sent is still local when no answer came; what a person mended in quarantine is sent again, and so is what an OMS
 * that was restored from a backup has forgotten. */
static const guint sync_transitions[RETOUR_N_SYNC_STATES] = {
  [RETOUR_SYNC_LOCAL] = MAY (RETOUR_SYNC_SENT),
  [RETOUR_SYNC_SENT] = MAY (RETOUR_SYNC_LOCAL) | MAY (RETOUR_SYNC_ACKNOWLEDGED) | MAY (RETOUR_SYNC_QUARANTINED),
  [RETOUR_SYNC_ACKNOWLEDGED] = MAY (RETOUR_SYNC_LOCAL),
  [RETOUR_SYNC_QUARANTINED] = MAY (RETOUR_SYNC_SENT) | MAY (RETOUR_SYNC_LOCAL) | MAY (RETOUR_SYNC_ACKNOWLEDGED),
};

gboolean
retour_goods_state_may_become (RetourGoodsState from, RetourGoodsState to)
{
  g_return_val_if_fail (from < RETOUR_N_GOODS_STATES && to < RETOUR_N_GOODS_STATES, FALSE);
  return (goods_transitions[from] & MAY (to)) != 0;
}

gboolean
retour_refund_state_may_become (RetourRefundState from, RetourRefundState to)
{
  g_return_val_if_fail (from < RETOUR_N_REFUND_STATES && to < RETOUR_N_REFUND_STATES, FALSE);
  return (refund_transitions[from] & MAY (to)) != 0;
}

gboolean
retour_sync_state_may_become (RetourSyncState from, RetourSyncState to)
{
  g_return_val_if_fail (from < RETOUR_N_SYNC_STATES && to < RETOUR_N_SYNC_STATES, FALSE);
  return (sync_transitions[from] & MAY (to)) != 0;
}

const char *
retour_goods_state_code (RetourGoodsState state)
{
  switch (state)
    {
    case RETOUR_GOODS_DRAFT:
      return "draft";
    case RETOUR_GOODS_DECLARED:
      return "declared";
    case RETOUR_GOODS_RECEIVED:
      return "received";
    case RETOUR_GOODS_INSPECTED:
      return "inspected";
    case RETOUR_GOODS_ACCEPTED:
      return "accepted";
    case RETOUR_GOODS_PARTLY_ACCEPTED:
      return "partly_accepted";
    case RETOUR_GOODS_REFUSED:
      return "refused";
    case RETOUR_GOODS_CLOSED:
      return "closed";
    case RETOUR_GOODS_CANCELLED:
      return "cancelled";
    case RETOUR_GOODS_EXPIRED:
      return "expired";
    }
  g_return_val_if_reached ("draft");
}

const char *
retour_refund_state_code (RetourRefundState state)
{
  switch (state)
    {
    case RETOUR_REFUND_NONE:
      return "none";
    case RETOUR_REFUND_PROMISED:
      return "promised";
    case RETOUR_REFUND_REQUESTED:
      return "requested";
    case RETOUR_REFUND_PENDING:
      return "pending";
    case RETOUR_REFUND_SETTLED:
      return "settled";
    case RETOUR_REFUND_FAILED:
      return "failed";
    case RETOUR_REFUND_RE_TENDERED:
      return "re_tendered";
    }
  g_return_val_if_reached ("none");
}

const char *
retour_sync_state_code (RetourSyncState state)
{
  switch (state)
    {
    case RETOUR_SYNC_LOCAL:
      return "local";
    case RETOUR_SYNC_SENT:
      return "sent";
    case RETOUR_SYNC_ACKNOWLEDGED:
      return "acknowledged";
    case RETOUR_SYNC_QUARANTINED:
      return "quarantined";
    }
  g_return_val_if_reached ("local");
}

gboolean
retour_goods_state_parse (const char *code, RetourGoodsState *state)
{
  for (guint i = 0; i < RETOUR_N_GOODS_STATES; i++)
    if (g_strcmp0 (code, retour_goods_state_code (i)) == 0)
      {
        *state = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
retour_refund_state_parse (const char *code, RetourRefundState *state)
{
  for (guint i = 0; i < RETOUR_N_REFUND_STATES; i++)
    if (g_strcmp0 (code, retour_refund_state_code (i)) == 0)
      {
        *state = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
retour_sync_state_parse (const char *code, RetourSyncState *state)
{
  for (guint i = 0; i < RETOUR_N_SYNC_STATES; i++)
    if (g_strcmp0 (code, retour_sync_state_code (i)) == 0)
      {
        *state = i;
        return TRUE;
      }
  return FALSE;
}
