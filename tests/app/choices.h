/* SPDX-License-Identifier: Apache-2.0 */
/* What a random case is made of: a row of numbers, drawn one after the other. A case that fails is made smaller by taking
 * numbers out and lowering them, and is still a case: whatever the numbers are, something valid is drawn from them. */
#pragma once

#include <glib.h>

typedef struct
{
  guint32 *numbers;
  gsize n, next;
} Choices;

/* `n` numbers that a seed gives. */
Choices *choices_new (guint32 seed, gsize n);
void choices_free (Choices *choices);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Choices, choices_free)

/* From the first number again. */
void choices_rewind (Choices *choices);

/* 0 to `most`, both included; 0, the simplest, when the row is used up. */
guint32 choices_draw (Choices *choices, guint32 most);
gint64 choices_draw_int64 (Choices *choices, gint64 least, gint64 most);
/* TRUE one time in `n`. */
gboolean choices_once_in (Choices *choices, guint32 n);

/* A case: NULL, or what is wrong with it, the caller's. */
typedef char *(*ChoicesCheck) (Choices *choices, gpointer user_data);

/* The smallest failing row that lowering and taking out finds; `choices` must fail. The caller's. */
Choices *choices_shrink (const Choices *choices, ChoicesCheck check, gpointer user_data);
