/* SPDX-License-Identifier: Apache-2.0 */
/* The signed token of a proof of return. */
#include "proof.h"

#include "base45.h"
#include "proof-payload.h"

#include <sodium.h>
#include <string.h>

/* Longer than any token, short enough that nonsense costs nothing. */
#define TOKEN_MAX 512

G_STATIC_ASSERT (RETOUR_PROOF_PUBLIC_KEY_BYTES == crypto_sign_PUBLICKEYBYTES);
G_STATIC_ASSERT (RETOUR_PROOF_SECRET_KEY_BYTES == crypto_sign_SECRETKEYBYTES);

G_DEFINE_QUARK (retour - proof - error - quark, retour_proof_error)

const char *
retour_proof_state_code (RetourProofState state)
{
  switch (state)
    {
    case RETOUR_PROOF_RECEIVED:
      return "received";
    case RETOUR_PROOF_ACCEPTED:
      return "accepted";
    }
  g_return_val_if_reached ("received");
}

const char *
retour_proof_verdict_code (RetourProofVerdict verdict)
{
  switch (verdict)
    {
    case RETOUR_PROOF_VALID:
      return "valid";
    case RETOUR_PROOF_ALTERED:
      return "altered";
    case RETOUR_PROOF_UNKNOWN_KEY:
      return "unknown_key";
    case RETOUR_PROOF_REVOKED_KEY:
      return "revoked_key";
    }
  g_return_val_if_reached ("altered");
}

RetourProofContent *
retour_proof_content_new (void)
{
  return g_new0 (RetourProofContent, 1);
}

RetourProofContent *
retour_proof_content_copy (const RetourProofContent *content)
{
  RetourProofContent *copy;

  g_return_val_if_fail (content != NULL, NULL);
  copy = g_memdup2 (content, sizeof *content);
  copy->order = g_strdup (content->order);
  return copy;
}

void
retour_proof_content_free (RetourProofContent *content)
{
  if (content == NULL)
    return;
  g_free (content->order);
  g_free (content);
}

RetourProofKey *
retour_proof_key_new (const guint8 public_key[RETOUR_PROOF_PUBLIC_KEY_BYTES])
{
  RetourProofKey *key;

  g_return_val_if_fail (public_key != NULL, NULL);
  key = g_new0 (RetourProofKey, 1);
  memcpy (key->public_key, public_key, sizeof key->public_key);
  retour_proof_key_id (public_key, key->id);
  key->valid_from = key->valid_to = key->revoked_at = RETOUR_INSTANT_NONE;
  return key;
}

RetourProofKey *
retour_proof_key_copy (const RetourProofKey *key)
{
  RetourProofKey *copy;

  g_return_val_if_fail (key != NULL, NULL);
  copy = g_memdup2 (key, sizeof *key);
  copy->store = g_strdup (key->store);
  return copy;
}

void
retour_proof_key_free (RetourProofKey *key)
{
  if (key == NULL)
    return;
  g_free (key->store);
  g_free (key);
}

static void
start_sodium (void)
{
  if (sodium_init () < 0)
    g_error ("libsodium cannot start");
}

void
retour_proof_key_generate (guint8 public_key[RETOUR_PROOF_PUBLIC_KEY_BYTES],
                           guint8 secret_key[RETOUR_PROOF_SECRET_KEY_BYTES])
{
  start_sodium ();
  crypto_sign_keypair (public_key, secret_key);
}

void
retour_proof_key_id (const guint8 public_key[RETOUR_PROOF_PUBLIC_KEY_BYTES], guint8 id[RETOUR_PROOF_KEY_ID_BYTES])
{
  guint8 hash[crypto_generichash_BYTES];

  crypto_generichash (hash, sizeof hash, public_key, RETOUR_PROOF_PUBLIC_KEY_BYTES, NULL, 0);
  memcpy (id, hash, RETOUR_PROOF_KEY_ID_BYTES);
}

/* The prefix is signed too: the same bytes under another name are another message. */
static GByteArray *
signed_message (const guint8 *payload, gsize size)
{
  GByteArray *message = g_byte_array_sized_new ((guint) (size + strlen (RETOUR_PROOF_PREFIX)));

  g_byte_array_append (message, (const guint8 *) RETOUR_PROOF_PREFIX, (guint) strlen (RETOUR_PROOF_PREFIX));
  g_byte_array_append (message, payload, (guint) size);
  return message;
}

char *
retour_proof_sign (const RetourProofContent *content,
                   const guint8 secret_key[RETOUR_PROOF_SECRET_KEY_BYTES],
                   GError **error)
{
  guint8 public_key[crypto_sign_PUBLICKEYBYTES], signature[crypto_sign_BYTES];

  g_return_val_if_fail (content != NULL && secret_key != NULL, NULL);
  start_sodium ();
  crypto_sign_ed25519_sk_to_pk (public_key, secret_key);
  RetourProofContent own = *content;
  retour_proof_key_id (public_key, own.key_id);
  g_autoptr (GByteArray) payload = retour_proof_payload_write (&own, error);
  if (payload == NULL)
    return NULL;
  g_autoptr (GByteArray) message = signed_message (payload->data, payload->len);
  crypto_sign_detached (signature, NULL, message->data, message->len, secret_key);
  g_byte_array_append (payload, signature, sizeof signature);
  g_autofree char *text = retour_base45_encode (payload->data, payload->len);
  return g_strconcat (RETOUR_PROOF_PREFIX, text, NULL);
}

/* The bytes of a token, payload and signature, or NULL. */
static GBytes *
token_bytes (const char *token)
{
  if (!g_str_has_prefix (token, RETOUR_PROOF_PREFIX) || strlen (token) > TOKEN_MAX)
    return NULL;
  g_autoptr (GBytes) bytes = retour_base45_decode (token + strlen (RETOUR_PROOF_PREFIX));
  return bytes != NULL && g_bytes_get_size (bytes) > crypto_sign_BYTES ? g_steal_pointer (&bytes) : NULL;
}

RetourProofContent *
retour_proof_open (const char *token, GError **error)
{
  g_return_val_if_fail (token != NULL, NULL);

  g_autoptr (GBytes) bytes = token_bytes (token);
  if (bytes == NULL)
    {
      g_set_error_literal (error, RETOUR_PROOF_ERROR, RETOUR_PROOF_ERROR_MALFORMED, "this is no proof token");
      return NULL;
    }
  gsize size;
  const guint8 *payload = g_bytes_get_data (bytes, &size);
  return retour_proof_payload_read (payload, size - crypto_sign_BYTES, error);
}

static gboolean
is_signed_by (GBytes *bytes, const RetourProofKey *key)
{
  gsize size;
  const guint8 *payload = g_bytes_get_data (bytes, &size);

  size -= crypto_sign_BYTES;
  g_autoptr (GByteArray) message = signed_message (payload, size);
  return crypto_sign_verify_detached (payload + size, message->data, message->len, key->public_key) == 0;
}

/* What a key that signed the content says of it. */
static RetourProofVerdict
judge (const RetourProofContent *content, const RetourProofKey *key)
{
  if ((key->store != NULL && !g_str_equal (key->store, content->number.store))
      || (key->terminal != 0 && key->terminal != content->number.terminal))
    return RETOUR_PROOF_ALTERED;
  if (key->revoked_at != RETOUR_INSTANT_NONE && content->at >= key->revoked_at)
    return RETOUR_PROOF_REVOKED_KEY;
  if ((key->valid_from != RETOUR_INSTANT_NONE && content->at < key->valid_from)
      || (key->valid_to != RETOUR_INSTANT_NONE && content->at >= key->valid_to))
    return RETOUR_PROOF_UNKNOWN_KEY;
  return RETOUR_PROOF_VALID;
}

RetourProofVerdict
retour_proof_verify (const char *token, const GPtrArray *keys, RetourProofContent **content)
{
  g_return_val_if_fail (token != NULL && keys != NULL, RETOUR_PROOF_ALTERED);

  start_sodium ();
  g_autoptr (RetourProofContent) opened = retour_proof_open (token, NULL);
  g_autoptr (GBytes) bytes = token_bytes (token);
  RetourProofVerdict verdict = opened != NULL ? RETOUR_PROOF_UNKNOWN_KEY : RETOUR_PROOF_ALTERED;
  for (guint i = 0; opened != NULL && i < keys->len; i++)
    {
      const RetourProofKey *key = keys->pdata[i];
      if (memcmp (key->id, opened->key_id, sizeof key->id) != 0)
        continue;
      if (is_signed_by (bytes, key))
        {
          verdict = judge (opened, key);
          break;
        }
      verdict = RETOUR_PROOF_ALTERED;
    }
  if (content != NULL)
    *content = g_steal_pointer (&opened);
  return verdict;
}
