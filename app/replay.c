/* SPDX-License-Identifier: Apache-2.0 */
/* The same return under another policy. */
#include "replay.h"

void
retour_replay_free (RetourReplay *replay)
{
  if (replay == NULL)
    return;
  g_clear_pointer (&replay->approvals_needed, g_ptr_array_unref);
  g_free (replay);
}

RetourDraft *
retour_replay_draft (const RetourReturn *ret)
{
  RetourDraft *draft = retour_draft_new (g_strcmp0 (ret->mode, "kiosk") == 0 ? "kiosk" : "desk");

  draft->id = g_strdup (ret->id);
  draft->order_id = g_strdup (ret->order_id);
  draft->order_number = g_strdup (ret->order_number);
  draft->staff = g_strdup (ret->staff);
  for (guint i = 0; i < ret->lines->len; i++)
    {
      const RetourReturnLine *line = g_ptr_array_index (ret->lines, i);
      RetourDraftEntry *entry = retour_draft_entry_new (line->line, line->quantity);

      entry->reason = g_strdup (line->reason);
      entry->condition = g_strdup (line->condition);
      entry->serial = g_strdup (line->serial);
      entry->exchange = line->exchange != NULL ? retour_exchanged_item_copy (line->exchange) : NULL;
      g_ptr_array_add (draft->entries, entry);
    }
  return draft;
}

RetourReplay *
retour_replay_new (const RetourReturn *ret, const RetourOrder *order, const RetourPolicy *policy, GError **error)
{
  g_autoptr (RetourDraft) draft = retour_replay_draft (ret);
  RetourQuoteContext context = { .at = ret->recorded_at, .offline = ret->offline };
  g_autoptr (RetourQuote) quote = retour_quote_new (order, policy, draft, &context, error);
  RetourReplay *replay;

  if (quote == NULL)
    return NULL;
  replay = g_new0 (RetourReplay, 1);
  replay->decision = quote->decision;
  replay->total = quote->total;
  replay->approvals_needed = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < quote->approvals_needed->len; i++)
    g_ptr_array_add (replay->approvals_needed, g_strdup (g_ptr_array_index (quote->approvals_needed, i)));
  return replay;
}
