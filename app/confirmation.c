/* SPDX-License-Identifier: Apache-2.0 */
/* The moment a return becomes a fact: quoted once more from what the store knows now, numbered, signed, and written with its
 * operation and its journal entry in one transaction. */
#include "desk-private.h"

#include <sodium.h>
#include <string.h>

/* Days within which the law wants the refund of a withdrawal made, from the day the goods are back (Code de la consommation,
 * L221-24; directive 2011/83/EU, article 13). */
#define LEGAL_REFUND_DAYS 14

static RetourReturnLine *
make_line (const RetourWorkspace *workspace, const RetourDraftEntry *entry, const RetourQuoteLine *quoted)
{
  RetourReturnLine *line = retour_return_line_new (entry->line, entry->quantity);
  const RetourOrderLine *bought =
      workspace->order != NULL ? retour_order_find_line (workspace->order, entry->line, NULL) : NULL;
  const RetourCondition *condition = retour_policy_find_condition (workspace->policy, entry->condition);

  if (bought != NULL)
    {
      line->sku = g_strdup (bought->sku);
      line->gtin = g_strdup (bought->gtin);
      line->product = g_strdup (bought->product);
      line->title = g_strdup (bought->title);
      line->variant = g_strdup (bought->variant);
      line->category = g_strdup (bought->category);
    }
  else
    {
      line->gtin = g_strdup (entry->gtin);
      line->title = g_strdup (entry->line);
    }
  line->reason = g_strdup (entry->reason);
  line->condition = g_strdup (entry->condition);
  line->grade = condition != NULL ? g_strdup (condition->grade) : NULL;
  line->disposition = g_strdup (entry->disposition);
  line->serial = g_strdup (entry->serial);
  line->note = g_strdup (entry->note);
  line->exchange = entry->exchange != NULL ? retour_exchanged_item_copy (entry->exchange) : NULL;
  line->even_exchange = quoted->even_exchange;
  line->goods = quoted->goods;
  line->decision = quoted->decision;
  return line;
}

static const char *
payment_label (const RetourOrder *order, const char *id)
{
  for (guint i = 0; order != NULL && i < order->payments->len; i++)
    {
      const RetourPayment *payment = g_ptr_array_index (order->payments, i);

      if (g_strcmp0 (payment->id, id) == 0)
        return payment->label;
    }
  return NULL;
}

static void
copy_amounts (RetourReturn *ret, const RetourWorkspace *workspace, const RetourQuote *quote, const RetourDraft *draft)
{
  for (guint i = 0; i < draft->entries->len; i++)
    g_ptr_array_add (ret->lines,
                     make_line (workspace, g_ptr_array_index (draft->entries, i), g_ptr_array_index (quote->lines, i)));
  for (guint i = 0; i < quote->breakdown->len; i++)
    g_ptr_array_add (ret->breakdown, retour_breakdown_copy (g_ptr_array_index (quote->breakdown, i)));
  for (guint i = 0; i < quote->taxes->len; i++)
    g_ptr_array_add (ret->taxes, g_memdup2 (g_ptr_array_index (quote->taxes, i), sizeof (RetourTax)));
  for (guint i = 0; i < quote->tenders->len; i++)
    {
      const RetourTender *tender = g_ptr_array_index (quote->tenders, i);
      RetourReturnTender *copy =
          retour_return_tender_new (tender->payment, tender->method, payment_label (workspace->order, tender->payment),
                                    tender->amount);

      copy->state = RETOUR_REFUND_PROMISED;
      g_ptr_array_add (ret->tenders, copy);
    }
  for (guint i = 0; i < draft->approvals->len; i++)
    g_ptr_array_add (ret->approvals, retour_approval_copy (g_ptr_array_index (draft->approvals, i)));
  memcpy (ret->currency, quote->currency, sizeof ret->currency);
  ret->total = quote->total;
  ret->exchange_price = quote->exchange_price;
  ret->exchange_collect = quote->exchange_collect;
  ret->gift = quote->prices_hidden;
  ret->withdrawal_last_day = quote->withdrawal_last_day;
}

static RetourReturn *
make_return (RetourDesk *desk,
             const RetourWorkspace *workspace,
             const RetourDraft *draft,
             const RetourQuote *quote,
             const RetourStaff *staff,
             gboolean offline,
             const char *number,
             RetourInstant now)
{
  const RetourIdentity *identity = desk->identity;
  RetourReturn *ret = retour_return_new (draft->id, number);

  ret->visit = g_strdup (draft->visit);
  ret->order_id = g_strdup (draft->order_id);
  ret->order_number = g_strdup (draft->order_number);
  ret->kind = g_strdup ("store");
  ret->store = g_strdup (identity->store);
  ret->terminal = g_strdup (identity->terminal);
  ret->mode = g_strdup ("desk");
  ret->staff = g_strdup (staff->id);
  ret->staff_name = retour_staff_short_name (staff);
  ret->policy_version = g_strdup (workspace->policy->version);
  if (workspace->order != NULL)
    ret->customer_name = retour_customer_short_name (&workspace->order->customer);
  ret->recorded_at = now;
  ret->clock_offset = retour_desk_get_clock_offset (desk);
  ret->offline = offline;
  copy_amounts (ret, workspace, quote, draft);
  ret->refund_latest_day = RETOUR_DAY_NONE;
  if (quote->withdrawal_open)
    ret->refund_latest_day = retour_instant_day (now, desk->zone) + LEGAL_REFUND_DAYS;
  /* At the desk the goods are declared, received and inspected in one gesture; the journal holds the three facts. */
  ret->goods = RETOUR_GOODS_ACCEPTED;
  ret->refund = ret->total > 0 ? RETOUR_REFUND_PROMISED : RETOUR_REFUND_NONE;
  ret->sync = RETOUR_SYNC_LOCAL;
  return ret;
}

static gboolean
sign (RetourDesk *desk, RetourReturn *ret, GError **error)
{
  g_autoptr (RetourProofContent) content = NULL;

  if (!desk->signs)
    return TRUE;
  content = retour_proof_content_new ();
  if (!retour_return_number_parse (ret->number, &content->number) || !retour_uuid_parse (ret->id, content->id))
    {
      g_set_error (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ALLOWED, "%s cannot be signed", ret->number);
      return FALSE;
    }
  content->at = ret->recorded_at;
  content->order = g_strdup (ret->order_number);
  content->units = (guint32) MIN (retour_return_units (ret), G_MAXUINT32);
  content->has_total = !ret->gift;
  if (content->has_total)
    {
      content->total = ret->total;
      memcpy (content->currency, ret->currency, sizeof content->currency);
    }
  content->state = RETOUR_PROOF_ACCEPTED;
  content->provisional = ret->offline;
  ret->proof = retour_proof_sign (content, desk->proof_secret, error);
  return ret->proof != NULL;
}

static char *
hash_text (const char *text)
{
  guint8 hash[32];
  char hex[sizeof hash * 2 + 1];

  crypto_generichash (hash, sizeof hash, (const guint8 *) text, strlen (text), NULL, 0);
  sodium_bin2hex (hex, sizeof hex, hash, sizeof hash);
  return g_strdup (hex);
}

static RetourOperation *
make_operation (const char *op, RetourOperationKind kind, const RetourReturn *ret, char *body, RetourInstant now)
{
  RetourOperation *operation = retour_operation_new (op, kind, body);

  operation->order = g_strdup (ret->order_id);
  operation->return_id = g_strdup (ret->id);
  g_free (operation->body_hash);
  operation->body_hash = hash_text (body);
  operation->created_at = now;
  operation->clock_offset = ret->clock_offset;
  operation->next_at = RETOUR_INSTANT_NONE;
  g_free (body);
  return operation;
}

/* The order as it was quoted, so that the quote can be made again later; who bought it is nobody's business then. */
static char *
write_evidence (const RetourDesk *desk, const RetourOrder *order)
{
  g_autoptr (RetourOrder) bare = retour_order_copy (order);
  RetourCustomer *customer = &bare->customer;

  g_clear_pointer (&customer->name, g_free);
  g_clear_pointer (&customer->email, g_free);
  g_clear_pointer (&customer->phone, g_free);
  g_clear_pointer (&customer->postcode, g_free);
  return desk->documents->write_order (bare);
}

static gboolean
write_return (
    RetourDesk *desk, RetourStore *store, RetourReturn *ret, guint64 counter, RetourInstant now, GError **error)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_operation_free);
  g_autoptr (RetourAuditRecord) record = NULL;
  g_autofree char *body = NULL;
  /* The return's own id is the operation's: minted with the draft, stored before it is sent, never minted again. */
  RetourOperation *operation =
      make_operation (ret->id, RETOUR_OPERATION_RETURN_RECORD, ret, desk->documents->write_return (ret), now);

  g_ptr_array_add (operations, operation);
  body = g_strdup_printf ("%s declared received inspected accepted body %s", ret->number, operation->body_hash);
  record = retour_audit_record_new ("return.recorded", ret->staff, ret->id, now, body);
  return store->record_return (store, ret, counter, operations, record, error);
}

static gboolean
check_decision (const RetourQuote *quote, const RetourDraft *draft, GError **error)
{
  g_autoptr (GString) rules = NULL;

  if (!retour_draft_is_complete (draft))
    {
      g_set_error_literal (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_INCOMPLETE,
                           "Each article needs a reason and a condition");
      return FALSE;
    }
  if (quote->decision == RETOUR_DECISION_ACCEPT)
    return TRUE;
  rules = g_string_new (NULL);
  for (guint i = 0; i < quote->approvals_needed->len; i++)
    g_string_append_printf (rules, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (quote->approvals_needed, i));
  g_set_error (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ACCEPTED, "The policy says %s%s%s",
               retour_decision_code (quote->decision), rules->len > 0 ? ": " : "", rules->str);
  return FALSE;
}

RetourReturn *
retour_desk_confirm (RetourDesk *desk,
                     RetourStore *store,
                     const RetourDraft *draft,
                     const RetourStaff *staff,
                     gboolean offline,
                     GError **error)
{
  GError *problem = NULL;
  g_autoptr (RetourReturn) ret = NULL;
  g_autoptr (RetourWorkspace) workspace = NULL;
  g_autoptr (RetourDraft) confirmed = NULL;
  g_autoptr (RetourQuote) quote = NULL;
  g_autofree char *number = NULL;
  RetourInstant now = retour_desk_now (desk);
  guint64 counter;

  g_return_val_if_fail (draft->id != NULL && staff != NULL, NULL);

  ret = store->find_return (store, draft->id, &problem);
  if (ret != NULL)
    return g_steal_pointer (&ret);
  if (!g_error_matches (problem, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  g_clear_error (&problem);

  workspace = retour_desk_open_order (desk, store, draft->order_id, staff, error);
  if (workspace == NULL)
    return NULL;
  confirmed = retour_draft_copy (draft);
  g_free (confirmed->staff);
  confirmed->staff = g_strdup (staff->id);
  g_free (confirmed->staff_email);
  confirmed->staff_email = g_strdup (staff->email);
  g_free (confirmed->staff_customer);
  confirmed->staff_customer = g_strdup (staff->customer);
  quote = retour_workspace_quote (workspace, confirmed, now, offline, error);
  if (quote == NULL || !check_decision (quote, confirmed, error))
    return NULL;

  if (!store->next_return_counter (store, &counter, error))
    return NULL;
  number = retour_return_number_format (desk->identity->store, desk->identity->terminal[0], counter);
  ret = make_return (desk, workspace, confirmed, quote, staff, offline, number, now);
  if (workspace->order != NULL)
    ret->evidence = write_evidence (desk, workspace->order);
  if (!sign (desk, ret, error) || !write_return (desk, store, ret, counter, now, error))
    return NULL;
  return g_steal_pointer (&ret);
}

RetourInstant
retour_return_cancellable_until (const RetourReturn *self, RetourInstant now)
{
  RetourInstant until = self->recorded_at + RETOUR_CANCEL_PERIOD;

  if (self->refund == RETOUR_REFUND_SETTLED || self->refund == RETOUR_REFUND_PENDING)
    return RETOUR_INSTANT_NONE;
  return retour_goods_state_may_become (self->goods, RETOUR_GOODS_CANCELLED) && now < until ? until
                                                                                            : RETOUR_INSTANT_NONE;
}

RetourReturn *
retour_desk_cancel (RetourDesk *desk, RetourStore *store, const char *id, const RetourStaff *staff, GError **error)
{
  g_autoptr (RetourReturn) ret = store->find_return (store, id, error);
  g_autoptr (RetourOperation) operation = NULL;
  g_autoptr (RetourAuditRecord) record = NULL;
  g_autofree char *op = NULL;
  RetourInstant now = retour_desk_now (desk);
  g_autofree char *at = retour_instant_format (now);

  if (ret == NULL)
    return NULL;
  if (retour_return_cancellable_until (ret, now) == RETOUR_INSTANT_NONE)
    {
      g_set_error (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_TOO_LATE, "%s can no longer be cancelled", ret->number);
      return NULL;
    }
  op = retour_desk_new_id (desk);
  /* Ids and a time only: nothing in it needs escaping. */
  operation = make_operation (
      op, RETOUR_OPERATION_RETURN_CORRECT, ret,
      g_strdup_printf ("{\"return\":\"%s\",\"number\":\"%s\",\"cancel\":true,\"staff\":\"%s\",\"at\":\"%s\"}", ret->id,
                       ret->number, staff->id, at),
      now);
  record = retour_audit_record_new ("return.cancelled", staff->id, ret->id, now, ret->number);
  if (!store->move_return (store, ret->id, RETOUR_GOODS_CANCELLED, ret->refund, operation, record, error))
    return NULL;
  ret->goods = RETOUR_GOODS_CANCELLED;
  return g_steal_pointer (&ret);
}
