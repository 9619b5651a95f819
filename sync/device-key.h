/* SPDX-License-Identifier: Apache-2.0 */
/* The terminal's private key and its certificate: ECDSA P-256, in PEM. Blocking, a few milliseconds. */
#pragma once

#include "calendar.h"

G_BEGIN_DECLS

/* A new private key, PEM, the caller's; wipe it when done. RETOUR_ENROLMENT_ERROR_CRYPTOGRAPHY. */
char *retour_device_key_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* A certificate request (PKCS #10, PEM) signed by that key; its subject is only a name for people. */
char *retour_device_key_request (const char *key_pem, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Is the certificate readable and of that key? Gives its life. RETOUR_ENROLMENT_ERROR_DAMAGED when not. */
gboolean retour_device_key_fits (const char *key_pem,
                                 const char *certificate_pem,
                                 RetourInstant *valid_from,
                                 RetourInstant *valid_until,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
