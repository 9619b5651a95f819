/* SPDX-License-Identifier: Apache-2.0 */
/* An OMS on paper, written from SYNC.md and the protocol alone: orders with units, each operation taken once by its id, claims
 * of units per order, the feed with its cursors, epochs, restores. It remembers what it ever said, restores or not, so that a
 * terminal can be held to it. */
#pragma once

#include "calendar.h"

G_BEGIN_DECLS

#define OMS_ORDERS 64 /* at most: sets of them are words */

typedef struct
{
  gint64 quantity, taken; /* units of its only line */
  guint64 stamp;          /* of its last change: each change of anything has a greater one, across restores too */
} OmsOrder;

typedef struct
{
  const char *id;
  guint order, act, terminal;
  gint64 units;
  gint64 settles_at;
  gboolean settled;
  guint64 stamp;
} OmsReturn;

typedef struct
{
  const char *op, *body, *kind;
  const char *answer; /* the first one */
  const char *rest;   /* its other members */
} OmsOperation;

typedef struct
{
  gboolean is_return;
  guint index;
} OmsChange;

/* What a restore brings back. */
typedef struct
{
  gint64 at;
  GArray *orders, *returns, *operations, *changes;
} OmsBook;

/* What is wrong with it just now. */
typedef struct
{
  guint status;                                       /* 0: none */
  const char *retry_after;                            /* NULL */
  guint64 rejects, stumbles, cannot_read, bad_record; /* sets of orders */
  gint64 reluctant;                                   /* thousandths of the operations that it leaves open */
  gint64 date_offset;                                 /* G_MAXINT64: no Date at all */
} OmsMood;

typedef struct
{
  OmsBook *book;
  GPtrArray *backups; /* OmsBook, oldest first */
  GStringChunk *texts;
  guint epoch, cursor_epoch;
  guint64 stamp;
  GArray **order_stamps;    /* guint64, of every change of each order */
  GHashTable *ever;         /* op -> its answers so far, a set of 1 << RetourAnswerKind */
  GHashTable *ever_bodies;  /* op -> body */
  GHashTable *ever_settled; /* return id */
  GHashTable *by_op;        /* op -> index + 1 in the book */
  OmsMood mood;
  guint64 dice;
  char *alarm; /* what should never be asked of an OMS; NULL */
  guint64 operations_taken;
} ModelOms;

typedef enum
{
  OMS_PUSH,
  OMS_PULL,
  OMS_RENEW,
} OmsCall;

typedef struct
{
  guint status;
  RetourInstant date; /* NONE: absent */
  const char *retry_after;
  char epoch[24];
  GString *body;
} OmsReply;
void oms_reply_clear (OmsReply *reply);

ModelOms *oms_new (guint orders, guint64 seed);
void oms_free (ModelOms *oms);

/* What has come due meanwhile: refunds that the bank settled, backups. */
void oms_advance (ModelOms *oms, gint64 now);
/* `text`: the operations, or the cursor (NULL: from the beginning). */
void
oms_answer (ModelOms *oms, OmsCall call, guint terminal, const char *text, gsize length, gint64 now, OmsReply *reply);
void oms_forget_cursors (ModelOms *oms);
/* The newest backup that is at least so old; the oldest without. */
void oms_restore (ModelOms *oms, gint64 now, gint64 age);

/* The stamp of the last change of the order that was made no later than the change `stamp`. */
guint64 oms_stamp_of_order (const ModelOms *oms, guint order, guint64 stamp);
gboolean oms_ever_answered (const ModelOms *oms, const char *op, guint answers);
/* The operation as the book has it now; NULL. */
const OmsOperation *oms_operation (const ModelOms *oms, const char *op);
/* NULL while no unit came back twice and no act was accepted twice; else what happened, the caller's. */
char *oms_find_double (const ModelOms *oms);

G_END_DECLS
