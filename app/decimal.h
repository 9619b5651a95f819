/* SPDX-License-Identifier: Apache-2.0 */
/* A decimal number that is not money (a tax rate, a percentage): at most four decimals, kept exactly and also as it was
 * first written. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 ten_thousandths; /* 20.00 is 200000 */
  char written[24];       /* "20.00" */
} RetourDecimal;

/* Digits, then optionally a dot and one to four digits; no sign, no exponent, no spaces. FALSE leaves *decimal alone. */
gboolean retour_decimal_parse (const char *text, RetourDecimal *decimal) G_GNUC_WARN_UNUSED_RESULT;
/* As numbers: 20, 20.0 and 20.00 are equal. Negative, 0 or positive as strcmp. */
int retour_decimal_compare (const RetourDecimal *a, const RetourDecimal *b);

G_END_DECLS
