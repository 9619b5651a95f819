/* SPDX-License-Identifier: Apache-2.0 */
/* What the OMS countersigned of a terminal's journal: that its record number so-and-so had that hash (ENGINEERING.md C.6). A
 * journal that was put back to an older state, or written anew, does not hold what was sealed. */
#pragma once

#include "audit.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 seq;
  char *head; /* that record's hash, hexadecimal in lower case */
  char *store, *terminal;
  char *at;        /* RFC 3339, as the OMS wrote it */
  char *key_id;    /* hexadecimal */
  char *signature; /* hexadecimal: Ed25519 */
} RetourSeal;

void retour_seal_free (RetourSeal *seal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourSeal, retour_seal_free)

/* Whether one of `keys` (RetourProofKey) signed it that is the chain's own: of no store and no terminal. Members may be NULL
 * or nonsense. */
gboolean retour_seal_is_signed (const RetourSeal *seal, const GPtrArray *keys);
/* Whether the record is the one that was sealed. */
gboolean retour_seal_fits (const RetourSeal *seal, const RetourAuditRecord *record);

G_END_DECLS
