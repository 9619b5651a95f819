/* SPDX-License-Identifier: Apache-2.0 */
/* The quote document (DOMAIN.md 3), as retourctl prints it. */
#include "documents.h"
#include "item-document.h"
#include "json-writer.h"

static void
write_rules (RetourJsonWriter *writer, const GPtrArray *rules)
{
  retour_json_begin_list (writer, "rules");
  for (guint i = 0; i < rules->len; i++)
    {
      const RetourRuleResult *result = rules->pdata[i];
      retour_json_begin_object (writer, NULL);
      retour_json_write_text (writer, "rule", result->rule);
      retour_json_write_text (writer, "decision", retour_decision_code (result->decision));
      retour_json_write_flag (writer, "approved", result->approved);
      retour_facts_write (writer, result->facts);
      retour_json_write_words (writer, "message", &result->message);
      retour_json_end_object (writer);
    }
  retour_json_end_list (writer);
}

static void
write_lines (RetourJsonWriter *writer, const RetourQuote *quote)
{
  retour_json_begin_list (writer, "lines");
  for (guint i = 0; i < quote->lines->len; i++)
    {
      const RetourQuoteLine *line = quote->lines->pdata[i];
      retour_json_begin_object (writer, NULL);
      retour_json_write_text (writer, "line", line->line);
      retour_json_write_whole (writer, "quantity", line->quantity);
      retour_json_write_text (writer, "decision", retour_decision_code (line->decision));
      retour_json_write_whole (writer, "goods", line->goods);
      write_rules (writer, line->rules);
      retour_json_end_object (writer);
    }
  retour_json_end_list (writer);
}

static void
write_tenders (RetourJsonWriter *writer, const GPtrArray *tenders)
{
  retour_json_begin_list (writer, "tenders");
  for (guint i = 0; i < tenders->len; i++)
    {
      const RetourTender *tender = tenders->pdata[i];
      retour_json_begin_object (writer, NULL);
      retour_json_write_text (writer, "payment", tender->payment);
      retour_json_write_text (writer, "method", tender->method);
      retour_json_write_whole (writer, "amount", tender->amount);
      retour_json_write_text (writer, "why", tender->why);
      retour_json_end_object (writer);
    }
  retour_json_end_list (writer);
}

char *
retour_quote_document_write (const RetourQuote *quote, gboolean pretty)
{
  g_return_val_if_fail (quote != NULL, NULL);

  RetourJsonWriter writer;
  retour_json_writer_init (&writer, pretty);
  retour_json_begin_object (&writer, NULL);
  retour_json_write_text (&writer, "decision", retour_decision_code (quote->decision));
  write_lines (&writer, quote);
  retour_json_begin_object (&writer, "refund");
  retour_json_write_text (&writer, "currency", quote->currency);
  retour_json_write_whole (&writer, "total", quote->total);
  retour_breakdown_write (&writer, quote->breakdown);
  retour_taxes_write (&writer, quote->taxes);
  write_tenders (&writer, quote->tenders);
  retour_json_end_object (&writer);
  retour_json_begin_object (&writer, "exchange");
  retour_json_write_whole (&writer, "price", quote->exchange_price);
  retour_json_write_whole (&writer, "collect", quote->exchange_collect);
  retour_json_end_object (&writer);
  write_rules (&writer, quote->rules);
  retour_json_begin_list (&writer, "approvals_needed");
  for (guint i = 0; i < quote->approvals_needed->len; i++)
    retour_json_write_text (&writer, NULL, quote->approvals_needed->pdata[i]);
  retour_json_end_list (&writer);
  retour_json_end_object (&writer);
  return retour_json_writer_end (&writer);
}
