/* SPDX-License-Identifier: Apache-2.0 */
/* What the scanner does on the order page: an article joins the return, a command drives it, a badge approves. */
#include "order-page-private.h"

#include "words.h"

static void
refuse (RetourOrderPage *self, const char *text)
{
  retour_navigation_sound (self->navigation, FALSE);
  retour_navigation_toast (self->navigation, text, NULL, NULL, NULL);
}

static RetourLineRow *
row_of_line (RetourOrderPage *self, const RetourOrderLine *line)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->lines), i)) != NULL; i++)
    if (retour_line_row_get_line (RETOUR_LINE_ROW (row)) == line)
      return RETOUR_LINE_ROW (row);
  return NULL;
}

/* All of it is in the return already, and something is still to be said of it: then that is what the scan asks for. */
static gboolean
open_drafted (RetourOrderPage *self, const char *gtin14)
{
  const RetourWorkspace *workspace = retour_workbench_get_workspace (self->bench);

  for (guint i = 0; i < workspace->draft->entries->len; i++)
    {
      const RetourDraftEntry *entry = workspace->draft->entries->pdata[i];
      const RetourOrderLine *line = retour_workbench_find_line (self->bench, entry);
      g_autofree char *gtin = line != NULL ? retour_order_line_gtin14 (line) : NULL;

      if (g_strcmp0 (gtin, gtin14) != 0 || retour_workbench_entry_is_complete (self->bench, entry))
        continue;
      retour_navigation_sound (self->navigation, TRUE);
      retour_order_page_close_item (self);
      retour_order_page_edit_entry (self, i);
      return TRUE;
    }
  return FALSE;
}

static void
scan_product_of_order (RetourOrderPage *self, const RetourRoute *route)
{
  gboolean full = FALSE;
  const RetourWorkspace *workspace = retour_workbench_get_workspace (self->bench);
  const RetourOrderLine *line = retour_workspace_find_gtin (workspace, route->scan->value, &full);
  RetourLineRow *row;

  if (full && open_drafted (self, route->scan->value))
    return;
  if (line == NULL)
    line = retour_order_page_turn_to_gtin (self, route->scan->value);
  row = line != NULL ? row_of_line (self, line) : NULL;
  if (line == NULL)
    {
      const char *title =
          route->product != NULL && route->product->title != NULL ? route->product->title : route->scan->value;
      g_autofree char *text =
          g_strdup_printf (full ? _ ("%s: nothing more of it can come back") : _ ("%s is not in this order"), title);

      refuse (self, text);
      return;
    }
  if (!retour_line_row_is_returnable (row))
    {
      retour_navigation_sound (self->navigation, FALSE);
      retour_order_page_explain_line (self, row);
      return;
    }
  retour_navigation_sound (self->navigation, TRUE);
  /* The same article again while its sheet is open is one more of it, whatever was chosen already. */
  if (self->item != NULL && retour_item_sheet_shows_line (self->item, line->id)
      && retour_item_sheet_add_unit (self->item))
    return;
  retour_order_page_close_item (self);
  retour_order_page_add_line (self, line);
}

static void
scan_product_without_order (RetourOrderPage *self, const RetourRoute *route)
{
  guint mark = retour_workbench_mark (self->bench);
  int entry;

  if (route->product == NULL)
    {
      g_autofree char *text = g_strdup_printf (_ ("%s is not in the catalogue"), route->scan->value);

      refuse (self, text);
      return;
    }
  retour_order_page_close_item (self);
  entry = retour_workbench_add_product (self->bench, route->product);
  if (entry < 0)
    return;
  retour_navigation_sound (self->navigation, TRUE);
  retour_order_page_added (self, entry, mark);
}

/* An order that is on the desk already comes to the front. */
static gboolean
scan_order (RetourOrderPage *self, const RetourRoute *route)
{
  const RetourOrderSummary *summary = g_ptr_array_index (route->orders, 0);
  RetourWorkbench *bench = retour_visit_find_order (self->visit, summary->id != NULL ? summary->id : summary->number);

  if (bench == NULL)
    return FALSE;
  retour_navigation_sound (self->navigation, TRUE);
  retour_order_page_close_item (self);
  retour_visit_set_front (self->visit, bench);
  return TRUE;
}

static void
run_command (RetourOrderPage *self, const RetourScan *scan)
{
  gboolean good = TRUE;

  switch (scan->command)
    {
    case RETOUR_SCAN_COMMAND_CONFIRM:
      good = retour_visit_get_state (self->bench) == RETOUR_WORKBENCH_READY
             || retour_visit_get_state (self->bench) == RETOUR_WORKBENCH_APPROVAL;
      if (good)
        {
          retour_order_page_close_item (self);
          retour_order_page_finish (self);
        }
      break;
    case RETOUR_SCAN_COMMAND_BACK:
      if (self->item != NULL)
        retour_order_page_close_item (self);
      else
        retour_navigation_go_back (self->navigation);
      break;
    case RETOUR_SCAN_COMMAND_NEXT:
      retour_order_page_close_item (self);
      break;
    case RETOUR_SCAN_COMMAND_UNDO:
      good = retour_workbench_undo (self->bench);
      break;
    case RETOUR_SCAN_COMMAND_REASON:
    case RETOUR_SCAN_COMMAND_CONDITION:
      good = self->item != NULL
             && (scan->command == RETOUR_SCAN_COMMAND_REASON
                     ? retour_item_sheet_choose_reason (self->item, scan->command_code)
                     : retour_item_sheet_choose_condition (self->item, scan->command_code));
      break;
    case RETOUR_SCAN_COMMAND_NONE:
      good = FALSE;
      break;
    }
  retour_navigation_sound (self->navigation, good);
}

gboolean
retour_order_page_scan (RetourOrderPage *self, const RetourRoute *route)
{
  g_return_val_if_fail (RETOUR_IS_ORDER_PAGE (self), FALSE);

  if (self->bench == NULL)
    return FALSE;
  if (retour_order_page_is_exchanging (self))
    return retour_exchange_page_scan (RETOUR_EXCHANGE_PAGE (self->exchange), route);
  switch (route->kind)
    {
    case RETOUR_ROUTE_PRODUCT:
      if (retour_workbench_get_workspace (self->bench)->order != NULL)
        scan_product_of_order (self, route);
      else
        scan_product_without_order (self, route);
      return TRUE;
    case RETOUR_ROUTE_COMMAND:
      run_command (self, route->scan);
      return TRUE;
    case RETOUR_ROUTE_STAFF:
      if (self->approval == NULL || route->staff == NULL)
        return FALSE;
      retour_approval_sheet_identify (self->approval, route->staff);
      return TRUE;
    case RETOUR_ROUTE_ORDER:
      return scan_order (self, route);
    case RETOUR_ROUTE_CHOICE:
    case RETOUR_ROUTE_RETURN:
    case RETOUR_ROUTE_ASK_OMS:
    case RETOUR_ROUTE_UNKNOWN:
      return FALSE;
    }
  return FALSE;
}
