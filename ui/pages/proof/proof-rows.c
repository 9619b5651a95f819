/* SPDX-License-Identifier: Apache-2.0 */
#include "proof-rows.h"

#include "chip.h"
#include "disposition.h"
#include "grade.h"
#include "item-words.h"
#include "state-words.h"
#include "text.h"
#include "thumb.h"
#include "words.h"
#include "wrap.h"

static GtkWidget *
list_new (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "rt-list");
  retour_set_name (list, name);
  return list;
}

/* Amount and state take a line of their own where they do not fit beside the words. */
static GtkWidget *
side_by_side (GtkWidget *words, GtkWidget *end)
{
  GtkWidget *both = retour_wrap_new (12);

  retour_wrap_append (RETOUR_WRAP (both), words);
  retour_wrap_append (RETOUR_WRAP (both), end);
  retour_wrap_set_last_at_end (RETOUR_WRAP (both), TRUE);
  gtk_widget_set_hexpand (both, TRUE);
  gtk_widget_set_valign (both, GTK_ALIGN_CENTER);
  return both;
}

/* lead · words · amount · chip */
static void
append_row (GtkWidget *list,
            GtkWidget *lead,
            const char *title,
            const char *subtitle,
            const char *amount,
            RetourSaying saying,
            GtkWidget *chip_lead)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *end = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  g_autofree char *name =
      g_strdup_printf ("%s, %s%s%s, %s", title, subtitle != NULL ? subtitle : "", amount != NULL ? ", " : "",
                       amount != NULL ? amount : "", saying.words != NULL ? saying.words : "");

  gtk_widget_add_css_class (box, "rt-line");
  gtk_widget_add_css_class (box, "rt-proof-line");
  gtk_box_append (GTK_BOX (words), retour_text_new_wrapped (title, "rt-t3"));
  if (subtitle != NULL && *subtitle != '\0')
    gtk_box_append (GTK_BOX (words), retour_text_new_wrapped (subtitle, "rt-muted"));
  gtk_box_append (GTK_BOX (box), lead);
  gtk_box_append (GTK_BOX (box), side_by_side (words, end));
  if (amount != NULL)
    gtk_box_append (GTK_BOX (end), retour_text_new_amount (amount, "rt-t3"));
  if (saying.words != NULL && *saying.words != '\0')
    {
      GtkWidget *chip = retour_chip_new (saying.tone, saying.icon, saying.words);

      if (chip_lead != NULL)
        retour_chip_set_lead (RETOUR_CHIP (chip), chip_lead);
      gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (end), chip);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  retour_set_name (row, name);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static GtkWidget *
lead_icon (const char *icon)
{
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  gtk_image_set_pixel_size (GTK_IMAGE (image), 22);
  gtk_widget_add_css_class (image, "rt-accent");
  return image;
}

static void
append_nothing (GtkWidget *list, RetourNavigation *navigation, const RetourReturn *ret)
{
  RetourLanguage language = retour_navigation_get_language (navigation);
  RetourSaying saying = retour_return_saying (language, ret);

  if (ret->gift)
    append_row (list, lead_icon ("rt-gift-symbolic"), _ ("Store credit"), _ ("No price is shown for a gift"), NULL,
                saying, NULL);
  else if (ret->order_number == NULL)
    append_row (list, lead_icon ("rt-receipt-symbolic"), _ ("Nothing is refunded"),
                _ ("Without the order the goods are only taken in"), NULL, saying, NULL);
  else
    append_row (list, lead_icon ("object-select-symbolic"), _ ("Nothing to refund"), NULL, NULL, saying, NULL);
}

GtkWidget *
retour_proof_refund_list_new (RetourNavigation *navigation, const RetourReturn *ret)
{
  RetourLanguage language = retour_navigation_get_language (navigation);
  GtkWidget *list = list_new (_ ("Refund"));

  if (ret->gift || (ret->tenders->len == 0 && ret->exchange_collect == 0))
    {
      append_nothing (list, navigation, ret);
      return list;
    }
  for (guint i = 0; i < ret->tenders->len; i++)
    {
      const RetourReturnTender *tender = ret->tenders->pdata[i];
      g_autofree char *amount = retour_money_format (tender->amount, ret->currency, language);

      append_row (list, lead_icon (retour_method_icon (tender->method)),
                  retour_payment_words (language, tender->method, tender->label),
                  retour_tender_expectation (language, ret, tender), amount,
                  retour_tender_saying (language, ret, tender), NULL);
    }
  if (ret->exchange_collect > 0)
    {
      g_autofree char *amount = retour_money_format (ret->exchange_collect, ret->currency, language);
      RetourSaying saying = { _ ("To collect"), "rt-card-symbolic", RETOUR_TONE_WARNING };

      append_row (list, lead_icon ("rt-card-symbolic"), _ ("The customer pays"), _ ("At the till, for the exchange"),
                  amount, saying, NULL);
    }
  return list;
}

static char *
where_text (RetourLanguage language, const char *disposition, GHashTable *places)
{
  const char *words = retour_disposition_words (language, disposition);
  const char *place = retour_disposition_get_place (disposition);
  const char *name = place != NULL && places != NULL ? g_hash_table_lookup (places, place) : NULL;

  if (place == NULL)
    return g_strdup (*words != '\0' ? words : _ ("To be sorted"));
  return g_strdup_printf ("%s %s", words, name != NULL ? name : place);
}

GtkWidget *
retour_proof_goods_list_new (RetourNavigation *navigation, const RetourReturn *ret, GHashTable *places)
{
  RetourLanguage language = retour_navigation_get_language (navigation);
  GtkWidget *list = list_new (_ ("Where the items go"));

  for (guint i = 0; i < ret->lines->len; i++)
    {
      const RetourReturnLine *line = ret->lines->pdata[i];
      g_autofree char *where = ret->goods == RETOUR_GOODS_CANCELLED ? g_strdup (_ ("Back to the customer"))
                                                                    : where_text (language, line->disposition, places);
      g_autofree char *size = retour_variant_size (line->variant);
      const char *title = line->title != NULL ? line->title : line->line;
      g_autofree char *named = size != NULL ? g_strdup_printf ("%s %s", title, size) : g_strdup (title);
      g_autofree char *what = g_strdup_printf ("%s · %s", named, retour_reason_words (language, line->reason, NULL));
      g_autofree char *counted =
          line->quantity > 1 ? g_strdup_printf ("%" G_GINT64_FORMAT " × %s", line->quantity, what) : g_strdup (what);
      RetourSaying saying = { retour_condition_words (language, line->condition, NULL), NULL, RETOUR_TONE_NEUTRAL };

      append_row (list, retour_thumb_new (line->category, 52), where, counted, NULL, saying,
                  line->grade != NULL ? retour_grade_new (line->grade, RETOUR_GRADE_SMALL) : NULL);
    }
  return list;
}
