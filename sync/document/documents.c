/* SPDX-License-Identifier: Apache-2.0 */
#include "documents.h"

static const RetourDocuments documents = {
  .read_order = retour_order_document_read,
  .write_order = retour_order_document_write,
  .read_policy = retour_policy_document_read,
  .read_draft = retour_draft_document_read,
  .write_draft = retour_draft_document_write,
  .write_quote = retour_quote_document_write,
  .write_return = retour_return_document_write,
  .read_return = retour_return_document_read,
  .read_staff = retour_staff_document_read,
  .write_staff = retour_staff_document_write,
  .read_request = retour_request_document_read,
  .write_request = retour_request_document_write,
  .write_decision = retour_decision_document_write,
};

const RetourDocuments *
retour_documents (void)
{
  return &documents;
}
