/* SPDX-License-Identifier: Apache-2.0 */
/* What is told to the OMS and what it answers, as values with their codes. */
#include "oms.h"

#include <sodium.h>
#include <string.h>

#define HASH_BYTES 32

G_DEFINE_QUARK (retour - oms - error - quark, retour_oms_error)

const char *
retour_operation_kind_code (RetourOperationKind kind)
{
  switch (kind)
    {
    case RETOUR_OPERATION_RETURN_RECORD:
      return "return.record";
    case RETOUR_OPERATION_RETURN_INSPECT:
      return "return.inspect";
    case RETOUR_OPERATION_RETURN_CORRECT:
      return "return.correct";
    case RETOUR_OPERATION_REFUND_RETENDER:
      return "refund.retender";
    case RETOUR_OPERATION_EXCHANGE_RECORD:
      return "exchange.record";
    case RETOUR_OPERATION_AUDIT_SEAL:
      return "audit.seal";
    case RETOUR_OPERATION_APPROVAL_DECIDE:
      return "approval.decide";
    }
  g_return_val_if_reached ("");
}

gboolean
retour_operation_kind_parse (const char *code, RetourOperationKind *kind)
{
  for (guint i = 0; i <= RETOUR_OPERATION_APPROVAL_DECIDE; i++)
    if (g_strcmp0 (code, retour_operation_kind_code (i)) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

const char *
retour_answer_kind_code (RetourAnswerKind kind)
{
  switch (kind)
    {
    case RETOUR_ANSWER_ACCEPTED:
      return "accepted";
    case RETOUR_ANSWER_DUPLICATE:
      return "duplicate";
    case RETOUR_ANSWER_CONFLICT:
      return "conflict";
    case RETOUR_ANSWER_REJECTED:
      return "rejected";
    case RETOUR_ANSWER_RETRY:
      return "retry";
    case RETOUR_ANSWER_UNSUPPORTED:
      return "unsupported";
    }
  g_return_val_if_reached ("");
}

gboolean
retour_answer_kind_parse (const char *code, RetourAnswerKind *kind)
{
  for (guint i = 0; i <= RETOUR_ANSWER_UNSUPPORTED; i++)
    if (g_strcmp0 (code, retour_answer_kind_code (i)) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

static char *
hash_body (const char *body)
{
  unsigned char hash[HASH_BYTES];
  char hex[2 * HASH_BYTES + 1];
  crypto_generichash (hash, sizeof hash, (const unsigned char *) body, strlen (body), NULL, 0);
  sodium_bin2hex (hex, sizeof hex, hash, sizeof hash);
  return g_strdup (hex);
}

RetourOperation *
retour_operation_new (const char *op, RetourOperationKind kind, const char *body)
{
  g_return_val_if_fail (op != NULL, NULL);

  RetourOperation *operation = g_new0 (RetourOperation, 1);
  operation->op = g_strdup (op);
  operation->kind = kind;
  operation->body = g_strdup (body);
  operation->created_at = RETOUR_INSTANT_NONE;
  operation->next_at = RETOUR_INSTANT_NONE;
  operation->body_hash = body != NULL ? hash_body (body) : NULL;
  return operation;
}

RetourOperation *
retour_operation_copy (const RetourOperation *operation)
{
  g_return_val_if_fail (operation != NULL, NULL);

  RetourOperation *copy = g_memdup2 (operation, sizeof *operation);
  copy->op = g_strdup (operation->op);
  copy->order = g_strdup (operation->order);
  copy->return_id = g_strdup (operation->return_id);
  copy->body = g_strdup (operation->body);
  copy->body_hash = g_strdup (operation->body_hash);
  copy->last_error = g_strdup (operation->last_error);
  return copy;
}

void
retour_operation_free (RetourOperation *operation)
{
  if (operation == NULL)
    return;
  g_free (operation->op);
  g_free (operation->order);
  g_free (operation->return_id);
  g_free (operation->body);
  g_free (operation->body_hash);
  g_free (operation->last_error);
  g_free (operation);
}

RetourAnswer *
retour_answer_new (const char *op, RetourAnswerKind kind)
{
  g_return_val_if_fail (op != NULL, NULL);

  RetourAnswer *answer = g_new0 (RetourAnswer, 1);
  answer->op = g_strdup (op);
  answer->kind = kind;
  return answer;
}

void
retour_answer_free (RetourAnswer *answer)
{
  if (answer == NULL)
    return;
  g_free (answer->op);
  g_free (answer->detail);
  g_free (answer->problem);
  g_free (answer);
}

void
retour_stock_figure_free (RetourStockFigure *figure)
{
  if (figure == NULL)
    return;
  g_free (figure->place);
  g_free (figure->name);
  g_free (figure);
}
