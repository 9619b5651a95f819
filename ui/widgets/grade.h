/* SPDX-License-Identifier: Apache-2.0 */
/* The letter of a condition's grade, A to D, in its colour: the letter always shown. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  RETOUR_GRADE_SMALL,  /* 24 px, in a chip */
  RETOUR_GRADE_MEDIUM, /* 28 px, in a row */
  RETOUR_GRADE_LARGE,  /* 48 px, in a tile */
} RetourGradeSize;

/* `grade` "A" to "D"; anything else shows a dash. */
GtkWidget *retour_grade_new (const char *grade, RetourGradeSize size);

G_END_DECLS
