/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange-panel.h"

#include "button.h"
#include "exchange-words.h"
#include "exchanged-row.h"
#include "rule-words.h"
#include "words.h"
#include "wrap.h"

struct _RetourExchangePanel
{
  GtkBox parent_instance;

  GtkWidget *returned, *given; /* RetourExchangedRow */
  GtkWidget *difference, *difference_detail, *amount;
  GtkWidget *offer, *offer_icon, *offer_text;
  GtkWidget *settlement_title, *settlement, *settlement_icon, *settlement_words, *settlement_detail;
  GtkWidget *refund;
  GtkWidget *reason, *reason_icon, *reason_text;
  GtkWidget *primary;
};

enum
{
  SIGNAL_PRIMARY,
  SIGNAL_REFUND,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourExchangePanel, retour_exchange_panel, GTK_TYPE_BOX)

static RetourLanguage
language_of (RetourExchangeChoice *choice)
{
  return retour_navigation_get_language (retour_exchange_choice_get_navigation (choice));
}

static void
set_tone (GtkWidget *widget, const char *tone)
{
  static const char *const tones[] = { "success", "warning", "info" };

  for (gsize i = 0; i < G_N_ELEMENTS (tones); i++)
    gtk_widget_remove_css_class (widget, tones[i]);
  gtk_widget_add_css_class (widget, tone);
}

static void
show_articles (RetourExchangePanel *self, RetourExchangeChoice *choice)
{
  const RetourReplacement *item = retour_exchange_choice_get_item (choice);
  const RetourExchangeOutcome *outcome = retour_exchange_choice_get_outcome (choice);
  const char *category = retour_exchange_choice_get_category (choice);
  gboolean priced = outcome != NULL && !retour_exchange_choice_hides_prices (choice);
  RetourLanguage language = language_of (choice);
  g_autofree char *returned =
      priced ? retour_money_format (outcome->returned, outcome->quote->currency, language) : NULL;
  g_autofree char *price = priced ? retour_money_format (outcome->price, outcome->quote->currency, language) : NULL;

  retour_exchanged_row_show (RETOUR_EXCHANGED_ROW (self->returned), retour_exchange_returned_words (language, category),
                             retour_exchange_choice_get_title (choice), category,
                             retour_exchange_choice_get_variant (choice), returned);
  if (item != NULL)
    retour_exchanged_row_show (RETOUR_EXCHANGED_ROW (self->given),
                               retour_exchange_new_words (language, item->product->category), item->product->title,
                               item->product->category, item->product->variant, price);
  else
    retour_exchanged_row_show (RETOUR_EXCHANGED_ROW (self->given), retour_exchange_new_words (language, category),
                               _ ("To be chosen"), NULL, NULL, NULL);
}

static void
show_difference (RetourExchangePanel *self, RetourExchangeChoice *choice, const RetourExchangeOutcome *outcome)
{
  RetourLanguage language = language_of (choice);
  g_autofree char *amount = NULL;
  g_autofree char *detail = NULL;

  gtk_widget_set_visible (self->difference, outcome != NULL);
  if (outcome == NULL)
    return;
  amount = outcome->difference == 0
               ? retour_money_format (0, outcome->quote->currency, language)
               : retour_money_format_signed (outcome->difference, outcome->quote->currency, language);
  detail = retour_difference_words (language, outcome);
  gtk_label_set_text (GTK_LABEL (self->amount), amount);
  gtk_label_set_text (GTK_LABEL (self->difference_detail), detail);
}

static void
show_offer (RetourExchangePanel *self, RetourExchangeChoice *choice, const RetourExchangeOutcome *outcome)
{
  g_autofree char *words = outcome != NULL ? retour_offer_words (language_of (choice), outcome) : NULL;
  gboolean taken = words != NULL && outcome->clawback > 0;

  gtk_widget_set_visible (self->offer, words != NULL);
  gtk_label_set_text (GTK_LABEL (self->offer_text), words != NULL ? words : "");
  gtk_image_set_from_icon_name (GTK_IMAGE (self->offer_icon), taken ? "rt-tag-symbolic" : "object-select-symbolic");
  set_tone (self->offer, taken ? "warning" : "success");
}

static void
show_settlement (RetourExchangePanel *self, RetourExchangeChoice *choice, const RetourExchangeOutcome *outcome)
{
  g_auto (RetourSettlementWords) words = { NULL, NULL, NULL };

  gtk_widget_set_visible (self->settlement_title, outcome != NULL);
  gtk_widget_set_visible (self->settlement, outcome != NULL);
  if (outcome == NULL)
    return;
  words = retour_settlement_words (language_of (choice), outcome, retour_exchange_choice_get_workspace (choice)->order);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->settlement_icon), words.icon);
  gtk_label_set_text (GTK_LABEL (self->settlement_words), words.title);
  gtk_label_set_text (GTK_LABEL (self->settlement_detail), words.detail);
}

gboolean
retour_exchange_panel_asks (RetourExchangeChoice *choice)
{
  const RetourExchangeOutcome *outcome = retour_exchange_choice_get_outcome (choice);

  return outcome != NULL && outcome->quote->approvals_needed->len > 0
         && outcome->quote->decision != RETOUR_DECISION_REFUSE
         && retour_draft_is_complete (retour_exchange_choice_get_workspace (choice)->draft);
}

/* The rule to speak of: the worst that is not approved, the exchange's own first among equals. */
static void
find_worst (const GPtrArray *rules, const RetourRuleResult **worst)
{
  for (guint i = 0; i < rules->len; i++)
    {
      const RetourRuleResult *rule = rules->pdata[i];

      if (!rule->approved && rule->decision > RETOUR_DECISION_ACCEPT
          && (*worst == NULL || rule->decision > (*worst)->decision))
        *worst = rule;
    }
}

static const RetourRuleResult *
worst_rule (const RetourExchangeOutcome *outcome)
{
  const RetourRuleResult *worst = NULL;

  find_worst (outcome->quote->rules, &worst);
  for (guint i = 0; i < outcome->quote->lines->len; i++)
    find_worst (((const RetourQuoteLine *) outcome->quote->lines->pdata[i])->rules, &worst);
  return worst;
}

/* Why the button says what it says, or cannot be used; the caller's, NULL when nothing is to be said. */
static char *
explain (RetourExchangeChoice *choice, const char **icon)
{
  const RetourExchangeOutcome *outcome = retour_exchange_choice_get_outcome (choice);
  const RetourRuleResult *rule;

  *icon = "rt-info-symbolic";
  if (retour_exchange_choice_get_replacements (choice) == NULL)
    return NULL;
  if (retour_exchange_choice_get_item (choice) == NULL)
    return g_strdup (_ ("Choose the new item, or scan it."));
  if (outcome == NULL)
    return g_strdup (_ ("This exchange cannot be computed."));
  rule = worst_rule (outcome);
  if (rule != NULL && rule->decision == RETOUR_DECISION_REFUSE)
    {
      *icon = "action-unavailable-symbolic";
      return g_strdup (retour_exchange_choice_hides_prices (choice)
                           ? retour_rule_message_without_prices (language_of (choice), rule)
                           : retour_rule_message (language_of (choice), rule));
    }
  if (!retour_exchange_choice_is_ready (choice))
    return g_strdup (_ ("Tick that you have seen the item."));
  if (rule == NULL)
    return NULL;
  *icon = "rt-shield-symbolic";
  return g_strdup_printf (_ ("%s: approval needed."), retour_rule_title (language_of (choice), rule));
}

static void
show_primary (RetourExchangePanel *self, RetourExchangeChoice *choice, const RetourExchangeOutcome *outcome)
{
  const char *icon;
  g_autofree char *reason = explain (choice, &icon);
  gboolean asks = retour_exchange_panel_asks (choice);
  g_autofree char *amount = NULL;
  g_autofree char *text = NULL;

  if (asks)
    text = g_strdup (C_ ("exchange", "Ask for approval"));
  else if (outcome == NULL || outcome->difference == 0)
    text = g_strdup (_ ("Exchange"));
  else
    {
      amount = retour_money_format_signed (outcome->difference, outcome->quote->currency, language_of (choice));
      text = g_strdup_printf (_ ("Exchange · %s"), amount);
    }
  retour_button_set_label (self->primary, text);
  retour_button_set_icon (self->primary, asks ? "rt-shield-symbolic" : "rt-exchange-symbolic");
  gtk_widget_set_sensitive (self->primary, retour_exchange_choice_is_ready (choice));
  gtk_widget_set_visible (self->reason, reason != NULL);
  gtk_label_set_text (GTK_LABEL (self->reason_text), reason != NULL ? reason : "");
  gtk_image_set_from_icon_name (GTK_IMAGE (self->reason_icon), icon);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->primary), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  reason != NULL ? reason : "", -1);
}

void
retour_exchange_panel_show (RetourExchangePanel *self, RetourExchangeChoice *choice)
{
  const RetourExchangeOutcome *outcome;

  g_return_if_fail (RETOUR_IS_EXCHANGE_PANEL (self));

  outcome = retour_exchange_choice_hides_prices (choice) ? NULL : retour_exchange_choice_get_outcome (choice);
  show_articles (self, choice);
  show_difference (self, choice, outcome);
  show_offer (self, choice, outcome);
  show_settlement (self, choice, outcome);
  gtk_widget_set_visible (self->refund, retour_exchange_choice_get_entry (choice)->exchange != NULL);
  show_primary (self, choice, outcome);
}

static void
primary_clicked (GtkButton *button, RetourExchangePanel *self)
{
  g_signal_emit (self, signals[SIGNAL_PRIMARY], 0);
}

static void
refund_clicked (GtkButton *button, RetourExchangePanel *self)
{
  g_signal_emit (self, signals[SIGNAL_REFUND], 0);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (RETOUR_TYPE_BUTTON);
  g_type_ensure (RETOUR_TYPE_EXCHANGED_ROW);
  g_type_ensure (RETOUR_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/exchange-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePanel, returned);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePanel, given);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePanel, difference);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePanel, difference_detail);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePanel, amount);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePanel, offer);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePanel, offer_icon);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePanel, offer_text);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePanel, settlement_title);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePanel, settlement);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePanel, settlement_icon);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePanel, settlement_words);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePanel, settlement_detail);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePanel, refund);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePanel, reason);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePanel, reason_icon);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePanel, reason_text);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangePanel, primary);
  gtk_widget_class_bind_template_callback (widget_class, primary_clicked);
  gtk_widget_class_bind_template_callback (widget_class, refund_clicked);
}

static void
retour_exchange_panel_class_init (RetourExchangePanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GType type = RETOUR_TYPE_EXCHANGE_PANEL;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_PRIMARY] = g_signal_new ("primary", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REFUND] = g_signal_new ("refund", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  bind_template (widget_class);
}

static void
retour_exchange_panel_init (RetourExchangePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
