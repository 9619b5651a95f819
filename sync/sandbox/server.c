/* SPDX-License-Identifier: Apache-2.0 */
#include "server.h"

#include "approvals.h"
#include "changes.h"
#include "enrolments.h"
#include "members.h"
#include "operations.h"
#include "orders.h"
#include "returns.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <microhttpd.h>
#include <stdio.h>
#include <string.h>

#define LONGEST_BODY (1 << 20)
#define LONGEST_NONCE 128

struct _SandboxServer
{
  struct MHD_Daemon *daemon;
};

G_DEFINE_QUARK (sandbox - server - error - quark, sandbox_server_error)

typedef enum
{
  NEEDS_NOBODY,
  NEEDS_TERMINAL,
  NEEDS_TOKEN,
} Needs;

typedef SandboxReply *(*Handler) (SandboxCall *call);

static SandboxReply *
list_faults (SandboxCall *call)
{
  g_auto (GStrv) specs = sandbox_faults_list (call->sandbox->faults);
  json_object *answer = json_object_new_object (), *list = json_object_new_array ();

  for (guint i = 0; specs[i] != NULL; i++)
    json_object_array_add (list, json_object_new_string (specs[i]));
  json_object_object_add (answer, "faults", list);
  return sandbox_reply_new_json (200, answer);
}

static SandboxReply *
set_faults (SandboxCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) specs = g_ptr_array_new ();
  json_object *asked = sandbox_members_parse (call->body->str, call->body->len, &error);
  json_object *list = asked != NULL ? sandbox_member_array (asked, "faults") : NULL;
  gboolean set;

  for (size_t i = 0; list != NULL && i < json_object_array_length (list); i++)
    g_ptr_array_add (specs, (gpointer) json_object_get_string (json_object_array_get_idx (list, i)));
  g_ptr_array_add (specs, NULL);
  set = list != NULL && sandbox_faults_set (call->sandbox->faults, (const char *const *) specs->pdata, &error);
  json_object_put (asked);
  if (!set)
    return sandbox_reply_new_problem (400, "malformed", "%s",
                                      error != NULL ? error->message : "expected {\"faults\": [\"delay=300\"]}");
  return list_faults (call);
}

static const struct
{
  const char *method, *path; /* one * at most, never empty */
  Needs needs;
  Handler handle;
} routes[] = {
  { "POST", "/v1/enrolments", NEEDS_NOBODY, sandbox_enrolments_enrol },
  { "GET", "/v1/changes", NEEDS_TERMINAL, sandbox_changes_answer },
  { "GET", "/v1/orders", NEEDS_TERMINAL, sandbox_orders_search },
  { "GET", "/v1/orders/*", NEEDS_TERMINAL, sandbox_orders_answer },
  { "GET", "/v1/stock", NEEDS_TERMINAL, sandbox_orders_answer_stock },
  { "POST", "/v1/operations", NEEDS_TERMINAL, sandbox_operations_answer },
  { "GET", "/v1/operations/*", NEEDS_TERMINAL, sandbox_operations_tell },
  { "GET", "/v1/approvals", NEEDS_TERMINAL, sandbox_approvals_poll },
  { "POST", "/v1/approvals", NEEDS_TERMINAL, sandbox_approvals_ask },
  { "POST", "/sandbox/enrolment-codes", NEEDS_TOKEN, sandbox_enrolments_make_code },
  { "GET", "/sandbox/faults", NEEDS_TOKEN, list_faults },
  { "PUT", "/sandbox/faults", NEEDS_TOKEN, set_faults },
  { "PUT", "/sandbox/orders/*", NEEDS_TOKEN, sandbox_orders_replace },
  { "PATCH", "/sandbox/orders/*", NEEDS_TOKEN, sandbox_orders_patch },
  { "DELETE", "/sandbox/orders/*", NEEDS_TOKEN, sandbox_orders_erase },
  { "GET", "/sandbox/terminals", NEEDS_TOKEN, sandbox_enrolments_list },
  { "POST", "/sandbox/terminals/*/revoke", NEEDS_TOKEN, sandbox_enrolments_revoke },
  { "GET", "/sandbox/returns", NEEDS_TOKEN, sandbox_returns_list },
  { "GET", "/sandbox/operations", NEEDS_TOKEN, sandbox_operations_list },
  { "GET", "/sandbox/alarms", NEEDS_TOKEN, sandbox_operations_list_alarms },
  { "POST", "/sandbox/refunds/advance", NEEDS_TOKEN, sandbox_returns_advance },
  { "POST", "/sandbox/cursors/forget", NEEDS_TOKEN, sandbox_changes_forget },
};

/* What the * stands for, the caller's: "" without a *, NULL when the path is another. */
static char *
match (const char *pattern, const char *path)
{
  const char *star = strchr (pattern, '*');
  gsize before, after, length = strlen (path);

  if (star == NULL)
    return strcmp (pattern, path) == 0 ? g_strdup ("") : NULL;
  before = (gsize) (star - pattern);
  after = strlen (star + 1);
  if (length <= before + after || strncmp (path, pattern, before) != 0 || strcmp (path + length - after, star + 1) != 0)
    return NULL;
  g_autofree char *rest = g_strndup (path + before, length - before - after);
  return strchr (rest, '/') == NULL ? g_steal_pointer (&rest) : NULL;
}

static gboolean
is_own (const SandboxCall *call)
{
  return g_str_has_prefix (call->path, "/sandbox/");
}

/* The certificate is verified once a connection, what it may do at each call. */
static const char *
fingerprint_of (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  void **slot = info != NULL ? (void **) &((union MHD_ConnectionInfo *) info)->socket_context : NULL;
  const gnutls_datum_t *chain;
  gnutls_session_t session;
  unsigned status, n;

  if (slot == NULL)
    return NULL;
  if (*slot == NULL)
    {
      session = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_GNUTLS_SESSION)->tls_session;
      chain = gnutls_certificate_get_peers (session, &n);
      if (chain != NULL && gnutls_certificate_verify_peers2 (session, &status) == 0 && status == 0)
        *slot = sandbox_certificate_fingerprint (&chain[0]);
      else
        *slot = g_strdup ("");
    }
  return *(char *) *slot != '\0' ? *slot : NULL;
}

static SandboxReply *
check_caller (SandboxCall *call, Needs needs)
{
  const char *token;
  SandboxReply *refusal;

  switch (needs)
    {
    case NEEDS_NOBODY:
      refusal = sandbox_enrolments_recognise (call, fingerprint_of (call->connection));
      if (refusal != NULL && refusal->status != 403)
        g_clear_pointer (&refusal, sandbox_reply_free);
      return refusal;
    case NEEDS_TERMINAL:
      return sandbox_enrolments_recognise (call, fingerprint_of (call->connection));
    case NEEDS_TOKEN:
      token = sandbox_call_header (call, "Retour-Sandbox-Token");
      if (g_strcmp0 (token, call->sandbox->token) != 0)
        return sandbox_reply_new_problem (401, "certificate-required",
                                          "Retour-Sandbox-Token: not the one of sandbox.json");
      return NULL;
    }
  return NULL;
}

static SandboxReply *
dispatch (SandboxCall *call)
{
  gboolean known = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autofree char *rest = match (routes[i].path, call->path);
      SandboxReply *refusal;

      if (rest == NULL)
        continue;
      known = TRUE;
      if (strcmp (routes[i].method, call->method) != 0)
        continue;
      refusal = call->poll_until == 0 ? check_caller (call, routes[i].needs) : NULL;
      if (refusal != NULL)
        return refusal;
      if (call->too_large)
        return sandbox_reply_new_problem (413, "too-large", "at most 1 MiB");
      call->rest = rest;
      return routes[i].handle (call);
    }
  return known ? sandbox_reply_new_problem (405, "method-not-allowed", NULL)
               : sandbox_reply_new_problem (404, "not-found", NULL);
}

static const char *
valid_nonce (const SandboxCall *call)
{
  const char *nonce = sandbox_call_header (call, "Retour-Nonce");
  gsize length = nonce != NULL ? strlen (nonce) : 0;

  if (length == 0 || length > LONGEST_NONCE)
    return NULL;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (nonce[i]))
      return NULL;
  return nonce;
}

/* NULL: the call waits and comes again. */
static SandboxReply *
answer (SandboxCall *call)
{
  if (call->luck.status != 0)
    return sandbox_reply_new_problem (call->luck.status, "unavailable", "a fault of the sandbox");
  if (!is_own (call) && valid_nonce (call) == NULL)
    return sandbox_reply_new_problem (400, "malformed", "Retour-Nonce: expected 1 to 128 visible characters");
  return dispatch (call);
}

static void
add_date (struct MHD_Response *response, const Sandbox *sandbox)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (sandbox_now (sandbox) / G_USEC_PER_SEC);
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autofree char *text =
      g_strdup_printf ("%s, %02d %s %04d %02d:%02d:%02d GMT", days[g_date_time_get_day_of_week (now) - 1],
                       g_date_time_get_day_of_month (now), months[g_date_time_get_month (now) - 1],
                       g_date_time_get_year (now), g_date_time_get_hour (now), g_date_time_get_minute (now),
                       g_date_time_get_second (now));

  MHD_add_response_header (response, "Date", text);
}

static void
add_epoch (struct MHD_Response *response, Sandbox *sandbox)
{
  sandbox_ledger_lock (sandbox->ledger);
  g_autofree char *epoch = g_strdup (sandbox->epoch);
  sandbox_ledger_unlock (sandbox->ledger);
  MHD_add_response_header (response, "Retour-Epoch", epoch);
}

static void
add_headers (struct MHD_Response *response, SandboxCall *call, const SandboxReply *reply)
{
  const char *nonce = valid_nonce (call);
  g_autofree char *retry_after = g_strdup_printf ("%u", reply->retry_after);
  g_autofree char *changes = g_strdup_printf ("%" G_GINT64_FORMAT, reply->changes);

  MHD_add_response_header (response, "Retour-Protocol", "1");
  add_epoch (response, call->sandbox);
  MHD_add_response_header (response, "Cache-Control", "no-store");
  if (nonce != NULL)
    MHD_add_response_header (response, "Retour-Nonce", call->luck.wrong_nonce ? "another" : nonce);
  if (reply->media_type != NULL)
    MHD_add_response_header (response, "Content-Type", reply->media_type);
  if (reply->encoding != NULL)
    MHD_add_response_header (response, "Content-Encoding", reply->encoding);
  if (reply->etag != NULL)
    MHD_add_response_header (response, "ETag", reply->etag);
  if (reply->retry_after > 0)
    MHD_add_response_header (response, "Retry-After", retry_after);
  if (reply->changes >= 0)
    MHD_add_response_header (response, "Retour-Changes", changes);
}

/* A body that is cut: half of it, then the connection ends. */
typedef struct
{
  GBytes *bytes;
  gsize until;
} Cut;

static ssize_t
read_cut (void *data, uint64_t position, char *buffer, size_t size)
{
  Cut *cut = data;
  gsize n = position < cut->until ? MIN (size, cut->until - position) : 0;

  if (n == 0)
    return MHD_CONTENT_READER_END_WITH_ERROR;
  memcpy (buffer, (const char *) g_bytes_get_data (cut->bytes, NULL) + position, n);
  return (ssize_t) n;
}

static void
free_cut (void *data)
{
  Cut *cut = data;

  g_bytes_unref (cut->bytes);
  g_free (cut);
}

static struct MHD_Response *
make_response (SandboxCall *call, SandboxReply *reply)
{
  gsize size = reply->body != NULL ? g_bytes_get_size (reply->body) : 0;

  if (reply->stream.self != NULL)
    {
      SandboxStream stream = reply->stream;

      reply->stream.self = NULL;
      return MHD_create_response_from_callback (MHD_SIZE_UNKNOWN, 65536, stream.read, stream.self, stream.free);
    }
  if (call->luck.drop && size > 0)
    {
      Cut *cut = g_new (Cut, 1);

      *cut = (Cut){ g_bytes_ref (reply->body), size / 2 };
      return MHD_create_response_from_callback (size, 4096, read_cut, cut, free_cut);
    }
  return MHD_create_response_from_buffer (size, (void *) g_bytes_get_data (reply->body, NULL), MHD_RESPMEM_MUST_COPY);
}

static enum MHD_Result
send_reply (SandboxCall *call, SandboxReply *reply)
{
  struct MHD_Response *response = make_response (call, reply);
  enum MHD_Result sent;

  add_headers (response, call, reply);
  add_date (response, call->sandbox);
  sent = MHD_queue_response (call->connection, reply->status, response);
  MHD_destroy_response (response);
  sandbox_reply_free (reply);
  return sent;
}

static enum MHD_Result
send_portal (SandboxCall *call)
{
  static const char page[] = "<!DOCTYPE html><title>Wi-Fi</title><h1>Bienvenue</h1><p>Acceptez les conditions.</p>";
  struct MHD_Response *response =
      MHD_create_response_from_buffer (sizeof page - 1, (void *) page, MHD_RESPMEM_PERSISTENT);
  enum MHD_Result sent;

  MHD_add_response_header (response, "Content-Type", "text/html");
  add_date (response, call->sandbox);
  sent = MHD_queue_response (call->connection, 200, response);
  MHD_destroy_response (response);
  return sent;
}

static SandboxCall *
call_new (Sandbox *sandbox, struct MHD_Connection *connection, const char *method, const char *path)
{
  SandboxCall *call = g_new0 (SandboxCall, 1);

  call->sandbox = sandbox;
  call->connection = connection;
  call->method = method;
  call->path = path;
  call->body = g_string_new (NULL);
  if (!is_own (call))
    call->luck = sandbox_faults_draw (sandbox->faults, path);
  return call;
}

static enum MHD_Result
complete (SandboxCall *call)
{
  SandboxReply *reply;

  if (call->luck.refuse)
    return MHD_NO;
  if (call->luck.delay > 0 && !call->delayed)
    {
      call->delayed = TRUE;
      sandbox_timer_suspend (call->sandbox->timer, call->connection, 0, 0, (gint64) call->luck.delay * 1000);
      return MHD_YES;
    }
  if (call->luck.portal)
    return send_portal (call);
  reply = answer (call);
  if (reply == NULL)
    {
      sandbox_timer_suspend (call->sandbox->timer, call->connection, SANDBOX_TOPIC_APPROVALS, call->ticket,
                             call->poll_until - g_get_monotonic_time ());
      return MHD_YES;
    }
  if (call->luck.lose_answer)
    {
      sandbox_reply_free (reply);
      return MHD_NO;
    }
  return send_reply (call, reply);
}

static enum MHD_Result
on_access (void *data,
           struct MHD_Connection *connection,
           const char *path,
           const char *method,
           const char *version,
           const char *upload,
           size_t *upload_size,
           void **context)
{
  SandboxCall *call = *context;

  if (call == NULL)
    {
      *context = call_new (data, connection, method, path);
      return MHD_YES;
    }
  if (*upload_size > 0)
    {
      if (call->body->len + *upload_size > LONGEST_BODY)
        call->too_large = TRUE;
      else
        g_string_append_len (call->body, upload, (gssize) *upload_size);
      *upload_size = 0;
      return MHD_YES;
    }
  return complete (call);
}

static void
on_completed (void *data, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode code)
{
  SandboxCall *call = *context;

  if (call == NULL)
    return;
  g_string_free (call->body, TRUE);
  g_free (call->terminal);
  g_free (call->store);
  g_free (call->letter);
  g_free (call);
  *context = NULL;
}

static void
on_connection (void *data, struct MHD_Connection *connection, void **slot, enum MHD_ConnectionNotificationCode code)
{
  if (code == MHD_CONNECTION_NOTIFY_CLOSED)
    g_clear_pointer (slot, g_free);
}

static void
on_log (void *data, const char *format, va_list values)
{
  g_autofree char *text = g_strdup_vprintf (format, values);

  g_debug ("%s", g_strchomp (text));
}

SandboxServer *
sandbox_server_start (Sandbox *sandbox, guint16 port, GError **error)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port) };
  SandboxServer *server;
  struct MHD_Daemon *daemon;
  const union MHD_DaemonInfo *info;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  daemon = MHD_start_daemon (MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | MHD_USE_TLS | MHD_ALLOW_SUSPEND_RESUME
                                 | MHD_USE_SUPPRESS_DATE_NO_CLOCK | MHD_USE_ERROR_LOG,
                             port, NULL, NULL, on_access, sandbox, MHD_OPTION_EXTERNAL_LOGGER, on_log, NULL,
                             MHD_OPTION_THREAD_POOL_SIZE, 2u, MHD_OPTION_SOCK_ADDR, (struct sockaddr *) &address,
                             MHD_OPTION_HTTPS_MEM_KEY, sandbox_authority_get_server_key (sandbox->authority),
                             MHD_OPTION_HTTPS_MEM_CERT, sandbox_authority_get_server_certificate (sandbox->authority),
                             MHD_OPTION_HTTPS_MEM_TRUST, sandbox_authority_get_certificate (sandbox->authority),
                             MHD_OPTION_HTTPS_PRIORITIES, "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2",
                             MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_NOTIFY_CONNECTION,
                             on_connection, NULL, MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_END);
  if (daemon == NULL)
    {
      g_set_error (error, SANDBOX_SERVER_ERROR, SANDBOX_SERVER_ERROR_START, "cannot listen on 127.0.0.1:%u", port);
      return NULL;
    }
  info = MHD_get_daemon_info (daemon, MHD_DAEMON_INFO_BIND_PORT);
  g_free (sandbox->url);
  sandbox->url = g_strdup_printf ("https://127.0.0.1:%u", info->port);
  server = g_new0 (SandboxServer, 1);
  server->daemon = daemon;
  return server;
}

void
sandbox_server_stop (SandboxServer *server)
{
  if (server == NULL)
    return;
  MHD_stop_daemon (server->daemon);
  g_free (server);
}
