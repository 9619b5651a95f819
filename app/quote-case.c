/* SPDX-License-Identifier: Apache-2.0 */
/* Lays the question out, once, in time linear in what it is made of. */
#include "quote-case.h"

#include "exchange.h"

#include <string.h>

static gboolean malformed (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
malformed (GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, RETOUR_QUOTE_ERROR, RETOUR_QUOTE_ERROR_MALFORMED, message);
  return FALSE;
}

gboolean
retour_quote_set_overflow (GError **error, const char *what)
{
  g_set_error (error, RETOUR_QUOTE_ERROR, RETOUR_QUOTE_ERROR_OVERFLOW, "%s: beyond the range of 64 bits", what);
  return FALSE;
}

static gboolean
check_together (const RetourQuoteCase *self, GError **error)
{
  if (self->draft->entries->len == 0)
    return malformed (error, "lines: expected at least one entry");
  if (self->order != NULL && strcmp (self->order->currency, self->policy->currency) != 0)
    return malformed (error, "currency: the order is in %s, the policy in %s", self->order->currency,
                      self->policy->currency);
  return TRUE;
}

/* line id -> its index + 1 */
static GHashTable *
index_lines (const RetourOrder *order)
{
  GHashTable *lines = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];
      g_hash_table_insert (lines, line->id, GUINT_TO_POINTER (i + 1));
    }
  return lines;
}

static gint64
add_saturated (gint64 a, gint64 b)
{
  gint64 sum;
  return __builtin_add_overflow (a, b, &sum) ? G_MAXINT64 : sum;
}

/* The goods step of `units` more of a line. P * r / n is at most P: it always fits. */
static gint64
take_goods_step (RetourQuoteCase *self, const RetourQuoteCaseEntry *entry)
{
  const RetourOrderLine *line = entry->line;
  gint64 *returned = &self->after[entry->line_index];
  gint64 earlier = 0, later = 0;
  gboolean fits = retour_money_multiply_divide (line->paid, *returned, line->quantity, &earlier);
  *returned = MIN (line->quantity, add_saturated (*returned, entry->entry->quantity));
  fits = fits && retour_money_multiply_divide (line->paid, *returned, line->quantity, &later);
  g_assert (fits);
  return later - earlier;
}

static void
fill_entry (RetourQuoteCase *self, RetourQuoteCaseEntry *entry)
{
  const RetourDraftEntry *drafted = entry->entry;
  if (drafted->condition != NULL)
    entry->condition = retour_policy_find_condition (self->policy, drafted->condition);
  if (drafted->reason != NULL)
    entry->reason = retour_policy_find_reason (self->policy, drafted->reason);
  entry->merchant_fault = entry->reason != NULL && g_strcmp0 (entry->reason->fault, "merchant") == 0;
  entry->percent = entry->condition != NULL && !entry->merchant_fault ? entry->condition->percent : 100;
  entry->even = retour_exchange_is_even (self->policy, entry->line, drafted->exchange);
}

static gboolean
fill_entries (RetourQuoteCase *self, GError **error)
{
  g_autoptr (GHashTable) lines = self->order != NULL ? index_lines (self->order) : NULL;
  for (guint i = 0; i < self->n_entries; i++)
    {
      RetourQuoteCaseEntry *entry = &self->entries[i];
      entry->entry = self->draft->entries->pdata[i];
      if (entry->entry->quantity < 1)
        return malformed (error, "lines[%u].quantity: expected a whole number >= 1", i);
      if (lines != NULL)
        {
          guint index = GPOINTER_TO_UINT (g_hash_table_lookup (lines, entry->entry->line));
          if (index == 0)
            return malformed (error, "lines[%u].line: the order has no line “%s”", i, entry->entry->line);
          entry->line_index = index - 1;
          entry->line = self->order->lines->pdata[index - 1];
          self->asked[index - 1] = add_saturated (self->asked[index - 1], entry->entry->quantity);
        }
      fill_entry (self, entry);
      if (!retour_exchange_check_price (self, entry, i, error))
        return FALSE;
      if (entry->line != NULL && !entry->even)
        entry->goods = take_goods_step (self, entry);
    }
  return TRUE;
}

RetourQuoteCase *
retour_quote_case_new (const RetourOrder *order,
                       const RetourPolicy *policy,
                       const RetourDraft *draft,
                       const RetourQuoteContext *context,
                       GError **error)
{
  g_autoptr (RetourQuoteCase) self = g_new0 (RetourQuoteCase, 1);
  self->order = order;
  self->policy = policy;
  self->draft = draft;
  self->context = context;
  self->zone = retour_time_zone_new (policy->time_zone);
  if (self->zone == NULL)
    {
      malformed (error, "time_zone: this system knows no “%s”", policy->time_zone);
      return NULL;
    }
  self->today = retour_instant_day (context->at, self->zone);
  self->gift_to_recipient = order != NULL && order->gift && g_strcmp0 (draft->by, "buyer") != 0;
  self->n_entries = draft->entries->len;
  self->entries = g_new0 (RetourQuoteCaseEntry, self->n_entries);

  guint n_lines = order != NULL ? order->lines->len : 0;
  self->before = g_new0 (gint64, n_lines);
  self->after = g_new0 (gint64, n_lines);
  self->asked = g_new0 (gint64, n_lines);
  for (guint i = 0; i < n_lines; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];
      self->before[i] = self->after[i] = MIN (line->returned, line->quantity);
    }
  if (!check_together (self, error) || !fill_entries (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
retour_quote_case_free (RetourQuoteCase *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->entries);
  g_free (self->before);
  g_free (self->after);
  g_free (self->asked);
  g_free (self);
}

gint64
retour_quote_case_units_held (const RetourQuoteCase *self, const RetourOrderLine *line)
{
  if (self->context->units_held == NULL)
    return 0;
  const gint64 *held = g_hash_table_lookup (self->context->units_held, line->id);
  return held != NULL ? MAX (*held, 0) : 0;
}
