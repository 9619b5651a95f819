/* SPDX-License-Identifier: Apache-2.0 */
/* Several orders at once: a customer who brought more than one is served in one go. Each order keeps its own draft, its own
 * return and its own refund; what ends them is done to all of them or to none. */
#include "desk-private.h"

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  const RetourDraftSummary *one = *(RetourDraftSummary **) a;
  const RetourDraftSummary *other = *(RetourDraftSummary **) b;

  return g_strcmp0 (one->id, other->id);
}

GPtrArray *
retour_desk_open_companions (RetourDesk *desk, RetourStore *store, const RetourDraft *draft, GError **error)
{
  g_autoptr (GPtrArray) companions = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_workspace_free);
  g_autoptr (GPtrArray) drafts = NULL;

  if (draft->visit == NULL)
    return g_steal_pointer (&companions);
  drafts = store->list_drafts (store, error);
  if (drafts == NULL)
    return NULL;
  /* Ids are minted in the order of opening. */
  g_ptr_array_sort (drafts, compare_ids);
  for (guint i = 0; i < drafts->len; i++)
    {
      const RetourDraftSummary *summary = g_ptr_array_index (drafts, i);
      g_autoptr (GError) problem = NULL;
      RetourWorkspace *companion;

      if (g_strcmp0 (summary->visit, draft->visit) != 0 || g_strcmp0 (summary->id, draft->id) == 0)
        continue;
      companion = retour_desk_open_draft (desk, store, summary->id, &problem);
      if (companion != NULL)
        g_ptr_array_add (companions, companion);
      else if (!g_error_matches (problem, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return NULL;
        }
    }
  return g_steal_pointer (&companions);
}

void
retour_desk_merge_visits (GPtrArray *drafts)
{
  g_autoptr (GHashTable) visits = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < drafts->len;)
    {
      const RetourDraftSummary *draft = g_ptr_array_index (drafts, i);
      RetourDraftSummary *newer = draft->visit != NULL ? g_hash_table_lookup (visits, draft->visit) : NULL;

      if (newer == NULL)
        {
          if (draft->visit != NULL)
            g_hash_table_insert (visits, draft->visit, (gpointer) draft);
          i++;
          continue;
        }
      newer->units += draft->units;
      if (draft->order_number != NULL)
        {
          char *both = newer->order_number != NULL
                           ? g_strdup_printf ("%s + %s", newer->order_number, draft->order_number)
                           : g_strdup (draft->order_number);

          g_free (newer->order_number);
          newer->order_number = both;
        }
      g_ptr_array_remove_index (drafts, i);
    }
}

typedef struct
{
  RetourDesk *desk;
  const GPtrArray *drafts;
} Saving;

static gboolean
save_all (RetourStore *store, gpointer user_data, GError **error)
{
  const Saving *saving = user_data;

  for (guint i = 0; i < saving->drafts->len; i++)
    {
      RetourDraft *draft = g_ptr_array_index (saving->drafts, i);

      if (draft->entries->len > 0 && !retour_desk_save_draft (saving->desk, store, draft, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
retour_desk_save_visit (RetourDesk *desk, RetourStore *store, const GPtrArray *drafts, GError **error)
{
  Saving saving = { desk, drafts };

  retour_draft_name_visit (drafts);
  return drafts->len == 0 || store->together (store, save_all, &saving, error);
}

typedef struct
{
  RetourDesk *desk;
  const GPtrArray *drafts, *quotes;
  const RetourStaff *approver;
  gboolean approve;
  const char *motive;
  GPtrArray *decided; /* copies of the drafts, with the approvals */
} Decision;

static gboolean
asks (const GPtrArray *quotes, guint i)
{
  return ((const RetourQuote *) g_ptr_array_index (quotes, i))->approvals_needed->len > 0;
}

static gboolean
decide_one (RetourStore *store, const Decision *decision, guint i, RetourDraft *draft, GError **error)
{
  return retour_desk_approve (decision->desk, store, NULL, draft, g_ptr_array_index (decision->quotes, i),
                              decision->approver, decision->approve, decision->motive, error);
}

static gboolean
decide_all (RetourStore *store, gpointer user_data, GError **error)
{
  const Decision *decision = user_data;

  g_ptr_array_set_size (decision->decided, 0);
  for (guint i = 0; i < decision->drafts->len; i++)
    {
      RetourDraft *draft = retour_draft_copy (g_ptr_array_index (decision->drafts, i));

      g_ptr_array_add (decision->decided, draft);
      if (asks (decision->quotes, i) && !decide_one (store, decision, i, draft, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
retour_desk_approve_visit (RetourDesk *desk,
                           RetourStore *store,
                           const GPtrArray *drafts,
                           const GPtrArray *quotes,
                           const RetourStaff *approver,
                           gboolean approve,
                           const char *motive,
                           GError **error)
{
  g_autoptr (GPtrArray) decided = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_draft_free);
  Decision decision = { desk, drafts, quotes, approver, approve, motive, decided };

  g_return_val_if_fail (drafts->len == quotes->len, FALSE);

  /* Outside the transaction: the journal keeps an attempt that does not count. */
  for (guint i = 0; i < drafts->len; i++)
    if (asks (quotes, i)
        && !retour_approver_check (g_ptr_array_index (drafts, i), g_ptr_array_index (quotes, i), approver, approve,
                                   motive, NULL))
      return decide_one (store, &decision, i, g_ptr_array_index (drafts, i), error);
  if (!store->together (store, decide_all, &decision, error))
    return FALSE;
  for (guint i = 0; i < drafts->len; i++)
    {
      RetourDraft *draft = g_ptr_array_index (drafts, i);
      RetourDraft *copy = g_ptr_array_index (decided, i);

      g_ptr_array_unref (draft->approvals);
      draft->approvals = g_ptr_array_ref (copy->approvals);
    }
  return TRUE;
}

typedef struct
{
  RetourDesk *desk;
  const GPtrArray *drafts;
  const char *visit;
  const RetourStaff *staff;
  gboolean offline;
  GPtrArray *returns;
} Ending;

static gboolean
confirm_all (RetourStore *store, gpointer user_data, GError **error)
{
  Ending *ending = user_data;

  g_ptr_array_set_size (ending->returns, 0);
  for (guint i = 0; i < ending->drafts->len; i++)
    {
      const RetourDraft *draft = g_ptr_array_index (ending->drafts, i);
      RetourReturn *ret = retour_desk_confirm (ending->desk, store, draft, ending->staff, ending->offline, error);

      if (ret == NULL)
        {
          g_prefix_error (error, "%s: ", draft->order_number != NULL ? draft->order_number : draft->id);
          return FALSE;
        }
      g_ptr_array_add (ending->returns, ret);
    }
  return TRUE;
}

GPtrArray *
retour_desk_confirm_visit (RetourDesk *desk,
                           RetourStore *store,
                           const GPtrArray *drafts,
                           const RetourStaff *staff,
                           gboolean offline,
                           GError **error)
{
  g_autoptr (GPtrArray) named = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_draft_free);
  g_autoptr (GPtrArray) returns = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_return_free);
  Ending ending = { desk, named, NULL, staff, offline, returns };

  g_return_val_if_fail (drafts->len > 0, NULL);

  for (guint i = 0; i < drafts->len; i++)
    g_ptr_array_add (named, retour_draft_copy (g_ptr_array_index (drafts, i)));
  retour_draft_name_visit (named);
  return store->together (store, confirm_all, &ending, error) ? g_steal_pointer (&returns) : NULL;
}

static gboolean
cancel_all (RetourStore *store, gpointer user_data, GError **error)
{
  Ending *ending = user_data;
  g_autoptr (GPtrArray) recorded = store->returns_of_visit (store, ending->visit, error);

  if (recorded == NULL)
    return FALSE;
  g_ptr_array_set_size (ending->returns, 0);
  for (guint i = 0; i < recorded->len; i++)
    {
      const RetourReturn *before = g_ptr_array_index (recorded, i);
      RetourReturn *ret = before->goods == RETOUR_GOODS_CANCELLED
                              ? retour_return_copy (before)
                              : retour_desk_cancel (ending->desk, store, before->id, ending->staff, error);

      if (ret == NULL)
        return FALSE;
      g_ptr_array_add (ending->returns, ret);
    }
  return TRUE;
}

GPtrArray *
retour_desk_cancel_visit (
    RetourDesk *desk, RetourStore *store, const char *visit, const RetourStaff *staff, GError **error)
{
  g_autoptr (GPtrArray) returns = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_return_free);
  Ending ending = { desk, NULL, visit, staff, FALSE, returns };

  g_return_val_if_fail (visit != NULL && staff != NULL, NULL);
  return store->together (store, cancel_all, &ending, error) ? g_steal_pointer (&returns) : NULL;
}
