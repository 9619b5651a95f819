/* SPDX-License-Identifier: Apache-2.0 */
/* The draft document (DOMAIN.md 3), with what a store keeps beside it: id, order, times, and which quote an approval was
 * given for. */
#include "documents.h"
#include "item-document.h"
#include "json-reader.h"
#include "json-writer.h"

static char *
read_name (RetourJsonReader *reader, RetourJsonPlace place, const char *name, RetourJsonNeed need)
{
  char *text = retour_json_text (reader, place, name, need);
  return text != NULL ? text : g_strdup ("");
}

static RetourDraftEntry *
read_entry (RetourJsonReader *reader, RetourJsonPlace place)
{
  g_autofree char *line = read_name (reader, place, "line", RETOUR_JSON_REQUIRED);
  gint64 quantity = retour_json_whole (reader, place, "quantity", RETOUR_JSON_REQUIRED, 1, G_MAXINT64);
  RetourDraftEntry *entry = retour_draft_entry_new (line, quantity);
  entry->reason = retour_json_text (reader, place, "reason", RETOUR_JSON_OPTIONAL);
  entry->condition = retour_json_text (reader, place, "condition", RETOUR_JSON_OPTIONAL);
  entry->disposition = retour_json_text (reader, place, "disposition", RETOUR_JSON_OPTIONAL);
  entry->serial = retour_json_text (reader, place, "serial", RETOUR_JSON_OPTIONAL);
  entry->gtin = retour_json_text (reader, place, "gtin", RETOUR_JSON_OPTIONAL);
  entry->note = retour_json_text (reader, place, "note", RETOUR_JSON_OPTIONAL);
  entry->exchange = retour_item_read (reader, place, "exchange");
  return entry;
}

RetourDraft *
retour_draft_document_read (const char *text, gssize length, GError **error)
{
  g_autoptr (RetourJsonReader) reader = retour_json_reader_new (text, length, error);
  if (reader == NULL)
    return NULL;

  g_autofree char *method = read_name (reader, RETOUR_JSON_ROOT, "method", RETOUR_JSON_REQUIRED);
  g_autoptr (RetourDraft) draft = retour_draft_new (method);
  draft->id = retour_json_text (reader, RETOUR_JSON_ROOT, "id", RETOUR_JSON_OPTIONAL);
  draft->order_id = retour_json_text (reader, RETOUR_JSON_ROOT, "order_id", RETOUR_JSON_OPTIONAL);
  draft->order_number = retour_json_text (reader, RETOUR_JSON_ROOT, "order", RETOUR_JSON_OPTIONAL);
  draft->staff = retour_json_text (reader, RETOUR_JSON_ROOT, "staff", RETOUR_JSON_OPTIONAL);
  draft->staff_email = retour_json_text (reader, RETOUR_JSON_ROOT, "staff_email", RETOUR_JSON_OPTIONAL);
  draft->staff_customer = retour_json_text (reader, RETOUR_JSON_ROOT, "staff_customer", RETOUR_JSON_OPTIONAL);
  draft->by = retour_json_text (reader, RETOUR_JSON_ROOT, "by", RETOUR_JSON_OPTIONAL);
  draft->opened_at = retour_json_instant (reader, RETOUR_JSON_ROOT, "opened_at", RETOUR_JSON_OPTIONAL);
  draft->changed_at = retour_json_instant (reader, RETOUR_JSON_ROOT, "changed_at", RETOUR_JSON_OPTIONAL);
  draft->visit = retour_json_text (reader, RETOUR_JSON_ROOT, "visit", RETOUR_JSON_OPTIONAL);
  draft->parked = retour_json_flag (reader, RETOUR_JSON_ROOT, "parked");

  RetourJsonPlace list = retour_json_list (reader, RETOUR_JSON_ROOT, "lines", RETOUR_JSON_REQUIRED);
  for (RetourJsonPlace i = retour_json_first (reader, list); i != RETOUR_JSON_NONE; i = retour_json_next (reader, i))
    g_ptr_array_add (draft->entries, read_entry (reader, i));
  /* A store also keeps what was opened and holds nothing yet; a document from outside has no such time. */
  if (list != RETOUR_JSON_NONE && draft->entries->len == 0 && draft->opened_at == RETOUR_INSTANT_NONE)
    retour_json_fail (reader, list, NULL, "expected at least one entry");
  retour_approvals_read (reader, RETOUR_JSON_ROOT, draft->approvals);

  if (!retour_json_reader_finish (reader, error))
    return NULL;
  return g_steal_pointer (&draft);
}

static void
write_entry (RetourJsonWriter *writer, const RetourDraftEntry *entry)
{
  retour_json_begin_object (writer, NULL);
  retour_json_write_text (writer, "line", entry->line);
  retour_json_write_whole (writer, "quantity", entry->quantity);
  retour_json_write_text (writer, "reason", entry->reason);
  retour_json_write_text (writer, "condition", entry->condition);
  retour_json_write_text (writer, "disposition", entry->disposition);
  retour_json_write_text (writer, "serial", entry->serial);
  retour_json_write_text (writer, "gtin", entry->gtin);
  retour_json_write_text (writer, "note", entry->note);
  retour_item_write (writer, "exchange", entry->exchange);
  retour_json_end_object (writer);
}

char *
retour_draft_document_write (const RetourDraft *draft)
{
  g_return_val_if_fail (draft != NULL, NULL);

  RetourJsonWriter writer;
  retour_json_writer_init (&writer, FALSE);
  retour_json_begin_object (&writer, NULL);
  retour_json_write_text (&writer, "id", draft->id);
  retour_json_write_text (&writer, "order_id", draft->order_id);
  retour_json_write_text (&writer, "order", draft->order_number);
  retour_json_write_text (&writer, "method", draft->method);
  retour_json_write_text (&writer, "staff", draft->staff);
  retour_json_write_text (&writer, "staff_email", draft->staff_email);
  retour_json_write_text (&writer, "staff_customer", draft->staff_customer);
  retour_json_write_text (&writer, "by", draft->by);
  retour_json_write_instant (&writer, "opened_at", draft->opened_at);
  retour_json_write_instant (&writer, "changed_at", draft->changed_at);
  retour_json_write_text (&writer, "visit", draft->visit);
  if (draft->parked)
    retour_json_write_flag (&writer, "parked", TRUE);
  retour_json_begin_list (&writer, "lines");
  for (guint i = 0; i < draft->entries->len; i++)
    write_entry (&writer, draft->entries->pdata[i]);
  retour_json_end_list (&writer);
  retour_approvals_write (&writer, draft->approvals);
  retour_json_end_object (&writer);
  return retour_json_writer_end (&writer);
}
