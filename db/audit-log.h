/* SPDX-License-Identifier: Apache-2.0 */
/* The journal as rows: appended to, never changed. */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/* Gives the store its functions of this family. */
void retour_audit_log_plug (RetourStore *store);

/* Chains a copy of the record to the last one and adds it; inside a transaction. */
gboolean retour_audit_log_append (RetourConnection *connection,
                                  const RetourAuditRecord *record,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
