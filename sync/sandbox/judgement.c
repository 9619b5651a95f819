/* SPDX-License-Identifier: Apache-2.0 */
#include "judgement.h"

#include "feed.h"
#include "operations.h"

#include <string.h>

static RetourStaff *
find_staff (Sandbox *sandbox, const char *id)
{
  g_autofree char *text = id != NULL ? sandbox_feed_get (sandbox->ledger, "staff", id) : NULL;

  return text != NULL ? sandbox->documents->read_staff (text, -1, NULL) : NULL;
}

static RetourPolicy *
find_policy (Sandbox *sandbox, const char *version)
{
  g_autofree char *text =
      version != NULL
          ? sandbox_ledger_text (sandbox->ledger, "SELECT text FROM policies WHERE version = ?", "s", version)
          : NULL;

  return text != NULL ? sandbox->documents->read_policy (text, -1, NULL) : NULL;
}

/* The quote knows no staff: who approved is looked up here. */
static json_object *
check_approvals (Sandbox *sandbox, const RetourReturn *ret)
{
  for (guint i = 0; i < ret->approvals->len; i++)
    {
      const RetourApproval *approval = ret->approvals->pdata[i];
      g_autoptr (RetourStaff) approver = find_staff (sandbox, approval->approver);

      if (approver == NULL || !approver->active || approver->role != RETOUR_ROLE_MANAGER)
        return sandbox_answer_reject ("approval-invalid", "%s: %s is no manager", approval->rule, approval->approver);
      if (g_strcmp0 (approval->approver, ret->staff) == 0 || g_strcmp0 (approval->approver, approval->requester) == 0)
        return sandbox_answer_reject ("approval-invalid", "%s: %s asked for it", approval->rule, approval->approver);
    }
  return NULL;
}

/* The draft that the return was made from. */
static RetourDraft *
rebuild_draft (Sandbox *sandbox, const RetourOrder *order, const RetourReturn *ret)
{
  RetourDraft *draft = retour_draft_new (ret->mode != NULL ? ret->mode : "desk");
  g_autoptr (RetourStaff) staff = find_staff (sandbox, ret->staff);

  draft->staff = g_strdup (ret->staff);
  if (staff != NULL)
    {
      draft->staff_email = g_strdup (staff->email);
      draft->staff_customer = g_strdup (staff->customer);
    }
  if (order != NULL && order->gift && !ret->gift)
    draft->by = g_strdup ("buyer");
  for (guint i = 0; i < ret->lines->len; i++)
    {
      const RetourReturnLine *line = ret->lines->pdata[i];
      RetourDraftEntry *entry = retour_draft_entry_new (line->line, line->quantity);

      entry->reason = g_strdup (line->reason);
      entry->condition = g_strdup (line->condition);
      entry->serial = g_strdup (line->serial);
      if (line->exchange != NULL)
        entry->exchange = retour_exchanged_item_copy (line->exchange);
      g_ptr_array_add (draft->entries, entry);
    }
  for (guint i = 0; i < ret->approvals->len; i++)
    g_ptr_array_add (draft->approvals, retour_approval_copy (ret->approvals->pdata[i]));
  return draft;
}

static json_object *
refuse_decision (const RetourQuote *quote)
{
  json_object *answer = sandbox_answer_reject ("not-allowed", "%s", retour_decision_code (quote->decision));
  json_object *rules = json_object_new_array (), *problem = NULL;

  for (guint i = 0; i < quote->approvals_needed->len; i++)
    json_object_array_add (rules, json_object_new_string (quote->approvals_needed->pdata[i]));
  if (json_object_object_get_ex (answer, "problem", &problem))
    json_object_object_add (problem, "rules", rules);
  else
    json_object_put (rules);
  return answer;
}

static json_object *
refuse_amount (const char *what, gint64 expected, gint64 claimed)
{
  json_object *answer =
      sandbox_answer_reject ("refund-differs", "%s: the policy gives %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT, what,
                             expected, claimed);
  json_object *problem = NULL;

  if (json_object_object_get_ex (answer, "problem", &problem))
    {
      json_object_object_add (problem, "expected", json_object_new_int64 (expected));
      json_object_object_add (problem, "claimed", json_object_new_int64 (claimed));
    }
  return answer;
}

static gint64
tendered (const RetourReturn *ret, const char *payment)
{
  gint64 sum = 0;

  for (guint i = 0; i < ret->tenders->len; i++)
    {
      const RetourReturnTender *tender = ret->tenders->pdata[i];

      if (g_strcmp0 (tender->payment, payment) == 0)
        sum += tender->amount;
    }
  return sum;
}

static json_object *
compare (const RetourQuote *quote, const RetourReturn *ret)
{
  gint64 sum = 0;

  if (quote->total != ret->total)
    return refuse_amount ("total", quote->total, ret->total);
  if (quote->exchange_price != ret->exchange_price)
    return refuse_amount ("exchange.price", quote->exchange_price, ret->exchange_price);
  if (quote->exchange_collect != ret->exchange_collect)
    return refuse_amount ("exchange.collect", quote->exchange_collect, ret->exchange_collect);
  for (guint i = 0; i < quote->tenders->len; i++)
    {
      const RetourTender *tender = quote->tenders->pdata[i];
      gint64 claimed = tendered (ret, tender->payment);

      if (tender->amount != claimed)
        return refuse_amount (tender->payment, tender->amount, claimed);
    }
  for (guint i = 0; i < ret->tenders->len; i++)
    sum += ((const RetourReturnTender *) ret->tenders->pdata[i])->amount;
  return sum == ret->total ? NULL : refuse_amount ("tenders", ret->total, sum);
}

static void
take_over (RetourReturn *ret, const RetourQuote *quote)
{
  for (guint i = 0; i < ret->lines->len; i++)
    {
      RetourReturnLine *line = ret->lines->pdata[i];
      const RetourQuoteLine *quoted = quote->lines->pdata[i];

      line->goods = quoted->goods;
      line->even_exchange = quoted->even_exchange;
    }
  g_ptr_array_set_size (ret->breakdown, 0);
  for (guint i = 0; i < quote->breakdown->len; i++)
    g_ptr_array_add (ret->breakdown, retour_breakdown_copy (quote->breakdown->pdata[i]));
}

json_object *
sandbox_judgement_refuse (Sandbox *sandbox, const RetourOrder *order, RetourReturn *ret, gboolean *differs)
{
  g_autoptr (RetourPolicy) policy = find_policy (sandbox, ret->policy_version);
  g_autoptr (RetourDraft) draft = NULL;
  g_autoptr (RetourQuote) quote = NULL;
  g_autoptr (GError) error = NULL;
  RetourQuoteContext context = { .at = ret->recorded_at, .offline = ret->offline };
  json_object *refusal;

  *differs = FALSE;
  if (policy == NULL)
    return sandbox_answer_reject ("malformed", "policy_version: no policy %s was published",
                                  ret->policy_version != NULL ? ret->policy_version : "");
  refusal = check_approvals (sandbox, ret);
  if (refusal != NULL)
    return refusal;
  draft = rebuild_draft (sandbox, order, ret);
  quote = retour_quote_new (order, policy, draft, &context, &error);
  if (quote == NULL)
    return sandbox_answer_reject ("malformed", "%s", error->message);
  if (quote->decision != RETOUR_DECISION_ACCEPT)
    return refuse_decision (quote);
  refusal = compare (quote, ret);
  *differs = refusal != NULL;
  if (refusal == NULL)
    take_over (ret, quote);
  return refusal;
}
