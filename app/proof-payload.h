/* SPDX-License-Identifier: Apache-2.0 */
/* The payload of a proof token: its content as deterministic CBOR (see proof.h for its thirteen items). */
#pragma once

#include "proof.h"

G_BEGIN_DECLS

/* NULL with RETOUR_PROOF_ERROR_CONTENT when the content has no payload; the message names the member. */
GByteArray *retour_proof_payload_write (const RetourProofContent *content, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* NULL with RETOUR_PROOF_ERROR_MALFORMED unless the bytes are the one payload of some content. */
RetourProofContent *
retour_proof_payload_read (const guint8 *bytes, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
