/* SPDX-License-Identifier: Apache-2.0 */
/* The number a return goes by: "R0214A-00381-S". */
#include "return-number.h"

#include "check-character.h"

#include <string.h>

#define COUNTER_DIGITS_MIN 5
#define COUNTER_DIGITS_MAX 15
/* R, store, terminal, counter and check character without hyphens. */
#define BARE_MIN (1 + 1 + 1 + COUNTER_DIGITS_MIN + 1)
#define BARE_MAX (1 + RETOUR_STORE_CODE_MAX + 1 + COUNTER_DIGITS_MAX + 1)

static gboolean
is_capital_or_digit (char c)
{
  return g_ascii_isupper (c) || g_ascii_isdigit (c);
}

gboolean
retour_store_code_is_valid (const char *store)
{
  gsize length = store != NULL ? strlen (store) : 0;

  if (length < 1 || length > RETOUR_STORE_CODE_MAX)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!is_capital_or_digit (store[i]))
      return FALSE;
  return TRUE;
}

gboolean
retour_terminal_letter_is_valid (char terminal)
{
  return g_ascii_isupper (terminal);
}

char *
retour_return_number_format (const char *store, char terminal, guint64 counter)
{
  g_return_val_if_fail (retour_store_code_is_valid (store), NULL);
  g_return_val_if_fail (retour_terminal_letter_is_valid (terminal), NULL);
  g_return_val_if_fail (counter < G_GUINT64_CONSTANT (1000000000000000), NULL);

  g_autofree char *checked = g_strdup_printf ("R%s%c-%05" G_GUINT64_FORMAT, store, terminal, counter);
  return g_strdup_printf ("%s-%c", checked, retour_check_mod_37_36 (checked, strlen (checked)));
}

/* Copies the capitals and digits of a number. Hyphens are where they belong or nowhere: before the counter, whose first
 * digit follows the terminal's letter, and before the last character. */
static gboolean
take_out_hyphens (const char *text, char bare[BARE_MAX + 1])
{
  gsize size = 0, length = strlen (text);
  gssize hyphens[2] = { -1, -1 };
  guint n_hyphens = 0;

  if (length > BARE_MAX + 2)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      char c = g_ascii_toupper (text[i]);
      if (c == '-' && n_hyphens < 2)
        hyphens[n_hyphens++] = (gssize) size;
      else if (is_capital_or_digit (c) && size < BARE_MAX)
        bare[size++] = c;
      else
        return FALSE;
    }
  bare[size] = '\0';
  if (size < BARE_MIN || n_hyphens == 1)
    return FALSE;
  return n_hyphens == 0
         || (hyphens[1] == (gssize) size - 1 && hyphens[0] < hyphens[1] && hyphens[0] > 0
             && g_ascii_isupper (bare[hyphens[0] - 1]));
}

gboolean
retour_return_number_parse (const char *text, RetourReturnNumber *number)
{
  char bare[BARE_MAX + 1];

  g_return_val_if_fail (text != NULL, FALSE);
  if (!take_out_hyphens (text, bare) || bare[0] != 'R')
    return FALSE;
  gsize size = strlen (bare), counter = size - 1;
  if (retour_check_mod_37_36 (bare, size - 1) != bare[size - 1])
    return FALSE;
  while (counter > 0 && g_ascii_isdigit (bare[counter - 1]))
    counter--;
  gsize digits = size - 1 - counter;
  /* Before the digits: R, a store of one character at least, the terminal's letter. A longer counter has no leading 0. */
  if (counter < 3 || counter > 2 + RETOUR_STORE_CODE_MAX || !retour_terminal_letter_is_valid (bare[counter - 1])
      || digits < COUNTER_DIGITS_MIN || digits > COUNTER_DIGITS_MAX
      || (digits > COUNTER_DIGITS_MIN && bare[counter] == '0'))
    return FALSE;
  if (number == NULL)
    return TRUE;

  *number = (RetourReturnNumber){ .terminal = bare[counter - 1] };
  memcpy (number->store, bare + 1, counter - 2);
  for (gsize i = counter; i < size - 1; i++)
    number->counter = number->counter * 10 + (guint64) (bare[i] - '0');
  return TRUE;
}

gboolean
retour_return_number_is_valid (const char *text)
{
  return retour_return_number_parse (text, NULL);
}

char *
retour_return_number_canonical (const char *text)
{
  RetourReturnNumber number;

  if (!retour_return_number_parse (text, &number))
    return NULL;
  return retour_return_number_format (number.store, number.terminal, number.counter);
}
