/* SPDX-License-Identifier: Apache-2.0 */
#include "test-pki.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>
#include <time.h>

#define MUST(call) g_assert_cmpint ((call), >=, 0)

void
test_pair_free (TestPair *pair)
{
  if (pair == NULL)
    return;
  g_free (pair->key_pem);
  g_free (pair->certificate_pem);
  g_free (pair);
}

static gnutls_datum_t
datum (const char *pem)
{
  return (gnutls_datum_t){ (unsigned char *) (gpointer) pem, (unsigned) strlen (pem) };
}

static char *
take (gnutls_datum_t *pem)
{
  char *text = g_strndup ((const char *) pem->data, pem->size);

  gnutls_free (pem->data);
  return text;
}

static gnutls_x509_privkey_t
new_key (void)
{
  gnutls_x509_privkey_t key;

  MUST (gnutls_x509_privkey_init (&key));
  MUST (gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0));
  return key;
}

static gnutls_x509_crt_t
new_certificate (gint64 from, gint64 until)
{
  static guint8 serial = 1;
  gnutls_x509_crt_t certificate;
  guint8 bytes[] = { 0x10, 0x20, 0x30, serial++ };

  MUST (gnutls_x509_crt_init (&certificate));
  MUST (gnutls_x509_crt_set_version (certificate, 3));
  MUST (gnutls_x509_crt_set_serial (certificate, bytes, sizeof bytes));
  MUST (gnutls_x509_crt_set_activation_time (certificate, time (NULL) + from));
  MUST (gnutls_x509_crt_set_expiration_time (certificate, time (NULL) + until));
  return certificate;
}

static void
set_name (gnutls_x509_crt_t certificate, const char *name)
{
  MUST (gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name, (unsigned) strlen (name)));
}

static void
sign (gnutls_x509_crt_t certificate, const TestPair *authority)
{
  gnutls_x509_crt_t issuer;
  gnutls_x509_privkey_t key;
  gnutls_datum_t pem = datum (authority->certificate_pem), key_pem = datum (authority->key_pem);

  MUST (gnutls_x509_crt_init (&issuer));
  MUST (gnutls_x509_crt_import (issuer, &pem, GNUTLS_X509_FMT_PEM));
  MUST (gnutls_x509_privkey_init (&key));
  MUST (gnutls_x509_privkey_import2 (key, &key_pem, GNUTLS_X509_FMT_PEM, NULL, 0));
  MUST (gnutls_x509_crt_sign2 (certificate, issuer, key, GNUTLS_DIG_SHA256, 0));
  gnutls_x509_crt_deinit (issuer);
  gnutls_x509_privkey_deinit (key);
}

static TestPair *
make_pair (gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key)
{
  TestPair *pair = g_new0 (TestPair, 1);
  gnutls_datum_t pem;

  MUST (gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &pem));
  pair->certificate_pem = take (&pem);
  MUST (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &pem));
  pair->key_pem = take (&pem);
  gnutls_x509_crt_deinit (certificate);
  gnutls_x509_privkey_deinit (key);
  return pair;
}

TestPair *
test_pki_authority (const char *name)
{
  gnutls_x509_privkey_t key = new_key ();
  gnutls_x509_crt_t certificate = new_certificate (-3600, 3600);

  set_name (certificate, name);
  MUST (gnutls_x509_crt_set_key (certificate, key));
  MUST (gnutls_x509_crt_set_basic_constraints (certificate, 1, -1));
  MUST (gnutls_x509_crt_set_key_usage (certificate, GNUTLS_KEY_KEY_CERT_SIGN));
  MUST (gnutls_x509_crt_sign2 (certificate, certificate, key, GNUTLS_DIG_SHA256, 0));
  return make_pair (certificate, key);
}

TestPair *
test_pki_server (const TestPair *authority, const char *host, gint64 from, gint64 until)
{
  static const guint8 loopback[] = { 127, 0, 0, 1 };
  gnutls_x509_privkey_t key = new_key ();
  gnutls_x509_crt_t certificate = new_certificate (from, until);

  set_name (certificate, host);
  MUST (gnutls_x509_crt_set_key (certificate, key));
  MUST (gnutls_x509_crt_set_key_usage (certificate, GNUTLS_KEY_DIGITAL_SIGNATURE));
  MUST (gnutls_x509_crt_set_key_purpose_oid (certificate, GNUTLS_KP_TLS_WWW_SERVER, 0));
  if (strcmp (host, "127.0.0.1") == 0)
    MUST (gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_IPADDRESS, loopback, sizeof loopback,
                                                GNUTLS_FSAN_SET));
  else
    MUST (gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, host, (unsigned) strlen (host),
                                                GNUTLS_FSAN_SET));
  sign (certificate, authority);
  return make_pair (certificate, key);
}

char *
test_pki_sign (const TestPair *authority, const char *request_pem, gint64 from, gint64 until)
{
  gnutls_x509_crq_t request;
  gnutls_x509_crt_t certificate = new_certificate (from, until);
  gnutls_datum_t pem = datum (request_pem), out;

  MUST (gnutls_x509_crq_init (&request));
  MUST (gnutls_x509_crq_import (request, &pem, GNUTLS_X509_FMT_PEM));
  MUST (gnutls_x509_crq_verify (request, 0));
  MUST (gnutls_x509_crt_set_crq (certificate, request));
  MUST (gnutls_x509_crt_set_key_purpose_oid (certificate, GNUTLS_KP_TLS_WWW_CLIENT, 0));
  sign (certificate, authority);
  MUST (gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &out));
  gnutls_x509_crq_deinit (request);
  gnutls_x509_crt_deinit (certificate);
  return take (&out);
}

char *
test_pki_pin (const char *certificate_pem)
{
  gnutls_x509_crt_t certificate;
  gnutls_datum_t pem = datum (certificate_pem);
  guint8 id[32];
  gsize size = sizeof id;

  MUST (gnutls_x509_crt_init (&certificate));
  MUST (gnutls_x509_crt_import (certificate, &pem, GNUTLS_X509_FMT_PEM));
  MUST (gnutls_x509_crt_get_key_id (certificate, GNUTLS_KEYID_USE_SHA256, id, &size));
  gnutls_x509_crt_deinit (certificate);
  g_autofree char *base64 = g_base64_encode (id, size);
  return g_strconcat ("sha256//", base64, NULL);
}
