/* SPDX-License-Identifier: Apache-2.0 */
/* What a terminal's disk holds, as db/ keeps it, in memory: each function is one transaction, whole or not at all. When it
 * happens, and whether the machine lives through it, is for the rig to say. */
#pragma once

#include "mutation.h"
#include "store.h"

G_BEGIN_DECLS

typedef enum
{
  STORED_WAITING,
  STORED_ANSWERED,
  STORED_QUARANTINED,
} StoredStanding;

typedef struct
{
  RetourOperation *operation;
  StoredStanding standing;
  RetourAnswerKind answer; /* the last, unless waiting for the first */
  guint act, order;
  gboolean unsure; /* its transaction has not ended; only a mutation lets it be seen */
} StoredOperation;

typedef struct
{
  char *id;
  guint act, order;
  gint64 units;
  RetourSyncState sync;
  RetourRefundState refund;
  char *problem;
} StoredReturn;

/* What the terminal knows of an order. */
typedef struct
{
  guint64 stamp; /* 0: nothing */
  gint64 quantity, returned;
  gboolean stale; /* a new snapshot has not told of it yet */
} KnownOrder;

typedef struct
{
  Mutation mutation;
  GPtrArray *operations; /* StoredOperation */
  GPtrArray *returns;    /* StoredReturn */
  KnownOrder *orders;
  guint n_orders;
  char *cursor, *epoch;
  gboolean filling; /* a new snapshot is coming in */
} ModelStore;

ModelStore *store_new (guint orders, Mutation mutation);
void store_free (ModelStore *store);

StoredOperation *store_find_operation (const ModelStore *store, const char *op);
StoredReturn *store_find_return (const ModelStore *store, const char *id);
/* Units of the order that this terminal thinks can still come back. */
gint64 store_returnable (const ModelStore *store, guint order);

/* FALSE when it is recorded already. */
gboolean store_record (
    ModelStore *store, const char *id, guint act, guint order, gint64 units, const RetourOperation *operation);
void store_add_operation (ModelStore *store, guint act, guint order, const RetourOperation *operation);
GPtrArray *store_claim (ModelStore *store, RetourInstant now, guint limit);
void store_settle (ModelStore *store, const RetourAnswer *answer);
void store_postpone (ModelStore *store, const char *op, RetourInstant next_at, const char *why);
void store_apply (ModelStore *store, const RetourChange *change);
void store_move_cursor (ModelStore *store, const char *cursor, gboolean last);
void store_start_again (ModelStore *store);
void store_re_offer (ModelStore *store, const char *epoch);

G_END_DECLS
