/* SPDX-License-Identifier: Apache-2.0 */
#include "code-page.h"

#include <string.h>

/* Not g_convert(): a small system may lack the C library's own tables of these two. */

enum
{
  FIRST_HIGH = 0x80,
  NO_BREAK_SPACE = 0x00A0,
  NARROW_NO_BREAK_SPACE = 0x202F,
};

/* Characters 0x80 to 0xFF in order; U+FFFD where the page has none. */
static const char HIGH_858[] = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ"
                               "áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐"
                               "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀"
                               "ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00AD±‗¾¶§÷¸°¨·¹³²■\u00A0";
static const char HIGH_1252[] = "€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ"
                                "\u00A0¡¢£¤¥¦§¨©ª«¬\u00AD®¯°±²³´µ¶·¸¹º»¼½¾¿"
                                "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß"
                                "àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";

static const struct
{
  const char *character;
  const char *near;
} NEAR_LETTERS[] = {
  { "œ", "oe" }, { "Œ", "OE" }, { "Ÿ", "Y" },      { "‘", "'" },  { "’", "'" }, { "“", "\"" }, { "”", "\"" },
  { "„", "\"" }, { "–", "-" },  { "—", "-" },      { "−", "-" },  { "‐", "-" }, { "‑", "-" },  { "…", "..." },
  { "•", "*" },  { "™", "TM" }, { "\u2009", " " }, { "ẞ", "SS" }, { "ł", "l" }, { "Ł", "L" },  { "đ", "d" },
};

static const char *
get_high (RetourCodePage page)
{
  switch (page)
    {
    case RETOUR_CODE_PAGE_858:
      return HIGH_858;
    case RETOUR_CODE_PAGE_1252:
      return HIGH_1252;
    }
  g_assert_not_reached ();
}

/* The byte, or -1. */
static int
find_byte (RetourCodePage page, gunichar character)
{
  if (character >= ' ' && character < 0x7F)
    return (int) character;
  if (character < FIRST_HIGH || character == 0xFFFD)
    return -1;

  int byte = FIRST_HIGH;

  for (const char *at = get_high (page); *at != '\0'; at = g_utf8_next_char (at), byte++)
    if (g_utf8_get_char (at) == character)
      return byte;
  return -1;
}

static const char *
find_near (gunichar character)
{
  for (gsize i = 0; i < G_N_ELEMENTS (NEAR_LETTERS); i++)
    if (g_utf8_get_char (NEAR_LETTERS[i].character) == character)
      return NEAR_LETTERS[i].near;
  return NULL;
}

static void
append_near (RetourCodePage page, gunichar character, GString *out)
{
  const char *near = find_near (character);
  gunichar plain[4] = { 0 };

  if (near != NULL)
    g_string_append (out, near);
  else if (g_unichar_fully_decompose (character, FALSE, plain, G_N_ELEMENTS (plain)) > 1
           && find_byte (page, plain[0]) >= 0)
    g_string_append_unichar (out, plain[0]);
  else if (!g_unichar_iszerowidth (character))
    g_string_append_c (out, g_unichar_isspace (character) ? ' ' : '?');
}

char *
retour_code_page_transliterate (RetourCodePage page, const char *text)
{
  GString *out = g_string_new (NULL);
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);

  if (composed == NULL)
    return g_string_free (out, FALSE);
  for (const char *at = composed; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (character == NO_BREAK_SPACE || character == NARROW_NO_BREAK_SPACE)
        g_string_append_unichar (out, NO_BREAK_SPACE);
      else if (character == '\n' || find_byte (page, character) >= 0)
        g_string_append_unichar (out, character);
      else
        append_near (page, character, out);
    }
  return g_string_free (out, FALSE);
}

void
retour_code_page_append (RetourCodePage page, const char *text, GByteArray *bytes)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      int found = character == NO_BREAK_SPACE ? ' ' : find_byte (page, character);
      guint8 byte = (guint8) (found >= 0 ? found : '?');

      g_byte_array_append (bytes, &byte, 1);
    }
}
