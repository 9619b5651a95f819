/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange-panel.h"

#include "button.h"
#include "exchange-words.h"
#include "rule-words.h"
#include "text.h"
#include "thumb.h"
#include "variant.h"
#include "words.h"
#include "wrap.h"

struct _RetourExchangePanel
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *articles;
  GtkWidget *difference, *difference_title, *difference_detail, *amount;
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

G_DEFINE_TYPE (RetourExchangePanel, retour_exchange_panel, GTK_TYPE_WIDGET)

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

static GtkWidget *
article_row_new (const char *over, const char *title, const char *category, const char *variant, const char *amount)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name;
  g_auto (RetourVariant) parts = retour_variant_parse (variant);
  g_autofree char *text = retour_article_words (title, variant);

  name = retour_text_new_wrapped (text, "rt-t3");
  gtk_box_append (GTK_BOX (words), retour_text_new (over, "rt-muted"));
  gtk_box_append (GTK_BOX (words), name);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), retour_thumb_new_in_colour (category, parts.colour, 56));
  gtk_box_append (GTK_BOX (row), words);
  if (amount != NULL)
    gtk_box_append (GTK_BOX (row), retour_text_new_amount (amount, "rt-t3"));
  return row;
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
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-down-symbolic");
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->articles)) != NULL)
    gtk_box_remove (GTK_BOX (self->articles), child);
  gtk_box_append (GTK_BOX (self->articles), article_row_new (retour_exchange_returned_words (language, category),
                                                             retour_exchange_choice_get_title (choice), category,
                                                             retour_exchange_choice_get_variant (choice), returned));
  gtk_widget_add_css_class (arrow, "rt-accent");
  gtk_widget_add_css_class (arrow, "rt-exchange-arrow");
  gtk_widget_set_halign (arrow, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->articles), arrow);
  if (item != NULL)
    gtk_box_append (GTK_BOX (self->articles),
                    article_row_new (retour_exchange_new_words (language, item->product->category),
                                     item->product->title, item->product->category, item->product->variant, price));
  else
    gtk_box_append (GTK_BOX (self->articles), article_row_new (retour_exchange_new_words (language, category),
                                                               _ ("To be chosen"), NULL, NULL, NULL));
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
      return g_strdup (retour_rule_message (language_of (choice), rule));
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
retour_exchange_panel_dispose (GObject *object)
{
  g_clear_pointer (&RETOUR_EXCHANGE_PANEL (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (retour_exchange_panel_parent_class)->dispose (object);
}

static void
retour_exchange_panel_class_init (RetourExchangePanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GType type = RETOUR_TYPE_EXCHANGE_PANEL;

  G_OBJECT_CLASS (class)->dispose = retour_exchange_panel_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_PRIMARY] = g_signal_new ("primary", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REFUND] = g_signal_new ("refund", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
status_label_new (const char *classes)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "xalign", 0.0f,
                                   "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  retour_add_classes (label, classes);
  return label;
}

static void
build_money (RetourExchangePanel *self, GtkWidget *body)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->difference = retour_wrap_new (12);
  retour_wrap_set_last_at_end (RETOUR_WRAP (self->difference), TRUE);
  self->difference_title = retour_text_new (_ ("Difference"), "rt-t3");
  self->difference_detail = retour_text_new_wrapped (NULL, "rt-muted");
  /* Longer words take a second line, and leave the amount beside them. */
  gtk_label_set_max_width_chars (GTK_LABEL (self->difference_detail), 21);
  self->amount = status_label_new ("rt-display");
  gtk_label_set_wrap (GTK_LABEL (self->amount), FALSE);
  gtk_label_set_xalign (GTK_LABEL (self->amount), 1);
  gtk_box_append (GTK_BOX (words), self->difference_title);
  gtk_box_append (GTK_BOX (words), self->difference_detail);
  retour_wrap_append (RETOUR_WRAP (self->difference), words);
  retour_wrap_append (RETOUR_WRAP (self->difference), self->amount);
  gtk_box_append (GTK_BOX (body), self->difference);

  self->offer = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->offer_icon = gtk_image_new ();
  self->offer_text = status_label_new (NULL);
  gtk_widget_set_valign (self->offer_icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (self->offer_text, TRUE);
  retour_add_classes (self->offer, "rt-note rt-offer");
  gtk_box_append (GTK_BOX (self->offer), self->offer_icon);
  gtk_box_append (GTK_BOX (self->offer), self->offer_text);
  gtk_box_append (GTK_BOX (body), self->offer);
}

static void
build_settlement (RetourExchangePanel *self, GtkWidget *body)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *tick = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

  self->settlement_title = retour_text_new_wrapped (_ ("How it is settled"), "rt-t3");
  gtk_widget_add_css_class (self->settlement_title, "rt-settlement-title");
  self->settlement = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (self->settlement, "rt-settlement");
  self->settlement_icon = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->settlement_icon), 24);
  self->settlement_words = status_label_new ("rt-t3");
  self->settlement_detail = retour_text_new_wrapped (NULL, NULL);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), self->settlement_words);
  gtk_box_append (GTK_BOX (words), self->settlement_detail);
  gtk_widget_set_hexpand (check, TRUE);
  gtk_widget_add_css_class (tick, "rt-tick");
  gtk_widget_set_valign (tick, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (tick, FALSE);
  gtk_box_append (GTK_BOX (tick), check);
  gtk_box_append (GTK_BOX (self->settlement), self->settlement_icon);
  gtk_box_append (GTK_BOX (self->settlement), words);
  gtk_box_append (GTK_BOX (self->settlement), tick);
  gtk_box_append (GTK_BOX (body), self->settlement_title);
  gtk_box_append (GTK_BOX (body), self->settlement);
}

static void
build_foot (RetourExchangePanel *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_add_css_class (foot, "rt-exchange-foot");
  self->reason = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  retour_add_classes (self->reason, "rt-warning");
  self->reason_icon = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->reason_icon), 20);
  gtk_widget_set_valign (self->reason_icon, GTK_ALIGN_START);
  self->reason_text = status_label_new ("rt-t4");
  gtk_widget_set_hexpand (self->reason_text, TRUE);
  gtk_box_append (GTK_BOX (self->reason), self->reason_icon);
  gtk_box_append (GTK_BOX (self->reason), self->reason_text);
  self->primary = retour_button_new ("rt-exchange-symbolic", _ ("Exchange"), "rt-primary rt-xl");
  g_signal_connect (self->primary, "clicked", G_CALLBACK (primary_clicked), self);
  gtk_box_append (GTK_BOX (foot), self->reason);
  gtk_box_append (GTK_BOX (foot), self->primary);
  gtk_box_append (GTK_BOX (self->box), foot);
}

static void
retour_exchange_panel_init (RetourExchangePanel *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *title = retour_text_new_wrapped (_ ("The exchange in short"), "rt-t2");

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->box, "rt-panel");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  retour_set_name (GTK_WIDGET (self), _ ("The exchange in short"));
  gtk_widget_add_css_class (body, "rt-exchange-body");
  self->articles = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  retour_add_classes (self->articles, "rt-sunken rt-exchange-articles");
  gtk_box_append (GTK_BOX (body), title);
  gtk_box_append (GTK_BOX (body), self->articles);
  build_money (self, body);
  build_settlement (self, body);
  self->refund = retour_button_new ("rt-return-symbolic", _ ("Refund instead"), NULL);
  g_signal_connect (self->refund, "clicked", G_CALLBACK (refund_clicked), self);
  gtk_box_append (GTK_BOX (body), self->refund);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), body);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (self->box), scroller);
  build_foot (self);
}

GtkWidget *
retour_exchange_panel_new (void)
{
  return g_object_new (RETOUR_TYPE_EXCHANGE_PANEL, NULL);
}
