/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange.h"

gboolean
retour_exchange_is_even (const RetourPolicy *policy, const RetourOrderLine *line, const RetourExchangedItem *item)
{
  return item != NULL && line != NULL && policy->exchange.same_product_at_paid_price && item->product != NULL
         && g_strcmp0 (item->product, line->product) == 0;
}

gboolean
retour_exchange_is_uneven (const RetourQuoteCaseEntry *entry)
{
  return entry->entry->exchange != NULL && !entry->even;
}

static gboolean
multiply_price (const RetourQuoteCase *self, const RetourQuoteCaseEntry *entry, gint64 *price)
{
  *price = 0;
  if (self->order == NULL || !retour_exchange_is_uneven (entry))
    return TRUE;
  return retour_money_multiply (entry->entry->exchange->unit_price, entry->entry->quantity, price);
}

gboolean
retour_exchange_check_price (const RetourQuoteCase *self,
                             const RetourQuoteCaseEntry *entry,
                             guint index,
                             GError **error)
{
  gint64 price;
  if (multiply_price (self, entry, &price))
    return TRUE;
  g_autofree char *member = g_strdup_printf ("lines[%u].exchange.unit_price", index);
  return retour_quote_set_overflow (error, member);
}

gint64
retour_exchange_entry_price (const RetourQuoteCase *self, const RetourQuoteCaseEntry *entry)
{
  gint64 price;
  gboolean fits = multiply_price (self, entry, &price);
  g_assert (fits);
  return price;
}

RetourWide
retour_exchange_difference (const RetourQuoteCase *self)
{
  RetourWide difference = 0;
  for (guint i = 0; i < self->n_entries; i++)
    if (retour_exchange_is_uneven (&self->entries[i]))
      difference += (RetourWide) self->entries[i].goods - retour_exchange_entry_price (self, &self->entries[i]);
  return difference;
}
