/* SPDX-License-Identifier: Apache-2.0 */
#include "returns.h"

#include "feed.h"
#include "members.h"

#include <string.h>

/* Half of the delay to the bank, half at the bank. */
static gint64
due_after (const Sandbox *sandbox, RetourRefundState refund, RetourInstant now)
{
  return refund == RETOUR_REFUND_REQUESTED || refund == RETOUR_REFUND_PENDING ? now + sandbox->refund_delay / 2 : 0;
}

/* {"return": …} for all terminals. */
static void
publish (Sandbox *sandbox, const char *id, const char *detail)
{
  SandboxLedger *ledger = sandbox->ledger;
  sqlite3_stmt *row =
      sandbox_ledger_query (ledger, "SELECT number, order_id, goods, refund FROM returns WHERE id = ?", "s", id);
  json_object *state;
  g_autofree char *text = NULL;

  if (row == NULL)
    return;
  state = json_object_new_object ();
  sandbox_member_add_text (state, "id", id);
  sandbox_member_add_text (state, "number", sandbox_column_text (row, 0));
  sandbox_member_add_text (state, "order", (const char *) sqlite3_column_text (row, 1));
  sandbox_member_add_text (state, "goods", sandbox_column_text (row, 2));
  sandbox_member_add_text (state, "refund", sandbox_column_text (row, 3));
  sandbox_member_add_instant (state, "at", sandbox_now (sandbox));
  sandbox_member_add_text (state, "detail", detail);
  sandbox_ledger_done (row);
  text = sandbox_members_print (state);
  json_object_put (state);
  sandbox_feed_put (ledger, "return", id, text);
}

void
sandbox_returns_add (Sandbox *sandbox,
                     const RetourReturn *ret,
                     RetourGoodsState goods,
                     RetourRefundState refund,
                     const char *booking,
                     const char *body)
{
  RetourInstant now = sandbox_now (sandbox);

  sandbox_ledger_run (sandbox->ledger,
                      "INSERT INTO returns (id, number, order_id, order_number, store, terminal, goods, refund, due_at,"
                      " total, currency, recorded_at, received_at, booking, body)"
                      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif (?, 0), ?, ?, ?, ?, ?, ?)",
                      "ssssssssiisiiss", ret->id, ret->number, ret->order_id, ret->order_number, ret->store,
                      ret->terminal, retour_goods_state_code (goods), retour_refund_state_code (refund),
                      due_after (sandbox, refund, now), ret->total, ret->currency, ret->recorded_at, now, booking,
                      body);
  publish (sandbox, ret->id, NULL);
}

void
sandbox_returns_add_past (SandboxLedger *ledger, const RetourReturn *ret, const char *booking)
{
  sandbox_ledger_run (ledger,
                      "INSERT INTO returns (id, number, order_id, order_number, store, terminal, goods, refund, total,"
                      " currency, recorded_at, received_at, booking, body)"
                      " VALUES (?, ?, ?, ?, ?, ?, 'closed', 'settled', ?, ?, ?, ?, ?, '')",
                      "ssssssisiis", ret->id, ret->number, ret->order_id, ret->order_number, ret->store, ret->terminal,
                      ret->total, ret->currency, ret->recorded_at, ret->recorded_at, booking);
  for (guint i = 0; i < ret->lines->len; i++)
    {
      const RetourReturnLine *line = ret->lines->pdata[i];

      for (gint64 unit = 1; unit <= line->quantity; unit++)
        sandbox_ledger_run (ledger, "INSERT INTO claims VALUES (?, ?, ?, ?)", "ssis", ret->order_id, line->line, unit,
                            ret->id);
    }
}

gboolean
sandbox_returns_find (SandboxLedger *ledger, const char *id, RetourGoodsState *goods, RetourRefundState *refund)
{
  sqlite3_stmt *row = sandbox_ledger_query (ledger, "SELECT goods, refund FROM returns WHERE id = ?", "s", id);
  gboolean found = row != NULL && retour_goods_state_parse (sandbox_column_text (row, 0), goods)
                   && retour_refund_state_parse (sandbox_column_text (row, 1), refund);

  sandbox_ledger_done (row);
  return found;
}

gboolean
sandbox_returns_move (
    Sandbox *sandbox, const char *id, RetourGoodsState goods, RetourRefundState refund, const char *detail)
{
  RetourGoodsState goods_before;
  RetourRefundState refund_before;
  gint64 due_at;

  if (!sandbox_returns_find (sandbox->ledger, id, &goods_before, &refund_before)
      || (goods != goods_before && !retour_goods_state_may_become (goods_before, goods))
      || (refund != refund_before && !retour_refund_state_may_become (refund_before, refund)))
    return FALSE;
  due_at = goods == RETOUR_GOODS_CANCELLED ? 0 : due_after (sandbox, refund, sandbox_now (sandbox));
  sandbox_ledger_run (sandbox->ledger, "UPDATE returns SET goods = ?, refund = ?, due_at = nullif (?, 0) WHERE id = ?",
                      "ssis", retour_goods_state_code (goods), retour_refund_state_code (refund), due_at, id);
  publish (sandbox, id, detail);
  return TRUE;
}

json_object *
sandbox_returns_winner (SandboxLedger *ledger, const char *order, const char *line)
{
  sqlite3_stmt *row =
      sandbox_ledger_query (ledger,
                            "SELECT r.id, r.number, r.store, s.text, r.terminal, r.recorded_at FROM claims c"
                            " JOIN returns r ON r.id = c.return_id LEFT JOIN stores s ON s.code = r.store"
                            " WHERE c.order_id = ?1 AND CASE WHEN ?2 IS NULL THEN r.body <> '' ELSE c.line = ?2 END"
                            " ORDER BY r.n DESC LIMIT 1",
                            "ss", order, line);
  json_object *winner, *store;
  const char *store_text;

  if (row == NULL)
    return NULL;
  winner = json_object_new_object ();
  store_text = sandbox_column_text (row, 3);
  store = sandbox_members_parse (store_text, strlen (store_text), NULL);
  sandbox_member_add_text (winner, "return", sandbox_column_text (row, 0));
  sandbox_member_add_text (winner, "number", sandbox_column_text (row, 1));
  sandbox_member_add_text (winner, "store", sandbox_column_text (row, 2));
  if (store != NULL)
    sandbox_member_add_text (winner, "store_name", sandbox_member_text (store, "name"));
  sandbox_member_add_text (winner, "terminal", sandbox_column_text (row, 4));
  sandbox_member_add_instant (winner, "at", sqlite3_column_int64 (row, 5));
  json_object_put (store);
  sandbox_ledger_done (row);
  return winner;
}

/* One step of a refund: to the bank, and from there. */
static void
step (Sandbox *sandbox, const char *id)
{
  RetourGoodsState goods;
  RetourRefundState refund;

  if (!sandbox_returns_find (sandbox->ledger, id, &goods, &refund))
    return;
  if (refund == RETOUR_REFUND_REQUESTED)
    sandbox_returns_move (sandbox, id, goods, RETOUR_REFUND_PENDING, NULL);
  else if (sandbox_faults_draw (sandbox->faults, "/").refund_fails)
    sandbox_returns_move (sandbox, id, goods, RETOUR_REFUND_FAILED, "The bank refused the refund");
  else
    sandbox_returns_move (sandbox, id, goods, RETOUR_REFUND_SETTLED, NULL);
}

gint64
sandbox_returns_due (gpointer data)
{
  Sandbox *sandbox = data;
  SandboxLedger *ledger = sandbox->ledger;
  RetourInstant now = sandbox_now (sandbox);
  g_autoptr (GError) error = NULL;
  gint64 next;

  sandbox_ledger_begin (ledger);
  for (;;)
    {
      g_autofree char *id =
          sandbox_ledger_text (ledger, "SELECT id FROM returns WHERE due_at <= ? ORDER BY due_at LIMIT 1", "i", now);

      if (id == NULL)
        break;
      step (sandbox, id);
      /* With no delay each step is due at once: two make the way, and the loop ends. */
    }
  next = sandbox_ledger_integer (ledger, "SELECT min (due_at) FROM returns WHERE due_at IS NOT NULL", "");
  if (!sandbox_ledger_commit (ledger, &error))
    {
      g_warning ("%s", error->message);
      return G_USEC_PER_SEC;
    }
  return next == 0 ? -1 : MAX (next - sandbox_now (sandbox), 1000);
}

SandboxReply *
sandbox_returns_list (SandboxCall *call)
{
  SandboxLedger *ledger = call->sandbox->ledger;
  json_object *list = json_object_new_array ();
  static const char *const names[] = { "id",       "number", "order",  "order_number", "store",
                                       "terminal", "goods",  "refund", "currency" };
  sqlite3_stmt *row;

  sandbox_ledger_lock (ledger);
  row = sandbox_ledger_query (
      ledger,
      "SELECT id, number, order_id, order_number, store, terminal, goods, refund, currency, total,"
      " received_at, body FROM returns WHERE body <> '' ORDER BY n DESC",
      "");
  while (row != NULL)
    {
      json_object *entry = json_object_new_object ();

      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        sandbox_member_add_text (entry, names[i], (const char *) sqlite3_column_text (row, (int) i));
      json_object_object_add (entry, "total", json_object_new_int64 (sqlite3_column_int64 (row, 9)));
      sandbox_member_add_instant (entry, "received_at", sqlite3_column_int64 (row, 10));
      json_object_object_add (entry, "body", json_tokener_parse (sandbox_column_text (row, 11)));
      json_object_array_add (list, entry);
      if (!sandbox_ledger_next (ledger, row))
        row = NULL;
    }
  sandbox_ledger_unlock (ledger);
  return sandbox_reply_new_json (200, list);
}

static GPtrArray *
moving (SandboxLedger *ledger, const char *only)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *row =
      sandbox_ledger_query (ledger, "SELECT id FROM returns WHERE due_at IS NOT NULL AND (?1 IS NULL OR id = ?1)", "s",
                            only);

  while (row != NULL)
    {
      g_ptr_array_add (ids, g_strdup (sandbox_column_text (row, 0)));
      if (!sandbox_ledger_next (ledger, row))
        row = NULL;
    }
  return ids;
}

SandboxReply *
sandbox_returns_advance (SandboxCall *call)
{
  Sandbox *sandbox = call->sandbox;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  json_object *asked = sandbox_members_parse (call->body->str, call->body->len, NULL), *answer;
  const char *to = asked != NULL ? sandbox_member_text (asked, "to") : NULL;
  RetourRefundState target = RETOUR_REFUND_SETTLED;
  gint64 moved = 0;

  if (to != NULL && !retour_refund_state_parse (to, &target))
    {
      json_object_put (asked);
      return sandbox_reply_new_problem (400, "malformed", "to: expected a state of a refund");
    }
  sandbox_ledger_begin (sandbox->ledger);
  ids = moving (sandbox->ledger, asked != NULL ? sandbox_member_text (asked, "return") : NULL);
  for (guint i = 0; i < ids->len; i++)
    {
      RetourGoodsState goods;
      RetourRefundState refund;

      if (sandbox_returns_find (sandbox->ledger, ids->pdata[i], &goods, &refund))
        moved += sandbox_returns_move (sandbox, ids->pdata[i], goods, target,
                                       target == RETOUR_REFUND_FAILED ? "The bank refused the refund" : NULL);
    }
  json_object_put (asked);
  if (!sandbox_ledger_commit (sandbox->ledger, &error))
    return sandbox_reply_new_problem (503, "unavailable", "%s", error->message);
  answer = json_object_new_object ();
  json_object_object_add (answer, "moved", json_object_new_int64 (moved));
  return sandbox_reply_new_json (200, answer);
}
