/* SPDX-License-Identifier: Apache-2.0 */
/* Check characters of the numbers that are scanned. */
#include "check-character.h"

#include <string.h>

static const char alphanumerics[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

char
retour_check_mod_37_36 (const char *text, gsize length)
{
  guint product = 36;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (text[i]))
        continue;
      const char *place = strchr (alphanumerics, g_ascii_toupper (text[i]));
      guint sum = (product + (guint) (place - alphanumerics)) % 36;
      product = (sum == 0 ? 36 : sum) * 2 % 37;
    }
  return alphanumerics[(37 - product) % 36];
}

gboolean
retour_check_gs1_digit (const char *digits, gsize length)
{
  guint sum = 0;

  if (length < 2)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (digits[i]))
        return FALSE;
      /* Counted from the check digit: 1, 3, 1, 3… */
      sum += (guint) (digits[i] - '0') * ((length - i) % 2 == 0 ? 3 : 1);
    }
  return sum % 10 == 0;
}

gboolean
retour_check_gs1_pair (const char *text, gsize length)
{
  static const char values[] = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
  static const char pair[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  static const guint8 primes[] = { 2,  3,  5,  7,  11, 13, 17, 19, 23, 29, 31, 37,
                                   41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83 };
  guint sum = 0;

  if (length < 3 || length > G_N_ELEMENTS (primes) + 2)
    return FALSE;
  for (gsize i = 0; i < length - 2; i++)
    {
      const char *place = text[i] == '\0' ? NULL : strchr (values, text[i]);
      if (place == NULL)
        return FALSE;
      sum += (guint) (place - values) * primes[length - 3 - i];
    }
  sum %= 1021;
  return text[length - 2] == pair[sum / 32] && text[length - 1] == pair[sum % 32];
}

gboolean
retour_check_iban (const char *text, gsize length)
{
  guint remainder = 0;

  if (length < 5 || !g_ascii_isupper (text[0]) || !g_ascii_isupper (text[1]) || !g_ascii_isdigit (text[2])
      || !g_ascii_isdigit (text[3]))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      char c = text[(i + 4) % length];
      if (g_ascii_isdigit (c))
        remainder = (remainder * 10 + (guint) (c - '0')) % 97;
      else if (g_ascii_isupper (c))
        remainder = (remainder * 100 + (guint) (c - 'A') + 10) % 97;
      else
        return FALSE;
    }
  return remainder == 1;
}
