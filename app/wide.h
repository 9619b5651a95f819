/* SPDX-License-Identifier: Apache-2.0 */
/* Sums and products of amounts before they are known to fit: 128 bits, of which an amount of 10^15 times any int64 quantity
 * uses 114. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

__extension__ typedef __int128 RetourWide;

/* FALSE, with *narrow untouched, when the value is beyond int64. */
static inline gboolean
retour_wide_narrow (RetourWide value, gint64 *narrow)
{
  if (value > G_MAXINT64 || value < G_MININT64)
    return FALSE;
  *narrow = (gint64) value;
  return TRUE;
}

/* round_half_up (a * b / c) for a, b >= 0, c > 0; FALSE when the product is beyond 127 bits. */
static inline gboolean
retour_wide_multiply_divide (RetourWide a, RetourWide b, RetourWide c, RetourWide *result)
{
  RetourWide product;
  if (__builtin_mul_overflow (a, b, &product))
    return FALSE;
  *result = product / c + (product % c >= c - product % c ? 1 : 0);
  return TRUE;
}

G_END_DECLS
