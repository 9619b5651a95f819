/* SPDX-License-Identifier: Apache-2.0 */
#include "tender-row.h"

#include "item-words.h"
#include "words.h"

struct _RetourTenderRow
{
  GtkBox parent_instance;

  GtkWidget *icon, *payment, *amount;
};

G_DEFINE_TYPE (RetourTenderRow, retour_tender_row, GTK_TYPE_BOX)

static const char *
payment_label (const RetourOrder *order, const char *payment)
{
  for (guint i = 0; order != NULL && i < order->payments->len; i++)
    if (g_strcmp0 (((const RetourPayment *) order->payments->pdata[i])->id, payment) == 0)
      return ((const RetourPayment *) order->payments->pdata[i])->label;
  return NULL;
}

/* Why this much on this payment, in a few words; NULL when it is what anyone expects. */
static const char *
aside_of (RetourWorkbench *bench, const RetourTender *tender)
{
  const RetourWorkspace *workspace = retour_workbench_get_workspace (bench);

  if (g_strcmp0 (tender->why, "gift") == 0)
    return _ ("gift");
  if (tender->why != NULL)
    return _ ("no other payment can take it");
  if (workspace->policy->tenders.split == RETOUR_SPLIT_PROPORTIONAL && workspace->order != NULL
      && workspace->order->payments->len > 1 && g_strcmp0 (tender->method, "card") != 0)
    return _ ("in proportion to the payment");
  return NULL;
}

static char *
payment_markup (RetourWorkbench *bench, const RetourTender *tender, RetourLanguage language)
{
  const RetourWorkspace *workspace = retour_workbench_get_workspace (bench);
  const char *label = payment_label (workspace->order, tender->payment);
  const char *aside = aside_of (bench, tender);
  g_autofree char *words = g_markup_escape_text (retour_payment_words (language, tender->method, label), -1);
  g_autofree char *escaped_aside = aside != NULL ? g_markup_escape_text (aside, -1) : NULL;

  return aside != NULL ? g_strdup_printf ("%s <span alpha=\"75%%\">· %s</span>", words, escaped_aside)
                       : g_steal_pointer (&words);
}

static void
retour_tender_row_class_init (RetourTenderRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/tender-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourTenderRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RetourTenderRow, payment);
  gtk_widget_class_bind_template_child (widget_class, RetourTenderRow, amount);
}

static void
retour_tender_row_init (RetourTenderRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
retour_tender_row_new (RetourWorkbench *bench, const RetourTender *tender)
{
  RetourTenderRow *self = g_object_new (RETOUR_TYPE_TENDER_ROW, NULL);
  RetourLanguage language = retour_navigation_get_language (retour_workbench_get_navigation (bench));
  g_autofree char *markup = payment_markup (bench, tender, language);
  g_autofree char *amount = retour_money_format (tender->amount, retour_workbench_get_currency (bench), language);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), retour_method_icon (tender->method));
  gtk_label_set_markup (GTK_LABEL (self->payment), markup);
  if (!retour_workbench_hides_prices (bench))
    gtk_label_set_text (GTK_LABEL (self->amount), amount);
  gtk_widget_set_visible (self->amount, !retour_workbench_hides_prices (bench));
  return GTK_WIDGET (self);
}
