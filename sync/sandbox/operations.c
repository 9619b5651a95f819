/* SPDX-License-Identifier: Apache-2.0 */
#include "operations.h"

#include "approvals.h"
#include "corrections.h"
#include "members.h"
#include "recording.h"
#include "returns.h"

#include <ids.h>
#include <sodium.h>
#include <string.h>

#define MOST_OPERATIONS 100

static const struct
{
  const char *kind;
  SandboxOperationHandler handle;
} handlers[] = {
  { "return.record", sandbox_recording_record },       { "return.inspect", sandbox_corrections_inspect },
  { "return.correct", sandbox_corrections_cancel },    { "refund.retender", sandbox_corrections_retender },
  { "exchange.record", sandbox_corrections_exchange }, { "audit.seal", sandbox_corrections_seal },
  { "approval.decide", sandbox_approvals_decide },
};

json_object *
sandbox_answer_accept (void)
{
  json_object *answer = json_object_new_object ();

  sandbox_member_add_text (answer, "answer", "accepted");
  return answer;
}

static json_object *
refuse (const char *answer_kind, const char *name, const char *format, va_list values)
{
  g_autofree char *detail = g_strdup_vprintf (format, values);
  json_object *answer = json_object_new_object ();

  sandbox_member_add_text (answer, "answer", answer_kind);
  sandbox_member_add_text (answer, "detail", detail);
  json_object_object_add (answer, "problem", sandbox_problem_new (422, name, detail));
  return answer;
}

json_object *
sandbox_answer_reject (const char *name, const char *format, ...)
{
  json_object *answer;
  va_list values;

  va_start (values, format);
  answer = refuse ("rejected", name, format, values);
  va_end (values);
  return answer;
}

json_object *
sandbox_answer_conflict (const char *name, json_object *winner, const char *format, ...)
{
  json_object *answer;
  va_list values;

  va_start (values, format);
  answer = refuse ("conflict", name, format, values);
  va_end (values);
  json_object_object_add (answer, "winner", winner);
  return answer;
}

void
sandbox_operation_alarm (SandboxOperation *operation, json_object *answer, const char *what)
{
  sandbox_member_add_text (answer, "alarm", what);
}

static char *
hash_body (const char *body, gsize length)
{
  guint8 hash[32];
  char hex[sizeof hash * 2 + 1];

  crypto_generichash (hash, sizeof hash, (const guint8 *) body, length, NULL, 0);
  sodium_bin2hex (hex, sizeof hex, hash, sizeof hash);
  return g_strdup (hex);
}

/* The answer as it goes out: with its op, and the refund's state of now. */
static json_object *
finish (SandboxLedger *ledger, json_object *answer, const char *op, const char *return_id)
{
  g_autofree char *refund =
      return_id != NULL ? sandbox_ledger_text (ledger, "SELECT refund FROM returns WHERE id = ?", "s", return_id)
                        : NULL;

  sandbox_member_add_text (answer, "op", op);
  sandbox_member_add_text (answer, "refund", refund);
  return answer;
}

/* An op that is known: with the same body, what was accepted is answered again; with another one it is an alarm. NULL when it
 * is new, or was refused before: nothing was done then, and it is judged again. */
static json_object *
recall (SandboxOperation *operation, const char *hash)
{
  SandboxLedger *ledger = operation->sandbox->ledger;
  sqlite3_stmt *row =
      sandbox_ledger_query (ledger, "SELECT body_hash, answer FROM operations WHERE op = ?", "s", operation->op);
  json_object *answer;
  const char *text;

  if (row == NULL)
    return NULL;
  text = sandbox_column_text (row, 1);
  answer = sandbox_members_parse (text, strlen (text), NULL);
  if (strcmp (sandbox_column_text (row, 0), hash) != 0)
    {
      json_object_put (answer);
      answer = sandbox_answer_reject ("operation-reused", "%s is known with another body", operation->op);
      sandbox_operation_alarm (operation, answer, "operation sent again with another body");
    }
  else if (g_strcmp0 (sandbox_member_text (answer, "answer"), "accepted") == 0)
    {
      sandbox_member_add_text (answer, "answer", "duplicate");
      sandbox_member_add_text (answer, "first", "accepted");
    }
  else
    {
      json_object_put (answer);
      answer = NULL;
    }
  sandbox_ledger_done (row);
  if (answer != NULL)
    sandbox_ledger_run (ledger, "UPDATE operations SET times = times + 1 WHERE op = ?", "s", operation->op);
  return answer;
}

/* Keeps the answer, of a refused operation the latest. */
static void
remember (SandboxOperation *operation, const char *hash, json_object *answer)
{
  g_autofree char *text = sandbox_members_print (answer);

  sandbox_ledger_run (operation->sandbox->ledger,
                      "INSERT INTO operations (op, kind, order_id, return_id, terminal, body_hash, answer, received_at)"
                      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                      " ON CONFLICT (op) DO UPDATE SET answer = excluded.answer, times = times + 1",
                      "sssssssi", operation->op, operation->kind, operation->order, operation->return_id,
                      operation->call->terminal, hash, text, operation->now);
}

static void
note_alarm (SandboxOperation *operation, json_object *answer)
{
  const char *what = sandbox_member_text (answer, "alarm");

  if (what == NULL)
    return;
  sandbox_ledger_run (operation->sandbox->ledger, "INSERT INTO alarms (at, terminal, op, what) VALUES (?, ?, ?, ?)",
                      "isss", operation->now, operation->call->terminal, operation->op, what);
  json_object_object_del (answer, "alarm");
}

static json_object *
perform (SandboxOperation *operation, SandboxOperationHandler handle, const char *hash)
{
  SandboxLedger *ledger = operation->sandbox->ledger;
  json_object *answer;

  sandbox_ledger_begin (ledger);
  answer = recall (operation, hash);
  if (answer == NULL)
    {
      sandbox_ledger_savepoint (ledger);
      answer = handle (operation);
      if (g_strcmp0 (sandbox_member_text (answer, "answer"), "accepted") == 0)
        sandbox_ledger_release (ledger);
      else
        sandbox_ledger_undo (ledger);
      note_alarm (operation, answer);
      remember (operation, hash, answer);
    }
  note_alarm (operation, answer);
  answer = finish (ledger, answer, operation->op, operation->return_id);
  g_autoptr (GError) error = NULL;
  if (!sandbox_ledger_commit (ledger, &error))
    {
      g_warning ("%s: %s", operation->op, error->message);
      json_object_put (answer);
      answer = json_object_new_object ();
      sandbox_member_add_text (answer, "op", operation->op);
      sandbox_member_add_text (answer, "answer", "retry");
      sandbox_member_add_text (answer, "detail", error->message);
    }
  return answer;
}

static json_object *
answer_without_doing (const char *op, json_object *answer)
{
  sandbox_member_add_text (answer, "op", op);
  return answer;
}

static SandboxOperationHandler
find_handler (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    if (g_strcmp0 (handlers[i].kind, kind) == 0)
      return handlers[i].handle;
  return NULL;
}

static json_object *
answer_operation (SandboxCall *call, json_object *line, const char *text, gsize length)
{
  SandboxOperation operation = { .sandbox = call->sandbox,
                                 .call = call,
                                 .op = sandbox_member_text (line, "op"),
                                 .kind = sandbox_member_text (line, "kind"),
                                 .order = sandbox_member_text (line, "order"),
                                 .return_id = sandbox_member_text (line, "return"),
                                 .body = sandbox_member_object (line, "body"),
                                 .now = sandbox_now (call->sandbox) };
  SandboxOperationHandler handle = find_handler (operation.kind);
  const char *claimed = sandbox_member_text (line, "body_hash"), *begin;
  g_autofree char *hash = NULL, *body = NULL;
  json_object *unsupported;
  gsize size;
  guint8 bytes[16];

  if (operation.op == NULL || !retour_uuid_parse (operation.op, bytes))
    return answer_without_doing (operation.op, sandbox_answer_reject ("malformed", "op: expected a UUID"));
  if (handle == NULL)
    {
      unsupported = json_object_new_object ();
      sandbox_member_add_text (unsupported, "answer", "unsupported");
      return answer_without_doing (operation.op, unsupported);
    }
  if (operation.body == NULL || !sandbox_members_span (text, length, "body", &begin, &size))
    return answer_without_doing (operation.op, sandbox_answer_reject ("malformed", "body: expected an object"));
  body = g_strndup (begin, size);
  operation.body_text = body;
  hash = hash_body (body, size);
  if (claimed != NULL && strcmp (claimed, hash) != 0)
    return answer_without_doing (operation.op, sandbox_answer_reject ("body-hash", "body_hash: expected %s", hash));
  return perform (&operation, handle, hash);
}

static SandboxReply *
read_batch (SandboxCall *call, GPtrArray *lines, GArray *spans)
{
  const char *at = call->body->str, *end = at + call->body->len;

  while (at < end)
    {
      const char *newline = memchr (at, '\n', (gsize) (end - at));
      gsize length = (gsize) ((newline != NULL ? newline : end) - at);
      g_autoptr (GError) error = NULL;

      if (length > 0 && !(length == 1 && *at == '\r'))
        {
          json_object *line = sandbox_members_parse (at, length, &error);
          const char *span[2] = { at, at + length };

          if (line == NULL)
            return sandbox_reply_new_problem (400, "malformed", "line %u: %s", lines->len + 1, error->message);
          g_ptr_array_add (lines, line);
          g_array_append_val (spans, span);
        }
      at += length + 1;
    }
  if (lines->len > MOST_OPERATIONS)
    return sandbox_reply_new_problem (413, "too-large", "at most %d operations", MOST_OPERATIONS);
  return NULL;
}

static void
put_object (gpointer object)
{
  json_object_put (object);
}

SandboxReply *
sandbox_operations_answer (SandboxCall *call)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (put_object);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (const char *[2]));
  SandboxReply *refusal = read_batch (call, lines, spans);
  GString *answers;

  if (refusal != NULL)
    return refusal;
  answers = g_string_new (NULL);
  for (guint i = 0; i < lines->len; i++)
    {
      const char **span = &g_array_index (spans, const char *, 2 * i);
      json_object *answer = answer_operation (call, lines->pdata[i], span[0], (gsize) (span[1] - span[0]));
      g_autofree char *text = sandbox_members_print (answer);

      g_string_append_printf (answers, "%s\n", text);
      json_object_put (answer);
    }
  sandbox_timer_kick (call->sandbox->timer);
  sandbox_timer_wake (call->sandbox->timer, SANDBOX_TOPIC_APPROVALS);
  return sandbox_reply_new (200, "application/jsonl", g_string_free (answers, FALSE));
}

SandboxReply *
sandbox_operations_tell (SandboxCall *call)
{
  SandboxLedger *ledger = call->sandbox->ledger;
  json_object *answer = NULL;
  sqlite3_stmt *row;

  sandbox_ledger_lock (ledger);
  row = sandbox_ledger_query (ledger, "SELECT answer, return_id FROM operations WHERE op = ?", "s", call->rest);
  if (row != NULL)
    {
      const char *text = sandbox_column_text (row, 0);

      answer = sandbox_members_parse (text, strlen (text), NULL);
      finish (ledger, answer, call->rest, sandbox_column_text (row, 1));
      sandbox_ledger_done (row);
    }
  sandbox_ledger_unlock (ledger);
  return answer != NULL ? sandbox_reply_new_json (200, answer) : sandbox_reply_new_problem (404, "not-found", NULL);
}

SandboxReply *
sandbox_operations_list (SandboxCall *call)
{
  SandboxLedger *ledger = call->sandbox->ledger;
  json_object *list = json_object_new_array ();
  sqlite3_stmt *row;

  sandbox_ledger_lock (ledger);
  row = sandbox_ledger_query (
      ledger, "SELECT op, kind, order_id, terminal, received_at, times, answer FROM operations ORDER BY n", "");
  while (row != NULL)
    {
      json_object *entry = json_object_new_object ();

      sandbox_member_add_text (entry, "op", sandbox_column_text (row, 0));
      sandbox_member_add_text (entry, "kind", sandbox_column_text (row, 1));
      sandbox_member_add_text (entry, "order", (const char *) sqlite3_column_text (row, 2));
      sandbox_member_add_text (entry, "terminal_id", sandbox_column_text (row, 3));
      sandbox_member_add_instant (entry, "received_at", sqlite3_column_int64 (row, 4));
      json_object_object_add (entry, "times", json_object_new_int64 (sqlite3_column_int64 (row, 5)));
      json_object_object_add (entry, "answer", json_tokener_parse (sandbox_column_text (row, 6)));
      json_object_array_add (list, entry);
      if (!sandbox_ledger_next (ledger, row))
        row = NULL;
    }
  sandbox_ledger_unlock (ledger);
  return sandbox_reply_new_json (200, list);
}

SandboxReply *
sandbox_operations_list_alarms (SandboxCall *call)
{
  SandboxLedger *ledger = call->sandbox->ledger;
  json_object *list = json_object_new_array ();
  sqlite3_stmt *row;

  sandbox_ledger_lock (ledger);
  row = sandbox_ledger_query (ledger, "SELECT at, terminal, op, what FROM alarms ORDER BY n", "");
  while (row != NULL)
    {
      json_object *entry = json_object_new_object ();

      sandbox_member_add_instant (entry, "at", sqlite3_column_int64 (row, 0));
      sandbox_member_add_text (entry, "terminal_id", sandbox_column_text (row, 1));
      sandbox_member_add_text (entry, "op", (const char *) sqlite3_column_text (row, 2));
      sandbox_member_add_text (entry, "what", sandbox_column_text (row, 3));
      json_object_array_add (list, entry);
      if (!sandbox_ledger_next (ledger, row))
        row = NULL;
    }
  sandbox_ledger_unlock (ledger);
  return sandbox_reply_new_json (200, list);
}
