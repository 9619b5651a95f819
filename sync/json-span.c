/* SPDX-License-Identifier: Apache-2.0 */
#include "json-span.h"

#include <string.h>

static gsize
skip_space (const char *text, gsize length, gsize at)
{
  while (at < length && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n'))
    at++;
  return at;
}

/* `at` stands on the opening quote; the result behind the closing one, or `length` + 1 when there is none. */
static gsize
skip_text (const char *text, gsize length, gsize at)
{
  for (at++; at < length; at++)
    {
      if (text[at] == '\\')
        at++;
      else if (text[at] == '"')
        return at + 1;
    }
  return length + 1;
}

/* Behind the value that begins at `at`: where its brackets are closed again, or a comma, bracket or space ends it. */
static gsize
skip_value (const char *text, gsize length, gsize at)
{
  gsize depth = 0;

  while (at < length)
    switch (text[at])
      {
      case '"':
        at = skip_text (text, length, at);
        if (depth == 0)
          return at;
        break;
      case '{':
      case '[':
        depth++;
        at++;
        break;
      case '}':
      case ']':
        if (depth == 0)
          return at;
        at++;
        if (--depth == 0)
          return at;
        break;
      case ',':
      case ' ':
      case '\t':
      case '\r':
      case '\n':
        if (depth == 0)
          return at;
        at++;
        break;
      default:
        at++;
      }
  return at;
}

/* Steps over the opening bracket or the comma; FALSE when there is no further item. */
static gboolean
step (const char *text, gsize length, gsize *at, char open)
{
  gsize here = skip_space (text, length, *at);

  if (here >= length || text[here] != (*at == 0 ? open : ','))
    return FALSE;
  *at = skip_space (text, length, here + 1);
  return *at < length && text[*at] != '}' && text[*at] != ']';
}

static gboolean
take_value (const char *text, gsize length, gsize *at, RetourJsonSpan *value)
{
  gsize begin = skip_space (text, length, *at);
  gsize end = skip_value (text, length, begin);

  if (end <= begin || end > length)
    return FALSE;
  *value = (RetourJsonSpan){ text + begin, end - begin };
  *at = end;
  return TRUE;
}

gboolean
retour_json_span_next_member (const char *text, gsize length, gsize *at, RetourJsonSpan *name, RetourJsonSpan *value)
{
  if (!step (text, length, at, '{') || text[*at] != '"')
    return FALSE;
  gsize end = skip_text (text, length, *at);
  if (end > length)
    return FALSE;
  *name = (RetourJsonSpan){ text + *at + 1, end - *at - 2 };
  gsize colon = skip_space (text, length, end);
  if (colon >= length || text[colon] != ':')
    return FALSE;
  *at = colon + 1;
  return take_value (text, length, at, value);
}

gboolean
retour_json_span_next_element (const char *text, gsize length, gsize *at, RetourJsonSpan *value)
{
  return step (text, length, at, '[') && take_value (text, length, at, value);
}

gboolean
retour_json_span_is (const RetourJsonSpan *span, const char *text)
{
  return span->text != NULL && span->length == strlen (text) && memcmp (span->text, text, span->length) == 0;
}

RetourJsonSpan
retour_json_span_member (const char *text, gsize length, const char *name)
{
  RetourJsonSpan found, value;

  for (gsize at = 0; retour_json_span_next_member (text, length, &at, &found, &value);)
    if (retour_json_span_is (&found, name))
      return value;
  return (RetourJsonSpan){ NULL, 0 };
}
