/* SPDX-License-Identifier: Apache-2.0 */
#include "item-head.h"

#include "text.h"
#include "thumb.h"
#include "words.h"

#include <string.h>

/* "EAN 3 612345 678904" */
static char *
ean_text (const char *gtin)
{
  gsize length = strlen (gtin);

  if (length != 13)
    return g_strdup_printf (_ ("EAN %s"), gtin);
  return g_strdup_printf (_ ("EAN %.1s %.6s %.6s"), gtin, gtin + 1, gtin + 7);
}

static char *
subtitle_text (RetourWorkbench *bench, const RetourOrderLine *line)
{
  GString *text = g_string_new (line->variant != NULL ? line->variant : "");
  gint64 paid;

  if (line->gtin != NULL)
    {
      g_autofree char *ean = ean_text (line->gtin);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", ean);
    }
  if (!retour_workbench_hides_prices (bench)
      && retour_money_multiply_divide (line->paid, 1, MAX (1, line->quantity), &paid))
    {
      g_autofree char *amount =
          retour_money_format (paid, retour_workbench_get_currency (bench),
                               retour_navigation_get_language (retour_workbench_get_navigation (bench)));
      g_autofree char *words = g_strdup_printf (_ ("paid %s"), amount);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", words);
    }
  return g_string_free (text, FALSE);
}

GtkWidget *
retour_item_head_new (RetourWorkbench *bench,
                      const RetourDraftEntry *entry,
                      RetourStepper **stepper,
                      GtkWidget **quantity)
{
  const RetourOrderLine *line = retour_workbench_find_line (bench, entry);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *count = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *subtitle = line != NULL ? subtitle_text (bench, line) : NULL;

  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), retour_text_new (retour_workbench_get_title (bench, entry), "rt-t2"));
  if (subtitle != NULL)
    gtk_box_append (GTK_BOX (words), retour_text_new (subtitle, "rt-muted rt-code"));
  *quantity = retour_text_new_amount (NULL, "rt-t4 rt-bold");
  gtk_box_append (GTK_BOX (count), retour_text_new_amount (_ ("Quantity"), "rt-muted"));
  gtk_box_append (GTK_BOX (count), *quantity);
  gtk_widget_set_valign (count, GTK_ALIGN_CENTER);
  *stepper = retour_stepper_new (_ ("Quantity"), 1, 1);
  gtk_widget_set_valign (GTK_WIDGET (*stepper), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (head), retour_thumb_new (retour_workbench_get_category (bench, entry), 64));
  gtk_box_append (GTK_BOX (head), words);
  gtk_box_append (GTK_BOX (head), count);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (*stepper));
  return head;
}
