/* SPDX-License-Identifier: Apache-2.0 */
#include "recording.h"

#include "booking.h"
#include "judgement.h"
#include "members.h"
#include "orders.h"
#include "returns.h"

#include <return-number.h>
#include <string.h>

/* The return is well told: its number is right, and of the terminal that tells it. */
static json_object *
check_origin (SandboxOperation *operation, const RetourReturn *ret)
{
  const SandboxCall *call = operation->call;
  RetourReturnNumber number;

  if (!retour_return_number_parse (ret->number, &number))
    return sandbox_answer_reject ("malformed", "number: %s has not the right check character", ret->number);
  if (strcmp (number.store, call->store) != 0 || number.terminal != call->letter[0]
      || g_strcmp0 (ret->store, call->store) != 0 || g_strcmp0 (ret->terminal, call->letter) != 0)
    return sandbox_answer_reject ("malformed", "origin: this is terminal %s of store %s", call->letter, call->store);
  if (ret->lines->len == 0)
    return sandbox_answer_reject ("malformed", "lines: expected one at least");
  return NULL;
}

/* The return under this id or number is known already. */
static json_object *
check_known (SandboxOperation *operation, const RetourReturn *ret, gboolean *known)
{
  SandboxLedger *ledger = operation->sandbox->ledger;
  g_autofree char *body = sandbox_ledger_text (ledger, "SELECT body FROM returns WHERE id = ?", "s", ret->id);
  json_object *answer;

  *known = g_strcmp0 (body, operation->body_text) == 0;
  if (*known)
    return NULL;
  if (body == NULL
      && sandbox_ledger_integer (ledger, "SELECT count (*) FROM returns WHERE number = ?", "s", ret->number) == 0)
    return NULL;
  answer = sandbox_answer_reject ("operation-reused", "%s is another return", body != NULL ? ret->id : ret->number);
  sandbox_operation_alarm (operation, answer,
                           body != NULL ? "return sent again with another body" : "return number used twice");
  return answer;
}

/* The order's line takes so many units of the return, all entries together; 0 units: seen before. */
static gint64
units_of (const RetourReturn *ret, guint first)
{
  const char *line = ((const RetourReturnLine *) ret->lines->pdata[first])->line;
  gint64 units = 0;

  for (guint i = 0; i < ret->lines->len; i++)
    {
      const RetourReturnLine *entry = ret->lines->pdata[i];

      if (strcmp (entry->line, line) != 0)
        continue;
      if (i < first)
        return 0;
      units += entry->quantity;
    }
  return units;
}

/* Units that stay claimed: those of an even exchange go out again, as new ones. */
static gint64
units_kept (const RetourReturn *ret, const char *line)
{
  gint64 units = 0;

  for (guint i = 0; i < ret->lines->len; i++)
    {
      const RetourReturnLine *entry = ret->lines->pdata[i];

      if (strcmp (entry->line, line) == 0 && !entry->even_exchange)
        units += entry->quantity;
    }
  return units;
}

static json_object *
check_units (SandboxOperation *operation, const RetourOrder *order, const RetourReturn *ret)
{
  for (guint i = 0; i < ret->lines->len; i++)
    {
      const RetourReturnLine *entry = ret->lines->pdata[i];
      const RetourOrderLine *line = retour_order_find_line (order, entry->line, NULL);
      gint64 units = units_of (ret, i);
      json_object *winner;

      if (line == NULL)
        return sandbox_answer_reject ("malformed", "lines[%u].line: the order has no line %s", i, entry->line);
      if (entry->quantity < 1)
        return sandbox_answer_reject ("malformed", "lines[%u].quantity: expected a whole number >= 1", i);
      if (units <= line->delivered - line->returned)
        continue;
      winner = sandbox_returns_winner (operation->sandbox->ledger, order->id, line->id);
      if (winner == NULL)
        return sandbox_answer_reject ("not-returnable",
                                      "%s: %" G_GINT64_FORMAT " delivered, %" G_GINT64_FORMAT " returned", line->id,
                                      line->delivered, line->returned);
      return sandbox_answer_conflict ("units-taken", winner, "%s: already returned under %s", line->id,
                                      sandbox_member_text (winner, "number"));
    }
  return NULL;
}

/* The lowest numbers that nobody has; the table refuses a unit that somebody has. */
static void
claim (SandboxOperation *operation, const char *order, const char *line, gint64 units, const char *return_id)
{
  SandboxLedger *ledger = operation->sandbox->ledger;

  for (gint64 unit = 1; units > 0; unit++)
    {
      if (sandbox_ledger_integer (ledger, "SELECT count (*) FROM claims WHERE order_id = ? AND line = ? AND unit = ?",
                                  "ssi", order, line, unit)
          > 0)
        continue;
      sandbox_ledger_run (ledger, "INSERT INTO claims VALUES (?, ?, ?, ?)", "ssis", order, line, unit, return_id);
      units--;
    }
}

/* An announcement ends when its units have come back. */
static void
settle_announcements (json_object *order, const RetourReturn *ret)
{
  json_object *announced = sandbox_member_array (order, "announced");

  for (size_t i = announced != NULL ? json_object_array_length (announced) : 0; i-- > 0;)
    {
      json_object *lines = sandbox_member_array (json_object_array_get_idx (announced, i), "lines");
      gboolean covered = lines != NULL;

      for (size_t j = 0; covered && j < json_object_array_length (lines); j++)
        {
          json_object *line = json_object_array_get_idx (lines, j);
          const char *id = sandbox_member_text (line, "line");

          covered = id != NULL && units_kept (ret, id) >= sandbox_member_integer (line, "quantity", 0);
        }
      if (covered)
        json_object_array_del_idx (announced, i, 1);
    }
}

static void
put_changed (SandboxOperation *operation, json_object *document)
{
  Sandbox *sandbox = operation->sandbox;
  g_autoptr (RetourOrder) order = NULL;
  g_autofree char *text = NULL;

  json_object_object_add (document, "version",
                          json_object_new_int64 (sandbox_member_integer (document, "version", 0) + 1));
  sandbox_member_add_instant (document, "updated_at", operation->now);
  text = sandbox_members_print (document);
  order = sandbox->documents->read_order (text, -1, NULL);
  if (order != NULL)
    sandbox_orders_put (sandbox->ledger, order, text);
}

static void
keep (SandboxOperation *operation, const RetourOrder *order, json_object *document, const RetourReturn *ret)
{
  gboolean desk = g_strcmp0 (ret->mode, "desk") == 0;
  json_object *booking = order != NULL ? sandbox_booking_new (order, ret) : NULL;
  g_autofree char *booking_text = booking != NULL ? sandbox_members_print (booking) : NULL;
  RetourRefundState refund = ret->total <= 0 ? RETOUR_REFUND_NONE
                             : desk          ? RETOUR_REFUND_REQUESTED
                                             : RETOUR_REFUND_PROMISED;

  if (order != NULL)
    {
      for (guint i = 0; i < ret->lines->len; i++)
        {
          const RetourReturnLine *entry = ret->lines->pdata[i];

          if (units_of (ret, i) > 0)
            claim (operation, order->id, entry->line, units_kept (ret, entry->line), ret->id);
        }
      sandbox_booking_apply (booking, document, 1);
      settle_announcements (document, ret);
      put_changed (operation, document);
      json_object_put (booking);
    }
  sandbox_returns_add (operation->sandbox, ret, desk ? RETOUR_GOODS_ACCEPTED : RETOUR_GOODS_RECEIVED, refund,
                       booking_text, operation->body_text);
}

/* Another amount is an honest race when a return of the order came in between, of which the terminal could not know. */
static json_object *
as_conflict (SandboxOperation *operation, const RetourOrder *order, json_object *refusal)
{
  json_object *winner = sandbox_returns_winner (operation->sandbox->ledger, order->id, NULL);

  if (winner == NULL)
    return refusal;
  sandbox_member_add_text (refusal, "answer", "conflict");
  json_object_object_add (refusal, "winner", winner);
  return refusal;
}

static json_object *
record (SandboxOperation *operation, const RetourOrder *order, json_object *document, RetourReturn *ret)
{
  gboolean differs;
  json_object *refusal = order != NULL ? check_units (operation, order, ret) : NULL;

  if (refusal != NULL)
    return refusal;
  refusal = sandbox_judgement_refuse (operation->sandbox, order, ret, &differs);
  if (refusal != NULL)
    return differs && order != NULL ? as_conflict (operation, order, refusal) : refusal;
  keep (operation, order, document, ret);
  return sandbox_answer_accept ();
}

json_object *
sandbox_recording_record (SandboxOperation *operation)
{
  Sandbox *sandbox = operation->sandbox;
  g_autoptr (RetourReturn) ret = NULL;
  g_autoptr (RetourOrder) order = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  json_object *document, *answer;
  gboolean known;

  ret = sandbox->documents->read_return (operation->body_text, -1, &error);
  if (ret == NULL)
    return sandbox_answer_reject ("malformed", "%s", error->message);
  operation->return_id = sandbox_member_text (operation->body, "id");
  answer = check_origin (operation, ret);
  if (answer == NULL)
    answer = check_known (operation, ret, &known);
  if (answer != NULL)
    return answer;
  if (known)
    return sandbox_answer_accept ();
  if (ret->order_id == NULL)
    return record (operation, NULL, NULL, ret);

  text = sandbox_orders_find (sandbox->ledger, ret->order_id);
  order = text != NULL ? sandbox->documents->read_order (text, -1, &error) : NULL;
  if (order == NULL)
    return sandbox_answer_reject ("unknown-order", "%s", ret->order_id);
  document = sandbox_members_parse (text, strlen (text), NULL);
  answer = record (operation, order, document, ret);
  json_object_put (document);
  return answer;
}

void
sandbox_recording_release (SandboxOperation *operation, const char *return_id)
{
  SandboxLedger *ledger = operation->sandbox->ledger;
  g_autofree char *order = sandbox_ledger_text (ledger, "SELECT order_id FROM returns WHERE id = ?", "s", return_id);
  g_autofree char *booking_text =
      sandbox_ledger_text (ledger, "SELECT booking FROM returns WHERE id = ?", "s", return_id);
  g_autofree char *text = order != NULL ? sandbox_orders_find (ledger, order) : NULL;
  json_object *booking, *document;

  sandbox_ledger_run (ledger, "DELETE FROM claims WHERE return_id = ?", "s", return_id);
  if (text == NULL || booking_text == NULL)
    return;
  booking = sandbox_members_parse (booking_text, strlen (booking_text), NULL);
  document = sandbox_members_parse (text, strlen (text), NULL);
  if (booking != NULL && document != NULL)
    {
      sandbox_booking_apply (booking, document, -1);
      put_changed (operation, document);
    }
  json_object_put (booking);
  json_object_put (document);
}
