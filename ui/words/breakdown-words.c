/* SPDX-License-Identifier: Apache-2.0 */
#include "breakdown-words.h"

#include "amount-words.h"
#include "item-words.h"

/* What quote and recorded return have in common for the eye. */
typedef struct
{
  RetourLanguage language;
  const char *currency;
  const GPtrArray *breakdown;
  const RetourOrder *order;
  gpointer subject;
  /* Of the entry `index`: its units and its title. */
  gint64 (*units) (gpointer subject, gint64 index);
  const char *(*title) (gpointer subject, const RetourOrder *order, gint64 index);
  const char *(*condition) (gpointer subject, gint64 index);
  gboolean whole; /* nothing of the order stays with the customer */
} Source;

void
retour_breakdown_row_free (RetourBreakdownRow *row)
{
  if (row == NULL)
    return;
  g_free (row->label);
  g_free (row->note);
  g_free (row->aside);
  g_free (row);
}

static RetourBreakdownRow *
add_row (GPtrArray *rows, RetourBreakdownKind kind, gint64 amount, char *label)
{
  RetourBreakdownRow *row = g_new0 (RetourBreakdownRow, 1);

  row->kind = kind;
  row->amount = amount;
  row->label = label;
  g_ptr_array_add (rows, row);
  return row;
}

static const RetourFact *
find_fact (const RetourBreakdown *entry, const char *name)
{
  return entry->facts != NULL ? retour_facts_find (entry->facts, name) : NULL;
}

static void
add_goods (const Source *source, GPtrArray *rows)
{
  gint64 amount = 0, units = 0;
  g_autofree char *count = NULL;

  for (guint i = 0; i < source->breakdown->len; i++)
    {
      const RetourBreakdown *entry = source->breakdown->pdata[i];

      if (entry->kind != RETOUR_BREAKDOWN_GOODS)
        continue;
      amount += entry->amount;
      units += source->units (source->subject, entry->entry);
    }
  if (units == 0)
    return;
  count = retour_units_words (source->language, units);
  add_row (rows, RETOUR_BREAKDOWN_GOODS, amount,
           g_strdup_printf (retour_wording (source->language, "%s, at the price paid"), count));
}

static void
add_promotion (const Source *source, GPtrArray *rows, const RetourBreakdown *entry)
{
  const RetourPromotion *promotion = source->order != NULL && entry->promotion != NULL
                                         ? retour_order_find_promotion (source->order, entry->promotion)
                                         : NULL;
  g_autofree char *title = promotion != NULL ? retour_promotion_words (source->language, promotion, source->currency)
                                             : g_strdup (entry->promotion != NULL ? entry->promotion : "");
  const RetourFact *kept = find_fact (entry, "kept_value");
  const RetourFact *threshold = find_fact (entry, "threshold");
  gboolean taken = entry->amount < 0;
  RetourBreakdownRow *row =
      add_row (rows, entry->kind, entry->amount,
               g_strdup_printf (taken ? retour_wording (source->language, "Offer “%s” taken back")
                                      : retour_wording (source->language, "Offer “%s” given back"),
                                title));

  row->facts = entry->facts;
  if (taken && kept != NULL && threshold != NULL && kept->number < threshold->number)
    {
      g_autofree char *basket = retour_money_format (kept->number, source->currency, source->language);
      g_autofree char *limit = retour_amount_words (threshold->number, source->currency, source->language);

      row->note = g_strdup_printf (retour_wording (source->language, "Basket kept: %s, under %s."), basket, limit);
      row->aside = g_strdup_printf (retour_wording (source->language, "basket kept: %s"), basket);
    }
  else if (taken)
    row->note = g_strdup (retour_wording (source->language, "What is kept earns less of this offer."));
  else
    row->note = g_strdup (retour_wording (source->language, "Part of what an earlier return took back."));
}

static void
add_condition (const Source *source, GPtrArray *rows, const RetourBreakdown *entry)
{
  const char *title = source->title (source->subject, source->order, entry->entry);
  const char *condition = source->condition (source->subject, entry->entry);
  const RetourFact *percent = find_fact (entry, "percent");
  RetourBreakdownRow *row =
      add_row (rows, entry->kind, entry->amount,
               *title != '\0' ? g_strdup_printf (retour_wording (source->language, "Condition of “%s”"), title)
                              : g_strdup (retour_wording (source->language, "Condition of the item")));
  const char *words = retour_condition_words (source->language, condition, NULL);

  row->facts = entry->facts;
  if (percent != NULL)
    row->note = g_strdup_printf (retour_wording (source->language, "%s: refunded at %d%% of the price paid."), words,
                                 (int) percent->number);
  else if (*words != '\0')
    row->note = g_strdup_printf (retour_wording (source->language, "Returned in the condition “%s”."), words);
  row->aside = *words != '\0' ? g_utf8_strdown (words, -1) : NULL;
}

static void
add_fee (const Source *source, GPtrArray *rows, const RetourBreakdown *entry)
{
  RetourBreakdownRow *row =
      add_row (rows, entry->kind, entry->amount, g_strdup (retour_wording (source->language, "Return fee")));

  row->facts = entry->facts;
  row->note = g_strdup (retour_wording (source->language, "Transport of this return, owed by the customer."));
}

static void
add_exchange (const Source *source, GPtrArray *rows, const RetourBreakdown *entry)
{
  RetourBreakdownRow *row =
      add_row (rows, entry->kind, entry->amount, g_strdup (retour_wording (source->language, "New item")));

  row->facts = entry->facts;
  row->note = g_strdup (retour_wording (source->language, "At today’s price."));
}

static void
add_adjustment (const Source *source, GPtrArray *rows, const RetourBreakdown *entry)
{
  RetourBreakdownRow *row = add_row (rows, entry->kind, entry->amount,
                                     g_strdup (retour_wording (source->language, "Earlier refunds of this order")));

  row->facts = entry->facts;
  row->note =
      g_strdup (entry->amount < 0 ? retour_wording (source->language, "Already refunded before, not paid twice.")
                                  : retour_wording (source->language, "Brings the sum to what is still owed."));
}

/* The delivery that was paid and does not come back is said too, at 0. */
static void
add_unrefunded_delivery (const Source *source, GPtrArray *rows)
{
  const RetourOrder *order = source->order;
  RetourBreakdownRow *row;

  if (order == NULL || order->delivery.paid == 0 || order->delivery.refunded > 0 || rows->len == 0)
    return;
  row = add_row (rows, RETOUR_BREAKDOWN_DELIVERY, 0, g_strdup (retour_wording (source->language, "Delivery")));
  if (source->whole)
    {
      row->note = g_strdup (retour_wording (source->language, "Not refunded by the store’s terms."));
      row->aside = g_strdup (retour_wording (source->language, "not refunded"));
    }
  else
    {
      row->note = g_strdup (retour_wording (source->language, "Partial return: not refunded."));
      row->aside = g_strdup (retour_wording (source->language, "partial return"));
    }
}

static GPtrArray *
rows_of (const Source *source)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_breakdown_row_free);
  gboolean delivery = FALSE;

  add_goods (source, rows);
  for (guint i = 0; i < source->breakdown->len; i++)
    {
      const RetourBreakdown *entry = source->breakdown->pdata[i];

      /* Delivery stands after the promotions (DOMAIN.md 3), refunded or not. */
      if (!delivery && entry->kind > RETOUR_BREAKDOWN_DELIVERY)
        {
          add_unrefunded_delivery (source, rows);
          delivery = TRUE;
        }
      switch (entry->kind)
        {
        case RETOUR_BREAKDOWN_GOODS:
          break;
        case RETOUR_BREAKDOWN_PROMOTION_CLAWBACK:
          add_promotion (source, rows, entry);
          break;
        case RETOUR_BREAKDOWN_DELIVERY:
          add_row (rows, entry->kind, entry->amount, g_strdup (retour_wording (source->language, "Delivery")))->facts =
              entry->facts;
          delivery = TRUE;
          break;
        case RETOUR_BREAKDOWN_ADJUSTMENT:
          add_adjustment (source, rows, entry);
          break;
        case RETOUR_BREAKDOWN_CONDITION:
          add_condition (source, rows, entry);
          break;
        case RETOUR_BREAKDOWN_RETURN_FEE:
          add_fee (source, rows, entry);
          break;
        case RETOUR_BREAKDOWN_EXCHANGE:
          add_exchange (source, rows, entry);
          break;
        }
    }
  if (!delivery)
    add_unrefunded_delivery (source, rows);
  return rows;
}

typedef struct
{
  const RetourQuote *quote;
  const RetourDraft *draft;
} QuoteSubject;

static gint64
quote_units (gpointer subject, gint64 index)
{
  const RetourQuote *quote = ((QuoteSubject *) subject)->quote;

  return index >= 0 && index < quote->lines->len ? ((RetourQuoteLine *) quote->lines->pdata[index])->quantity : 0;
}

static const char *
quote_title (gpointer subject, const RetourOrder *order, gint64 index)
{
  const RetourDraft *draft = ((QuoteSubject *) subject)->draft;
  const RetourDraftEntry *entry = index >= 0 && index < draft->entries->len ? draft->entries->pdata[index] : NULL;
  const RetourOrderLine *line =
      entry != NULL && order != NULL ? retour_order_find_line (order, entry->line, NULL) : NULL;

  return line != NULL && line->title != NULL ? line->title : "";
}

static const char *
quote_condition (gpointer subject, gint64 index)
{
  const RetourDraft *draft = ((QuoteSubject *) subject)->draft;

  return index >= 0 && index < draft->entries->len ? ((RetourDraftEntry *) draft->entries->pdata[index])->condition
                                                   : NULL;
}

static gboolean
quote_is_whole (const RetourOrder *order, const RetourDraft *draft)
{
  for (guint i = 0; order != NULL && i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];

      if (line->returned + retour_draft_line_units (draft, line->id) < line->quantity)
        return FALSE;
    }
  return order != NULL;
}

GPtrArray *
retour_breakdown_rows_of_quote (RetourLanguage language,
                                const RetourQuote *quote,
                                const RetourDraft *draft,
                                const RetourOrder *order)
{
  QuoteSubject subject = { quote, draft };
  Source source = {
    .language = language,
    .currency = quote->currency,
    .breakdown = quote->breakdown,
    .order = order,
    .subject = &subject,
    .units = quote_units,
    .title = quote_title,
    .condition = quote_condition,
    .whole = quote_is_whole (order, draft),
  };

  return rows_of (&source);
}

static const RetourReturnLine *
return_line (gpointer subject, gint64 index)
{
  const RetourReturn *self = subject;

  return index >= 0 && index < self->lines->len ? self->lines->pdata[index] : NULL;
}

static gint64
return_units (gpointer subject, gint64 index)
{
  const RetourReturnLine *line = return_line (subject, index);

  return line != NULL ? line->quantity : 0;
}

static const char *
return_title (gpointer subject, const RetourOrder *order, gint64 index)
{
  const RetourReturnLine *line = return_line (subject, index);

  return line != NULL && line->title != NULL ? line->title : "";
}

static const char *
return_condition (gpointer subject, gint64 index)
{
  const RetourReturnLine *line = return_line (subject, index);

  return line != NULL ? line->condition : NULL;
}

static gboolean
return_is_whole (const RetourOrder *order, const RetourReturn *self)
{
  gint64 ordered = 0;

  for (guint i = 0; order != NULL && i < order->lines->len; i++)
    ordered += ((RetourOrderLine *) order->lines->pdata[i])->quantity;
  return order != NULL && retour_return_units (self) >= ordered;
}

GPtrArray *
retour_breakdown_rows_of_return (RetourLanguage language, const RetourReturn *self, const RetourOrder *order)
{
  Source source = {
    .language = language,
    .currency = self->currency,
    .breakdown = self->breakdown,
    .order = order,
    .subject = (gpointer) self,
    .units = return_units,
    .title = return_title,
    .condition = return_condition,
    .whole = return_is_whole (order, self),
  };

  return rows_of (&source);
}
