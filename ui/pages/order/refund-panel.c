/* SPDX-License-Identifier: Apache-2.0 */
#include "refund-panel.h"

#include "amount-row.h"
#include "button.h"
#include "entry-row.h"
#include "item-words.h"
#include "note.h"
#include "tender-row.h"
#include "text.h"
#include "visit-sections.h"
#include "why-sheet.h"
#include "words.h"
#include "wrap.h"

struct _RetourRefundPanel
{
  GtkBox parent_instance;

  RetourWorkbench *bench;
  RetourVisit *visit; /* the bench's, or NULL */
  gulong visit_changed;
  GPtrArray *rows; /* RetourBreakdownRow, of the quote shown */

  GtkWidget *count, *park, *menu;
  GtkWidget *upper, *lower; /* headings of a visit's orders, around what is chosen of the one in front */
  GtkWidget *empty, *entries, *breakdown;
  GtkWidget *unsaved, *joins; /* RetourNote */
  GtkWidget *list, *foot;
  GtkWidget *total_box, *total_label, *total, *tenders, *reason, *reason_icon, *reason_text, *primary;
};

enum
{
  SIGNAL_EDIT,
  SIGNAL_REMOVE,
  SIGNAL_PRIMARY,
  SIGNAL_JOIN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourRefundPanel, retour_refund_panel, GTK_TYPE_BOX)

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
  g_signal_emit (self, signals[SIGNAL_EDIT], 0, retour_entry_row_get_index (RETOUR_ENTRY_ROW (row)));
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
      g_signal_emit (self, signals[SIGNAL_REMOVE], 0, retour_entry_row_get_index (RETOUR_ENTRY_ROW (row)));
      return TRUE;
    case GDK_KEY_e:
    case GDK_KEY_E:
    case GDK_KEY_space:
      g_signal_emit (self, signals[SIGNAL_EDIT], 0, retour_entry_row_get_index (RETOUR_ENTRY_ROW (row)));
      return TRUE;
    default:
      return FALSE;
    }
}

static void
why_clicked (RetourAmountRow *row, RetourRefundPanel *self)
{
  RetourNavigation *navigation = retour_workbench_get_navigation (self->bench);

  retour_navigation_present_sheet (navigation,
                                   retour_why_sheet_new_for_row (navigation, retour_amount_row_get_row (row),
                                                                 retour_workbench_get_currency (self->bench)));
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
    {
      const RetourBreakdownRow *row = self->rows->pdata[i];
      g_autofree char *amount = money (self, row->amount);
      GtkWidget *shown = retour_amount_row_new (row, amount);

      g_signal_connect (shown, "clicked", G_CALLBACK (why_clicked), self);
      gtk_box_append (GTK_BOX (self->breakdown), shown);
    }
}

/* What is paid back and what is paid, of the whole visit; FALSE: nothing of it is shown. */
static gboolean
get_totals (RetourRefundPanel *self, gint64 *refund, gint64 *collect)
{
  const RetourQuote *quote = retour_workbench_get_quote (self->bench);
  RetourVisit *visit = retour_workbench_get_visit (self->bench);

  if (visit != NULL && retour_visit_get_n_orders (visit) > 1)
    return retour_visit_get_totals (visit, refund, collect);
  if (quote == NULL || retour_workbench_hides_prices (self->bench))
    return FALSE;
  *refund = quote->total;
  *collect = quote->exchange_collect;
  return TRUE;
}

/* Of one order the button at the till follows from the total; of several each may be paid back and paid for. */
static GtkWidget *
collect_row_new (RetourRefundPanel *self, gint64 collect)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = retour_text_new_wrapped (_ ("The customer pays"), NULL);
  g_autofree char *amount = money (self, collect);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name ("rt-card-symbolic"));
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), retour_text_new_amount (amount, "rt-t4"));
  return row;
}

static void
show_total (RetourRefundPanel *self)
{
  const RetourQuote *quote = retour_workbench_get_quote (self->bench);
  gint64 refund = 0, collect = 0;
  gboolean shown = get_totals (self, &refund, &collect);
  gboolean collects = collect > 0 && refund == 0;
  g_autofree char *total = money (self, collects ? collect : refund);

  gtk_label_set_text (GTK_LABEL (self->total_label), !shown     ? _ ("Gift, no prices shown")
                                                     : collects ? _ ("The customer pays")
                                                                : _ ("To refund"));
  gtk_label_set_text (GTK_LABEL (self->total), shown ? total : "");
  gtk_widget_set_visible (self->total, shown);
  gtk_widget_set_visible (self->total_box, quote != NULL);
  clear_box (self->tenders);
  for (guint i = 0; quote != NULL && i < quote->tenders->len; i++)
    gtk_box_append (GTK_BOX (self->tenders), retour_tender_row_new (self->bench, quote->tenders->pdata[i]));
  if (collect > 0 && refund > 0)
    gtk_box_append (GTK_BOX (self->tenders), collect_row_new (self, collect));
}

static void
show_primary (RetourRefundPanel *self)
{
  RetourWorkbenchState state = retour_visit_get_state (self->bench);
  gboolean approval = state == RETOUR_WORKBENCH_APPROVAL;
  g_autofree char *text = retour_visit_get_primary_words (self->bench);
  g_autofree char *reason = retour_visit_explain_state (self->bench);

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

/* With large text the tenders scroll with the rest, so that the articles keep some room; total and button stay. In a visit
 * they are those of the order in front, and stand with it. */
static void
place_tenders (RetourRefundPanel *self)
{
  RetourVisit *visit = retour_workbench_get_visit (self->bench);
  gboolean several = visit != NULL && retour_visit_get_n_orders (visit) > 1;
  GtkWidget *home = several || retour_text_is_large (GTK_WIDGET (self)) ? self->list : self->foot;

  if (gtk_widget_get_parent (self->tenders) == home)
    return;
  g_object_ref (self->tenders);
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (self->tenders)), self->tenders);
  if (home == self->list)
    gtk_box_insert_child_after (GTK_BOX (home), self->tenders, self->breakdown);
  else
    gtk_box_insert_child_after (GTK_BOX (home), self->tenders, self->total_box);
  g_object_unref (self->tenders);
}

static gint64
count_units (RetourRefundPanel *self)
{
  RetourVisit *visit = retour_workbench_get_visit (self->bench);
  gint64 units = 0;

  if (visit == NULL)
    return retour_draft_units (retour_workbench_get_draft (self->bench));
  for (guint i = 0; i < retour_visit_get_n_orders (visit); i++)
    units += retour_draft_units (retour_workbench_get_draft (retour_visit_get_bench (visit, i)));
  return units;
}

static void
bench_changed (RetourWorkbench *bench, RetourRefundPanel *self)
{
  gint64 units = count_units (self);
  g_autofree char *count = retour_units_words (language_of (self), units);
  g_autofree char *shown = g_strdup_printf ("· %s", count);

  gtk_label_set_text (GTK_LABEL (self->count), units > 0 ? shown : "");
  gtk_widget_set_sensitive (self->park, units > 0);
  place_tenders (self);
  retour_visit_sections_fill (bench, self->upper, self->lower);
  show_entries (self);
  show_breakdown (self);
  show_total (self);
  show_primary (self);
}

/* Another order of the visit, or the visit itself. */
static void
visit_changed (RetourVisit *visit, RetourRefundPanel *self)
{
  place_tenders (self);
  retour_visit_sections_fill (self->bench, self->upper, self->lower);
  show_total (self);
  show_primary (self);
}

static void
join_asked (RetourNote *note, RetourRefundPanel *self)
{
  g_signal_emit (self, signals[SIGNAL_JOIN], 0);
}

void
retour_refund_panel_offer (RetourRefundPanel *self, const char *title, const char *text)
{
  g_return_if_fail (RETOUR_IS_REFUND_PANEL (self));

  if (title == NULL)
    {
      retour_note_hide (RETOUR_NOTE (self->joins));
      return;
    }
  retour_note_set_action (RETOUR_NOTE (self->joins), _ ("Same visit"));
  retour_note_show (RETOUR_NOTE (self->joins), RETOUR_TONE_INFO, "rt-pause-symbolic", title, text);
}

static void
save_failed (RetourWorkbench *bench, const char *message, RetourRefundPanel *self)
{
  retour_note_show (RETOUR_NOTE (self->unsaved), RETOUR_TONE_ERROR, NULL, _ ("Not saved on this tablet."), message);
}

static void
saved (RetourWorkbench *bench, RetourRefundPanel *self)
{
  retour_note_hide (RETOUR_NOTE (self->unsaved));
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
  if (retour_workbench_get_visit (bench) != NULL && retour_visit_get_n_orders (retour_workbench_get_visit (bench)) > 1)
    g_menu_append (menu, _ ("Take this order out of the visit"), "page.take-out");
  g_menu_append (menu, _ ("Give this return up"), "page.discard");
  return G_MENU_MODEL (menu);
}

static void
forget_bench (RetourRefundPanel *self)
{
  if (self->bench == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->bench, self);
  g_clear_signal_handler (&self->visit_changed, self->visit);
  g_clear_object (&self->visit);
}

void
retour_refund_panel_set_workbench (RetourRefundPanel *self, RetourWorkbench *bench)
{
  g_autoptr (GMenuModel) menu = NULL;

  g_return_if_fail (RETOUR_IS_REFUND_PANEL (self));

  forget_bench (self);
  if (bench == NULL)
    {
      clear_box (self->breakdown);
      g_clear_pointer (&self->rows, g_ptr_array_unref);
    }
  g_set_object (&self->bench, bench);
  if (bench == NULL)
    return;
  retour_note_hide (RETOUR_NOTE (self->unsaved));
  menu = menu_new (bench);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), menu);
  g_signal_connect (bench, "changed", G_CALLBACK (bench_changed), self);
  g_signal_connect (bench, "save-failed", G_CALLBACK (save_failed), self);
  g_signal_connect (bench, "saved", G_CALLBACK (saved), self);
  if (retour_workbench_get_visit (bench) != NULL)
    {
      self->visit = g_object_ref (retour_workbench_get_visit (bench));
      self->visit_changed = g_signal_connect (self->visit, "changed", G_CALLBACK (visit_changed), self);
    }
  bench_changed (bench, self);
}

static void
retour_refund_panel_dispose (GObject *object)
{
  RetourRefundPanel *self = RETOUR_REFUND_PANEL (object);

  forget_bench (self);
  g_clear_object (&self->bench);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (retour_refund_panel_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (RETOUR_TYPE_BUTTON);
  g_type_ensure (RETOUR_TYPE_NOTE);
  g_type_ensure (RETOUR_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/refund-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourRefundPanel, count);
  gtk_widget_class_bind_template_child (widget_class, RetourRefundPanel, park);
  gtk_widget_class_bind_template_child (widget_class, RetourRefundPanel, menu);
  gtk_widget_class_bind_template_child (widget_class, RetourRefundPanel, empty);
  gtk_widget_class_bind_template_child (widget_class, RetourRefundPanel, entries);
  gtk_widget_class_bind_template_child (widget_class, RetourRefundPanel, breakdown);
  gtk_widget_class_bind_template_child (widget_class, RetourRefundPanel, unsaved);
  gtk_widget_class_bind_template_child (widget_class, RetourRefundPanel, joins);
  gtk_widget_class_bind_template_child (widget_class, RetourRefundPanel, upper);
  gtk_widget_class_bind_template_child (widget_class, RetourRefundPanel, lower);
  gtk_widget_class_bind_template_child (widget_class, RetourRefundPanel, list);
  gtk_widget_class_bind_template_child (widget_class, RetourRefundPanel, foot);
  gtk_widget_class_bind_template_child (widget_class, RetourRefundPanel, total_box);
  gtk_widget_class_bind_template_child (widget_class, RetourRefundPanel, total_label);
  gtk_widget_class_bind_template_child (widget_class, RetourRefundPanel, total);
  gtk_widget_class_bind_template_child (widget_class, RetourRefundPanel, tenders);
  gtk_widget_class_bind_template_child (widget_class, RetourRefundPanel, reason);
  gtk_widget_class_bind_template_child (widget_class, RetourRefundPanel, reason_icon);
  gtk_widget_class_bind_template_child (widget_class, RetourRefundPanel, reason_text);
  gtk_widget_class_bind_template_child (widget_class, RetourRefundPanel, primary);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated);
  gtk_widget_class_bind_template_callback (widget_class, entry_key);
  gtk_widget_class_bind_template_callback (widget_class, join_asked);
  gtk_widget_class_bind_template_callback (widget_class, primary_clicked);
}

static void
retour_refund_panel_class_init (RetourRefundPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GType type = RETOUR_TYPE_REFUND_PANEL;

  G_OBJECT_CLASS (class)->dispose = retour_refund_panel_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_EDIT] =
      g_signal_new ("edit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_REMOVE] =
      g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_PRIMARY] = g_signal_new ("primary", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_JOIN] = g_signal_new ("join", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  bind_template (widget_class);
}

static void
retour_refund_panel_init (RetourRefundPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Large text: twice the size of the page's title is more than the panel is wide. */
  if (retour_text_is_large (GTK_WIDGET (self)))
    {
      gtk_widget_remove_css_class (self->total, "rt-display");
      gtk_widget_add_css_class (self->total, "rt-t1");
    }
}
