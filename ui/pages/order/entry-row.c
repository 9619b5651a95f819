/* SPDX-License-Identifier: Apache-2.0 */
#include "entry-row.h"

#include "chip.h"
#include "exchange-words.h"
#include "grade.h"
#include "item-words.h"
#include "rule-words.h"
#include "text.h"
#include "thumb.h"
#include "words.h"
#include "wrap.h"

struct _RetourEntryRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *head, *end; /* the end of the head: amount and pencil */
  GtkWidget *thumb, *title, *amount, *chips;
  guint index;
};

G_DEFINE_TYPE (RetourEntryRow, retour_entry_row, GTK_TYPE_LIST_BOX_ROW)

static GtkWidget *
plain_chip (const char *icon, const char *text)
{
  GtkWidget *chip = retour_chip_new (RETOUR_TONE_NEUTRAL, icon, text);

  gtk_widget_add_css_class (chip, "plain");
  return chip;
}

static void
add_chip (GtkWidget *flow, GtkWidget *chip)
{
  retour_chip_set_shrinks (RETOUR_CHIP (chip), TRUE);
  retour_wrap_append (RETOUR_WRAP (flow), chip);
}

/* Refunded, or exchanged and for what. */
static void
add_deed (RetourWorkbench *bench, const RetourDraftEntry *entry, GtkWidget *flow)
{
  const RetourOrderLine *line = retour_workbench_find_line (bench, entry);
  const RetourExchangedItem *item = entry->exchange;
  gboolean same = item != NULL && line != NULL && g_strcmp0 (item->product, line->product) == 0;
  g_autofree char *article = item != NULL ? retour_article_words (same ? NULL : item->title, item->variant) : NULL;
  g_autofree char *words = article != NULL && *article != '\0'
                               ? g_strdup_printf ("%s · %s", C_ ("deed", "Exchange"), article)
                               : g_strdup (entry->exchange != NULL ? C_ ("deed", "Exchange") : C_ ("deed", "Refund"));

  add_chip (flow, plain_chip (entry->exchange != NULL ? "rt-exchange-symbolic" : NULL, words));
}

static void
add_chips (RetourWorkbench *bench, const RetourDraftEntry *entry, const RetourQuoteLine *quoted, GtkWidget *flow)
{
  RetourLanguage language = retour_navigation_get_language (retour_workbench_get_navigation (bench));
  const RetourPolicy *policy = retour_workbench_get_workspace (bench)->policy;

  add_chip (flow, entry->reason != NULL
                      ? plain_chip (NULL, retour_reason_words (language, entry->reason, policy))
                      : retour_chip_new (RETOUR_TONE_WARNING, "dialog-warning-symbolic", _ ("Reason?")));
  if (entry->condition != NULL)
    {
      GtkWidget *chip = plain_chip (NULL, retour_condition_words (language, entry->condition, policy));
      const char *grade = retour_condition_grade (entry->condition, policy);

      if (grade != NULL)
        retour_chip_set_lead (RETOUR_CHIP (chip), retour_grade_new (grade, RETOUR_GRADE_SMALL));
      add_chip (flow, chip);
    }
  else
    add_chip (flow, retour_chip_new (RETOUR_TONE_WARNING, "dialog-warning-symbolic", _ ("Condition?")));
  if (retour_workbench_entry_needs_note (bench, entry))
    add_chip (flow, retour_chip_new (RETOUR_TONE_WARNING, "dialog-warning-symbolic", _ ("Note?")));
  add_deed (bench, entry, flow);
  for (guint i = 0; quoted != NULL && i < quoted->rules->len; i++)
    {
      const RetourRuleResult *rule = quoted->rules->pdata[i];
      RetourTone tone = rule->approved                             ? RETOUR_TONE_SUCCESS
                        : rule->decision == RETOUR_DECISION_REFUSE ? RETOUR_TONE_ERROR
                                                                   : RETOUR_TONE_WARNING;

      if (rule->decision > RETOUR_DECISION_ACCEPT)
        add_chip (flow, retour_chip_new (tone, retour_rule_icon (rule->rule), retour_rule_title (language, rule)));
    }
}

static char *
title_of (RetourWorkbench *bench, const RetourDraftEntry *entry)
{
  const RetourOrderLine *line = retour_workbench_find_line (bench, entry);
  const char *title = retour_workbench_get_title (bench, entry);
  g_autofree char *size = line != NULL ? retour_variant_size (line->variant) : NULL;
  g_autofree char *sized = size != NULL ? g_strdup_printf ("%s · %s", title, size) : g_strdup (title);

  return entry->quantity > 1 ? g_strdup_printf ("%s × %" G_GINT64_FORMAT, sized, entry->quantity)
                             : g_steal_pointer (&sized);
}

static void
retour_entry_row_class_init (RetourEntryRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (RETOUR_TYPE_THUMB);
  g_type_ensure (RETOUR_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/entry-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourEntryRow, head);
  gtk_widget_class_bind_template_child (widget_class, RetourEntryRow, end);
  gtk_widget_class_bind_template_child (widget_class, RetourEntryRow, thumb);
  gtk_widget_class_bind_template_child (widget_class, RetourEntryRow, title);
  gtk_widget_class_bind_template_child (widget_class, RetourEntryRow, amount);
  gtk_widget_class_bind_template_child (widget_class, RetourEntryRow, chips);
}

static void
retour_entry_row_init (RetourEntryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  retour_text_stack_if_large (self->head, self->end);
}

GtkWidget *
retour_entry_row_new (RetourWorkbench *bench, guint index)
{
  RetourEntryRow *self = g_object_new (RETOUR_TYPE_ENTRY_ROW, NULL);
  const RetourDraftEntry *entry = retour_workbench_get_draft (bench)->entries->pdata[index];
  const RetourQuote *quote = retour_workbench_get_quote (bench);
  const RetourQuoteLine *quoted = quote != NULL && index < quote->lines->len ? quote->lines->pdata[index] : NULL;
  RetourLanguage language = retour_navigation_get_language (retour_workbench_get_navigation (bench));
  gboolean priced = quoted != NULL && !retour_workbench_hides_prices (bench);
  g_autofree char *title = title_of (bench, entry);
  g_autofree char *name = g_strdup_printf (_ ("%s, edit"), title);
  g_autofree char *amount =
      priced ? retour_money_format (quoted->goods, retour_workbench_get_currency (bench), language) : NULL;

  self->index = index;
  retour_thumb_show (RETOUR_THUMB (self->thumb), retour_workbench_get_category (bench, entry), NULL);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->amount), priced ? amount : "");
  gtk_widget_set_visible (self->amount, priced);
  add_chips (bench, entry, quoted, self->chips);
  retour_set_name (GTK_WIDGET (self), name);
  return GTK_WIDGET (self);
}

guint
retour_entry_row_get_index (RetourEntryRow *self)
{
  g_return_val_if_fail (RETOUR_IS_ENTRY_ROW (self), 0);

  return self->index;
}
