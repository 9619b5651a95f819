/* SPDX-License-Identifier: Apache-2.0 */
/* How a return enters the ledger. */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/* Goes on counting where the counter file, or else the database, says: when a writer has been opened. */
gboolean retour_recording_settle_counter (RetourConnection *connection, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Gives the store its functions of this family. */
void retour_recording_plug (RetourStore *store);

G_END_DECLS
