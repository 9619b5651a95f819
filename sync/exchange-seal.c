/* SPDX-License-Identifier: Apache-2.0 */
/* The journal's head is told to the OMS once an hour, when it has moved. The OMS countersigns it, so that a disk that was put
 * back to an older state shows (ENGINEERING.md C.6); its signature is kept with the answer. */
#include <sodium.h>

#include "exchange-private.h"
#include "json-writer.h"

#define SEAL_EVERY (3600 * RETOUR_SECOND)
/* "SEQ AT": the head that was told last, and when. */
#define SETTING_SEALED "journal_sealed"

typedef struct
{
  guint64 seq;
  RetourInstant at;
} Sealed;

static char *
write_body (const RetourIdentity *identity, const RetourAuditRecord *head)
{
  char hex[RETOUR_AUDIT_HASH_BYTES * 2 + 1];
  RetourJsonWriter writer;

  sodium_bin2hex (hex, sizeof hex, head->hash, sizeof head->hash);
  retour_json_writer_init (&writer, FALSE);
  retour_json_begin_object (&writer, NULL);
  retour_json_write_text (&writer, "head", hex);
  retour_json_write_whole (&writer, "seq", (gint64) head->seq);
  retour_json_write_text (&writer, "store", identity->store);
  retour_json_write_text (&writer, "terminal", identity->terminal);
  retour_json_end_object (&writer);
  return retour_json_writer_end (&writer);
}

/* A terminal that was never asked begins its hour now. */
static gboolean
read_sealed (RetourStore *store, Sealed *sealed, GError **error)
{
  GError *problem = NULL;
  g_autofree char *text = store->setting (store, SETTING_SEALED, &problem);
  char *end = NULL;

  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (text == NULL)
    return TRUE;
  sealed->seq = g_ascii_strtoull (text, &end, 10);
  sealed->at = g_ascii_strtoll (end, NULL, 10);
  return TRUE;
}

static gboolean
write_sealed (RetourStore *store, const Sealed *sealed, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GINT64_FORMAT, sealed->seq, sealed->at);

  return store->set_setting (store, SETTING_SEALED, text, error);
}

typedef struct
{
  const RetourOperation *operation;
  Sealed sealed;
} Seal;

static gboolean
queue_body (RetourStore *store, gpointer user_data, GError **error)
{
  const Seal *seal = user_data;

  return store->queue_operation (store, seal->operation, error) && write_sealed (store, &seal->sealed, error);
}

static gboolean
queue_seal (RetourStore *store,
            RetourIds *ids,
            const RetourIdentity *identity,
            const RetourAuditRecord *head,
            RetourInstant now,
            gint64 clock_offset,
            GError **error)
{
  g_autofree char *op = retour_ids_next (ids, now), *body = write_body (identity, head);
  g_autoptr (RetourOperation) operation = retour_operation_new (op, RETOUR_OPERATION_AUDIT_SEAL, body);
  operation->created_at = now;
  operation->clock_offset = clock_offset;
  operation->next_at = RETOUR_INSTANT_NONE;
  Seal seal = { operation, { head->seq, now } };
  return store->together (store, queue_body, &seal, error);
}

gboolean
retour_exchange_seal (RetourStore *store,
                      RetourIds *ids,
                      const RetourIdentity *identity,
                      RetourInstant now,
                      gint64 clock_offset,
                      gboolean *queued,
                      GError **error)
{
  Sealed sealed = { 0, RETOUR_INSTANT_NONE };

  if (!read_sealed (store, &sealed, error))
    return FALSE;
  if (sealed.at == RETOUR_INSTANT_NONE)
    return write_sealed (store, &(Sealed){ 0, now }, error);
  /* A clock that was set back begins no longer wait than one that was right. */
  if (now >= sealed.at && now - sealed.at < SEAL_EVERY)
    return TRUE;
  g_autoptr (GPtrArray) last = store->list_audit (store, NULL, 1, error);
  if (last == NULL)
    return FALSE;
  const RetourAuditRecord *head = last->len > 0 ? last->pdata[0] : NULL;
  if (head == NULL || head->seq == sealed.seq)
    return TRUE;
  *queued = queue_seal (store, ids, identity, head, now, clock_offset, error);
  return *queued;
}
