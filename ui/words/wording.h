/* SPDX-License-Identifier: Apache-2.0 */
/* One sentence in a given language, whatever the screen's is: the slip may be in the customer's. Each language is a text
 * domain of its own ("retour-fr", "retour-en"), so both are at hand at once and no locale need be installed. The msgid is
 * the English text. */
#pragma once

#include "language.h"

G_BEGIN_DECLS

/* The text domain of a language; static. */
const char *retour_wording_domain (RetourLanguage language);

/* Static, never NULL: the English text itself when there is no catalogue. Read by xgettext as keywords. */
const char *retour_wording (RetourLanguage language, const char *msgid) G_GNUC_FORMAT (2);
const char *retour_wording_n (RetourLanguage language, const char *one, const char *many, gint64 n) G_GNUC_FORMAT (2)
    G_GNUC_FORMAT (3);
/* The same where one English word has several translations: `context` tells them apart. */
const char *retour_wording_in (RetourLanguage language, const char *context, const char *msgid) G_GNUC_FORMAT (3);

/* Marks a text of a table for the catalogue without translating it. */
#define RETOUR_WORDING(msgid) msgid

/* A word and what it is said with: a chip on the screen, a line of the register. The icon's name is static, NULL for none. */
typedef enum
{
  RETOUR_TONE_NEUTRAL,
  RETOUR_TONE_SUCCESS,
  RETOUR_TONE_WARNING,
  RETOUR_TONE_ERROR,
  RETOUR_TONE_INFO,
  RETOUR_TONE_ACCENT,
} RetourTone;

typedef struct
{
  const char *words;
  const char *icon;
  RetourTone tone;
} RetourSaying;

/* The style class of a tone: "success", "warning"…; "" for neutral. */
const char *retour_tone_class (RetourTone tone);

G_END_DECLS
