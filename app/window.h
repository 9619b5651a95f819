/* SPDX-License-Identifier: Apache-2.0 */
/* The two windows of a return, by calendar day in the policy's time zone (DOMAIN.md 2): the commercial one of the policy
 * and the statutory one of withdrawal, which are never mixed. */
#pragma once

#include "quote-case.h"

G_BEGIN_DECLS

typedef struct
{
  RetourDay last_day, grace_until; /* included whole */
} RetourWindow;

/* The day on which a line is judged: that of the earliest announcement that names it, if earlier than today. `line` NULL:
 * the whole order, by the earliest announcement of all. */
RetourDay retour_window_judged_on (const RetourQuoteCase *self, const RetourOrderLine *line);

/* The line's commercial window; FALSE when the policy has none or nothing to count from has happened. */
gboolean retour_window_find (const RetourQuoteCase *self, const RetourOrderLine *line, RetourWindow *window);

/* The last day of withdrawal, RETOUR_DAY_NONE when the policy has none or the days have not begun. */
RetourDay retour_withdrawal_last_day (const RetourQuoteCase *self);
/* Whether the statutory window is open on a day: also while the days have not begun. */
gboolean retour_withdrawal_is_open (const RetourQuoteCase *self, RetourDay judged_on);

G_END_DECLS
