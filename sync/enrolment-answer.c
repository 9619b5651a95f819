/* SPDX-License-Identifier: Apache-2.0 */
#include "enrolment-answer.h"

#include <string.h>

#include "json-reader.h"
#include "json-writer.h"

static RetourEnrolment *
enrolment_new (void)
{
  RetourEnrolment *enrolment = g_new0 (RetourEnrolment, 1);

  enrolment->identity = g_new0 (RetourIdentity, 1);
  enrolment->valid_from = enrolment->valid_until = RETOUR_INSTANT_NONE;
  return enrolment;
}

static void
read_store (RetourJsonReader *reader, RetourIdentity *identity)
{
  RetourJsonPlace store = retour_json_object (reader, RETOUR_JSON_ROOT, "store", RETOUR_JSON_REQUIRED);

  identity->store = retour_json_text (reader, store, "code", RETOUR_JSON_REQUIRED);
  identity->store_name = retour_json_text (reader, store, "name", RETOUR_JSON_REQUIRED);
  identity->store_address = retour_json_text (reader, store, "address", RETOUR_JSON_OPTIONAL);
  identity->store_phone = retour_json_text (reader, store, "phone", RETOUR_JSON_OPTIONAL);
  if (identity->store != NULL && !retour_store_code_is_valid (identity->store))
    retour_json_fail (reader, store, "code", "expected 1 to 12 capitals and digits");
}

static void
read_identity (RetourJsonReader *reader, RetourIdentity *identity)
{
  identity->chain = retour_json_text (reader, RETOUR_JSON_ROOT, "chain", RETOUR_JSON_REQUIRED);
  identity->terminal_id = retour_json_text (reader, RETOUR_JSON_ROOT, "terminal_id", RETOUR_JSON_REQUIRED);
  identity->terminal = retour_json_text (reader, RETOUR_JSON_ROOT, "terminal", RETOUR_JSON_REQUIRED);
  identity->currency = retour_json_text (reader, RETOUR_JSON_ROOT, "currency", RETOUR_JSON_REQUIRED);
  identity->time_zone = retour_json_text (reader, RETOUR_JSON_ROOT, "time_zone", RETOUR_JSON_REQUIRED);
  read_store (reader, identity);
  if (identity->terminal != NULL
      && (strlen (identity->terminal) != 1 || !retour_terminal_letter_is_valid (identity->terminal[0])))
    retour_json_fail (reader, RETOUR_JSON_ROOT, "terminal", "expected a letter A to Z");
  if (identity->currency != NULL && !retour_currency_is_valid (identity->currency))
    retour_json_fail (reader, RETOUR_JSON_ROOT, "currency", "expected three capital letters");
}

/* "sha256//" and 44 characters of base64: curl ignores a pin that it cannot read, which would be to pin nothing. */
static gboolean
is_pin (const char *pin)
{
  const char *base64 = pin + strlen ("sha256//");

  if (!g_str_has_prefix (pin, "sha256//") || strlen (base64) != 44 || base64[43] != '=')
    return FALSE;
  for (guint i = 0; i < 43; i++)
    if (!g_ascii_isalnum (base64[i]) && base64[i] != '+' && base64[i] != '/')
      return FALSE;
  return TRUE;
}

static char *
read_pins (RetourJsonReader *reader)
{
  g_auto (GStrv) pins = retour_json_texts (reader, RETOUR_JSON_ROOT, "pins");

  if (pins == NULL || pins[0] == NULL)
    retour_json_fail (reader, RETOUR_JSON_ROOT, "pins", "expected one at least");
  for (guint i = 0; pins != NULL && pins[i] != NULL; i++)
    if (!is_pin (pins[i]))
      retour_json_fail (reader, RETOUR_JSON_ROOT, "pins", "expected sha256// and 44 characters of base64");
  return pins ? g_strjoinv (";", pins) : NULL;
}

static void
repeat (GError **error, const GError *cause, const char *what)
{
  g_set_error (error, RETOUR_ENROLMENT_ERROR, RETOUR_ENROLMENT_ERROR_DAMAGED, "%s: %s", what, cause->message);
}

RetourEnrolment *
retour_enrolment_read_answer (const char *text, gsize length, char **certificate, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (RetourJsonReader) reader = retour_json_reader_new (text, (gssize) length, &cause);
  g_autoptr (RetourEnrolment) enrolment = enrolment_new ();

  if (reader == NULL)
    {
      repeat (error, cause, "the OMS's answer");
      return NULL;
    }
  read_identity (reader, enrolment->identity);
  enrolment->authority_pem = retour_json_text (reader, RETOUR_JSON_ROOT, "ca", RETOUR_JSON_REQUIRED);
  enrolment->pins = read_pins (reader);
  enrolment->proof_key_id = retour_json_text (reader, RETOUR_JSON_ROOT, "key_id", RETOUR_JSON_REQUIRED);
  g_autofree char *pem = retour_json_text (reader, RETOUR_JSON_ROOT, "certificate", RETOUR_JSON_REQUIRED);
  if (!retour_json_reader_finish (reader, &cause))
    {
      repeat (error, cause, "the OMS's answer");
      return NULL;
    }
  *certificate = g_steal_pointer (&pem);
  return g_steal_pointer (&enrolment);
}

char *
retour_enrolment_write_document (const RetourEnrolment *enrolment)
{
  const RetourIdentity *identity = enrolment->identity;
  RetourJsonWriter writer;

  retour_json_writer_init (&writer, TRUE);
  retour_json_begin_object (&writer, NULL);
  retour_json_write_text (&writer, "address", enrolment->address);
  retour_json_write_text (&writer, "chain", identity->chain);
  retour_json_begin_object (&writer, "store");
  retour_json_write_text (&writer, "code", identity->store);
  retour_json_write_text (&writer, "name", identity->store_name);
  retour_json_write_text (&writer, "address", identity->store_address);
  retour_json_write_text (&writer, "phone", identity->store_phone);
  retour_json_end_object (&writer);
  retour_json_write_text (&writer, "terminal", identity->terminal);
  retour_json_write_text (&writer, "terminal_id", identity->terminal_id);
  retour_json_write_text (&writer, "currency", identity->currency);
  retour_json_write_text (&writer, "time_zone", identity->time_zone);
  retour_json_write_text (&writer, "key_id", enrolment->proof_key_id);
  retour_json_end_object (&writer);
  return retour_json_writer_end (&writer);
}

RetourEnrolment *
retour_enrolment_read_document (const char *text, gsize length, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (RetourJsonReader) reader = retour_json_reader_new (text, (gssize) length, &cause);
  g_autoptr (RetourEnrolment) enrolment = enrolment_new ();

  if (reader == NULL)
    {
      repeat (error, cause, "enrolment.json");
      return NULL;
    }
  enrolment->address = retour_json_text (reader, RETOUR_JSON_ROOT, "address", RETOUR_JSON_REQUIRED);
  enrolment->proof_key_id = retour_json_text (reader, RETOUR_JSON_ROOT, "key_id", RETOUR_JSON_REQUIRED);
  read_identity (reader, enrolment->identity);
  if (!retour_json_reader_finish (reader, &cause))
    {
      repeat (error, cause, "enrolment.json");
      return NULL;
    }
  return g_steal_pointer (&enrolment);
}
