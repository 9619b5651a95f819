/* SPDX-License-Identifier: Apache-2.0 */
/* The draft as a value, the gestures that change it, and the way back from them. */
#include "draft.h"

#include <string.h>

#define HISTORY_LEVELS 20

RetourExchangedItem *
retour_exchanged_item_copy (const RetourExchangedItem *item)
{
  g_return_val_if_fail (item != NULL, NULL);

  RetourExchangedItem *copy = g_memdup2 (item, sizeof *item);
  copy->sku = g_strdup (item->sku);
  copy->product = g_strdup (item->product);
  copy->title = g_strdup (item->title);
  copy->variant = g_strdup (item->variant);
  copy->gtin = g_strdup (item->gtin);
  copy->place = g_strdup (item->place);
  copy->place_name = g_strdup (item->place_name);
  return copy;
}

void
retour_exchanged_item_free (RetourExchangedItem *item)
{
  if (item == NULL)
    return;
  g_free (item->sku);
  g_free (item->product);
  g_free (item->title);
  g_free (item->variant);
  g_free (item->gtin);
  g_free (item->place);
  g_free (item->place_name);
  g_free (item);
}

RetourDraftEntry *
retour_draft_entry_new (const char *line, gint64 quantity)
{
  g_return_val_if_fail (line != NULL, NULL);

  RetourDraftEntry *entry = g_new0 (RetourDraftEntry, 1);
  entry->line = g_strdup (line);
  entry->quantity = quantity;
  return entry;
}

RetourDraftEntry *
retour_draft_entry_copy (const RetourDraftEntry *entry)
{
  g_return_val_if_fail (entry != NULL, NULL);

  RetourDraftEntry *copy = g_memdup2 (entry, sizeof *entry);
  copy->line = g_strdup (entry->line);
  copy->reason = g_strdup (entry->reason);
  copy->condition = g_strdup (entry->condition);
  copy->disposition = g_strdup (entry->disposition);
  copy->serial = g_strdup (entry->serial);
  copy->gtin = g_strdup (entry->gtin);
  copy->note = g_strdup (entry->note);
  copy->exchange = entry->exchange != NULL ? retour_exchanged_item_copy (entry->exchange) : NULL;
  return copy;
}

void
retour_draft_entry_free (RetourDraftEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->line);
  g_free (entry->reason);
  g_free (entry->condition);
  g_free (entry->disposition);
  g_free (entry->serial);
  g_free (entry->gtin);
  g_free (entry->note);
  retour_exchanged_item_free (entry->exchange);
  g_free (entry);
}

RetourApproval *
retour_approval_new (const char *rule, const char *approver, const char *motive)
{
  g_return_val_if_fail (rule != NULL && approver != NULL, NULL);

  RetourApproval *approval = g_new0 (RetourApproval, 1);
  approval->rule = g_strdup (rule);
  approval->approver = g_strdup (approver);
  approval->motive = g_strdup (motive);
  approval->at = RETOUR_INSTANT_NONE;
  return approval;
}

RetourApproval *
retour_approval_copy (const RetourApproval *approval)
{
  g_return_val_if_fail (approval != NULL, NULL);

  RetourApproval *copy = g_memdup2 (approval, sizeof *approval);
  copy->rule = g_strdup (approval->rule);
  copy->approver = g_strdup (approval->approver);
  copy->requester = g_strdup (approval->requester);
  copy->motive = g_strdup (approval->motive);
  copy->quote_hash = g_strdup (approval->quote_hash);
  return copy;
}

void
retour_approval_free (RetourApproval *approval)
{
  if (approval == NULL)
    return;
  g_free (approval->rule);
  g_free (approval->approver);
  g_free (approval->requester);
  g_free (approval->motive);
  g_free (approval->quote_hash);
  g_free (approval);
}

RetourDraft *
retour_draft_new (const char *method)
{
  g_return_val_if_fail (method != NULL, NULL);

  RetourDraft *draft = g_new0 (RetourDraft, 1);
  draft->method = g_strdup (method);
  draft->opened_at = RETOUR_INSTANT_NONE;
  draft->changed_at = RETOUR_INSTANT_NONE;
  draft->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_draft_entry_free);
  draft->approvals = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_approval_free);
  return draft;
}

static gpointer
copy_entry (gconstpointer source, gpointer user_data)
{
  return retour_draft_entry_copy (source);
}

static gpointer
copy_approval (gconstpointer source, gpointer user_data)
{
  return retour_approval_copy (source);
}

RetourDraft *
retour_draft_copy (const RetourDraft *draft)
{
  g_return_val_if_fail (draft != NULL, NULL);

  RetourDraft *copy = g_memdup2 (draft, sizeof *draft);
  copy->id = g_strdup (draft->id);
  copy->order_id = g_strdup (draft->order_id);
  copy->order_number = g_strdup (draft->order_number);
  copy->method = g_strdup (draft->method);
  copy->staff = g_strdup (draft->staff);
  copy->staff_email = g_strdup (draft->staff_email);
  copy->staff_customer = g_strdup (draft->staff_customer);
  copy->visit = g_strdup (draft->visit);
  copy->by = g_strdup (draft->by);
  copy->entries = g_ptr_array_copy (draft->entries, copy_entry, NULL);
  copy->approvals = g_ptr_array_copy (draft->approvals, copy_approval, NULL);
  return copy;
}

void
retour_draft_free (RetourDraft *draft)
{
  if (draft == NULL)
    return;
  g_free (draft->id);
  g_free (draft->order_id);
  g_free (draft->order_number);
  g_free (draft->method);
  g_free (draft->staff);
  g_free (draft->staff_email);
  g_free (draft->staff_customer);
  g_free (draft->visit);
  g_free (draft->by);
  g_ptr_array_unref (draft->entries);
  g_ptr_array_unref (draft->approvals);
  g_free (draft);
}

/* Units of the draft; of one line when `line` is not NULL. Stops at the largest number rather than wrap. */
static gint64
count_units (const RetourDraft *draft, const char *line)
{
  gint64 units = 0;
  for (guint i = 0; i < draft->entries->len; i++)
    {
      const RetourDraftEntry *entry = draft->entries->pdata[i];
      if (line != NULL && strcmp (entry->line, line) != 0)
        continue;
      if (__builtin_add_overflow (units, entry->quantity, &units))
        return G_MAXINT64;
    }
  return units;
}

gint64
retour_draft_units (const RetourDraft *draft)
{
  g_return_val_if_fail (draft != NULL, 0);
  return count_units (draft, NULL);
}

gint64
retour_draft_line_units (const RetourDraft *draft, const char *line)
{
  g_return_val_if_fail (draft != NULL && line != NULL, 0);
  return count_units (draft, line);
}

void
retour_draft_name_visit (const GPtrArray *drafts)
{
  for (guint i = 0; i < drafts->len; i++)
    {
      RetourDraft *draft = g_ptr_array_index (drafts, i);

      g_free (draft->visit);
      draft->visit = drafts->len > 1 ? g_strdup (((const RetourDraft *) g_ptr_array_index (drafts, 0))->id) : NULL;
    }
}

gboolean
retour_draft_is_complete (const RetourDraft *draft)
{
  g_return_val_if_fail (draft != NULL, FALSE);

  for (guint i = 0; i < draft->entries->len; i++)
    {
      const RetourDraftEntry *entry = draft->entries->pdata[i];
      if (entry->reason == NULL || entry->condition == NULL)
        return FALSE;
    }
  return draft->entries->len > 0;
}

gboolean
retour_draft_add_unit (RetourDraft *draft, const char *line, gint64 returnable, guint *entry)
{
  g_return_val_if_fail (draft != NULL && line != NULL, FALSE);

  if (retour_draft_line_units (draft, line) >= returnable)
    return FALSE;

  guint index = draft->entries->len;
  for (guint i = 0; i < draft->entries->len; i++)
    {
      RetourDraftEntry *open = draft->entries->pdata[i];
      if (open->reason == NULL && strcmp (open->line, line) == 0)
        {
          open->quantity++;
          index = i;
          break;
        }
    }
  if (index == draft->entries->len)
    g_ptr_array_add (draft->entries, retour_draft_entry_new (line, 1));
  if (entry != NULL)
    *entry = index;
  return TRUE;
}

void
retour_draft_remove_entry (RetourDraft *draft, guint entry)
{
  g_return_if_fail (draft != NULL && entry < draft->entries->len);
  g_ptr_array_remove_index (draft->entries, entry);
}

static RetourDraftEntry *
entry_at (RetourDraft *draft, guint entry)
{
  g_return_val_if_fail (draft != NULL && entry < draft->entries->len, NULL);
  return draft->entries->pdata[entry];
}

gboolean
retour_draft_set_quantity (RetourDraft *draft, guint entry, gint64 quantity, gint64 returnable)
{
  RetourDraftEntry *changed = entry_at (draft, entry);
  g_return_val_if_fail (changed != NULL, FALSE);

  gint64 others = retour_draft_line_units (draft, changed->line) - changed->quantity;
  if (quantity < 1 || quantity > returnable - others)
    return FALSE;
  changed->quantity = quantity;
  return TRUE;
}

/* An empty text is the same as none. */
static void
set_text (char **member, const char *text)
{
  char *copy = text != NULL && text[0] != '\0' ? g_strdup (text) : NULL;
  g_free (*member);
  *member = copy;
}

void
retour_draft_set_reason (RetourDraft *draft, guint entry, const char *reason)
{
  RetourDraftEntry *changed = entry_at (draft, entry);
  g_return_if_fail (changed != NULL);
  set_text (&changed->reason, reason);
}

void
retour_draft_set_condition (RetourDraft *draft, guint entry, const char *condition)
{
  RetourDraftEntry *changed = entry_at (draft, entry);
  g_return_if_fail (changed != NULL);
  set_text (&changed->condition, condition);
}

void
retour_draft_set_disposition (RetourDraft *draft, guint entry, const char *disposition)
{
  RetourDraftEntry *changed = entry_at (draft, entry);
  g_return_if_fail (changed != NULL);
  set_text (&changed->disposition, disposition);
}

void
retour_draft_set_note (RetourDraft *draft, guint entry, const char *note)
{
  RetourDraftEntry *changed = entry_at (draft, entry);
  g_return_if_fail (changed != NULL);
  set_text (&changed->note, note);
}

void
retour_draft_set_exchange (RetourDraft *draft, guint entry, const RetourExchangedItem *item)
{
  RetourDraftEntry *changed = entry_at (draft, entry);
  g_return_if_fail (changed != NULL);

  RetourExchangedItem *copy = item != NULL ? retour_exchanged_item_copy (item) : NULL;
  retour_exchanged_item_free (changed->exchange);
  changed->exchange = copy;
}

struct _RetourDraftHistory
{
  GQueue states; /* RetourDraft, the latest at the tail */
};

RetourDraftHistory *
retour_draft_history_new (void)
{
  RetourDraftHistory *history = g_new0 (RetourDraftHistory, 1);
  g_queue_init (&history->states);
  return history;
}

void
retour_draft_history_free (RetourDraftHistory *history)
{
  if (history == NULL)
    return;
  g_queue_clear_full (&history->states, (GDestroyNotify) retour_draft_free);
  g_free (history);
}

void
retour_draft_history_push (RetourDraftHistory *history, const RetourDraft *before)
{
  g_return_if_fail (history != NULL && before != NULL);

  g_queue_push_tail (&history->states, retour_draft_copy (before));
  if (history->states.length > HISTORY_LEVELS)
    retour_draft_free (g_queue_pop_head (&history->states));
}

RetourDraft *
retour_draft_history_pop (RetourDraftHistory *history)
{
  g_return_val_if_fail (history != NULL, NULL);
  return g_queue_pop_tail (&history->states);
}
