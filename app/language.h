/* SPDX-License-Identifier: Apache-2.0 */
/* The two languages in which Retour explains itself. Formatting is ours, never the locale's: a slip in French leaves an
 * English terminal unchanged. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RETOUR_LANGUAGE_FRENCH,
  RETOUR_LANGUAGE_ENGLISH,
} RetourLanguage;

#define RETOUR_N_LANGUAGES 2

/* "fr" or "en", BCP 47; static. */
const char *retour_language_code (RetourLanguage language);

/* Reads "fr", "fr-FR", "en_GB.UTF-8"…: the first subtag decides. Anything else, NULL included, is `otherwise`. */
RetourLanguage retour_language_parse (const char *text, RetourLanguage otherwise);

/* A text in both languages, as policies and promotions carry it. Either member may be NULL: get falls back on the other. */
typedef struct
{
  char *text[RETOUR_N_LANGUAGES];
} RetourWords;

/* Borrowed; "" when neither language has a text. */
const char *retour_words_get (const RetourWords *words, RetourLanguage language);
void retour_words_clear (RetourWords *words);
void retour_words_copy (RetourWords *to, const RetourWords *from);

G_END_DECLS
