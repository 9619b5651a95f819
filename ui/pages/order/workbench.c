/* SPDX-License-Identifier: Apache-2.0 */
#include "workbench-private.h"

guint retour_workbench_signals[RETOUR_WORKBENCH_N_SIGNALS];

G_DEFINE_TYPE (RetourWorkbench, retour_workbench, G_TYPE_OBJECT)

typedef struct
{
  RetourWorkbench *self;
  RetourDesk *desk;
  RetourDraft *draft;
  gboolean drop;
} SaveJob;

static void
save_job_free (SaveJob *job)
{
  g_object_unref (job->self);
  retour_draft_free (job->draft);
  g_free (job);
}

static gpointer
run_save (RetourStore *store, gpointer user_data, GError **error)
{
  SaveJob *job = user_data;
  gboolean good = job->drop ? retour_desk_drop_draft (job->desk, store, job->draft, error)
                            : retour_desk_save_draft (job->desk, store, job->draft, error);

  return good ? job : NULL;
}

static void
save_replied (gpointer result, const GError *error, gpointer user_data)
{
  SaveJob *job = user_data;

  if (error != NULL && !job->drop)
    g_signal_emit (job->self, retour_workbench_signals[RETOUR_WORKBENCH_SIGNAL_SAVE_FAILED], 0, error->message);
  else if (error == NULL)
    g_signal_emit (job->self, retour_workbench_signals[RETOUR_WORKBENCH_SIGNAL_SAVED], 0);
  save_job_free (job);
}

static void
save (RetourWorkbench *self)
{
  SaveJob *job = g_new0 (SaveJob, 1);
  const RetourServices *services = retour_navigation_get_services (self->navigation);

  job->self = g_object_ref (self);
  job->desk = services->desk;
  job->draft = retour_draft_copy (self->workspace->draft);
  job->drop = job->draft->entries->len == 0;
  services->storage->write (services->storage->self, run_save, save_replied, job);
}

/* Whoever goes on with a draft is who asks for it. */
static void
take_over (RetourDraft *draft, const RetourStaff *staff)
{
  if (staff == NULL || g_strcmp0 (draft->staff, staff->id) == 0)
    return;
  g_free (draft->staff);
  g_free (draft->staff_email);
  g_free (draft->staff_customer);
  draft->staff = g_strdup (staff->id);
  draft->staff_email = g_strdup (staff->email);
  draft->staff_customer = g_strdup (staff->customer);
}

void
retour_workbench_requote (RetourWorkbench *self)
{
  g_autoptr (GError) error = NULL;
  const guint given = self->workspace->draft->approvals->len;
  RetourQuote *quote;

  take_over (self->workspace->draft, retour_navigation_get_staff (self->navigation));
  quote = retour_desk_quote (retour_navigation_get_services (self->navigation)->desk, self->workspace,
                             self->workspace->draft, retour_navigation_is_offline (self->navigation), &error);

  if (self->workspace->draft->approvals->len > 0)
    self->voided = FALSE;
  else if (given > 0)
    self->voided = TRUE;
  g_clear_error (&self->problem);
  g_clear_pointer (&self->quote, retour_quote_free);
  self->quote = quote;
  if (quote == NULL)
    self->problem = g_steal_pointer (&error);
  g_signal_emit (self, retour_workbench_signals[RETOUR_WORKBENCH_SIGNAL_CHANGED], 0);
}

/* FALSE once nothing may change any more. */
static gboolean
begin_gesture (RetourWorkbench *self)
{
  if (self->busy || self->done)
    return FALSE;
  retour_draft_history_push (self->history, self->workspace->draft);
  self->depth++;
  self->noting = 0;
  return TRUE;
}

static void
end_gesture (RetourWorkbench *self)
{
  self->workspace->draft->changed_at = retour_desk_now (retour_navigation_get_services (self->navigation)->desk);
  /* First the quote: what it drops of the approvals is not kept either. */
  retour_workbench_requote (self);
  save (self);
  retour_workbench_check_request (self);
}

int
retour_workbench_add_line (RetourWorkbench *self, const RetourOrderLine *line)
{
  gint64 returnable = retour_workspace_returnable (self->workspace, line);
  guint entry;

  if (retour_draft_line_units (self->workspace->draft, line->id) >= MAX (returnable, 1) || !begin_gesture (self))
    return -1;
  /* What cannot come back today may still be laid on the desk, so that a manager can be asked: one unit, which the rules
   * then refuse or not. */
  if (!retour_draft_add_unit (self->workspace->draft, line->id, MAX (returnable, 1), &entry))
    return -1;
  end_gesture (self);
  return (int) entry;
}

int
retour_workbench_add_product (RetourWorkbench *self, const RetourProduct *product)
{
  g_autofree char *name = product->variant != NULL && *product->variant != '\0'
                              ? g_strdup_printf ("%s · %s", product->title, product->variant)
                              : g_strdup (product->title != NULL ? product->title : product->gtin);
  RetourDraftEntry *added;
  guint entry;

  if (!begin_gesture (self))
    return -1;
  if (!retour_draft_add_unit (self->workspace->draft, name, RETOUR_BLIND_UNITS, &entry))
    return -1;
  added = retour_workbench_entry_at (self, entry);
  if (added->gtin == NULL)
    added->gtin = g_strdup (product->gtin);
  if (product->category != NULL)
    g_hash_table_insert (self->products, g_strdup (name), g_strdup (product->category));
  end_gesture (self);
  return (int) entry;
}

void
retour_workbench_remove (RetourWorkbench *self, guint entry)
{
  if (retour_workbench_entry_at (self, entry) == NULL || !begin_gesture (self))
    return;
  retour_draft_remove_entry (self->workspace->draft, entry);
  end_gesture (self);
}

gboolean
retour_workbench_set_quantity (RetourWorkbench *self, guint entry, gint64 quantity)
{
  RetourDraftEntry *found = retour_workbench_entry_at (self, entry);
  const RetourOrderLine *line;
  gint64 returnable;

  if (found == NULL || quantity < 1 || quantity > retour_workbench_get_highest (self, entry)
      || found->quantity == quantity || !begin_gesture (self))
    return FALSE;
  line = retour_workbench_find_line (self, found);
  returnable = line != NULL ? MAX (1, retour_workspace_returnable (self->workspace, line)) : RETOUR_BLIND_UNITS;
  if (!retour_draft_set_quantity (self->workspace->draft, entry, quantity, returnable))
    return FALSE;
  end_gesture (self);
  return TRUE;
}

void
retour_workbench_set_reason (RetourWorkbench *self, guint entry, const char *reason)
{
  const RetourDraftEntry *found = retour_workbench_entry_at (self, entry);

  if (found == NULL || g_strcmp0 (found->reason, reason) == 0 || !begin_gesture (self))
    return;
  retour_draft_set_reason (self->workspace->draft, entry, reason);
  end_gesture (self);
}

void
retour_workbench_set_condition (RetourWorkbench *self, guint entry, const char *condition, const char *disposition)
{
  const RetourDraftEntry *found = retour_workbench_entry_at (self, entry);

  if (found == NULL || g_strcmp0 (found->condition, condition) == 0 || !begin_gesture (self))
    return;
  retour_draft_set_condition (self->workspace->draft, entry, condition);
  if (disposition != NULL)
    retour_draft_set_disposition (self->workspace->draft, entry, disposition);
  end_gesture (self);
}

void
retour_workbench_set_disposition (RetourWorkbench *self, guint entry, const char *disposition)
{
  const RetourDraftEntry *found = retour_workbench_entry_at (self, entry);

  if (found == NULL || g_strcmp0 (found->disposition, disposition) == 0 || !begin_gesture (self))
    return;
  retour_draft_set_disposition (self->workspace->draft, entry, disposition);
  end_gesture (self);
}

void
retour_workbench_set_note (RetourWorkbench *self, guint entry, const char *note)
{
  const RetourDraftEntry *found = retour_workbench_entry_at (self, entry);
  const char *kept = note != NULL && *note != '\0' ? note : NULL;

  if (found == NULL || g_strcmp0 (found->note, kept) == 0 || self->busy || self->done)
    return;
  /* Letters of one note are one gesture. */
  if (self->noting != entry + 1 && !begin_gesture (self))
    return;
  self->noting = entry + 1;
  retour_draft_set_note (self->workspace->draft, entry, kept);
  end_gesture (self);
}

void
retour_workbench_set_exchange (RetourWorkbench *self, guint entry, const RetourExchangedItem *item)
{
  const RetourDraftEntry *found = retour_workbench_entry_at (self, entry);

  if (found == NULL || (found->exchange == NULL && item == NULL) || !begin_gesture (self))
    return;
  retour_draft_set_exchange (self->workspace->draft, entry, item);
  end_gesture (self);
}

void
retour_workbench_set_buyer (RetourWorkbench *self, gboolean buyer)
{
  RetourDraft *draft = self->workspace->draft;

  if (buyer == (g_strcmp0 (draft->by, "buyer") == 0) || !begin_gesture (self))
    return;
  g_free (draft->by);
  draft->by = buyer ? g_strdup ("buyer") : NULL;
  end_gesture (self);
}

/* What a manager said is not undone, and what a change has voided does not come back. */
static void
keep_approvals (RetourDraft *before, RetourDraft *now)
{
  GPtrArray *given = now->approvals;

  now->approvals = before->approvals;
  before->approvals = given;
}

gboolean
retour_workbench_undo (RetourWorkbench *self)
{
  RetourDraft *before;

  if (self->busy || self->done)
    return FALSE;
  before = retour_draft_history_pop (self->history);
  if (before == NULL)
    return FALSE;
  self->depth--;
  self->noting = 0;
  keep_approvals (before, self->workspace->draft);
  /* With whom an order is done is no gesture of its own. */
  g_free (before->visit);
  before->visit = g_steal_pointer (&self->workspace->draft->visit);
  retour_draft_free (self->workspace->draft);
  self->workspace->draft = before;
  end_gesture (self);
  return TRUE;
}

guint
retour_workbench_mark (RetourWorkbench *self)
{
  return self->depth;
}

void
retour_workbench_undo_to (RetourWorkbench *self, guint mark)
{
  while (self->depth > mark && retour_workbench_undo (self))
    ;
}

gboolean
retour_workbench_park (RetourWorkbench *self)
{
  if (self->busy || self->done || self->workspace->draft->entries->len == 0)
    return FALSE;
  self->workspace->draft->parked = TRUE;
  save (self);
  retour_navigation_refresh (self->navigation);
  return TRUE;
}

void
retour_workbench_discard (RetourWorkbench *self)
{
  if (self->busy || self->done)
    return;
  g_ptr_array_set_size (self->workspace->draft->entries, 0);
  save (self);
  self->done = TRUE;
  retour_workbench_check_request (self);
  retour_navigation_refresh (self->navigation);
}

static void
retour_workbench_finalize (GObject *object)
{
  RetourWorkbench *self = RETOUR_WORKBENCH (object);

  retour_workspace_free (self->workspace);
  retour_quote_free (self->quote);
  g_clear_error (&self->problem);
  retour_draft_history_free (self->history);
  g_hash_table_unref (self->products);
  G_OBJECT_CLASS (retour_workbench_parent_class)->finalize (object);
}

static void
retour_workbench_class_init (RetourWorkbenchClass *class)
{
  GType type = RETOUR_TYPE_WORKBENCH;

  G_OBJECT_CLASS (class)->finalize = retour_workbench_finalize;
  retour_workbench_signals[RETOUR_WORKBENCH_SIGNAL_CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  retour_workbench_signals[RETOUR_WORKBENCH_SIGNAL_SAVE_FAILED] =
      g_signal_new ("save-failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  retour_workbench_signals[RETOUR_WORKBENCH_SIGNAL_SAVED] =
      g_signal_new ("saved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  retour_workbench_signals[RETOUR_WORKBENCH_SIGNAL_FINISHED] =
      g_signal_new ("finished", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
retour_workbench_init (RetourWorkbench *self)
{
  self->history = retour_draft_history_new ();
  self->products = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

RetourWorkbench *
retour_workbench_new (RetourNavigation *navigation, RetourWorkspace *workspace)
{
  RetourWorkbench *self;

  g_return_val_if_fail (workspace != NULL && workspace->draft != NULL, NULL);

  self = g_object_new (RETOUR_TYPE_WORKBENCH, NULL);
  self->navigation = navigation;
  self->workspace = workspace;
  retour_workbench_requote (self);
  return self;
}
