/* SPDX-License-Identifier: Apache-2.0 */
/* What the store hands over, as values. */
#include "store.h"

G_DEFINE_QUARK (retour - store - error - quark, retour_store_error)

RetourOrderSummary *
retour_order_summary_copy (const RetourOrderSummary *summary)
{
  RetourOrderSummary *copy = g_memdup2 (summary, sizeof *summary);

  copy->id = g_strdup (summary->id);
  copy->number = g_strdup (summary->number);
  copy->channel = g_strdup (summary->channel);
  copy->customer_name = g_strdup (summary->customer_name);
  copy->email = g_strdup (summary->email);
  copy->phone = g_strdup (summary->phone);
  copy->categories = g_strdupv (summary->categories);
  return copy;
}

void
retour_order_summary_free (RetourOrderSummary *summary)
{
  if (summary == NULL)
    return;
  g_free (summary->id);
  g_free (summary->number);
  g_free (summary->channel);
  g_free (summary->customer_name);
  g_free (summary->email);
  g_free (summary->phone);
  g_strfreev (summary->categories);
  g_free (summary);
}

void
retour_draft_summary_free (RetourDraftSummary *summary)
{
  if (summary == NULL)
    return;
  g_free (summary->id);
  g_free (summary->order_id);
  g_free (summary->order_number);
  g_free (summary->customer_name);
  g_free (summary->staff);
  g_free (summary->visit);
  g_free (summary);
}

void
retour_day_totals_free (RetourDayTotals *totals)
{
  if (totals == NULL)
    return;
  g_clear_pointer (&totals->refunded, g_hash_table_unref);
  g_free (totals);
}

RetourIdentity *
retour_identity_copy (const RetourIdentity *identity)
{
  g_return_val_if_fail (identity != NULL, NULL);

  RetourIdentity *copy = g_new0 (RetourIdentity, 1);
  copy->chain = g_strdup (identity->chain);
  copy->store = g_strdup (identity->store);
  copy->store_name = g_strdup (identity->store_name);
  copy->store_address = g_strdup (identity->store_address);
  copy->store_phone = g_strdup (identity->store_phone);
  copy->terminal = g_strdup (identity->terminal);
  copy->terminal_id = g_strdup (identity->terminal_id);
  copy->currency = g_strdup (identity->currency);
  copy->time_zone = g_strdup (identity->time_zone);
  return copy;
}

void
retour_identity_free (RetourIdentity *identity)
{
  if (identity == NULL)
    return;
  g_free (identity->chain);
  g_free (identity->store);
  g_free (identity->store_name);
  g_free (identity->store_address);
  g_free (identity->store_phone);
  g_free (identity->terminal);
  g_free (identity->terminal_id);
  g_free (identity->currency);
  g_free (identity->time_zone);
  g_free (identity);
}

void
retour_product_free (RetourProduct *product)
{
  if (product == NULL)
    return;
  g_free (product->sku);
  g_free (product->gtin);
  g_free (product->product);
  g_free (product->title);
  g_free (product->variant);
  g_free (product->category);
  g_free (product->currency);
  g_free (product);
}

RetourChange *
retour_change_new (RetourChangeKind kind)
{
  RetourChange *change = g_new0 (RetourChange, 1);
  change->kind = kind;
  change->at = RETOUR_INSTANT_NONE;
  return change;
}

void
retour_change_free (RetourChange *change)
{
  if (change == NULL)
    return;
  g_free (change->text);
  retour_order_free (change->order);
  retour_staff_free (change->staff);
  retour_product_free (change->product);
  g_free (change->sku);
  g_free (change->place);
  g_free (change->place_name);
  retour_proof_key_free (change->key);
  g_free (change->id);
  g_free (change->type);
  g_free (change->detail);
  g_free (change);
}

RetourChangePage *
retour_change_page_new (void)
{
  RetourChangePage *page = g_new0 (RetourChangePage, 1);
  page->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_change_free);
  return page;
}

void
retour_change_page_free (RetourChangePage *page)
{
  if (page == NULL)
    return;
  g_ptr_array_unref (page->changes);
  g_free (page->cursor);
  g_free (page);
}
