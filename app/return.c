/* SPDX-License-Identifier: Apache-2.0 */
/* A recorded return as a value. */
#include "return.h"
#include "quote-private.h"

RetourReturnLine *
retour_return_line_new (const char *line, gint64 quantity)
{
  RetourReturnLine *self = g_new0 (RetourReturnLine, 1);
  self->line = g_strdup (line);
  self->quantity = quantity;
  return self;
}

void
retour_return_line_free (RetourReturnLine *line)
{
  if (line == NULL)
    return;
  g_free (line->line);
  g_free (line->sku);
  g_free (line->gtin);
  g_free (line->product);
  g_free (line->title);
  g_free (line->variant);
  g_free (line->category);
  g_free (line->reason);
  g_free (line->condition);
  g_free (line->grade);
  g_free (line->disposition);
  g_free (line->serial);
  g_free (line->note);
  retour_exchanged_item_free (line->exchange);
  g_free (line);
}

static gpointer
copy_line (gconstpointer source, gpointer user_data)
{
  const RetourReturnLine *line = source;
  RetourReturnLine *copy = g_memdup2 (line, sizeof *line);
  copy->line = g_strdup (line->line);
  copy->sku = g_strdup (line->sku);
  copy->gtin = g_strdup (line->gtin);
  copy->product = g_strdup (line->product);
  copy->title = g_strdup (line->title);
  copy->variant = g_strdup (line->variant);
  copy->category = g_strdup (line->category);
  copy->reason = g_strdup (line->reason);
  copy->condition = g_strdup (line->condition);
  copy->grade = g_strdup (line->grade);
  copy->disposition = g_strdup (line->disposition);
  copy->serial = g_strdup (line->serial);
  copy->note = g_strdup (line->note);
  copy->exchange = line->exchange != NULL ? retour_exchanged_item_copy (line->exchange) : NULL;
  return copy;
}

RetourReturnTender *
retour_return_tender_new (const char *payment, const char *method, const char *label, gint64 amount)
{
  RetourReturnTender *tender = g_new0 (RetourReturnTender, 1);
  tender->payment = g_strdup (payment);
  tender->method = g_strdup (method);
  tender->label = g_strdup (label);
  tender->amount = amount;
  return tender;
}

void
retour_return_tender_free (RetourReturnTender *tender)
{
  if (tender == NULL)
    return;
  g_free (tender->payment);
  g_free (tender->method);
  g_free (tender->label);
  g_free (tender);
}

static gpointer
copy_tender (gconstpointer source, gpointer user_data)
{
  const RetourReturnTender *tender = source;
  RetourReturnTender *copy = retour_return_tender_new (tender->payment, tender->method, tender->label, tender->amount);
  copy->state = tender->state;
  return copy;
}

static gpointer
copy_approval (gconstpointer source, gpointer user_data)
{
  return retour_approval_copy (source);
}

RetourReturn *
retour_return_new (const char *id, const char *number)
{
  RetourReturn *self = g_new0 (RetourReturn, 1);
  self->id = g_strdup (id);
  self->number = g_strdup (number);
  self->recorded_at = RETOUR_INSTANT_NONE;
  self->withdrawal_last_day = RETOUR_DAY_NONE;
  self->refund_latest_day = RETOUR_DAY_NONE;
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_return_line_free);
  self->breakdown = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_breakdown_free);
  self->taxes = g_ptr_array_new_with_free_func (g_free);
  self->tenders = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_return_tender_free);
  self->approvals = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_approval_free);
  return self;
}

RetourReturn *
retour_return_copy (const RetourReturn *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  RetourReturn *copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->number = g_strdup (self->number);
  copy->order_id = g_strdup (self->order_id);
  copy->order_number = g_strdup (self->order_number);
  copy->kind = g_strdup (self->kind);
  copy->store = g_strdup (self->store);
  copy->terminal = g_strdup (self->terminal);
  copy->mode = g_strdup (self->mode);
  copy->staff = g_strdup (self->staff);
  copy->staff_name = g_strdup (self->staff_name);
  copy->policy_version = g_strdup (self->policy_version);
  copy->customer_name = g_strdup (self->customer_name);
  copy->lines = g_ptr_array_copy (self->lines, copy_line, NULL);
  copy->breakdown = retour_breakdowns_copy (self->breakdown);
  copy->taxes = retour_taxes_copy (self->taxes);
  copy->tenders = g_ptr_array_copy (self->tenders, copy_tender, NULL);
  copy->approvals = g_ptr_array_copy (self->approvals, copy_approval, NULL);
  copy->problem = g_strdup (self->problem);
  copy->proof = g_strdup (self->proof);
  copy->visit = g_strdup (self->visit);
  copy->evidence = g_strdup (self->evidence);
  return copy;
}

void
retour_return_free (RetourReturn *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->number);
  g_free (self->order_id);
  g_free (self->order_number);
  g_free (self->kind);
  g_free (self->store);
  g_free (self->terminal);
  g_free (self->mode);
  g_free (self->staff);
  g_free (self->staff_name);
  g_free (self->policy_version);
  g_free (self->customer_name);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->breakdown);
  g_ptr_array_unref (self->taxes);
  g_ptr_array_unref (self->tenders);
  g_ptr_array_unref (self->approvals);
  g_free (self->problem);
  g_free (self->proof);
  g_free (self->visit);
  g_free (self->evidence);
  g_free (self);
}

gint64
retour_return_units (const RetourReturn *self)
{
  g_return_val_if_fail (self != NULL, 0);

  gint64 units = 0;
  for (guint i = 0; i < self->lines->len; i++)
    {
      const RetourReturnLine *line = self->lines->pdata[i];
      if (__builtin_add_overflow (units, line->quantity, &units))
        return G_MAXINT64;
    }
  return units;
}
