/* SPDX-License-Identifier: Apache-2.0 */
/* The number a return goes by (DOMAIN.md 5): R, store, terminal letter, -, counter, -, check character; "R0214A-00381-S".
 * Unique without asking anyone, since only that terminal counts there and never twice. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RETOUR_STORE_CODE_MAX 12

typedef struct
{
  char store[RETOUR_STORE_CODE_MAX + 1]; /* 1 to 12 letters A-Z and digits */
  char terminal;                         /* 'A' to 'Z' */
  guint64 counter;                       /* below 10^15 */
} RetourReturnNumber;

/* What a number can be made of: 1 to 12 capitals and digits; a letter A to Z. */
gboolean retour_store_code_is_valid (const char *store);
gboolean retour_terminal_letter_is_valid (char terminal);

/* The canonical text; the counter has five digits at least. The caller's. Store and terminal must be valid. */
char *retour_return_number_format (const char *store, char terminal, guint64 counter);

/* Reads a number in either case, with both hyphens or with none, when its check character is right (ISO/IEC 7064
 * MOD 37,36 over the letters and digits before it). FALSE leaves *number alone; `number` may be NULL. */
gboolean retour_return_number_parse (const char *text, RetourReturnNumber *number);
gboolean retour_return_number_is_valid (const char *text);
/* The canonical text of such a number, or NULL when it is none. The caller's. */
char *retour_return_number_canonical (const char *text);

G_END_DECLS
