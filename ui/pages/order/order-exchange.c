/* SPDX-License-Identifier: Apache-2.0 */
/* The exchange page in front of the order page: opened for an entry, its answer put into the draft. */
#include "order-page-private.h"

#include "words.h"

static void
show_exchange (RetourOrderPage *self, gboolean shown)
{
  gtk_widget_set_visible (self->exchange, shown);
  gtk_widget_set_visible (self->panes, !shown);
}

/* NULL once an undo took the article away. */
static const RetourDraftEntry *
exchanged_entry (RetourOrderPage *self)
{
  const RetourDraft *draft = retour_workbench_get_draft (self->bench);
  const RetourDraftEntry *entry = self->exchanged < draft->entries->len ? draft->entries->pdata[self->exchanged] : NULL;

  return entry != NULL && g_strcmp0 (entry->line, self->exchanged_line) == 0 ? entry : NULL;
}

static void
exchange_ended (RetourExchangeEnd end, const RetourExchangedItem *item, gboolean ask, gpointer user_data)
{
  RetourOrderPage *self = user_data;
  const RetourDraftEntry *entry = exchanged_entry (self);
  guint mark = retour_workbench_mark (self->bench);
  g_autofree char *text = NULL;

  show_exchange (self, FALSE);
  gtk_widget_child_focus (gtk_widget_get_visible (self->lines) ? self->lines : self->panel, GTK_DIR_TAB_FORWARD);
  if (end == RETOUR_EXCHANGE_LEFT || entry == NULL)
    return;
  text = g_strdup_printf (end == RETOUR_EXCHANGE_CHOSEN ? _ ("%s: exchanged") : _ ("%s: refunded"),
                          retour_workbench_get_title (self->bench, entry));
  retour_workbench_set_exchange (self->bench, self->exchanged, item);
  retour_order_page_say (self, text, mark);
  if (ask && retour_visit_get_state (self->bench) == RETOUR_WORKBENCH_APPROVAL)
    retour_order_page_finish (self);
}

void
retour_order_page_exchange_entry (RetourOrderPage *self, guint entry)
{
  const RetourDraft *draft;

  if (self->bench == NULL)
    return;
  draft = retour_workbench_get_draft (self->bench);
  if (entry >= draft->entries->len)
    return;
  retour_order_page_end_exchange (self);
  self->exchanged = entry;
  g_free (self->exchanged_line);
  self->exchanged_line = g_strdup (((const RetourDraftEntry *) draft->entries->pdata[entry])->line);
  show_exchange (self, TRUE);
  retour_exchange_page_show (RETOUR_EXCHANGE_PAGE (self->exchange), retour_workbench_get_workspace (self->bench), entry,
                             exchange_ended, self);
}

void
retour_order_page_end_exchange (RetourOrderPage *self)
{
  retour_exchange_page_leave (RETOUR_EXCHANGE_PAGE (self->exchange));
}

gboolean
retour_order_page_is_exchanging (RetourOrderPage *self)
{
  return self->exchange != NULL && retour_exchange_page_is_shown (RETOUR_EXCHANGE_PAGE (self->exchange));
}

void
retour_order_page_check_exchange (RetourOrderPage *self)
{
  if (!retour_order_page_is_exchanging (self))
    return;
  if (exchanged_entry (self) != NULL)
    retour_exchange_page_refresh (RETOUR_EXCHANGE_PAGE (self->exchange));
  else
    retour_order_page_end_exchange (self);
}
