/* SPDX-License-Identifier: Apache-2.0 */
/* A data directory of one's own, real SQLite in it, and orders and returns to put there.
 *
 *   order n   id "ord_000n", number "W1000000n", placed n minutes after 2026-11-02T18:00:00Z, two lines:
 *             l1  2 x 69,90 € of 03612345678904, delivered        l2  1 x 25,00 € of 03612345678911, delivered
 *             customer Zoé Lefèvre, zoe.lefevre@example.fr, +33 6 12 34 56 78; tracking 8V0000000000n
 */
#pragma once

#include "storage.h"

G_BEGIN_DECLS

/* Checked fixtures: each test has its own directory, removed after it. */
void fixture_make_directory (void);
void fixture_remove_directory (void);
const char *fixture_directory (void);
/* A path inside it; caller frees. */
char *fixture_path (const char *name);

/* Opens the directory, or fails the test. */
RetourDatabase *fixture_open (RetourDatabaseMode mode);

RetourOrder *fixture_order (guint n);
/* A change of a feed that tells of the order, which it takes. */
RetourChange *fixture_order_change (RetourOrder *order);
RetourChange *fixture_gone (const char *id, gboolean erase);
/* Applies these changes (which it takes) in DIRECT mode, or fails the test. */
void fixture_apply (RetourDatabase *database, const char *cursor, gboolean last, RetourChange *first, ...)
    G_GNUC_NULL_TERMINATED;
void fixture_keep (RetourDatabase *database, RetourOrder *order);

/* A return of `quantity` units of a line of order n. */
RetourReturn *fixture_return (guint n, guint64 counter, const char *line, gint64 quantity);
/* Its return.record operation. */
GPtrArray *fixture_operations (const RetourReturn *ret);
/* Records it with the operation and a journal entry. */
gboolean fixture_record (RetourStore *store, const RetourReturn *ret, guint64 counter, GError **error);

/* The first column of the first row that sqlite gives to a connection of its own. */
gint64 fixture_query (const char *sql);
/* SQLITE_OK and all that, of a connection of its own. */
int fixture_execute (const char *sql);

/* How often some bytes stand in the files of the directory. */
guint fixture_count_bytes (const char *bytes);

/* Runs the default main context until *done. */
void fixture_wait (const gboolean *done);

G_END_DECLS
