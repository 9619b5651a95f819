/* SPDX-License-Identifier: Apache-2.0 */
/* What is searched, as words: lower case, without accents, letters and digits only, each after a space (" zoe lefevre
 * w10004217"). Whoever types "LEFÈVRE", "w1000-4217" or "06 12 34" means the same words. */
#pragma once

#include "order.h"

G_BEGIN_DECLS

/* Lower case without accents, œ as oe, ß as ss…; everything else stays. Caller frees. */
char *retour_words_fold (const char *text);

/* Adds the words of a text, those it has not yet. A word with a digit is a code, whose separators do not count; any other
 * separator ends a word, and a compound name ("Jean-Pierre", "O'Brien") is added written as one too. NULL adds nothing. */
void retour_words_add (GString *words, const char *text);

/* All by which an order is found: name, e-mail (whole and in pieces), phone (international and national), number (after a
 * '#', with and without its letters), codes, and the two kinds of words below. Caller frees. */
char *retour_words_of_order (const RetourOrder *order);

/* Words that nobody types and that are only looked up whole: an article the order holds, the amount that was paid. Caller
 * frees; NULL when the text is no GTIN. */
char *retour_words_gtin (const char *gtin);
char *retour_words_amount (gint64 captured);

/* Every word of `wanted` begins one of `words`. */
gboolean retour_words_begin_with_all (const char *words, const char *wanted);
/* `beginning`, without space, begins one of `words`; a '#' before a word is passed over. */
gboolean retour_words_begin_with (const char *words, const char *beginning);

/* A code as order_codes has it: folded, without separators; "" when nothing is left. Caller frees. */
char *retour_words_code (const char *code);

/* The words by which a text is looked for, in the same form; e-mail addresses stay whole. `joined`: neighbouring groups of
 * digits are one phone number or code ("06 12 34 56 78"). "+33 6…" and "0033 6…" both give 336…. Caller frees. */
char *retour_words_of_query (const char *query, gboolean joined);

G_END_DECLS
