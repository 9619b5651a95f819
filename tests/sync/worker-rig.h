/* SPDX-License-Identifier: Apache-2.0 */
/* A terminal's inside on a bench: a data directory, the store, the worker, and one sandbox OMS for all tests of a program. */
#pragma once

#include "desk.h"
#include "storage.h"
#include "worker.h"

G_BEGIN_DECLS

#define ORDERS 2000
#define SOMEBODY "ma" /* how many a name begins */

typedef struct
{
  char *directory, *identity;
  RetourDatabase *database;
  const RetourStorage *storage;
  RetourSync *sync;
  RetourDesk *desk;
  RetourSyncReport *last;
  guint phases;       /* a bit for each that was reported */
  guint64 most_total; /* the largest total told while pulling */
  RetourReturn *ret;  /* the last one confirmed */
  gint64 looked_at;
} Rig;

typedef gboolean (*Wish) (Rig *rig);

/* Before the tests fork. */
void start_sandbox (void);
void stop_sandbox (void);
/* A command of the running sandbox, NULL-terminated words; its output, the caller's. */
char *oms (const char *first, ...);
void set_fault (const char *fault);
/* As the terminal of that letter of store 0214. */
void enrol (Rig *rig, const char *letter);
void open_sync (Rig *rig);
/* A data directory, enrolled as that terminal (NULL: not), no fault in force, its exchange not started. */
void rig_init (Rig *rig, const char *letter);
void rig_clear (Rig *rig);
/* Runs the main context until the wish is true; fails the test after a minute. */
void wait_for (Rig *rig, Wish wish, const char *what);
gboolean is_up_to_date (Rig *rig);
gboolean is_offline (Rig *rig);
gboolean is_portal (Rig *rig);
gboolean is_insecure (Rig *rig);
gboolean is_unenrolled (Rig *rig);
gboolean has_one_to_send (Rig *rig);
/* Runs a write job of the storage and waits for it. */
gpointer run_job (Rig *rig, RetourStoreJob work, const char *text);
guint64 orders_kept (Rig *rig);
/* Confirms some return, as a clerk does, and tells the exchange; `ret` is it. */
void confirm_return (Rig *rig);
/* Of `ret`, as the store has it. */
gboolean is_acknowledged (Rig *rig);
gboolean is_settled (Rig *rig);
/* How often a text stands in what a command of the OMS prints; how many returns of that id it received. */
guint mentions (const char *command, const char *text);
guint returns_with_id (const char *id);
/* A text member of a JSON object, unescaped; the caller's. */
char *member (const char *json, const char *name);

G_END_DECLS
