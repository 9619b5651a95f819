/* SPDX-License-Identifier: Apache-2.0 */
/* The store's file by bare SQLite, as a limit uses it: with the pragmas that db/connection.c sets, and nothing else of it. What
 * goes wrong ends the program. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef enum
{
  BARE_FILE_LOOK,
  BARE_FILE_WRITE, /* and checkpoint, as the writer */
} BareFileKind;

typedef struct
{
  sqlite3 *sqlite;
  int log_pages; /* in the write-ahead log, after the last commit */
} BareFile;

/* The one in `directory`; WRITE makes it where there is none. */
BareFile *bare_file_open (const char *directory, BareFileKind kind);
void bare_file_close (BareFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BareFile, bare_file_close)

void bare_file_execute (BareFile *self, const char *sql);
/* A statement that is kept; the caller finalizes it. */
sqlite3_stmt *bare_file_prepare (BareFile *self, const char *sql);
/* Runs one that gives no row, and resets it. */
void bare_file_step (BareFile *self, sqlite3_stmt *statement);
/* The first column of the first row, a whole number. */
gint64 bare_file_ask (BareFile *self, const char *sql);
/* A checkpoint when the log has `pages`, as the writer's thread does between jobs. */
void bare_file_tidy (BareFile *self, int pages);

G_END_DECLS
