/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a decimal exactly: no float ever holds it. */
#include "decimal.h"

#include <string.h>

#define DECIMALS 4

gboolean
retour_decimal_parse (const char *text, RetourDecimal *decimal)
{
  g_return_val_if_fail (text != NULL && decimal != NULL, FALSE);

  gsize whole = strspn (text, "0123456789");
  const char *fraction = text[whole] == '.' ? text + whole + 1 : NULL;
  gsize decimals = fraction != NULL ? strspn (fraction, "0123456789") : 0;
  gsize length = whole + (fraction != NULL ? 1 + decimals : 0);
  if (whole == 0 || (fraction != NULL && decimals == 0) || decimals > DECIMALS || text[length] != '\0'
      || length >= sizeof decimal->written)
    return FALSE;

  gint64 value = 0;
  for (gsize i = 0; i < whole + DECIMALS; i++)
    {
      int digit = 0;
      if (i < whole)
        digit = text[i] - '0';
      else if (i - whole < decimals)
        digit = fraction[i - whole] - '0';
      if (__builtin_mul_overflow (value, 10, &value) || __builtin_add_overflow (value, digit, &value))
        return FALSE;
    }

  decimal->ten_thousandths = value;
  memcpy (decimal->written, text, length + 1);
  return TRUE;
}

int
retour_decimal_compare (const RetourDecimal *a, const RetourDecimal *b)
{
  return (a->ten_thousandths > b->ten_thousandths) - (a->ten_thousandths < b->ten_thousandths);
}
