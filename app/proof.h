/* SPDX-License-Identifier: Apache-2.0 */
/* The signed token of a proof of return (DOMAIN.md 6): "RT1:" + base45 (payload + Ed25519 signature of "RT1:" + payload).
 *
 * The payload is one deterministic CBOR array (RFC 8949, 4.2.1) of thirteen items: 1 (version), key id (8 bytes), store,
 * terminal (1 letter), counter, id (16 bytes), seconds since 1970, order number or null, units, total in minor units or
 * null, currency or null with the total, state (0 received, 1 accepted), provisional. One content has one payload, and a
 * payload that is not the one of its content is refused. No person is named in it. */
#pragma once

#include "calendar.h"
#include "return-number.h"

G_BEGIN_DECLS

#define RETOUR_PROOF_PREFIX "RT1:"
#define RETOUR_PROOF_KEY_ID_BYTES 8
#define RETOUR_PROOF_PUBLIC_KEY_BYTES 32
#define RETOUR_PROOF_SECRET_KEY_BYTES 64

typedef enum
{
  RETOUR_PROOF_ERROR_MALFORMED, /* not a token, or not of a version known here */
  RETOUR_PROOF_ERROR_CONTENT,   /* the content cannot be signed: the message names the member */
} RetourProofError;
#define RETOUR_PROOF_ERROR (retour_proof_error_quark ())
GQuark retour_proof_error_quark (void);

typedef enum
{
  RETOUR_PROOF_RECEIVED, /* received, to be checked */
  RETOUR_PROOF_ACCEPTED,
} RetourProofState;

/* "received", "accepted"; static. */
const char *retour_proof_state_code (RetourProofState state);

typedef struct
{
  guint8 key_id[RETOUR_PROOF_KEY_ID_BYTES]; /* of the signing terminal; set by retour_proof_sign from the secret key */
  RetourReturnNumber number;                /* says store, terminal and counter */
  guint8 id[16];                            /* the return's UUID */
  RetourInstant at;                         /* whole seconds count */
  char *order;                              /* order number, at most 64 bytes, or NULL: blind */
  guint32 units;
  gboolean has_total; /* FALSE for a gift: no price anywhere */
  gint64 total;       /* minor units, >= 0 */
  char currency[4];   /* "EUR"; "" without total */
  RetourProofState state;
  gboolean provisional; /* made offline: the refund is promised, not settled */
} RetourProofContent;

RetourProofContent *retour_proof_content_new (void);
RetourProofContent *retour_proof_content_copy (const RetourProofContent *content);
void retour_proof_content_free (RetourProofContent *content);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourProofContent, retour_proof_content_free)

/* A public key that the OMS made known. */
typedef struct
{
  guint8 id[RETOUR_PROOF_KEY_ID_BYTES];
  guint8 public_key[RETOUR_PROOF_PUBLIC_KEY_BYTES];
  char *store;                        /* "0214", or NULL: any store */
  char terminal;                      /* 'A', or 0: any terminal */
  RetourInstant valid_from, valid_to; /* [from, to); RETOUR_INSTANT_NONE: no bound */
  RetourInstant revoked_at; /* what is signed from then on is not believed; RETOUR_INSTANT_NONE: not revoked */
} RetourProofKey;

/* A key without bounds; its id is the key's. */
RetourProofKey *retour_proof_key_new (const guint8 public_key[RETOUR_PROOF_PUBLIC_KEY_BYTES]);
RetourProofKey *retour_proof_key_copy (const RetourProofKey *key);
void retour_proof_key_free (RetourProofKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourProofKey, retour_proof_key_free)

/* A new pair from libsodium. Wipe the secret key with sodium_memzero when done. */
void retour_proof_key_generate (guint8 public_key[RETOUR_PROOF_PUBLIC_KEY_BYTES],
                                guint8 secret_key[RETOUR_PROOF_SECRET_KEY_BYTES]);
/* The first eight bytes of the BLAKE2b-256 of the public key. */
void retour_proof_key_id (const guint8 public_key[RETOUR_PROOF_PUBLIC_KEY_BYTES], guint8 id[RETOUR_PROOF_KEY_ID_BYTES]);

/* The token, the caller's, or NULL with an error when the content cannot be written. */
char *retour_proof_sign (const RetourProofContent *content,
                         const guint8 secret_key[RETOUR_PROOF_SECRET_KEY_BYTES],
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a token says, whether it is true or not; NULL with an error when it cannot be read. The caller's. */
RetourProofContent *retour_proof_open (const char *token, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef enum
{
  RETOUR_PROOF_VALID,
  RETOUR_PROOF_ALTERED,     /* unreadable, or not what that key signed, or signed for another store or terminal */
  RETOUR_PROOF_UNKNOWN_KEY, /* no such key, or not at that time */
  RETOUR_PROOF_REVOKED_KEY, /* signed after the key was revoked */
} RetourProofVerdict;

/* "valid", "altered", "unknown_key", "revoked_key"; static. */
const char *retour_proof_verdict_code (RetourProofVerdict verdict);

/* `keys` holds RetourProofKey. *content, if not NULL, gets what the token says whenever it can be read (the caller's), else
 * NULL; only VALID makes it true. */
RetourProofVerdict retour_proof_verify (const char *token, const GPtrArray *keys, RetourProofContent **content);

G_END_DECLS
