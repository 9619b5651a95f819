/* SPDX-License-Identifier: Apache-2.0 */
/* Whole minor units: arithmetic that says when it leaves the range, sharing without losing a cent, and the spelling of
 * amounts for people and for scripts. */
#include "money.h"

#include <string.h>

__extension__ typedef __int128 Wide;

/* U+2212, U+202F, U+00A0: the typographic rules of UI.md. */
#define MINUS "\u2212"
#define NARROW_NO_BREAK_SPACE "\u202f"
#define NO_BREAK_SPACE "\u00a0"

typedef struct
{
  char code[4];
  guint exponent;
} CurrencyExponent;

/* ISO 4217: those whose exponent is not 2. */
static const CurrencyExponent exponents[] = {
  { "BHD", 3 }, { "BIF", 0 }, { "CLF", 4 }, { "CLP", 0 }, { "DJF", 0 }, { "GNF", 0 }, { "IQD", 3 },
  { "ISK", 0 }, { "JOD", 3 }, { "JPY", 0 }, { "KMF", 0 }, { "KRW", 0 }, { "KWD", 3 }, { "LYD", 3 },
  { "OMR", 3 }, { "PYG", 0 }, { "RWF", 0 }, { "TND", 3 }, { "UGX", 0 }, { "UYI", 0 }, { "UYW", 4 },
  { "VND", 0 }, { "VUV", 0 }, { "XAF", 0 }, { "XOF", 0 }, { "XPF", 0 },
};

typedef struct
{
  char code[4];
  const char *symbol;
} CurrencySymbol;

/* Only symbols that no other currency shares in both our languages; the others are shown by their code. */
static const CurrencySymbol symbols[] = { { "EUR", "€" }, { "GBP", "£" }, { "JPY", "¥" }, { "USD", "$" } };

unsigned
retour_currency_exponent (const char *currency)
{
  g_return_val_if_fail (currency != NULL, 2);

  for (gsize i = 0; i < G_N_ELEMENTS (exponents); i++)
    if (strcmp (exponents[i].code, currency) == 0)
      return exponents[i].exponent;
  return 2;
}

gboolean
retour_currency_is_valid (const char *currency)
{
  if (currency == NULL || strlen (currency) != 3)
    return FALSE;
  for (int i = 0; i < 3; i++)
    if (!g_ascii_isupper (currency[i]))
      return FALSE;
  return TRUE;
}

gboolean
retour_money_add (gint64 a, gint64 b, gint64 *sum)
{
  gint64 result;
  if (__builtin_add_overflow (a, b, &result))
    return FALSE;
  *sum = result;
  return TRUE;
}

gboolean
retour_money_multiply (gint64 a, gint64 b, gint64 *product)
{
  gint64 result;
  if (__builtin_mul_overflow (a, b, &result))
    return FALSE;
  *product = result;
  return TRUE;
}

gboolean
retour_money_multiply_divide (gint64 a, gint64 b, gint64 c, gint64 *result)
{
  g_return_val_if_fail (c > 0, FALSE);

  Wide product = (Wide) a * b;
  gboolean negative = product < 0;
  Wide magnitude = negative ? -product : product;
  Wide quotient = magnitude / c;
  if (magnitude % c >= c - magnitude % c)
    quotient++;
  if (quotient > (Wide) G_MAXINT64)
    return FALSE;
  *result = negative ? -(gint64) quotient : (gint64) quotient;
  return TRUE;
}

typedef struct
{
  gsize index;
  gint64 remainder; /* of amount * weight / total: below total, so of one range with it */
} Fraction;

static int
compare_fractions (gconstpointer a, gconstpointer b)
{
  const Fraction *left = a, *right = b;
  if (left->remainder != right->remainder)
    return left->remainder > right->remainder ? -1 : 1;
  return left->index < right->index ? -1 : 1;
}

/* Weights are halved together until their sum fits: only sums beyond 2^63 lose their last bits, which no document reaches. */
static gint64
sum_weights (const gint64 *weights, gsize n, int *shift)
{
  Wide total = 0;
  for (gsize i = 0; i < n; i++)
    total += weights[i];
  for (*shift = 0; total > G_MAXINT64; (*shift)++)
    {
      total = 0;
      for (gsize i = 0; i < n; i++)
        total += weights[i] >> (*shift + 1);
    }
  return (gint64) total;
}

void
retour_money_spread (gint64 amount, const gint64 *weights, gsize n, gint64 *shares)
{
  g_return_if_fail (amount >= 0);
  g_return_if_fail (n > 0 || amount == 0);

  int shift;
  gint64 total = sum_weights (weights, n, &shift);
  if (total == 0)
    {
      for (gsize i = 0; i < n; i++)
        shares[i] = i == 0 ? amount : 0;
      return;
    }

  g_autofree Fraction *fractions = g_new (Fraction, n);
  gint64 left = amount;
  for (gsize i = 0; i < n; i++)
    {
      Wide product = (Wide) amount * (weights[i] >> shift);
      shares[i] = (gint64) (product / total);
      fractions[i] = (Fraction){ i, (gint64) (product % total) };
      left -= shares[i];
    }
  if (left == 0)
    return;
  qsort (fractions, n, sizeof *fractions, compare_fractions);
  for (gsize i = 0; left > 0; i++, left--)
    shares[fractions[i].index]++;
}

static const char *
find_symbol (const char *currency)
{
  for (gsize i = 0; i < G_N_ELEMENTS (symbols); i++)
    if (strcmp (symbols[i].code, currency) == 0)
      return symbols[i].symbol;
  return NULL;
}

/* "1234" grouped by threes: "1 234" or "1,234". */
static void
append_grouped (GString *text, guint64 whole, const char *separator)
{
  char digits[24];
  int length = g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, whole);
  for (int i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (text, separator);
      g_string_append_c (text, digits[i]);
    }
}

static void
append_number (GString *text, guint64 magnitude, guint exponent, const char *separator, char mark)
{
  guint64 scale = 1;
  for (guint i = 0; i < exponent; i++)
    scale *= 10;
  append_grouped (text, magnitude / scale, separator);
  if (exponent > 0)
    g_string_append_printf (text, "%c%0*" G_GUINT64_FORMAT, mark, (int) exponent, magnitude % scale);
}

static guint64
magnitude_of (gint64 amount)
{
  return amount < 0 ? (guint64) 0 - (guint64) amount : (guint64) amount;
}

static char *
format_amount (gint64 amount, const char *currency, RetourLanguage language, gboolean plus)
{
  const char *symbol = find_symbol (currency);
  guint exponent = retour_currency_exponent (currency);
  GString *text = g_string_new (amount < 0 ? MINUS : plus && amount > 0 ? "+" : "");

  switch (language)
    {
    case RETOUR_LANGUAGE_FRENCH:
      append_number (text, magnitude_of (amount), exponent, NARROW_NO_BREAK_SPACE, ',');
      g_string_append_printf (text, NO_BREAK_SPACE "%s", symbol != NULL ? symbol : currency);
      break;
    case RETOUR_LANGUAGE_ENGLISH:
      g_string_append (text, symbol != NULL ? symbol : currency);
      g_string_append (text, symbol != NULL ? "" : NO_BREAK_SPACE);
      append_number (text, magnitude_of (amount), exponent, ",", '.');
      break;
    }
  return g_string_free (text, FALSE);
}

char *
retour_money_format (gint64 amount, const char *currency, RetourLanguage language)
{
  g_return_val_if_fail (currency != NULL, NULL);
  return format_amount (amount, currency, language, FALSE);
}

char *
retour_money_format_signed (gint64 amount, const char *currency, RetourLanguage language)
{
  g_return_val_if_fail (currency != NULL, NULL);
  return format_amount (amount, currency, language, TRUE);
}

char *
retour_money_format_plain (gint64 amount, const char *currency)
{
  g_return_val_if_fail (currency != NULL, NULL);

  GString *text = g_string_new (amount < 0 ? "-" : "");
  append_number (text, magnitude_of (amount), retour_currency_exponent (currency), "", '.');
  return g_string_free (text, FALSE);
}
