/* SPDX-License-Identifier: Apache-2.0 */
#include "customer-card.h"

#include "chip.h"
#include "item-words.h"
#include "rule-words.h"
#include "text.h"
#include "thumb.h"
#include "words.h"
#include "wrap.h"

struct _RetourCustomerCard
{
  GtkBox parent_instance;

  GtkWidget *avatar, *name, *contact;
  GtkWidget *window, *withdrawal;
  GtkWidget *chips;
};

G_DEFINE_TYPE (RetourCustomerCard, retour_customer_card, GTK_TYPE_BOX)

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
show_withdrawal (RetourCustomerCard *self, const RetourQuote *quote, RetourLanguage language)
{
  gboolean open = quote != NULL && quote->withdrawal_open;
  g_autofree char *day = open && quote->withdrawal_last_day != RETOUR_DAY_NONE
                             ? retour_day_format_short (quote->withdrawal_last_day, language)
                             : NULL;
  g_autofree char *text =
      day != NULL ? g_strdup_printf (_ ("Legal withdrawal until %s"), day) : g_strdup (_ ("Legal withdrawal open"));

  gtk_widget_set_visible (self->withdrawal, open);
  gtk_label_set_text (GTK_LABEL (self->withdrawal), text);
}

/* The shop's window as a chip; the law's own is another thing, said apart. */
static void
show_windows (RetourCustomerCard *self, RetourWorkbench *bench)
{
  RetourNavigation *navigation = retour_workbench_get_navigation (bench);
  RetourLanguage language = retour_navigation_get_language (navigation);
  RetourDay today = retour_instant_day (retour_desk_now (retour_navigation_get_services (navigation)->desk),
                                        retour_navigation_get_time_zone (navigation));
  RetourChip *chip = RETOUR_CHIP (self->window);
  g_autoptr (RetourQuote) quote = probe (bench);

  show_withdrawal (self, quote, language);
  gtk_widget_set_visible (self->window, quote == NULL || quote->window_last_day != RETOUR_DAY_NONE);
  if (!retour_workspace_has_currency (retour_workbench_get_workspace (bench)))
    retour_chip_set (chip, RETOUR_TONE_WARNING, "rt-card-symbolic", _ ("In another currency"));
  else if (quote == NULL && is_on_its_way (retour_workbench_get_workspace (bench)->order))
    retour_chip_set (chip, RETOUR_TONE_INFO, "rt-truck-symbolic", _ ("Still on its way"));
  else if (quote == NULL)
    retour_chip_set (chip, RETOUR_TONE_NEUTRAL, "rt-return-symbolic", _ ("Nothing left to return"));
  else if (quote->window_last_day != RETOUR_DAY_NONE)
    {
      gboolean open = today <= quote->window_last_day;
      g_autofree char *day = retour_day_format_short (quote->window_last_day, language);
      g_autofree char *text = g_strdup_printf (open ? _ ("Return until %s") : _ ("Past the limit since %s"), day);

      retour_chip_set (chip, open ? RETOUR_TONE_SUCCESS : RETOUR_TONE_WARNING,
                       open ? "object-select-symbolic" : "rt-clock-symbolic", text);
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

/* Seen at once, before anything is laid on the desk: another person will have to agree. */
static GtkWidget *
own_order_new (RetourWorkbench *bench)
{
  RetourLanguage language = retour_navigation_get_language (retour_workbench_get_navigation (bench));

  return retour_chip_new (RETOUR_TONE_WARNING, "rt-idbadge-symbolic",
                          retour_rule_id_words (language, "staff_own_order"));
}

void
retour_customer_card_show (RetourCustomerCard *self, RetourWorkbench *bench)
{
  const RetourOrder *order;
  const RetourCustomer *customer;
  const RetourDraft *draft = retour_workbench_get_draft (bench);
  g_autofree char *initials = NULL;
  g_autofree char *contact = NULL;

  g_return_if_fail (RETOUR_IS_CUSTOMER_CARD (self));

  order = retour_workbench_get_workspace (bench)->order;
  customer = &order->customer;
  initials = initials_of (customer->name);
  contact = contact_of (customer);
  retour_avatar_show (self->avatar, initials, customer->name, 48);
  gtk_label_set_text (GTK_LABEL (self->name), customer->name != NULL ? customer->name : _ ("No name"));
  gtk_label_set_text (GTK_LABEL (self->contact), contact != NULL ? contact : "");
  gtk_widget_set_visible (self->contact, contact != NULL);
  show_windows (self, bench);
  retour_wrap_clear (RETOUR_WRAP (self->chips));
  if (order->gift)
    retour_wrap_append (RETOUR_WRAP (self->chips),
                        retour_chip_new (RETOUR_TONE_ACCENT, "rt-gift-symbolic", _ ("Gift")));
  if (retour_customer_is_person (customer, draft->staff_email, draft->staff_customer, NULL))
    retour_wrap_append (RETOUR_WRAP (self->chips), own_order_new (bench));
  if (!retour_workbench_hides_prices (bench))
    {
      add_payments (bench, self->chips);
      retour_wrap_append (RETOUR_WRAP (self->chips), total_new (bench));
    }
  retour_wrap_set_last_at_end (RETOUR_WRAP (self->chips), !retour_workbench_hides_prices (bench));
}

static void
retour_customer_card_class_init (RetourCustomerCardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (RETOUR_TYPE_CHIP);
  g_type_ensure (RETOUR_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/customer-card.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourCustomerCard, avatar);
  gtk_widget_class_bind_template_child (widget_class, RetourCustomerCard, name);
  gtk_widget_class_bind_template_child (widget_class, RetourCustomerCard, contact);
  gtk_widget_class_bind_template_child (widget_class, RetourCustomerCard, window);
  gtk_widget_class_bind_template_child (widget_class, RetourCustomerCard, withdrawal);
  gtk_widget_class_bind_template_child (widget_class, RetourCustomerCard, chips);
}

static void
retour_customer_card_init (RetourCustomerCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
