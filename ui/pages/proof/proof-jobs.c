/* SPDX-License-Identifier: Apache-2.0 */
/* What the proof page asks the store: what helps to say more, how the return stands by now, to take it back. */
#include "proof-page-private.h"

#include "disposition.h"
#include "words.h"

static const RetourStorage *
storage_of (RetourProofPage *self)
{
  return retour_navigation_get_services (self->navigation)->storage;
}

RetourProofReply *
retour_proof_reply_new (RetourProofPage *self)
{
  RetourProofReply *reply = g_new0 (RetourProofReply, 1);

  reply->self = g_object_ref (self);
  reply->shown = self->shown;
  return reply;
}

/* The page, or NULL when it shows another return by now. */
RetourProofPage *
retour_proof_reply_take (RetourProofReply *reply)
{
  RetourProofPage *self = reply->self;
  gboolean current = reply->shown == self->shown && self->box != NULL;

  g_free (reply);
  if (current)
    return self;
  g_object_unref (self);
  return NULL;
}

typedef struct
{
  RetourProofReply *reply;
  char *id, *visit;
  GPtrArray *returns, *orders;
  GHashTable *places;
} Context;

static void
context_free (Context *context)
{
  g_free (context->id);
  g_free (context->visit);
  g_clear_pointer (&context->returns, g_ptr_array_unref);
  g_ptr_array_unref (context->orders);
  g_hash_table_unref (context->places);
  g_free (context);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Context, context_free)

/* The return as it stands now, or all of its visit. */
static GPtrArray *
find_returns (RetourStore *store, const char *id, const char *visit, GError **error)
{
  GPtrArray *returns;
  RetourReturn *ret;

  if (visit != NULL)
    return store->returns_of_visit (store, visit, error);
  ret = store->find_return (store, id, error);
  if (ret == NULL)
    return NULL;
  returns = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_return_free);
  g_ptr_array_add (returns, ret);
  return returns;
}

static void
note_place (RetourStore *store, GHashTable *places, const RetourReturnLine *line)
{
  const char *place = retour_disposition_get_place (line->disposition);
  g_autoptr (GPtrArray) figures = place != NULL && line->sku != NULL ? store->stock (store, line->sku, NULL) : NULL;
  const RetourStockFigure *figure = retour_disposition_find_place (figures, place);

  if (figure != NULL && figure->name != NULL)
    g_hash_table_insert (places, g_strdup (place), g_strdup (figure->name));
}

static gpointer
run_context (RetourStore *store, gpointer user_data, GError **error)
{
  Context *context = user_data;

  context->returns = find_returns (store, context->id, context->visit, error);
  if (context->returns == NULL)
    return NULL;
  for (guint i = 0; i < context->returns->len; i++)
    {
      const RetourReturn *ret = context->returns->pdata[i];

      /* Both only help to say more: the proof does without. */
      g_ptr_array_add (context->orders, ret->order_id != NULL ? store->find_order (store, ret->order_id, NULL) : NULL);
      for (guint j = 0; j < ret->lines->len; j++)
        note_place (store, context->places, ret->lines->pdata[j]);
    }
  return context;
}

static void
context_replied (gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (Context) context = user_data;
  g_autoptr (RetourProofPage) self = retour_proof_reply_take (context->reply);

  if (self == NULL)
    return;
  if (context->returns != NULL && context->returns->len > 0)
    {
      retour_proof_page_set_returns (self, g_steal_pointer (&context->returns));
      g_clear_pointer (&self->orders, g_ptr_array_unref);
      self->orders = g_ptr_array_ref (context->orders);
      g_clear_pointer (&self->places, g_hash_table_unref);
      self->places = g_hash_table_ref (context->places);
      retour_proof_page_show_again (self);
    }
  if (self->fresh)
    retour_proof_page_print (self);
}

void
retour_proof_page_read_context (RetourProofPage *self)
{
  Context *context = g_new0 (Context, 1);
  const RetourReturn *first = self->returns->pdata[0];

  context->reply = retour_proof_reply_new (self);
  context->id = g_strdup (first->id);
  context->visit = g_strdup (first->visit);
  context->orders = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_order_free);
  context->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  storage_of (self)->read (storage_of (self)->self, run_context, context_replied, context);
}

typedef struct
{
  RetourProofReply *reply;
  char *id, *visit;
} AgainJob;

/* Nothing that is shown has moved. */
static gboolean
stands_as_before (const RetourReturn *before, const RetourReturn *now)
{
  if (before->goods != now->goods || before->refund != now->refund || before->sync != now->sync
      || g_strcmp0 (before->problem, now->problem) != 0 || before->tenders->len != now->tenders->len)
    return FALSE;
  for (guint i = 0; i < now->tenders->len; i++)
    if (((const RetourReturnTender *) before->tenders->pdata[i])->state
        != ((const RetourReturnTender *) now->tenders->pdata[i])->state)
      return FALSE;
  return TRUE;
}

static gboolean
all_stand_as_before (const GPtrArray *before, const GPtrArray *now)
{
  if (before->len != now->len)
    return FALSE;
  for (guint i = 0; i < now->len; i++)
    if (!stands_as_before (before->pdata[i], now->pdata[i]))
      return FALSE;
  return TRUE;
}

static gpointer
run_again (RetourStore *store, gpointer user_data, GError **error)
{
  const AgainJob *job = user_data;

  return find_returns (store, job->id, job->visit, error);
}

static void
again_replied (gpointer result, const GError *error, gpointer user_data)
{
  AgainJob *job = user_data;
  g_autoptr (RetourProofPage) self = retour_proof_reply_take (job->reply);
  g_autoptr (GPtrArray) returns = result;

  if (self != NULL && returns != NULL && returns->len > 0 && !self->cancelling)
    {
      gboolean moved = !all_stand_as_before (self->returns, returns);

      retour_proof_page_set_returns (self, g_steal_pointer (&returns));
      if (moved)
        retour_proof_page_show_again (self);
      else
        retour_proof_page_show_cancel (self);
    }
  g_free (job->id);
  g_free (job->visit);
  g_free (job);
}

void
retour_proof_page_refresh (RetourProofPage *self)
{
  AgainJob *job;
  const RetourReturn *first;

  g_return_if_fail (RETOUR_IS_PROOF_PAGE (self));

  if (self->returns == NULL)
    return;
  first = self->returns->pdata[0];
  job = g_new0 (AgainJob, 1);
  job->reply = retour_proof_reply_new (self);
  job->id = g_strdup (first->id);
  job->visit = g_strdup (first->visit);
  storage_of (self)->read (storage_of (self)->self, run_again, again_replied, job);
}

typedef struct
{
  RetourProofReply *reply;
  RetourDesk *desk;
  char *id, *visit;
  RetourStaff *staff;
} CancelJob;

static gpointer
run_cancel (RetourStore *store, gpointer user_data, GError **error)
{
  CancelJob *job = user_data;
  GPtrArray *returns;
  RetourReturn *ret;

  if (job->visit != NULL)
    return retour_desk_cancel_visit (job->desk, store, job->visit, job->staff, error);
  ret = retour_desk_cancel (job->desk, store, job->id, job->staff, error);
  if (ret == NULL)
    return NULL;
  returns = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_return_free);
  g_ptr_array_add (returns, ret);
  return returns;
}

static void
cancel_replied (gpointer result, const GError *error, gpointer user_data)
{
  CancelJob *job = user_data;
  g_autoptr (RetourProofPage) self = retour_proof_reply_take (job->reply);
  g_autoptr (GPtrArray) returns = result;

  if (self != NULL)
    {
      const RetourServices *services = retour_navigation_get_services (self->navigation);

      self->cancelling = FALSE;
      if (returns != NULL)
        {
          retour_proof_page_set_returns (self, g_steal_pointer (&returns));
          services->kick (services->self);
          retour_navigation_refresh (self->navigation);
        }
      else
        retour_navigation_show_error (self->navigation, _ ("The return could not be cancelled, it stands."), error);
      retour_proof_page_show_again (self);
    }
  g_free (job->id);
  g_free (job->visit);
  retour_staff_free (job->staff);
  g_free (job);
}

void
retour_proof_page_cancel (RetourProofPage *self)
{
  const RetourStaff *staff = retour_navigation_get_staff (self->navigation);
  const RetourReturn *first = self->returns->pdata[0];
  CancelJob *job;

  if (staff == NULL || self->cancelling)
    return;
  self->cancelling = TRUE;
  retour_proof_page_show_again (self);
  job = g_new0 (CancelJob, 1);
  job->reply = retour_proof_reply_new (self);
  job->desk = retour_navigation_get_services (self->navigation)->desk;
  job->id = g_strdup (first->id);
  job->visit = g_strdup (first->visit);
  job->staff = retour_staff_copy (staff);
  storage_of (self)->write (storage_of (self)->self, run_cancel, cancel_replied, job);
}
