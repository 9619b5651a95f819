/* SPDX-License-Identifier: Apache-2.0 */
#include "words.h"

#include "catalogues.h"
#include "wording.h"

static RetourLanguage screen_language = RETOUR_LANGUAGE_FRENCH;

void
retour_ui_init_words (void)
{
  retour_catalogues_bind ();
  textdomain (retour_wording_domain (screen_language));
}

void
retour_ui_set_language (RetourLanguage language)
{
  screen_language = language;
  textdomain (retour_wording_domain (language));
}

RetourLanguage
retour_ui_get_language (void)
{
  return screen_language;
}

const char *
retour_ui_word_in_context (const char *context, const char *msgid)
{
  return g_dpgettext2 (retour_wording_domain (screen_language), context, msgid);
}
