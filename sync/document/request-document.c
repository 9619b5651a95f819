/* SPDX-License-Identifier: Apache-2.0 */
/* An approval asked of another terminal: ApprovalAsked and ApprovalRequest of assets/oms-api. */
#include "documents.h"
#include "json-reader.h"
#include "json-writer.h"

#include <string.h>

/* In the order of RetourDecision and RetourRequestState. */
static const char *const decisions[] = { "accept", "accept_if_approved", "refuse_unless_approved", "refuse", NULL };
static const char *const states[] = {
  "asked", "pending", "offline", "approved", "refused", "expired", "withdrawn", NULL
};

static void
write_causes (RetourJsonWriter *writer, const GPtrArray *causes)
{
  retour_json_begin_list (writer, "causes");
  for (guint i = 0; i < causes->len; i++)
    {
      const RetourRequestCause *cause = causes->pdata[i];

      retour_json_begin_object (writer, NULL);
      retour_json_write_text (writer, "rule", cause->rule);
      retour_json_write_text (writer, "decision", decisions[cause->decision]);
      retour_json_write_text (writer, "article", cause->article);
      retour_json_write_words (writer, "message", &cause->message);
      retour_json_end_object (writer);
    }
  retour_json_end_list (writer);
}

/* Each rule once, in the order in which they fired. */
static void
write_rules (RetourJsonWriter *writer, const GPtrArray *causes)
{
  g_autoptr (GPtrArray) rules = g_ptr_array_new ();

  for (guint i = 0; i < causes->len; i++)
    {
      const RetourRequestCause *cause = causes->pdata[i];

      if (!g_ptr_array_find_with_equal_func (rules, cause->rule, g_str_equal, NULL))
        g_ptr_array_add (rules, cause->rule);
    }
  g_ptr_array_add (rules, NULL);
  retour_json_write_texts (writer, "rules", (const char *const *) rules->pdata);
}

static void
write_answer (RetourJsonWriter *writer, const RetourApprovalRequest *request)
{
  retour_json_write_text (writer, "state", states[request->state]);
  retour_json_write_text (writer, "store", request->store);
  retour_json_write_text (writer, "store_name", request->store_name);
  retour_json_write_text (writer, "terminal", request->terminal);
  retour_json_write_instant (writer, "asked_at", request->asked_at);
  retour_json_write_instant (writer, "expires_at", request->expires_at);
  retour_json_write_text (writer, "approver", request->approver);
  retour_json_write_text (writer, "motive", request->motive);
  retour_json_write_text (writer, "decided_store", request->decided_store);
  retour_json_write_text (writer, "decided_terminal", request->decided_terminal);
  retour_json_write_instant (writer, "decided_at", request->decided_at);
}

char *
retour_request_document_write (const RetourApprovalRequest *request, gboolean whole)
{
  g_return_val_if_fail (request != NULL, NULL);

  RetourJsonWriter writer;
  retour_json_writer_init (&writer, FALSE);
  retour_json_begin_object (&writer, NULL);
  retour_json_write_text (&writer, "id", request->id);
  retour_json_write_text (&writer, "return", request->return_id);
  retour_json_write_text (&writer, "order", request->order_id);
  retour_json_write_text (&writer, "order_number", request->order_number);
  retour_json_write_text (&writer, "requester", request->requester);
  retour_json_write_text (&writer, "requester_name", request->requester_name);
  retour_json_write_text (&writer, "customer", request->customer);
  retour_json_write_text (&writer, "currency", request->currency);
  retour_json_write_whole (&writer, "amount", request->amount);
  retour_json_write_whole (&writer, "collect", request->collect);
  retour_json_write_flag (&writer, "gift", request->gift);
  retour_json_write_text (&writer, "hash", request->hash);
  write_rules (&writer, request->causes);
  write_causes (&writer, request->causes);
  if (whole)
    write_answer (&writer, request);
  retour_json_end_object (&writer);
  return retour_json_writer_end (&writer);
}

static void
read_cause (RetourJsonReader *reader, RetourJsonPlace place, GPtrArray *causes)
{
  g_autofree char *rule = retour_json_text (reader, place, "rule", RETOUR_JSON_REQUIRED);
  RetourRequestCause *cause;

  if (rule == NULL)
    return;
  cause = g_new0 (RetourRequestCause, 1);
  cause->rule = g_steal_pointer (&rule);
  cause->decision = (RetourDecision) retour_json_choice (reader, place, "decision", RETOUR_JSON_REQUIRED, decisions);
  cause->article = retour_json_text (reader, place, "article", RETOUR_JSON_OPTIONAL);
  cause->message = retour_json_words (reader, place, "message");
  g_ptr_array_add (causes, cause);
}

/* A terminal that names its rules only: each is held to refuse, so that nobody overrides without a motive. */
static void
read_rules (RetourJsonReader *reader, GPtrArray *causes)
{
  g_auto (GStrv) rules = retour_json_texts (reader, RETOUR_JSON_ROOT, "rules");

  for (guint i = 0; rules != NULL && rules[i] != NULL; i++)
    {
      RetourRequestCause *cause = g_new0 (RetourRequestCause, 1);

      cause->rule = g_strdup (rules[i]);
      cause->decision = RETOUR_DECISION_REFUSE_UNLESS_APPROVED;
      g_ptr_array_add (causes, cause);
    }
}

static void
read_asked (RetourJsonReader *reader, RetourApprovalRequest *request)
{
  RetourJsonPlace causes = retour_json_list (reader, RETOUR_JSON_ROOT, "causes", RETOUR_JSON_OPTIONAL);

  request->order_id = retour_json_text (reader, RETOUR_JSON_ROOT, "order", RETOUR_JSON_OPTIONAL);
  request->order_number = retour_json_text (reader, RETOUR_JSON_ROOT, "order_number", RETOUR_JSON_OPTIONAL);
  request->requester = retour_json_text (reader, RETOUR_JSON_ROOT, "requester", RETOUR_JSON_REQUIRED);
  request->requester_name = retour_json_text (reader, RETOUR_JSON_ROOT, "requester_name", RETOUR_JSON_OPTIONAL);
  request->customer = retour_json_text (reader, RETOUR_JSON_ROOT, "customer", RETOUR_JSON_OPTIONAL);
  retour_json_currency (reader, RETOUR_JSON_ROOT, "currency", request->currency);
  request->amount = retour_json_amount (reader, RETOUR_JSON_ROOT, "amount", RETOUR_JSON_REQUIRED);
  request->collect = retour_json_amount (reader, RETOUR_JSON_ROOT, "collect", RETOUR_JSON_OPTIONAL);
  request->gift = retour_json_flag (reader, RETOUR_JSON_ROOT, "gift");
  request->hash = retour_json_text (reader, RETOUR_JSON_ROOT, "hash", RETOUR_JSON_REQUIRED);
  for (RetourJsonPlace i = retour_json_first (reader, causes); i != RETOUR_JSON_NONE; i = retour_json_next (reader, i))
    read_cause (reader, i, request->causes);
  if (request->causes->len == 0)
    read_rules (reader, request->causes);
}

static void
read_answer (RetourJsonReader *reader, RetourApprovalRequest *request)
{
  request->state =
      (RetourRequestState) retour_json_choice (reader, RETOUR_JSON_ROOT, "state", RETOUR_JSON_OPTIONAL, states);
  request->store = retour_json_text (reader, RETOUR_JSON_ROOT, "store", RETOUR_JSON_OPTIONAL);
  request->store_name = retour_json_text (reader, RETOUR_JSON_ROOT, "store_name", RETOUR_JSON_OPTIONAL);
  request->terminal = retour_json_text (reader, RETOUR_JSON_ROOT, "terminal", RETOUR_JSON_OPTIONAL);
  request->asked_at = retour_json_instant (reader, RETOUR_JSON_ROOT, "asked_at", RETOUR_JSON_OPTIONAL);
  request->expires_at = retour_json_instant (reader, RETOUR_JSON_ROOT, "expires_at", RETOUR_JSON_OPTIONAL);
  request->approver = retour_json_text (reader, RETOUR_JSON_ROOT, "approver", RETOUR_JSON_OPTIONAL);
  request->motive = retour_json_text (reader, RETOUR_JSON_ROOT, "motive", RETOUR_JSON_OPTIONAL);
  request->decided_store = retour_json_text (reader, RETOUR_JSON_ROOT, "decided_store", RETOUR_JSON_OPTIONAL);
  request->decided_terminal = retour_json_text (reader, RETOUR_JSON_ROOT, "decided_terminal", RETOUR_JSON_OPTIONAL);
  request->decided_at = retour_json_instant (reader, RETOUR_JSON_ROOT, "decided_at", RETOUR_JSON_OPTIONAL);
}

RetourApprovalRequest *
retour_request_document_read (const char *text, gssize length, GError **error)
{
  g_autoptr (RetourJsonReader) reader = retour_json_reader_new (text, length, error);
  if (reader == NULL)
    return NULL;

  g_autofree char *id = retour_json_text (reader, RETOUR_JSON_ROOT, "id", RETOUR_JSON_REQUIRED);
  g_autofree char *return_id = retour_json_text (reader, RETOUR_JSON_ROOT, "return", RETOUR_JSON_REQUIRED);
  if (!retour_json_reader_finish (reader, error))
    return NULL;

  g_autoptr (RetourApprovalRequest) request = retour_approval_request_new (id, return_id);
  read_asked (reader, request);
  read_answer (reader, request);
  if (!retour_json_reader_finish (reader, error))
    return NULL;
  return g_steal_pointer (&request);
}

char *
retour_decision_document_write (const RetourApprovalRequest *decided)
{
  g_return_val_if_fail (decided != NULL && !retour_request_state_is_open (decided->state), NULL);

  RetourJsonWriter writer;
  const char *decision = decided->state == RETOUR_REQUEST_APPROVED  ? "approve"
                         : decided->state == RETOUR_REQUEST_REFUSED ? "refuse"
                                                                    : "withdraw";
  gboolean withdrawn = decided->state == RETOUR_REQUEST_WITHDRAWN;
  retour_json_writer_init (&writer, FALSE);
  retour_json_begin_object (&writer, NULL);
  retour_json_write_text (&writer, "approval", decided->id);
  retour_json_write_text (&writer, "decision", decision);
  retour_json_write_text (&writer, "approver", withdrawn ? NULL : decided->approver);
  retour_json_write_text (&writer, "motive", withdrawn ? NULL : decided->motive);
  retour_json_write_instant (&writer, "at", decided->decided_at);
  retour_json_end_object (&writer);
  return retour_json_writer_end (&writer);
}
