/* SPDX-License-Identifier: Apache-2.0 */
#include "dye.h"

#include <string.h>

#define DRAWINGS "/fr/retour/Retour/icons/scalable/actions/"

/* First match wins: "bleu nuit" before "bleu". Words are folded, without accents. */
static const struct
{
  const char *word, *colour;
} DYES[] = {
  { "bleu nuit", "#2f4468" },  { "midnight", "#2f4468" }, { "marine", "#2b3a5c" }, { "navy", "#2b3a5c" },
  { "bleu ciel", "#8fb4d9" },  { "sky", "#8fb4d9" },      { "brut", "#35537d" },   { "indigo", "#35537d" },
  { "bleu", "#3b5b92" },       { "blue", "#3b5b92" },     { "sauge", "#7e9b84" },  { "sage", "#7e9b84" },
  { "terracotta", "#c8663f" }, { "rouille", "#b5583c" },  { "rust", "#b5583c" },   { "noir", "#3a3f43" },
  { "black", "#3a3f43" },      { "blanc", "#eeeae2" },    { "white", "#eeeae2" },  { "ecru", "#d9c7a3" },
  { "ivoire", "#e6dcc4" },     { "ivory", "#e6dcc4" },    { "beige", "#d4bfa0" },  { "camel", "#b98a57" },
  { "gris", "#8a9095" },       { "grey", "#8a9095" },     { "gray", "#8a9095" },   { "rouge", "#a8322f" },
  { "bordeaux", "#7a2c3c" },   { "red", "#a8322f" },      { "vert", "#4f7a55" },   { "kaki", "#77734a" },
  { "khaki", "#77734a" },      { "green", "#4f7a55" },    { "rose", "#d393a0" },   { "pink", "#d393a0" },
  { "marron", "#6b4a35" },     { "brown", "#6b4a35" },    { "jaune", "#d9b340" },  { "moutarde", "#c29a34" },
  { "yellow", "#d9b340" },     { "orange", "#d9853b" },   { "violet", "#6f5691" }, { "purple", "#6f5691" },
  { "lilas", "#a894c0" },      { "lilac", "#a894c0" },
};

/* Lower case without accents; the caller's. */
static char *
fold (const char *words)
{
  g_autofree char *lower = g_utf8_strdown (words, -1);
  g_autofree char *apart = g_utf8_normalize (lower, -1, G_NORMALIZE_ALL);
  g_autoptr (GString) bare = g_string_new (NULL);

  for (const char *at = apart; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_ismark (g_utf8_get_char (at)))
      g_string_append_unichar (bare, g_utf8_get_char (at));
  return g_string_free (g_steal_pointer (&bare), FALSE);
}

gboolean
retour_dye_find (const char *words, GdkRGBA *colour)
{
  g_autofree char *folded = NULL;

  if (words == NULL || !g_utf8_validate (words, -1, NULL))
    return FALSE;
  folded = fold (words);
  for (gsize i = 0; i < G_N_ELEMENTS (DYES); i++)
    if (strstr (folded, DYES[i].word) != NULL)
      return gdk_rgba_parse (colour, DYES[i].colour);
  return FALSE;
}

/* Seams and collars keep their distance to the cloth: every colour moves as the first one does. */
static gboolean
move_colour (const GMatchInfo *match, GString *result, gpointer user_data)
{
  const GdkRGBA *from_to = user_data;
  g_autofree char *written = g_match_info_fetch (match, 0);
  GdkRGBA colour;

  if (!gdk_rgba_parse (&colour, written))
    return FALSE;
  g_string_append_printf (result, "#%02x%02x%02x",
                          (unsigned) (255 * CLAMP (colour.red + from_to[1].red - from_to[0].red, 0.0f, 1.0f)),
                          (unsigned) (255 * CLAMP (colour.green + from_to[1].green - from_to[0].green, 0.0f, 1.0f)),
                          (unsigned) (255 * CLAMP (colour.blue + from_to[1].blue - from_to[0].blue, 0.0f, 1.0f)));
  return FALSE;
}

static char *
dye_text (const char *drawing, const GdkRGBA *colour)
{
  g_autoptr (GRegex) colours = g_regex_new ("#[0-9a-f]{6}", 0, 0, NULL);
  g_autoptr (GMatchInfo) first = NULL;
  g_autofree char *written = NULL;
  GdkRGBA from_to[2];

  if (!g_regex_match (colours, drawing, 0, &first))
    return NULL;
  written = g_match_info_fetch (first, 0);
  if (!gdk_rgba_parse (&from_to[0], written))
    return NULL;
  from_to[1] = *colour;
  return g_regex_replace_eval (colours, drawing, -1, 0, 0, move_colour, from_to, NULL);
}

GdkPaintable *
retour_dye_drawing (const char *icon, const char *words, int size)
{
  g_autofree char *path = g_strdup_printf (DRAWINGS "%s.svg", icon);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GdkPixbuf) pixels = NULL;
  g_autofree char *drawing = NULL;
  char *dyed;
  GdkRGBA colour;

  if (!retour_dye_find (words, &colour) || !g_str_has_prefix (icon, "rt-product-"))
    return NULL;
  bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (bytes == NULL)
    return NULL;
  drawing = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  dyed = dye_text (drawing, &colour);
  if (dyed == NULL)
    return NULL;
  stream = g_memory_input_stream_new_from_data (dyed, (gssize) strlen (dyed), g_free);
  pixels = gdk_pixbuf_new_from_stream_at_scale (stream, size, size, TRUE, NULL, NULL);
  return pixels != NULL ? GDK_PAINTABLE (gdk_texture_new_for_pixbuf (pixels)) : NULL;
}
