/* SPDX-License-Identifier: Apache-2.0 */
/* The documents' readers and writers, handed to db and ui by the mains (app/document.h says what each does). */
#pragma once

#include "document.h"

G_BEGIN_DECLS

/* Static. */
const RetourDocuments *retour_documents (void);

RetourOrder *retour_order_document_read (const char *text, gssize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *retour_order_document_write (const RetourOrder *order);
RetourPolicy *retour_policy_document_read (const char *text, gssize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
RetourDraft *retour_draft_document_read (const char *text, gssize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *retour_draft_document_write (const RetourDraft *draft);
char *retour_quote_document_write (const RetourQuote *quote, gboolean pretty);
RetourReturn *retour_return_document_read (const char *text, gssize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *retour_return_document_write (const RetourReturn *self);
RetourStaff *retour_staff_document_read (const char *text, gssize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *retour_staff_document_write (const RetourStaff *staff);
RetourApprovalRequest *
retour_request_document_read (const char *text, gssize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *retour_request_document_write (const RetourApprovalRequest *request, gboolean whole);
char *retour_decision_document_write (const RetourApprovalRequest *decided);

G_END_DECLS
