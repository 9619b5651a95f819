/* SPDX-License-Identifier: Apache-2.0 */
/* The two languages, by code and by text. */
#include "language.h"

#include <string.h>

const char *
retour_language_code (RetourLanguage language)
{
  switch (language)
    {
    case RETOUR_LANGUAGE_FRENCH:
      return "fr";
    case RETOUR_LANGUAGE_ENGLISH:
      return "en";
    }
  return "en";
}

RetourLanguage
retour_language_parse (const char *text, RetourLanguage otherwise)
{
  if (text == NULL)
    return otherwise;

  gsize subtag = strcspn (text, "-_.@");
  if (subtag == 2 && g_ascii_strncasecmp (text, "fr", 2) == 0)
    return RETOUR_LANGUAGE_FRENCH;
  if (subtag == 2 && g_ascii_strncasecmp (text, "en", 2) == 0)
    return RETOUR_LANGUAGE_ENGLISH;
  return otherwise;
}

const char *
retour_words_get (const RetourWords *words, RetourLanguage language)
{
  g_return_val_if_fail (words != NULL, "");

  if (words->text[language] != NULL)
    return words->text[language];
  for (guint i = 0; i < RETOUR_N_LANGUAGES; i++)
    if (words->text[i] != NULL)
      return words->text[i];
  return "";
}

void
retour_words_clear (RetourWords *words)
{
  for (guint i = 0; i < RETOUR_N_LANGUAGES; i++)
    g_clear_pointer (&words->text[i], g_free);
}

void
retour_words_copy (RetourWords *to, const RetourWords *from)
{
  g_return_if_fail (to != from);

  retour_words_clear (to);
  for (guint i = 0; i < RETOUR_N_LANGUAGES; i++)
    to->text[i] = g_strdup (from->text[i]);
}
