/* SPDX-License-Identifier: Apache-2.0 */
/* "129,90 2026-11-02", "83.40 € 2/11": an order by what was paid and when. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 whole;         /* the digits of the amount without its mark: 12990 */
  guint decimals;       /* after the mark: 2 */
  int year, month, day; /* year 0: any */
} RetourAmountQuery;

/* FALSE when the text is not one amount and one date, in any order. Dates are 2026-11-02, 2/11, 02/11/2026 or 2.11.26. */
gboolean retour_amount_query_parse (const char *text, RetourAmountQuery *query) G_GNUC_WARN_UNUSED_RESULT;

/* The amount in minor units of a currency with that many decimals; FALSE when it has more decimals or does not fit. */
gboolean
retour_amount_query_in (const RetourAmountQuery *query, guint exponent, gint64 *amount) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
