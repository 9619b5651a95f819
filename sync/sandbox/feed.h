/* SPDX-License-Identifier: Apache-2.0 */
/* What terminals learn, in the order in which it was committed. The functions that write run inside a transaction. */
#pragma once

#include "ledger.h"

G_BEGIN_DECLS

/* `type` is the member of the change line: "order", "policy"… The text replaces the one of that id and goes out again. */
void sandbox_feed_put (SandboxLedger *ledger, const char *type, const char *id, const char *text);
/* Takes the text and any tombstone away, so that it can be put anew. */
void sandbox_feed_forget (SandboxLedger *ledger, const char *type, const char *id);
/* Leaves a tombstone. */
void sandbox_feed_remove (SandboxLedger *ledger, const char *type, const char *id, gboolean erase);
/* The text of now, the caller's, NULL when there is none. */
char *sandbox_feed_get (SandboxLedger *ledger, const char *type, const char *id);

/* The last seq, 0 when empty. */
gint64 sandbox_feed_head (SandboxLedger *ledger);

G_END_DECLS
