/* SPDX-License-Identifier: Apache-2.0 */
#include "line-row.h"

#include "button.h"
#include "rule-words.h"
#include "text.h"
#include "thumb.h"
#include "words.h"

typedef enum
{
  DEED_ADD,
  DEED_EDIT,
  DEED_WHY,
} Deed;

struct _RetourLineRow
{
  GtkListBoxRow parent_instance;

  RetourWorkbench *bench; /* borrowed: the page outlives its rows */
  const RetourOrderLine *line;
  RetourQuoteLine *preview;

  GtkWidget *thumb, *title, *variant, *counts;
  GtkWidget *warning, *warning_icon, *warning_text;
  GtkWidget *box, *end; /* the end of the row: prices and button */
  GtkWidget *prices, *price, *before, *button;
  Deed deed;
};

enum
{
  SIGNAL_ADD,
  SIGNAL_EDIT,
  SIGNAL_WHY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourLineRow, retour_line_row, GTK_TYPE_LIST_BOX_ROW)

/* "2 bought · 1 already returned · 1 left" */
static char *
counts_text (RetourLineRow *self)
{
  const RetourOrderLine *line = self->line;
  gint64 left = retour_workspace_returnable (retour_workbench_get_workspace (self->bench), line);
  gint64 held = retour_order_line_returnable (line) - left;
  gint64 on_its_way = line->quantity - line->delivered;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, ngettext ("%d bought", "%d bought", (gulong) line->quantity), (int) line->quantity);
  if (line->returned > 0)
    g_string_append_printf (text,
                            ngettext (" · %d already returned", " · %d already returned", (gulong) line->returned),
                            (int) line->returned);
  if (held > 0)
    g_string_append_printf (
        text, ngettext (" · %d in a return not sent yet", " · %d in a return not sent yet", (gulong) held), (int) held);
  if (on_its_way > 0)
    g_string_append_printf (text, ngettext (" · %d on its way", " · %d on their way", (gulong) on_its_way),
                            (int) on_its_way);
  if (line->returned + held + on_its_way > 0)
    g_string_append_printf (text, ngettext (" · %d left", " · %d left", (gulong) left), (int) left);
  else
    g_string_append_printf (text, ngettext (" · %d returnable", " · %d returnable", (gulong) left), (int) left);
  return g_string_free (text, FALSE);
}

/* The rule that weighs most; NULL when nothing stands against it. */
static const RetourRuleResult *
worst_rule (RetourLineRow *self)
{
  const RetourRuleResult *worst = NULL;

  for (guint i = 0; self->preview != NULL && i < self->preview->rules->len; i++)
    {
      const RetourRuleResult *rule = self->preview->rules->pdata[i];

      if (worst == NULL || rule->decision > worst->decision)
        worst = rule;
    }
  return worst != NULL && worst->decision > RETOUR_DECISION_ACCEPT ? worst : NULL;
}

gboolean
retour_line_row_is_returnable (RetourLineRow *self)
{
  const RetourRuleResult *rule = worst_rule (self);
  gint64 left = retour_workspace_returnable (retour_workbench_get_workspace (self->bench), self->line);

  return left > 0 && (rule == NULL || rule->decision < RETOUR_DECISION_REFUSE_UNLESS_APPROVED);
}

gboolean
retour_line_row_can_ask (RetourLineRow *self)
{
  const RetourRuleResult *rule = worst_rule (self);
  gint64 left = retour_workspace_returnable (retour_workbench_get_workspace (self->bench), self->line);

  return left > 0 && rule != NULL && rule->decision == RETOUR_DECISION_REFUSE_UNLESS_APPROVED;
}

static void
set_deed (RetourLineRow *self, Deed deed)
{
  static const char *icons[] = { "list-add-symbolic", "object-select-symbolic", "rt-info-symbolic" };
  const char *words[] = { _ ("Add"), _ ("Added"), _ ("Why") };
  g_autofree char *name = g_strdup_printf ("%s, %s", words[deed], self->line->title != NULL ? self->line->title : "");

  self->deed = deed;
  retour_button_set_icon (self->button, icons[deed]);
  retour_button_set_label (self->button, words[deed]);
  retour_set_name (self->button, name);
  if (deed == DEED_ADD)
    gtk_widget_remove_css_class (self->button, "rt-flat");
  else
    gtk_widget_add_css_class (self->button, "rt-flat");
  if (deed == DEED_EDIT)
    gtk_widget_add_css_class (self->button, "rt-accent");
  else
    gtk_widget_remove_css_class (self->button, "rt-accent");
}

static void
show_warning (RetourLineRow *self)
{
  const RetourRuleResult *rule = worst_rule (self);
  RetourLanguage language = retour_navigation_get_language (retour_workbench_get_navigation (self->bench));
  gboolean refuses = rule != NULL && rule->decision >= RETOUR_DECISION_REFUSE_UNLESS_APPROVED;
  gboolean counted =
      rule != NULL && (g_str_equal (rule->rule, "already_returned") || g_str_equal (rule->rule, "not_delivered"));

  gtk_widget_set_visible (self->warning, rule != NULL && !counted);
  gtk_widget_set_visible (self->counts, rule == NULL || counted || !refuses);
  if (rule == NULL)
    return;
  gtk_image_set_from_icon_name (GTK_IMAGE (self->warning_icon), retour_rule_icon (rule->rule));
  gtk_label_set_text (GTK_LABEL (self->warning_text), retour_rule_title (language, rule));
}

void
retour_line_row_update (RetourLineRow *self)
{
  const RetourWorkspace *workspace = retour_workbench_get_workspace (self->bench);
  gint64 drafted = retour_draft_line_units (workspace->draft, self->line->id);
  gint64 left = retour_workspace_returnable (workspace, self->line) - drafted;
  g_autofree char *counts = counts_text (self);

  gtk_label_set_text (GTK_LABEL (self->counts), counts);
  show_warning (self);
  if (drafted > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self), "rt-chosen");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "rt-chosen");
  if (drafted == 0 && !retour_line_row_is_returnable (self))
    gtk_widget_add_css_class (self->thumb, "rt-dim");
  else
    gtk_widget_remove_css_class (self->thumb, "rt-dim");

  if (drafted > 0)
    set_deed (self, left > 0 ? DEED_ADD : DEED_EDIT);
  else
    set_deed (self, retour_line_row_is_returnable (self) ? DEED_ADD : DEED_WHY);
}

void
retour_line_row_act (RetourLineRow *self)
{
  switch (self->deed)
    {
    case DEED_ADD:
      g_signal_emit (self, signals[SIGNAL_ADD], 0);
      break;
    case DEED_EDIT:
      g_signal_emit (self, signals[SIGNAL_EDIT], 0);
      break;
    case DEED_WHY:
      g_signal_emit (self, signals[SIGNAL_WHY], 0);
      break;
    }
}

static void
button_clicked (GtkButton *button, RetourLineRow *self)
{
  retour_line_row_act (self);
}

const RetourOrderLine *
retour_line_row_get_line (RetourLineRow *self)
{
  return self->line;
}

const GPtrArray *
retour_line_row_get_rules (RetourLineRow *self)
{
  return self->preview->rules;
}

static void
retour_line_row_finalize (GObject *object)
{
  retour_quote_line_free (RETOUR_LINE_ROW (object)->preview);
  G_OBJECT_CLASS (retour_line_row_parent_class)->finalize (object);
}

static void
retour_line_row_class_init (RetourLineRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GType type = RETOUR_TYPE_LINE_ROW;

  G_OBJECT_CLASS (class)->finalize = retour_line_row_finalize;
  signals[SIGNAL_ADD] = g_signal_new ("add", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_EDIT] = g_signal_new ("edit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_WHY] = g_signal_new ("why", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (RETOUR_TYPE_BUTTON);
  g_type_ensure (RETOUR_TYPE_THUMB);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/line-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourLineRow, box);
  gtk_widget_class_bind_template_child (widget_class, RetourLineRow, end);
  gtk_widget_class_bind_template_child (widget_class, RetourLineRow, thumb);
  gtk_widget_class_bind_template_child (widget_class, RetourLineRow, title);
  gtk_widget_class_bind_template_child (widget_class, RetourLineRow, variant);
  gtk_widget_class_bind_template_child (widget_class, RetourLineRow, counts);
  gtk_widget_class_bind_template_child (widget_class, RetourLineRow, warning);
  gtk_widget_class_bind_template_child (widget_class, RetourLineRow, warning_icon);
  gtk_widget_class_bind_template_child (widget_class, RetourLineRow, warning_text);
  gtk_widget_class_bind_template_child (widget_class, RetourLineRow, prices);
  gtk_widget_class_bind_template_child (widget_class, RetourLineRow, price);
  gtk_widget_class_bind_template_child (widget_class, RetourLineRow, before);
  gtk_widget_class_bind_template_child (widget_class, RetourLineRow, button);
  gtk_widget_class_bind_template_callback (widget_class, button_clicked);
}

static void
retour_line_row_init (RetourLineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  retour_text_stack_if_large (self->box, self->end);
}

/* Paid for one unit, and what it cost before the offers; the price paid, the caller's, "" when it is hidden. */
static char *
show_price (RetourLineRow *self)
{
  const char *currency = retour_workbench_get_currency (self->bench);
  RetourLanguage language = retour_navigation_get_language (retour_workbench_get_navigation (self->bench));
  gint64 paid = 0;
  g_autofree char *before = NULL;
  g_autofree char *price = NULL;

  gtk_widget_set_visible (self->prices, !retour_workbench_hides_prices (self->bench));
  if (retour_workbench_hides_prices (self->bench))
    return g_strdup ("");
  if (!retour_money_multiply_divide (self->line->paid, 1, MAX (1, self->line->quantity), &paid))
    paid = self->line->unit_price;
  before = retour_money_format (self->line->unit_price, currency, language);
  price = retour_money_format (paid, currency, language);
  gtk_label_set_text (GTK_LABEL (self->price), price);
  gtk_label_set_text (GTK_LABEL (self->before), before);
  gtk_widget_set_visible (self->before, paid != self->line->unit_price);
  return g_steal_pointer (&price);
}

RetourLineRow *
retour_line_row_new (RetourWorkbench *bench, const RetourOrderLine *line)
{
  RetourLineRow *self = g_object_new (RETOUR_TYPE_LINE_ROW, NULL);
  const RetourWorkspace *workspace = retour_workbench_get_workspace (bench);
  const RetourServices *services = retour_navigation_get_services (retour_workbench_get_navigation (bench));
  RetourQuoteContext context = { .at = retour_desk_now (services->desk), .units_held = workspace->units_held };
  const char *variant = line->variant != NULL ? line->variant : "";
  g_autofree char *price = NULL;
  g_autofree char *name = NULL;

  self->bench = bench;
  self->line = line;
  self->preview = retour_quote_line_preview (workspace->order, workspace->policy, line->id, &context);
  retour_thumb_show (RETOUR_THUMB (self->thumb), line->category, NULL);
  gtk_label_set_text (GTK_LABEL (self->title), line->title != NULL ? line->title : "");
  gtk_label_set_text (GTK_LABEL (self->variant), variant);
  gtk_widget_set_visible (self->variant, line->variant != NULL);
  price = show_price (self);
  name = g_strdup_printf ("%s, %s, %s", line->title != NULL ? line->title : line->id, variant, price);
  retour_set_name (GTK_WIDGET (self), name);
  retour_line_row_update (self);
  return self;
}
