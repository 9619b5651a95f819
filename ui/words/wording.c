/* SPDX-License-Identifier: Apache-2.0 */
#include "wording.h"

#include <libintl.h>

const char *
retour_wording_domain (RetourLanguage language)
{
  return language == RETOUR_LANGUAGE_FRENCH ? "retour-fr" : "retour-en";
}

const char *
retour_wording (RetourLanguage language, const char *msgid)
{
  g_return_val_if_fail (msgid != NULL && *msgid != '\0', "");
  return dgettext (retour_wording_domain (language), msgid);
}

const char *
retour_wording_n (RetourLanguage language, const char *one, const char *many, gint64 n)
{
  g_return_val_if_fail (one != NULL && many != NULL, "");
  return dngettext (retour_wording_domain (language), one, many, (unsigned long) ABS (n));
}

const char *
retour_wording_in (RetourLanguage language, const char *context, const char *msgid)
{
  g_return_val_if_fail (context != NULL && msgid != NULL, "");
  return g_dpgettext2 (retour_wording_domain (language), context, msgid);
}

const char *
retour_tone_class (RetourTone tone)
{
  switch (tone)
    {
    case RETOUR_TONE_NEUTRAL:
      return "";
    case RETOUR_TONE_SUCCESS:
      return "success";
    case RETOUR_TONE_WARNING:
      return "warning";
    case RETOUR_TONE_ERROR:
      return "error";
    case RETOUR_TONE_INFO:
      return "info";
    case RETOUR_TONE_ACCENT:
      return "accent";
    }
  return "";
}
