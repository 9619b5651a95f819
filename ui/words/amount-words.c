/* SPDX-License-Identifier: Apache-2.0 */
#include "amount-words.h"

#include <string.h>

char *
retour_amount_words (gint64 amount, const char *currency, RetourLanguage language)
{
  static const char *noughts[RETOUR_N_LANGUAGES][4] = { { NULL, ",0", ",00", ",000" }, { NULL, ".0", ".00", ".000" } };
  char *words = retour_money_format (amount, currency, language);
  unsigned exponent = retour_currency_exponent (currency);
  gint64 unit = 1;
  char *nought;

  for (unsigned i = 0; i < exponent; i++)
    unit *= 10;
  if (exponent == 0 || exponent > 3 || amount % unit != 0)
    return words;
  nought = g_strrstr (words, noughts[language][exponent]);
  if (nought != NULL)
    memmove (nought, nought + exponent + 1, strlen (nought + exponent + 1) + 1);
  return words;
}
