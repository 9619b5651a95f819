/* SPDX-License-Identifier: Apache-2.0 */
/* A recorded return in a short list: drawing, short name, what and when, amount, how it stands. */
#pragma once

#include "navigation.h"

G_BEGIN_DECLS

/* Borrowed return. A GtkListBoxRow. */
GtkWidget *retour_return_row_new (RetourNavigation *navigation, const RetourReturn *ret);

/* Without the drawing, for a narrow window. */
void retour_return_row_set_compact (GtkWidget *row, gboolean compact);

/* "Amandine R.", or the words for a return without order; caller frees. */
char *retour_return_who (const RetourReturn *ret);
/* "83,40 €"; "—" when no price may be shown. Caller frees. */
char *retour_return_amount (const RetourReturn *ret, RetourLanguage language);
/* "10:42" today, "yesterday", else "5 nov."; caller frees. */
char *retour_when_words (RetourInstant at, RetourInstant now, GTimeZone *zone, RetourLanguage language);

G_END_DECLS
