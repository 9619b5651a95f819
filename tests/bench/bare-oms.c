/* SPDX-License-Identifier: Apache-2.0 */
#include "bare-oms.h"

#include "enrolment.h"

struct _BareOms
{
  RetourEnrolment *enrolment;
  CURL *easy;
  struct curl_slist *headers;
};

BareOms *
bare_oms_new (const char *directory)
{
  BareOms *oms = g_new0 (BareOms, 1);
  g_autofree char *identity = g_build_filename (directory, "identity", NULL);
  GError *error = NULL;

  curl_global_init (CURL_GLOBAL_DEFAULT);
  oms->enrolment = retour_enrolment_load (identity, &error);
  if (oms->enrolment == NULL)
    g_error ("%s", error->message);
  oms->easy = curl_easy_init ();
  oms->headers = curl_slist_append (oms->headers, "Retour-Nonce: 00112233445566778899aabbccddeeff");
  oms->headers = curl_slist_append (oms->headers, "Retour-Protocol: 1");
  oms->headers = curl_slist_append (oms->headers, "Accept: application/jsonl, application/problem+json");
  oms->headers = curl_slist_append (oms->headers, "Content-Type: application/json");
  oms->headers = curl_slist_append (oms->headers, "Expect:");
  return oms;
}

void
bare_oms_free (BareOms *oms)
{
  curl_easy_cleanup (oms->easy);
  curl_slist_free_all (oms->headers);
  retour_enrolment_free (oms->enrolment);
  g_free (oms);
}

static void
set_identity (BareOms *oms)
{
  const RetourEnrolment *enrolment = oms->enrolment;
  struct curl_blob authority = { enrolment->authority_pem, strlen (enrolment->authority_pem), CURL_BLOB_COPY };
  struct curl_blob device = { enrolment->device_pem, strlen (enrolment->device_pem), CURL_BLOB_COPY };

  curl_easy_setopt (oms->easy, CURLOPT_CAINFO_BLOB, &authority);
  if (*enrolment->pins != '\0')
    curl_easy_setopt (oms->easy, CURLOPT_PINNEDPUBLICKEY, enrolment->pins);
  curl_easy_setopt (oms->easy, CURLOPT_SSLCERTTYPE, "PEM");
  curl_easy_setopt (oms->easy, CURLOPT_SSLCERT_BLOB, &device);
  curl_easy_setopt (oms->easy, CURLOPT_SSLKEYTYPE, "PEM");
  curl_easy_setopt (oms->easy, CURLOPT_SSLKEY_BLOB, &device);
}

void
bare_oms_ask (
    BareOms *oms, const char *path, const char *body, gsize length, curl_write_callback take, gpointer user_data)
{
  g_autofree char *url = g_strconcat (oms->enrolment->address, path, NULL);
  long status = 0;
  CURLcode result;

  curl_easy_reset (oms->easy);
  set_identity (oms);
  curl_easy_setopt (oms->easy, CURLOPT_URL, url);
  curl_easy_setopt (oms->easy, CURLOPT_HTTPHEADER, oms->headers);
  curl_easy_setopt (oms->easy, CURLOPT_ACCEPT_ENCODING, "zstd, gzip");
  curl_easy_setopt (oms->easy, CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_1_1);
  curl_easy_setopt (oms->easy, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt (oms->easy, CURLOPT_WRITEDATA, user_data);
  if (body != NULL)
    {
      curl_easy_setopt (oms->easy, CURLOPT_POST, 1L);
      curl_easy_setopt (oms->easy, CURLOPT_POSTFIELDS, body);
      curl_easy_setopt (oms->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) length);
    }
  result = curl_easy_perform (oms->easy);
  curl_easy_getinfo (oms->easy, CURLINFO_RESPONSE_CODE, &status);
  if (result != CURLE_OK || status != 200)
    g_error ("%s: %s, status %ld", url, curl_easy_strerror (result), status);
}
