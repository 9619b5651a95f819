/* SPDX-License-Identifier: Apache-2.0 */
#include "variant.h"

#include <string.h>

/* Words that say that a size follows; folded. */
static const char *const SIZE_WORDS[] = { "taille", "pointure", "size", "t.", "t", "p.", "eu", "fr", "uk", "us", "it" };
static const char *const COLOUR_WORDS[] = { "couleur", "coloris", "colour", "color" };
static const char *const ONE_SIZES[] = { "unique", "tu", "one size", "os", "u" };
/* What may stand behind the figure of a size; in months, 0 for none. */
static const struct
{
  const char *word;
  int months;
} AGES[] = { { "mois", 1 }, { "months", 1 }, { "m", 1 },  { "ans", 12 },
             { "an", 12 },  { "years", 12 }, { "y", 12 }, { "a", 12 } };

static gboolean
is_among (const char *folded, const char *const *words, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (folded, words[i]) == 0)
      return TRUE;
  return FALSE;
}

/* XS, M, XXL, 3XL: the place of the letter, in steps of two; S/M stands between its two. FALSE when it is none. */
static gboolean
read_letter (const char *folded, int *place)
{
  const char *at = folded;
  int times = 0;

  while (g_ascii_isdigit (*at) && times < 10)
    times = times * 10 + (*at++ - '0');
  if (at == folded)
    for (; *at == 'x'; at++)
      times++;
  else if (*at++ != 'x')
    return FALSE;
  switch (*at)
    {
    case 's':
      *place = -2 - 2 * times;
      break;
    case 'm':
      if (times > 0)
        return FALSE;
      *place = 0;
      break;
    case 'l':
      *place = 2 + 2 * times;
      break;
    default:
      return FALSE;
    }
  at++;
  if (*at == '/')
    {
      int other;

      if (!read_letter (at + 1, &other) || strchr (at + 1, '/') != NULL)
        return FALSE;
      (*place)++;
      return TRUE;
    }
  return *at == '\0';
}

/* 34, 38,5, 85B, 38/40, 90x200, W32 L34, 6 ans: at most three words, one figure at least, and no longer word of letters
 * except an age. */
static gboolean
is_figures (const char *folded)
{
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  gboolean figure = FALSE;

  if (g_strv_length (words) > 3)
    return FALSE;
  for (guint i = 0; words[i] != NULL; i++)
    {
      guint letters = 0;
      gboolean age = FALSE;

      for (gsize j = 0; j < G_N_ELEMENTS (AGES); j++)
        age |= i > 0 && strcmp (words[i], AGES[j].word) == 0;
      for (const char *at = words[i]; *at != '\0'; at = g_utf8_next_char (at))
        {
          gunichar c = g_utf8_get_char (at);

          figure |= c < 128 && g_ascii_isdigit ((char) c);
          if (g_unichar_isalpha (c))
            letters++;
          else if (!g_unichar_isdigit (c) && (c >= 128 || strchr (",./-", (int) c) == NULL))
            return FALSE;
        }
      if (letters > 2 && !age)
        return FALSE;
    }
  return figure;
}

/* What stands behind one of `words` at the start of `part`, or `part` itself. A label ends with a space, a colon or both. */
static const char *
skip_label (const char *part, const char *const *words, gsize n)
{
  g_autofree char *folded = g_utf8_casefold (part, -1);

  for (gsize i = 0; i < n; i++)
    {
      gsize length = strlen (words[i]);
      const char *rest;

      if (strncmp (folded, words[i], length) != 0 || strlen (part) <= length)
        continue;
      rest = part + length;
      if (*rest != ' ' && *rest != ':' && !g_str_has_prefix (rest, "\u00a0"))
        continue;
      while (*rest == ' ' || *rest == ':' || g_str_has_prefix (rest, "\u00a0"))
        rest = g_utf8_next_char (rest);
      if (*rest != '\0')
        return rest;
    }
  return part;
}

/* The size that a part of a variant says, inside `part`; NULL when it says none. */
static const char *
find_size (const char *part)
{
  const char *rest = skip_label (part, SIZE_WORDS, G_N_ELEMENTS (SIZE_WORDS));
  g_autofree char *folded = g_utf8_casefold (rest, -1);
  int place;

  if (read_letter (folded, &place) || is_figures (folded) || is_among (folded, ONE_SIZES, G_N_ELEMENTS (ONE_SIZES)))
    return rest;
  return NULL;
}

static void
add_part (char **to, const char *part)
{
  char *joined = *to != NULL ? g_strdup_printf ("%s · %s", *to, part) : g_strdup (part);

  g_free (*to);
  *to = joined;
}

static GRegex *
get_separators (void)
{
  static GRegex *separators;

  if (g_once_init_enter (&separators))
    g_once_init_leave (&separators, g_regex_new ("\\s*[·•|;]\\s*|\\s+[-–/]\\s+|,\\s+", 0, 0, NULL));
  return separators;
}

RetourVariant
retour_variant_parse (const char *text)
{
  RetourVariant variant = { NULL, NULL };
  g_auto (GStrv) parts = NULL;
  gboolean figures = TRUE;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return variant;
  parts = g_regex_split (get_separators (), text, 0);
  for (guint i = 0; parts[i] != NULL; i++)
    figures &= *g_strstrip (parts[i]) == '\0' || find_size (parts[i]) != NULL;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *size = find_size (parts[i]);

      if (*parts[i] == '\0')
        continue;
      /* Waist and length are one size; beside a colour a second figure is a part of that. */
      if (size != NULL && (variant.size == NULL || figures))
        add_part (&variant.size, size);
      else
        add_part (&variant.colour, skip_label (parts[i], COLOUR_WORDS, G_N_ELEMENTS (COLOUR_WORDS)));
    }
  return variant;
}

void
retour_variant_clear (RetourVariant *variant)
{
  g_clear_pointer (&variant->size, g_free);
  g_clear_pointer (&variant->colour, g_free);
}

gboolean
retour_size_is_only (const char *size)
{
  g_autofree char *folded = size != NULL ? g_utf8_casefold (size, -1) : NULL;

  return folded != NULL && is_among (folded, ONE_SIZES, G_N_ELEMENTS (ONE_SIZES));
}

/* Text with its runs of digits compared as numbers; a longer text of the same start comes later. */
static int
compare_natural (const char *a, const char *b)
{
  while (*a != '\0' && *b != '\0')
    {
      if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b))
        {
          gsize a_digits, b_digits;
          int order;

          for (; *a == '0' && g_ascii_isdigit (a[1]); a++)
            ;
          for (; *b == '0' && g_ascii_isdigit (b[1]); b++)
            ;
          a_digits = strspn (a, "0123456789");
          b_digits = strspn (b, "0123456789");
          if (a_digits != b_digits)
            return a_digits < b_digits ? -1 : 1;
          order = strncmp (a, b, a_digits);
          if (order != 0)
            return order;
          a += a_digits;
          b += b_digits;
        }
      else if (*a != *b)
        return (guchar) *a < (guchar) *b ? -1 : 1;
      else
        a++, b++;
    }
  return *a != '\0' ? 1 : *b != '\0' ? -1 : 0;
}

/* An age in months, 0 when it is none. */
static gint64
read_age (const char *folded)
{
  char *end;
  guint64 figure = g_ascii_strtoull (folded, &end, 10);

  if (end == folded || *end != ' ' || figure > 1000)
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (AGES); i++)
    if (strcmp (end + 1, AGES[i].word) == 0)
      return (gint64) figure * AGES[i].months;
  return 0;
}

enum
{
  FAMILY_AGE,
  FAMILY_FIGURES,
  FAMILY_LETTERS,
  FAMILY_WORDS,
};

static int
family_of (const char *folded, gint64 *place)
{
  int letter;

  *place = read_age (folded);
  if (*place > 0)
    return FAMILY_AGE;
  if (read_letter (folded, &letter))
    {
      *place = letter;
      return FAMILY_LETTERS;
    }
  return strpbrk (folded, "0123456789") != NULL ? FAMILY_FIGURES : FAMILY_WORDS;
}

int
retour_size_compare (const char *a, const char *b)
{
  g_autofree char *a_folded = a != NULL ? g_utf8_casefold (a, -1) : NULL;
  g_autofree char *b_folded = b != NULL ? g_utf8_casefold (b, -1) : NULL;
  gint64 a_place, b_place;
  int a_family, b_family;

  if (a == NULL || b == NULL)
    return a != NULL ? -1 : b != NULL ? 1 : 0;
  a_family = family_of (a_folded, &a_place);
  b_family = family_of (b_folded, &b_place);
  if (a_family != b_family)
    return a_family < b_family ? -1 : 1;
  if (a_place != b_place)
    return a_place < b_place ? -1 : 1;
  return compare_natural (a_folded, b_folded);
}
