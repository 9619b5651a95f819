/* SPDX-License-Identifier: Apache-2.0 */
/* The staff document, as the changes feed carries it. */
#include "documents.h"
#include "json-reader.h"
#include "json-writer.h"

RetourStaff *
retour_staff_document_read (const char *text, gssize length, GError **error)
{
  g_autoptr (RetourJsonReader) reader = retour_json_reader_new (text, length, error);
  if (reader == NULL)
    return NULL;

  g_autofree char *id = retour_json_text (reader, RETOUR_JSON_ROOT, "id", RETOUR_JSON_REQUIRED);
  g_autofree char *name = retour_json_text (reader, RETOUR_JSON_ROOT, "name", RETOUR_JSON_REQUIRED);
  g_autofree char *role = retour_json_text (reader, RETOUR_JSON_ROOT, "role", RETOUR_JSON_OPTIONAL);
  if (!retour_json_reader_finish (reader, error))
    return NULL;

  g_autoptr (RetourStaff) staff = retour_staff_new (id, name, retour_role_parse (role));
  staff->email = retour_json_text (reader, RETOUR_JSON_ROOT, "email", RETOUR_JSON_OPTIONAL);
  staff->customer = retour_json_text (reader, RETOUR_JSON_ROOT, "customer", RETOUR_JSON_OPTIONAL);
  staff->badge = retour_json_text (reader, RETOUR_JSON_ROOT, "badge", RETOUR_JSON_OPTIONAL);
  staff->verifier = retour_json_text (reader, RETOUR_JSON_ROOT, "verifier", RETOUR_JSON_OPTIONAL);
  staff->active =
      !retour_json_has (reader, RETOUR_JSON_ROOT, "active") || retour_json_flag (reader, RETOUR_JSON_ROOT, "active");
  if (!retour_json_reader_finish (reader, error))
    return NULL;
  return g_steal_pointer (&staff);
}

char *
retour_staff_document_write (const RetourStaff *staff)
{
  g_return_val_if_fail (staff != NULL, NULL);

  RetourJsonWriter writer;
  retour_json_writer_init (&writer, FALSE);
  retour_json_begin_object (&writer, NULL);
  retour_json_write_text (&writer, "id", staff->id);
  retour_json_write_text (&writer, "name", staff->name);
  retour_json_write_text (&writer, "email", staff->email);
  retour_json_write_text (&writer, "customer", staff->customer);
  retour_json_write_text (&writer, "role", retour_role_code (staff->role));
  retour_json_write_text (&writer, "badge", staff->badge);
  retour_json_write_text (&writer, "verifier", staff->verifier);
  retour_json_write_flag (&writer, "active", staff->active);
  retour_json_end_object (&writer);
  return retour_json_writer_end (&writer);
}
