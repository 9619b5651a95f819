/* SPDX-License-Identifier: Apache-2.0 */
#include "search-words.h"

#include "catalogue.h"

#include <string.h>

/* What is longer is no name and no code. */
#define LONGEST_WORD 64
#define MOST_WORDS 32
#define MOST_WORDS_AND_ARTICLES 128

/* Letters that have no decomposition into a base letter and a mark. */
static const char *
spell (gunichar c)
{
  switch (c)
    {
    case 0x153: /* œ */
      return "oe";
    case 0xe6: /* æ */
      return "ae";
    case 0xdf: /* ß */
      return "ss";
    case 0xf8: /* ø */
      return "o";
    case 0x142: /* ł */
      return "l";
    case 0x111: /* đ */
    case 0xf0:  /* ð */
      return "d";
    case 0xfe: /* þ */
      return "th";
    case 0x131: /* ı */
      return "i";
    default:
      return NULL;
    }
}

static gboolean
is_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text >= 0x80)
      return FALSE;
  return TRUE;
}

char *
retour_words_fold (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *parts = NULL;
  GString *folded;

  if (is_ascii (text))
    return g_ascii_strdown (text, -1);
  valid = g_utf8_make_valid (text, -1);
  parts = g_utf8_normalize (valid, -1, G_NORMALIZE_NFKD);
  folded = g_string_new (NULL);
  for (const char *p = parts; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar c = g_unichar_tolower (g_utf8_get_char (p));
      const char *spelt = spell (c);

      if (spelt != NULL)
        g_string_append (folded, spelt);
      else if (!g_unichar_ismark (c))
        g_string_append_unichar (folded, c);
    }
  return g_string_free (folded, FALSE);
}

static gboolean
has_digit (const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      return TRUE;
  return FALSE;
}

/* Nothing but the letters and digits that most words are made of. */
static gboolean
is_plain (const char *folded)
{
  while (g_ascii_isalnum (*folded))
    folded++;
  return *folded == '\0';
}

/* Folded text without anything but letters and digits. */
static char *
squeeze (const char *folded)
{
  GString *squeezed;

  if (is_plain (folded))
    return g_strdup (folded);
  squeezed = g_string_new (NULL);
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_len (squeezed, p, g_utf8_next_char (p) - p);
  return g_string_free (squeezed, FALSE);
}

char *
retour_words_code (const char *code)
{
  g_autofree char *folded = retour_words_fold (code);

  return squeeze (folded);
}

/* Whether the word is there already; *n: how many words were passed over. */
static gboolean
has_word (const GString *words, const char *word, gsize length, guint *n)
{
  *n = 0;
  for (const char *p = words->str; (p = strchr (p, ' ')) != NULL; (*n)++)
    {
      p++;
      if (*p == *word && strncmp (p, word, length) == 0 && (p[length] == ' ' || p[length] == '\0'))
        return TRUE;
    }
  return FALSE;
}

/* As much of a word as is kept, whole characters. */
static gsize
kept_length (const char *word, gsize length)
{
  const char *p = word;

  if (length <= LONGEST_WORD)
    return length;
  while (p - word < LONGEST_WORD)
    p = g_utf8_next_char (p);
  return (gsize) (p - word);
}

static void
add_word_up_to (GString *words, const char *word, guint most)
{
  const gsize length = strlen (word);
  guint n;

  if (length == 0 || has_word (words, word, length, &n) || n >= most)
    return;
  g_string_append_c (words, ' ');
  g_string_append_len (words, word, (gssize) kept_length (word, length));
}

static void
add_word (GString *words, const char *word)
{
  add_word_up_to (words, word, MOST_WORDS);
}

/* The pieces of one folded word without spaces: "jean-pierre" gives jean, pierre, jeanpierre. */
static void
add_pieces (GString *words, const char *word, gboolean compound)
{
  g_autoptr (GString) piece = NULL;
  g_autofree char *whole = NULL;

  if (is_plain (word))
    {
      add_word (words, word);
      return;
    }
  whole = squeeze (word);
  if (has_digit (word))
    {
      add_word (words, whole);
      return;
    }
  piece = g_string_new (NULL);
  for (const char *p = word;; p = g_utf8_next_char (p))
    {
      if (*p != '\0' && g_unichar_isalnum (g_utf8_get_char (p)))
        {
          g_string_append_len (piece, p, g_utf8_next_char (p) - p);
          continue;
        }
      add_word (words, piece->str);
      g_string_truncate (piece, 0);
      if (*p == '\0')
        break;
    }
  if (compound)
    add_word (words, whole);
}

/* One after the other, the parts of a text that white space separates; NULL at the end. Caller frees. */
static char *
next_part (const char **text)
{
  const char *begin, *end;

  for (begin = *text; *begin != '\0' && g_unichar_isspace (g_utf8_get_char (begin));)
    begin = g_utf8_next_char (begin);
  for (end = begin; *end != '\0' && !g_unichar_isspace (g_utf8_get_char (end));)
    end = g_utf8_next_char (end);
  *text = end;
  return end > begin ? g_strndup (begin, (gsize) (end - begin)) : NULL;
}

void
retour_words_add (GString *words, const char *text)
{
  g_autofree char *folded = NULL;
  const char *rest;
  char *part;

  if (text == NULL)
    return;
  folded = retour_words_fold (text);
  rest = folded;
  while ((part = next_part (&rest)) != NULL)
    {
      add_pieces (words, part, TRUE);
      g_free (part);
    }
}

static void
add_email (GString *words, const char *email)
{
  g_autofree char *folded = NULL;
  g_autofree char *local = NULL;
  const char *at;

  if (email == NULL)
    return;
  folded = retour_words_fold (email);
  g_strdelimit (folded, " \t\r\n", '_');
  at = strrchr (folded, '@');
  local = at != NULL ? g_strndup (folded, (gsize) (at - folded)) : g_strdup (folded);
  /* "zoe.lefevre84": its pieces too, since a word with a digit would stay whole. */
  for (char *save = local, *piece; (piece = strsep (&save, "._-+")) != NULL;)
    add_pieces (words, piece, FALSE);
  if (at != NULL)
    {
      g_autofree char *name = g_strndup (folded, (gsize) (at - folded));

      if (has_digit (name))
        add_pieces (words, name, FALSE);
      add_word (words, folded);
    }
}

/* Length of the country's calling code at the beginning of an international number (ITU-T E.164). */
static gsize
calling_code_length (const char *digits)
{
  static const char *const two[] = { "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43",
                                     "44", "45", "46", "47", "48", "49", "51", "52", "53", "54", "55", "56",
                                     "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
                                     "86", "90", "91", "92", "93", "94", "95", "98", NULL };

  if (digits[0] == '1' || digits[0] == '7')
    return 1;
  for (guint i = 0; two[i] != NULL; i++)
    if (strncmp (digits, two[i], 2) == 0)
      return 2;
  return 3;
}

static const char *
calling_code_of_market (const char *market)
{
  static const char *const codes[][2] = { { "FR", "33" }, { "BE", "32" },  { "CH", "41" }, { "DE", "49" },
                                          { "ES", "34" }, { "GB", "44" },  { "IT", "39" }, { "LU", "352" },
                                          { "NL", "31" }, { "PT", "351" }, { "AT", "43" }, { "IE", "353" } };

  for (guint i = 0; market != NULL && i < G_N_ELEMENTS (codes); i++)
    if (g_ascii_strcasecmp (market, codes[i][0]) == 0)
      return codes[i][1];
  return "33";
}

/* International ("33612345678") and as dialled at home ("0612345678"). */
static void
add_phone (GString *words, const char *phone, const char *market)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  g_autofree char *national = NULL;
  gsize code;

  if (phone == NULL)
    return;
  for (const char *p = phone; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  if (g_str_has_prefix (digits->str, "00"))
    g_string_erase (digits, 0, 2);
  else if (digits->str[0] == '0' && phone[0] != '+')
    {
      g_string_erase (digits, 0, 1);
      g_string_prepend (digits, calling_code_of_market (market));
    }
  if (digits->len < 4)
    return;
  code = calling_code_length (digits->str);
  /* "+33 (0)6…" has the zero that is only dialled at home. */
  if (digits->str[code] == '0')
    g_string_erase (digits, (gssize) code, 1);
  national = g_strconcat ("0", digits->str + code, NULL);
  add_word (words, digits->str);
  add_word (words, national);
}

static void
add_number (GString *words, const char *number)
{
  g_autofree char *code = retour_words_code (number);
  g_autofree char *marked = g_strconcat ("#", code, NULL);
  const char *digits = code;

  if (*code == '\0')
    return;
  add_word (words, marked);
  while (g_ascii_isalpha (*digits))
    digits++;
  if (digits > code && *digits != '\0')
    {
      g_autofree char *bare = g_strconcat ("#", digits, NULL);

      add_word (words, bare);
    }
}

static void
add_code (GString *words, const char *code)
{
  g_autofree char *plain = NULL;

  if (code == NULL)
    return;
  plain = retour_words_code (code);
  add_word (words, plain);
}

/* "=g3600541234567="; printf would take as long as the rest of the order's words. */
static char *
mark_number (char mark, gint64 number)
{
  char text[32];
  char *begin = text + sizeof text;
  guint64 rest = number < 0 ? -(guint64) number : (guint64) number;

  *--begin = '\0';
  *--begin = '=';
  do
    *--begin = (char) ('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (number < 0)
    *--begin = '-';
  *--begin = mark;
  *--begin = '=';
  return g_strdup (begin);
}

char *
retour_words_gtin (const char *gtin)
{
  const gint64 number = retour_gtin_number (gtin);

  return number != 0 ? mark_number ('g', number) : NULL;
}

char *
retour_words_amount (gint64 captured)
{
  return mark_number ('a', captured);
}

static void
add_articles (GString *words, const RetourOrder *order)
{
  for (guint i = 0; i < order->lines->len; i++)
    {
      g_autofree char *word = retour_words_gtin (((const RetourOrderLine *) g_ptr_array_index (order->lines, i))->gtin);

      if (word != NULL)
        add_word_up_to (words, word, MOST_WORDS_AND_ARTICLES);
    }
}

char *
retour_words_of_order (const RetourOrder *order)
{
  GString *words = g_string_sized_new (192);
  g_autofree char *amount = retour_words_amount (retour_order_captured (order));

  retour_words_add (words, order->customer.name);
  add_email (words, order->customer.email);
  add_phone (words, order->customer.phone, order->market);
  add_number (words, order->number);
  for (guint i = 0; i < order->parcels->len; i++)
    {
      const RetourParcel *parcel = g_ptr_array_index (order->parcels, i);

      add_code (words, parcel->tracking);
      add_code (words, parcel->sscc);
    }
  for (guint i = 0; i < order->announced->len; i++)
    add_code (words, ((const RetourAnnouncement *) g_ptr_array_index (order->announced, i))->label);
  add_word_up_to (words, amount, MOST_WORDS_AND_ARTICLES);
  add_articles (words, order);
  return g_string_free (words, FALSE);
}

static gboolean
begins_one (const char *words, const char *beginning, gsize length)
{
  for (const char *p = words; (p = strchr (p, ' ')) != NULL;)
    {
      p++;
      /* The words that nobody types come last. */
      if (*p == '=' && *beginning != '=')
        return FALSE;
      if (*p == '#')
        p++;
      if (strncmp (p, beginning, length) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
retour_words_begin_with (const char *words, const char *beginning)
{
  return begins_one (words, beginning, strlen (beginning));
}

gboolean
retour_words_begin_with_all (const char *words, const char *wanted)
{
  while (*wanted == ' ')
    {
      const char *word = wanted + 1;
      const gsize length = strcspn (word, " ");

      if (!begins_one (words, word, length))
        return FALSE;
      wanted = word + length;
    }
  return TRUE;
}

static gboolean
is_phone_like (const char *part)
{
  return has_digit (part) && part[strspn (part, "0123456789+().-/")] == '\0';
}

/* The digits of a phone number as typed, in the form in which one of its two words begins. */
static void
append_typed_digits (GString *digits, const char *part)
{
  const char *p = part;

  while (*p != '\0')
    {
      if (g_str_has_prefix (p, "(0)"))
        p += 3;
      else
        {
          if (g_ascii_isdigit (*p))
            g_string_append_c (digits, *p);
          p++;
        }
    }
}

static void
flush_digits (GString *words, GString *digits, gboolean international)
{
  if (digits->len > 2 && g_str_has_prefix (digits->str, "00"))
    {
      g_string_erase (digits, 0, 2);
      international = TRUE;
    }
  if (international && g_str_has_prefix (digits->str, "330"))
    g_string_erase (digits, 2, 1);
  add_word (words, digits->str);
  g_string_truncate (digits, 0);
}

char *
retour_words_of_query (const char *query, gboolean joined)
{
  g_autofree char *folded = retour_words_fold (query);
  g_autoptr (GString) digits = g_string_new (NULL);
  GString *words = g_string_new (NULL);
  gboolean international = FALSE;
  const char *rest = folded;
  char *part;

  while ((part = next_part (&rest)) != NULL)
    {
      const gboolean phone = is_phone_like (part);

      if (digits->len > 0 && (!phone || !joined || *part == '+'))
        flush_digits (words, digits, international);
      if (phone)
        {
          if (digits->len == 0)
            international = *part == '+';
          append_typed_digits (digits, part);
        }
      else if (strchr (part, '@') != NULL)
        add_word (words, part);
      else
        add_pieces (words, part, FALSE);
      g_free (part);
    }
  if (digits->len > 0)
    flush_digits (words, digits, international);
  return g_string_free (words, FALSE);
}
