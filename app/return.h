/* SPDX-License-Identifier: Apache-2.0 */
/* A recorded return (DOMAIN.md 5) and its three axes. Once declared it is never edited: corrections are new facts. */
#pragma once

#include "quote.h"

G_BEGIN_DECLS

typedef enum
{
  RETOUR_GOODS_DRAFT,
  RETOUR_GOODS_DECLARED,
  RETOUR_GOODS_RECEIVED,
  RETOUR_GOODS_INSPECTED,
  RETOUR_GOODS_ACCEPTED,
  RETOUR_GOODS_PARTLY_ACCEPTED,
  RETOUR_GOODS_REFUSED,
  RETOUR_GOODS_CLOSED,
  RETOUR_GOODS_CANCELLED,
  RETOUR_GOODS_EXPIRED,
} RetourGoodsState;
#define RETOUR_N_GOODS_STATES 10

typedef enum
{
  RETOUR_REFUND_NONE,
  RETOUR_REFUND_PROMISED,
  RETOUR_REFUND_REQUESTED,
  RETOUR_REFUND_PENDING,
  RETOUR_REFUND_SETTLED,
  RETOUR_REFUND_FAILED,
  RETOUR_REFUND_RE_TENDERED,
} RetourRefundState;
#define RETOUR_N_REFUND_STATES 7

typedef enum
{
  RETOUR_SYNC_LOCAL,
  RETOUR_SYNC_SENT,
  RETOUR_SYNC_ACKNOWLEDGED,
  RETOUR_SYNC_QUARANTINED,
} RetourSyncState;
#define RETOUR_N_SYNC_STATES 4

/* The tables of allowed transitions; staying is not a transition. */
gboolean retour_goods_state_may_become (RetourGoodsState from, RetourGoodsState to);
gboolean retour_refund_state_may_become (RetourRefundState from, RetourRefundState to);
gboolean retour_sync_state_may_become (RetourSyncState from, RetourSyncState to);

/* Codes of the documents and of the database; appended to, never changed. Parsing an unknown text gives FALSE. */
const char *retour_goods_state_code (RetourGoodsState state);
const char *retour_refund_state_code (RetourRefundState state);
const char *retour_sync_state_code (RetourSyncState state);
gboolean retour_goods_state_parse (const char *code, RetourGoodsState *state) G_GNUC_WARN_UNUSED_RESULT;
gboolean retour_refund_state_parse (const char *code, RetourRefundState *state) G_GNUC_WARN_UNUSED_RESULT;
gboolean retour_sync_state_parse (const char *code, RetourSyncState *state) G_GNUC_WARN_UNUSED_RESULT;

typedef struct
{
  char *line, *sku, *gtin, *product, *title, *variant, *category;
  char *reason, *condition, *grade, *disposition, *serial, *note;
  gint64 quantity;
  gint64 goods;                  /* minor units */
  RetourExchangedItem *exchange; /* NULL: refunded */
  gboolean even_exchange;
  RetourDecision decision;
} RetourReturnLine;

typedef struct
{
  char *payment, *method, *label; /* label: "CB •••• 4242", NULL for the fallback */
  gint64 amount;
  RetourRefundState state;
} RetourReturnTender;

typedef struct
{
  char *id;                      /* UUIDv7: the idempotency key */
  char *number;                  /* R0214A-00381-7 */
  char *visit;                   /* id of the first return of a visit with several orders; NULL: this one alone */
  char *order_id, *order_number; /* NULL: blind */
  char *kind;                    /* store, self_service, preprinted… */
  char *store, *terminal, *mode, *staff, *staff_name;
  char *policy_version;
  char *customer_name;       /* short: "Amandine R."; the only trace of the customer in the ledger */
  RetourInstant recorded_at; /* corrected by clock_offset */
  gint64 clock_offset;       /* OMS minus terminal then, microseconds */
  gboolean offline;          /* the OMS could not be asked: the refund is promised, the proof provisional */
  gboolean gift;             /* no price anywhere */
  char currency[4];
  gint64 total, exchange_price, exchange_collect;
  GPtrArray *lines;              /* RetourReturnLine */
  GPtrArray *breakdown;          /* RetourBreakdown */
  GPtrArray *taxes;              /* RetourTax */
  GPtrArray *tenders;            /* RetourReturnTender */
  GPtrArray *approvals;          /* RetourApproval */
  RetourDay withdrawal_last_day; /* of the statutory window at that time, NONE without */
  RetourDay refund_latest_day;   /* by when the law wants the refund made, NONE when it does not apply */

  RetourGoodsState goods;
  RetourRefundState refund;
  RetourSyncState sync;
  char *problem;  /* why the OMS refused it or what it conflicts with, in words; NULL */
  char *proof;    /* the signed token, "RT1:…" */
  char *evidence; /* only while it is recorded: the order as quoted, without contact data; not part of the document */
} RetourReturn;

RetourReturn *retour_return_new (const char *id, const char *number);
RetourReturn *retour_return_copy (const RetourReturn *self);
void retour_return_free (RetourReturn *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourReturn, retour_return_free)

RetourReturnLine *retour_return_line_new (const char *line, gint64 quantity);
void retour_return_line_free (RetourReturnLine *line);
RetourReturnTender *
retour_return_tender_new (const char *payment, const char *method, const char *label, gint64 amount);
void retour_return_tender_free (RetourReturnTender *tender);

RetourBreakdown *retour_breakdown_new (RetourBreakdownKind kind, gint64 amount);
RetourBreakdown *retour_breakdown_copy (const RetourBreakdown *entry);
void retour_breakdown_free (RetourBreakdown *entry);

gint64 retour_return_units (const RetourReturn *self);

G_END_DECLS
