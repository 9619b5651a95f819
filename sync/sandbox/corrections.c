/* SPDX-License-Identifier: Apache-2.0 */
#include "corrections.h"

#include "members.h"
#include "recording.h"
#include "returns.h"

#include <sodium.h>
#include <string.h>

#define CANCEL_PERIOD (10 * 60 * RETOUR_SECOND)
/* Two clocks, corrected, may still differ by so much. */
#define CLOCK_TOLERANCE (30 * RETOUR_SECOND)

/* The return that the body names, with its axes; NULL when it is known. */
static json_object *
find (SandboxOperation *operation, const char **id, RetourGoodsState *goods, RetourRefundState *refund)
{
  *id = sandbox_member_text (operation->body, "return");
  if (*id == NULL)
    return sandbox_answer_reject ("malformed", "return: missing");
  operation->return_id = *id;
  if (!sandbox_returns_find (operation->sandbox->ledger, *id, goods, refund))
    return sandbox_answer_reject ("unknown-return", "%s", *id);
  return NULL;
}

static RetourInstant
told_at (SandboxOperation *operation)
{
  const char *at = sandbox_member_text (operation->body, "at");
  RetourInstant instant;

  return at != NULL && retour_instant_parse (at, &instant) ? instant : operation->now;
}

json_object *
sandbox_corrections_cancel (SandboxOperation *operation)
{
  SandboxLedger *ledger = operation->sandbox->ledger;
  const char *id;
  RetourGoodsState goods;
  RetourRefundState refund;
  json_object *refusal = find (operation, &id, &goods, &refund), *flag = NULL;
  RetourInstant recorded_at;

  if (refusal != NULL)
    return refusal;
  if (!json_object_object_get_ex (operation->body, "cancel", &flag) || !json_object_is_type (flag, json_type_boolean)
      || !json_object_get_boolean (flag))
    return sandbox_answer_reject ("malformed", "cancel: expected true");
  recorded_at = sandbox_ledger_integer (ledger, "SELECT recorded_at FROM returns WHERE id = ?", "s", id);
  if (refund == RETOUR_REFUND_PENDING || refund == RETOUR_REFUND_SETTLED)
    return sandbox_answer_reject ("too-late", "the refund is %s", retour_refund_state_code (refund));
  if (told_at (operation) > recorded_at + CANCEL_PERIOD + CLOCK_TOLERANCE)
    return sandbox_answer_reject ("too-late", "ten minutes are over");
  if (!sandbox_returns_move (operation->sandbox, id, RETOUR_GOODS_CANCELLED, refund, NULL))
    return sandbox_answer_reject ("too-late", "the goods are %s", retour_goods_state_code (goods));
  sandbox_recording_release (operation, id);
  return sandbox_answer_accept ();
}

/* What the inspection decides: all lines alike, or partly. */
static gboolean
read_decisions (json_object *body, RetourGoodsState *outcome)
{
  json_object *lines = sandbox_member_array (body, "lines");
  size_t n = lines != NULL ? json_object_array_length (lines) : 0, accepted = 0;

  for (size_t i = 0; i < n; i++)
    {
      const char *decision = sandbox_member_text (json_object_array_get_idx (lines, i), "decision");

      if (g_strcmp0 (decision, "accepted") != 0 && g_strcmp0 (decision, "refused") != 0)
        return FALSE;
      accepted += strcmp (decision, "accepted") == 0;
    }
  *outcome = accepted == n   ? RETOUR_GOODS_ACCEPTED
             : accepted == 0 ? RETOUR_GOODS_REFUSED
                             : RETOUR_GOODS_PARTLY_ACCEPTED;
  return n > 0;
}

json_object *
sandbox_corrections_inspect (SandboxOperation *operation)
{
  Sandbox *sandbox = operation->sandbox;
  const char *id;
  RetourGoodsState goods, outcome;
  RetourRefundState refund;
  json_object *refusal = find (operation, &id, &goods, &refund);

  if (refusal != NULL)
    return refusal;
  if (!read_decisions (operation->body, &outcome))
    return sandbox_answer_reject ("malformed", "lines: expected a decision each, accepted or refused");
  if (goods == RETOUR_GOODS_DECLARED && sandbox_returns_move (sandbox, id, RETOUR_GOODS_RECEIVED, refund, NULL))
    goods = RETOUR_GOODS_RECEIVED;
  if (goods == RETOUR_GOODS_RECEIVED)
    (void) !sandbox_returns_move (sandbox, id, RETOUR_GOODS_INSPECTED, refund, NULL);
  if (refund == RETOUR_REFUND_PROMISED && outcome == RETOUR_GOODS_ACCEPTED)
    refund = RETOUR_REFUND_REQUESTED;
  if (!sandbox_returns_move (sandbox, id, outcome, refund, NULL))
    return sandbox_answer_reject ("too-late", "the goods are %s", retour_goods_state_code (goods));
  if (outcome == RETOUR_GOODS_REFUSED)
    sandbox_recording_release (operation, id);
  return sandbox_answer_accept ();
}

json_object *
sandbox_corrections_retender (SandboxOperation *operation)
{
  const char *id, *to = sandbox_member_text (operation->body, "to");
  RetourGoodsState goods;
  RetourRefundState refund;
  json_object *refusal = find (operation, &id, &goods, &refund);

  if (refusal != NULL)
    return refusal;
  if (to == NULL)
    return sandbox_answer_reject ("malformed", "to: expected a means of payment");
  if (!sandbox_returns_move (operation->sandbox, id, goods, RETOUR_REFUND_RE_TENDERED, NULL)
      || !sandbox_returns_move (operation->sandbox, id, goods, RETOUR_REFUND_REQUESTED, NULL))
    return sandbox_answer_reject ("too-late", "the refund is %s", retour_refund_state_code (refund));
  return sandbox_answer_accept ();
}

json_object *
sandbox_corrections_exchange (SandboxOperation *operation)
{
  const char *id;
  RetourGoodsState goods;
  RetourRefundState refund;
  json_object *refusal = find (operation, &id, &goods, &refund);
  json_object *lines = sandbox_member_array (operation->body, "lines");

  if (refusal != NULL)
    return refusal;
  if (lines == NULL || json_object_array_length (lines) == 0)
    return sandbox_answer_reject ("malformed", "lines: expected one at least");
  return sandbox_answer_accept ();
}

/* The OMS countersigns the head of a terminal's journal: a copy of the terminal's disk that was put back shows. */
/* A terminal whose journal was put back to an older state, or written anew, tells of a head that does not follow the one it told
 * last: somebody must hear of that. It is sealed all the same, for what it says now is what is there. */
static void
watch_head (SandboxOperation *operation, gint64 seq, const char *head, json_object *answer)
{
  SandboxLedger *ledger = operation->sandbox->ledger;
  g_autofree char *name = g_strdup_printf ("sealed %s", operation->call->terminal);
  g_autofree char *last = sandbox_ledger_text (ledger, "SELECT value FROM meta WHERE name = ?", "s", name);
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT " %s", seq, head);
  gint64 before = last != NULL ? g_ascii_strtoll (last, NULL, 10) : 0;

  if (seq < before || (seq == before && last != NULL && strcmp (last, now) != 0))
    sandbox_operation_alarm (operation, answer, "journal put back to an older state");
  sandbox_ledger_run (ledger,
                      "INSERT INTO meta (name, value) VALUES (?, ?)"
                      " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                      "ss", name, now);
}

json_object *
sandbox_corrections_seal (SandboxOperation *operation)
{
  const Sandbox *sandbox = operation->sandbox;
  const char *head = sandbox_member_text (operation->body, "head");
  gint64 seq = sandbox_member_integer (operation->body, "seq", -1);
  g_autofree char *at = retour_instant_format (operation->now - operation->now % RETOUR_SECOND), *text = NULL;
  guint8 signature[crypto_sign_BYTES], id[RETOUR_PROOF_KEY_ID_BYTES];
  char hex[sizeof signature * 2 + 1], id_hex[sizeof id * 2 + 1];
  json_object *answer, *seal;

  if (head == NULL || seq < 0)
    return sandbox_answer_reject ("malformed", "%s",
                                  head == NULL ? "head: missing" : "seq: expected a whole number >= 0");
  text = g_strdup_printf ("RETOUR-SEAL-1\n%s\n%s\n%" G_GINT64_FORMAT "\n%s\n%s\n", operation->call->store,
                          operation->call->letter, seq, head, at);
  crypto_sign_detached (signature, NULL, (const guint8 *) text, strlen (text), sandbox->seal_secret_key);
  retour_proof_key_id (sandbox->seal_public_key, id);
  sodium_bin2hex (hex, sizeof hex, signature, sizeof signature);
  sodium_bin2hex (id_hex, sizeof id_hex, id, sizeof id);
  seal = json_object_new_object ();
  sandbox_member_add_text (seal, "key_id", id_hex);
  sandbox_member_add_text (seal, "signature", hex);
  sandbox_member_add_text (seal, "at", at);
  answer = sandbox_answer_accept ();
  json_object_object_add (answer, "seal", seal);
  watch_head (operation, seq, head, answer);
  return answer;
}
