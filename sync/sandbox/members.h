/* SPDX-License-Identifier: Apache-2.0 */
/* Members of JSON objects that came from outside. */
#pragma once

#include <glib.h>
#include <json-c/json.h>

G_BEGIN_DECLS

typedef enum
{
  SANDBOX_MEMBERS_ERROR_MALFORMED,
} SandboxMembersError;
#define SANDBOX_MEMBERS_ERROR (sandbox_members_error_quark ())
GQuark sandbox_members_error_quark (void);

/* One JSON object of RFC 8259, UTF-8, at most 24 levels deep, nothing behind it. The caller's (json_object_put). */
json_object *sandbox_members_parse (const char *text, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Borrowed text, NULL when the member is absent, null or no string. */
const char *sandbox_member_text (json_object *object, const char *name);
/* `otherwise` when the member is absent or no whole number. */
gint64 sandbox_member_integer (json_object *object, const char *name, gint64 otherwise);
/* Borrowed array or object, NULL when it is none. */
json_object *sandbox_member_array (json_object *object, const char *name);
json_object *sandbox_member_object (json_object *object, const char *name);

/* Adds a text, nothing when it is NULL. */
void sandbox_member_add_text (json_object *object, const char *name, const char *text);
void sandbox_member_add_instant (json_object *object, const char *name, gint64 instant);

/* Where the value of a top-level member stands in the text of an object that sandbox_members_parse accepted: its very
 * bytes. FALSE when it has no such member. */
gboolean sandbox_members_span (const char *text, gsize length, const char *name, const char **begin, gsize *size)
    G_GNUC_WARN_UNUSED_RESULT;

/* Compact text; the caller's. */
char *sandbox_members_print (json_object *object);

G_END_DECLS
