/* SPDX-License-Identifier: Apache-2.0 */
#include "customer-card.h"

#include "chip.h"
#include "item-words.h"
#include "text.h"
#include "thumb.h"
#include "words.h"
#include "wrap.h"

static char *
initials_of (const char *name)
{
  GString *initials = g_string_new (NULL);
  g_auto (GStrv) words = g_strsplit (name != NULL ? name : "", " ", -1);

  for (guint i = 0; words[i] != NULL && initials->len < 8; i++)
    if (*words[i] != '\0' && (i == 0 || words[i + 1] == NULL))
      g_string_append_unichar (initials, g_unichar_toupper (g_utf8_get_char (words[i])));
  return g_string_free (initials, FALSE);
}

static char *
contact_of (const RetourCustomer *customer)
{
  g_autofree char *email = retour_customer_masked_email (customer);
  g_autofree char *phone = retour_customer_masked_phone (customer);

  if (email != NULL && phone != NULL)
    return g_strdup_printf ("%s · %s", email, phone);
  return email != NULL ? g_steal_pointer (&email) : g_steal_pointer (&phone);
}

/* What the windows of the whole order are, before any article was chosen: that of one unit of everything. */
static RetourQuote *
probe (RetourWorkbench *bench)
{
  const RetourWorkspace *workspace = retour_workbench_get_workspace (bench);
  const RetourServices *services = retour_navigation_get_services (retour_workbench_get_navigation (bench));
  RetourQuoteContext context = { .at = retour_desk_now (services->desk), .units_held = workspace->units_held };
  g_autoptr (RetourDraft) draft = retour_draft_new ("desk");

  for (guint i = 0; i < workspace->order->lines->len; i++)
    {
      const RetourOrderLine *line = workspace->order->lines->pdata[i];

      if (retour_workspace_returnable (workspace, line) > 0)
        g_ptr_array_add (draft->entries, retour_draft_entry_new (line->id, 1));
    }
  return draft->entries->len > 0 ? retour_quote_new (workspace->order, workspace->policy, draft, &context, NULL) : NULL;
}

static gboolean
is_on_its_way (const RetourOrder *order)
{
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];

      if (line->delivered < line->quantity)
        return TRUE;
    }
  return FALSE;
}

static void
add_windows (RetourWorkbench *bench, GtkWidget *head)
{
  GtkWidget *windows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  RetourNavigation *navigation = retour_workbench_get_navigation (bench);
  RetourLanguage language = retour_navigation_get_language (navigation);
  RetourDay today = retour_instant_day (retour_desk_now (retour_navigation_get_services (navigation)->desk),
                                        retour_navigation_get_time_zone (navigation));
  g_autoptr (RetourQuote) quote = probe (bench);
  GtkWidget *chip;

  gtk_widget_set_valign (windows, GTK_ALIGN_CENTER);
  retour_wrap_append (RETOUR_WRAP (head), windows);
  if (quote == NULL)
    {
      gboolean waits = is_on_its_way (retour_workbench_get_workspace (bench)->order);

      chip = retour_chip_new (waits ? RETOUR_TONE_INFO : RETOUR_TONE_NEUTRAL,
                              waits ? "rt-truck-symbolic" : "rt-return-symbolic",
                              waits ? _ ("Still on its way") : _ ("Nothing left to return"));
      gtk_box_append (GTK_BOX (windows), chip);
      return;
    }
  if (quote->window_last_day != RETOUR_DAY_NONE)
    {
      gboolean open = today <= quote->window_last_day;
      g_autofree char *day = retour_day_format_short (quote->window_last_day, language);
      g_autofree char *text = g_strdup_printf (open ? _ ("Return until %s") : _ ("Past the limit since %s"), day);

      chip = retour_chip_new (open ? RETOUR_TONE_SUCCESS : RETOUR_TONE_WARNING,
                              open ? "object-select-symbolic" : "rt-clock-symbolic", text);
      gtk_widget_set_halign (chip, GTK_ALIGN_END);
      gtk_box_append (GTK_BOX (windows), chip);
    }
  /* The law's own window is another thing than the shop's: said apart. */
  if (quote->withdrawal_open)
    {
      g_autofree char *day = quote->withdrawal_last_day != RETOUR_DAY_NONE
                                 ? retour_day_format_short (quote->withdrawal_last_day, language)
                                 : NULL;
      g_autofree char *text =
          day != NULL ? g_strdup_printf (_ ("Legal withdrawal until %s"), day) : g_strdup (_ ("Legal withdrawal open"));

      gtk_box_append (GTK_BOX (windows), retour_text_new_amount (text, "rt-muted"));
    }
}

static void
add_plain (GtkWidget *chips, const char *icon, const char *text)
{
  GtkWidget *chip = retour_chip_new (RETOUR_TONE_NEUTRAL, icon, text);

  gtk_widget_add_css_class (chip, "plain");
  retour_chip_set_shrinks (RETOUR_CHIP (chip), TRUE);
  retour_wrap_append (RETOUR_WRAP (chips), chip);
}

static void
add_payments (RetourWorkbench *bench, GtkWidget *chips)
{
  const RetourOrder *order = retour_workbench_get_workspace (bench)->order;
  RetourLanguage language = retour_navigation_get_language (retour_workbench_get_navigation (bench));

  for (guint i = 0; i < order->payments->len; i++)
    {
      const RetourPayment *payment = order->payments->pdata[i];
      g_autofree char *amount = retour_money_format (payment->captured, order->currency, language);
      g_autofree char *text =
          g_strdup_printf ("%s · %s", retour_payment_words (language, payment->method, payment->label), amount);

      add_plain (chips, retour_method_icon (payment->method), text);
    }
  for (guint i = 0; i < order->promotions->len; i++)
    {
      const RetourPromotion *promotion = order->promotions->pdata[i];
      g_autofree char *title = retour_promotion_words (language, promotion, order->currency);
      g_autofree char *text = g_strdup_printf (_ ("Offer %s"), title);

      add_plain (chips, "rt-tag-symbolic", text);
    }
  if (order->delivery.paid > 0)
    {
      g_autofree char *amount = retour_money_format (order->delivery.paid, order->currency, language);
      g_autofree char *text = g_strdup_printf (_ ("Delivery · %s"), amount);

      add_plain (chips, "rt-truck-symbolic", text);
    }
}

static GtkWidget *
total_new (RetourWorkbench *bench)
{
  const RetourOrder *order = retour_workbench_get_workspace (bench)->order;
  RetourLanguage language = retour_navigation_get_language (retour_workbench_get_navigation (bench));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  g_autofree char *amount = retour_money_format (retour_order_captured (order), order->currency, language);
  GtkWidget *label = gtk_label_new (_ ("Total"));

  gtk_widget_add_css_class (label, "rt-muted");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), retour_text_new_amount (amount, "rt-t4 rt-bold"));
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

GtkWidget *
retour_customer_card_new (RetourWorkbench *bench)
{
  const RetourOrder *order = retour_workbench_get_workspace (bench)->order;
  const RetourCustomer *customer = &order->customer;
  const char *name = customer->name != NULL ? customer->name : _ ("No name");
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *head = retour_wrap_new (12);
  GtkWidget *identity = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *chips = retour_wrap_new (8);
  g_autofree char *initials = initials_of (customer->name);
  g_autofree char *contact = contact_of (customer);

  gtk_widget_add_css_class (card, "rt-card");
  gtk_widget_add_css_class (card, "rt-customer");
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), retour_text_new (name, "rt-t3"));
  if (contact != NULL)
    gtk_box_append (GTK_BOX (words), retour_text_new (contact, "rt-muted"));
  gtk_box_append (GTK_BOX (identity), retour_avatar_new (initials, customer->name, 48));
  gtk_box_append (GTK_BOX (identity), words);
  retour_wrap_append (RETOUR_WRAP (head), identity);
  retour_wrap_set_last_at_end (RETOUR_WRAP (head), TRUE);
  add_windows (bench, head);
  gtk_box_append (GTK_BOX (card), head);
  if (order->gift)
    retour_wrap_append (RETOUR_WRAP (chips), retour_chip_new (RETOUR_TONE_ACCENT, "rt-gift-symbolic", _ ("Gift")));
  if (!retour_workbench_hides_prices (bench))
    {
      add_payments (bench, chips);
      retour_wrap_append (RETOUR_WRAP (chips), total_new (bench));
      retour_wrap_set_last_at_end (RETOUR_WRAP (chips), TRUE);
    }
  gtk_box_append (GTK_BOX (card), chips);
  return card;
}
