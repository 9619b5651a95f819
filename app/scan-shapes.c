/* SPDX-License-Identifier: Apache-2.0 */
/* The shapes of a chain's own codes. */
#include "scan-shapes.h"

#include "digital-link.h"

#include <string.h>

RetourScanShapes *
retour_scan_shapes_new (void)
{
  RetourScanShapes *shapes = g_new0 (RetourScanShapes, 1);

  shapes->order = g_new0 (char *, 1);
  shapes->return_label = g_new0 (char *, 1);
  shapes->staff = g_new0 (char *, 1);
  shapes->tracking = g_new0 (char *, 1);
  shapes->order_url = g_new0 (char *, 1);
  return shapes;
}

RetourScanShapes *
retour_scan_shapes_copy (const RetourScanShapes *shapes)
{
  RetourScanShapes *copy;

  g_return_val_if_fail (shapes != NULL, NULL);
  copy = g_new0 (RetourScanShapes, 1);
  copy->order = g_strdupv (shapes->order);
  copy->return_label = g_strdupv (shapes->return_label);
  copy->staff = g_strdupv (shapes->staff);
  copy->tracking = g_strdupv (shapes->tracking);
  copy->order_url = g_strdupv (shapes->order_url);
  copy->gdti = g_strdup (shapes->gdti);
  copy->separator = shapes->separator;
  return copy;
}

void
retour_scan_shapes_free (RetourScanShapes *shapes)
{
  if (shapes == NULL)
    return;
  g_strfreev (shapes->order);
  g_strfreev (shapes->return_label);
  g_strfreev (shapes->staff);
  g_strfreev (shapes->tracking);
  g_strfreev (shapes->order_url);
  g_free (shapes->gdti);
  g_free (shapes);
}

static gboolean
has_control (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

static gboolean
character_matches (const char *pattern, const char *text)
{
  switch (*pattern)
    {
    case '#':
      return g_ascii_isdigit (*text);
    case '@':
      return g_ascii_isalpha (*text);
    default:
      return g_utf8_get_char (pattern) == g_utf8_get_char (text);
    }
}

/* One pass: when what follows the last * does not fit, that * takes one character more. */
gboolean
retour_scan_shape_matches (const char *pattern, const char *text)
{
  const char *after_star = NULL, *star_end = NULL;

  g_return_val_if_fail (pattern != NULL && text != NULL, FALSE);
  if (!g_utf8_validate (pattern, -1, NULL) || !g_utf8_validate (text, -1, NULL) || has_control (text))
    return FALSE;
  while (*text != '\0')
    {
      if (*pattern == '*')
        {
          after_star = ++pattern;
          star_end = text = g_utf8_next_char (text);
        }
      else if (*pattern != '\0' && character_matches (pattern, text))
        {
          pattern = g_utf8_next_char (pattern);
          text = g_utf8_next_char (text);
        }
      else if (after_star != NULL)
        {
          pattern = after_star;
          star_end = text = g_utf8_next_char (star_end);
        }
      else
        return FALSE;
    }
  return *pattern == '\0';
}

gboolean
retour_scan_shape_matches_any (const char *const *patterns, const char *text)
{
  for (guint i = 0; patterns != NULL && patterns[i] != NULL; i++)
    if (retour_scan_shape_matches (patterns[i], text))
      return TRUE;
  return FALSE;
}

/* How many bytes of an address are scheme and host, where case says nothing. */
static gsize
authority_length (const char *address)
{
  const char *host = strstr (address, "://");

  return host != NULL ? (gsize) (host + 3 - address) + strcspn (host + 3, "/?#") : 0;
}

static gboolean
address_begins_with (const char *text, const char *beginning, gsize length)
{
  gsize blind = MIN (authority_length (beginning), length);

  return strlen (text) >= length && g_ascii_strncasecmp (text, beginning, blind) == 0
         && strncmp (text + blind, beginning + blind, length - blind) == 0;
}

char *
retour_order_url_read (const char *pattern, const char *text)
{
  static const char place[] = "{order}";

  g_return_val_if_fail (pattern != NULL && text != NULL, NULL);
  const char *hole = strstr (pattern, place);
  if (hole == NULL || !address_begins_with (text, pattern, (gsize) (hole - pattern)))
    return NULL;
  const char *order = text + (hole - pattern);
  const char *rest = hole + strlen (place);
  /* Up to where the pattern goes on, which may be in the middle of a query: "?order={order}&lang=fr". */
  gsize length = strcspn (order, *rest == '&' || strchr (pattern, '?') != NULL ? "/?#&" : "/?#");
  const char *end = order + length;
  if (*rest != '\0' && *rest != '/' && *rest != '?' && *rest != '#' && *rest != '&')
    {
      end = g_strstr_len (order, (gssize) length, rest);
      if (end == NULL)
        return NULL;
      length = (gsize) (end - order);
    }
  if (length == 0 || !g_str_has_prefix (end, rest))
    return NULL;
  end += strlen (rest);
  if (*end == '/' && end[-1] != '/')
    end++;
  if (*end != '\0' && *end != '?' && *end != '#' && *end != '&')
    return NULL;
  g_autofree char *number = retour_percent_decode (order, length);
  if (number == NULL || !g_utf8_validate (number, -1, NULL) || has_control (number))
    return NULL;
  return g_steal_pointer (&number);
}
