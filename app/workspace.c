/* SPDX-License-Identifier: Apache-2.0 */
/* An order laid on the desk: what the cache knows of it, what this terminal did to it that the OMS does not know yet, and
 * the return being built. */
#include "desk-private.h"

#include <string.h>

static RetourDraft *
open_new_draft (RetourDesk *desk, const RetourOrder *order, const RetourStaff *staff)
{
  RetourDraft *draft = retour_draft_new ("desk");

  draft->id = retour_desk_new_id (desk);
  draft->opened_at = draft->changed_at = retour_desk_now (desk);
  if (order != NULL)
    {
      draft->order_id = g_strdup (order->id != NULL ? order->id : order->number);
      draft->order_number = g_strdup (order->number);
    }
  if (staff != NULL)
    {
      draft->staff = g_strdup (staff->id);
      draft->staff_email = g_strdup (staff->email);
      draft->staff_customer = g_strdup (staff->customer);
    }
  return draft;
}

/* Everything but order and draft. */
static gboolean
fill (RetourWorkspace *workspace, RetourDesk *desk, RetourStore *store, GError **error)
{
  const RetourOrder *order = workspace->order;

  workspace->policy = retour_desk_load_policy (desk, store, error);
  if (workspace->policy == NULL)
    return FALSE;
  if (order == NULL)
    {
      workspace->units_held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      workspace->returns = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_return_free);
      return TRUE;
    }
  workspace->units_held = store->units_held (store, order->id != NULL ? order->id : order->number, error);
  if (workspace->units_held == NULL)
    return FALSE;
  workspace->returns = store->returns_of_order (store, order->id != NULL ? order->id : order->number, error);
  if (workspace->returns == NULL)
    return FALSE;
  return retour_desk_promised_today (desk, store, order->currency, &workspace->promised_today, error);
}

/* The draft in progress of an order, the latest first; NULL without error: none. */
static RetourDraft *
find_draft_of_order (RetourStore *store, const char *order_id, GError **error)
{
  g_autoptr (GPtrArray) drafts = store->list_drafts (store, error);

  if (drafts == NULL)
    return NULL;
  for (guint i = 0; i < drafts->len; i++)
    {
      const RetourDraftSummary *summary = g_ptr_array_index (drafts, i);

      if (g_strcmp0 (summary->order_id, order_id) == 0)
        return store->find_draft (store, summary->id, error);
    }
  return NULL;
}

RetourWorkspace *
retour_desk_open_order (
    RetourDesk *desk, RetourStore *store, const char *id_or_number, const RetourStaff *staff, GError **error)
{
  g_autoptr (RetourWorkspace) workspace = g_new0 (RetourWorkspace, 1);
  GError *problem = NULL;

  if (id_or_number != NULL)
    {
      workspace->order = store->find_order (store, id_or_number, error);
      if (workspace->order == NULL)
        return NULL;
    }
  if (!fill (workspace, desk, store, error))
    return NULL;
  if (workspace->order != NULL)
    {
      const char *id = workspace->order->id != NULL ? workspace->order->id : workspace->order->number;

      workspace->draft = find_draft_of_order (store, id, &problem);
      if (problem != NULL)
        {
          g_propagate_error (error, problem);
          return NULL;
        }
    }
  workspace->resumed = workspace->draft != NULL;
  if (workspace->draft == NULL)
    workspace->draft = open_new_draft (desk, workspace->order, staff);
  workspace->draft->parked = FALSE;
  return g_steal_pointer (&workspace);
}

RetourWorkspace *
retour_desk_open_draft (RetourDesk *desk, RetourStore *store, const char *draft, GError **error)
{
  g_autoptr (RetourWorkspace) workspace = g_new0 (RetourWorkspace, 1);

  workspace->draft = store->find_draft (store, draft, error);
  if (workspace->draft == NULL)
    return NULL;
  workspace->resumed = TRUE;
  workspace->draft->parked = FALSE;
  if (workspace->draft->order_id != NULL)
    {
      workspace->order = store->find_order (store, workspace->draft->order_id, error);
      if (workspace->order == NULL)
        return NULL;
    }
  return fill (workspace, desk, store, error) ? g_steal_pointer (&workspace) : NULL;
}

void
retour_workspace_free (RetourWorkspace *workspace)
{
  if (workspace == NULL)
    return;
  retour_order_free (workspace->order);
  retour_policy_free (workspace->policy);
  g_clear_pointer (&workspace->units_held, g_hash_table_unref);
  g_clear_pointer (&workspace->returns, g_ptr_array_unref);
  retour_draft_free (workspace->draft);
  g_free (workspace);
}

gboolean
retour_workspace_has_currency (const RetourWorkspace *workspace)
{
  return workspace->order == NULL || strcmp (workspace->order->currency, workspace->policy->currency) == 0;
}

gint64
retour_workspace_returnable (const RetourWorkspace *workspace, const RetourOrderLine *line)
{
  const gint64 *held = g_hash_table_lookup (workspace->units_held, line->id);

  if (!retour_workspace_has_currency (workspace))
    return 0;
  return MAX (0, retour_order_line_returnable (line) - (held != NULL ? *held : 0));
}

const RetourOrderLine *
retour_workspace_find_gtin (const RetourWorkspace *workspace, const char *gtin14, gboolean *full)
{
  const RetourOrderLine *chosen = NULL;
  gboolean holds = FALSE;

  for (guint i = 0; workspace->order != NULL && i < workspace->order->lines->len; i++)
    {
      const RetourOrderLine *line = g_ptr_array_index (workspace->order->lines, i);
      g_autofree char *gtin = retour_order_line_gtin14 (line);

      if (gtin == NULL || g_strcmp0 (gtin, gtin14) != 0)
        continue;
      holds = TRUE;
      if (retour_draft_line_units (workspace->draft, line->id) >= retour_workspace_returnable (workspace, line))
        continue;
      if (chosen == NULL || line->paid * chosen->quantity < chosen->paid * line->quantity)
        chosen = line;
    }
  if (full != NULL)
    *full = holds && chosen == NULL;
  return chosen;
}

/* Takes out the approvals that were given for another quote; TRUE when there were any. */
static gboolean
drop_stale_approvals (RetourDraft *draft, const char *hash)
{
  gboolean dropped = FALSE;

  for (guint i = draft->approvals->len; i > 0; i--)
    {
      const RetourApproval *approval = g_ptr_array_index (draft->approvals, i - 1);

      if (approval->quote_hash == NULL || g_str_equal (approval->quote_hash, hash))
        continue;
      g_ptr_array_remove_index (draft->approvals, i - 1);
      dropped = TRUE;
    }
  return dropped;
}

RetourQuote *
retour_workspace_quote (
    const RetourWorkspace *workspace, RetourDraft *draft, RetourInstant at, gboolean offline, GError **error)
{
  RetourQuoteContext context = {
    .at = at,
    .offline = offline,
    .promised_today = workspace->promised_today,
    .units_held = workspace->units_held,
  };
  g_autoptr (RetourQuote) quote = retour_quote_new (workspace->order, workspace->policy, draft, &context, error);
  g_autofree char *hash = NULL;

  if (quote == NULL)
    return NULL;
  hash = retour_quote_hash (quote, draft);
  if (!drop_stale_approvals (draft, hash))
    return g_steal_pointer (&quote);
  return retour_quote_new (workspace->order, workspace->policy, draft, &context, error);
}

RetourQuote *
retour_desk_quote (
    const RetourDesk *desk, const RetourWorkspace *workspace, RetourDraft *draft, gboolean offline, GError **error)
{
  return retour_workspace_quote (workspace, draft, retour_desk_now (desk), offline, error);
}
