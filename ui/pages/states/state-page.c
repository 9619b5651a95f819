/* SPDX-License-Identifier: Apache-2.0 */
#include "state-page.h"

#include <adwaita.h>

#include "button.h"
#include "chip.h"
#include "order-row.h"
#include "text.h"
#include "words.h"

struct _RetourStatePage
{
  GtkBox parent_instance;

  RetourNavigation *navigation;
  GtkWidget *content;
  GtkWidget *slow_line; /* of the waiting state; NULL in others */
  GtkWidget *button;
};

G_DEFINE_TYPE (RetourStatePage, retour_state_page, GTK_TYPE_BOX)

/* What a text was held against, in the clerk's words. */
static const struct
{
  const char *code, *words;
} tried_words[] = {
  { "proof_token", N_ ("proof of return") },
  { "return_number", N_ ("return number") },
  { "command", N_ ("command sheet") },
  { "order_url", N_ ("link of the e-mail") },
  { "order", N_ ("order number") },
  { "return_label", N_ ("return label") },
  { "staff", N_ ("staff badge") },
  { "gtin", N_ ("article (EAN)") },
  { "digital_link", N_ ("GS1 link") },
  { "element_string", N_ ("GS1 code") },
  { "sscc", N_ ("parcel (SSCC)") },
  { "tracking", N_ ("tracking number") },
  { "cached_order", N_ ("codes of orders") },
  { "keyboard_layout", N_ ("other keyboard") },
  { "length", N_ ("length of the code") },
};

static gboolean
retour_state_page_grab_focus (GtkWidget *widget)
{
  RetourStatePage *self = RETOUR_STATE_PAGE (widget);

  return self->button != NULL ? gtk_widget_grab_focus (self->button)
                              : gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

static void
retour_state_page_class_init (RetourStatePageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->grab_focus = retour_state_page_grab_focus;
  g_type_ensure (RETOUR_TYPE_ROOM_BIN);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/state-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourStatePage, content);
}

static void
retour_state_page_init (RetourStatePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

RetourStatePage *
retour_state_page_new (RetourNavigation *navigation)
{
  RetourStatePage *self = g_object_new (RETOUR_TYPE_STATE_PAGE, NULL);

  self->navigation = navigation;
  return self;
}

static void
clear (RetourStatePage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->content)) != NULL)
    gtk_box_remove (GTK_BOX (self->content), child);
  self->slow_line = NULL;
  self->button = NULL;
}

static void
add_centred (RetourStatePage *self, GtkWidget *widget)
{
  gtk_widget_set_halign (widget, GTK_ALIGN_CENTER);
  if (GTK_IS_LABEL (widget))
    {
      gtk_label_set_xalign (GTK_LABEL (widget), 0.5f);
      gtk_label_set_justify (GTK_LABEL (widget), GTK_JUSTIFY_CENTER);
    }
  gtk_box_append (GTK_BOX (self->content), widget);
}

static void
begin (RetourStatePage *self, RetourTone tone, const char *icon, const char *title, const char *text)
{
  GtkWidget *disc = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  g_autofree char *spoken = text != NULL ? g_strdup_printf ("%s. %s", title, text) : g_strdup (title);

  clear (self);
  gtk_widget_add_css_class (disc, "rt-disc");
  gtk_widget_add_css_class (disc, "large");
  retour_add_classes (disc, retour_tone_class (tone));
  gtk_widget_set_hexpand (image, TRUE);
  gtk_widget_set_hexpand (disc, FALSE);
  gtk_box_append (GTK_BOX (disc), image);
  add_centred (self, disc);
  add_centred (self, retour_text_new_wrapped (title, "rt-t1"));
  if (text != NULL)
    add_centred (self, retour_text_new_wrapped (text, "rt-large rt-muted"));
  retour_set_name (GTK_WIDGET (self), spoken);
}

static void
search_clicked (GtkButton *button, RetourStatePage *self)
{
  retour_navigation_open_search (self->navigation, NULL);
}

static void
without_clicked (GtkButton *button, RetourStatePage *self)
{
  retour_navigation_open_order (self->navigation, NULL);
}

static void
add_button (RetourStatePage *self, const char *icon, const char *label, GCallback clicked)
{
  GtkWidget *button = retour_button_new (icon, label, self->button == NULL ? "rt-tonal" : "rt-flat");

  gtk_widget_set_margin_top (button, self->button == NULL ? 12 : 0);
  g_signal_connect (button, "clicked", clicked, self);
  add_centred (self, button);
  if (self->button == NULL)
    self->button = button;
}

void
retour_state_page_show_waiting (RetourStatePage *self)
{
  GtkWidget *spinner = gtk_spinner_new ();

  clear (self);
  gtk_widget_set_size_request (spinner, 40, 40);
  gtk_spinner_start (GTK_SPINNER (spinner));
  add_centred (self, spinner);
  add_centred (self, retour_text_new_wrapped (_ ("Looking for the order…"), "rt-t1"));
  self->slow_line =
      retour_text_new_wrapped (_ ("It is not on this tablet, the OMS is being asked."), "rt-large rt-muted");
  add_centred (self, self->slow_line);
  retour_set_name (GTK_WIDGET (self), _ ("Looking for the order…"));
}

void
retour_state_page_set_slow (RetourStatePage *self, int seconds)
{
  g_autofree char *text = g_strdup_printf (_ ("The OMS is slow (%d s)"), seconds);

  if (self->slow_line == NULL)
    return;
  gtk_label_set_text (GTK_LABEL (self->slow_line), text);
  add_button (self, NULL, _ ("Continue without"), G_CALLBACK (without_clicked));
}

void
retour_state_page_show_no_answer (RetourStatePage *self, const char *text)
{
  g_autofree char *title = text != NULL ? g_strdup_printf (_ ("“%s”: the OMS does not answer"), text)
                                        : g_strdup (_ ("The OMS does not answer"));

  begin (self, RETOUR_TONE_WARNING, "network-wireless-offline-symbolic", title,
         _ ("Search on this tablet, or take the items back without their order."));
  add_button (self, "system-search-symbolic", _ ("Search by hand"), G_CALLBACK (search_clicked));
  add_button (self, "rt-return-symbolic", _ ("Return without order"), G_CALLBACK (without_clicked));
}

void
retour_state_page_show_not_found (RetourStatePage *self, const char *text, gboolean asked)
{
  g_autofree char *title = g_strdup_printf (_ ("No order “%s”"), text != NULL ? text : "");

  begin (self, RETOUR_TONE_NEUTRAL, "system-search-symbolic", title,
         asked ? _ ("Neither this tablet nor the OMS knows it. Check it, or search by name.")
               : _ ("It is not on this tablet and the OMS cannot be asked now. Search by name."));
  add_button (self, "system-search-symbolic", _ ("Search by hand"), G_CALLBACK (search_clicked));
  add_button (self, "rt-return-symbolic", _ ("Return without order"), G_CALLBACK (without_clicked));
}

void
retour_state_page_show_failure (RetourStatePage *self, const char *title, const char *message)
{
  begin (self, RETOUR_TONE_ERROR, "dialog-warning-symbolic", title, message);
  add_button (self, "system-search-symbolic", _ ("Search by hand"), G_CALLBACK (search_clicked));
}

static const char *
words_of_tried (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (tried_words); i++)
    if (g_str_equal (tried_words[i].code, code))
      return gettext (tried_words[i].words);
  return code;
}

static void
add_tried (RetourStatePage *self, const RetourScan *scan)
{
  GString *tried = g_string_new (NULL);
  g_autofree char *line = NULL;

  for (guint i = 0; scan->tried != NULL && scan->tried[i] != NULL; i++)
    g_string_append_printf (tried, "%s%s", i > 0 ? " · " : "", words_of_tried (scan->tried[i]));
  line = g_strdup_printf (_ ("Tried: %s"), tried->str);
  if (tried->len > 0)
    add_centred (self, retour_text_new_wrapped (line, "rt-muted"));
  g_string_free (tried, TRUE);
}

void
retour_state_page_show_unknown (RetourStatePage *self, const RetourScan *scan)
{
  g_autofree char *shown = g_utf8_substring (scan->visible, 0, MIN (g_utf8_strlen (scan->visible, -1), 60));
  g_autofree char *text = g_strdup_printf (_ ("“%s%s” is neither an order nor an item of the store."), shown,
                                           strlen (shown) < strlen (scan->visible) ? "…" : "");

  begin (self, RETOUR_TONE_WARNING, "rt-barcode-symbolic", _ ("Unknown code"), text);
  if (scan->wrong_element != NULL)
    {
      g_autofree char *wrong = g_strdup_printf (_ ("Its element (%s) is wrong: %s."), scan->wrong_element,
                                                scan->wrong_reason != NULL ? scan->wrong_reason : "");

      add_centred (self, retour_text_new_wrapped (wrong, "rt-warning"));
    }
  add_tried (self, scan);
  add_button (self, "system-search-symbolic", _ ("Search by hand"), G_CALLBACK (search_clicked));
}

static void
order_activated (GtkListBox *list, GtkListBoxRow *row, RetourStatePage *self)
{
  retour_navigation_open_order (self->navigation, g_object_get_data (G_OBJECT (row), "retour-order"));
}

void
retour_state_page_show_choice (RetourStatePage *self, const RetourRoute *route)
{
  GtkWidget *list = gtk_list_box_new ();
  g_autofree char *title =
      g_strdup_printf (ngettext ("%u possible order", "%u possible orders", route->orders->len), route->orders->len);

  begin (self, RETOUR_TONE_INFO, "rt-exchange-symbolic", title,
         route->kind == RETOUR_ROUTE_PRODUCT ? _ ("This item is in several orders. Which one is it?")
                                             : _ ("This code belongs to several orders. Which one is it?"));
  gtk_widget_add_css_class (list, "rt-list");
  gtk_widget_set_margin_top (list, 12);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  for (guint i = 0; i < route->orders->len; i++)
    {
      const RetourOrderSummary *summary = g_ptr_array_index (route->orders, i);
      GtkWidget *row = gtk_list_box_row_new ();
      GtkWidget *content = retour_order_row_new (retour_navigation_get_language (self->navigation),
                                                 retour_navigation_get_time_zone (self->navigation));

      retour_order_row_show (content, summary, NULL);
      retour_order_row_set_room (content, retour_text_scaled (100) > 125 ? RETOUR_ROOM_LEAST : RETOUR_ROOM_NARROW);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), content);
      retour_set_name (row, summary->number);
      g_object_set_data_full (G_OBJECT (row), "retour-order",
                              g_strdup (summary->id != NULL ? summary->id : summary->number), g_free);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  g_signal_connect (list, "row-activated", G_CALLBACK (order_activated), self);
  gtk_box_append (GTK_BOX (self->content), list);
  self->button = list;
}

void
retour_state_page_show_unsold (RetourStatePage *self, const RetourRoute *route)
{
  g_autofree char *title = route->product != NULL && route->product->title != NULL
                               ? g_strdup_printf (_ ("%s: in no order of this tablet"), route->product->title)
                               : g_strdup_printf (_ ("Item %s: in no order of this tablet"), route->scan->value);

  begin (self, RETOUR_TONE_NEUTRAL, "rt-hanger-symbolic", title,
         _ ("Scan the order slip or search by the customer’s name; the item then joins the return."));
  add_button (self, "system-search-symbolic", _ ("Search by hand"), G_CALLBACK (search_clicked));
  add_button (self, "rt-return-symbolic", _ ("Return without order"), G_CALLBACK (without_clicked));
}
