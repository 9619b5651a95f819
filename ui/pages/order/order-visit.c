/* SPDX-License-Identifier: Apache-2.0 */
/* Several orders of one customer on the order page: the next one joins what is on hold, or leaves it again. */
#include "order-page-private.h"

#include "item-words.h"
#include "words.h"
#include "workbench-private.h"

static const RetourCustomer *
customer_of (RetourVisit *visit)
{
  const RetourOrder *order = retour_workbench_get_workspace (retour_visit_get_bench (visit, 0))->order;

  return order != NULL ? &order->customer : NULL;
}

static gboolean
is_same_customer (RetourVisit *one, RetourVisit *other)
{
  const RetourCustomer *a = customer_of (one), *b = customer_of (other);

  return a != NULL && b != NULL
         && ((a->id != NULL && g_strcmp0 (a->id, b->id) == 0)
             || (a->email != NULL && g_strcmp0 (a->email, b->email) == 0));
}

/* "1048-7213 + W10004217 · 3 articles" */
static char *
describe (RetourOrderPage *self, RetourVisit *visit)
{
  GString *text = g_string_new (NULL);
  gint64 units = 0;
  g_autofree char *words = NULL;

  for (guint i = 0; i < retour_visit_get_n_orders (visit); i++)
    {
      const RetourDraft *draft = retour_workbench_get_draft (retour_visit_get_bench (visit, i));

      units += retour_draft_units (draft);
      if (draft->entries->len > 0)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " + " : "",
                                draft->order_number != NULL ? draft->order_number : _ ("Without order"));
    }
  words = retour_units_words (retour_navigation_get_language (self->navigation), units);
  g_string_append_printf (text, " · %s", words);
  return g_string_free (text, FALSE);
}

static gboolean
shares_a_draft (RetourVisit *one, RetourVisit *other)
{
  for (guint i = 0; i < retour_visit_get_n_orders (other); i++)
    {
      const char *id = retour_workbench_get_draft (retour_visit_get_bench (other, i))->id;

      for (guint j = 0; j < retour_visit_get_n_orders (one); j++)
        if (g_strcmp0 (retour_workbench_get_draft (retour_visit_get_bench (one, j))->id, id) == 0)
          return TRUE;
    }
  return FALSE;
}

void
retour_order_page_offer_visit (RetourOrderPage *self)
{
  g_autofree char *text = NULL;

  /* What came back to the desk is not on hold any more. */
  if (self->aside != NULL && (!retour_visit_is_open (self->aside) || shares_a_draft (self->visit, self->aside)))
    g_clear_object (&self->aside);
  if (self->aside != NULL)
    text = describe (self, self->aside);
  retour_refund_panel_offer (RETOUR_REFUND_PANEL (self->panel),
                             text == NULL ? NULL
                             : is_same_customer (self->visit, self->aside)
                                 ? _ ("The same customer has a return on hold")
                                 : _ ("A return is on hold"),
                             text);
}

typedef struct
{
  RetourOrderPage *page; /* reference */
  RetourVisit *visit;    /* reference */
  RetourWorkbench *bench;
} Moved;

static Moved *
moved_new (RetourOrderPage *self, RetourWorkbench *bench)
{
  Moved *moved = g_new0 (Moved, 1);

  moved->page = g_object_ref (self);
  moved->visit = g_object_ref (self->visit);
  moved->bench = g_object_ref (bench);
  return moved;
}

static void
moved_free (gpointer user_data)
{
  Moved *moved = user_data;

  g_object_unref (moved->bench);
  g_object_unref (moved->visit);
  g_object_unref (moved->page);
  g_free (moved);
}

static void
put_back (gpointer user_data)
{
  Moved *moved = user_data;

  if (moved->page->visit == moved->visit && moved->bench->visit == NULL)
    retour_visit_put_back (moved->visit, moved->bench);
}

void
retour_order_page_take_out (RetourOrderPage *self)
{
  g_autoptr (RetourWorkbench) out = NULL;
  g_autofree char *text = NULL;

  if (self->visit == NULL)
    return;
  out = retour_visit_take_out (self->visit, self->bench);
  if (out == NULL)
    return;
  text = g_strdup_printf (_ ("%s taken out of the visit"), out->workspace->draft->order_number != NULL
                                                               ? out->workspace->draft->order_number
                                                               : _ ("Without order"));
  retour_navigation_toast (self->navigation, text, put_back, moved_new (self, out), moved_free);
}

/* Undone: the order opened last stays on the desk alone, what it joined is on hold again. */
static void
separate (gpointer user_data)
{
  Moved *moved = user_data;
  RetourOrderPage *self = moved->page;

  if (self->visit != moved->visit || moved->bench->visit != moved->visit)
    return;
  g_clear_object (&self->aside);
  self->aside = retour_visit_part (self->visit, moved->bench);
  retour_refund_panel_set_workbench (RETOUR_REFUND_PANEL (self->panel), self->bench);
  retour_order_page_offer_visit (self);
}

void
retour_order_page_join_visit (RetourOrderPage *self)
{
  g_autoptr (RetourVisit) aside = g_steal_pointer (&self->aside);
  g_autofree char *text = NULL;

  retour_refund_panel_offer (RETOUR_REFUND_PANEL (self->panel), NULL, NULL);
  if (self->visit == NULL || aside == NULL || !retour_visit_is_open (aside))
    return;
  retour_visit_join (self->visit, aside);
  /* The panel's menu has one choice more now. */
  retour_refund_panel_set_workbench (RETOUR_REFUND_PANEL (self->panel), self->bench);
  text = g_strdup_printf (ngettext ("%u order in this visit", "%u orders in this visit",
                                    retour_visit_get_n_orders (self->visit)),
                          retour_visit_get_n_orders (self->visit));
  retour_navigation_toast (self->navigation, text, separate, moved_new (self, self->bench), moved_free);
}

const RetourOrderLine *
retour_order_page_turn_to_gtin (RetourOrderPage *self, const char *gtin14)
{
  for (guint i = 0; i < retour_visit_get_n_orders (self->visit); i++)
    {
      RetourWorkbench *bench = retour_visit_get_bench (self->visit, i);
      const RetourOrderLine *line = retour_workspace_find_gtin (bench->workspace, gtin14, NULL);

      if (line == NULL || bench == self->bench)
        continue;
      retour_order_page_close_item (self);
      retour_visit_set_front (self->visit, bench);
      return line;
    }
  return NULL;
}
