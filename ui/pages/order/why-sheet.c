/* SPDX-License-Identifier: Apache-2.0 */
#include "why-sheet.h"

#include "button.h"
#include "rule-words.h"
#include "why-part.h"
#include "words.h"

static GtkWidget *
body_new (void)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);

  gtk_widget_set_margin_start (body, 24);
  gtk_widget_set_margin_end (body, 24);
  gtk_widget_set_margin_top (body, 20);
  gtk_widget_set_margin_bottom (body, 24);
  return body;
}

static void
add_rule (GtkWidget *body, const RetourRuleResult *rule, RetourLanguage language, const char *currency)
{
  RetourSaying saying = retour_decision_saying (language, rule->decision, rule->approved);

  gtk_box_append (GTK_BOX (body),
                  retour_why_part_new (language,
                                       currency != NULL ? retour_rule_message (language, rule)
                                                        : retour_rule_message_without_prices (language, rule),
                                       &saying, rule->facts, currency));
}

RetourSheet *
retour_why_sheet_new_for_rules (RetourNavigation *navigation,
                                const char *title,
                                const GPtrArray *rules,
                                const char *currency)
{
  RetourLanguage language = retour_navigation_get_language (navigation);
  RetourSheet *sheet = retour_sheet_new (title);
  GtkWidget *body = body_new ();

  for (guint i = 0; i < rules->len; i++)
    add_rule (body, rules->pdata[i], language, currency);
  retour_sheet_set_body (sheet, body);
  return sheet;
}

typedef struct
{
  RetourSheet *sheet;
  void (*asked) (gpointer user_data);
  gpointer user_data;
} Question;

static void
question_free (gpointer question, GClosure *closure)
{
  g_free (question);
}

static void
question_asked (GtkButton *button, Question *question)
{
  void (*asked) (gpointer user_data) = question->asked;
  gpointer user_data = question->user_data;

  retour_sheet_close (question->sheet);
  asked (user_data);
}

void
retour_why_sheet_add_question (RetourSheet *sheet, void (*asked) (gpointer user_data), gpointer user_data)
{
  GtkWidget *button = retour_button_new ("rt-shield-symbolic", _ ("Ask for approval"), "rt-primary");
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  Question *question = g_new0 (Question, 1);

  question->sheet = sheet;
  question->asked = asked;
  question->user_data = user_data;
  gtk_widget_set_hexpand (button, TRUE);
  gtk_box_append (GTK_BOX (foot), button);
  g_signal_connect_data (button, "clicked", G_CALLBACK (question_asked), question, question_free, 0);
  retour_sheet_set_foot (sheet, foot);
  retour_sheet_set_initial_focus (sheet, button);
}

RetourSheet *
retour_why_sheet_new_for_row (RetourNavigation *navigation, const RetourBreakdownRow *row, const char *currency)
{
  RetourLanguage language = retour_navigation_get_language (navigation);
  g_autofree char *amount = retour_money_format (row->amount, currency, language);
  RetourSheet *sheet = retour_sheet_new (row->label);
  GtkWidget *body = body_new ();

  retour_sheet_set_subtitle (sheet, amount);
  gtk_box_append (GTK_BOX (body), retour_why_part_new (language, row->note, NULL, row->facts, currency));
  retour_sheet_set_body (sheet, body);
  return sheet;
}
