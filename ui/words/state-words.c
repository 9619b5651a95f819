/* SPDX-License-Identifier: Apache-2.0 */
#include "state-words.h"

#define N_(msgid) RETOUR_WORDING (msgid)

static RetourSaying
saying (RetourLanguage language, const char *msgid, const char *icon, RetourTone tone)
{
  return (RetourSaying){ .words = retour_wording (language, msgid), .icon = icon, .tone = tone };
}

/* Until the OMS has it, nothing was asked of anybody. */
static gboolean
waits_for_network (const RetourReturn *self)
{
  return self->sync == RETOUR_SYNC_LOCAL && (self->offline || self->refund == RETOUR_REFUND_PROMISED);
}

static RetourSaying
refund_saying (RetourLanguage language, RetourRefundState state)
{
  switch (state)
    {
    case RETOUR_REFUND_NONE:
      return saying (language, N_ ("Nothing to refund"), "object-select-symbolic", RETOUR_TONE_NEUTRAL);
    case RETOUR_REFUND_PROMISED:
      return saying (language, N_ ("To refund"), "rt-clock-symbolic", RETOUR_TONE_INFO);
    case RETOUR_REFUND_REQUESTED:
      return saying (language, N_ ("Refund requested"), "rt-clock-symbolic", RETOUR_TONE_INFO);
    case RETOUR_REFUND_PENDING:
      return saying (language, N_ ("At the bank"), "rt-clock-symbolic", RETOUR_TONE_INFO);
    case RETOUR_REFUND_SETTLED:
      return saying (language, N_ ("Refunded"), "object-select-symbolic", RETOUR_TONE_SUCCESS);
    case RETOUR_REFUND_FAILED:
      return saying (language, N_ ("Refund failed"), "dialog-warning-symbolic", RETOUR_TONE_ERROR);
    case RETOUR_REFUND_RE_TENDERED:
      return saying (language, N_ ("Refunded another way"), "rt-exchange-symbolic", RETOUR_TONE_INFO);
    }
  return saying (language, N_ ("To refund"), NULL, RETOUR_TONE_NEUTRAL);
}

static gboolean
is_exchange_only (const RetourReturn *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      const RetourReturnLine *line = self->lines->pdata[i];

      if (line->exchange == NULL)
        return FALSE;
    }
  return self->lines->len > 0;
}

RetourSaying
retour_return_saying (RetourLanguage language, const RetourReturn *self)
{
  if (self->sync == RETOUR_SYNC_QUARANTINED || self->problem != NULL || self->refund == RETOUR_REFUND_FAILED)
    return saying (language, N_ ("Needs attention"), "dialog-warning-symbolic", RETOUR_TONE_WARNING);
  if (self->goods == RETOUR_GOODS_CANCELLED)
    return saying (language, N_ ("Cancelled"), "edit-undo-symbolic", RETOUR_TONE_NEUTRAL);
  if (self->goods == RETOUR_GOODS_REFUSED)
    return saying (language, N_ ("Refused"), "action-unavailable-symbolic", RETOUR_TONE_ERROR);
  if (self->goods == RETOUR_GOODS_EXPIRED)
    return saying (language, N_ ("Expired"), "rt-clock-symbolic", RETOUR_TONE_NEUTRAL);
  if (waits_for_network (self))
    return saying (language, N_ ("To send"), "emblem-synchronizing-symbolic", RETOUR_TONE_INFO);
  if (self->total == 0 && is_exchange_only (self))
    return saying (language, N_ ("Exchanged"), "rt-exchange-symbolic", RETOUR_TONE_ACCENT);
  if (self->refund == RETOUR_REFUND_NONE)
    return saying (language, N_ ("Received"), "package-x-generic-symbolic", RETOUR_TONE_NEUTRAL);
  /* A list has room for one word. */
  if (self->refund == RETOUR_REFUND_REQUESTED)
    return saying (language, N_ ("Requested"), "rt-clock-symbolic", RETOUR_TONE_INFO);
  if (self->refund == RETOUR_REFUND_PENDING)
    return saying (language, N_ ("Under way"), "rt-clock-symbolic", RETOUR_TONE_INFO);
  return refund_saying (language, self->refund);
}

RetourSaying
retour_tender_saying (RetourLanguage language, const RetourReturn *self, const RetourReturnTender *tender)
{
  if (self->goods == RETOUR_GOODS_CANCELLED)
    return saying (language, N_ ("Cancelled"), "edit-undo-symbolic", RETOUR_TONE_NEUTRAL);
  if (self->sync == RETOUR_SYNC_QUARANTINED)
    return saying (language, N_ ("Needs attention"), "dialog-warning-symbolic", RETOUR_TONE_WARNING);
  if (self->sync == RETOUR_SYNC_LOCAL && tender->state <= RETOUR_REFUND_PROMISED)
    return self->offline ? saying (language, N_ ("To send"), "emblem-synchronizing-symbolic", RETOUR_TONE_INFO)
                         : saying (language, N_ ("To refund"), "rt-clock-symbolic", RETOUR_TONE_INFO);
  return refund_saying (language, tender->state);
}

typedef enum
{
  KIND_CARD,
  KIND_CREDIT, /* gift card or store credit: usable as soon as it is booked */
  KIND_OTHER,
} TenderKind;

static TenderKind
tender_kind (const char *method)
{
  if (g_strcmp0 (method, "card") == 0)
    return KIND_CARD;
  if (g_strcmp0 (method, "gift_card") == 0 || g_strcmp0 (method, "store_credit") == 0)
    return KIND_CREDIT;
  return KIND_OTHER;
}

/* A refund on its way: nothing here promises more than the bank's usual time. */
static const char *
expectation_under_way (RetourLanguage language, TenderKind kind, gboolean offline)
{
  switch (kind)
    {
    case KIND_CARD:
      return offline ? retour_wording (language, "Leaves when the network is back, then 3 to 5 days")
                     : retour_wording (language, "On the account within 3 to 5 days");
    case KIND_CREDIT:
      return offline ? retour_wording (language, "Credited when the network is back")
                     : retour_wording (language, "Usable as soon as it is credited");
    case KIND_OTHER:
      return offline ? retour_wording (language, "Leaves when the network is back")
                     : retour_wording (language, "Within a few days");
    }
  return "";
}

const char *
retour_tender_expectation (RetourLanguage language, const RetourReturn *self, const RetourReturnTender *tender)
{
  TenderKind kind = tender_kind (tender->method);

  if (self->goods == RETOUR_GOODS_CANCELLED)
    return retour_wording (language, "Nothing will be refunded");
  switch (tender->state)
    {
    case RETOUR_REFUND_NONE:
    case RETOUR_REFUND_PROMISED:
      return expectation_under_way (language, kind, self->offline && self->sync == RETOUR_SYNC_LOCAL);
    case RETOUR_REFUND_REQUESTED:
    case RETOUR_REFUND_PENDING:
      return expectation_under_way (language, kind, FALSE);
    case RETOUR_REFUND_SETTLED:
      return kind == KIND_CREDIT ? retour_wording (language, "Usable now")
                                 : retour_wording (language, "Confirmed by the OMS");
    case RETOUR_REFUND_FAILED:
      return retour_wording (language, "The payment was refused, another way is needed");
    case RETOUR_REFUND_RE_TENDERED:
      return retour_wording (language, "Asked again on another means of payment");
    }
  return "";
}

const char *
retour_tender_delay (RetourLanguage language, const RetourReturn *self, const RetourReturnTender *tender)
{
  switch (tender_kind (tender->method))
    {
    case KIND_CARD:
      return retour_wording (language, "within 3 to 5 days");
    case KIND_CREDIT:
      return tender->state == RETOUR_REFUND_SETTLED ? retour_wording (language, "usable now")
                                                    : retour_wording (language, "once credited");
    case KIND_OTHER:
      return retour_wording (language, "within a few days");
    }
  return "";
}

const char *
retour_goods_state_words (RetourLanguage language, RetourGoodsState state)
{
  static const char *words[RETOUR_N_GOODS_STATES] = {
    N_ ("Being prepared"), N_ ("Declared"), N_ ("Received, to be checked"),
    N_ ("Checked"),        N_ ("Accepted"), N_ ("Partly accepted"),
    N_ ("Refused"),        N_ ("Closed"),   N_ ("Cancelled"),
    N_ ("Expired"),
  };

  g_return_val_if_fail ((guint) state < RETOUR_N_GOODS_STATES, "");
  return retour_wording (language, words[state]);
}

const char *
retour_refund_state_words (RetourLanguage language, RetourRefundState state)
{
  return refund_saying (language, state).words;
}

const char *
retour_sync_state_words (RetourLanguage language, RetourSyncState state)
{
  static const char *words[RETOUR_N_SYNC_STATES] = {
    N_ ("To send"),
    N_ ("Sent, no answer yet"),
    N_ ("Known to the OMS"),
    N_ ("Set aside by the OMS"),
  };

  g_return_val_if_fail ((guint) state < RETOUR_N_SYNC_STATES, "");
  return retour_wording (language, words[state]);
}
