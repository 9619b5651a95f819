/* SPDX-License-Identifier: Apache-2.0 */
#include "grade.h"

GtkWidget *
retour_grade_new (const char *grade, RetourGradeSize size)
{
  gboolean known = grade != NULL && grade[0] >= 'A' && grade[0] <= 'D' && grade[1] == '\0';
  const char letter[] = { known ? (char) g_ascii_tolower (grade[0]) : '\0', '\0' };
  GtkWidget *label = gtk_label_new (known ? grade : "–");

  gtk_widget_add_css_class (label, "rt-grade");
  if (known)
    gtk_widget_add_css_class (label, letter);
  if (size == RETOUR_GRADE_SMALL)
    gtk_widget_add_css_class (label, "small");
  else if (size == RETOUR_GRADE_LARGE)
    gtk_widget_add_css_class (label, "large");
  gtk_widget_set_halign (label, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  return label;
}
