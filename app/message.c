/* SPDX-License-Identifier: Apache-2.0 */
#include "message.h"

#include <string.h>

/* One message being said in one language. */
typedef struct
{
  const RetourQuoteCase *self;
  const RetourRuleResult *result;
  RetourLanguage language;
  GString *text;
} Speech;

/* Says one of two texts, each a printf format with the same arguments. */
static void
say (const Speech *speech, const char *french, const char *english, ...)
{
  const char *format = speech->language == RETOUR_LANGUAGE_FRENCH ? french : english;
  va_list arguments;
  va_start (arguments, english);
  g_string_append_vprintf (speech->text, format, arguments);
  va_end (arguments);
}

static const RetourFact *
find (const Speech *speech, const char *name)
{
  return retour_facts_find (speech->result->facts, name);
}

static gboolean
has (const Speech *speech, const char *name)
{
  return find (speech, name) != NULL;
}

static const char *
text_of (const Speech *speech, const char *name)
{
  const RetourFact *fact = find (speech, name);
  return fact != NULL && fact->text != NULL ? fact->text : "?";
}

static gint64
number_of (const Speech *speech, const char *name)
{
  const RetourFact *fact = find (speech, name);
  return fact != NULL ? fact->number : 0;
}

static char *
day_of (const Speech *speech, const char *name)
{
  return retour_day_format_words ((RetourDay) number_of (speech, name), speech->language);
}

static char *
amount_of (const Speech *speech, const char *name)
{
  return retour_money_format (ABS (number_of (speech, name)), speech->self->policy->currency, speech->language);
}

/* What the policy calls a condition; else our words for the usual codes; else the code. */
static const char *
condition_words (const Speech *speech)
{
  static const struct
  {
    const char *code, *words[RETOUR_N_LANGUAGES];
  } usual[] = {
    { "new_sealed", { "neuf étiqueté", "new with tags" } },
    { "new_opened", { "ouvert", "opened" } },
    { "light_wear", { "porté", "worn" } },
    { "damaged", { "abîmé", "damaged" } },
  };

  const char *code = text_of (speech, "condition");
  const RetourCondition *condition = retour_policy_find_condition (speech->self->policy, code);
  const char *title = condition != NULL ? retour_words_get (&condition->title, speech->language) : "";
  if (title[0] != '\0')
    return title;
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    if (strcmp (usual[i].code, code) == 0)
      return usual[i].words[speech->language];
  return code;
}

static void
say_not_delivered (const Speech *speech)
{
  say (speech, "Cet article n’a pas encore été livré.", "This item has not been delivered yet.");
}

static void
say_already_returned (const Speech *speech)
{
  gint64 asked = number_of (speech, "quantity"), returnable = number_of (speech, "returnable");
  if (returnable > 0)
    say (speech, "%" G_GINT64_FORMAT " à retourner, mais il n’en reste que %" G_GINT64_FORMAT ".",
         "%" G_GINT64_FORMAT " to return, but only %" G_GINT64_FORMAT " left.", asked, returnable);
  else
    say (speech, "Tout ce qui a été livré de cet article est déjà revenu.",
         "All that was delivered of this item has already come back.");
  if (has (speech, "held"))
    say (speech, " Dont %" G_GINT64_FORMAT " dans des retours pas encore confirmés.",
         " %" G_GINT64_FORMAT " of them in returns that are not confirmed yet.", number_of (speech, "held"));
}

static void
say_window (const Speech *speech)
{
  if (!has (speech, "last_day"))
    {
      say (speech, "La politique compte le délai à partir de « %s », que cette version ne connaît pas.",
           "The policy counts the return period from “%s”, which this version does not know.",
           text_of (speech, "from"));
      return;
    }
  g_autofree char *last = day_of (speech, "last_day"), *grace = day_of (speech, "grace_until");
  say (speech, "Le délai de retour est passé depuis le %s ; tolérance jusqu’au %s.",
       "The return period ended on %s; tolerated until %s.", last, grace);
}

static void
say_window_closed (const Speech *speech)
{
  g_autofree char *last = day_of (speech, "last_day"), *grace = day_of (speech, "grace_until");
  if (number_of (speech, "last_day") == number_of (speech, "grace_until"))
    say (speech, "Le délai de retour est passé depuis le %s.", "The return period ended on %s.", last);
  else
    say (speech, "Le délai de retour est passé depuis le %s, la tolérance depuis le %s.",
         "The return period ended on %s, the tolerance on %s.", last, grace);
}

static void
say_exclusion (const Speech *speech)
{
  if (strcmp (speech->result->rule, "final_sale") == 0)
    say (speech, "Dernière chance : cet article n’est pas repris.", "Last chance: this item is not taken back.");
  else if (has (speech, "category") && has (speech, "flag"))
    say (speech, "Les articles « %s » de la catégorie « %s » ne sont pas repris",
         "“%s” items of the category “%s” are not taken back", text_of (speech, "flag"), text_of (speech, "category"));
  else if (has (speech, "category"))
    say (speech, "Les articles de la catégorie « %s » ne sont pas repris",
         "Items of the category “%s” are not taken back", text_of (speech, "category"));
  else
    say (speech, "Les articles « %s » ne sont pas repris", "“%s” items are not taken back", text_of (speech, "flag"));

  if (strcmp (speech->result->rule, "final_sale") == 0)
    return;
  if (has (speech, "condition"))
    say (speech, " dans l’état « %s ».", " in the condition “%s”.", condition_words (speech));
  else
    say (speech, ".", ".");
}

static void
say_condition (const Speech *speech)
{
  const char *code = text_of (speech, "condition");
  if (retour_policy_find_condition (speech->self->policy, code) == NULL)
    say (speech, "La politique ne connaît pas l’état « %s ».", "The policy does not know the condition “%s”.", code);
  else if (has (speech, "percent"))
    say (speech, "L’article revient dans l’état « %s » et serait échangé au prix payé.",
         "The item comes back in the condition “%s” and would be exchanged at the price paid.",
         condition_words (speech));
  else
    say (speech, "L’article revient dans l’état « %s ».", "The item comes back in the condition “%s”.",
         condition_words (speech));
}

static void
say_reason (const Speech *speech)
{
  say (speech, "La politique ne connaît pas le motif « %s ».", "The policy does not know the reason “%s”.",
       text_of (speech, "reason"));
}

static void
say_serial_mismatch (const Speech *speech)
{
  say (speech, "Le numéro de série %s n’est pas de cette commande.", "The serial number %s is not of this order.",
       text_of (speech, "serial"));
}

static void
say_wrong_item (const Speech *speech)
{
  say (speech, "L’article scanné (%s) n’est pas celui de la commande (%s).",
       "The item scanned (%s) is not that of the order (%s).", text_of (speech, "scanned"), text_of (speech, "gtin"));
}

static void
say_refund_over (const Speech *speech)
{
  g_autofree char *total = amount_of (speech, "total"), *limit = amount_of (speech, "limit");
  if (speech->self->gift_to_recipient)
    say (speech, "Le remboursement dépasse la limite sans accord.", "The refund is over the limit without approval.");
  else
    say (speech, "Le remboursement de %s dépasse %s.", "The refund of %s is over %s.", total, limit);
}

static void
say_exchange (const Speech *speech)
{
  gint64 difference = number_of (speech, "difference");
  g_autofree char *amount = amount_of (speech, "difference");
  if (speech->self->gift_to_recipient || !has (speech, "difference"))
    say (speech, "Cet échange n’est pas à prix constant.", "This exchange is not even.");
  else if (difference < 0)
    say (speech, "Échange : ce qui part coûte %s de plus que ce qui revient.",
         "Exchange: what leaves costs %s more than what comes back.", amount);
  else if (difference > 0)
    say (speech, "Échange : ce qui part coûte %s de moins que ce qui revient.",
         "Exchange: what leaves costs %s less than what comes back.", amount);
  else
    say (speech, "Échange sans différence de prix.", "Exchange without a difference in price.");
}

static void
say_no_order (const Speech *speech)
{
  say (speech, "Retour sans commande : rien ne dit ce qui a été payé.",
       "Return without order: nothing says what was paid.");
}

static void
say_staff_own_order (const Speech *speech)
{
  say (speech, "Cette commande est celle de la personne qui enregistre le retour.",
       "This order is that of the person who records the return.");
}

static void
say_offline_exposure (const Speech *speech)
{
  g_autofree char *total = amount_of (speech, "total"), *one = amount_of (speech, "max_refund"),
                  *day = amount_of (speech, "daily_exposure"), *promised = amount_of (speech, "promised_today");
  if (speech->self->gift_to_recipient)
    say (speech, "Hors ligne, ce remboursement dépasse ce qui peut être promis.",
         "Offline, this refund is over what may be promised.");
  else if (has (speech, "max_refund"))
    say (speech, "Hors ligne, le remboursement de %s dépasse la limite de %s.",
         "Offline, the refund of %s is over the limit of %s.", total, one);
  else
    say (speech, "Hors ligne, %s de plus que les %s déjà promis aujourd’hui dépassent la limite de %s.",
         "Offline, %s more than the %s already promised today is over the limit of %s.", total, promised, day);
}

static void
say_gift (const Speech *speech)
{
  say (speech, "Cadeau : remboursé en avoir, sans aucun prix affiché ; l’acheteur n’est pas prévenu.",
       "Gift: refunded as store credit, no price shown anywhere; the buyer is not told.");
}

static void
say_unknown (const Speech *speech)
{
  say (speech, "La politique demande la règle « %s », que cette version ne connaît pas.",
       "The policy asks for the rule “%s”, which this version does not know.", speech->result->rule);
}

static void
say_what_happened (const Speech *speech)
{
  static const struct
  {
    const char *rule;
    gboolean has_facts;
    void (*say) (const Speech *speech);
  } rules[] = {
    { "not_delivered", FALSE, say_not_delivered },
    { "already_returned", TRUE, say_already_returned },
    { "window", TRUE, say_window },
    { "window_closed", TRUE, say_window_closed },
    { "condition", TRUE, say_condition },
    { "reason", TRUE, say_reason },
    { "serial_mismatch", TRUE, say_serial_mismatch },
    { "wrong_item", TRUE, say_wrong_item },
    { "refund_over", TRUE, say_refund_over },
    { "exchange", FALSE, say_exchange },
    { "no_order", FALSE, say_no_order },
    { "staff_own_order", FALSE, say_staff_own_order },
    { "offline_exposure", TRUE, say_offline_exposure },
    { "gift", FALSE, say_gift },
  };

  /* A policy may give an exclusion, or a rule of its own, the id of one of these: it has other facts. */
  if (has (speech, "flag") || has (speech, "category"))
    {
      say_exclusion (speech);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (strcmp (rules[i].rule, speech->result->rule) == 0 && (!rules[i].has_facts || speech->result->facts->len > 0))
      {
        rules[i].say (speech);
        return;
      }
  say_unknown (speech);
}

static void
say_what_can_be_done (const Speech *speech)
{
  if (has (speech, "mode"))
    say (speech, " Son mode « %s » est inconnu de cette version.", " Its mode “%s” is unknown to this version.",
         text_of (speech, "mode"));
  if (speech->result->approved)
    {
      say (speech, " Un responsable a donné son accord.", " A manager has agreed.");
      return;
    }
  switch (speech->result->decision)
    {
    case RETOUR_DECISION_ACCEPT:
      break;
    case RETOUR_DECISION_ACCEPT_IF_APPROVED:
      if (has (speech, "fault"))
        say (speech, " L’enseigne étant en faute, l’accord d’un responsable suffit.",
             " As the store is at fault, a manager’s agreement is enough.");
      else
        say (speech, " L’accord d’un responsable est nécessaire.", " A manager must agree.");
      break;
    case RETOUR_DECISION_REFUSE_UNLESS_APPROVED:
      say (speech, " Refusé, sauf si un responsable passe outre en disant pourquoi.",
           " Refused, unless a manager overrides it and says why.");
      break;
    case RETOUR_DECISION_REFUSE:
      say (speech, " Retour refusé.", " Return refused.");
      break;
    }
}

void
retour_message_fill (const RetourQuoteCase *self, RetourRuleResult *result)
{
  for (guint i = 0; i < RETOUR_N_LANGUAGES; i++)
    {
      Speech speech = { .self = self, .result = result, .language = i, .text = g_string_new (NULL) };
      say_what_happened (&speech);
      say_what_can_be_done (&speech);
      g_free (result->message.text[i]);
      result->message.text[i] = g_string_free (speech.text, FALSE);
    }
}
