/* SPDX-License-Identifier: Apache-2.0 */
/* How a terminal becomes one the OMS talks to: a one-time code against a certificate (SYNC.md, POST /v1/enrolments), kept
 * in a directory of its own, mode 0700, files 0600:
 *
 *   device.pem      the private key and its certificate in one file, so that a renewal cut anywhere leaves a pair that fits
 *   device.next     the key of a renewal under way; harmless when found again
 *   ca.pem          the company's certificate authority, the only one believed
 *   pins            "sha256//…;sha256//…", as curl wants them
 *   proof.key       the Ed25519 key that signs proofs of return: 64 bytes
 *   enrolment.json  address of the OMS, store, terminal, validity
 *
 * The blocking functions do network and file work: never on the main loop. */
#pragma once

#include "clock.h"
#include "store.h"

G_BEGIN_DECLS

typedef enum
{
  RETOUR_ENROLMENT_ERROR_NOT_ENROLLED, /* the directory holds no enrolment */
  RETOUR_ENROLMENT_ERROR_DAMAGED,      /* a file is missing or makes no sense; the message names it */
  RETOUR_ENROLMENT_ERROR_CODE,         /* the OMS refuses the code: wrong, used or too old */
  RETOUR_ENROLMENT_ERROR_FILE,         /* the directory cannot be read or written */
  RETOUR_ENROLMENT_ERROR_CRYPTOGRAPHY, /* a key could not be made or used */
} RetourEnrolmentError;
#define RETOUR_ENROLMENT_ERROR (retour_enrolment_error_quark ())
GQuark retour_enrolment_error_quark (void);

typedef struct
{
  RetourIdentity *identity;              /* never NULL */
  char *address;                         /* "https://oms.example.fr:8443", no slash at its end */
  char *device_pem;                      /* private key and certificate */
  char *authority_pem;                   /* what signs the OMS's certificate */
  char *pins;                            /* never NULL, two at least in production; "" in none */
  RetourInstant valid_from, valid_until; /* of the certificate */
  char *proof_key_id;                    /* the OMS's name for proof_public */
  guint8 proof_secret[64];               /* Ed25519, libsodium's form: seed and public key */
  guint8 proof_public[32];
} RetourEnrolment;

RetourEnrolment *retour_enrolment_copy (const RetourEnrolment *enrolment);
void retour_enrolment_free (RetourEnrolment *enrolment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourEnrolment, retour_enrolment_free)

/* What the person who enrols types or scans. `authority_pem`: what the OMS's certificate is checked against, from the
 * administrator; NULL only when `pins` are given. `pins` NULL: not pinned before the OMS has told its pins. `terminal`: the
 * letter that the code was given for; NULL leaves it to the OMS, which may refuse. */
typedef struct
{
  const char *address, *code, *terminal;
  const char *authority_pem, *pins;
} RetourEnrolmentRequest;

/* Makes the keys, asks the OMS, writes the directory (made when missing), returns what was written; the caller's. Blocks up
 * to 30 s. On failure the directory holds no enrolment, or still the one it held. Errors: RETOUR_ENROLMENT_ERROR, and
 * RETOUR_OMS_ERROR for the network's. */
RetourEnrolment *retour_enrolment_run (const char *directory,
                                       const RetourEnrolmentRequest *request,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What the directory holds; the caller's. RETOUR_ENROLMENT_ERROR_NOT_ENROLLED when there is nothing. */
RetourEnrolment *retour_enrolment_load (const char *directory, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* From when the certificate should be renewed: two thirds of its life (ENGINEERING.md C.3). */
RetourInstant retour_enrolment_renew_at (const RetourEnrolment *enrolment);

/* The two halves of a renewal, between which the worker asks the OMS. `begin` makes (or finds again) the next key and gives
 * the request's body, the caller's; `finish` reads the OMS's answer, checks that the certificate fits the key, and swaps the
 * files: until then the old key stays the one in use. */
char *retour_enrolment_begin_renewal (const char *directory,
                                      const RetourEnrolment *enrolment,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
RetourEnrolment *retour_enrolment_finish_renewal (const char *directory,
                                                  const RetourEnrolment *enrolment,
                                                  const char *answer,
                                                  gsize length,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
