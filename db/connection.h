/* SPDX-License-Identifier: Apache-2.0 */
/* One SQLite connection: how it is opened, its transactions, its prepared statements, and the one place where SQLite's
 * codes become RetourStoreErrors.
 *
 * A connection belongs to the thread that opened it and is the `self` of a RetourStore. */
#pragma once

#include "counter-file.h"
#include "document.h"

#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _RetourConnection RetourConnection;

typedef enum
{
  RETOUR_CONNECTION_WRITER, /* writes and checkpoints; there is one */
  RETOUR_CONNECTION_READER, /* opened after the writer, or beside another program's */
} RetourConnectionKind;

/* `ballast`: a file to give up when the disk is full, or NULL. Texts are copied, `documents` is borrowed. */
RetourConnection *retour_connection_open (const char *path,
                                          const char *ballast,
                                          RetourConnectionKind kind,
                                          const RetourDocuments *documents,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The writer's settings that leave traces in the file (write-ahead log): not before the file is known to be ours. */
gboolean retour_connection_start_log (RetourConnection *connection, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void retour_connection_close (RetourConnection *connection);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourConnection, retour_connection_close)

/* From now on the calling thread's; nobody else may be using it. */
void retour_connection_adopt (RetourConnection *connection);

/* The store that speaks through this connection, and back. Both borrowed. */
RetourStore *retour_connection_store (RetourConnection *connection);
RetourConnection *retour_connection_of (RetourStore *store);
const RetourDocuments *retour_connection_documents (RetourConnection *connection);

/* Where the return counters are kept a second time; NULL: nowhere. Borrowed from it once it has it. */
void retour_connection_take_counter_file (RetourConnection *connection, RetourCounterFile *counter_file);
RetourCounterFile *retour_connection_counter_file (RetourConnection *connection);

/* Prepared once and kept: `sql` must be a literal. Borrowed, with nothing bound; NULL with an error. A statement held by
 * g_autoptr (sqlite3_stmt) is reset at the end of the block, so that no read lingers. */
sqlite3_stmt *
retour_connection_prepare (RetourConnection *connection, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void retour_statement_reset (sqlite3_stmt *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, retour_statement_reset)

/* Texts and bytes are not copied: they must live until the statement is reset. NULL and RETOUR_INSTANT_NONE bind NULL. */
void retour_bind_text (sqlite3_stmt *statement, const char *name, const char *value);
void retour_bind_integer (sqlite3_stmt *statement, const char *name, gint64 value);
void retour_bind_instant (sqlite3_stmt *statement, const char *name, RetourInstant value);
void retour_bind_bytes (sqlite3_stmt *statement, const char *name, const void *value, gsize length);

/* *row: whether there is one more. */
gboolean retour_connection_step (RetourConnection *connection, sqlite3_stmt *statement, gboolean *row, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/* Runs a statement that gives no rows, and resets it. */
gboolean
retour_connection_run (RetourConnection *connection, sqlite3_stmt *statement, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Rows that the last statement changed. */
gint64 retour_connection_changes (RetourConnection *connection);

/* Column values; a text is the caller's and NULL for NULL, an instant NONE for NULL. */
char *retour_column_dup_text (sqlite3_stmt *statement, int column);
const char *retour_column_text (sqlite3_stmt *statement, int column);
gint64 retour_column_integer (sqlite3_stmt *statement, int column);
RetourInstant retour_column_instant (sqlite3_stmt *statement, int column);

/* Runs one or more statements without parameters. */
gboolean
retour_connection_execute (RetourConnection *connection, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean retour_connection_pragma (RetourConnection *connection, const char *sql, gint64 *value, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* Write transactions are BEGIN IMMEDIATE, and nest: only the outermost commits, rollback undoes the innermost. A level whose
 * commit gave FALSE is rolled back. */
gboolean retour_connection_begin (RetourConnection *connection, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean retour_connection_commit (RetourConnection *connection, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void retour_connection_rollback (RetourConnection *connection);

/* Several reads of one moment, inside a transaction or not. What begin_reading began must be ended at once: a reader that
 * lingers lets the write-ahead log grow. */
gboolean retour_connection_begin_reading (RetourConnection *connection, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void retour_connection_end_reading (RetourConnection *connection);

/* Runs `body` in a transaction of its own, or in the one that is open. When the disk is full the ballast is given up and
 * `body` runs once more: what it changes outside the database must bear that. */
typedef gboolean (*RetourTransactionBody) (RetourConnection *connection, gpointer data, GError **error);
gboolean retour_connection_transact (RetourConnection *connection,
                                     RetourTransactionBody body,
                                     gpointer data,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What mirrors a part of the database in memory; freed with the connection. Whoever changes it along with the database says
 * so by touch: when that transaction is rolled back the mirror is dropped, and get gives NULL until it is set anew. */
gpointer retour_connection_get_mirror (RetourConnection *connection);
void retour_connection_set_mirror (RetourConnection *connection, gpointer mirror, GDestroyNotify free_mirror);
void retour_connection_touch_mirror (RetourConnection *connection);

/* Pages in the write-ahead log after the last commit. */
guint retour_connection_log_pages (RetourConnection *connection);
/* Copies the log into the database as far as readers allow; `truncate` also waits for them and empties the log's file.
 * FALSE without error: a reader was in the way. */
gboolean retour_connection_checkpoint (RetourConnection *connection, gboolean truncate, GError **error);

/* Sets the ballast down again when there is room for it. */
void retour_connection_restore_ballast (RetourConnection *connection);

G_END_DECLS
