/* SPDX-License-Identifier: Apache-2.0 */
/* The words of the screen: one text domain per language (retour-fr, retour-en), so that it changes its language at run time
 * with no locale installed. What is printed says its language each time: wording.h. */
#pragma once

#include <libintl.h>

#include "language.h"

G_BEGIN_DECLS

/* The screen's language. Literals only: they are found by xgettext. */
#define _(msgid) gettext (msgid)
#define C_(context, msgid) retour_ui_word_in_context (context, msgid)
/* Marks a literal that is looked up later. */
#define N_(msgid) (msgid)

/* Once, at the start of a main, before any thread: finds the catalogues and sets what gettext needs. */
void retour_ui_init_words (void);

/* What is built already keeps its words: rebuild the pages. Main thread. */
void retour_ui_set_language (RetourLanguage language);
RetourLanguage retour_ui_get_language (void);

/* "context" tells two uses of the same English word apart. Screen's language. */
const char *retour_ui_word_in_context (const char *context, const char *msgid) G_GNUC_FORMAT (2);

G_END_DECLS
