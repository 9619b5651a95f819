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
  RetourReturn *ret;
  RetourOrder *order;
  GHashTable *places;
} Context;

static void
context_free (Context *context)
{
  retour_return_free (context->ret);
  retour_order_free (context->order);
  g_hash_table_unref (context->places);
  g_free (context);
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

  /* Both only help to say more: the proof does without. */
  if (context->ret->order_id != NULL)
    context->order = store->find_order (store, context->ret->order_id, NULL);
  for (guint i = 0; i < context->ret->lines->len; i++)
    note_place (store, context->places, context->ret->lines->pdata[i]);
  return context;
}

static void
context_replied (gpointer result, const GError *error, gpointer user_data)
{
  Context *context = user_data;
  g_autoptr (RetourProofPage) self = retour_proof_reply_take (context->reply);

  if (self != NULL)
    {
      retour_order_free (self->order);
      self->order = g_steal_pointer (&context->order);
      g_clear_pointer (&self->places, g_hash_table_unref);
      self->places = g_hash_table_ref (context->places);
      retour_proof_page_show_again (self);
      if (self->fresh)
        retour_proof_page_print (self);
    }
  context_free (context);
}

void
retour_proof_page_read_context (RetourProofPage *self)
{
  Context *context = g_new0 (Context, 1);

  context->reply = retour_proof_reply_new (self);
  context->ret = retour_return_copy (self->ret);
  context->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  storage_of (self)->read (storage_of (self)->self, run_context, context_replied, context);
}

typedef struct
{
  RetourProofReply *reply;
  char *id;
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

static gpointer
run_again (RetourStore *store, gpointer user_data, GError **error)
{
  return store->find_return (store, ((AgainJob *) user_data)->id, error);
}

static void
again_replied (gpointer result, const GError *error, gpointer user_data)
{
  AgainJob *job = user_data;
  g_autoptr (RetourProofPage) self = retour_proof_reply_take (job->reply);

  if (self != NULL && result != NULL && !self->cancelling)
    {
      gboolean moved = !stands_as_before (self->ret, result);

      retour_return_free (self->ret);
      self->ret = g_steal_pointer (&result);
      if (moved)
        retour_proof_page_show_again (self);
      else
        retour_proof_page_show_cancel (self);
    }
  retour_return_free (result);
  g_free (job->id);
  g_free (job);
}

void
retour_proof_page_refresh (RetourProofPage *self)
{
  AgainJob *job;

  g_return_if_fail (RETOUR_IS_PROOF_PAGE (self));

  if (self->ret == NULL)
    return;
  job = g_new0 (AgainJob, 1);
  job->reply = retour_proof_reply_new (self);
  job->id = g_strdup (self->ret->id);
  storage_of (self)->read (storage_of (self)->self, run_again, again_replied, job);
}

typedef struct
{
  RetourProofReply *reply;
  RetourDesk *desk;
  char *id;
  RetourStaff *staff;
} CancelJob;

static gpointer
run_cancel (RetourStore *store, gpointer user_data, GError **error)
{
  CancelJob *job = user_data;

  return retour_desk_cancel (job->desk, store, job->id, job->staff, error);
}

static void
cancel_replied (gpointer result, const GError *error, gpointer user_data)
{
  CancelJob *job = user_data;
  g_autoptr (RetourProofPage) self = retour_proof_reply_take (job->reply);

  if (self != NULL)
    {
      const RetourServices *services = retour_navigation_get_services (self->navigation);

      self->cancelling = FALSE;
      if (result != NULL)
        {
          retour_return_free (self->ret);
          self->ret = g_steal_pointer (&result);
          services->kick (services->self);
          retour_navigation_refresh (self->navigation);
        }
      else
        retour_navigation_show_error (self->navigation, _ ("The return could not be cancelled, it stands."), error);
      retour_proof_page_show_again (self);
    }
  retour_return_free (result);
  g_free (job->id);
  retour_staff_free (job->staff);
  g_free (job);
}

void
retour_proof_page_cancel (RetourProofPage *self)
{
  const RetourStaff *staff = retour_navigation_get_staff (self->navigation);
  CancelJob *job;

  if (staff == NULL || self->cancelling)
    return;
  self->cancelling = TRUE;
  retour_proof_page_show_again (self);
  job = g_new0 (CancelJob, 1);
  job->reply = retour_proof_reply_new (self);
  job->desk = retour_navigation_get_services (self->navigation)->desk;
  job->id = g_strdup (self->ret->id);
  job->staff = retour_staff_copy (staff);
  storage_of (self)->write (storage_of (self)->self, run_cancel, cancel_replied, job);
}
