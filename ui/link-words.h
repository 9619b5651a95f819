/* SPDX-License-Identifier: Apache-2.0 */
/* How the exchange with the OMS stands, in words of the screen's language: for the rail's chip and for its sheet. */
#pragma once

#include "services.h"
#include "wording.h"

G_BEGIN_DECLS

/* One line of the chip, at most two words: "Up to date", "Offline"; its icon and tone. Static. */
RetourSaying retour_link_saying (const RetourLink *link);
/* The chip's second line: "1 to send", "1,204 of 10,000"; NULL for none. Caller frees. */
char *retour_link_detail (const RetourLink *link);
/* Two sentences for the sheet: what is so, and what to do. Caller frees. */
char *retour_link_title (const RetourLink *link, GTimeZone *zone);
char *retour_link_explanation (const RetourLink *link);

/* What the terminal believes about its clock, `offset` the OMS's time less its own: NULL when it is right. And what to do.
 * Caller frees. */
char *retour_clock_title (gint64 offset);
char *retour_clock_explanation (const RetourLink *link);

/* "4 min left", "less than a minute left"; NULL when unknown. Caller frees. */
char *retour_time_left_words (gint64 seconds);
/* "10 000" in French with a narrow no-break space, "10,000" in English. Caller frees. */
char *retour_count_words (guint64 count, RetourLanguage language);

G_END_DECLS
