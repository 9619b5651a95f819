/* SPDX-License-Identifier: Apache-2.0 */
/* Telephone numbers as people write them: "+33 6 12 34 56 78", "0033612345678" and "06.12.34.56.78" are the same. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The forms under which a number is found, as words: national and international digits. NULL stays NULL; the caller's. */
char *sandbox_phone_words (const char *phone);
/* The digits to look for when the whole query is a number or its beginning, else NULL; the caller's. */
char *sandbox_phone_query (const char *query);

G_END_DECLS
