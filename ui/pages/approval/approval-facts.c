/* SPDX-License-Identifier: Apache-2.0 */
#include "approval-facts.h"

#include "request-facts.h"
#include "rule-words.h"
#include "text.h"
#include "visit.h"
#include "words.h"

typedef void (*RuleVisitor) (RetourWorkbench *bench,
                             const RetourRuleResult *rule,
                             const char *title,
                             gpointer user_data);

/* Every rule of one order that wants a manager, once each with the article it fired on, those of the whole return last. */
static void
visit_rules_of_order (RetourWorkbench *bench, RuleVisitor visit, gpointer user_data)
{
  const RetourQuote *quote = retour_workbench_get_quote (bench);
  const RetourDraft *draft = retour_workbench_get_draft (bench);

  for (guint i = 0; quote != NULL && i <= quote->lines->len; i++)
    {
      gboolean whole = i == quote->lines->len;
      const GPtrArray *rules = whole ? quote->rules : ((const RetourQuoteLine *) quote->lines->pdata[i])->rules;

      for (guint j = 0; j < rules->len; j++)
        {
          const RetourRuleResult *rule = rules->pdata[j];

          if (rule->decision > RETOUR_DECISION_ACCEPT && !rule->approved)
            visit (bench, rule, whole ? NULL : retour_workbench_get_title (bench, draft->entries->pdata[i]), user_data);
        }
    }
}

/* Of all orders of the visit: a manager decides once. */
static void
visit_rules (RetourWorkbench *bench, RuleVisitor look, gpointer user_data)
{
  RetourVisit *visit = retour_workbench_get_visit (bench);
  guint n = visit != NULL ? retour_visit_get_n_orders (visit) : 0;

  for (guint i = 0; i < n; i++)
    if (retour_workbench_get_draft (retour_visit_get_bench (visit, i))->entries->len > 0)
      visit_rules_of_order (retour_visit_get_bench (visit, i), look, user_data);
  if (n == 0)
    visit_rules_of_order (bench, look, user_data);
}

static void
look_for_refusal (RetourWorkbench *bench, const RetourRuleResult *rule, const char *title, gpointer user_data)
{
  *(gboolean *) user_data |= rule->decision >= RETOUR_DECISION_REFUSE_UNLESS_APPROVED;
}

/* An override of what would be refused has a motive (DOMAIN.md 2). */
gboolean
retour_approval_needs_motive (RetourWorkbench *bench)
{
  gboolean refuses = FALSE;

  visit_rules (bench, look_for_refusal, &refuses);
  return refuses;
}

typedef struct
{
  RetourWorkbench *bench;
  GtkWidget *grid;
  int row;
} RuleList;

static void
add_fact_row (RuleList *list, const char *name, const char *value, const char *detail)
{
  GtkWidget *label = retour_text_new_wrapped (name, "rt-muted");
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (words), retour_text_new_wrapped (value, "rt-t4"));
  if (detail != NULL)
    gtk_box_append (GTK_BOX (words), retour_text_new_wrapped (detail, "rt-muted"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_grid_attach (GTK_GRID (list->grid), label, 0, list->row, 1, 1);
  /* With large text the name stands over what it names. */
  if (retour_text_is_large (list->grid))
    gtk_grid_attach (GTK_GRID (list->grid), words, 0, ++list->row, 1, 1);
  else
    gtk_grid_attach (GTK_GRID (list->grid), words, 1, list->row, 1, 1);
  list->row++;
}

static void
add_rule_row (RetourWorkbench *bench, const RetourRuleResult *rule, const char *title, gpointer user_data)
{
  RuleList *list = user_data;
  RetourLanguage language = retour_navigation_get_language (retour_workbench_get_navigation (list->bench));
  const char *name = retour_rule_title (language, rule);
  const char *message = retour_workbench_hides_prices (bench) ? retour_rule_message_without_prices (language, rule)
                                                              : retour_rule_message (language, rule);
  RetourVisit *visit = retour_workbench_get_visit (bench);
  const char *number =
      visit != NULL && retour_visit_get_n_orders (visit) > 1 ? retour_workbench_get_draft (bench)->order_number : NULL;
  g_autofree char *value = g_strdup_printf ("%s%s%s%s%s", number != NULL ? number : "", number != NULL ? " · " : "",
                                            title != NULL ? title : "", title != NULL ? " · " : "", name);

  add_fact_row (list, _ ("Rule"), value, g_strcmp0 (name, message) != 0 ? message : NULL);
}

static char *
asked_by_text (RetourWorkbench *bench)
{
  RetourNavigation *navigation = retour_workbench_get_navigation (bench);
  const RetourStaff *staff = retour_navigation_get_staff (navigation);
  g_autofree char *name = staff != NULL ? retour_staff_short_name (staff) : g_strdup ("");
  g_autofree char *time =
      retour_instant_format_time (retour_desk_now (retour_navigation_get_services (navigation)->desk),
                                  retour_navigation_get_time_zone (navigation));

  return g_strdup_printf ("%s · %s", name, time);
}

static char *
customer_text (RetourWorkbench *bench)
{
  const RetourWorkspace *workspace = retour_workbench_get_workspace (bench);
  g_autofree char *name = workspace->order != NULL ? retour_customer_short_name (&workspace->order->customer) : NULL;
  guint returns = workspace->returns != NULL ? workspace->returns->len : 0;

  if (name == NULL)
    return NULL;
  if (returns == 0)
    return g_strdup_printf (_ ("%s · first return of this order"), name);
  return g_strdup_printf (ngettext ("%s · %u earlier return of this order", "%s · %u earlier returns of this order",
                                    returns),
                          name, returns);
}

/* What the whole comes to, as a manager at another terminal reads it. */
static char *
amount_text (RetourWorkbench *bench)
{
  RetourLanguage language = retour_navigation_get_language (retour_workbench_get_navigation (bench));
  const RetourQuote *quote = retour_workbench_get_quote (bench);
  RetourApprovalRequest request = { .gift = retour_workbench_hides_prices (bench) };

  if (quote == NULL)
    return NULL;
  request.amount = quote->total;
  request.collect = quote->exchange_collect;
  g_strlcpy (request.currency, quote->currency, sizeof request.currency);
  return retour_request_amount_text (&request, language);
}

GtkWidget *
retour_approval_facts_new (RetourWorkbench *bench)
{
  RuleList list = { bench, gtk_grid_new (), 0 };
  g_autofree char *asked = asked_by_text (bench);
  g_autofree char *customer = customer_text (bench);
  g_autofree char *amount = amount_text (bench);

  gtk_widget_add_css_class (list.grid, "rt-card");
  gtk_widget_add_css_class (list.grid, "rt-facts");
  gtk_grid_set_row_spacing (GTK_GRID (list.grid), 14);
  gtk_grid_set_column_spacing (GTK_GRID (list.grid), 24);
  if (amount != NULL)
    add_fact_row (&list, _ ("Amount"), amount, NULL);
  visit_rules (bench, add_rule_row, &list);
  add_fact_row (&list, _ ("Asked by"), asked, NULL);
  if (customer != NULL)
    add_fact_row (&list, _ ("Customer"), customer, NULL);
  add_fact_row (&list, _ ("If refused"), _ ("The return stays as it is, to be changed or given up"), NULL);
  return list.grid;
}
