/* SPDX-License-Identifier: Apache-2.0 */
/* The journal: a chain of records, each of which holds the hash of the one before, so that none can be changed, dropped,
 * slipped in or moved without the head changing (ENGINEERING.md C.6). */
#pragma once

#include "calendar.h"

G_BEGIN_DECLS

#define RETOUR_AUDIT_HASH_BYTES 32

typedef struct
{
  guint64 seq;                                   /* 1 for the first record */
  guint8 previous_hash[RETOUR_AUDIT_HASH_BYTES]; /* zeros for the first record */
  char *kind;                                    /* "return.recorded"; never NULL */
  char *actor;                                   /* staff id, or NULL: the terminal itself */
  char *subject;                                 /* id of what it is about, or NULL */
  RetourInstant at;
  char *body; /* canonical text, "" without; holds ids, never a person's name */
  guint8 hash[RETOUR_AUDIT_HASH_BYTES];
} RetourAuditRecord;

/* Not chained yet: seq and hashes are 0. Texts are copied; `body` NULL is "". */
RetourAuditRecord *
retour_audit_record_new (const char *kind, const char *actor, const char *subject, RetourInstant at, const char *body);
RetourAuditRecord *retour_audit_record_copy (const RetourAuditRecord *record);
void retour_audit_record_free (RetourAuditRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourAuditRecord, retour_audit_record_free)

/* Sets seq, previous_hash and hash so that the record follows `previous`, or begins the chain when that is NULL. */
void retour_audit_chain (RetourAuditRecord *record, const RetourAuditRecord *previous);

/* BLAKE2b-256 of previous_hash and of every other member with its length before it. */
void retour_audit_hash (const RetourAuditRecord *record, guint8 hash[RETOUR_AUDIT_HASH_BYTES]);

/* Checks consecutive records (RetourAuditRecord, oldest first) that follow `before`; NULL: they begin the chain. The index
 * of the first record that does not belong, or -1. A cut tail can only be seen against a head known from elsewhere: when
 * `head` is not NULL, the last hash must be it, and a chain that ends elsewhere gives records->len. */
gint64 retour_audit_verify (const GPtrArray *records,
                            const RetourAuditRecord *before,
                            const guint8 *head /* [RETOUR_AUDIT_HASH_BYTES] */);

G_END_DECLS
