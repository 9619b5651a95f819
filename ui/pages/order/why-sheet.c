/* SPDX-License-Identifier: Apache-2.0 */
#include "why-sheet.h"

#include "button.h"
#include "chip.h"
#include "rule-words.h"
#include "text.h"
#include "words.h"

#define SENTENCE_WIDTH 34

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

/* Wide enough that the sheet is not measured for one word a line. */
static GtkWidget *
sentence_new (const char *text)
{
  GtkWidget *label = retour_text_new_wrapped (text, "rt-large");

  gtk_label_set_width_chars (GTK_LABEL (label), SENTENCE_WIDTH);
  return label;
}

static void
add_facts (GtkWidget *body, const GPtrArray *facts, RetourLanguage language, const char *currency)
{
  GtkWidget *grid;

  if (facts == NULL || facts->len == 0)
    return;
  grid = gtk_grid_new ();
  gtk_widget_add_css_class (grid, "rt-card");
  gtk_widget_add_css_class (grid, "rt-facts");
  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 16);
  for (guint i = 0; i < facts->len; i++)
    {
      const RetourFact *fact = facts->pdata[i];
      g_autofree char *value = retour_fact_value_words (language, fact, currency);
      GtkWidget *name = retour_text_new_wrapped (retour_fact_name_words (language, fact->name), "rt-muted");
      GtkWidget *shown = retour_text_new_wrapped (value, "rt-t4");

      gtk_label_set_width_chars (GTK_LABEL (name), SENTENCE_WIDTH / 2);
      gtk_label_set_width_chars (GTK_LABEL (shown), SENTENCE_WIDTH / 2);
      gtk_widget_set_hexpand (name, TRUE);
      gtk_label_set_xalign (GTK_LABEL (shown), 1);
      gtk_grid_attach (GTK_GRID (grid), name, 0, (int) i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), shown, 1, (int) i, 1, 1);
    }
  gtk_box_append (GTK_BOX (body), grid);
}

static void
add_rule (GtkWidget *body, const RetourRuleResult *rule, RetourLanguage language, const char *currency)
{
  RetourSaying saying = retour_decision_saying (language, rule->decision, rule->approved);
  GtkWidget *chip = retour_chip_new (saying.tone, saying.icon, saying.words);

  gtk_widget_set_halign (chip, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (body), sentence_new (retour_rule_message (language, rule)));
  gtk_box_append (GTK_BOX (body), chip);
  add_facts (body, rule->facts, language, currency);
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
  if (row->note != NULL)
    gtk_box_append (GTK_BOX (body), sentence_new (row->note));
  add_facts (body, row->facts, language, currency);
  retour_sheet_set_body (sheet, body);
  return sheet;
}
