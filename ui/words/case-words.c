/* SPDX-License-Identifier: Apache-2.0 */
#include "case-words.h"

#define N_(msgid) RETOUR_WORDING (msgid)

RetourSaying
retour_case_saying (RetourLanguage language, RetourCaseKind kind)
{
  switch (kind)
    {
    case RETOUR_CASE_TAKEN:
      return (RetourSaying){ retour_wording (language, N_ ("Already returned elsewhere")), "rt-exchange-symbolic",
                             RETOUR_TONE_WARNING };
    case RETOUR_CASE_REFUSED:
      return (RetourSaying){ retour_wording (language, N_ ("Refused by the OMS")), "dialog-warning-symbolic",
                             RETOUR_TONE_WARNING };
    case RETOUR_CASE_UNSUPPORTED:
      return (RetourSaying){ retour_wording (language, N_ ("Not known to the OMS")), "dialog-warning-symbolic",
                             RETOUR_TONE_NEUTRAL };
    case RETOUR_CASE_REFUND_FAILED:
      return (RetourSaying){ retour_wording (language, N_ ("Refund failed")), "rt-card-symbolic", RETOUR_TONE_ERROR };
    }
  g_return_val_if_reached (((RetourSaying){ "", NULL, RETOUR_TONE_NEUTRAL }));
}

static char *
taken_title (RetourLanguage language, const RetourCase *self)
{
  const RetourReturnLine *line = self->ret->lines->len == 1 ? self->ret->lines->pdata[0] : NULL;
  const char *article = line != NULL ? line->title : NULL;

  if (article != NULL && self->winner_store != NULL)
    return g_strdup_printf (retour_wording (language, "%s: already returned, %s"), article, self->winner_store);
  if (self->winner_store != NULL)
    return g_strdup_printf (retour_wording (language, "Already returned, %s"), self->winner_store);
  return g_strdup (retour_wording (language, "Already returned elsewhere"));
}

char *
retour_case_title (RetourLanguage language, const RetourCase *self)
{
  switch (self->kind)
    {
    case RETOUR_CASE_TAKEN:
      return taken_title (language, self);
    case RETOUR_CASE_REFUSED:
      return g_strdup (retour_wording (language, "The OMS did not accept this return"));
    case RETOUR_CASE_UNSUPPORTED:
      return g_strdup (retour_wording (language, "The OMS does not know this kind of return yet"));
    case RETOUR_CASE_REFUND_FAILED:
      return g_strdup (retour_wording (language, "The refund of this return failed"));
    }
  g_return_val_if_reached (g_strdup (""));
}

const char *
retour_case_money (RetourLanguage language, const RetourCase *self)
{
  if (self->kind == RETOUR_CASE_TAKEN && self->ret->refund != RETOUR_REFUND_SETTLED)
    return retour_wording (language, "Nothing is lost and nothing was paid twice.");
  switch (self->ret->refund)
    {
    case RETOUR_REFUND_NONE:
    case RETOUR_REFUND_PROMISED:
    case RETOUR_REFUND_REQUESTED:
      return retour_wording (language, "Nothing has been paid to the customer yet.");
    case RETOUR_REFUND_PENDING:
      return retour_wording (language, "The refund is on its way at the bank.");
    case RETOUR_REFUND_SETTLED:
    case RETOUR_REFUND_RE_TENDERED:
      return retour_wording (language, "The customer has been refunded once.");
    case RETOUR_REFUND_FAILED:
      return retour_wording (language, "The refund failed: nothing has been paid.");
    }
  g_return_val_if_reached ("");
}

const char *
retour_case_choice_title (RetourLanguage language, RetourCaseChoice choice)
{
  switch (choice)
    {
    case RETOUR_CHOICE_SEND_AGAIN:
      return retour_wording (language, "The cause is mended");
    case RETOUR_CHOICE_OTHER_ORDER:
      return retour_wording (language, "It was another order");
    case RETOUR_CHOICE_KEEP_THEIRS:
      return retour_wording (language, "Keep the other one");
    case RETOUR_CHOICE_HEAD_OFFICE:
      return retour_wording (language, "I do not know");
    case RETOUR_CHOICE_CLOSE:
      return retour_wording (language, "Close with a motive");
    case RETOUR_CHOICE_REOPEN:
      return retour_wording (language, "Take the decision back");
    }
  g_return_val_if_reached ("");
}

const char *
retour_case_choice_effect (RetourLanguage language, RetourCaseChoice choice)
{
  switch (choice)
    {
    case RETOUR_CHOICE_SEND_AGAIN:
      return retour_wording (language, "Ask the OMS once more, for the same return");
    case RETOUR_CHOICE_OTHER_ORDER:
      return retour_wording (language, "Close this one and look for the right order");
    case RETOUR_CHOICE_KEEP_THEIRS:
      return retour_wording (language, "Ours does not count; put the article aside, to be checked");
    case RETOUR_CHOICE_HEAD_OFFICE:
      return retour_wording (language, "Leave it to head office, with both proofs");
    case RETOUR_CHOICE_CLOSE:
      return retour_wording (language, "For a manager: say why in a few words");
    case RETOUR_CHOICE_REOPEN:
      return retour_wording (language, "The case comes back to the list");
    }
  g_return_val_if_reached ("");
}

const char *
retour_case_choice_verb (RetourLanguage language, RetourCaseChoice choice)
{
  switch (choice)
    {
    case RETOUR_CHOICE_SEND_AGAIN:
      return retour_wording (language, "Send again");
    case RETOUR_CHOICE_OTHER_ORDER:
      return retour_wording (language, "Close and look for the order");
    case RETOUR_CHOICE_KEEP_THEIRS:
      return retour_wording (language, "Keep the other one");
    case RETOUR_CHOICE_HEAD_OFFICE:
      return retour_wording (language, "Pass to head office");
    case RETOUR_CHOICE_CLOSE:
      return retour_wording (language, "Close the case");
    case RETOUR_CHOICE_REOPEN:
      return retour_wording (language, "Take it back");
    }
  g_return_val_if_reached ("");
}
