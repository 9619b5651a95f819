/* SPDX-License-Identifier: Apache-2.0 */
/* The journal: a chain of records. */
#include "audit.h"

#include <sodium.h>
#include <string.h>

RetourAuditRecord *
retour_audit_record_new (const char *kind, const char *actor, const char *subject, RetourInstant at, const char *body)
{
  RetourAuditRecord *record;

  g_return_val_if_fail (kind != NULL, NULL);
  record = g_new0 (RetourAuditRecord, 1);
  record->kind = g_strdup (kind);
  record->actor = g_strdup (actor);
  record->subject = g_strdup (subject);
  record->at = at;
  record->body = g_strdup (body != NULL ? body : "");
  return record;
}

RetourAuditRecord *
retour_audit_record_copy (const RetourAuditRecord *record)
{
  RetourAuditRecord *copy;

  g_return_val_if_fail (record != NULL, NULL);
  copy = g_memdup2 (record, sizeof *record);
  copy->kind = g_strdup (record->kind);
  copy->actor = g_strdup (record->actor);
  copy->subject = g_strdup (record->subject);
  copy->body = g_strdup (record->body);
  return copy;
}

void
retour_audit_record_free (RetourAuditRecord *record)
{
  if (record == NULL)
    return;
  g_free (record->kind);
  g_free (record->actor);
  g_free (record->subject);
  g_free (record->body);
  g_free (record);
}

static void
add_number (crypto_generichash_state *state, guint64 number)
{
  guint8 bytes[8];

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) (number >> (8 * (7 - i)));
  crypto_generichash_update (state, bytes, sizeof bytes);
}

/* The length before the text says where it ends; no text has the length of an absent one. */
static void
add_text (crypto_generichash_state *state, const char *text)
{
  if (text == NULL)
    {
      add_number (state, G_MAXUINT64);
      return;
    }
  gsize length = strlen (text);
  add_number (state, length);
  crypto_generichash_update (state, (const guint8 *) text, length);
}

void
retour_audit_hash (const RetourAuditRecord *record, guint8 hash[RETOUR_AUDIT_HASH_BYTES])
{
  crypto_generichash_state state;

  g_return_if_fail (record != NULL && hash != NULL);
  if (sodium_init () < 0)
    g_error ("libsodium cannot start");
  crypto_generichash_init (&state, NULL, 0, RETOUR_AUDIT_HASH_BYTES);
  crypto_generichash_update (&state, record->previous_hash, sizeof record->previous_hash);
  add_number (&state, record->seq);
  add_text (&state, record->kind);
  add_text (&state, record->actor);
  add_text (&state, record->subject);
  add_number (&state, (guint64) record->at);
  add_text (&state, record->body);
  crypto_generichash_final (&state, hash, RETOUR_AUDIT_HASH_BYTES);
}

void
retour_audit_chain (RetourAuditRecord *record, const RetourAuditRecord *previous)
{
  g_return_if_fail (record != NULL);

  record->seq = previous != NULL ? previous->seq + 1 : 1;
  if (previous != NULL)
    memcpy (record->previous_hash, previous->hash, sizeof record->previous_hash);
  else
    memset (record->previous_hash, 0, sizeof record->previous_hash);
  retour_audit_hash (record, record->hash);
}

static gboolean
follows (const RetourAuditRecord *record, guint64 seq, const guint8 *previous_hash)
{
  guint8 hash[RETOUR_AUDIT_HASH_BYTES];

  retour_audit_hash (record, hash);
  return record->seq == seq && memcmp (record->previous_hash, previous_hash, RETOUR_AUDIT_HASH_BYTES) == 0
         && memcmp (record->hash, hash, sizeof hash) == 0;
}

gint64
retour_audit_verify (const GPtrArray *records, const RetourAuditRecord *before, const guint8 *head)
{
  static const guint8 beginning[RETOUR_AUDIT_HASH_BYTES] = { 0 };
  const guint8 *previous_hash = before != NULL ? before->hash : beginning;
  guint64 seq = before != NULL ? before->seq : 0;

  g_return_val_if_fail (records != NULL, 0);
  for (guint i = 0; i < records->len; i++)
    {
      const RetourAuditRecord *record = records->pdata[i];
      if (!follows (record, ++seq, previous_hash))
        return i;
      previous_hash = record->hash;
    }
  return head == NULL || memcmp (previous_hash, head, RETOUR_AUDIT_HASH_BYTES) == 0 ? -1 : (gint64) records->len;
}
