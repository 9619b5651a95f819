/* SPDX-License-Identifier: Apache-2.0 */
#include "approvals.h"

#include "feed.h"
#include "members.h"

#include <ids.h>
#include <string.h>

#define APPROVAL_LIFE (G_GINT64_CONSTANT (600) * RETOUR_SECOND)
#define LONGEST_WAIT 60

static gint64
last_change (SandboxLedger *ledger)
{
  return sandbox_ledger_integer (ledger, "SELECT coalesce (max (change), 0) FROM approvals", "");
}

/* What nobody decided in time; each is a change of its own, so that who waits hears of it. */
static void
expire (Sandbox *sandbox)
{
  SandboxLedger *ledger = sandbox->ledger;
  gint64 now = sandbox_now (sandbox);

  while (sandbox_ledger_integer (ledger, "SELECT count (*) FROM approvals WHERE state = 'pending' AND expires_at <= ?",
                                 "i", now)
         > 0)
    sandbox_ledger_run (ledger,
                        "UPDATE approvals SET state = 'expired', change = (SELECT max (change) + 1 FROM approvals)"
                        " WHERE id = (SELECT id FROM approvals WHERE state = 'pending' AND expires_at <= ? LIMIT 1)",
                        "i", now);
}

static json_object *
read_row (sqlite3_stmt *row)
{
  const char *text = sandbox_column_text (row, 1);
  json_object *approval = sandbox_members_parse (text, strlen (text), NULL);

  sandbox_member_add_text (approval, "state", sandbox_column_text (row, 0));
  return approval;
}

SandboxReply *
sandbox_approvals_poll (SandboxCall *call)
{
  SandboxLedger *ledger = call->sandbox->ledger;
  const char *since_text = sandbox_call_parameter (call, "since"), *wait_text = sandbox_call_parameter (call, "wait");
  guint64 since = 0, wait = 0;
  json_object *list, *answer;
  g_autofree char *cursor = NULL;
  sqlite3_stmt *row;
  gint64 now = g_get_monotonic_time ();

  if ((since_text != NULL && !g_ascii_string_to_unsigned (since_text, 10, 0, G_MAXINT64, &since, NULL))
      || (wait_text != NULL && !g_ascii_string_to_unsigned (wait_text, 10, 0, LONGEST_WAIT, &wait, NULL)))
    return sandbox_reply_new_problem (400, "malformed", "expected wait from 0 to 60 and the cursor of an answer");

  list = json_object_new_array ();
  call->ticket = sandbox_timer_ticket (call->sandbox->timer);
  sandbox_ledger_lock (ledger);
  expire (call->sandbox);
  row = sandbox_ledger_query (ledger,
                              "SELECT state, text FROM approvals WHERE change > ? AND (? <> 0 OR state = 'pending')"
                              " ORDER BY change",
                              "ii", (gint64) since, (gint64) (since_text != NULL));
  while (row != NULL)
    {
      json_object_array_add (list, read_row (row));
      if (!sandbox_ledger_next (ledger, row))
        row = NULL;
    }
  cursor = g_strdup_printf ("%" G_GINT64_FORMAT, last_change (ledger));
  sandbox_ledger_unlock (ledger);

  if (call->poll_until == 0)
    call->poll_until = now + (gint64) wait * G_USEC_PER_SEC;
  if (json_object_array_length (list) == 0 && now < call->poll_until)
    {
      json_object_put (list);
      return NULL;
    }
  answer = json_object_new_object ();
  json_object_object_add (answer, "approvals", list);
  sandbox_member_add_text (answer, "cursor", cursor);
  return sandbox_reply_new_json (200, answer);
}

static const char *
missing_member (json_object *asked)
{
  static const char *const texts[] = { "id", "return", "currency", "hash", "requester" };
  guint8 bytes[16];

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (sandbox_member_text (asked, texts[i]) == NULL)
      return texts[i];
  if (!retour_uuid_parse (sandbox_member_text (asked, "id"), bytes))
    return "id";
  if (sandbox_member_array (asked, "rules") == NULL)
    return "rules";
  return sandbox_member_integer (asked, "amount", -1) < 0 ? "amount" : NULL;
}

/* The request as it is kept: what was asked, by whom, until when. Takes what was asked. */
static json_object *
complete (SandboxCall *call, json_object *asked, gint64 now)
{
  g_autofree char *store_text =
      sandbox_ledger_text (call->sandbox->ledger, "SELECT text FROM stores WHERE code = ?", "s", call->store);
  json_object *store = store_text != NULL ? sandbox_members_parse (store_text, strlen (store_text), NULL) : NULL;

  sandbox_member_add_text (asked, "state", "pending");
  sandbox_member_add_text (asked, "store", call->store);
  if (store != NULL)
    sandbox_member_add_text (asked, "store_name", sandbox_member_text (store, "name"));
  sandbox_member_add_text (asked, "terminal", call->letter);
  sandbox_member_add_instant (asked, "asked_at", now);
  sandbox_member_add_instant (asked, "expires_at", now + APPROVAL_LIFE);
  json_object_put (store);
  return asked;
}

SandboxReply *
sandbox_approvals_ask (SandboxCall *call)
{
  Sandbox *sandbox = call->sandbox;
  g_autoptr (GError) error = NULL;
  json_object *asked = sandbox_members_parse (call->body->str, call->body->len, &error);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, call->body->str, -1), *text = NULL;
  gint64 now = sandbox_now (sandbox);
  const char *missing;
  gboolean same;

  if (asked == NULL)
    return sandbox_reply_new_problem (400, "malformed", "%s", error->message);
  missing = missing_member (asked);
  if (missing != NULL)
    {
      json_object_put (asked);
      return sandbox_reply_new_problem (400, "malformed", "%s: missing or of another type", missing);
    }

  sandbox_ledger_begin (sandbox->ledger);
  expire (sandbox);
  asked = complete (call, asked, now);
  text = sandbox_members_print (asked);
  sandbox_ledger_run (
      sandbox->ledger,
      "INSERT INTO approvals VALUES (?, (SELECT coalesce (max (change), 0) + 1 FROM approvals), 'pending',"
      " ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
      "sisss", sandbox_member_text (asked, "id"), now + APPROVAL_LIFE, sandbox_member_text (asked, "requester"), hash,
      text);
  sqlite3_stmt *row =
      sandbox_ledger_query (sandbox->ledger, "SELECT state, text, asked_hash FROM approvals WHERE id = ?", "s",
                            sandbox_member_text (asked, "id"));
  json_object_put (asked);
  asked = row != NULL ? read_row (row) : NULL;
  same = row != NULL && strcmp (sandbox_column_text (row, 2), hash) == 0;
  sandbox_ledger_done (row);
  if (!sandbox_ledger_commit (sandbox->ledger, &error))
    {
      json_object_put (asked);
      return sandbox_reply_new_problem (503, "unavailable", "%s", error->message);
    }
  if (!same)
    {
      json_object_put (asked);
      return sandbox_reply_new_problem (400, "malformed", "id: is another request's");
    }
  sandbox_timer_wake (sandbox->timer, SANDBOX_TOPIC_APPROVALS);
  return sandbox_reply_new_json (201, asked);
}

static json_object *
check_approver (SandboxOperation *operation, const char *approver, const char *requester)
{
  Sandbox *sandbox = operation->sandbox;
  g_autofree char *text = approver != NULL ? sandbox_feed_get (sandbox->ledger, "staff", approver) : NULL;
  g_autoptr (RetourStaff) staff = text != NULL ? sandbox->documents->read_staff (text, -1, NULL) : NULL;

  if (staff == NULL || !staff->active || staff->role != RETOUR_ROLE_MANAGER)
    return sandbox_answer_reject ("approval-invalid", "approver: %s is no manager",
                                  approver != NULL ? approver : "nobody");
  if (strcmp (approver, requester) == 0)
    return sandbox_answer_reject ("approval-invalid", "approver: %s asked for it", approver);
  return NULL;
}

/* Only the terminal that asked may take its question back. */
static json_object *
check_withdrawal (SandboxOperation *operation, const char *text)
{
  json_object *approval = sandbox_members_parse (text, strlen (text), NULL);
  gboolean own = g_strcmp0 (sandbox_member_text (approval, "store"), operation->call->store) == 0
                 && g_strcmp0 (sandbox_member_text (approval, "terminal"), operation->call->letter) == 0;

  json_object_put (approval);
  return own ? NULL : sandbox_answer_reject ("approval-invalid", "another terminal asked for it");
}

static void
decide (SandboxOperation *operation, const char *id, const char *text, const char *state)
{
  SandboxLedger *ledger = operation->sandbox->ledger;
  json_object *approval = sandbox_members_parse (text, strlen (text), NULL);
  g_autofree char *decided = NULL;

  sandbox_member_add_text (approval, "approver", sandbox_member_text (operation->body, "approver"));
  sandbox_member_add_text (approval, "motive", sandbox_member_text (operation->body, "motive"));
  sandbox_member_add_text (approval, "decided_store", operation->call->store);
  sandbox_member_add_text (approval, "decided_terminal", operation->call->letter);
  sandbox_member_add_instant (approval, "decided_at", operation->now);
  decided = sandbox_members_print (approval);
  json_object_put (approval);
  sandbox_ledger_run (ledger,
                      "UPDATE approvals SET state = ?, text = ?, change = (SELECT max (change) + 1 FROM approvals)"
                      " WHERE id = ?",
                      "sss", state, decided, id);
}

/* NULL: no decision at all. */
static const char *
state_after (const char *decision)
{
  static const char *const states[][2] = { { "approve", "approved" },
                                           { "refuse", "refused" },
                                           { "withdraw", "withdrawn" } };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (decision, states[i][0]) == 0)
      return states[i][1];
  return NULL;
}

json_object *
sandbox_approvals_decide (SandboxOperation *operation)
{
  SandboxLedger *ledger = operation->sandbox->ledger;
  const char *id = sandbox_member_text (operation->body, "approval");
  const char *becomes = state_after (sandbox_member_text (operation->body, "decision"));
  g_autofree char *state = NULL, *requester = NULL, *text = NULL;
  json_object *refusal;

  if (id == NULL || becomes == NULL)
    return sandbox_answer_reject ("malformed",
                                  "expected {\"approval\", \"decision\": \"approve\", \"refuse\" or \"withdraw\", …}");
  expire (operation->sandbox);
  state = sandbox_ledger_text (ledger, "SELECT state FROM approvals WHERE id = ?", "s", id);
  if (state == NULL)
    return sandbox_answer_reject ("not-found", "approval: %s", id);
  if (strcmp (state, "pending") != 0)
    return sandbox_answer_reject ("too-late", "the request is %s", state);
  requester = sandbox_ledger_text (ledger, "SELECT requester FROM approvals WHERE id = ?", "s", id);
  text = sandbox_ledger_text (ledger, "SELECT text FROM approvals WHERE id = ?", "s", id);
  refusal = strcmp (becomes, "withdrawn") == 0
                ? check_withdrawal (operation, text)
                : check_approver (operation, sandbox_member_text (operation->body, "approver"), requester);
  if (refusal != NULL)
    return refusal;
  decide (operation, id, text, becomes);
  return sandbox_answer_accept ();
}
