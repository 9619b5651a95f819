/* SPDX-License-Identifier: Apache-2.0 */
/* What a terminal writes in a day, step by step, always the same: the schema, pages of changes, drafts, returns, answers of
 * the OMS, an erasure, checkpoints and a restart. A step either is in the file as a whole or is not; so after any accident
 * the file must be what it was after the last step that was said to be done, or after the one under way. */
#pragma once

#include "storage.h"

G_BEGIN_DECLS

guint working_day_steps (void);
const char *working_day_name (guint step);

/* Takes a step in the fixture's directory; the first opens it, and one reopens it: *database is changed then, and NULL after a
 * failure of these. */
gboolean working_day_take (RetourDatabase **database, guint step, GError **error);

/* A hash of each row of each table, read by a connection of its own; "" for a database without tables, and a sentence that
 * begins with "!" for one that cannot be read. Caller frees. */
char *working_day_state (const char *path);

/* How many returns and outbox operations there are at least after a step, for the promise in plain words. */
guint working_day_returns (guint step);

G_END_DECLS
