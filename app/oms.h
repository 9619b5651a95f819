/* SPDX-License-Identifier: Apache-2.0 */
/* What the central OMS can be asked, in the desk's own words. sync/ implements it, one connector per kind of OMS; a test
 * plugs in its own. Every call returns at once; the answer comes later, exactly once, on the main context of the thread
 * that asked. */
#pragma once

#include "approval-request.h"
#include "return.h"

G_BEGIN_DECLS

typedef enum
{
  RETOUR_OMS_ERROR_OFFLINE, /* no answer: network, time-out, portal */
  RETOUR_OMS_ERROR_NOT_FOUND,
  RETOUR_OMS_ERROR_REFUSED,   /* certificate, pin, revoked, 4xx */
  RETOUR_OMS_ERROR_MALFORMED, /* it answered nonsense */
  RETOUR_OMS_ERROR_CANCELLED,
} RetourOmsError;
#define RETOUR_OMS_ERROR (retour_oms_error_quark ())
GQuark retour_oms_error_quark (void);

/* One thing the terminal tells the OMS (SYNC.md, Operations). */
typedef enum
{
  RETOUR_OPERATION_RETURN_RECORD,
  RETOUR_OPERATION_RETURN_INSPECT,
  RETOUR_OPERATION_RETURN_CORRECT,
  RETOUR_OPERATION_REFUND_RETENDER,
  RETOUR_OPERATION_EXCHANGE_RECORD,
  RETOUR_OPERATION_AUDIT_SEAL,
  RETOUR_OPERATION_APPROVAL_DECIDE,
} RetourOperationKind;

const char *retour_operation_kind_code (RetourOperationKind kind);
gboolean retour_operation_kind_parse (const char *code, RetourOperationKind *kind) G_GNUC_WARN_UNUSED_RESULT;

typedef enum
{
  RETOUR_ANSWER_ACCEPTED,
  RETOUR_ANSWER_DUPLICATE, /* already known, same body: as good as accepted */
  RETOUR_ANSWER_CONFLICT,
  RETOUR_ANSWER_REJECTED,
  RETOUR_ANSWER_RETRY,
  RETOUR_ANSWER_UNSUPPORTED,
} RetourAnswerKind;

const char *retour_answer_kind_code (RetourAnswerKind kind);
gboolean retour_answer_kind_parse (const char *code, RetourAnswerKind *kind) G_GNUC_WARN_UNUSED_RESULT;

typedef struct
{
  char *op; /* UUIDv7, never NULL */
  RetourOperationKind kind;
  char *order;     /* order id: what is sent in order; NULL: of no order */
  char *return_id; /* NULL when it is of no return */
  char *body;      /* canonical JSON */
  char *body_hash; /* hex BLAKE2b-256 of body */
  RetourInstant created_at;
  gint64 clock_offset;
  guint attempts;
  RetourInstant next_at; /* not before; NONE: at once */
  char *last_error;
  gboolean quarantined; /* put aside until a person mends its cause */
} RetourOperation;

RetourOperation *retour_operation_new (const char *op, RetourOperationKind kind, const char *body);
RetourOperation *retour_operation_copy (const RetourOperation *operation);
void retour_operation_free (RetourOperation *operation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourOperation, retour_operation_free)

typedef struct
{
  char *op; /* never NULL */
  RetourAnswerKind kind;
  char *detail;  /* the problem in words, or the winner's return number; NULL */
  char *problem; /* RFC 9457 document, winner or the OMS's seal, as JSON text; NULL */
  gboolean has_refund;
  RetourRefundState refund; /* what became of the refund, if the OMS said */
} RetourAnswer;

RetourAnswer *retour_answer_new (const char *op, RetourAnswerKind kind);
void retour_answer_free (RetourAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourAnswer, retour_answer_free)

typedef struct
{
  char *place, *name; /* "store:0214", "Lyon Bellecour" */
  gint64 quantity;
  RetourInstant at; /* the age of the figure */
} RetourStockFigure;
void retour_stock_figure_free (RetourStockFigure *figure);

/* Borrowed arguments. Exactly one of result and error is set. Array elements: orders are RetourOrder, stock is
 * RetourStockFigure; who wants to keep them takes references of the array. */
typedef void (*RetourOmsOrdersReply) (GPtrArray *orders, const GError *error, gpointer user_data);
typedef void (*RetourOmsStockReply) (GPtrArray *figures, const GError *error, gpointer user_data);
/* `requests` are RetourApprovalRequest; `cursor` is for the next await. */
typedef void (*RetourOmsRequestsReply) (
    GPtrArray *requests, const char *cursor, const GError *error, gpointer user_data);

typedef struct
{
  /* By number, id or words; at most 50. The token cancels: see `cancel`. */
  guint (*search_orders) (gpointer self, const char *query, RetourOmsOrdersReply reply, gpointer user_data);
  guint (*find_order) (gpointer self, const char *id_or_number, RetourOmsOrdersReply reply, gpointer user_data);
  guint (*ask_stock) (gpointer self, const char *sku, RetourOmsStockReply reply, gpointer user_data);
  /* Asks a manager at another terminal. The same request again is the same question: the reply, of one request and without
   * cursor, says how it stands now. */
  guint (*ask_approval) (gpointer self,
                         const RetourApprovalRequest *request,
                         RetourOmsRequestsReply reply,
                         gpointer user_data);
  /* `since` NULL: the requests that are open now, at once. Else what changed after that cursor: as soon as something does,
   * or none after half a minute. */
  guint (*await_approvals) (gpointer self, const char *since, RetourOmsRequestsReply reply, gpointer user_data);
  /* The reply comes at once with RETOUR_OMS_ERROR_CANCELLED, unless it came already. */
  void (*cancel) (gpointer self, guint token);
  gpointer self;
} RetourOms;

G_END_DECLS
