/* SPDX-License-Identifier: Apache-2.0 */
/* Check characters of the numbers that are scanned. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* ISO/IEC 7064 MOD 37,36 over the letters (either case) and digits of `text`, everything else skipped: '0'-'9', 'A'-'Z'. */
char retour_check_mod_37_36 (const char *text, gsize length);

/* GS1 modulo 10: whether the last of `length` digits is the check digit of the others. FALSE when one is no digit or there
 * are fewer than two. */
gboolean retour_check_gs1_digit (const char *digits, gsize length);

/* GS1 check character pair of a Global Model Number: whether the last two characters are the pair of the others, which
 * are 1 to 23 characters of the GS1 invariant set. */
gboolean retour_check_gs1_pair (const char *text, gsize length);

/* ISO 13616: whether the two check digits of an IBAN without spaces are right. */
gboolean retour_check_iban (const char *text, gsize length);

G_END_DECLS
