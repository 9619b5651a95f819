/* SPDX-License-Identifier: Apache-2.0 */
#include "device-key.h"

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>

#include "enrolment.h"

typedef struct gnutls_x509_privkey_int PrivateKey;
typedef struct gnutls_x509_crq_int Request;
typedef struct gnutls_x509_crt_int Certificate;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PrivateKey, gnutls_x509_privkey_deinit)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, gnutls_x509_crq_deinit)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Certificate, gnutls_x509_crt_deinit)

/* The one place where GnuTLS's codes become errors of the house. */
static gboolean
check (int code, RetourEnrolmentError kind, const char *what, GError **error)
{
  if (code >= 0)
    return TRUE;
  g_set_error (error, RETOUR_ENROLMENT_ERROR, kind, "%s: %s", what, gnutls_strerror (code));
  return FALSE;
}

static gboolean
check_making (int code, GError **error)
{
  return check (code, RETOUR_ENROLMENT_ERROR_CRYPTOGRAPHY, "the device key", error);
}

static char *
take_pem (gnutls_datum_t *pem)
{
  char *text = g_strndup ((const char *) pem->data, pem->size);

  memset (pem->data, 0, pem->size);
  gnutls_free (pem->data);
  return text;
}

char *
retour_device_key_new (GError **error)
{
  g_autoptr (PrivateKey) key = NULL;
  gnutls_datum_t pem;

  if (!check_making (gnutls_x509_privkey_init (&key), error)
      || !check_making (gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA,
                                                      GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0),
                        error)
      || !check_making (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &pem),
                        error))
    return NULL;
  return take_pem (&pem);
}

static PrivateKey *
read_key (const char *pem, GError **error)
{
  g_autoptr (PrivateKey) key = NULL;
  gnutls_datum_t datum = { (unsigned char *) (gpointer) pem, (unsigned) strlen (pem) };

  if (!check_making (gnutls_x509_privkey_init (&key), error)
      || !check (gnutls_x509_privkey_import2 (key, &datum, GNUTLS_X509_FMT_PEM, NULL, 0),
                 RETOUR_ENROLMENT_ERROR_DAMAGED, "the device key cannot be read", error))
    return NULL;
  return g_steal_pointer (&key);
}

char *
retour_device_key_request (const char *key_pem, const char *name, GError **error)
{
  g_autoptr (PrivateKey) key = read_key (key_pem, error);
  g_autoptr (Request) request = NULL;
  gnutls_privkey_t signer = NULL;
  gnutls_datum_t pem;

  if (key == NULL)
    return NULL;
  gboolean made = check_making (gnutls_x509_crq_init (&request), error)
                  && check_making (gnutls_x509_crq_set_version (request, 1), error)
                  && check_making (gnutls_x509_crq_set_dn_by_oid (request, GNUTLS_OID_X520_COMMON_NAME, 0, name,
                                                                  (unsigned) strlen (name)),
                                   error)
                  && check_making (gnutls_x509_crq_set_key (request, key), error)
                  && check_making (gnutls_privkey_init (&signer), error)
                  && check_making (gnutls_privkey_import_x509 (signer, key, GNUTLS_PRIVKEY_IMPORT_COPY), error)
                  && check_making (gnutls_x509_crq_privkey_sign (request, signer, GNUTLS_DIG_SHA256, 0), error)
                  && check_making (gnutls_x509_crq_export2 (request, GNUTLS_X509_FMT_PEM, &pem), error);
  if (signer != NULL)
    gnutls_privkey_deinit (signer);
  return made ? take_pem (&pem) : NULL;
}

static gboolean
read_key_id (int code, GError **error)
{
  return check (code, RETOUR_ENROLMENT_ERROR_DAMAGED, "the device certificate", error);
}

gboolean
retour_device_key_fits (const char *key_pem,
                        const char *certificate_pem,
                        RetourInstant *valid_from,
                        RetourInstant *valid_until,
                        GError **error)
{
  g_autoptr (PrivateKey) key = read_key (key_pem, error);
  g_autoptr (Certificate) certificate = NULL;
  gnutls_datum_t datum = { (unsigned char *) (gpointer) certificate_pem, (unsigned) strlen (certificate_pem) };
  guint8 of_key[32], of_certificate[32];
  gsize size = sizeof of_key, other_size = sizeof of_certificate;

  if (key == NULL || !check_making (gnutls_x509_crt_init (&certificate), error)
      || !read_key_id (gnutls_x509_crt_import (certificate, &datum, GNUTLS_X509_FMT_PEM), error)
      || !read_key_id (gnutls_x509_privkey_get_key_id (key, GNUTLS_KEYID_USE_SHA256, of_key, &size), error)
      || !read_key_id (gnutls_x509_crt_get_key_id (certificate, GNUTLS_KEYID_USE_SHA256, of_certificate, &other_size),
                       error))
    return FALSE;
  if (memcmp (of_key, of_certificate, sizeof of_key) != 0)
    {
      g_set_error (error, RETOUR_ENROLMENT_ERROR, RETOUR_ENROLMENT_ERROR_DAMAGED,
                   "the certificate is not of the device's key");
      return FALSE;
    }
  *valid_from = gnutls_x509_crt_get_activation_time (certificate) * RETOUR_SECOND;
  *valid_until = gnutls_x509_crt_get_expiration_time (certificate) * RETOUR_SECOND;
  return TRUE;
}
