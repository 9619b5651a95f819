/* SPDX-License-Identifier: Apache-2.0 */
/* The data directory: its lock, its database and, for a terminal, the two threads that serve it.
 *
 * One program at a time writes in a data directory: it holds a lock on DIR/lock as long as it has it open. */
#pragma once

#include "document.h"
#include "store.h"

G_BEGIN_DECLS

typedef enum
{
  /* A terminal: takes the lock; everything goes through the storage, whose threads write and read. */
  RETOUR_DATABASE_THREADS,
  /* A command: takes the lock; the store is used directly, by the thread that opened it. */
  RETOUR_DATABASE_DIRECT,
  /* A look beside the program that holds the lock: the store only reads. */
  RETOUR_DATABASE_LOOK,
} RetourDatabaseMode;

typedef struct _RetourDatabase RetourDatabase;

/* Opens DIR/retour.db, made and migrated as needed (not when only looking). `documents` is borrowed and outlives it.
 * Errors: RETOUR_STORE_ERROR_LOCKED (the message names the process that holds the directory), NEWER (nothing was touched),
 * CORRUPT (also when it was emptied or lost; nothing was touched: see retour_database_set_aside), READ_ONLY, FULL, NOT_FOUND (nothing to look at), ENGINE. */
RetourDatabase *retour_database_open (const char *directory,
                                      const RetourDocuments *documents,
                                      RetourDatabaseMode mode,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Waits for the clerk's jobs handed in so far, drops the rest of a page of changes (it comes again), empties the
 * write-ahead log into the database and gives the lock back. Jobs that did not run get a RETOUR_STORE_ERROR_ENGINE reply.
 * NULL is accepted. */
void retour_database_close (RetourDatabase *database);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourDatabase, retour_database_close)

/* Borrowed; only with RETOUR_DATABASE_THREADS. */
const RetourStorage *retour_database_storage (RetourDatabase *database);

/* Borrowed; not with RETOUR_DATABASE_THREADS. */
RetourStore *retour_database_store (RetourDatabase *database);

/* Applies a page (which it takes) at once; only with RETOUR_DATABASE_DIRECT. */
gboolean
retour_database_apply_page (RetourDatabase *database, RetourChangePage *page, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads everything in the file and checks it (slow); FALSE with RETOUR_STORE_ERROR_CORRUPT that says the first finding.
 * Not with RETOUR_DATABASE_THREADS. */
gboolean retour_database_check (RetourDatabase *database, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The explicit act after RETOUR_STORE_ERROR_CORRUPT: renames the damaged database and its log to "retour.db.damaged-1"…,
 * so that the next open begins anew; return numbers go on above the old ones. Nothing is deleted. *kept, if not NULL, gets
 * the new name, the caller's, NULL when the database is missing. */
gboolean retour_database_set_aside (const char *directory, char **kept, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
