/* SPDX-License-Identifier: Apache-2.0 */
#include "return-row.h"

#include "chip.h"
#include "item-words.h"
#include "state-words.h"
#include "text.h"
#include "thumb.h"
#include "words.h"

char *
retour_return_who (const RetourReturn *ret)
{
  if (ret->customer_name != NULL && ret->customer_name[0] != '\0')
    return g_strdup (ret->customer_name);
  return g_strdup (ret->order_number != NULL ? ret->order_number : _ ("Without order"));
}

char *
retour_return_amount (const RetourReturn *ret, RetourLanguage language)
{
  return ret->gift ? g_strdup ("—") : retour_money_format (ret->total, ret->currency, language);
}

char *
retour_when_words (RetourInstant at, RetourInstant now, GTimeZone *zone, RetourLanguage language)
{
  RetourDay day = retour_instant_day (at, zone);
  RetourDay today = retour_instant_day (now, zone);

  if (day == today)
    return retour_instant_format_time (at, zone);
  if (day == today - 1)
    return g_strdup (_ ("yesterday"));
  return retour_day_format_short (day, language);
}

/* Large text takes a second line before it, or the chip beside it, is shortened. */
static GtkWidget *
two_lines_new (const char *text, const char *classes)
{
  GtkWidget *label = retour_text_new (text, classes);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 10);
  return label;
}

GtkWidget *
retour_return_row_new (RetourNavigation *navigation, const RetourReturn *ret)
{
  RetourLanguage language = retour_navigation_get_language (navigation);
  const RetourDesk *desk = retour_navigation_get_services (navigation)->desk;
  const RetourReturnLine *line = ret->lines->len > 0 ? g_ptr_array_index (ret->lines, 0) : NULL;
  RetourSaying saying = retour_return_saying (language, ret);
  g_autofree char *who = retour_return_who (ret);
  g_autofree char *units = retour_units_words (language, retour_return_units (ret));
  g_autofree char *when = retour_when_words (ret->recorded_at, retour_desk_now (desk),
                                             retour_navigation_get_time_zone (navigation), language);
  g_autofree char *what = g_strdup_printf ("%s · %s", units, when);
  g_autofree char *amount = retour_return_amount (ret, language);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s, %s", who, what, amount, saying.words);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *chip = retour_chip_new (saying.tone, saying.icon, saying.words);

  gtk_widget_set_halign (chip, GTK_ALIGN_END);
  retour_chip_set_shrinks (RETOUR_CHIP (chip), TRUE);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (right, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), two_lines_new (who, "rt-t3"));
  gtk_box_append (GTK_BOX (words), two_lines_new (what, "rt-muted"));
  gtk_box_append (GTK_BOX (right), retour_text_new_amount (amount, "rt-t3"));
  gtk_box_append (GTK_BOX (right), chip);
  gtk_box_append (GTK_BOX (box), retour_thumb_new (line != NULL ? line->category : NULL, 56));
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), right);
  gtk_widget_add_css_class (box, "rt-return-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  retour_set_name (row, spoken);
  return row;
}

void
retour_return_row_set_compact (GtkWidget *row, gboolean compact)
{
  GtkWidget *box = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));

  gtk_widget_set_visible (gtk_widget_get_first_child (box), !compact);
}
