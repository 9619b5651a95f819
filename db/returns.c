/* SPDX-License-Identifier: Apache-2.0 */
#include "returns.h"

#include "audit-log.h"
#include "drafts.h"
#include "outbox.h"
#include "search-words.h"

void
retour_return_states_clear (RetourReturnStates *states)
{
  g_clear_pointer (&states->problem, g_free);
}

/* A code that is not ours can only come from a damaged file. */
static gboolean
parse_states (sqlite3_stmt *row, int column, RetourReturnStates *states, GError **error)
{
  RetourReturnStates read = { 0 };

  if (!retour_goods_state_parse (retour_column_text (row, column), &read.goods)
      || !retour_refund_state_parse (retour_column_text (row, column + 1), &read.refund)
      || !retour_sync_state_parse (retour_column_text (row, column + 2), &read.sync))
    {
      g_set_error_literal (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_CORRUPT, "A return has an unknown state");
      return FALSE;
    }
  read.problem = retour_column_dup_text (row, column + 3);
  *states = read;
  return TRUE;
}

gboolean
retour_returns_read_states (
    RetourConnection *connection, const char *id, RetourReturnStates *states, gboolean *known, GError **error)
{
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection,
                                 "SELECT goods, refund, sync, problem FROM return_states WHERE return_id = :id", error);
  gboolean row = FALSE;

  if (select == NULL)
    return FALSE;
  retour_bind_text (select, ":id", id);
  if (!retour_connection_step (connection, select, &row, error))
    return FALSE;
  *known = row;
  return !row || parse_states (select, 0, states, error);
}

gboolean
retour_returns_write_states (RetourConnection *connection,
                             const char *id,
                             const RetourReturnStates *states,
                             GError **error)
{
  sqlite3_stmt *write = retour_connection_prepare (
      connection,
      "INSERT INTO return_states (return_id, goods, refund, sync, problem)"
      " VALUES (:id, :goods, :refund, :sync, :problem) ON CONFLICT (return_id) DO UPDATE SET"
      " goods = excluded.goods, refund = excluded.refund, sync = excluded.sync, problem = excluded.problem",
      error);

  if (write == NULL)
    return FALSE;
  retour_bind_text (write, ":id", id);
  retour_bind_text (write, ":goods", retour_goods_state_code (states->goods));
  retour_bind_text (write, ":refund", retour_refund_state_code (states->refund));
  retour_bind_text (write, ":sync", retour_sync_state_code (states->sync));
  retour_bind_text (write, ":problem", states->problem);
  return retour_connection_run (connection, write, error);
}

/* What is given back by a query whose columns are these, in this order. */
#define RETURN_COLUMNS "r.document, r.proof, s.goods, s.refund, s.sync, s.problem"
#define RETURN_TABLES "returns r JOIN return_states s ON s.return_id = r.id"

static RetourReturn *
read_return (RetourConnection *connection, sqlite3_stmt *row, GError **error)
{
  g_auto (RetourReturnStates) states = { 0 };
  RetourReturn *ret;

  if (!parse_states (row, 2, &states, error))
    return NULL;
  ret = retour_connection_documents (connection)->read_return (retour_column_text (row, 0), -1, error);
  if (ret == NULL)
    return NULL;
  g_free (ret->proof);
  ret->proof = retour_column_dup_text (row, 1);
  ret->goods = states.goods;
  ret->refund = states.refund;
  ret->sync = states.sync;
  g_free (ret->problem);
  ret->problem = g_steal_pointer (&states.problem);
  for (guint i = 0; i < ret->tenders->len; i++)
    ((RetourReturnTender *) g_ptr_array_index (ret->tenders, i))->state = states.refund;
  return ret;
}

static RetourReturn *
find_return (RetourStore *store, const char *id_or_number, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (connection,
                                                               "SELECT " RETURN_COLUMNS " FROM " RETURN_TABLES
                                                               " WHERE r.id = :code OR r.number = :code",
                                                               error);
  gboolean row = FALSE;

  if (select == NULL)
    return NULL;
  retour_bind_text (select, ":code", id_or_number);
  if (!retour_connection_step (connection, select, &row, error))
    return NULL;
  if (row)
    return read_return (connection, select, error);
  g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND, "There is no return “%s” here", id_or_number);
  return NULL;
}

/* All that `select` finds, stepped to its end. */
static GPtrArray *
read_returns (RetourConnection *connection, sqlite3_stmt *select, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_return_free);
  gboolean row = TRUE;

  for (;;)
    {
      RetourReturn *ret;

      if (!retour_connection_step (connection, select, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&list);
      ret = read_return (connection, select, error);
      if (ret == NULL)
        return NULL;
      g_ptr_array_add (list, ret);
    }
}

static GPtrArray *
returns_of_order (RetourStore *store, const char *order_id, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection,
                                 "SELECT " RETURN_COLUMNS " FROM " RETURN_TABLES
                                 " WHERE r.order_id = :order_id ORDER BY r.recorded_at DESC, r.counter DESC",
                                 error);

  if (select == NULL)
    return NULL;
  retour_bind_text (select, ":order_id", order_id);
  return read_returns (connection, select, error);
}

static GPtrArray *
returns_of_visit (RetourStore *store, const char *visit, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (connection,
                                                               "SELECT " RETURN_COLUMNS " FROM " RETURN_TABLES
                                                               " WHERE r.visit = :visit ORDER BY r.counter",
                                                               error);

  if (select == NULL)
    return NULL;
  retour_bind_text (select, ":visit", visit);
  return read_returns (connection, select, error);
}

static char *
evidence (RetourStore *store, const char *return_id, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection, "SELECT evidence FROM returns WHERE id = :id", error);
  gboolean row = FALSE;

  if (select == NULL)
    return NULL;
  retour_bind_text (select, ":id", return_id);
  if (!retour_connection_step (connection, select, &row, error) || !row)
    return NULL;
  return retour_column_dup_text (select, 0);
}

static sqlite3_stmt *
prepare_list (RetourConnection *connection, const RetourReturnFilter *filter, GError **error)
{
  sqlite3_stmt *select = retour_connection_prepare (
      connection,
      "SELECT " RETURN_COLUMNS ", r.words FROM " RETURN_TABLES
      " WHERE (:from IS NULL OR r.recorded_at >= :from) AND (:to IS NULL OR r.recorded_at < :to)"
      " AND (NOT :attention OR s.sync = 'quarantined' OR s.refund = 'failed' OR EXISTS (SELECT 1 FROM operations o"
      " JOIN operation_states p USING (sequence) WHERE o.return_id = r.id AND p.state = 'quarantined'))"
      " AND (NOT :attention OR r.id NOT IN (SELECT return_id FROM closed_cases))"
      " ORDER BY r.recorded_at DESC, r.counter DESC",
      error);

  if (select == NULL)
    return NULL;
  retour_bind_instant (select, ":from", filter->from);
  retour_bind_instant (select, ":to", filter->to);
  retour_bind_integer (select, ":attention", filter->attention);
  return select;
}

static GPtrArray *
list_returns (RetourStore *store, const RetourReturnFilter *filter, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_return_free);
  g_autoptr (sqlite3_stmt) select = prepare_list (connection, filter, error);
  g_autoptr (GString) wanted = g_string_new (NULL);
  const guint limit = filter->limit > 0 ? filter->limit : 50;
  guint skip = filter->offset;
  gboolean row = TRUE;

  if (select == NULL)
    return NULL;
  retour_words_add (wanted, filter->text);
  while (list->len < limit)
    {
      RetourReturn *ret;

      if (!retour_connection_step (connection, select, &row, error))
        return NULL;
      if (!row)
        break;
      if (!retour_words_begin_with_all (retour_column_text (select, 6), wanted->str))
        continue;
      if (skip > 0)
        {
          skip--;
          continue;
        }
      ret = read_return (connection, select, error);
      if (ret == NULL)
        return NULL;
      g_ptr_array_add (list, ret);
    }
  return g_steal_pointer (&list);
}

/* Anyone at the desk sees the sum grow: what a gift is worth is not in it. */
static RetourDayTotals *
day_totals (RetourStore *store, RetourInstant from, RetourInstant to, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (
      connection,
      "SELECT r.currency, count (*), sum (r.exchanges > 0),"
      " sum (CASE WHEN s.refund IN ('none', 'failed') OR json_extract (r.document, '$.gift') THEN 0 ELSE r.total END) FROM " RETURN_TABLES
      " WHERE r.recorded_at >= :from AND r.recorded_at < :to AND s.goods NOT IN ('cancelled', 'expired', 'refused')"
      " GROUP BY r.currency",
      error);
  g_autoptr (RetourDayTotals) totals = NULL;
  gboolean row = TRUE;

  if (select == NULL)
    return NULL;
  totals = g_new0 (RetourDayTotals, 1);
  totals->refunded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  retour_bind_integer (select, ":from", from);
  retour_bind_integer (select, ":to", to);
  for (;;)
    {
      gint64 refunded;

      if (!retour_connection_step (connection, select, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&totals);
      totals->returns += retour_column_integer (select, 1);
      totals->exchanges += retour_column_integer (select, 2);
      refunded = retour_column_integer (select, 3);
      g_hash_table_insert (totals->refunded, retour_column_dup_text (select, 0),
                           g_memdup2 (&refunded, sizeof refunded));
    }
}

/* CROSS JOIN: from today's returns to their states, not from every promise that is open. */
static gboolean
promised_since (RetourStore *store, RetourInstant from, const char *currency, gint64 *amount, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (
      connection,
      "SELECT coalesce (sum (r.total), 0) FROM returns r CROSS JOIN return_states s ON s.return_id = r.id"
      " WHERE r.recorded_at >= :from AND r.currency = :currency AND s.refund = 'promised'"
      " AND s.goods NOT IN ('cancelled', 'expired', 'refused')",
      error);
  gboolean row = FALSE;

  if (select == NULL)
    return FALSE;
  retour_bind_integer (select, ":from", from);
  retour_bind_text (select, ":currency", currency);
  if (!retour_connection_step (connection, select, &row, error))
    return FALSE;
  *amount = retour_column_integer (select, 0);
  return TRUE;
}

static GHashTable *
units_held (RetourStore *store, const char *order_id, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (GHashTable) held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (
      connection,
      "SELECT l.line, sum (l.quantity) FROM returns r JOIN return_states s ON s.return_id = r.id"
      " JOIN return_lines l ON l.return_id = r.id WHERE r.order_id = :order_id AND s.sync <> 'acknowledged'"
      " AND s.goods NOT IN ('cancelled', 'expired', 'refused') GROUP BY l.line",
      error);
  gboolean row = TRUE;

  if (select == NULL)
    return NULL;
  retour_bind_text (select, ":order_id", order_id);
  for (;;)
    {
      gint64 units;

      if (!retour_connection_step (connection, select, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&held);
      units = retour_column_integer (select, 1);
      g_hash_table_insert (held, retour_column_dup_text (select, 0), g_memdup2 (&units, sizeof units));
    }
}

static gboolean
move_states (RetourReturnStates *states, RetourGoodsState goods, RetourRefundState refund, GError **error)
{
  if (goods != states->goods && !retour_goods_state_may_become (states->goods, goods))
    {
      g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_CONFLICT, "Goods that are %s cannot become %s",
                   retour_goods_state_code (states->goods), retour_goods_state_code (goods));
      return FALSE;
    }
  if (refund != states->refund && !retour_refund_state_may_become (states->refund, refund))
    {
      g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_CONFLICT, "A refund that is %s cannot become %s",
                   retour_refund_state_code (states->refund), retour_refund_state_code (refund));
      return FALSE;
    }
  states->goods = goods;
  states->refund = refund;
  return TRUE;
}

typedef struct
{
  const char *id;
  RetourGoodsState goods;
  RetourRefundState refund;
  const RetourOperation *operation;
  const RetourAuditRecord *audit;
} Move;

static gboolean
move_body (RetourConnection *connection, gpointer data, GError **error)
{
  const Move *move = data;
  g_auto (RetourReturnStates) states = { 0 };
  gboolean known = FALSE;

  if (!retour_returns_read_states (connection, move->id, &states, &known, error))
    return FALSE;
  if (!known)
    {
      g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND, "There is no return “%s” here", move->id);
      return FALSE;
    }
  return move_states (&states, move->goods, move->refund, error)
         && retour_returns_write_states (connection, move->id, &states, error)
         && (move->operation == NULL || retour_outbox_add (connection, move->operation, error))
         && (move->audit == NULL || retour_audit_log_append (connection, move->audit, error));
}

static gboolean
move_return (RetourStore *store,
             const char *id,
             RetourGoodsState goods,
             RetourRefundState refund,
             RetourOperation *operation,
             const RetourAuditRecord *audit,
             GError **error)
{
  Move move = { id, goods, refund, operation, audit };

  return retour_connection_transact (retour_connection_of (store), move_body, &move, error);
}

gboolean
retour_returns_follow (RetourConnection *connection, const RetourChange *change, GError **error)
{
  g_auto (RetourReturnStates) states = { 0 };
  gboolean known = FALSE;

  if (!retour_returns_read_states (connection, change->id, &states, &known, error))
    return FALSE;
  if (!known)
    return TRUE;
  if (retour_goods_state_may_become (states.goods, change->goods))
    states.goods = change->goods;
  if (retour_refund_state_may_become (states.refund, change->refund))
    states.refund = change->refund;
  if (change->detail != NULL)
    {
      g_free (states.problem);
      states.problem = g_strdup (change->detail);
    }
  return retour_returns_write_states (connection, change->id, &states, error);
}

typedef struct
{
  const char *id, *state;
  guint copies;
} Print;

/* A print is remembered before it leaves; one that certainly did not come out is taken back by a later row. */
static gboolean
count_prints (RetourStore *store, const char *return_id, guint *copies, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection,
                                 "SELECT coalesce (sum (CASE state WHEN 'not_printed' THEN -1 ELSE 1 END), 0) "
                                 "FROM prints WHERE return_id = :id",
                                 error);
  gboolean row = FALSE;

  if (select == NULL)
    return FALSE;
  retour_bind_text (select, ":id", return_id);
  if (!retour_connection_step (connection, select, &row, error))
    return FALSE;
  *copies = (guint) MAX (0, retour_column_integer (select, 0));
  return TRUE;
}

static gboolean
print_body (RetourConnection *connection, gpointer data, GError **error)
{
  Print *print = data;
  sqlite3_stmt *insert;

  if (!count_prints (retour_connection_store (connection), print->id, &print->copies, error))
    return FALSE;
  insert = retour_connection_prepare (connection, "INSERT INTO prints (return_id, state) VALUES (:id, :state)", error);
  if (insert == NULL)
    return FALSE;
  retour_bind_text (insert, ":id", print->id);
  retour_bind_text (insert, ":state", print->state);
  return retour_connection_run (connection, insert, error);
}

static gboolean
record_print (RetourStore *store, const char *return_id, const char *state, guint *copies, GError **error)
{
  Print print = { return_id, state, 0 };

  if (!retour_connection_transact (retour_connection_of (store), print_body, &print, error))
    return FALSE;
  *copies = print.copies;
  return TRUE;
}

void
retour_returns_plug (RetourStore *store)
{
  store->units_held = units_held;
  store->find_return = find_return;
  store->list_returns = list_returns;
  store->returns_of_order = returns_of_order;
  store->returns_of_visit = returns_of_visit;
  store->evidence = evidence;
  store->day_totals = day_totals;
  store->promised_since = promised_since;
  store->move_return = move_return;
  store->record_print = record_print;
  store->count_prints = count_prints;
}
