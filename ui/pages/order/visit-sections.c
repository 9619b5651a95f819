/* SPDX-License-Identifier: Apache-2.0 */
#include "visit-sections.h"

#include "button.h"
#include "item-words.h"
#include "text.h"
#include "words.h"
#include "workbench-private.h"

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static const char *
number_of (RetourWorkbench *bench)
{
  const char *number = retour_workbench_get_draft (bench)->order_number;

  return number != NULL ? number : _ ("Without order");
}

/* What the order comes to; NULL where no price is known or shown. */
static char *
amount_of (RetourWorkbench *bench)
{
  const RetourQuote *quote = retour_workbench_get_quote (bench);

  if (quote == NULL || retour_workbench_hides_prices (bench) || retour_workbench_get_workspace (bench)->order == NULL)
    return NULL;
  return retour_money_format (quote->exchange_collect > 0 ? -quote->exchange_collect : quote->total,
                              retour_workbench_get_currency (bench),
                              retour_navigation_get_language (retour_workbench_get_navigation (bench)));
}

static const char *
icon_of (RetourWorkbench *bench)
{
  switch (retour_workbench_get_state (bench))
    {
    case RETOUR_WORKBENCH_APPROVAL:
      return "rt-shield-symbolic";
    case RETOUR_WORKBENCH_INCOMPLETE:
    case RETOUR_WORKBENCH_BROKEN:
      return "dialog-warning-symbolic";
    case RETOUR_WORKBENCH_REFUSED:
      return "action-unavailable-symbolic";
    case RETOUR_WORKBENCH_EMPTY:
    case RETOUR_WORKBENCH_READY:
    case RETOUR_WORKBENCH_BUSY:
    case RETOUR_WORKBENCH_DONE:
      return retour_workbench_hides_prices (bench) ? "rt-gift-symbolic" : "rt-receipt-symbolic";
    }
  return "rt-receipt-symbolic";
}

static void
heading_clicked (GtkButton *button, RetourWorkbench *bench)
{
  if (bench->visit != NULL)
    retour_visit_set_front (bench->visit, bench);
}

static GtkWidget *
heading_new (RetourWorkbench *bench, gboolean in_front)
{
  RetourLanguage language = retour_navigation_get_language (retour_workbench_get_navigation (bench));
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *units = retour_units_words (language, retour_draft_units (retour_workbench_get_draft (bench)));
  g_autofree char *amount = amount_of (bench);
  g_autofree char *reason = retour_workbench_explain_state (bench);
  g_autofree char *name =
      g_strdup_printf ("%s, %s%s%s%s%s", number_of (bench), units, amount != NULL ? ", " : "",
                       amount != NULL ? amount : "", reason != NULL ? ", " : "", reason != NULL ? reason : "");

  gtk_box_append (GTK_BOX (words), retour_text_new (number_of (bench), "rt-t3 rt-code"));
  gtk_box_append (GTK_BOX (words), retour_text_new (units, "rt-muted"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon_of (bench)));
  gtk_box_append (GTK_BOX (box), words);
  if (amount != NULL)
    gtk_box_append (GTK_BOX (box), retour_text_new_amount (amount, "rt-t3"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "rt-section");
  if (in_front)
    gtk_widget_add_css_class (button, "rt-in-front");
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_PRESSED,
                               in_front ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
  retour_set_name (button, name);
  g_signal_connect (button, "clicked", G_CALLBACK (heading_clicked), bench);
  return button;
}

void
retour_visit_sections_fill (RetourWorkbench *front, GtkWidget *upper, GtkWidget *lower)
{
  RetourVisit *visit = front->visit;
  GtkWidget *box = upper;
  guint n = visit != NULL ? retour_visit_get_n_orders (visit) : 0;

  clear_box (upper);
  clear_box (lower);
  gtk_widget_set_visible (upper, n > 1);
  gtk_widget_set_visible (lower, n > 1 && retour_visit_get_bench (visit, n - 1) != front);
  for (guint i = 0; n > 1 && i < n; i++)
    {
      RetourWorkbench *bench = retour_visit_get_bench (visit, i);

      gtk_box_append (GTK_BOX (box), heading_new (bench, bench == front));
      if (bench == front)
        box = lower;
    }
}
