/* SPDX-License-Identifier: Apache-2.0 */
#include "members.h"

#include <calendar.h>
#include <string.h>

#define DEPTH 24

G_DEFINE_QUARK (sandbox - members - error - quark, sandbox_members_error)

json_object *
sandbox_members_parse (const char *text, gsize length, GError **error)
{
  json_tokener *tokener;
  json_object *object = NULL;
  const char *why = NULL;

  if (length > G_MAXINT / 2)
    {
      g_set_error (error, SANDBOX_MEMBERS_ERROR, SANDBOX_MEMBERS_ERROR_MALFORMED, "too long");
      return NULL;
    }
  tokener = json_tokener_new_ex (DEPTH);
  json_tokener_set_flags (tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
  object = json_tokener_parse_ex (tokener, text, (int) length);
  if (object == NULL)
    why = json_tokener_get_error (tokener) == json_tokener_continue
              ? "cut off"
              : json_tokener_error_desc (json_tokener_get_error (tokener));
  else if (!json_object_is_type (object, json_type_object))
    why = "not an object";
  else if (json_tokener_get_parse_end (tokener) != length)
    why = "something stands behind the object";
  json_tokener_free (tokener);
  if (why != NULL)
    {
      g_set_error (error, SANDBOX_MEMBERS_ERROR, SANDBOX_MEMBERS_ERROR_MALFORMED, "%s", why);
      json_object_put (object);
      return NULL;
    }
  return object;
}

static json_object *
find (json_object *object, const char *name, json_type type)
{
  json_object *value = NULL;

  return json_object_object_get_ex (object, name, &value) && json_object_is_type (value, type) ? value : NULL;
}

const char *
sandbox_member_text (json_object *object, const char *name)
{
  json_object *value = find (object, name, json_type_string);

  return value != NULL ? json_object_get_string (value) : NULL;
}

gint64
sandbox_member_integer (json_object *object, const char *name, gint64 otherwise)
{
  json_object *value = find (object, name, json_type_int);

  return value != NULL ? json_object_get_int64 (value) : otherwise;
}

json_object *
sandbox_member_array (json_object *object, const char *name)
{
  return find (object, name, json_type_array);
}

json_object *
sandbox_member_object (json_object *object, const char *name)
{
  return find (object, name, json_type_object);
}

void
sandbox_member_add_text (json_object *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_object_add (object, name, json_object_new_string (text));
}

void
sandbox_member_add_instant (json_object *object, const char *name, gint64 instant)
{
  g_autofree char *text = retour_instant_format (instant - instant % RETOUR_SECOND);

  json_object_object_add (object, name, json_object_new_string (text));
}

static const char *
skip_space (const char *at, const char *end)
{
  while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r'))
    at++;
  return at;
}

/* `at` stands on the opening quote; the result stands behind the closing one. */
static const char *
skip_string (const char *at, const char *end)
{
  for (at++; at < end && *at != '"'; at++)
    if (*at == '\\')
      at++;
  return MIN (at + 1, end);
}

static const char *
skip_value (const char *at, const char *end)
{
  int depth = 0;

  while (at < end)
    {
      if (*at == '"')
        at = skip_string (at, end);
      else if (depth == 0 && (*at == ',' || *at == '}' || *at == ']'))
        break;
      else
        {
          depth += (*at == '{' || *at == '[') - (*at == '}' || *at == ']');
          at++;
        }
      if (depth == 0 && (at[-1] == '}' || at[-1] == ']' || at[-1] == '"'))
        break;
    }
  return at;
}

gboolean
sandbox_members_span (const char *text, gsize length, const char *name, const char **begin, gsize *size)
{
  const char *end = text + length, *at = skip_space (text, end) + 1;
  gsize name_length = strlen (name);
  gboolean any = FALSE;

  /* Of a member that stands twice the parser keeps the last. */
  while (at < end)
    {
      const char *key, *value;
      gboolean found;

      key = skip_space (at, end);
      if (key >= end || *key != '"')
        break;
      at = skip_string (key, end);
      found = (gsize) (at - key) == name_length + 2 && memcmp (key + 1, name, name_length) == 0;
      value = skip_space (skip_space (at, end) + 1, end);
      at = skip_value (value, end);
      if (found)
        {
          while (at > value && (at[-1] == ' ' || at[-1] == '\t' || at[-1] == '\n' || at[-1] == '\r'))
            at--;
          *begin = value;
          *size = (gsize) (at - value);
          any = TRUE;
        }
      at = skip_space (at, end) + 1;
    }
  return any;
}

char *
sandbox_members_print (json_object *object)
{
  return g_strdup (json_object_to_json_string_ext (object, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
}
