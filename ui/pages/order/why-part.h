/* SPDX-License-Identifier: Apache-2.0 */
/* A part of an explanation: the sentence, what was decided because of it, the facts it rests on. */
#pragma once

#include <gtk/gtk.h>

#include "chip.h"
#include "language.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_WHY_PART (retour_why_part_get_type ())
G_DECLARE_FINAL_TYPE (RetourWhyPart, retour_why_part, RETOUR, WHY_PART, GtkBox)

/* `sentence`, `decision` and `facts` (RetourFact, amounts in `currency`) may each be NULL. Floating. */
GtkWidget *retour_why_part_new (RetourLanguage language,
                                const char *sentence,
                                const RetourSaying *decision,
                                const GPtrArray *facts,
                                const char *currency);

G_END_DECLS
