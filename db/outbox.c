/* SPDX-License-Identifier: Apache-2.0 */
/* Nothing here is ever deleted: an operation ends answered, or stands aside until a person mends it. */
#include "outbox.h"

#include "returns.h"

/* No wait is longer than an hour (SYNC.md): what seems to wait longer was written before the clock was set back. */
#define LONGEST_WAIT (2 * 3600 * RETOUR_SECOND)
/* No OMS is restored from an older backup than this. */
#define OFFERED_AGAIN (30 * 86400 * RETOUR_SECOND)

#define OPERATION_COLUMNS                                                                                              \
  "o.op, o.kind, o.order_id, o.return_id, o.body, o.body_hash, o.created_at, o.clock_offset, s.attempts, s.next_at,"   \
  " s.last_error, s.sequence, s.state"
/* What a person decided on holds nobody up, though it was never taken by the OMS. */
#define CLOSED_OPERATIONS                                                                                              \
  "SELECT q.sequence FROM closed_cases c JOIN operations q ON q.return_id = c.return_id"                               \
  " JOIN operation_states p ON p.sequence = q.sequence WHERE p.state = 'quarantined'"
#define OPERATION_TABLES "operation_states s JOIN operations o USING (sequence)"

static gboolean
insert_operation (RetourConnection *connection, const RetourOperation *operation, GError **error)
{
  sqlite3_stmt *insert = retour_connection_prepare (
      connection,
      "INSERT INTO operations (op, kind, order_id, return_id, body, body_hash, created_at, clock_offset)"
      " VALUES (:op, :kind, :order_id, :return_id, :body, :body_hash, :created_at, :clock_offset)",
      error);

  if (insert == NULL)
    return FALSE;
  retour_bind_text (insert, ":op", operation->op);
  retour_bind_text (insert, ":kind", retour_operation_kind_code (operation->kind));
  retour_bind_text (insert, ":order_id", operation->order);
  retour_bind_text (insert, ":return_id", operation->return_id);
  retour_bind_text (insert, ":body", operation->body);
  retour_bind_text (insert, ":body_hash", operation->body_hash);
  retour_bind_integer (insert, ":created_at", operation->created_at);
  retour_bind_integer (insert, ":clock_offset", operation->clock_offset);
  return retour_connection_run (connection, insert, error);
}

gboolean
retour_outbox_add (RetourConnection *connection, const RetourOperation *operation, GError **error)
{
  sqlite3_stmt *insert;

  if (!insert_operation (connection, operation, error))
    return FALSE;
  insert = retour_connection_prepare (
      connection,
      "INSERT INTO operation_states (sequence, stream, state, next_at) SELECT sequence,"
      " coalesce (order_id, return_id, op), 'waiting', :next_at FROM operations WHERE op = :op",
      error);
  if (insert == NULL)
    return FALSE;
  retour_bind_text (insert, ":op", operation->op);
  retour_bind_instant (insert, ":next_at", operation->next_at);
  return retour_connection_run (connection, insert, error);
}

static RetourOperation *
read_operation (sqlite3_stmt *row, GError **error)
{
  RetourOperationKind kind;
  RetourOperation *operation;

  if (!retour_operation_kind_parse (retour_column_text (row, 1), &kind))
    {
      g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_CORRUPT,
                   "The operation %s is of the unknown kind “%s”", retour_column_text (row, 0),
                   retour_column_text (row, 1));
      return NULL;
    }
  operation = retour_operation_new (retour_column_text (row, 0), kind, retour_column_text (row, 4));
  operation->order = retour_column_dup_text (row, 2);
  operation->return_id = retour_column_dup_text (row, 3);
  g_free (operation->body_hash);
  operation->body_hash = retour_column_dup_text (row, 5);
  operation->created_at = retour_column_instant (row, 6);
  operation->clock_offset = retour_column_integer (row, 7);
  operation->attempts = (guint) retour_column_integer (row, 8);
  operation->next_at = retour_column_instant (row, 9);
  operation->last_error = retour_column_dup_text (row, 10);
  operation->quarantined = g_strcmp0 (retour_column_text (row, 12), "quarantined") == 0;
  return operation;
}

static gboolean
collect_operations (RetourConnection *connection, sqlite3_stmt *select, GPtrArray *list, GError **error)
{
  for (;;)
    {
      RetourOperation *operation;
      gboolean row = FALSE;

      if (!retour_connection_step (connection, select, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      operation = read_operation (select, error);
      if (operation == NULL)
        return FALSE;
      g_ptr_array_add (list, operation);
    }
}

static GPtrArray *
list_operations (RetourStore *store, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_operation_free);
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (connection,
                                                               "SELECT " OPERATION_COLUMNS " FROM " OPERATION_TABLES
                                                               " WHERE s.state <> 'answered' ORDER BY s.sequence",
                                                               error);

  if (select == NULL || !collect_operations (connection, select, list, error))
    return NULL;
  return g_steal_pointer (&list);
}

static char *
newest_id (RetourStore *store, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection,
                                 "SELECT max (id) FROM (SELECT max (op) AS id FROM operations"
                                 " UNION ALL SELECT max (id) FROM drafts)",
                                 error);
  gboolean row = FALSE;

  if (select == NULL || !retour_connection_step (connection, select, &row, error))
    return NULL;
  return row ? g_strdup (retour_column_text (select, 0)) : NULL;
}

/* Moves a return along the sync axis, by way of `sent` where the table asks for it; what it does not allow is left. */
static void
move_sync (RetourReturnStates *states, RetourSyncState to)
{
  if (retour_sync_state_may_become (states->sync, to))
    states->sync = to;
  else if (retour_sync_state_may_become (states->sync, RETOUR_SYNC_SENT)
           && retour_sync_state_may_become (RETOUR_SYNC_SENT, to))
    states->sync = to;
}

static gboolean
move_return_sync (RetourConnection *connection, const char *return_id, RetourSyncState to, GError **error)
{
  g_auto (RetourReturnStates) states = { 0 };
  gboolean known = FALSE;

  if (return_id == NULL)
    return TRUE;
  if (!retour_returns_read_states (connection, return_id, &states, &known, error))
    return FALSE;
  if (!known || states.sync == to)
    return TRUE;
  move_sync (&states, to);
  return retour_returns_write_states (connection, return_id, &states, error);
}

typedef struct
{
  RetourInstant now;
  guint limit;
  GPtrArray *operations;
} Claim;

static gboolean
mark_claimed (RetourConnection *connection, RetourOperation *operation, GError **error)
{
  sqlite3_stmt *update =
      retour_connection_prepare (connection,
                                 "UPDATE operation_states SET attempts = attempts + 1"
                                 " WHERE sequence = (SELECT sequence FROM operations WHERE op = :op)",
                                 error);

  if (update == NULL)
    return FALSE;
  retour_bind_text (update, ":op", operation->op);
  operation->attempts++;
  return retour_connection_run (connection, update, error)
         && move_return_sync (connection, operation->return_id, RETOUR_SYNC_SENT, error);
}

static gboolean
claim_body (RetourConnection *connection, gpointer data, GError **error)
{
  Claim *claim = data;
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (
      connection,
      "SELECT " OPERATION_COLUMNS " FROM " OPERATION_TABLES " WHERE s.state = 'waiting' AND s.state <> 'answered'"
      " AND (s.next_at IS NULL OR s.next_at <= :now OR s.next_at > :now + :longest)"
      " AND NOT EXISTS (SELECT 1 FROM operation_states e WHERE e.stream = s.stream AND e.sequence < s.sequence"
      "   AND e.state <> 'answered' AND e.sequence NOT IN (" CLOSED_OPERATIONS ")) ORDER BY s.sequence LIMIT :limit",
      error);

  if (select == NULL)
    return FALSE;
  retour_bind_integer (select, ":now", claim->now);
  retour_bind_integer (select, ":longest", LONGEST_WAIT);
  retour_bind_integer (select, ":limit", claim->limit);
  g_ptr_array_set_size (claim->operations, 0);
  if (!collect_operations (connection, select, claim->operations, error))
    return FALSE;
  for (guint i = 0; i < claim->operations->len; i++)
    if (!mark_claimed (connection, g_ptr_array_index (claim->operations, i), error))
      return FALSE;
  return TRUE;
}

static GPtrArray *
claim_operations (RetourStore *store, RetourInstant now, guint limit, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_operation_free);
  Claim claim = { now, limit, list };

  if (!retour_connection_transact (retour_connection_of (store), claim_body, &claim, error))
    return NULL;
  return g_steal_pointer (&list);
}

/* Where an operation stands now. */
typedef struct
{
  gint64 sequence;
  char *return_id;
  gboolean answered, quarantined;
  gboolean decision; /* on an approval: once refused, there is nothing left to mend */
} Standing;

static void
standing_clear (Standing *standing)
{
  g_clear_pointer (&standing->return_id, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Standing, standing_clear)

static gboolean
read_standing (RetourConnection *connection, const char *op, Standing *standing, GError **error)
{
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (
      connection,
      "SELECT s.sequence, o.return_id, s.state = 'answered', s.state = 'quarantined', o.kind = 'approval.decide' FROM " OPERATION_TABLES
      " WHERE o.op = :op",
      error);
  gboolean row = FALSE;

  if (select == NULL)
    return FALSE;
  retour_bind_text (select, ":op", op);
  if (!retour_connection_step (connection, select, &row, error))
    return FALSE;
  if (!row)
    {
      g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND, "There is no operation %s", op);
      return FALSE;
    }
  standing->sequence = retour_column_integer (select, 0);
  standing->return_id = retour_column_dup_text (select, 1);
  standing->answered = retour_column_integer (select, 2) != 0;
  standing->quarantined = retour_column_integer (select, 3) != 0;
  standing->decision = retour_column_integer (select, 4) != 0;
  return TRUE;
}

static gboolean
write_standing (RetourConnection *connection,
                gint64 sequence,
                const char *state,
                RetourInstant next_at,
                const char *why,
                GError **error)
{
  sqlite3_stmt *update = retour_connection_prepare (
      connection,
      "UPDATE operation_states SET state = :state, next_at = :next_at, last_error = :why WHERE sequence = :sequence",
      error);

  if (update == NULL)
    return FALSE;
  retour_bind_integer (update, ":sequence", sequence);
  retour_bind_text (update, ":state", state);
  retour_bind_instant (update, ":next_at", next_at);
  retour_bind_text (update, ":why", why);
  return retour_connection_run (connection, update, error);
}

static gboolean
insert_answer (RetourConnection *connection, const RetourAnswer *answer, RetourInstant now, GError **error)
{
  sqlite3_stmt *insert =
      retour_connection_prepare (connection,
                                 "INSERT INTO operation_answers (op, kind, detail, problem, answered_at)"
                                 " VALUES (:op, :kind, :detail, :problem, :answered_at)",
                                 error);

  if (insert == NULL)
    return FALSE;
  retour_bind_text (insert, ":op", answer->op);
  retour_bind_text (insert, ":kind", retour_answer_kind_code (answer->kind));
  retour_bind_text (insert, ":detail", answer->detail);
  retour_bind_text (insert, ":problem", answer->problem);
  retour_bind_integer (insert, ":answered_at", now);
  return retour_connection_run (connection, insert, error);
}

/* What all operations of a return together make of it: one aside keeps it aside, the last answer acknowledges it. */
static gboolean
sum_up (RetourConnection *connection, const char *return_id, RetourSyncState *sync, GError **error)
{
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (
      connection,
      "SELECT coalesce (sum (s.state = 'quarantined'), 0), coalesce (sum (s.state = 'waiting'), 0)"
      " FROM operations o JOIN operation_states s USING (sequence) WHERE o.return_id = :id",
      error);
  gboolean row = FALSE;

  if (select == NULL)
    return FALSE;
  retour_bind_text (select, ":id", return_id);
  if (!retour_connection_step (connection, select, &row, error))
    return FALSE;
  if (retour_column_integer (select, 0) > 0)
    *sync = RETOUR_SYNC_QUARANTINED;
  else
    *sync = retour_column_integer (select, 1) > 0 ? RETOUR_SYNC_SENT : RETOUR_SYNC_ACKNOWLEDGED;
  return TRUE;
}

static gboolean
settle_return (RetourConnection *connection, const char *return_id, const RetourAnswer *answer, GError **error)
{
  g_auto (RetourReturnStates) states = { 0 };
  RetourSyncState sync = RETOUR_SYNC_LOCAL;
  gboolean known = FALSE;

  if (return_id == NULL)
    return TRUE;
  if (!retour_returns_read_states (connection, return_id, &states, &known, error)
      || !sum_up (connection, return_id, &sync, error))
    return FALSE;
  if (!known)
    return TRUE;
  if (states.sync != sync)
    move_sync (&states, sync);
  if (answer->has_refund && retour_refund_state_may_become (states.refund, answer->refund))
    states.refund = answer->refund;
  if (sync != RETOUR_SYNC_QUARANTINED)
    g_clear_pointer (&states.problem, g_free);
  else if (answer->detail != NULL || states.problem == NULL)
    {
      g_free (states.problem);
      states.problem = g_strdup (answer->detail != NULL ? answer->detail : retour_answer_kind_code (answer->kind));
    }
  return retour_returns_write_states (connection, return_id, &states, error);
}

typedef struct
{
  const RetourAnswer *answer;
  RetourInstant now;
} Settlement;

static gboolean
settle_body (RetourConnection *connection, gpointer data, GError **error)
{
  const Settlement *settlement = data;
  const RetourAnswer *answer = settlement->answer;
  g_auto (Standing) standing = { 0 };
  const char *state = NULL;

  if (!read_standing (connection, answer->op, &standing, error))
    return FALSE;
  /* The same answer again, to a request that was thought lost. */
  if (standing.answered)
    return TRUE;
  switch (answer->kind)
    {
    case RETOUR_ANSWER_ACCEPTED:
    case RETOUR_ANSWER_DUPLICATE:
      state = "answered";
      break;
    case RETOUR_ANSWER_CONFLICT:
    case RETOUR_ANSWER_REJECTED:
    case RETOUR_ANSWER_UNSUPPORTED:
      state = standing.decision ? "answered" : "quarantined";
      break;
    case RETOUR_ANSWER_RETRY:
      return standing.quarantined
             || write_standing (connection, standing.sequence, "waiting", RETOUR_INSTANT_NONE, answer->detail, error);
    }
  return insert_answer (connection, answer, settlement->now, error)
         && write_standing (connection, standing.sequence, state, RETOUR_INSTANT_NONE, answer->detail, error)
         && settle_return (connection, standing.return_id, answer, error);
}

static gboolean
settle_operation (RetourStore *store, const RetourAnswer *answer, RetourInstant now, GError **error)
{
  Settlement settlement = { answer, now };

  return retour_connection_transact (retour_connection_of (store), settle_body, &settlement, error);
}

typedef struct
{
  const char *op, *why;
  RetourInstant next_at;
  gboolean mended; /* by a person: leaves quarantine */
} Wait;

/* Waiting again, after no answer or after a person mended it: what was answered stays answered. */
static gboolean
wait_body (RetourConnection *connection, gpointer data, GError **error)
{
  const Wait *wait = data;
  g_auto (Standing) standing = { 0 };

  if (!read_standing (connection, wait->op, &standing, error))
    return FALSE;
  if (standing.answered || (standing.quarantined && !wait->mended))
    return TRUE;
  return write_standing (connection, standing.sequence, "waiting", wait->next_at, wait->why, error)
         && move_return_sync (connection, standing.return_id, RETOUR_SYNC_LOCAL, error);
}

static gboolean
postpone_operation (RetourStore *store, const char *op, RetourInstant next_at, const char *why, GError **error)
{
  Wait wait = { op, why, next_at, FALSE };

  return retour_connection_transact (retour_connection_of (store), wait_body, &wait, error);
}

static gboolean
requeue_operation (RetourStore *store, const char *op, GError **error)
{
  Wait wait = { op, NULL, RETOUR_INSTANT_NONE, TRUE };

  return retour_connection_transact (retour_connection_of (store), wait_body, &wait, error);
}

typedef struct
{
  const char *epoch;
  RetourInstant now;
} Offer;

static gboolean
note_epoch (RetourConnection *connection, const char *epoch, GError **error)
{
  sqlite3_stmt *insert =
      retour_connection_prepare (connection,
                                 "INSERT INTO settings (name, value) VALUES ('" RETOUR_SETTING_OMS_EPOCH "', :epoch)"
                                 " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                                 error);

  if (insert == NULL)
    return FALSE;
  retour_bind_text (insert, ":epoch", epoch);
  return retour_connection_run (connection, insert, error);
}

/* A clock that was wrong must not hide an operation: the last thousand count as late, whatever time they carry. */
#define LATE_ONES                                                                                                      \
  "(SELECT sequence FROM operations WHERE created_at >= :since"                                                        \
  " OR sequence > (SELECT max (sequence) FROM operations) - 1000)"

static gboolean
run_since (RetourConnection *connection, const char *sql, RetourInstant since, GError **error)
{
  sqlite3_stmt *update = retour_connection_prepare (connection, sql, error);

  if (update == NULL)
    return FALSE;
  retour_bind_integer (update, ":since", since);
  return retour_connection_run (connection, update, error);
}

static gboolean
offer_body (RetourConnection *connection, gpointer data, GError **error)
{
  const Offer *offer = data;
  g_autofree char *noted = NULL;
  gboolean row = FALSE;
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection, "SELECT value FROM settings WHERE name = '" RETOUR_SETTING_OMS_EPOCH "'",
                                 error);

  if (select == NULL || !retour_connection_step (connection, select, &row, error))
    return FALSE;
  if (row)
    noted = retour_column_dup_text (select, 0);
  if (g_strcmp0 (noted, offer->epoch) == 0)
    return TRUE;
  RetourInstant since = offer->now - OFFERED_AGAIN;
  if (noted != NULL
      && (!run_since (connection,
                      "UPDATE return_states SET sync = 'local' WHERE sync = 'acknowledged' AND return_id IN (SELECT"
                      " o.return_id FROM " OPERATION_TABLES " WHERE s.state = 'answered' AND sequence IN " LATE_ONES
                      ")",
                      since, error)
          || !run_since (connection,
                         "UPDATE operation_states SET state = 'waiting', next_at = NULL, last_error = NULL"
                         " WHERE state = 'answered' AND sequence IN " LATE_ONES,
                         since, error)))
    return FALSE;
  return note_epoch (connection, offer->epoch, error);
}

static gboolean
re_offer_operations (RetourStore *store, const char *epoch, RetourInstant now, GError **error)
{
  Offer offer = { epoch, now };

  return retour_connection_transact (retour_connection_of (store), offer_body, &offer, error);
}

static gboolean
queue_body (RetourConnection *connection, gpointer operation, GError **error)
{
  return retour_outbox_add (connection, operation, error);
}

static gboolean
queue_operation (RetourStore *store, const RetourOperation *operation, GError **error)
{
  return retour_connection_transact (retour_connection_of (store), queue_body, (gpointer) operation, error);
}

void
retour_outbox_plug (RetourStore *store)
{
  store->queue_operation = queue_operation;
  store->re_offer_operations = re_offer_operations;
  store->claim_operations = claim_operations;
  store->settle_operation = settle_operation;
  store->postpone_operation = postpone_operation;
  store->list_operations = list_operations;
  store->newest_id = newest_id;
  store->requeue_operation = requeue_operation;
}
