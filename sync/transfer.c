/* SPDX-License-Identifier: Apache-2.0 */
#include "transfer.h"

#include <sodium.h>
#include <string.h>

#include "wire.h"

#define DEFAULT_CAP (4 * 1024 * 1024)
#define PROBLEM_CAP (64 * 1024)
#define SLOWEST 64 /* bytes a second, decoded, averaged over the stall time-out */

RetourTransfer *
retour_transfer_new (guint number, const RetourTransportRequest *request, const RetourClock *clock)
{
  RetourTransfer *transfer = g_new0 (RetourTransfer, 1);
  guint8 nonce[16];

  transfer->number = number;
  transfer->clock = clock;
  transfer->body = request->body;
  transfer->done = request->done;
  transfer->user_data = request->user_data;
  transfer->path = g_strdup (request->path);
  transfer->expected = g_strdup (request->expected);
  transfer->upload = request->upload ? g_bytes_ref (request->upload) : NULL;
  transfer->media_type = g_strdup (request->media_type ? request->media_type : "application/json");
  transfer->cap = request->cap ? request->cap : DEFAULT_CAP;
  transfer->timeout = request->timeout;
  transfer->long_poll = request->long_poll;
  transfer->date = RETOUR_INSTANT_NONE;
  transfer->sent = transfer->answered = clock->boot (clock->self);
  transfer->collected = g_byte_array_new ();
  randombytes_buf (nonce, sizeof nonce);
  sodium_bin2hex (transfer->nonce, sizeof transfer->nonce, nonce, sizeof nonce);
  return transfer;
}

void
retour_transfer_free (RetourTransfer *transfer)
{
  if (transfer == NULL)
    return;
  if (transfer->easy != NULL)
    curl_easy_cleanup (transfer->easy);
  curl_slist_free_all (transfer->headers);
  g_clear_pointer (&transfer->upload, g_bytes_unref);
  g_byte_array_unref (transfer->collected);
  g_free (transfer->path);
  g_free (transfer->expected);
  g_free (transfer->media_type);
  g_free (transfer->retry_after);
  g_free (transfer->epoch);
  g_free (transfer);
}

/* The value behind "Name:", without spaces around; NULL when the line is another header. The caller's. */
static char *
header_value (const char *line, gsize length, const char *name)
{
  gsize n = strlen (name);

  if (length <= n || line[n] != ':' || g_ascii_strncasecmp (line, name, n) != 0)
    return NULL;
  return g_strstrip (g_strndup (line + n + 1, length - n - 1));
}

static gboolean
is_media_type (const char *value, const char *expected)
{
  gsize n = strlen (expected);

  return g_ascii_strncasecmp (value, expected, n) == 0
         && (value[n] == '\0' || value[n] == ';' || g_ascii_isspace (value[n]));
}

/* A new status line begins a new set of headers: interim responses (1xx) come before the real one. */
static void
begin_headers (RetourTransfer *transfer, const char *line, gsize length)
{
  g_autofree char *text = g_strndup (line, length);
  const char *space = strchr (text, ' ');

  transfer->outline = (RetourReplyOutline){ .status = space ? (guint) g_ascii_strtoull (space + 1, NULL, 10) : 0 };
  transfer->headers_whole = FALSE;
  transfer->date = RETOUR_INSTANT_NONE;
  g_clear_pointer (&transfer->retry_after, g_free);
  g_clear_pointer (&transfer->epoch, g_free);
  transfer->answered = transfer->clock->boot (transfer->clock->self);
}

/* The empty line behind the headers. An answer to another question says that whatever else waits on this connection is not
 * to be believed either. */
static void
end_headers (RetourTransfer *transfer)
{
  transfer->headers_whole = TRUE;
  if (!transfer->outline.nonce_echoed)
    curl_easy_setopt (transfer->easy, CURLOPT_FORBID_REUSE, 1L);
}

static size_t
on_header (char *line, size_t size, size_t count, void *user_data)
{
  RetourTransfer *transfer = user_data;
  gsize length = size * count;
  g_autofree char *value = NULL;

  if (length > 5 && strncmp (line, "HTTP/", 5) == 0)
    begin_headers (transfer, line, length);
  else if (length <= 2)
    end_headers (transfer);
  else if ((value = header_value (line, length, "Retour-Nonce")) != NULL)
    transfer->outline.nonce_echoed = strcmp (value, transfer->nonce) == 0;
  else if ((value = header_value (line, length, "Retour-Protocol")) != NULL)
    transfer->outline.protocol_known = strcmp (value, "1") == 0;
  else if ((value = header_value (line, length, "Content-Type")) != NULL)
    transfer->outline.media_type_expected = transfer->expected != NULL && is_media_type (value, transfer->expected);
  else if ((value = header_value (line, length, "Date")) != NULL)
    transfer->date = retour_http_date_parse (value);
  else if ((value = header_value (line, length, "Retour-Changes")) != NULL)
    transfer->announced = g_ascii_strtoull (value, NULL, 10);
  else if ((value = header_value (line, length, "Retour-Epoch")) != NULL)
    {
      g_free (transfer->epoch);
      transfer->epoch = g_utf8_make_valid (value, -1);
    }
  else if (transfer->retry_after == NULL)
    transfer->retry_after = header_value (line, length, "Retry-After");
  return length;
}

static size_t
collect (RetourTransfer *transfer, const char *bytes, gsize length, gsize cap)
{
  if (transfer->collected->len + length > cap)
    {
      transfer->too_large = TRUE;
      return CURL_WRITEFUNC_ERROR;
    }
  g_byte_array_append (transfer->collected, (const guint8 *) bytes, (guint) length);
  return length;
}

/* curl has unpacked what comes here: the caps are on decoded bytes, which a packed bomb cannot get around. */
static size_t
on_body (char *bytes, size_t size, size_t count, void *user_data)
{
  RetourTransfer *transfer = user_data;
  gsize length = size * count;

  transfer->outline.end = RETOUR_TRANSFER_DONE;
  if (retour_verdict_judge (&transfer->outline) != RETOUR_VERDICT_OK)
    {
      /* Not an answer to use: a problem document is read, of anything else the beginning is enough. */
      if (transfer->collected->len + length > PROBLEM_CAP)
        return length;
      return collect (transfer, bytes, length, PROBLEM_CAP);
    }
  if (transfer->body == NULL)
    return collect (transfer, bytes, length, transfer->cap);
  switch (transfer->body (transfer->number, bytes, length, transfer->user_data))
    {
    case RETOUR_BODY_MORE:
      return length;
    case RETOUR_BODY_PAUSE:
      transfer->paused = TRUE;
      return CURL_WRITEFUNC_PAUSE;
    case RETOUR_BODY_STOP:
      transfer->stopped = TRUE;
      return CURL_WRITEFUNC_ERROR;
    }
  g_return_val_if_reached (CURL_WRITEFUNC_ERROR);
}

static gboolean
set_headers (RetourTransfer *transfer)
{
  g_autofree char *nonce = g_strdup_printf ("Retour-Nonce: %s", transfer->nonce);
  g_autofree char *accept =
      g_strdup_printf ("Accept: %s, application/problem+json", transfer->expected ? transfer->expected : "*/*");
  g_autofree char *media_type = g_strdup_printf ("Content-Type: %s", transfer->media_type);
  const char *lines[] = { nonce, "Retour-Protocol: 1", accept, "Expect:", transfer->upload ? media_type : NULL };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      struct curl_slist *longer;
      if (lines[i] == NULL)
        continue;
      if ((longer = curl_slist_append (transfer->headers, lines[i])) == NULL)
        return FALSE;
      transfer->headers = longer;
    }
  return curl_easy_setopt (transfer->easy, CURLOPT_HTTPHEADER, transfer->headers) == CURLE_OK;
}

/* One place where every option is set and every result looked at: one that is not taken refuses the request, for each of
 * them is a promise. */
#define SET(option, value)                                                                                             \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    if (curl_easy_setopt (transfer->easy, option, value) != CURLE_OK)                                                  \
      return "libcurl does not take " #option;                                                                         \
  }                                                                                                                    \
  G_STMT_END

static const char *
set_identity (RetourTransfer *transfer, const RetourTransferSettings *settings)
{
  SET (CURLOPT_SSL_VERIFYPEER, settings->authority_pem ? 1L : 0L);
  SET (CURLOPT_SSL_VERIFYHOST, settings->authority_pem ? 2L : 0L);
  SET (CURLOPT_SSLVERSION, (long) (CURL_SSLVERSION_TLSv1_2 | CURL_SSLVERSION_MAX_TLSv1_3));
  /* Debian's curl has the system's authorities as defaults; none of them may speak for the OMS. */
  SET (CURLOPT_CAINFO, (char *) NULL);
  SET (CURLOPT_CAPATH, (char *) NULL);
  if (settings->authority_pem != NULL)
    {
      struct curl_blob blob = { settings->authority_pem, strlen (settings->authority_pem), CURL_BLOB_COPY };
      SET (CURLOPT_CAINFO_BLOB, &blob);
    }
  if (settings->pins != NULL)
    SET (CURLOPT_PINNEDPUBLICKEY, settings->pins);
  if (settings->device_pem != NULL)
    {
      struct curl_blob blob = { settings->device_pem, strlen (settings->device_pem), CURL_BLOB_COPY };
      SET (CURLOPT_SSLCERTTYPE, "PEM");
      SET (CURLOPT_SSLCERT_BLOB, &blob);
      SET (CURLOPT_SSLKEYTYPE, "PEM");
      SET (CURLOPT_SSLKEY_BLOB, &blob);
    }
  return NULL;
}

static const char *
set_limits (RetourTransfer *transfer, const RetourTransferSettings *settings)
{
  SET (CURLOPT_CONNECTTIMEOUT_MS, (long) settings->connect_timeout);
  SET (CURLOPT_TIMEOUT_MS, (long) transfer->timeout);
  SET (CURLOPT_LOW_SPEED_LIMIT, transfer->long_poll ? 0L : (long) SLOWEST);
  SET (CURLOPT_LOW_SPEED_TIME, transfer->long_poll ? 0L : (long) settings->stall_timeout);
  SET (CURLOPT_MAXLIFETIME_CONN, 3600L);
  SET (CURLOPT_TCP_KEEPALIVE, 1L);
  SET (CURLOPT_NOSIGNAL, 1L);
  SET (CURLOPT_QUICK_EXIT, 1L);
  return NULL;
}

static const char *
set_route (RetourTransfer *transfer, const RetourTransferSettings *settings)
{
  g_autofree char *url = g_strconcat (settings->address, transfer->path, NULL);

  SET (CURLOPT_URL, url);
  SET (CURLOPT_PROTOCOLS_STR, "https");
  SET (CURLOPT_REDIR_PROTOCOLS_STR, "https");
  SET (CURLOPT_FOLLOWLOCATION, 0L);
  SET (CURLOPT_NOPROXY, "*");
  SET (CURLOPT_PROXY, "");
  SET (CURLOPT_NETRC, (long) CURL_NETRC_IGNORED);
  SET (CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  SET (CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_1_1);
  SET (CURLOPT_ACCEPT_ENCODING, "zstd, gzip");
  SET (CURLOPT_USERAGENT, "Retour/" RETOUR_VERSION);
  return NULL;
}

static const char *
set_callbacks (RetourTransfer *transfer)
{
  SET (CURLOPT_ERRORBUFFER, transfer->error_text);
  SET (CURLOPT_PRIVATE, transfer);
  SET (CURLOPT_HEADERFUNCTION, on_header);
  SET (CURLOPT_HEADERDATA, transfer);
  SET (CURLOPT_WRITEFUNCTION, on_body);
  SET (CURLOPT_WRITEDATA, transfer);
  if (transfer->upload != NULL)
    {
      gsize size;
      gconstpointer bytes = g_bytes_get_data (transfer->upload, &size);
      SET (CURLOPT_POST, 1L);
      SET (CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) size);
      SET (CURLOPT_POSTFIELDS, bytes ? bytes : "");
    }
  return NULL;
}

const char *
retour_transfer_prepare (RetourTransfer *transfer, const RetourTransferSettings *settings)
{
  const char *problem;

  transfer->easy = curl_easy_init ();
  if (transfer->easy == NULL || !set_headers (transfer))
    return "libcurl has no memory";
  if ((problem = set_callbacks (transfer)) == NULL && (problem = set_route (transfer, settings)) == NULL
      && (problem = set_limits (transfer, settings)) == NULL)
    problem = set_identity (transfer, settings);
  return problem;
}

/* A handshake that failed because the line broke is the network's; because the two sides could not agree, a matter of
 * trust. curl has one code for both; OpenSSL names an error of its own only for the second. */
static gboolean
is_handshake_disagreement (const RetourTransfer *transfer)
{
  return strstr (transfer->error_text, "error:") != NULL;
}

RetourTransferEnd
retour_transfer_judge_end (const RetourTransfer *transfer, CURLcode result)
{
  if (result == CURLE_OK)
    return transfer->headers_whole ? RETOUR_TRANSFER_DONE : RETOUR_TRANSFER_FAILED;
  if (transfer->too_large || transfer->stopped)
    return RETOUR_TRANSFER_TOO_LARGE;
  if (result == CURLE_SSL_PINNEDPUBKEYNOTMATCH || result == CURLE_PEER_FAILED_VERIFICATION
      || result == CURLE_SSL_ISSUER_ERROR || result == CURLE_SSL_CERTPROBLEM || result == CURLE_SSL_CACERT_BADFILE
      || (result == CURLE_SSL_CONNECT_ERROR && is_handshake_disagreement (transfer)))
    return RETOUR_TRANSFER_UNTRUSTED;
  return transfer->headers_whole && transfer->outline.status >= 200 ? RETOUR_TRANSFER_CUT : RETOUR_TRANSFER_FAILED;
}

const char *
retour_transfer_describe (const RetourTransfer *transfer, CURLcode result)
{
  if (result == CURLE_OK)
    return transfer->headers_whole ? NULL : "broken off inside the headers";
  if (transfer->too_large)
    return "the answer is longer than it may be";
  return transfer->error_text[0] ? transfer->error_text : curl_easy_strerror (result);
}

static char *
explain (const RetourTransfer *transfer, const RetourReply *reply)
{
  if (reply->verdict == RETOUR_VERDICT_PORTAL)
    {
      if (transfer->outline.protocol_known && !transfer->outline.nonce_echoed)
        return g_strdup ("the answer is not to this question");
      return g_strdup_printf ("HTTP %u from something that is not the OMS", reply->outline.status);
    }
  g_autofree char *problem = retour_problem_read (reply->body, reply->body_length);
  return problem ? g_strdup_printf ("HTTP %u: %s", reply->outline.status, problem)
                 : g_strdup_printf ("HTTP %u", reply->outline.status);
}

void
retour_transfer_report (RetourTransfer *transfer, RetourTransferEnd end, const char *message)
{
  RetourReply reply = {
    .outline = transfer->outline,
    .date = transfer->date,
    .retry_after = retour_retry_after_parse (transfer->retry_after, transfer->date),
    .epoch = transfer->epoch,
    .sent = transfer->sent,
    .answered = transfer->answered,
    .body = (const char *) transfer->collected->data,
    .body_length = transfer->collected->len,
    .message = message,
  };
  g_autofree char *explanation = NULL;

  reply.outline.end = end;
  reply.verdict = retour_verdict_judge (&reply.outline);
  if (message == NULL && reply.verdict != RETOUR_VERDICT_OK)
    reply.message = explanation = explain (transfer, &reply);
  transfer->done (transfer->number, &reply, transfer->user_data);
}
