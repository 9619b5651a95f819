/* SPDX-License-Identifier: Apache-2.0 */
/* The desk itself: who it is, what time it is there, and what its first page shows. */
#include "desk-private.h"

#include "past-limit.h"

#define LEAST_JUMP (2 * RETOUR_SECOND)

#include <sodium.h>
#include <string.h>

G_DEFINE_QUARK (retour - desk - error - quark, retour_desk_error)

RetourDesk *
retour_desk_new (const RetourDocuments *documents,
                 const RetourClock *clock,
                 RetourIds *ids,
                 const RetourIdentity *identity,
                 const guint8 *proof_secret)
{
  RetourDesk *desk;

  g_return_val_if_fail (documents != NULL && clock != NULL && ids != NULL && identity != NULL, NULL);

  desk = g_new0 (RetourDesk, 1);
  g_mutex_init (&desk->lock);
  desk->documents = documents;
  desk->clock = clock;
  desk->ids = ids;
  desk->identity = retour_identity_copy (identity);
  desk->zone = identity->time_zone != NULL ? retour_time_zone_new (identity->time_zone) : NULL;
  if (desk->zone == NULL)
    desk->zone = g_time_zone_new_utc ();
  if (proof_secret != NULL)
    {
      desk->signs = TRUE;
      memcpy (desk->proof_secret, proof_secret, sizeof desk->proof_secret);
    }
  return desk;
}

void
retour_desk_free (RetourDesk *desk)
{
  if (desk == NULL)
    return;
  sodium_memzero (desk->proof_secret, sizeof desk->proof_secret);
  retour_ids_free (desk->ids);
  retour_identity_free (desk->identity);
  g_time_zone_unref (desk->zone);
  g_mutex_clear (&desk->lock);
  g_free (desk);
}

const RetourIdentity *
retour_desk_get_identity (const RetourDesk *desk)
{
  return desk->identity;
}

const RetourDocuments *
retour_desk_get_documents (const RetourDesk *desk)
{
  return desk->documents;
}

static gint64
current_skew (const RetourDesk *desk)
{
  return desk->clock->wall (desk->clock->self) - desk->clock->boot (desk->clock->self);
}

gint64
retour_desk_get_clock_offset (const RetourDesk *desk)
{
  RetourDesk *self = (RetourDesk *) desk;
  gint64 offset, jump = 0;

  g_mutex_lock (&self->lock);
  offset = self->clock_offset;
  if (self->skew_known)
    jump = current_skew (self) - self->skew;
  g_mutex_unlock (&self->lock);
  /* Less is a clock that is being put right little by little. */
  return ABS (jump) > LEAST_JUMP ? offset - jump : offset;
}

static void
keep_clock_offset (RetourDesk *desk, gint64 offset, gboolean learnt)
{
  g_mutex_lock (&desk->lock);
  desk->clock_offset = offset;
  desk->skew_known = learnt;
  desk->skew = learnt ? current_skew (desk) : 0;
  g_mutex_unlock (&desk->lock);
}

void
retour_desk_set_clock_offset (RetourDesk *desk, gint64 offset)
{
  keep_clock_offset (desk, offset, FALSE);
}

void
retour_desk_learn_clock_offset (RetourDesk *desk, gint64 offset)
{
  keep_clock_offset (desk, offset, TRUE);
}

RetourInstant
retour_desk_now (const RetourDesk *desk)
{
  return retour_clock_corrected (desk->clock, retour_desk_get_clock_offset (desk));
}

char *
retour_desk_new_id (RetourDesk *desk)
{
  RetourInstant now = retour_desk_now (desk);
  char *id;

  g_mutex_lock (&desk->lock);
  id = retour_ids_next (desk->ids, now);
  g_mutex_unlock (&desk->lock);
  return id;
}

RetourInstant
retour_desk_start_of_day (const RetourDesk *desk)
{
  RetourInstant now = retour_desk_now (desk);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / RETOUR_SECOND);
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GDateTime) midnight = NULL;

  if (utc == NULL)
    return now;
  local = g_date_time_to_timezone (utc, desk->zone);
  midnight = g_date_time_new (desk->zone, g_date_time_get_year (local), g_date_time_get_month (local),
                              g_date_time_get_day_of_month (local), 0, 0, 0);
  return midnight != NULL ? g_date_time_to_unix (midnight) * RETOUR_SECOND : now;
}

RetourPolicy *
retour_desk_load_policy (RetourDesk *desk, RetourStore *store, GError **error)
{
  GError *problem = NULL;
  g_autofree char *text = store->policy_text (store, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  if (text == NULL)
    {
      g_set_error_literal (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NO_POLICY,
                           "No return policy has been received from the OMS yet");
      return NULL;
    }
  return desk->documents->read_policy (text, -1, error);
}

gboolean
retour_desk_promised_today (RetourDesk *desk, RetourStore *store, const char *currency, gint64 *amount, GError **error)
{
  return store->promised_since (store, retour_desk_start_of_day (desk), currency, amount, error);
}

typedef struct
{
  RetourDesk *desk;
  const RetourDraft *draft;
} Keeping;

static gboolean
keep_draft (RetourStore *store, gpointer user_data, GError **error)
{
  const Keeping *keeping = user_data;

  return retour_desk_note_voided_approvals (keeping->desk, store, keeping->draft, error)
         && store->save_draft (store, keeping->draft, error);
}

static gboolean
forget_draft (RetourStore *store, gpointer user_data, GError **error)
{
  const Keeping *keeping = user_data;

  return retour_desk_note_voided_approvals (keeping->desk, store, keeping->draft, error)
         && store->drop_draft (store, keeping->draft->id, error);
}

gboolean
retour_desk_save_draft (RetourDesk *desk, RetourStore *store, RetourDraft *draft, GError **error)
{
  Keeping keeping = { desk, draft };

  g_return_val_if_fail (draft->id != NULL, FALSE);

  draft->changed_at = retour_desk_now (desk);
  return store->together (store, keep_draft, &keeping, error);
}

gboolean
retour_desk_drop_draft (RetourDesk *desk, RetourStore *store, const RetourDraft *draft, GError **error)
{
  Keeping keeping = { desk, draft };

  g_return_val_if_fail (draft->id != NULL, FALSE);

  return store->together (store, forget_draft, &keeping, error);
}

gboolean
retour_desk_is_past_limit (const RetourDesk *desk, const RetourPolicy *policy, const RetourOrder *order)
{
  return retour_order_is_past_limit (order, policy, retour_desk_now (desk));
}

/* With days left for the shortest of the windows the order need not be read. */
static gboolean
may_be_past (const RetourDesk *desk, const RetourPolicy *policy, const RetourOrderSummary *summary)
{
  const RetourDay today = retour_instant_day (retour_desk_now (desk), desk->zone);
  gint64 days = policy->window.days;
  GHashTableIter iter;
  gpointer category_days;

  if (summary->returnable == 0 || !policy->has_window)
    return FALSE;
  g_hash_table_iter_init (&iter, policy->window.by_category);
  while (g_hash_table_iter_next (&iter, NULL, &category_days))
    days = MIN (days, *(const gint64 *) category_days);
  return today - retour_instant_day (summary->placed_at, desk->zone) > days;
}

gboolean
retour_desk_mark_past_limit (
    const RetourDesk *desk, RetourStore *store, const RetourPolicy *policy, GPtrArray *summaries, GError **error)
{
  for (guint i = 0; i < summaries->len; i++)
    {
      RetourOrderSummary *summary = summaries->pdata[i];
      g_autoptr (RetourOrder) order = NULL;

      if (!may_be_past (desk, policy, summary))
        continue;
      order = store->find_order (store, summary->id != NULL ? summary->id : summary->number, error);
      if (order == NULL)
        return FALSE;
      summary->past_limit = retour_desk_is_past_limit (desk, policy, order);
    }
  return TRUE;
}

void
retour_home_free (RetourHome *home)
{
  if (home == NULL)
    return;
  g_clear_pointer (&home->totals, retour_day_totals_free);
  g_clear_pointer (&home->recent, g_ptr_array_unref);
  g_clear_pointer (&home->drafts, g_ptr_array_unref);
  g_free (home);
}

RetourHome *
retour_desk_load_home (RetourDesk *desk, RetourStore *store, GError **error)
{
  g_autoptr (RetourHome) home = g_new0 (RetourHome, 1);
  RetourReturnFilter filter = { .from = RETOUR_INSTANT_NONE, .to = RETOUR_INSTANT_NONE, .limit = 6 };

  home->totals = store->day_totals (store, retour_desk_start_of_day (desk), G_MAXINT64, error);
  if (home->totals == NULL)
    return NULL;
  home->recent = store->list_returns (store, &filter, error);
  if (home->recent == NULL)
    return NULL;
  home->drafts = store->list_drafts (store, error);
  if (home->drafts == NULL)
    return NULL;
  retour_desk_merge_visits (home->drafts);
  return g_steal_pointer (&home);
}
