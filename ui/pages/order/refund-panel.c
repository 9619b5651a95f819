/* SPDX-License-Identifier: Apache-2.0 */
#include "refund-panel.h"

#include "breakdown-words.h"
#include "button.h"
#include "entry-row.h"
#include "item-words.h"
#include "note.h"
#include "text.h"
#include "why-sheet.h"
#include "words.h"
#include "wrap.h"

struct _RetourRefundPanel
{
  GtkWidget parent_instance;

  RetourWorkbench *bench;
  GPtrArray *rows; /* RetourBreakdownRow, of the quote shown */

  GtkWidget *box;
  GtkWidget *count, *park, *menu;
  GtkWidget *empty, *entries, *breakdown;
  RetourNote *unsaved;
  GtkWidget *list, *foot;
  GtkWidget *total_box, *total_label, *total, *tenders, *reason, *reason_icon, *reason_text, *primary;
};

enum
{
  SIGNAL_EDIT,
  SIGNAL_REMOVE,
  SIGNAL_PRIMARY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourRefundPanel, retour_refund_panel, GTK_TYPE_WIDGET)

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static RetourLanguage
language_of (RetourRefundPanel *self)
{
  return retour_navigation_get_language (retour_workbench_get_navigation (self->bench));
}

static char *
money (RetourRefundPanel *self, gint64 amount)
{
  return retour_money_format (amount, retour_workbench_get_currency (self->bench), language_of (self));
}

static void
show_entries (RetourRefundPanel *self)
{
  const RetourDraft *draft = retour_workbench_get_draft (self->bench);
  GtkWidget *focus = gtk_widget_get_focus_child (self->entries);
  int index = focus != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focus)) : -1;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->entries), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->entries), GTK_WIDGET (row));
  for (guint i = 0; i < draft->entries->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->entries), retour_entry_row_new (self->bench, i));
  gtk_widget_set_visible (self->entries, draft->entries->len > 0);
  gtk_widget_set_visible (self->empty, draft->entries->len == 0);
  if (index < 0)
    return;
  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->entries), MIN (index, (int) draft->entries->len - 1));
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
entry_activated (GtkListBox *list, GtkListBoxRow *row, RetourRefundPanel *self)
{
  g_signal_emit (self, signals[SIGNAL_EDIT], 0, retour_entry_row_get_index (GTK_WIDGET (row)));
}

static gboolean
entry_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, RetourRefundPanel *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (self->entries);

  if (row == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      g_signal_emit (self, signals[SIGNAL_REMOVE], 0, retour_entry_row_get_index (row));
      return TRUE;
    case GDK_KEY_e:
    case GDK_KEY_E:
    case GDK_KEY_space:
      g_signal_emit (self, signals[SIGNAL_EDIT], 0, retour_entry_row_get_index (row));
      return TRUE;
    default:
      return FALSE;
    }
}

static void
why_clicked (GtkButton *button, RetourRefundPanel *self)
{
  RetourNavigation *navigation = retour_workbench_get_navigation (self->bench);
  const RetourBreakdownRow *row = g_object_get_data (G_OBJECT (button), "retour-row");

  retour_navigation_present_sheet (navigation,
                                   retour_why_sheet_new_for_row (navigation, row,
                                                                 retour_workbench_get_currency (self->bench)));
}

static GtkWidget *
breakdown_row_new (RetourRefundPanel *self, RetourBreakdownRow *row)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = retour_text_new_wrapped (row->label, NULL);
  g_autofree char *amount = money (self, row->amount);
  g_autofree char *name = g_strdup_printf ("%s, %s%s%s", row->label, amount, row->note != NULL ? ", " : "",
                                           row->note != NULL ? row->note : "");

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), retour_text_new_amount (amount, "rt-t4"));
  gtk_box_append (GTK_BOX (box), line);
  if (row->note != NULL)
    gtk_box_append (GTK_BOX (box), retour_text_new_wrapped (row->note, "rt-muted"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "rt-why");
  retour_set_name (button, name);
  g_object_set_data (G_OBJECT (button), "retour-row", row);
  g_signal_connect (button, "clicked", G_CALLBACK (why_clicked), self);
  return button;
}

static void
show_breakdown (RetourRefundPanel *self)
{
  const RetourQuote *quote = retour_workbench_get_quote (self->bench);

  clear_box (self->breakdown);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  if (quote == NULL || retour_workbench_hides_prices (self->bench))
    return;
  self->rows = retour_breakdown_rows_of_quote (language_of (self), quote, retour_workbench_get_draft (self->bench),
                                               retour_workbench_get_workspace (self->bench)->order);
  for (guint i = 0; i < self->rows->len; i++)
    gtk_box_append (GTK_BOX (self->breakdown), breakdown_row_new (self, self->rows->pdata[i]));
}

static const char *
payment_label (const RetourOrder *order, const char *payment)
{
  for (guint i = 0; order != NULL && i < order->payments->len; i++)
    if (g_strcmp0 (((const RetourPayment *) order->payments->pdata[i])->id, payment) == 0)
      return ((const RetourPayment *) order->payments->pdata[i])->label;
  return NULL;
}

/* Why this much on this payment, in a few words; NULL when it is what anyone expects. */
static const char *
tender_aside (RetourRefundPanel *self, const RetourTender *tender)
{
  const RetourWorkspace *workspace = retour_workbench_get_workspace (self->bench);

  if (g_strcmp0 (tender->why, "gift") == 0)
    return _ ("gift");
  if (tender->why != NULL)
    return _ ("no other payment can take it");
  if (workspace->policy->tenders.split == RETOUR_SPLIT_PROPORTIONAL && workspace->order != NULL
      && workspace->order->payments->len > 1 && g_strcmp0 (tender->method, "card") != 0)
    return _ ("in proportion to the payment");
  return NULL;
}

static GtkWidget *
tender_row_new (RetourRefundPanel *self, const RetourTender *tender)
{
  const RetourWorkspace *workspace = retour_workbench_get_workspace (self->bench);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  const char *words =
      retour_payment_words (language_of (self), tender->method, payment_label (workspace->order, tender->payment));
  const char *aside = tender_aside (self, tender);
  g_autofree char *escaped = g_markup_escape_text (words, -1);
  g_autofree char *escaped_aside = aside != NULL ? g_markup_escape_text (aside, -1) : NULL;
  g_autofree char *markup = aside != NULL
                                ? g_strdup_printf ("%s <span alpha=\"75%%\">· %s</span>", escaped, escaped_aside)
                                : g_strdup (escaped);
  GtkWidget *label = retour_text_new_wrapped (NULL, NULL);
  g_autofree char *amount = money (self, tender->amount);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name (retour_method_icon (tender->method)));
  gtk_box_append (GTK_BOX (row), label);
  if (!retour_workbench_hides_prices (self->bench))
    gtk_box_append (GTK_BOX (row), retour_text_new_amount (amount, "rt-t4"));
  return row;
}

static void
show_total (RetourRefundPanel *self)
{
  const RetourQuote *quote = retour_workbench_get_quote (self->bench);
  gboolean collects = quote != NULL && quote->exchange_collect > 0;
  g_autofree char *total = money (self, quote == NULL ? 0 : collects ? quote->exchange_collect : quote->total);
  gboolean shown = quote != NULL && !retour_workbench_hides_prices (self->bench);

  gtk_label_set_text (GTK_LABEL (self->total_label), !shown     ? _ ("Gift, no prices shown")
                                                     : collects ? _ ("The customer pays")
                                                                : _ ("To refund"));
  gtk_label_set_text (GTK_LABEL (self->total), shown ? total : "");
  gtk_widget_set_visible (self->total, shown);
  gtk_widget_set_visible (self->total_box, quote != NULL);
  clear_box (self->tenders);
  for (guint i = 0; quote != NULL && i < quote->tenders->len; i++)
    gtk_box_append (GTK_BOX (self->tenders), tender_row_new (self, quote->tenders->pdata[i]));
}

static char *
primary_text (RetourRefundPanel *self, RetourWorkbenchState state)
{
  const RetourQuote *quote = retour_workbench_get_quote (self->bench);
  g_autofree char *total = NULL;

  if (state == RETOUR_WORKBENCH_APPROVAL)
    return g_strdup (_ ("Ask for approval"));
  if (quote == NULL || state == RETOUR_WORKBENCH_EMPTY || quote->exchange_collect > 0
      || retour_workbench_hides_prices (self->bench)
      || retour_workbench_get_workspace (self->bench)->order == NULL)
    return g_strdup (_ ("Confirm return"));
  total = money (self, quote->total);
  return g_strdup_printf (_ ("Confirm return · %s"), total);
}

static void
show_primary (RetourRefundPanel *self)
{
  RetourWorkbenchState state = retour_workbench_get_state (self->bench);
  gboolean approval = state == RETOUR_WORKBENCH_APPROVAL;
  g_autofree char *text = primary_text (self, state);
  g_autofree char *reason = retour_workbench_explain_state (self->bench);

  retour_button_set_label (self->primary, text);
  retour_button_set_icon (self->primary, approval ? "rt-shield-symbolic" : "object-select-symbolic");
  gtk_widget_set_sensitive (self->primary, state == RETOUR_WORKBENCH_READY || approval);
  gtk_widget_set_visible (self->reason, reason != NULL && state != RETOUR_WORKBENCH_EMPTY);
  gtk_label_set_text (GTK_LABEL (self->reason_text), reason != NULL ? reason : "");
  gtk_image_set_from_icon_name (GTK_IMAGE (self->reason_icon), approval ? "rt-shield-symbolic"
                                                               : state == RETOUR_WORKBENCH_REFUSED
                                                                   ? "action-unavailable-symbolic"
                                                                   : "rt-info-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->primary), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  reason != NULL ? reason : "", -1);
}

/* With large text the tenders scroll with the rest, so that the articles keep some room; total and button stay. */
static void
place_tenders (RetourRefundPanel *self)
{
  GtkWidget *home = retour_text_is_large (GTK_WIDGET (self)) ? self->list : self->foot;

  if (gtk_widget_get_parent (self->tenders) == home)
    return;
  g_object_ref (self->tenders);
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (self->tenders)), self->tenders);
  if (home == self->list)
    gtk_box_append (GTK_BOX (home), self->tenders);
  else
    gtk_box_insert_child_after (GTK_BOX (home), self->tenders, self->total_box);
  g_object_unref (self->tenders);
}

static void
bench_changed (RetourWorkbench *bench, RetourRefundPanel *self)
{
  gint64 units = retour_draft_units (retour_workbench_get_draft (bench));
  g_autofree char *count = retour_units_words (language_of (self), units);
  g_autofree char *shown = g_strdup_printf ("· %s", count);

  gtk_label_set_text (GTK_LABEL (self->count), units > 0 ? shown : "");
  gtk_widget_set_sensitive (self->park, units > 0);
  place_tenders (self);
  show_entries (self);
  show_breakdown (self);
  show_total (self);
  show_primary (self);
}

static void
save_failed (RetourWorkbench *bench, const char *message, RetourRefundPanel *self)
{
  retour_note_show (self->unsaved, RETOUR_TONE_ERROR, NULL, _ ("Not saved on this tablet."), message);
}

static void
saved (RetourWorkbench *bench, RetourRefundPanel *self)
{
  retour_note_hide (self->unsaved);
}

static void
primary_clicked (GtkButton *button, RetourRefundPanel *self)
{
  g_signal_emit (self, signals[SIGNAL_PRIMARY], 0);
}

static GMenuModel *
menu_new (RetourWorkbench *bench)
{
  const RetourOrder *order = retour_workbench_get_workspace (bench)->order;
  GMenu *menu = g_menu_new ();

  if (order != NULL && order->gift)
    g_menu_append (menu, retour_workbench_hides_prices (bench) ? _ ("The buyer is here") : _ ("The recipient is here"),
                   "page.buyer");
  g_menu_append (menu, _ ("Put aside"), "page.park");
  g_menu_append (menu, _ ("Give this return up"), "page.discard");
  return G_MENU_MODEL (menu);
}

void
retour_refund_panel_set_workbench (RetourRefundPanel *self, RetourWorkbench *bench)
{
  g_autoptr (GMenuModel) menu = NULL;

  g_return_if_fail (RETOUR_IS_REFUND_PANEL (self));

  if (self->bench != NULL)
    g_signal_handlers_disconnect_by_data (self->bench, self);
  if (bench == NULL)
    {
      clear_box (self->breakdown);
      g_clear_pointer (&self->rows, g_ptr_array_unref);
    }
  g_set_object (&self->bench, bench);
  if (bench == NULL)
    return;
  retour_note_hide (self->unsaved);
  menu = menu_new (bench);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), menu);
  g_signal_connect (bench, "changed", G_CALLBACK (bench_changed), self);
  g_signal_connect (bench, "save-failed", G_CALLBACK (save_failed), self);
  g_signal_connect (bench, "saved", G_CALLBACK (saved), self);
  bench_changed (bench, self);
}

static void
retour_refund_panel_dispose (GObject *object)
{
  RetourRefundPanel *self = RETOUR_REFUND_PANEL (object);

  if (self->bench != NULL)
    g_signal_handlers_disconnect_by_data (self->bench, self);
  g_clear_object (&self->bench);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (retour_refund_panel_parent_class)->dispose (object);
}

static void
retour_refund_panel_class_init (RetourRefundPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GType type = RETOUR_TYPE_REFUND_PANEL;

  G_OBJECT_CLASS (class)->dispose = retour_refund_panel_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_EDIT] =
      g_signal_new ("edit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_REMOVE] =
      g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_PRIMARY] = g_signal_new ("primary", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
build_head (RetourRefundPanel *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = retour_wrap_new (6);

  gtk_widget_add_css_class (head, "rt-panel-head");
  self->count = retour_text_new (NULL, "rt-large rt-muted");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  retour_wrap_append (RETOUR_WRAP (words), retour_text_new (_ ("Return in progress"), "rt-t2"));
  retour_wrap_append (RETOUR_WRAP (words), self->count);
  self->park = retour_icon_button_new ("rt-pause-symbolic", _ ("Put aside"), "rt-flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->park), "page.park");
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_widget_add_css_class (self->menu, "rt-menu");
  gtk_widget_set_valign (self->menu, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->menu, _ ("More"));
  retour_set_name (self->menu, _ ("More"));
  gtk_box_append (GTK_BOX (head), words);
  gtk_box_append (GTK_BOX (head), self->park);
  gtk_box_append (GTK_BOX (head), self->menu);
  gtk_box_append (GTK_BOX (self->box), head);
}

static void
build_list (RetourRefundPanel *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_add_css_class (box, "rt-panel-body");
  self->empty = retour_text_new_wrapped (_ ("Scan the items the customer brings back, or touch Add."), "rt-muted");
  self->entries = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->entries), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->entries, "rt-entries");
  retour_set_name (self->entries, _ ("Items of this return"));
  g_signal_connect (self->entries, "row-activated", G_CALLBACK (entry_activated), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (entry_key), self);
  gtk_widget_add_controller (self->entries, keys);
  self->breakdown = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), self->empty);
  gtk_box_append (GTK_BOX (box), self->entries);
  gtk_box_append (GTK_BOX (box), self->breakdown);
  self->list = box;
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (self->box), scroller);
}

static void
build_foot (RetourRefundPanel *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_widget_add_css_class (foot, "rt-panel-foot");
  self->unsaved = retour_note_new (RETOUR_TONE_ERROR);
  self->total_box = retour_wrap_new (8);
  retour_wrap_set_last_at_end (RETOUR_WRAP (self->total_box), TRUE);
  gtk_widget_add_css_class (self->total_box, "rt-total");
  self->total_label = retour_text_new_wrapped (NULL, "rt-t2");
  self->total = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "xalign", 1.0f, NULL);
  gtk_widget_add_css_class (self->total, "rt-display");
  retour_wrap_append (RETOUR_WRAP (self->total_box), self->total_label);
  retour_wrap_append (RETOUR_WRAP (self->total_box), self->total);
  self->tenders = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->reason = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (self->reason, "rt-warning");
  self->reason_icon = gtk_image_new ();
  self->reason_text = retour_text_new_wrapped (NULL, "rt-t4");
  gtk_box_append (GTK_BOX (self->reason), self->reason_icon);
  gtk_box_append (GTK_BOX (self->reason), self->reason_text);
  gtk_widget_set_margin_top (self->reason, 6);
  self->primary = retour_button_new ("object-select-symbolic", _ ("Confirm return"), "rt-primary rt-xl");
  retour_button_set_wraps (self->primary);
  gtk_widget_set_margin_top (self->primary, 10);
  g_signal_connect (self->primary, "clicked", G_CALLBACK (primary_clicked), self);
  gtk_box_append (GTK_BOX (foot), GTK_WIDGET (self->unsaved));
  gtk_box_append (GTK_BOX (foot), self->total_box);
  gtk_box_append (GTK_BOX (foot), self->tenders);
  gtk_box_append (GTK_BOX (foot), self->reason);
  gtk_box_append (GTK_BOX (foot), self->primary);
  self->foot = foot;
  gtk_box_append (GTK_BOX (self->box), foot);
}

static void
retour_refund_panel_init (RetourRefundPanel *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->box, "rt-panel");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  retour_set_name (GTK_WIDGET (self), _ ("Return in progress"));
  build_head (self);
  build_list (self);
  build_foot (self);
}

GtkWidget *
retour_refund_panel_new (void)
{
  return g_object_new (RETOUR_TYPE_REFUND_PANEL, NULL);
}
