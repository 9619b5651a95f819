/* SPDX-License-Identifier: Apache-2.0 */
/* A case in words: what happened, whether money is safe, what can be chosen. */
#pragma once

#include "case.h"
#include "wording.h"

G_BEGIN_DECLS

/* "Already returned elsewhere": the kind, for a list. The words are static. */
RetourSaying retour_case_saying (RetourLanguage language, RetourCaseKind kind);
/* One sentence that names article and store where they are known; the caller's. */
char *retour_case_title (RetourLanguage language, const RetourCase *self);
/* Whether money has moved: the first thing to know. Static. */
const char *retour_case_money (RetourLanguage language, const RetourCase *self);

/* Of a choice: what it is, what it does, and the word of the button. Static. */
const char *retour_case_choice_title (RetourLanguage language, RetourCaseChoice choice);
const char *retour_case_choice_effect (RetourLanguage language, RetourCaseChoice choice);
const char *retour_case_choice_verb (RetourLanguage language, RetourCaseChoice choice);

G_END_DECLS
