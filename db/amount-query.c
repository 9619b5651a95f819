/* SPDX-License-Identifier: Apache-2.0 */
#include "amount-query.h"

#include <string.h>

/* The largest amount of a document, 10^15, has sixteen digits. */
#define MOST_DIGITS 16

/* Digits with at most one mark; spaces between groups were taken out before. */
static gboolean
parse_amount (const char *text, RetourAmountQuery *query)
{
  gint64 whole = 0;
  guint digits = 0, decimals = 0;
  gboolean mark = FALSE;

  for (; *text != '\0'; text++)
    {
      if (*text == ',' || *text == '.')
        {
          if (mark || digits == 0)
            return FALSE;
          mark = TRUE;
          continue;
        }
      if (!g_ascii_isdigit (*text) || ++digits > MOST_DIGITS)
        return FALSE;
      whole = whole * 10 + (*text - '0');
      decimals += mark;
    }
  if (digits == 0 || (mark && decimals == 0) || decimals > 3)
    return FALSE;
  query->whole = whole;
  query->decimals = decimals;
  return TRUE;
}

/* Up to three numbers that one separator parts. */
static guint
parse_numbers (const char *text, char separator, int numbers[3], guint lengths[3])
{
  guint n = 0;

  memset (lengths, 0, 3 * sizeof *lengths);
  numbers[0] = 0;
  for (; *text != '\0'; text++)
    {
      if (*text == separator)
        {
          if (lengths[n] == 0 || ++n == 3)
            return 0;
          numbers[n] = 0;
          continue;
        }
      if (!g_ascii_isdigit (*text) || ++lengths[n] > 4)
        return 0;
      numbers[n] = numbers[n] * 10 + (*text - '0');
    }
  return lengths[n] > 0 ? n + 1 : 0;
}

static gboolean
is_date (int year, int month, int day)
{
  return month >= 1 && month <= 12 && day >= 1
         && day <= g_date_get_days_in_month ((GDateMonth) month, (GDateYear) (year > 0 ? year : 2000));
}

static gboolean
parse_date (const char *text, RetourAmountQuery *query)
{
  static const char separators[] = { '-', '/', '.' };
  int numbers[3];
  guint lengths[3];

  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      const guint n = parse_numbers (text, separators[i], numbers, lengths);
      const gboolean iso = n == 3 && lengths[0] == 4;
      int year = 0;

      if (n < 2 || (n == 3 && !iso && lengths[2] != 2 && lengths[2] != 4))
        continue;
      if (iso)
        year = numbers[0];
      else if (n == 3)
        year = lengths[2] == 2 ? 2000 + numbers[2] : numbers[2];
      if (n == 3 && year == 0)
        continue;
      if (!is_date (year, numbers[1], iso ? numbers[2] : numbers[0]))
        continue;
      query->year = year;
      query->month = numbers[1];
      query->day = iso ? numbers[2] : numbers[0];
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_currency (const char *word)
{
  return strcmp (word, "€") == 0 || strcmp (word, "£") == 0 || strcmp (word, "$") == 0 || strcmp (word, "¥") == 0
         || (strlen (word) == 3 && g_ascii_isalpha (word[0]) && g_ascii_isalpha (word[1]) && g_ascii_isalpha (word[2]));
}

/* One word that is an amount when the other is a date; "2.11" alone could be either, so the other one decides. */
static gboolean
parse_pair (const char *amount, const char *date, RetourAmountQuery *query)
{
  RetourAmountQuery read = { 0 };

  if (!parse_date (date, &read) || !parse_amount (amount, &read))
    return FALSE;
  *query = read;
  return TRUE;
}

gboolean
retour_amount_query_parse (const char *text, RetourAmountQuery *query)
{
  g_autofree char *plain = g_strdup (text);
  g_auto (GStrv) words = NULL;
  const char *wanted[2];
  guint n = 0;

  for (char *p = plain; *p != '\0'; p++)
    if (*p == '\t' || *p == '\n')
      *p = ' ';
  words = g_strsplit (plain, " ", 12);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (g_str_has_suffix (words[i], "€"))
        words[i][strlen (words[i]) - strlen ("€")] = '\0';
      if (*words[i] == '\0' || is_currency (words[i]))
        continue;
      if (n == 2)
        return FALSE;
      wanted[n++] = words[i];
    }
  return n == 2 && (parse_pair (wanted[0], wanted[1], query) || parse_pair (wanted[1], wanted[0], query));
}

gboolean
retour_amount_query_in (const RetourAmountQuery *query, guint exponent, gint64 *amount)
{
  gint64 scaled = query->whole;

  if (query->decimals > exponent)
    return FALSE;
  for (guint i = query->decimals; i < exponent; i++)
    if (__builtin_mul_overflow (scaled, 10, &scaled))
      return FALSE;
  *amount = scaled;
  return TRUE;
}
