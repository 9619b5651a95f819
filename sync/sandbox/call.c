/* SPDX-License-Identifier: Apache-2.0 */
#include "call.h"

#include <microhttpd.h>
#include <string.h>

/* The titles of the types that assets/oms-api/openapi.yaml lists. */
static const struct
{
  const char *name, *title;
} titles[] = {
  { "malformed", "The request cannot be read" },
  { "certificate-required", "A client certificate in force is needed" },
  { "revoked", "This terminal was revoked" },
  { "code-refused", "The enrolment code is not good" },
  { "not-found", "Not found" },
  { "method-not-allowed", "Not with this method" },
  { "cursor-gone", "The cursor is gone: start again without one" },
  { "too-large", "Too much at once" },
  { "media-type", "Not in this media type" },
  { "unavailable", "Not now" },
  { "operation-reused", "This operation is known with another body" },
  { "body-hash", "The hash is not that of the body" },
  { "unknown-order", "No such order" },
  { "unknown-return", "No such return" },
  { "not-returnable", "The units were never delivered" },
  { "units-taken", "Another return took the units first" },
  { "refund-differs", "The refund is not what the policy gives" },
  { "not-allowed", "A rule refuses" },
  { "approval-invalid", "The approval does not count" },
  { "too-late", "It went too far to be undone" },
};

RetourInstant
sandbox_now (const Sandbox *sandbox)
{
  return g_get_real_time () + sandbox->clock_shift;
}

const char *
sandbox_call_parameter (const SandboxCall *call, const char *name)
{
  return MHD_lookup_connection_value (call->connection, MHD_GET_ARGUMENT_KIND, name);
}

const char *
sandbox_call_header (const SandboxCall *call, const char *name)
{
  return MHD_lookup_connection_value (call->connection, MHD_HEADER_KIND, name);
}

void
sandbox_reply_free (SandboxReply *reply)
{
  if (reply == NULL)
    return;
  g_clear_pointer (&reply->body, g_bytes_unref);
  if (reply->stream.self != NULL)
    reply->stream.free (reply->stream.self);
  g_free (reply->etag);
  g_free (reply);
}

SandboxReply *
sandbox_reply_new (guint status, const char *media_type, char *text)
{
  SandboxReply *reply = g_new0 (SandboxReply, 1);

  reply->status = status;
  reply->media_type = media_type;
  reply->changes = -1;
  reply->body = text != NULL ? g_bytes_new_take (text, strlen (text)) : g_bytes_new_static ("", 0);
  return reply;
}

static char *
print (json_object *object)
{
  return g_strdup (json_object_to_json_string_ext (object, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
}

SandboxReply *
sandbox_reply_new_json (guint status, json_object *object)
{
  SandboxReply *reply = sandbox_reply_new (status, "application/json", print (object));

  json_object_put (object);
  return reply;
}

json_object *
sandbox_problem_new (guint status, const char *name, const char *detail)
{
  json_object *problem = json_object_new_object ();
  g_autofree char *type = g_strconcat ("/problems/", name, NULL);

  json_object_object_add (problem, "type", json_object_new_string (type));
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (strcmp (titles[i].name, name) == 0)
      json_object_object_add (problem, "title", json_object_new_string (titles[i].title));
  json_object_object_add (problem, "status", json_object_new_int ((int) status));
  if (detail != NULL)
    json_object_object_add (problem, "detail", json_object_new_string (detail));
  return problem;
}

SandboxReply *
sandbox_reply_new_problem (guint status, const char *name, const char *format, ...)
{
  g_autofree char *detail = NULL;
  json_object *problem;
  SandboxReply *reply;
  va_list values;

  if (format != NULL)
    {
      va_start (values, format);
      detail = g_strdup_vprintf (format, values);
      va_end (values);
    }
  problem = sandbox_problem_new (status, name, detail);
  reply = sandbox_reply_new (status, "application/problem+json", print (problem));
  json_object_put (problem);
  if (status == 429 || status >= 500)
    reply->retry_after = 1;
  return reply;
}
