/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

/* The two 8-bit alphabets that receipt printers share and that hold French and the euro sign. */

typedef enum
{
  RETOUR_CODE_PAGE_858,  /* PC858: é, è, ç and the euro sign; no œ */
  RETOUR_CODE_PAGE_1252, /* WPC1252: the above and œ, Œ, Ÿ, typographic quotes */
} RetourCodePage;

/* `text` with only characters of the page: what it lacks is written with near letters ("œ" as "oe"), the rest as "?". No-break
 * spaces stay, so that lines can still be broken in the right places. */
char *retour_code_page_transliterate (RetourCodePage page, const char *text);

/* Appends such a text, a byte a character; no-break spaces as spaces. */
void retour_code_page_append (RetourCodePage page, const char *text, GByteArray *bytes);
