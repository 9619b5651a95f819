/* SPDX-License-Identifier: Apache-2.0 */
#include "amount-row.h"

#include "text.h"

struct _RetourAmountRow
{
  GtkButton parent_instance;

  GtkWidget *label, *amount, *note;
  const RetourBreakdownRow *row; /* borrowed */
};

G_DEFINE_TYPE (RetourAmountRow, retour_amount_row, GTK_TYPE_BUTTON)

static void
retour_amount_row_class_init (RetourAmountRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/amount-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourAmountRow, label);
  gtk_widget_class_bind_template_child (widget_class, RetourAmountRow, amount);
  gtk_widget_class_bind_template_child (widget_class, RetourAmountRow, note);
}

static void
retour_amount_row_init (RetourAmountRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
retour_amount_row_new (const RetourBreakdownRow *row, const char *amount)
{
  RetourAmountRow *self = g_object_new (RETOUR_TYPE_AMOUNT_ROW, NULL);
  const char *note = row->note != NULL ? row->note : "";
  g_autofree char *name = g_strdup_printf ("%s, %s%s%s", row->label, amount, row->note != NULL ? ", " : "", note);

  self->row = row;
  gtk_label_set_text (GTK_LABEL (self->label), row->label);
  gtk_label_set_text (GTK_LABEL (self->amount), amount);
  gtk_label_set_text (GTK_LABEL (self->note), note);
  gtk_widget_set_visible (self->note, row->note != NULL);
  retour_set_name (GTK_WIDGET (self), name);
  return GTK_WIDGET (self);
}

const RetourBreakdownRow *
retour_amount_row_get_row (RetourAmountRow *self)
{
  g_return_val_if_fail (RETOUR_IS_AMOUNT_ROW (self), NULL);

  return self->row;
}
