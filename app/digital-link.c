/* SPDX-License-Identifier: Apache-2.0 */
/* GS1 Digital Link. */
#include "digital-link.h"

#include "gs1-table.h"

#include <string.h>

/* The AIs that may lead, and what may follow each in the path: one of the rows, in that order, any left out. */
static const struct
{
  const char *ai;
  const char *qualifiers[2][4];
} primary_keys[] = {
  { "00", { { NULL } } },
  { "01", { { "22", "10", "21", NULL }, { "235", NULL } } },
  { "253", { { NULL } } },
  { "255", { { NULL } } },
  { "401", { { NULL } } },
  { "402", { { NULL } } },
  { "414", { { "254", NULL }, { "7040", NULL } } },
  { "415", { { "8020", NULL } } },
  { "417", { { "7040", NULL } } },
  { "8003", { { NULL } } },
  { "8004", { { "7040", NULL } } },
  { "8006", { { "22", "10", "21", NULL } } },
  { "8010", { { "8011", NULL } } },
  { "8013", { { NULL } } },
  { "8017", { { "8019", NULL } } },
  { "8018", { { "8019", NULL } } },
};

char *
retour_percent_decode (const char *text, gsize length)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr (GString) decoded = g_string_sized_new (length);
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] != '%')
        {
          g_string_append_c (decoded, text[i]);
          continue;
        }
      int high = i + 2 < length ? g_ascii_xdigit_value (text[i + 1]) : -1;
      int low = high >= 0 ? g_ascii_xdigit_value (text[i + 2]) : -1;
      if (low < 0 || (high == 0 && low == 0))
        return NULL;
      g_string_append_c (decoded, (char) (high * 16 + low));
      i += 2;
    }
  return g_string_free (g_steal_pointer (&decoded), FALSE);
}

/* Where the path (or the query, or the end) begins after scheme and host, or NULL when this is no web address. */
static const char *
skip_authority (const char *text)
{
  gsize scheme;

  if (g_ascii_strncasecmp (text, "https://", 8) == 0)
    scheme = 8;
  else if (g_ascii_strncasecmp (text, "http://", 7) == 0)
    scheme = 7;
  else
    return NULL;
  const char *host = text + scheme, *end = host + strcspn (host, "/?#");
  for (const char *p = host; p < end; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-._~:@[]", *p) == NULL)
      return NULL;
  return end > host ? end : NULL;
}

static gssize
find_primary_key (const char *ai)
{
  for (guint i = 0; i < G_N_ELEMENTS (primary_keys); i++)
    if (g_str_equal (primary_keys[i].ai, ai))
      return (gssize) i;
  return -1;
}

/* Steps over the segments (AI, value, AI, value…) that follow in that row; returns the first that does not. */
static char *const *
skip_qualifiers (const char *const *row, char *const *segments)
{
  for (; segments[0] != NULL; segments += 2)
    {
      while (*row != NULL && !g_str_equal (*row, segments[0]))
        row++;
      if (*row == NULL)
        break;
      row++;
    }
  return segments;
}

static gboolean
add_encoded (RetourGs1 *gs1, const char *ai, const char *value)
{
  g_autofree char *decoded = retour_percent_decode (value, strlen (value));

  if (decoded == NULL)
    return retour_gs1_refuse (gs1, ai, strlen (ai), "a wrong percent escape");
  return retour_gs1_add (gs1, ai, decoded, strlen (decoded));
}

/* `segments` begins with the primary key. */
static gboolean
read_path (RetourGs1 *gs1, gsize key, char *const *segments)
{
  const char *const(*rows)[4] = primary_keys[key].qualifiers;

  if (!add_encoded (gs1, segments[0], segments[1]))
    return FALSE;
  char *const *misplaced = skip_qualifiers (rows[0], segments + 2);
  char *const *other = skip_qualifiers (rows[1], segments + 2);
  misplaced = MAX (misplaced, other);
  if (*misplaced != NULL)
    return retour_gs1_refuse (gs1, *misplaced, strlen (*misplaced), "may not stand here in the path");
  for (segments += 2; segments[0] != NULL; segments += 2)
    if (!add_encoded (gs1, segments[0], segments[1]))
      return FALSE;
  return TRUE;
}

/* Names that are not numbers are somebody else's. */
static gboolean
read_query (RetourGs1 *gs1, const char *query)
{
  g_auto (GStrv) parameters = g_strsplit_set (query, "&;", -1);

  for (guint i = 0; parameters[i] != NULL; i++)
    {
      gsize name_length = strcspn (parameters[i], "=");
      if (name_length == 0 || strspn (parameters[i], "0123456789") != name_length)
        continue;
      g_autofree char *ai = g_strndup (parameters[i], name_length);
      const RetourGs1Ai *known = retour_gs1_find_exactly (ai);
      if (known == NULL)
        return retour_gs1_refuse (gs1, ai, name_length, "no such application identifier");
      if (known->traits & RETOUR_GS1_NOT_IN_QUERY)
        return retour_gs1_refuse (gs1, ai, name_length, "may not stand in the query");
      if (retour_gs1_get (gs1, ai) != NULL)
        return retour_gs1_refuse (gs1, ai, name_length, "twice");
      const char *value = parameters[i] + name_length;
      if (!add_encoded (gs1, ai, *value == '=' ? value + 1 : value))
        return FALSE;
    }
  return TRUE;
}

RetourGs1 *
retour_digital_link_read (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  const char *path = skip_authority (text);
  if (path == NULL || *path != '/')
    return NULL;
  gsize path_length = strcspn (path, "?#");
  const char *query = path[path_length] == '?' ? path + path_length + 1 : "";
  if (path[path_length - 1] == '/')
    path_length--;
  g_autofree char *path_text = g_strndup (path, path_length);
  g_auto (GStrv) segments = g_strsplit (path_text, "/", -1);

  gssize first = (gssize) g_strv_length (segments) - 2, key = -1;
  while (first >= 0 && (key = find_primary_key (segments[first])) < 0)
    first -= 2;
  if (key < 0)
    return NULL;
  g_autoptr (RetourGs1) gs1 = retour_gs1_new ();
  g_autofree char *query_text = g_strndup (query, strcspn (query, "#"));
  if (read_path (gs1, (gsize) key, segments + first))
    read_query (gs1, query_text);
  return g_steal_pointer (&gs1);
}
