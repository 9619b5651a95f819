/* SPDX-License-Identifier: Apache-2.0 */
/* What the hand does on the order page: add, edit, remove, ask why, finish. */
#include "order-page-private.h"

#include "text.h"
#include "why-sheet.h"
#include "words.h"

static void
item_exchange (RetourItemSheet *item, guint entry, RetourOrderPage *self)
{
  retour_order_page_exchange_entry (self, entry);
}

static void
item_primary (RetourItemSheet *item, RetourOrderPage *self)
{
  retour_order_page_finish (self);
}

void
retour_order_page_edit_entry (RetourOrderPage *self, guint entry)
{
  g_clear_weak_pointer (&self->item);
  g_set_weak_pointer (&self->item, retour_item_sheet_open (self->bench, entry));
  g_signal_connect (self->item, "primary", G_CALLBACK (item_primary), self);
  g_signal_connect (self->item, "exchange", G_CALLBACK (item_exchange), self);
}

static void
ask_approval (gpointer user_data)
{
  RetourOrderPage *self = user_data;

  g_clear_weak_pointer (&self->approval);
  g_set_weak_pointer (&self->approval, retour_approval_sheet_open (self->bench));
}

void
retour_order_page_take_approvals (RetourOrderPage *self, const RetourDraft *approved)
{
  g_return_if_fail (RETOUR_IS_ORDER_PAGE (self));

  for (guint i = 0; self->visit != NULL && i < retour_visit_get_n_orders (self->visit); i++)
    retour_workbench_take_approvals (retour_visit_get_bench (self->visit, i), approved);
}

void
retour_order_page_end_approval (RetourOrderPage *self, const char *draft)
{
  g_return_if_fail (RETOUR_IS_ORDER_PAGE (self));

  for (guint i = 0; self->visit != NULL && self->approval != NULL && i < retour_visit_get_n_orders (self->visit); i++)
    if (g_strcmp0 (retour_workbench_get_draft (retour_visit_get_bench (self->visit, i))->id, draft) == 0)
      {
        retour_approval_sheet_end (self->approval);
        return;
      }
}

void
retour_order_page_close_item (RetourOrderPage *self)
{
  if (self->item != NULL)
    retour_item_sheet_close (self->item);
}

typedef struct
{
  RetourWorkbench *bench;
  guint mark;
} UndoMark;

static void
undo_to_mark (gpointer user_data)
{
  UndoMark *mark = user_data;

  retour_workbench_undo_to (mark->bench, mark->mark);
}

static void
undo_mark_free (gpointer user_data)
{
  UndoMark *mark = user_data;

  g_object_unref (mark->bench);
  g_free (mark);
}

void
retour_order_page_say (RetourOrderPage *self, const char *text, guint mark)
{
  UndoMark *undo = g_new0 (UndoMark, 1);

  undo->bench = g_object_ref (self->bench);
  undo->mark = mark;
  retour_navigation_toast (self->navigation, text, undo_to_mark, undo, undo_mark_free);
}

void
retour_order_page_added (RetourOrderPage *self, int entry, guint mark)
{
  const RetourDraftEntry *found = retour_workbench_get_draft (self->bench)->entries->pdata[entry];
  g_autofree char *text = g_strdup_printf (_ ("%s added"), retour_workbench_get_title (self->bench, found));

  retour_order_page_say (self, text, mark);
  retour_order_page_edit_entry (self, (guint) entry);
}

void
retour_order_page_add_line (RetourOrderPage *self, const RetourOrderLine *line)
{
  guint mark = retour_workbench_mark (self->bench);
  int entry = retour_workbench_add_line (self->bench, line);

  if (entry >= 0)
    retour_order_page_added (self, entry, mark);
}

void
retour_order_page_remove_entry (RetourOrderPage *self, guint entry)
{
  const RetourDraftEntry *found = retour_workbench_get_draft (self->bench)->entries->pdata[entry];
  g_autofree char *text = g_strdup_printf (_ ("%s removed"), retour_workbench_get_title (self->bench, found));
  guint mark = retour_workbench_mark (self->bench);

  retour_workbench_remove (self->bench, entry);
  retour_order_page_say (self, text, mark);
}

/* The entry of a line that still wants something, else its first; -1 when it has none. */
static int
entry_of_line (RetourOrderPage *self, const RetourOrderLine *line)
{
  const RetourDraft *draft = retour_workbench_get_draft (self->bench);
  int first = -1;

  for (guint i = 0; i < draft->entries->len; i++)
    {
      const RetourDraftEntry *entry = draft->entries->pdata[i];

      if (g_strcmp0 (entry->line, line->id) != 0)
        continue;
      if (!retour_workbench_entry_is_complete (self->bench, entry))
        return (int) i;
      if (first < 0)
        first = (int) i;
    }
  return first;
}

static void
line_add (RetourLineRow *row, RetourOrderPage *self)
{
  retour_order_page_add_line (self, retour_line_row_get_line (row));
}

static void
line_edit (RetourLineRow *row, RetourOrderPage *self)
{
  int entry = entry_of_line (self, retour_line_row_get_line (row));

  if (entry >= 0)
    retour_order_page_edit_entry (self, (guint) entry);
}

/* A manager may make an exception: the article joins the return, and the return then asks. */
static void
exception_asked (gpointer user_data)
{
  RetourLineRow *row = user_data;
  RetourOrderPage *self = RETOUR_ORDER_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (row), RETOUR_TYPE_ORDER_PAGE));

  retour_order_page_add_line (self, retour_line_row_get_line (row));
}

void
retour_order_page_explain_line (RetourOrderPage *self, RetourLineRow *row)
{
  const RetourOrderLine *line = retour_line_row_get_line (row);
  g_autofree char *title = g_strdup_printf (_ ("%s cannot be returned"), line->title != NULL ? line->title : line->id);
  RetourSheet *sheet = retour_why_sheet_new_for_rules (self->navigation, title, retour_line_row_get_rules (row),
                                                       retour_workbench_hides_prices (self->bench)
                                                           ? NULL
                                                           : retour_workbench_get_currency (self->bench));

  if (retour_line_row_can_ask (row))
    retour_why_sheet_add_question (sheet, exception_asked, row);
  retour_navigation_present_sheet (self->navigation, sheet);
}

static void
line_activated (GtkListBox *list, GtkListBoxRow *row, RetourOrderPage *self)
{
  retour_line_row_act (RETOUR_LINE_ROW (row));
}

static void
remove_last_of_line (RetourOrderPage *self, const RetourOrderLine *line)
{
  const RetourDraft *draft = retour_workbench_get_draft (self->bench);

  for (guint i = draft->entries->len; i > 0; i--)
    if (g_strcmp0 (((const RetourDraftEntry *) draft->entries->pdata[i - 1])->line, line->id) == 0)
      {
        retour_order_page_remove_entry (self, i - 1);
        return;
      }
}

static gboolean
line_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, RetourOrderPage *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  RetourLineRow *row;

  if (!RETOUR_IS_LINE_ROW (focus) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  row = RETOUR_LINE_ROW (focus);
  switch (keyval)
    {
    case GDK_KEY_space:
    case GDK_KEY_plus:
    case GDK_KEY_KP_Add:
      if (retour_line_row_is_returnable (row))
        retour_order_page_add_line (self, retour_line_row_get_line (row));
      else
        retour_order_page_explain_line (self, row);
      return TRUE;
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      remove_last_of_line (self, retour_line_row_get_line (row));
      return TRUE;
    case GDK_KEY_e:
    case GDK_KEY_E:
      line_edit (row, self);
      return TRUE;
    default:
      return FALSE;
    }
}

void
retour_order_page_finish (RetourOrderPage *self)
{
  if (self->bench == NULL)
    return;
  if (retour_visit_get_state (self->bench) == RETOUR_WORKBENCH_APPROVAL)
    ask_approval (self);
  else
    retour_workbench_confirm (self->bench);
}

static void
line_asks_why (RetourLineRow *row, RetourOrderPage *self)
{
  retour_order_page_explain_line (self, row);
}

void
retour_order_page_follow_row (RetourOrderPage *self, RetourLineRow *row)
{
  g_signal_connect (row, "add", G_CALLBACK (line_add), self);
  g_signal_connect (row, "edit", G_CALLBACK (line_edit), self);
  g_signal_connect (row, "why", G_CALLBACK (line_asks_why), self);
}

void
retour_order_page_bind_gestures (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, line_activated);
  gtk_widget_class_bind_template_callback (widget_class, line_key);
}
