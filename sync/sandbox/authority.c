/* SPDX-License-Identifier: Apache-2.0 */
#include "authority.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <string.h>

#define DAY G_GINT64_CONSTANT (86400)
#define CLIENT_DAYS 90
#define SERVER_DAYS 800
#define AUTHORITY_DAYS 3650

struct _SandboxAuthority
{
  gnutls_x509_privkey_t key;
  gnutls_x509_crt_t certificate;
  char *certificate_pem, *server_pem, *server_key_pem;
  char *pins[2];
};

G_DEFINE_QUARK (sandbox - authority - error - quark, sandbox_authority_error)

static gboolean
fail (GError **error, const char *what, int code)
{
  g_set_error (error, SANDBOX_AUTHORITY_ERROR, SANDBOX_AUTHORITY_ERROR_FILES, "%s: %s", what, gnutls_strerror (code));
  return FALSE;
}

/* A key of the file, made when there is none; 0600. */
static gnutls_x509_privkey_t
open_key (const char *path, char **pem, GError **error)
{
  gnutls_x509_privkey_t key;
  gnutls_datum_t text = { 0 };
  int code;

  gnutls_x509_privkey_init (&key);
  if (g_file_get_contents (path, pem, NULL, NULL))
    {
      text.data = (unsigned char *) *pem;
      text.size = (unsigned) strlen (*pem);
      code = gnutls_x509_privkey_import (key, &text, GNUTLS_X509_FMT_PEM);
    }
  else
    {
      code = gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0);
      if (code == 0)
        code = gnutls_x509_privkey_export2 (key, GNUTLS_X509_FMT_PEM, &text);
      if (code == 0)
        {
          *pem = g_strndup ((const char *) text.data, text.size);
          gnutls_free (text.data);
          if (!g_file_set_contents_full (path, *pem, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
            {
              gnutls_x509_privkey_deinit (key);
              return NULL;
            }
        }
    }
  if (code < 0)
    {
      fail (error, path, code);
      gnutls_x509_privkey_deinit (key);
      return NULL;
    }
  return key;
}

/* The members that every certificate of ours has; the subject's key is set already. */
static gnutls_x509_crt_t
begin_certificate (const char *common_name, gint64 days, gboolean is_authority)
{
  gnutls_x509_crt_t certificate;
  unsigned char serial[16];
  time_t now = (time_t) (g_get_real_time () / G_USEC_PER_SEC);

  gnutls_rnd (GNUTLS_RND_NONCE, serial, sizeof serial);
  serial[0] &= 0x7f;
  gnutls_x509_crt_init (&certificate);
  gnutls_x509_crt_set_version (certificate, 3);
  gnutls_x509_crt_set_serial (certificate, serial, sizeof serial);
  gnutls_x509_crt_set_activation_time (certificate, now - 300);
  gnutls_x509_crt_set_expiration_time (certificate, now + (time_t) (days * DAY));
  gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0, common_name,
                                 (unsigned) strlen (common_name));
  gnutls_x509_crt_set_basic_constraints (certificate, is_authority, -1);
  gnutls_x509_crt_set_key_usage (certificate, is_authority ? GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN
                                                           : GNUTLS_KEY_DIGITAL_SIGNATURE);
  return certificate;
}

static void
set_key_ids (gnutls_x509_crt_t certificate, gnutls_x509_crt_t issuer)
{
  unsigned char id[64];
  size_t size = sizeof id;

  if (gnutls_x509_crt_get_key_id (certificate, GNUTLS_KEYID_USE_SHA1, id, &size) == 0)
    gnutls_x509_crt_set_subject_key_id (certificate, id, size);
  size = sizeof id;
  if (gnutls_x509_crt_get_key_id (issuer, GNUTLS_KEYID_USE_SHA1, id, &size) == 0)
    gnutls_x509_crt_set_authority_key_id (certificate, id, size);
}

static char *
export_pem (gnutls_x509_crt_t certificate)
{
  gnutls_datum_t text = { 0 };
  char *pem;

  if (gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &text) < 0)
    return NULL;
  pem = g_strndup ((const char *) text.data, text.size);
  gnutls_free (text.data);
  return pem;
}

static gboolean
open_own_certificate (SandboxAuthority *self, const char *path, GError **error)
{
  gnutls_datum_t text;
  int code;

  if (g_file_get_contents (path, &self->certificate_pem, NULL, NULL))
    {
      text.data = (unsigned char *) self->certificate_pem;
      text.size = (unsigned) strlen (self->certificate_pem);
      gnutls_x509_crt_init (&self->certificate);
      code = gnutls_x509_crt_import (self->certificate, &text, GNUTLS_X509_FMT_PEM);
      return code == 0 || fail (error, path, code);
    }
  self->certificate = begin_certificate ("Retour sandbox authority", AUTHORITY_DAYS, TRUE);
  gnutls_x509_crt_set_key (self->certificate, self->key);
  set_key_ids (self->certificate, self->certificate);
  code = gnutls_x509_crt_sign2 (self->certificate, self->certificate, self->key, GNUTLS_DIG_SHA256, 0);
  if (code < 0)
    return fail (error, path, code);
  self->certificate_pem = export_pem (self->certificate);
  return g_file_set_contents (path, self->certificate_pem, -1, error);
}

/* The server's certificate is made again at every start: its key, which is what terminals pin, stays. */
static gboolean
make_server_certificate (SandboxAuthority *self, gnutls_x509_privkey_t key, GError **error)
{
  static const unsigned char loopback[4] = { 127, 0, 0, 1 };
  gnutls_x509_crt_t certificate = begin_certificate ("localhost", SERVER_DAYS, FALSE);
  int code;

  gnutls_x509_crt_set_key (certificate, key);
  gnutls_x509_crt_set_key_purpose_oid (certificate, GNUTLS_KP_TLS_WWW_SERVER, 0);
  gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, "localhost", 9, GNUTLS_FSAN_SET);
  gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_IPADDRESS, loopback, sizeof loopback,
                                        GNUTLS_FSAN_APPEND);
  set_key_ids (certificate, self->certificate);
  code = gnutls_x509_crt_sign2 (certificate, self->certificate, self->key, GNUTLS_DIG_SHA256, 0);
  if (code == 0)
    self->server_pem = export_pem (certificate);
  gnutls_x509_crt_deinit (certificate);
  return code == 0 || fail (error, "server certificate", code);
}

static char *
make_pin (gnutls_x509_privkey_t key)
{
  unsigned char id[32];
  size_t size = sizeof id;
  g_autofree char *text = NULL;

  if (gnutls_x509_privkey_get_key_id (key, GNUTLS_KEYID_USE_SHA256, id, &size) < 0)
    return NULL;
  text = g_base64_encode (id, size);
  return g_strconcat ("sha256//", text, NULL);
}

static gboolean
open_server (SandboxAuthority *self, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "server-key.pem", NULL);
  g_autofree char *next_path = g_build_filename (folder, "next-server-key.pem", NULL);
  g_autofree char *next_pem = NULL;
  gnutls_x509_privkey_t key, next;
  gboolean made;

  key = open_key (path, &self->server_key_pem, error);
  if (key == NULL)
    return FALSE;
  next = open_key (next_path, &next_pem, error);
  made = next != NULL && make_server_certificate (self, key, error);
  if (made)
    {
      self->pins[0] = make_pin (key);
      self->pins[1] = make_pin (next);
    }
  if (next != NULL)
    gnutls_x509_privkey_deinit (next);
  gnutls_x509_privkey_deinit (key);
  return made;
}

SandboxAuthority *
sandbox_authority_open (const char *directory, GError **error)
{
  g_autoptr (SandboxAuthority) self = g_new0 (SandboxAuthority, 1);
  g_autofree char *folder = g_build_filename (directory, "pki", NULL);
  g_autofree char *key_path = g_build_filename (folder, "ca-key.pem", NULL);
  g_autofree char *path = g_build_filename (directory, "ca.pem", NULL);
  g_autofree char *key_pem = NULL;

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (g_mkdir_with_parents (folder, 0700) < 0)
    {
      g_set_error (error, SANDBOX_AUTHORITY_ERROR, SANDBOX_AUTHORITY_ERROR_FILES, "%s: %s", folder, g_strerror (errno));
      return NULL;
    }
  self->key = open_key (key_path, &key_pem, error);
  if (self->key == NULL || !open_own_certificate (self, path, error) || !open_server (self, folder, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
sandbox_authority_free (SandboxAuthority *self)
{
  if (self == NULL)
    return;
  if (self->certificate != NULL)
    gnutls_x509_crt_deinit (self->certificate);
  if (self->key != NULL)
    gnutls_x509_privkey_deinit (self->key);
  g_free (self->certificate_pem);
  g_free (self->server_pem);
  g_free (self->server_key_pem);
  g_free (self->pins[0]);
  g_free (self->pins[1]);
  g_free (self);
}

const char *
sandbox_authority_get_certificate (const SandboxAuthority *self)
{
  return self->certificate_pem;
}

const char *
sandbox_authority_get_server_certificate (const SandboxAuthority *self)
{
  return self->server_pem;
}

const char *
sandbox_authority_get_server_key (const SandboxAuthority *self)
{
  return self->server_key_pem;
}

const char *
sandbox_authority_get_pin (const SandboxAuthority *self, guint which)
{
  g_return_val_if_fail (which < G_N_ELEMENTS (self->pins), NULL);

  return self->pins[which];
}

void
sandbox_certificate_free (SandboxCertificate *certificate)
{
  if (certificate == NULL)
    return;
  g_free (certificate->pem);
  g_free (certificate->fingerprint);
  g_free (certificate);
}

char *
sandbox_certificate_fingerprint (const gnutls_datum_t *der)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->size);
}

static SandboxCertificate *
sign (SandboxAuthority *self, gnutls_x509_crt_t certificate)
{
  g_autoptr (SandboxCertificate) issued = g_new0 (SandboxCertificate, 1);
  gnutls_datum_t der = { 0 };

  if (gnutls_x509_crt_sign2 (certificate, self->certificate, self->key, GNUTLS_DIG_SHA256, 0) < 0
      || gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_DER, &der) < 0)
    return NULL;
  issued->fingerprint = sandbox_certificate_fingerprint (&der);
  gnutls_free (der.data);
  issued->pem = export_pem (certificate);
  issued->not_before = gnutls_x509_crt_get_activation_time (certificate) * RETOUR_SECOND;
  issued->not_after = gnutls_x509_crt_get_expiration_time (certificate) * RETOUR_SECOND;
  return g_steal_pointer (&issued);
}

SandboxCertificate *
sandbox_authority_issue (SandboxAuthority *self, const char *request, const char *common_name, GError **error)
{
  gnutls_datum_t text = { (unsigned char *) request, (unsigned) strlen (request) };
  SandboxCertificate *issued = NULL;
  gnutls_x509_crq_t crq;
  gnutls_pubkey_t key;
  int code;

  gnutls_x509_crq_init (&crq);
  gnutls_pubkey_init (&key);
  code = gnutls_x509_crq_import (crq, &text, GNUTLS_X509_FMT_PEM);
  if (code == 0)
    code = gnutls_x509_crq_verify (crq, 0);
  /* The request gives the key alone; what else stands in the certificate is ours. */
  if (code == 0)
    code = gnutls_pubkey_import_x509_crq (key, crq, 0);
  if (code == 0)
    {
      gnutls_x509_crt_t certificate = begin_certificate (common_name, CLIENT_DAYS, FALSE);

      code = gnutls_x509_crt_set_pubkey (certificate, key);
      if (code == 0)
        {
          gnutls_x509_crt_set_key_purpose_oid (certificate, GNUTLS_KP_TLS_WWW_CLIENT, 0);
          set_key_ids (certificate, self->certificate);
          issued = sign (self, certificate);
        }
      gnutls_x509_crt_deinit (certificate);
    }
  gnutls_pubkey_deinit (key);
  gnutls_x509_crq_deinit (crq);
  if (issued == NULL)
    g_set_error (error, SANDBOX_AUTHORITY_ERROR, SANDBOX_AUTHORITY_ERROR_REQUEST, "csr: %s",
                 code < 0 ? gnutls_strerror (code) : "cannot be signed");
  return issued;
}
