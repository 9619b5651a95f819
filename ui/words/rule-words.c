/* SPDX-License-Identifier: Apache-2.0 */
#include "rule-words.h"

#include "item-words.h"

#define N_(msgid) RETOUR_WORDING (msgid)

typedef struct
{
  const char *rule, *words, *icon;
} RuleWords;

static const RuleWords RULES[] = {
  { "not_delivered", N_ ("Not delivered yet"), "rt-truck-symbolic" },
  { "already_returned", N_ ("Already returned"), "rt-return-symbolic" },
  { "window", N_ ("Past the limit"), "rt-clock-symbolic" },
  { "window_closed", N_ ("Well past the limit"), "rt-clock-symbolic" },
  { "final_sale", N_ ("Last chance – not returnable"), "changes-prevent-symbolic" },
  { "hygiene", N_ ("Hygiene – not returnable once opened"), "changes-prevent-symbolic" },
  { "condition", N_ ("Condition to be approved"), "rt-tag-symbolic" },
  { "reason", N_ ("Reason to be approved"), "rt-tag-symbolic" },
  { "serial_mismatch", N_ ("Another serial number"), "rt-barcode-symbolic" },
  { "wrong_item", N_ ("Not the item of this order"), "rt-barcode-symbolic" },
  { "refund_over", N_ ("Large refund"), "rt-shield-symbolic" },
  { "exchange", N_ ("Exchange with a difference"), "rt-exchange-symbolic" },
  { "no_order", N_ ("Return without order"), "rt-receipt-symbolic" },
  { "staff_own_order", N_ ("Own order of the staff"), "rt-idbadge-symbolic" },
  { "offline_exposure", N_ ("Offline limit reached"), "rt-shield-symbolic" },
  { "gift", N_ ("Gift"), "rt-gift-symbolic" },
  { "currency", N_ ("In another currency"), "rt-card-symbolic" },
};

static const RuleWords *
find_rule (const char *rule)
{
  for (gsize i = 0; i < G_N_ELEMENTS (RULES); i++)
    if (g_strcmp0 (RULES[i].rule, rule) == 0)
      return &RULES[i];
  return NULL;
}

const char *
retour_rule_id_words (RetourLanguage language, const char *rule)
{
  const RuleWords *found = find_rule (rule);

  return found != NULL ? retour_wording (language, found->words) : "";
}

const char *
retour_rule_title (RetourLanguage language, const RetourRuleResult *rule)
{
  const char *words = retour_rule_id_words (language, rule->rule);

  if (*words == '\0')
    words = retour_words_get (&rule->message, language);
  return *words != '\0' ? words : rule->rule;
}

const char *
retour_rule_message (RetourLanguage language, const RetourRuleResult *rule)
{
  const char *words = retour_words_get (&rule->message, language);

  return *words != '\0' ? words : retour_rule_title (language, rule);
}

const char *
retour_rule_message_without_prices (RetourLanguage language, const RetourRuleResult *rule)
{
  for (guint i = 0; rule->facts != NULL && i < rule->facts->len; i++)
    if (((const RetourFact *) rule->facts->pdata[i])->kind == RETOUR_FACT_AMOUNT)
      return retour_rule_title (language, rule);
  return retour_rule_message (language, rule);
}

const char *
retour_rule_icon (const char *rule)
{
  const RuleWords *found = find_rule (rule);

  return found != NULL ? found->icon : "rt-shield-symbolic";
}

RetourSaying
retour_decision_saying (RetourLanguage language, RetourDecision decision, gboolean approved)
{
  if (approved)
    return (RetourSaying){ retour_wording (language, "Approved"), "object-select-symbolic", RETOUR_TONE_SUCCESS };
  switch (decision)
    {
    case RETOUR_DECISION_ACCEPT:
      return (RetourSaying){ retour_wording (language, "Accepted"), "object-select-symbolic", RETOUR_TONE_SUCCESS };
    case RETOUR_DECISION_ACCEPT_IF_APPROVED:
      return (RetourSaying){ retour_wording (language, "A manager must agree"), "rt-shield-symbolic",
                             RETOUR_TONE_WARNING };
    case RETOUR_DECISION_REFUSE_UNLESS_APPROVED:
      return (RetourSaying){ retour_wording (language, "A manager may make an exception"), "rt-shield-symbolic",
                             RETOUR_TONE_WARNING };
    case RETOUR_DECISION_REFUSE:
      return (RetourSaying){ retour_wording (language, "Refused"), "action-unavailable-symbolic", RETOUR_TONE_ERROR };
    }
  return (RetourSaying){ "", NULL, RETOUR_TONE_NEUTRAL };
}

const char *
retour_fact_name_words (RetourLanguage language, const char *name)
{
  static const struct
  {
    const char *name, *words;
  } facts[] = {
    { "last_day", N_ ("Last day") },
    { "grace_until", N_ ("Tolerance until") },
    { "grace_days", N_ ("Days of tolerance") },
    { "judged_on", N_ ("Judged on") },
    { "today", N_ ("Today") },
    { "days", N_ ("Days") },
    { "date", N_ ("Date") },
    { "condition", N_ ("Condition") },
    { "grade", N_ ("Grade") },
    { "reason", N_ ("Reason") },
    { "mode", N_ ("Mode of the rule") },
    { "flag", N_ ("Mark of the item") },
    { "category", N_ ("Category") },
    { "serial", N_ ("Serial number") },
    { "gtin", N_ ("Code of the item") },
    { "scanned", N_ ("Code scanned") },
    { "quantity", N_ ("Quantity asked") },
    { "delivered", N_ ("Delivered") },
    { "returned", N_ ("Already returned") },
    { "held", N_ ("In returns not yet confirmed") },
    { "returnable", N_ ("Left to return") },
    { "total", N_ ("Refund") },
    { "amount", N_ ("Amount") },
    { "limit", N_ ("Limit") },
    { "max_refund", N_ ("Offline limit") },
    { "daily_exposure", N_ ("Offline limit of the day") },
    { "promised_today", N_ ("Promised today") },
    { "difference", N_ ("Difference") },
    { "tolerance", N_ ("Tolerance") },
    { "tolerance_amount", N_ ("Tolerance") },
    { "percent", N_ ("Percentage") },
    { "kept_value", N_ ("Basket kept") },
    { "kept_units", N_ ("Items kept") },
    { "threshold", N_ ("From") },
    { "share_kept", N_ ("Discount on what is kept") },
    { "due_kept", N_ ("Discount still earned") },
    { "before", N_ ("Taken back before") },
    { "method", N_ ("Way of return") },
    { "paid", N_ ("Paid") },
    { "refunded", N_ ("Refunded before") },
    { "units", N_ ("Items") },
    { "fault", N_ ("Who is at fault") },
    { "unit_price", N_ ("Unit price") },
    { "goods", N_ ("Goods") },
    { "match", N_ ("Recognised by") },
    { "from", N_ ("Counted from") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    if (g_strcmp0 (facts[i].name, name) == 0)
      return retour_wording (language, facts[i].words);
  return name;
}

/* A code of the policy in words, where the house has some. */
static const char *
text_words (RetourLanguage language, const char *name, const char *text)
{
  static const struct
  {
    const char *name, *text, *words;
  } known[] = {
    { "flag", "final_sale", N_ ("last chance") },
    { "method", "desk", N_ ("at the desk") },
    { "method", "kiosk", N_ ("at the kiosk") },
    { "method", "mailbox", N_ ("by letter box") },
    { "method", "pickup_point", N_ ("by pick-up point") },
    { "method", "home_collection", N_ ("by home collection") },
    { "fault", "customer", N_ ("the customer") },
    { "fault", "merchant", N_ ("the store") },
    { "match", "email", N_ ("same e-mail") },
    { "match", "customer", N_ ("same customer") },
  };

  if (g_strcmp0 (name, "condition") == 0)
    return retour_condition_words (language, text, NULL);
  if (g_strcmp0 (name, "reason") == 0)
    return retour_reason_words (language, text, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (known[i].name, name) == 0 && g_str_equal (known[i].text, text))
      return retour_wording (language, known[i].words);
  return text;
}

char *
retour_fact_value_words (RetourLanguage language, const RetourFact *fact, const char *currency)
{
  switch (fact->kind)
    {
    case RETOUR_FACT_TEXT:
      return g_strdup (text_words (language, fact->name, fact->text != NULL ? fact->text : ""));
    case RETOUR_FACT_INTEGER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, fact->number);
    case RETOUR_FACT_AMOUNT:
      return retour_money_format (fact->number, currency, language);
    case RETOUR_FACT_DAY:
      return retour_day_format_words ((RetourDay) fact->number, language);
    case RETOUR_FACT_FLAG:
      return g_strdup (fact->number != 0 ? retour_wording (language, "yes") : retour_wording (language, "no"));
    }
  return g_strdup ("");
}
