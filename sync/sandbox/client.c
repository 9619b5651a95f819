/* SPDX-License-Identifier: Apache-2.0 */
#include "client.h"

#include "members.h"

#include <curl/curl.h>
#include <string.h>

G_DEFINE_QUARK (sandbox - client - error - quark, sandbox_client_error)

static size_t
append (char *text, size_t size, size_t n, void *data)
{
  g_string_append_len (data, text, (gssize) (size * n));
  return size * n;
}

static char *
call (json_object *where, const char *method, const char *path, const char *body, GError **error)
{
  g_autofree char *url = g_strconcat (sandbox_member_text (where, "url"), path, NULL);
  g_autofree char *token = g_strconcat ("Retour-Sandbox-Token: ", sandbox_member_text (where, "token"), NULL);
  g_autoptr (GString) answer = g_string_new (NULL);
  struct curl_slist *headers = curl_slist_append (NULL, token);
  CURL *curl = curl_easy_init ();
  long status = 0;
  CURLcode code;

  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt (curl, CURLOPT_CUSTOMREQUEST, method);
  curl_easy_setopt (curl, CURLOPT_CAINFO, sandbox_member_text (where, "ca"));
  curl_easy_setopt (curl, CURLOPT_NOPROXY, "*");
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, 30L);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, append);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, answer);
  if (body != NULL)
    curl_easy_setopt (curl, CURLOPT_POSTFIELDS, body);
  code = curl_easy_perform (curl);
  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_cleanup (curl);
  curl_slist_free_all (headers);
  if (code != CURLE_OK)
    g_set_error (error, SANDBOX_CLIENT_ERROR, SANDBOX_CLIENT_ERROR_NOT_RUNNING, "%s: %s", url,
                 curl_easy_strerror (code));
  else if (status >= 300)
    g_set_error (error, SANDBOX_CLIENT_ERROR, SANDBOX_CLIENT_ERROR_REFUSED, "%ld %s", status, answer->str);
  else
    return g_string_free (g_steal_pointer (&answer), FALSE);
  return NULL;
}

char *
sandbox_client_call (const char *directory, const char *method, const char *path, const char *body, GError **error)
{
  g_autofree char *file = g_build_filename (directory, "sandbox.json", NULL), *text = NULL;
  json_object *where;
  char *answer;

  if (!g_file_get_contents (file, &text, NULL, error))
    return NULL;
  where = sandbox_members_parse (text, strlen (text), error);
  if (where == NULL)
    return NULL;
  answer = call (where, method, path, body, error);
  json_object_put (where);
  return answer;
}
