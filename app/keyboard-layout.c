/* SPDX-License-Identifier: Apache-2.0 */
/* The French layout of xkeyboard-config ("fr") and what the same keys give on the US one ("us"). */
#include "keyboard-layout.h"

/* The same key, unshifted then shifted, row by row. */
static const struct
{
  const char *azerty[2];
  char qwerty[2];
} keys[] = {
  { { "²", "~" }, { '`', '~' } },  { { "&", "1" }, { '1', '!' } },  { { "é", "2" }, { '2', '@' } },
  { { "\"", "3" }, { '3', '#' } }, { { "'", "4" }, { '4', '$' } },  { { "(", "5" }, { '5', '%' } },
  { { "-", "6" }, { '6', '^' } },  { { "è", "7" }, { '7', '&' } },  { { "_", "8" }, { '8', '*' } },
  { { "ç", "9" }, { '9', '(' } },  { { "à", "0" }, { '0', ')' } },  { { ")", "°" }, { '-', '_' } },
  { { "a", "A" }, { 'q', 'Q' } },  { { "z", "Z" }, { 'w', 'W' } },  { { "^", "¨" }, { '[', '{' } },
  { { "$", "£" }, { ']', '}' } },  { { "q", "Q" }, { 'a', 'A' } },  { { "m", "M" }, { ';', ':' } },
  { { "ù", "%" }, { '\'', '"' } }, { { "*", "µ" }, { '\\', '|' } }, { { "w", "W" }, { 'z', 'Z' } },
  { { ",", "?" }, { 'm', 'M' } },  { { ";", "." }, { ',', '<' } },  { { ":", "/" }, { '.', '>' } },
  { { "!", "§" }, { '/', '?' } },
};

static gboolean
append_key (GString *meant, gunichar typed)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    for (guint shift = 0; shift < 2; shift++)
      if (g_utf8_get_char (keys[i].azerty[shift]) == typed)
        {
          g_string_append_c (meant, keys[i].qwerty[shift]);
          return TRUE;
        }
  return FALSE;
}

char *
retour_keyboard_azerty_to_qwerty (const char *text)
{
  GString *meant = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!append_key (meant, g_utf8_get_char (p)))
      g_string_append_len (meant, p, g_utf8_next_char (p) - p);
  return g_string_free (meant, FALSE);
}
