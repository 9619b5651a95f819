/* SPDX-License-Identifier: Apache-2.0 */
#include "changes.h"

#include "catalogue.h"
#include "orders.h"
#include "returns.h"
#include "settings.h"
#include "staff-records.h"

#include <string.h>

/* Orders looked at between two questions whether to pause, while old ones are swept out. */
#define SWEEP_STEP 32

typedef enum
{
  STAGE_CHANGES,
  STAGE_SWEEP, /* at the end of a new snapshot: what it did not tell of goes */
  STAGE_PACK,  /* full tails of the search index */
  STAGE_CURSOR,
  STAGE_DONE,
} Stage;

struct _RetourPageWork
{
  RetourChangePage *page;
  Stage stage;
  guint next;
  gint64 swept; /* the order up to which */
  gint64 count; /* orders more, not written down yet */
  gboolean erased;
};

RetourPageWork *
retour_page_work_new (RetourChangePage *page)
{
  RetourPageWork *self = g_new0 (RetourPageWork, 1);

  self->page = page;
  self->swept = -1;
  return self;
}

RetourChangePage *
retour_page_work_steal_page (RetourPageWork *self)
{
  return g_steal_pointer (&self->page);
}

void
retour_page_work_free (RetourPageWork *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->page, retour_change_page_free);
  g_free (self);
}

gboolean
retour_page_work_erased (const RetourPageWork *self)
{
  return self->erased;
}

static gboolean
is_filling (RetourConnection *connection, gboolean *filling, GError **error)
{
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection, "SELECT snapshot <> 'none' FROM exchange", error);
  gboolean row = FALSE;

  if (select == NULL || !retour_connection_step (connection, select, &row, error))
    return FALSE;
  *filling = row && retour_column_integer (select, 0) != 0;
  return TRUE;
}

static gboolean
mark_seen (RetourConnection *connection, gint64 n, GError **error)
{
  sqlite3_stmt *insert =
      retour_connection_prepare (connection, "INSERT OR IGNORE INTO snapshot_seen (n) VALUES (:n)", error);

  if (insert == NULL)
    return FALSE;
  retour_bind_integer (insert, ":n", n);
  return retour_connection_run (connection, insert, error);
}

static gboolean
apply_order (
    RetourConnection *connection, RetourPageWork *work, const RetourChange *change, gboolean filling, GError **error)
{
  g_autofree char *written = NULL;
  const char *text = change->text;
  gint64 n = 0;

  if (text == NULL)
    text = written = retour_connection_documents (connection)->write_order (change->order);
  return retour_orders_keep (connection, change->order, text, filling, &n, &work->count, error)
         && (!filling || mark_seen (connection, n, error));
}

static gboolean
apply_gone (RetourConnection *connection, RetourPageWork *work, const RetourChange *change, GError **error)
{
  work->erased = work->erased || change->erase;
  if (g_strcmp0 (change->type, "order") == 0)
    return retour_orders_drop (connection, change->id, &work->count, error);
  if (g_strcmp0 (change->type, "staff") == 0)
    return retour_staff_records_drop (connection, change->id, error);
  if (g_strcmp0 (change->type, "product") == 0)
    return retour_catalogue_drop_product (connection, change->id, error);
  /* A type of a later protocol: nothing of it is kept here. */
  return TRUE;
}

static gboolean
apply_change (
    RetourConnection *connection, RetourPageWork *work, const RetourChange *change, gboolean filling, GError **error)
{
  switch (change->kind)
    {
    case RETOUR_CHANGE_ORDER:
      return apply_order (connection, work, change, filling, error);
    case RETOUR_CHANGE_POLICY:
      return retour_settings_keep_policy (connection, change->text, error);
    case RETOUR_CHANGE_STAFF:
      return retour_staff_records_keep (connection, change->staff, error);
    case RETOUR_CHANGE_STOCK:
      return retour_catalogue_keep_stock (connection, change, error);
    case RETOUR_CHANGE_PRODUCT:
      return retour_catalogue_keep_product (connection, change->product, error);
    case RETOUR_CHANGE_RETURN:
      return retour_returns_follow (connection, change, error);
    case RETOUR_CHANGE_KEY:
      return retour_staff_records_keep_key (connection, change->key, error);
    case RETOUR_CHANGE_GONE:
      return apply_gone (connection, work, change, error);
    }
  g_return_val_if_reached (FALSE);
}

/* The next few orders above `swept` that the snapshot did not tell of. */
static GPtrArray *
find_unseen (RetourConnection *connection, RetourPageWork *work, gboolean *more, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection,
                                 "SELECT o.n, o.id, s.n IS NULL FROM orders o LEFT JOIN snapshot_seen s ON s.n = o.n"
                                 " WHERE o.n > :swept ORDER BY o.n LIMIT :step",
                                 error);

  if (select == NULL)
    return NULL;
  *more = FALSE;
  retour_bind_integer (select, ":swept", work->swept);
  retour_bind_integer (select, ":step", SWEEP_STEP);
  for (;;)
    {
      gboolean row = FALSE;

      if (!retour_connection_step (connection, select, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&ids);
      *more = TRUE;
      work->swept = retour_column_integer (select, 0);
      if (retour_column_integer (select, 2))
        g_ptr_array_add (ids, retour_column_dup_text (select, 1));
    }
}

static gboolean
finish_sweep (RetourConnection *connection, GError **error)
{
  return retour_connection_execute (connection,
                                    "DELETE FROM products WHERE stale; DELETE FROM stock WHERE stale;"
                                    "DELETE FROM staff WHERE stale; DELETE FROM proof_keys WHERE stale;"
                                    "DELETE FROM snapshot_seen; UPDATE exchange SET snapshot = 'none'",
                                    error);
}

static gboolean
sweep_some (RetourConnection *connection, RetourPageWork *work, GError **error)
{
  gboolean more = FALSE;
  g_autoptr (GPtrArray) ids = find_unseen (connection, work, &more, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!retour_orders_drop (connection, g_ptr_array_index (ids, i), &work->count, error))
      return FALSE;
  if (more)
    return TRUE;
  work->stage = STAGE_PACK;
  return finish_sweep (connection, error);
}

static gboolean
write_cursor (RetourConnection *connection, const RetourChangePage *page, GError **error)
{
  sqlite3_stmt *update = retour_connection_prepare (
      connection, "UPDATE exchange SET cursor = coalesce (:cursor, cursor), first_pull = max (first_pull, :last)",
      error);

  if (update == NULL)
    return FALSE;
  retour_bind_text (update, ":cursor", page->cursor);
  retour_bind_integer (update, ":last", page->last ? 1 : 0);
  return retour_connection_run (connection, update, error);
}

typedef struct
{
  RetourPageWork *work;
  RetourPause pause;
  gpointer user_data;
} Slice;

static gboolean
apply_some (RetourConnection *connection, const Slice *slice, GError **error)
{
  RetourPageWork *work = slice->work;
  gboolean filling = FALSE;

  if (!is_filling (connection, &filling, error))
    return FALSE;
  while (work->next < work->page->changes->len)
    {
      if (!apply_change (connection, work, g_ptr_array_index (work->page->changes, work->next), filling, error))
        return FALSE;
      work->next++;
      if (slice->pause != NULL && slice->pause (slice->user_data))
        return TRUE;
    }
  work->stage = filling && work->page->last ? STAGE_SWEEP : STAGE_PACK;
  return TRUE;
}

/* One stage after the other until the pause; what each does is small. */
static gboolean
slice_body (RetourConnection *connection, gpointer data, GError **error)
{
  const Slice *slice = data;
  RetourPageWork *work = slice->work;
  gboolean more = FALSE;

  while (work->stage != STAGE_DONE)
    {
      switch (work->stage)
        {
        case STAGE_CHANGES:
          if (!apply_some (connection, slice, error))
            return FALSE;
          break;
        case STAGE_SWEEP:
          if (!sweep_some (connection, work, error))
            return FALSE;
          break;
        case STAGE_PACK:
          if (!retour_search_index_pack (connection, slice->pause, slice->user_data, &more, error))
            return FALSE;
          if (more)
            return TRUE;
          work->stage = STAGE_CURSOR;
          break;
        case STAGE_CURSOR:
          if (!write_cursor (connection, work->page, error))
            return FALSE;
          work->stage = STAGE_DONE;
          return TRUE;
        case STAGE_DONE:
          break;
        }
      if (slice->pause != NULL && slice->pause (slice->user_data))
        return TRUE;
    }
  return TRUE;
}

static gboolean
write_count (RetourConnection *connection, RetourPageWork *work, GError **error)
{
  const gint64 count = work->count;

  work->count = 0;
  return retour_orders_count (connection, count, error);
}

gboolean
retour_page_work_slice (RetourConnection *connection,
                        RetourPageWork *work,
                        RetourPause pause,
                        gpointer user_data,
                        gboolean *done,
                        GError **error)
{
  const RetourPageWork before = *work;
  Slice slice = { work, pause, user_data };

  /* Not the ballast: that is for clerks' jobs. A page comes again when there is room. */
  if (!retour_connection_begin (connection, error))
    return FALSE;
  if (!slice_body (connection, &slice, error) || !write_count (connection, work, error))
    {
      retour_connection_rollback (connection);
      *work = before;
      return FALSE;
    }
  if (!retour_connection_commit (connection, error))
    {
      *work = before;
      return FALSE;
    }
  *done = work->stage == STAGE_DONE;
  return TRUE;
}

static gboolean
start_again_body (RetourConnection *connection, gpointer data, GError **error)
{
  return retour_connection_execute (connection,
                                    "DELETE FROM snapshot_seen;"
                                    "UPDATE products SET stale = 1; UPDATE stock SET stale = 1;"
                                    "UPDATE staff SET stale = 1; UPDATE proof_keys SET stale = 1;"
                                    "UPDATE exchange SET snapshot = 'filling', cursor = NULL",
                                    error);
}

static gboolean
start_again (RetourStore *store, GError **error)
{
  return retour_connection_transact (retour_connection_of (store), start_again_body, NULL, error);
}

void
retour_changes_plug (RetourStore *store)
{
  store->start_again = start_again;
}
