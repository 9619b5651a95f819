/* SPDX-License-Identifier: Apache-2.0 */
#include "item-document.h"

#include <string.h>

static const char *const breakdown_kinds[] = { "goods",     "promotion_clawback", "delivery", "adjustment",
                                               "condition", "return_fee",         "exchange", NULL };

/* Of a fact, by RetourFactKind: as a canonical document says what a number is. */
static const char *const fact_kinds[] = { "text", "integer", "amount", "day", "flag", NULL };

static char *
read_name (RetourJsonReader *reader, RetourJsonPlace place, const char *name)
{
  char *text = retour_json_text (reader, place, name, RETOUR_JSON_OPTIONAL);
  return text != NULL ? text : g_strdup ("");
}

RetourExchangedItem *
retour_item_read (RetourJsonReader *reader, RetourJsonPlace place, const char *name)
{
  RetourJsonPlace object = retour_json_object (reader, place, name, RETOUR_JSON_OPTIONAL);
  if (object == RETOUR_JSON_NONE)
    return NULL;

  RetourExchangedItem *item = g_new0 (RetourExchangedItem, 1);
  item->sku = retour_json_text (reader, object, "sku", RETOUR_JSON_OPTIONAL);
  item->product = retour_json_text (reader, object, "product", RETOUR_JSON_OPTIONAL);
  item->title = retour_json_text (reader, object, "title", RETOUR_JSON_OPTIONAL);
  item->variant = retour_json_text (reader, object, "variant", RETOUR_JSON_OPTIONAL);
  item->gtin = retour_json_text (reader, object, "gtin", RETOUR_JSON_OPTIONAL);
  item->unit_price = retour_json_amount (reader, object, "unit_price", RETOUR_JSON_OPTIONAL);
  item->place = retour_json_text (reader, object, "place", RETOUR_JSON_OPTIONAL);
  item->place_name = retour_json_text (reader, object, "place_name", RETOUR_JSON_OPTIONAL);
  return item;
}

void
retour_item_write (RetourJsonWriter *writer, const char *name, const RetourExchangedItem *item)
{
  if (item == NULL)
    return;
  retour_json_begin_object (writer, name);
  retour_json_write_text (writer, "sku", item->sku);
  retour_json_write_text (writer, "product", item->product);
  retour_json_write_text (writer, "title", item->title);
  retour_json_write_text (writer, "variant", item->variant);
  retour_json_write_text (writer, "gtin", item->gtin);
  retour_json_write_whole (writer, "unit_price", item->unit_price);
  retour_json_write_text (writer, "place", item->place);
  retour_json_write_text (writer, "place_name", item->place_name);
  retour_json_end_object (writer);
}

void
retour_approvals_read (RetourJsonReader *reader, RetourJsonPlace place, GPtrArray *approvals)
{
  RetourJsonPlace list = retour_json_list (reader, place, "approvals", RETOUR_JSON_OPTIONAL);
  for (RetourJsonPlace i = retour_json_first (reader, list); i != RETOUR_JSON_NONE; i = retour_json_next (reader, i))
    {
      g_autofree char *rule = read_name (reader, i, "rule");
      g_autofree char *approver = read_name (reader, i, "approver");
      g_autofree char *motive = retour_json_text (reader, i, "motive", RETOUR_JSON_OPTIONAL);
      RetourApproval *approval = retour_approval_new (rule, approver, motive);
      approval->requester = retour_json_text (reader, i, "requester", RETOUR_JSON_OPTIONAL);
      approval->at = retour_json_instant (reader, i, "at", RETOUR_JSON_OPTIONAL);
      approval->quote_hash = retour_json_text (reader, i, "quote_hash", RETOUR_JSON_OPTIONAL);
      g_ptr_array_add (approvals, approval);
    }
}

void
retour_approvals_write (RetourJsonWriter *writer, const GPtrArray *approvals)
{
  retour_json_begin_list (writer, "approvals");
  for (guint i = 0; i < approvals->len; i++)
    {
      const RetourApproval *approval = approvals->pdata[i];
      retour_json_begin_object (writer, NULL);
      retour_json_write_text (writer, "rule", approval->rule);
      retour_json_write_text (writer, "approver", approval->approver);
      retour_json_write_text (writer, "requester", approval->requester);
      retour_json_write_text (writer, "motive", approval->motive);
      retour_json_write_instant (writer, "at", approval->at);
      retour_json_write_text (writer, "quote_hash", approval->quote_hash);
      retour_json_end_object (writer);
    }
  retour_json_end_list (writer);
}

static void
write_fact (RetourJsonWriter *writer, const char *name, const RetourFact *fact)
{
  switch (fact->kind)
    {
    case RETOUR_FACT_TEXT:
      retour_json_write_text (writer, name, fact->text);
      break;
    case RETOUR_FACT_INTEGER:
    case RETOUR_FACT_AMOUNT:
      retour_json_write_whole (writer, name, fact->number);
      break;
    case RETOUR_FACT_DAY:
      retour_json_write_day (writer, name, (RetourDay) fact->number);
      break;
    case RETOUR_FACT_FLAG:
      retour_json_write_flag (writer, name, fact->number != 0);
      break;
    }
}

void
retour_facts_write (RetourJsonWriter *writer, const GPtrArray *facts)
{
  retour_json_begin_object (writer, "facts");
  for (guint i = 0; i < facts->len; i++)
    {
      const RetourFact *fact = facts->pdata[i];
      write_fact (writer, fact->name, fact);
    }
  retour_json_end_object (writer);
}

static void
write_exact_facts (RetourJsonWriter *writer, const GPtrArray *facts)
{
  if (facts->len == 0)
    return;
  retour_json_begin_list (writer, "facts");
  for (guint i = 0; i < facts->len; i++)
    {
      const RetourFact *fact = facts->pdata[i];
      retour_json_begin_object (writer, NULL);
      retour_json_write_text (writer, "name", fact->name);
      retour_json_write_text (writer, "kind", fact_kinds[fact->kind]);
      write_fact (writer, "value", fact);
      retour_json_end_object (writer);
    }
  retour_json_end_list (writer);
}

static RetourFact *
read_exact_fact (RetourJsonReader *reader, RetourJsonPlace place)
{
  g_autofree char *name = read_name (reader, place, "name");
  RetourFactKind kind = retour_json_choice (reader, place, "kind", RETOUR_JSON_REQUIRED, fact_kinds);
  g_autofree char *text = NULL;
  gint64 number = 0;
  switch (kind)
    {
    case RETOUR_FACT_TEXT:
      text = retour_json_text (reader, place, "value", RETOUR_JSON_OPTIONAL);
      return retour_fact_new_text (name, text);
    case RETOUR_FACT_INTEGER:
    case RETOUR_FACT_AMOUNT:
      number = retour_json_signed_amount (reader, place, "value");
      break;
    case RETOUR_FACT_DAY:
      number = retour_json_day (reader, place, "value");
      break;
    case RETOUR_FACT_FLAG:
      number = retour_json_flag (reader, place, "value");
      break;
    }
  return retour_fact_new_number (name, kind, number);
}

typedef void (*WriteFacts) (RetourJsonWriter *writer, const GPtrArray *facts);

static void
write_breakdown (RetourJsonWriter *writer, const GPtrArray *breakdown, WriteFacts write_facts)
{
  retour_json_begin_list (writer, "breakdown");
  for (guint i = 0; i < breakdown->len; i++)
    {
      const RetourBreakdown *entry = breakdown->pdata[i];
      retour_json_begin_object (writer, NULL);
      retour_json_write_text (writer, "kind", breakdown_kinds[entry->kind]);
      if (entry->entry >= 0)
        retour_json_write_whole (writer, "entry", entry->entry);
      retour_json_write_text (writer, "line", entry->line);
      retour_json_write_text (writer, "promotion", entry->promotion);
      retour_json_write_text (writer, "rule", entry->rule);
      retour_json_write_whole (writer, "amount", entry->amount);
      write_facts (writer, entry->facts);
      retour_json_end_object (writer);
    }
  retour_json_end_list (writer);
}

void
retour_breakdown_write (RetourJsonWriter *writer, const GPtrArray *breakdown)
{
  write_breakdown (writer, breakdown, retour_facts_write);
}

void
retour_breakdown_write_exact (RetourJsonWriter *writer, const GPtrArray *breakdown)
{
  write_breakdown (writer, breakdown, write_exact_facts);
}

static RetourBreakdown *
read_breakdown_entry (RetourJsonReader *reader, RetourJsonPlace place)
{
  RetourBreakdownKind kind = retour_json_choice (reader, place, "kind", RETOUR_JSON_REQUIRED, breakdown_kinds);
  RetourBreakdown *entry = retour_breakdown_new (kind, 0);
  if (retour_json_has (reader, place, "entry"))
    entry->entry = retour_json_whole (reader, place, "entry", RETOUR_JSON_REQUIRED, 0, G_MAXINT64);
  entry->line = retour_json_text (reader, place, "line", RETOUR_JSON_OPTIONAL);
  entry->promotion = retour_json_text (reader, place, "promotion", RETOUR_JSON_OPTIONAL);
  entry->rule = retour_json_text (reader, place, "rule", RETOUR_JSON_OPTIONAL);
  entry->amount = retour_json_signed_amount (reader, place, "amount");
  RetourJsonPlace facts = retour_json_list (reader, place, "facts", RETOUR_JSON_OPTIONAL);
  for (RetourJsonPlace i = retour_json_first (reader, facts); i != RETOUR_JSON_NONE; i = retour_json_next (reader, i))
    g_ptr_array_add (entry->facts, read_exact_fact (reader, i));
  return entry;
}

void
retour_breakdown_read (RetourJsonReader *reader, RetourJsonPlace place, GPtrArray *breakdown)
{
  RetourJsonPlace list = retour_json_list (reader, place, "breakdown", RETOUR_JSON_OPTIONAL);
  for (RetourJsonPlace i = retour_json_first (reader, list); i != RETOUR_JSON_NONE; i = retour_json_next (reader, i))
    g_ptr_array_add (breakdown, read_breakdown_entry (reader, i));
}

void
retour_taxes_write (RetourJsonWriter *writer, const GPtrArray *taxes)
{
  retour_json_begin_list (writer, "tax");
  for (guint i = 0; i < taxes->len; i++)
    {
      const RetourTax *tax = taxes->pdata[i];
      retour_json_begin_object (writer, NULL);
      retour_json_write_text (writer, "rate", tax->rate.written);
      retour_json_write_whole (writer, "amount", tax->amount);
      retour_json_end_object (writer);
    }
  retour_json_end_list (writer);
}

void
retour_taxes_read (RetourJsonReader *reader, RetourJsonPlace place, GPtrArray *taxes)
{
  RetourJsonPlace list = retour_json_list (reader, place, "tax", RETOUR_JSON_OPTIONAL);
  for (RetourJsonPlace i = retour_json_first (reader, list); i != RETOUR_JSON_NONE; i = retour_json_next (reader, i))
    {
      RetourTax *tax = g_new0 (RetourTax, 1);
      tax->rate = retour_json_decimal (reader, i, "rate", RETOUR_JSON_OPTIONAL);
      tax->amount = retour_json_signed_amount (reader, i, "amount");
      g_ptr_array_add (taxes, tax);
    }
}
