/* SPDX-License-Identifier: Apache-2.0 */
/* Returns that need a person, and what persons decided of them. */
#include "cases.h"

#include "returns.h"

/* The one operation of a return that was put aside first, with the last answer to it. The winner is read where it lies: the
 * answer is kept as it came. */
#define CASE_COLUMNS                                                                                                   \
  "r.id, o.op, a.kind, a.detail, a.answered_at, json_extract (a.problem, '$.number'),"                                 \
  " coalesce (json_extract (a.problem, '$.store_name'), json_extract (a.problem, '$.store')),"                         \
  " json_extract (a.problem, '$.terminal'), json_extract (a.problem, '$.at'), c.choice, c.motive, c.staff, c.at"
#define CASE_TABLES                                                                                                    \
  "returns r JOIN return_states s ON s.return_id = r.id"                                                               \
  " LEFT JOIN operations o ON o.sequence = (SELECT min (q.sequence) FROM operations q JOIN operation_states p"         \
  "   USING (sequence) WHERE q.return_id = r.id AND p.state = 'quarantined')"                                          \
  " LEFT JOIN operation_answers a ON a.rowid = (SELECT max (l.rowid) FROM operation_answers l WHERE l.op = o.op)"      \
  " LEFT JOIN closed_cases c ON c.return_id = r.id"

static RetourCaseKind
kind_of (const char *answer)
{
  RetourAnswerKind kind;

  if (answer == NULL)
    return RETOUR_CASE_REFUND_FAILED;
  if (!retour_answer_kind_parse (answer, &kind))
    return RETOUR_CASE_REFUSED;
  switch (kind)
    {
    case RETOUR_ANSWER_CONFLICT:
      return RETOUR_CASE_TAKEN;
    case RETOUR_ANSWER_UNSUPPORTED:
      return RETOUR_CASE_UNSUPPORTED;
    case RETOUR_ANSWER_ACCEPTED:
    case RETOUR_ANSWER_DUPLICATE:
    case RETOUR_ANSWER_REJECTED:
    case RETOUR_ANSWER_RETRY:
      return RETOUR_CASE_REFUSED;
    }
  return RETOUR_CASE_REFUSED;
}

static RetourCase *
read_case (RetourStore *store, sqlite3_stmt *row, GError **error)
{
  g_autoptr (RetourCase) self = g_new0 (RetourCase, 1);
  const char *winner_at = retour_column_text (row, 8);
  const char *choice = retour_column_text (row, 9);

  self->ret = store->find_return (store, retour_column_text (row, 0), error);
  if (self->ret == NULL)
    return NULL;
  self->op = retour_column_dup_text (row, 1);
  self->kind = kind_of (self->op == NULL                      ? NULL
                        : retour_column_text (row, 2) != NULL ? retour_column_text (row, 2)
                                                              : "");
  self->problem = self->kind == RETOUR_CASE_TAKEN ? NULL : retour_column_dup_text (row, 3);
  self->answered_at = retour_column_instant (row, 4);
  self->winner_at = RETOUR_INSTANT_NONE;
  if (self->kind == RETOUR_CASE_TAKEN)
    {
      self->winner_number = retour_column_dup_text (row, retour_column_text (row, 5) != NULL ? 5 : 3);
      self->winner_store = retour_column_dup_text (row, 6);
      self->winner_terminal = retour_column_dup_text (row, 7);
      if (winner_at != NULL && !retour_instant_parse (winner_at, &self->winner_at))
        self->winner_at = RETOUR_INSTANT_NONE;
    }
  self->closed = choice != NULL;
  if (choice != NULL && !retour_case_choice_parse (choice, &self->choice))
    {
      g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_CORRUPT, "A case has the unknown decision “%s”",
                   choice);
      return NULL;
    }
  self->motive = retour_column_dup_text (row, 10);
  self->staff = retour_column_dup_text (row, 11);
  self->decided_at = retour_column_instant (row, 12);
  return g_steal_pointer (&self);
}

static GPtrArray *
list_cases (RetourStore *store, gboolean closed, guint limit, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_case_free);
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (
      connection,
      closed ? "SELECT " CASE_COLUMNS " FROM " CASE_TABLES
               " WHERE c.return_id IS NOT NULL ORDER BY c.at DESC LIMIT :limit"
             : "SELECT " CASE_COLUMNS " FROM " CASE_TABLES
               " WHERE c.return_id IS NULL AND (s.sync = 'quarantined' OR s.refund = 'failed' OR o.op IS NOT NULL)"
               " ORDER BY r.recorded_at, r.counter LIMIT :limit",
      error);
  gboolean row = FALSE;

  if (select == NULL)
    return NULL;
  retour_bind_integer (select, ":limit", limit);
  for (;;)
    {
      RetourCase *one;

      if (!retour_connection_step (connection, select, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&list);
      one = read_case (store, select, error);
      if (one == NULL)
        return NULL;
      g_ptr_array_add (list, one);
    }
}

static gboolean
decide_case (RetourStore *store, const RetourCaseDecision *decision, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  sqlite3_stmt *insert = retour_connection_prepare (
      connection,
      "INSERT INTO case_decisions (return_id, choice, motive, staff, at) VALUES (:id, :choice, :motive, :staff, :at)",
      error);

  if (insert == NULL)
    return FALSE;
  retour_bind_text (insert, ":id", decision->return_id);
  retour_bind_text (insert, ":choice", decision->choice);
  retour_bind_text (insert, ":motive", decision->motive);
  retour_bind_text (insert, ":staff", decision->staff);
  retour_bind_integer (insert, ":at", decision->at);
  return retour_connection_run (connection, insert, error);
}

void
retour_cases_plug (RetourStore *store)
{
  store->list_cases = list_cases;
  store->decide_case = decide_case;
}
