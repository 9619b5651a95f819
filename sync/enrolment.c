/* SPDX-License-Identifier: Apache-2.0 */
#include "enrolment.h"

#include <sodium.h>
#include <string.h>
#include <time.h>

#include "device-key.h"
#include "enrolment-answer.h"
#include "identity-files.h"
#include "json-writer.h"
#include "transport.h"

#define PATIENCE 30000 /* milliseconds */

G_DEFINE_QUARK (retour - enrolment - error - quark, retour_enrolment_error)

RetourEnrolment *
retour_enrolment_copy (const RetourEnrolment *enrolment)
{
  RetourEnrolment *copy = g_new0 (RetourEnrolment, 1);

  *copy = *enrolment;
  copy->identity = retour_identity_copy (enrolment->identity);
  copy->address = g_strdup (enrolment->address);
  copy->device_pem = g_strdup (enrolment->device_pem);
  copy->authority_pem = g_strdup (enrolment->authority_pem);
  copy->pins = g_strdup (enrolment->pins);
  copy->proof_key_id = g_strdup (enrolment->proof_key_id);
  return copy;
}

static void
wipe (char *secret)
{
  if (secret != NULL)
    sodium_memzero (secret, strlen (secret));
  g_free (secret);
}

void
retour_enrolment_free (RetourEnrolment *enrolment)
{
  if (enrolment == NULL)
    return;
  retour_identity_free (enrolment->identity);
  g_free (enrolment->address);
  wipe (enrolment->device_pem);
  g_free (enrolment->authority_pem);
  g_free (enrolment->pins);
  g_free (enrolment->proof_key_id);
  sodium_memzero (enrolment->proof_secret, sizeof enrolment->proof_secret);
  g_free (enrolment);
}

static void
set_proof_secret (RetourEnrolment *enrolment, const guint8 secret[64])
{
  memcpy (enrolment->proof_secret, secret, 64);
  memcpy (enrolment->proof_public, secret + 32, 32);
}

/* The key must sign with the public half that stands beside it, or proofs would be worth nothing. */
static gboolean
read_proof_key (const char *directory, RetourEnrolment *enrolment, GError **error)
{
  gsize length;
  guint8 public_key[32], secret[64];
  char *content = retour_identity_read (directory, RETOUR_IDENTITY_PROOF, &length, error);

  if (content == NULL)
    return FALSE;
  gboolean fits = length == 64 && crypto_sign_seed_keypair (public_key, secret, (const guint8 *) content) == 0
                  && memcmp (secret, content, 64) == 0;
  if (fits)
    set_proof_secret (enrolment, secret);
  else
    g_set_error (error, RETOUR_ENROLMENT_ERROR, RETOUR_ENROLMENT_ERROR_DAMAGED,
                 RETOUR_IDENTITY_PROOF " is no proof key");
  sodium_memzero (secret, sizeof secret);
  sodium_memzero (content, length);
  g_free (content);
  return fits;
}

static RetourEnrolment *
load_files (const char *directory, const char *document, GError **error)
{
  g_autoptr (RetourEnrolment) enrolment = retour_enrolment_read_document (document, strlen (document), error);

  if (enrolment == NULL
      || (enrolment->device_pem = retour_identity_read (directory, RETOUR_IDENTITY_DEVICE, NULL, error)) == NULL
      || (enrolment->authority_pem = retour_identity_read (directory, RETOUR_IDENTITY_AUTHORITY, NULL, error)) == NULL
      || (enrolment->pins = retour_identity_read (directory, RETOUR_IDENTITY_PINS, NULL, error)) == NULL
      || !read_proof_key (directory, enrolment, error)
      || !retour_device_key_fits (enrolment->device_pem, enrolment->device_pem, &enrolment->valid_from,
                                  &enrolment->valid_until, error))
    return NULL;
  g_strstrip (enrolment->pins);
  return g_steal_pointer (&enrolment);
}

RetourEnrolment *
retour_enrolment_load (const char *directory, GError **error)
{
  g_autofree char *document = retour_identity_read (directory, RETOUR_IDENTITY_ENROLMENT, NULL, error);
  GError *problem = NULL;

  if (document == NULL)
    return NULL;
  RetourEnrolment *enrolment = load_files (directory, document, &problem);
  /* enrolment.json is written last: with it there, anything else that is missing was taken away. */
  if (g_error_matches (problem, RETOUR_ENROLMENT_ERROR, RETOUR_ENROLMENT_ERROR_NOT_ENROLLED))
    problem->code = RETOUR_ENROLMENT_ERROR_DAMAGED;
  if (problem != NULL)
    g_propagate_error (error, problem);
  return enrolment;
}

RetourInstant
retour_enrolment_renew_at (const RetourEnrolment *enrolment)
{
  return enrolment->valid_from + (enrolment->valid_until - enrolment->valid_from) / 3 * 2;
}

/* enrolment.json goes last, and the old one first: a power cut leaves an enrolment that is whole, or none. */
static gboolean
save (const char *directory, const RetourEnrolment *enrolment, GError **error)
{
  g_autofree char *document = retour_enrolment_write_document (enrolment);

  if (!retour_identity_make_directory (directory, error))
    return FALSE;
  retour_identity_remove (directory, RETOUR_IDENTITY_ENROLMENT);
  retour_identity_remove (directory, RETOUR_IDENTITY_NEXT);
  return retour_identity_write (directory, RETOUR_IDENTITY_PROOF, enrolment->proof_secret, 64, error)
         && retour_identity_write (directory, RETOUR_IDENTITY_DEVICE, enrolment->device_pem,
                                   strlen (enrolment->device_pem), error)
         && retour_identity_write (directory, RETOUR_IDENTITY_AUTHORITY, enrolment->authority_pem,
                                   strlen (enrolment->authority_pem), error)
         && retour_identity_write (directory, RETOUR_IDENTITY_PINS, enrolment->pins, strlen (enrolment->pins), error)
         && retour_identity_write (directory, RETOUR_IDENTITY_ENROLMENT, document, strlen (document), error);
}

static char *
join_pem (const char *key_pem, const char *certificate_pem)
{
  return g_strconcat (key_pem, g_str_has_suffix (key_pem, "\n") ? "" : "\n", certificate_pem, NULL);
}

/* Takes the answer over when its certificate is of that key. */
static RetourEnrolment *
accept_answer (const char *address, const char *key_pem, const char *answer, gsize length, GError **error)
{
  g_autofree char *certificate = NULL;
  g_autoptr (RetourEnrolment) enrolment = retour_enrolment_read_answer (answer, length, &certificate, error);

  if (enrolment == NULL
      || !retour_device_key_fits (key_pem, certificate, &enrolment->valid_from, &enrolment->valid_until, error))
    return NULL;
  enrolment->address = g_strdup (address);
  enrolment->device_pem = join_pem (key_pem, certificate);
  return g_steal_pointer (&enrolment);
}

static char *
write_request (const char *code, const char *request, const char *terminal, const guint8 *proof_public)
{
  RetourJsonWriter writer;
  char hex[65];

  retour_json_writer_init (&writer, FALSE);
  retour_json_begin_object (&writer, NULL);
  retour_json_write_text (&writer, "code", code);
  retour_json_write_text (&writer, "csr", request);
  retour_json_write_text (&writer, "terminal", terminal);
  if (proof_public != NULL)
    retour_json_write_text (&writer, "proof_key", sodium_bin2hex (hex, sizeof hex, proof_public, 32));
  retour_json_end_object (&writer);
  return retour_json_writer_end (&writer);
}

/* Only for the span of one blocking request; the worker is given the mains' clock. */
static gint64
boot_now (gpointer self)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return now.tv_sec * RETOUR_SECOND + now.tv_nsec / 1000;
}

typedef struct
{
  GByteArray *answer;
  GError *error;
} Exchange;

static void
on_done (guint request, const RetourReply *reply, gpointer user_data)
{
  Exchange *exchange = user_data;

  if (reply->verdict == RETOUR_VERDICT_OK)
    g_byte_array_append (exchange->answer, (const guint8 *) reply->body, (guint) reply->body_length);
  else if (reply->verdict == RETOUR_VERDICT_FORBIDDEN)
    exchange->error = g_error_new (RETOUR_ENROLMENT_ERROR, RETOUR_ENROLMENT_ERROR_CODE, "%s", reply->message);
  else
    exchange->error = retour_reply_to_error (reply);
}

static char *
trim_address (const char *address)
{
  char *trimmed = g_strstrip (g_strdup (address));

  while (g_str_has_suffix (trimmed, "/"))
    trimmed[strlen (trimmed) - 1] = '\0';
  return trimmed;
}

/* The answer, the caller's. */
static GByteArray *
ask (const char *address, const RetourEnrolmentRequest *request, char *body, GError **error)
{
  const RetourClock clock = { .boot = boot_now };
  const RetourTransportOptions options = { .address = address,
                                           .authority_pem = request->authority_pem,
                                           .pins = request->pins };
  g_autoptr (RetourTransport) transport = retour_transport_new (&options, &clock, error);
  g_autoptr (GBytes) upload = g_bytes_new_take (body, strlen (body));
  Exchange exchange = { 0 };

  if (transport == NULL)
    return NULL;
  exchange.answer = g_byte_array_new ();
  retour_transport_run (transport, &(RetourTransportRequest){ .path = "/v1/enrolments",
                                                              .upload = upload,
                                                              .expected = "application/json",
                                                              .timeout = PATIENCE,
                                                              .done = on_done,
                                                              .user_data = &exchange });
  if (exchange.error == NULL)
    return exchange.answer;
  g_byte_array_unref (exchange.answer);
  g_propagate_error (error, exchange.error);
  return NULL;
}

static RetourEnrolment *
enrol_with_keys (const char *directory,
                 const RetourEnrolmentRequest *request,
                 const char *key_pem,
                 const guint8 proof_public[32],
                 const guint8 proof_secret[64],
                 GError **error)
{
  g_autofree char *address = trim_address (request->address);
  g_autofree char *csr = retour_device_key_request (key_pem, "Retour terminal", error);

  if (csr == NULL)
    return NULL;
  g_autoptr (GByteArray) answer =
      ask (address, request, write_request (request->code, csr, request->terminal, proof_public), error);
  if (answer == NULL)
    return NULL;
  g_autoptr (RetourEnrolment) enrolment =
      accept_answer (address, key_pem, (const char *) answer->data, answer->len, error);
  if (enrolment == NULL)
    return NULL;
  set_proof_secret (enrolment, proof_secret);
  return save (directory, enrolment, error) ? g_steal_pointer (&enrolment) : NULL;
}

RetourEnrolment *
retour_enrolment_run (const char *directory, const RetourEnrolmentRequest *request, GError **error)
{
  guint8 proof_public[32], proof_secret[64];

  g_return_val_if_fail (request->address != NULL && request->code != NULL, NULL);
  char *key_pem = retour_device_key_new (error);
  if (key_pem == NULL)
    return NULL;
  retour_proof_key_generate (proof_public, proof_secret);
  RetourEnrolment *enrolment = enrol_with_keys (directory, request, key_pem, proof_public, proof_secret, error);
  sodium_memzero (proof_secret, sizeof proof_secret);
  wipe (key_pem);
  return enrolment;
}

char *
retour_enrolment_begin_renewal (const char *directory, const RetourEnrolment *enrolment, GError **error)
{
  /* A key found again is used again: the OMS may have signed it already. */
  char *key_pem = retour_identity_read (directory, RETOUR_IDENTITY_NEXT, NULL, NULL);
  g_autofree char *csr = key_pem ? retour_device_key_request (key_pem, "Retour terminal", NULL) : NULL;

  if (csr == NULL)
    {
      wipe (key_pem);
      if ((key_pem = retour_device_key_new (error)) != NULL
          && retour_identity_write (directory, RETOUR_IDENTITY_NEXT, key_pem, strlen (key_pem), error))
        csr = retour_device_key_request (key_pem, "Retour terminal", error);
    }
  wipe (key_pem);
  return csr ? write_request (NULL, csr, enrolment->identity->terminal, NULL) : NULL;
}

/* What a renewal may not change: who this terminal is. */
static gboolean
is_same_terminal (const RetourEnrolment *before, const RetourEnrolment *after, GError **error)
{
  if (g_strcmp0 (before->identity->terminal_id, after->identity->terminal_id) == 0
      && g_strcmp0 (before->identity->store, after->identity->store) == 0
      && g_strcmp0 (before->identity->terminal, after->identity->terminal) == 0)
    return TRUE;
  g_set_error (error, RETOUR_ENROLMENT_ERROR, RETOUR_ENROLMENT_ERROR_DAMAGED, "the renewal is of another terminal");
  return FALSE;
}

/* device.pem goes first: pins and authority of yesterday still fit the OMS of today, a key without certificate does not. */
static gboolean
save_renewal (const char *directory, const RetourEnrolment *enrolment, GError **error)
{
  g_autofree char *document = retour_enrolment_write_document (enrolment);

  return retour_identity_write (directory, RETOUR_IDENTITY_DEVICE, enrolment->device_pem,
                                strlen (enrolment->device_pem), error)
         && retour_identity_write (directory, RETOUR_IDENTITY_AUTHORITY, enrolment->authority_pem,
                                   strlen (enrolment->authority_pem), error)
         && retour_identity_write (directory, RETOUR_IDENTITY_PINS, enrolment->pins, strlen (enrolment->pins), error)
         && retour_identity_write (directory, RETOUR_IDENTITY_ENROLMENT, document, strlen (document), error);
}

RetourEnrolment *
retour_enrolment_finish_renewal (
    const char *directory, const RetourEnrolment *enrolment, const char *answer, gsize length, GError **error)
{
  char *key_pem = retour_identity_read (directory, RETOUR_IDENTITY_NEXT, NULL, error);

  if (key_pem == NULL)
    return NULL;
  g_autoptr (RetourEnrolment) renewed = accept_answer (enrolment->address, key_pem, answer, length, error);
  wipe (key_pem);
  if (renewed == NULL || !is_same_terminal (enrolment, renewed, error))
    return NULL;
  set_proof_secret (renewed, enrolment->proof_secret);
  if (!save_renewal (directory, renewed, error))
    return NULL;
  retour_identity_remove (directory, RETOUR_IDENTITY_NEXT);
  return g_steal_pointer (&renewed);
}
