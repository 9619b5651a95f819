/* SPDX-License-Identifier: Apache-2.0 */
#include "seal.h"

#include "proof.h"

#include <sodium.h>
#include <string.h>

void
retour_seal_free (RetourSeal *seal)
{
  if (seal == NULL)
    return;
  g_free (seal->head);
  g_free (seal->store);
  g_free (seal->terminal);
  g_free (seal->at);
  g_free (seal->key_id);
  g_free (seal->signature);
  g_free (seal);
}

static gboolean
read_hex (const char *text, guint8 *bytes, gsize size)
{
  gsize length = 0;

  return text != NULL && strlen (text) == 2 * size
         && sodium_hex2bin (bytes, size, text, 2 * size, NULL, &length, NULL) == 0 && length == size;
}

gboolean
retour_seal_is_signed (const RetourSeal *seal, const GPtrArray *keys)
{
  guint8 id[RETOUR_PROOF_KEY_ID_BYTES], signature[crypto_sign_BYTES];

  g_return_val_if_fail (seal != NULL && keys != NULL, FALSE);
  if (sodium_init () < 0 || !read_hex (seal->key_id, id, sizeof id)
      || !read_hex (seal->signature, signature, sizeof signature) || seal->store == NULL || seal->terminal == NULL
      || seal->head == NULL || seal->at == NULL)
    return FALSE;
  /* Line by line as the OMS signs it (assets/oms-api/openapi.yaml, Seal). */
  g_autofree char *text = g_strdup_printf ("RETOUR-SEAL-1\n%s\n%s\n%" G_GUINT64_FORMAT "\n%s\n%s\n", seal->store,
                                           seal->terminal, seal->seq, seal->head, seal->at);
  for (guint i = 0; i < keys->len; i++)
    {
      const RetourProofKey *key = keys->pdata[i];

      if (key->store == NULL && key->terminal == 0 && memcmp (key->id, id, sizeof id) == 0)
        return crypto_sign_verify_detached (signature, (const guint8 *) text, strlen (text), key->public_key) == 0;
    }
  return FALSE;
}

gboolean
retour_seal_fits (const RetourSeal *seal, const RetourAuditRecord *record)
{
  guint8 head[RETOUR_AUDIT_HASH_BYTES];

  g_return_val_if_fail (seal != NULL && record != NULL, FALSE);
  return record->seq == seal->seq && read_hex (seal->head, head, sizeof head)
         && memcmp (record->hash, head, sizeof head) == 0;
}
