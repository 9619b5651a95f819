/* SPDX-License-Identifier: Apache-2.0 */
/* Money is a whole number of minor units of an ISO 4217 currency, in an int64_t. Every operation that could leave the
 * range says so. The largest amount a document may hold is 10^15 (DOMAIN.md). */
#pragma once

#include "language.h"

G_BEGIN_DECLS

#define RETOUR_MONEY_MAX G_GINT64_CONSTANT (1000000000000000)

/* Digits after the decimal mark: 2 for most, 0 for JPY, 3 for KWD (ISO 4217). An unlisted code has 2. */
unsigned retour_currency_exponent (const char *currency);
/* Three upper-case ASCII letters. */
gboolean retour_currency_is_valid (const char *currency);

/* FALSE, with *sum untouched, when the result does not fit. */
gboolean retour_money_add (gint64 a, gint64 b, gint64 *sum) G_GNUC_WARN_UNUSED_RESULT;
gboolean retour_money_multiply (gint64 a, gint64 b, gint64 *product) G_GNUC_WARN_UNUSED_RESULT;

/* round_half_up (a * b / c) computed in 128 bits, halves away from zero for a negative product; c > 0. FALSE when the
 * result does not fit. */
gboolean retour_money_multiply_divide (gint64 a, gint64 b, gint64 c, gint64 *result) G_GNUC_WARN_UNUSED_RESULT;

/* Spreads `amount` (>= 0) over n weights (>= 0) by largest remainder, ties to the earlier; `shares` receives n amounts
 * that sum to `amount`. All weights 0: everything to the first. */
void retour_money_spread (gint64 amount, const gint64 *weights, gsize n, gint64 *shares);

/* "83,40 €" and "€83.40", "1 234,00 €" with a narrow no-break space, "−4,59 €" with U+2212, "¥1,200", "KWD 1.250". Caller
 * frees. */
char *retour_money_format (gint64 amount, const char *currency, RetourLanguage language);
/* The same with a sign in front of positive amounts too. */
char *retour_money_format_signed (gint64 amount, const char *currency, RetourLanguage language);
/* "83.40": the bare number, dot as mark, ASCII; what scripts and CSV read. Caller frees. */
char *retour_money_format_plain (gint64 amount, const char *currency);

G_END_DECLS
