/* SPDX-License-Identifier: Apache-2.0 */
/* What the OMS is still to be told, and what it answered. */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/* Gives the store its functions of this family. */
void retour_outbox_plug (RetourStore *store);

/* Puts an operation at the end of its stream; inside a transaction. */
gboolean retour_outbox_add (RetourConnection *connection,
                            const RetourOperation *operation,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
