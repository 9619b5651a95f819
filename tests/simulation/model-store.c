/* SPDX-License-Identifier: Apache-2.0 */
#include "model-store.h"

#include <stdlib.h>

#define LONGEST_WAIT (2 * 3600 * RETOUR_SECOND)

static void
stored_operation_free (gpointer pointer)
{
  StoredOperation *stored = pointer;

  retour_operation_free (stored->operation);
  g_free (stored);
}

static void
stored_return_free (gpointer pointer)
{
  StoredReturn *ret = pointer;

  g_free (ret->id);
  g_free (ret->problem);
  g_free (ret);
}

ModelStore *
store_new (guint orders, Mutation mutation)
{
  ModelStore *store = g_new0 (ModelStore, 1);

  store->mutation = mutation;
  store->operations = g_ptr_array_new_with_free_func (stored_operation_free);
  store->returns = g_ptr_array_new_with_free_func (stored_return_free);
  store->n_orders = orders;
  store->orders = g_new0 (KnownOrder, orders);
  return store;
}

void
store_free (ModelStore *store)
{
  if (store == NULL)
    return;
  g_ptr_array_unref (store->operations);
  g_ptr_array_unref (store->returns);
  g_free (store->orders);
  g_free (store->cursor);
  g_free (store->epoch);
  g_free (store);
}

StoredOperation *
store_find_operation (const ModelStore *store, const char *op)
{
  for (guint i = 0; i < store->operations->len; i++)
    if (g_str_equal (((StoredOperation *) store->operations->pdata[i])->operation->op, op))
      return store->operations->pdata[i];
  return NULL;
}

StoredReturn *
store_find_return (const ModelStore *store, const char *id)
{
  for (guint i = 0; i < store->returns->len; i++)
    if (g_str_equal (((StoredReturn *) store->returns->pdata[i])->id, id))
      return store->returns->pdata[i];
  return NULL;
}

gint64
store_returnable (const ModelStore *store, guint order)
{
  gint64 returnable = store->orders[order].quantity - store->orders[order].returned;

  for (guint i = 0; i < store->returns->len; i++)
    {
      const StoredReturn *ret = store->returns->pdata[i];
      if (ret->order == order && ret->sync != RETOUR_SYNC_ACKNOWLEDGED)
        returnable -= ret->units;
    }
  return returnable;
}

void
store_add_operation (ModelStore *store, guint act, guint order, const RetourOperation *operation)
{
  StoredOperation *stored = g_new0 (StoredOperation, 1);

  stored->operation = retour_operation_copy (operation);
  stored->act = act;
  stored->order = order;
  g_ptr_array_add (store->operations, stored);
}

gboolean
store_record (ModelStore *store, const char *id, guint act, guint order, gint64 units, const RetourOperation *operation)
{
  StoredReturn *ret;

  if (store_find_return (store, id) != NULL)
    return FALSE;
  ret = g_new0 (StoredReturn, 1);
  ret->id = g_strdup (id);
  ret->act = act;
  ret->order = order;
  ret->units = units;
  ret->refund = RETOUR_REFUND_PROMISED;
  g_ptr_array_add (store->returns, ret);
  store_add_operation (store, act, order, operation);
  return TRUE;
}

/* What all operations of a return together make of it. */
static void
sum_up (ModelStore *store, const char *id, const char *why)
{
  StoredReturn *ret = id ? store_find_return (store, id) : NULL;
  gboolean waiting = FALSE, aside = FALSE;

  if (ret == NULL)
    return;
  for (guint i = 0; i < store->operations->len; i++)
    {
      const StoredOperation *stored = store->operations->pdata[i];
      if (g_strcmp0 (stored->operation->return_id, id) != 0)
        continue;
      waiting = waiting || stored->standing == STORED_WAITING;
      aside = aside || stored->standing == STORED_QUARANTINED;
    }
  ret->sync = aside ? RETOUR_SYNC_QUARANTINED : waiting ? RETOUR_SYNC_SENT : RETOUR_SYNC_ACKNOWLEDGED;
  g_clear_pointer (&ret->problem, g_free);
  if (aside)
    ret->problem = g_strdup (why ? why : "put aside");
}

static gboolean
is_due (const StoredOperation *stored, RetourInstant now, Mutation mutation)
{
  RetourInstant next_at = stored->operation->next_at;

  if (stored->standing != STORED_WAITING)
    return FALSE;
  return next_at == RETOUR_INSTANT_NONE || next_at <= now
         || (next_at > now + LONGEST_WAIT && mutation != MUTATION_POSTPONE_FOR_EVER);
}

/* Something earlier of the same order is not answered yet. */
static gboolean
is_behind (const ModelStore *store, guint index)
{
  const StoredOperation *stored = store->operations->pdata[index];

  if (store->mutation == MUTATION_OVERTAKE)
    return FALSE;
  for (guint i = 0; i < index; i++)
    {
      const StoredOperation *earlier = store->operations->pdata[i];
      if (earlier->standing == STORED_ANSWERED)
        continue;
      if (earlier->order == stored->order
          || (store->mutation == MUTATION_STOP_AT_REJECTED && earlier->standing == STORED_QUARANTINED))
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
store_claim (ModelStore *store, RetourInstant now, guint limit)
{
  GPtrArray *claimed = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_operation_free);

  for (guint i = 0; i < store->operations->len && claimed->len < limit; i++)
    {
      StoredOperation *stored = store->operations->pdata[i];
      if (!is_due (stored, now, store->mutation) || is_behind (store, i))
        continue;
      stored->operation->attempts++;
      g_ptr_array_add (claimed, retour_operation_copy (stored->operation));
    }
  return claimed;
}

void
store_settle (ModelStore *store, const RetourAnswer *answer)
{
  StoredOperation *stored = store_find_operation (store, answer->op);

  if (stored == NULL || stored->standing == STORED_ANSWERED)
    return;
  g_autofree char *return_id = g_strdup (stored->operation->return_id);
  stored->answer = answer->kind;
  switch (answer->kind)
    {
    case RETOUR_ANSWER_ACCEPTED:
    case RETOUR_ANSWER_DUPLICATE:
      stored->standing = STORED_ANSWERED;
      break;
    case RETOUR_ANSWER_CONFLICT:
    case RETOUR_ANSWER_REJECTED:
    case RETOUR_ANSWER_UNSUPPORTED:
      stored->standing = STORED_QUARANTINED;
      if (store->mutation == MUTATION_CONFLICT_IS_DONE)
        stored->standing = STORED_ANSWERED;
      if (store->mutation == MUTATION_DROP_REJECTED)
        g_ptr_array_remove (store->operations, stored);
      break;
    case RETOUR_ANSWER_RETRY:
      return;
    }
  sum_up (store, return_id, answer->detail);
  StoredReturn *ret = return_id ? store_find_return (store, return_id) : NULL;
  if (ret != NULL && answer->has_refund && retour_refund_state_may_become (ret->refund, answer->refund))
    ret->refund = answer->refund;
}

void
store_postpone (ModelStore *store, const char *op, RetourInstant next_at, const char *why)
{
  StoredOperation *stored = store_find_operation (store, op);

  if (stored == NULL || stored->standing != STORED_WAITING)
    return;
  stored->operation->next_at = next_at;
  g_free (stored->operation->last_error);
  stored->operation->last_error = g_strdup (why);
}

static void
apply_order (ModelStore *store, const RetourOrder *order)
{
  guint index = order->id[0] == 'o' ? (guint) strtoul (order->id + 1, NULL, 10) : G_MAXUINT;
  const RetourOrderLine *line = order->lines->pdata[0];

  if (index < store->n_orders)
    store->orders[index] = (KnownOrder){ (guint64) order->version, line->quantity, line->returned, FALSE };
}

void
store_apply (ModelStore *store, const RetourChange *change)
{
  StoredReturn *ret;

  if (change->kind == RETOUR_CHANGE_ORDER)
    apply_order (store, change->order);
  else if (change->kind == RETOUR_CHANGE_RETURN && (ret = store_find_return (store, change->id)) != NULL
           && retour_refund_state_may_become (ret->refund, change->refund))
    ret->refund = change->refund;
}

void
store_move_cursor (ModelStore *store, const char *cursor, gboolean last)
{
  g_free (store->cursor);
  store->cursor = g_strdup (cursor);
  if (!last || !store->filling)
    return;
  store->filling = FALSE;
  for (guint i = 0; i < store->n_orders; i++)
    if (store->orders[i].stale)
      store->orders[i] = (KnownOrder){ 0 };
}

void
store_start_again (ModelStore *store)
{
  if (store->mutation == MUTATION_CLEAR_OUTBOX)
    g_ptr_array_set_size (store->operations, 0);
  if (store->mutation != MUTATION_KEEP_CURSOR)
    g_clear_pointer (&store->cursor, g_free);
  store->filling = TRUE;
  for (guint i = 0; i < store->n_orders; i++)
    store->orders[i].stale = TRUE;
}

void
store_re_offer (ModelStore *store, const char *epoch)
{
  if (g_strcmp0 (store->epoch, epoch) == 0)
    return;
  for (guint i = 0; store->epoch != NULL && store->mutation != MUTATION_FORGET_EPOCH && i < store->operations->len; i++)
    {
      StoredOperation *stored = store->operations->pdata[i];
      if (stored->standing != STORED_ANSWERED)
        continue;
      stored->standing = STORED_WAITING;
      stored->operation->next_at = RETOUR_INSTANT_NONE;
      sum_up (store, stored->operation->return_id, NULL);
    }
  g_free (store->epoch);
  store->epoch = g_strdup (epoch);
}
