/* SPDX-License-Identifier: Apache-2.0 */
/* The sandbox's book: one SQLite connection that all threads share, one at a time. A transaction holds it from begin to
 * end; a statement outside of one must stand between lock and unlock. An error of the engine sticks to the transaction:
 * what follows does nothing, and the commit says it. */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef enum
{
  SANDBOX_LEDGER_ERROR_ENGINE,
} SandboxLedgerError;
#define SANDBOX_LEDGER_ERROR (sandbox_ledger_error_quark ())
GQuark sandbox_ledger_error_quark (void);

typedef struct _SandboxLedger SandboxLedger;

/* Opens DIR/oms.db, or makes it: for one long transaction at first, whose pages are then written once. */
SandboxLedger *sandbox_ledger_open (const char *directory, GError **error);
/* From now on for many short ones: a write-ahead log. */
void sandbox_ledger_go_live (SandboxLedger *ledger);
void sandbox_ledger_close (SandboxLedger *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxLedger, sandbox_ledger_close)

void sandbox_ledger_lock (SandboxLedger *ledger);
void sandbox_ledger_unlock (SandboxLedger *ledger);

/* begin locks; commit and rollback unlock. A commit that fails has rolled back. */
void sandbox_ledger_begin (SandboxLedger *ledger);
gboolean sandbox_ledger_commit (SandboxLedger *ledger, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sandbox_ledger_rollback (SandboxLedger *ledger);

/* A point inside a transaction to which one can go back, so that one operation undoes itself and not its neighbours. */
void sandbox_ledger_savepoint (SandboxLedger *ledger);
void sandbox_ledger_release (SandboxLedger *ledger);
void sandbox_ledger_undo (SandboxLedger *ledger);

/* `sql` is a literal, prepared once. `types` has a letter per parameter: s text (NULL: null), i gint64. Texts are copied. */
void sandbox_ledger_run (SandboxLedger *ledger, const char *sql, const char *types, ...);

/* The same, for rows: the statement stands on its first row, or the result is NULL when there is none. Go on with
 * sandbox_ledger_next until that is FALSE, or stop early with sandbox_ledger_done. */
sqlite3_stmt *sandbox_ledger_query (SandboxLedger *ledger, const char *sql, const char *types, ...);
gboolean sandbox_ledger_next (SandboxLedger *ledger, sqlite3_stmt *statement);
void sandbox_ledger_done (sqlite3_stmt *statement);

/* The first column of the first row: NULL or 0 without a row. The text is the caller's. */
char *sandbox_ledger_text (SandboxLedger *ledger, const char *sql, const char *types, ...);
gint64 sandbox_ledger_integer (SandboxLedger *ledger, const char *sql, const char *types, ...);

/* Rows that the last statement changed. */
int sandbox_ledger_changes (SandboxLedger *ledger);

/* Borrowed text of a column, "" for null. */
const char *sandbox_column_text (sqlite3_stmt *statement, int column);

G_END_DECLS
