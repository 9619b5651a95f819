/* SPDX-License-Identifier: Apache-2.0 */
#include "why-part.h"

#include "rule-words.h"
#include "text.h"

/* In characters: wide enough that the sheet is not measured for one word a line. */
#define COLUMN_WIDTH 17

struct _RetourWhyPart
{
  GtkBox parent_instance;

  GtkWidget *sentence, *decision, *facts;
};

G_DEFINE_TYPE (RetourWhyPart, retour_why_part, GTK_TYPE_BOX)

static void
retour_why_part_class_init (RetourWhyPartClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (RETOUR_TYPE_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/why-part.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourWhyPart, sentence);
  gtk_widget_class_bind_template_child (widget_class, RetourWhyPart, decision);
  gtk_widget_class_bind_template_child (widget_class, RetourWhyPart, facts);
}

static void
retour_why_part_init (RetourWhyPart *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Gives how many are shown: without a currency no amount is. */
static int
show_facts (RetourWhyPart *self, const GPtrArray *facts, RetourLanguage language, const char *currency)
{
  int row = 0;

  for (guint i = 0; i < facts->len; i++)
    {
      const RetourFact *fact = facts->pdata[i];
      g_autofree char *value = NULL;
      GtkWidget *name, *shown;

      if (currency == NULL && fact->kind == RETOUR_FACT_AMOUNT)
        continue;
      value = retour_fact_value_words (language, fact, currency);
      name = retour_text_new_wrapped (retour_fact_name_words (language, fact->name), "rt-muted");
      shown = retour_text_new_wrapped (value, "rt-t4");
      gtk_label_set_width_chars (GTK_LABEL (name), COLUMN_WIDTH);
      gtk_label_set_width_chars (GTK_LABEL (shown), COLUMN_WIDTH);
      gtk_widget_set_hexpand (name, TRUE);
      gtk_label_set_xalign (GTK_LABEL (shown), 1);
      gtk_grid_attach (GTK_GRID (self->facts), name, 0, row, 1, 1);
      gtk_grid_attach (GTK_GRID (self->facts), shown, 1, row, 1, 1);
      row++;
    }
  return row;
}

GtkWidget *
retour_why_part_new (RetourLanguage language,
                     const char *sentence,
                     const RetourSaying *decision,
                     const GPtrArray *facts,
                     const char *currency)
{
  RetourWhyPart *self = g_object_new (RETOUR_TYPE_WHY_PART, NULL);

  gtk_widget_set_visible (self->sentence, sentence != NULL);
  gtk_widget_set_visible (self->decision, decision != NULL);
  gtk_label_set_text (GTK_LABEL (self->sentence), sentence != NULL ? sentence : "");
  if (decision != NULL)
    retour_chip_set (RETOUR_CHIP (self->decision), decision->tone, decision->icon, decision->words);
  gtk_widget_set_visible (self->facts, facts != NULL && show_facts (self, facts, language, currency) > 0);
  return GTK_WIDGET (self);
}
