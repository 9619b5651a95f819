/* SPDX-License-Identifier: Apache-2.0 */
/* Who may speak: the chain's own certificate authority, the server's certificate, and those of terminals. */
#pragma once

#include <calendar.h>
#include <gnutls/gnutls.h>

G_BEGIN_DECLS

typedef enum
{
  SANDBOX_AUTHORITY_ERROR_FILES,   /* a key or certificate cannot be read or written */
  SANDBOX_AUTHORITY_ERROR_REQUEST, /* the certificate request is not one */
} SandboxAuthorityError;
#define SANDBOX_AUTHORITY_ERROR (sandbox_authority_error_quark ())
GQuark sandbox_authority_error_quark (void);

typedef struct _SandboxAuthority SandboxAuthority;

/* Reads DIR/pki, or makes it: the authority, the server's key and certificate, and the key that comes after. */
SandboxAuthority *sandbox_authority_open (const char *directory, GError **error);
void sandbox_authority_free (SandboxAuthority *authority);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxAuthority, sandbox_authority_free)

/* PEM, borrowed. */
const char *sandbox_authority_get_certificate (const SandboxAuthority *authority);
const char *sandbox_authority_get_server_certificate (const SandboxAuthority *authority);
const char *sandbox_authority_get_server_key (const SandboxAuthority *authority);
/* "sha256//…" of the server's key in use (0) and of the next one (1), borrowed. */
const char *sandbox_authority_get_pin (const SandboxAuthority *authority, guint which);

typedef struct
{
  char *pem, *fingerprint;
  RetourInstant not_before, not_after;
} SandboxCertificate;
void sandbox_certificate_free (SandboxCertificate *certificate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxCertificate, sandbox_certificate_free)

/* A client certificate of 90 days for the key of a PKCS #10 request, PEM, whose own signature is checked and whose subject
 * is not believed. The caller's. */
SandboxCertificate *sandbox_authority_issue (SandboxAuthority *authority,
                                             const char *request,
                                             const char *common_name,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Hexadecimal SHA-256 of a DER certificate; the caller's. */
char *sandbox_certificate_fingerprint (const gnutls_datum_t *der);

G_END_DECLS
