/* SPDX-License-Identifier: Apache-2.0 */
/* What must be remembered: one function per question the use cases ask. db/ implements it on SQLite.
 *
 * Threads: a RetourStore is used inside a job only. RetourStorage runs jobs on two threads of its own: `write` on the one
 * thread that holds the writing connection (a clerk's job goes ahead of a page of changes), `read` on a reading one. The
 * functions marked (write) may only be called in a write job; all others in both. Nothing here is called from the main
 * loop, which only hands in jobs and gets their replies. */
#pragma once

#include "audit.h"
#include "case.h"
#include "document.h"
#include "oms.h"
#include "proof.h"
#include "staff.h"

G_BEGIN_DECLS

typedef enum
{
  RETOUR_STORE_ERROR_ENGINE,    /* the database says no; the message says what */
  RETOUR_STORE_ERROR_FULL,      /* no space left: nothing was written */
  RETOUR_STORE_ERROR_READ_ONLY, /* the directory or the file cannot be written */
  RETOUR_STORE_ERROR_CORRUPT,   /* the file is damaged */
  RETOUR_STORE_ERROR_NEWER,     /* written by a newer version */
  RETOUR_STORE_ERROR_LOCKED,    /* another program holds the data directory */
  RETOUR_STORE_ERROR_NOT_FOUND,
  RETOUR_STORE_ERROR_CONFLICT, /* recorded already; the units were taken meanwhile */
} RetourStoreError;
#define RETOUR_STORE_ERROR (retour_store_error_quark ())
GQuark retour_store_error_quark (void);

/* An order as a list shows it. */
typedef struct
{
  char *id, *number, *channel;
  char *customer_name, *email, *phone;
  char currency[4];
  gint64 captured;
  RetourInstant placed_at, last_delivery;
  gint64 units, returnable; /* returnable already less the units in unacknowledged local returns */
  GStrv categories;         /* of up to four lines, for their drawings */
  gboolean gift;
  gboolean past_limit; /* no window is open any more: a use case says so (retour_desk_mark_past_limit), no store */
} RetourOrderSummary;
RetourOrderSummary *retour_order_summary_copy (const RetourOrderSummary *summary);
void retour_order_summary_free (RetourOrderSummary *summary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourOrderSummary, retour_order_summary_free)

typedef struct
{
  char *id, *order_id, *order_number, *customer_name, *staff, *visit;
  RetourInstant changed_at;
  gint64 units;
  gboolean parked;
} RetourDraftSummary;
void retour_draft_summary_free (RetourDraftSummary *summary);

/* Which returns a list wants; zero or NULL members do not narrow it. Newest first. */
typedef struct
{
  RetourInstant from, to; /* [from, to); RETOUR_INSTANT_NONE does not narrow */
  const char *text;       /* number, order number or customer's short name, prefix */
  gboolean attention;     /* only those that need a person */
  guint limit, offset;    /* limit 0: 50 */
} RetourReturnFilter;

typedef struct
{
  gint64 returns, exchanges;
  GHashTable *refunded; /* currency -> gint64 *, what was refunded or promised, gifts left out */
} RetourDayTotals;
void retour_day_totals_free (RetourDayTotals *totals);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourDayTotals, retour_day_totals_free)

/* Who this terminal is; from enrolment. */
typedef struct
{
  char *chain;                                            /* "Maison Lisière" */
  char *store, *store_name, *store_address, *store_phone; /* "0214", "Lyon Bellecour", "12 rue…\n69002 Lyon" */
  char *terminal;                                         /* "A" */
  char *terminal_id;                                      /* the OMS's id of this enrolment */
  char *currency, *time_zone;
} RetourIdentity;
RetourIdentity *retour_identity_copy (const RetourIdentity *identity);
void retour_identity_free (RetourIdentity *identity);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourIdentity, retour_identity_free)

/* Where the exchange with the OMS stands. */
typedef struct
{
  guint to_send;                      /* operations not yet answered */
  guint attention;                    /* returns that need a person */
  RetourInstant last_pull, last_push; /* NONE: never */
  gint64 clock_offset;                /* OMS minus terminal, microseconds */
  guint64 orders;                     /* in the cache */
  gboolean first_pull_done;
} RetourSyncStatus;

/* One line of the changes feed, parsed. */
typedef enum
{
  RETOUR_CHANGE_ORDER,
  RETOUR_CHANGE_POLICY,
  RETOUR_CHANGE_STAFF,
  RETOUR_CHANGE_STOCK,
  RETOUR_CHANGE_PRODUCT,
  RETOUR_CHANGE_RETURN,
  RETOUR_CHANGE_KEY,
  RETOUR_CHANGE_GONE,
} RetourChangeKind;

typedef struct
{
  char *sku, *gtin, *product, *title, *variant, *category, *currency;
  gint64 unit_price;
} RetourProduct;
void retour_product_free (RetourProduct *product);

typedef struct
{
  RetourChangeKind kind;
  char *text;                     /* the document as it came (order, policy, staff); kept */
  RetourOrder *order;             /* ORDER, checked */
  RetourStaff *staff;             /* STAFF */
  RetourProduct *product;         /* PRODUCT */
  char *sku, *place, *place_name; /* STOCK */
  gint64 quantity;
  RetourInstant at;
  RetourProofKey *key;      /* KEY */
  char *id, *type;          /* GONE: "order" and its id; RETURN: the return's id */
  gboolean erase;           /* GONE: leave no byte of it */
  RetourGoodsState goods;   /* RETURN */
  RetourRefundState refund; /* RETURN */
  char *detail;             /* RETURN: a problem in words, or NULL */
} RetourChange;
RetourChange *retour_change_new (RetourChangeKind kind);
void retour_change_free (RetourChange *change);

/* What stands between two cursors: applied with its cursor in one transaction, or not at all. */
typedef struct
{
  GPtrArray *changes; /* RetourChange */
  char *cursor;       /* NULL: do not move it */
  gboolean last;      /* the feed's end: the cache is up to date */
} RetourChangePage;
RetourChangePage *retour_change_page_new (void);
void retour_change_page_free (RetourChangePage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourChangePage, retour_change_page_free)

/* The setting under which the epoch of the OMS's book is noted. */
#define RETOUR_SETTING_OMS_EPOCH "oms_epoch"

typedef struct _RetourStore RetourStore;

/* What is written together. It may be run a second time, when room was made on a full disk in between. */
typedef gboolean (*RetourStoreBody) (RetourStore *store, gpointer user_data, GError **error);

struct _RetourStore
{
  gpointer self;

  /* Orders. Lists are GPtrArray of RetourOrderSummary with their free function, the caller's; empty when nothing was found.
   * find_order: by id or number; RETOUR_STORE_ERROR_NOT_FOUND. lookup_code: every order that has this code: its number, a
   * tracking number, an SSCC, a return label, an e-mail URL's number. orders_holding: with a line of that GTIN (14 digits),
   * newest first. search: one to three words or more, each a prefix of a name, e-mail, phone (any spacing or prefix form),
   * number or code, in any order; "129,90 2026-11-02" finds by amount and date; what is one code whole, in groups or not,
   * finds as lookup_code, and a GTIN as orders_holding. */
  RetourOrder *(*find_order) (RetourStore *self, const char *id_or_number, GError **error);
  GPtrArray *(*lookup_code) (RetourStore *self, const char *code, GError **error);
  GPtrArray *(*orders_holding) (RetourStore *self, const char *gtin14, guint limit, GError **error);
  GPtrArray *(*search_orders) (RetourStore *self, const char *query, guint limit, GError **error);
  /* An order that the OMS was asked for joins the cache. (write) */
  gboolean (*keep_order) (RetourStore *self, const RetourOrder *order, const char *text, GError **error);
  /* line id -> gint64 *: units of an order in local returns that the OMS has not acknowledged. The caller's. */
  GHashTable *(*units_held) (RetourStore *self, const char *order_id, GError **error);

  /* Catalogue and stock; NULL without error: not known. Figures: GPtrArray of RetourStockFigure. */
  RetourProduct *(*find_product) (RetourStore *self, const char *gtin14_or_sku, GError **error);
  GPtrArray *(*product_variants) (RetourStore *self, const char *product, GError **error); /* RetourProduct */
  GPtrArray *(*stock) (RetourStore *self, const char *sku, GError **error);
  /* Other products of a category than `except_product` (NULL: none) of which the figures know some, most first: one
   * RetourProduct each, the article there is most of. */
  GPtrArray *(*similar_products) (
      RetourStore *self, const char *category, const char *except_product, guint limit, GError **error);

  /* Drafts. list_drafts: RetourDraftSummary, newest first. */
  gboolean (*save_draft) (RetourStore *self, const RetourDraft *draft, GError **error); /* (write) */
  gboolean (*drop_draft) (RetourStore *self, const char *id, GError **error);           /* (write) */
  RetourDraft *(*find_draft) (RetourStore *self, const char *id, GError **error);
  GPtrArray *(*list_drafts) (RetourStore *self, GError **error);

  /* Returns. next_return_counter only looks; record_return takes the number: return, outbox rows, audit row and the end of
   * the draft in one transaction; RETOUR_STORE_ERROR_CONFLICT when the id was recorded (or counter used) already.
   * `operations` are RetourOperation; `audit` is chained by the store. (write) */
  gboolean (*next_return_counter) (RetourStore *self, guint64 *counter, GError **error);
  gboolean (*record_return) (RetourStore *self,
                             const RetourReturn *ret,
                             guint64 counter,
                             GPtrArray *operations,
                             const RetourAuditRecord *audit,
                             GError **error);
  /* Runs `body` with all that it writes in one transaction: of a body that gives FALSE nothing stays. (write) */
  gboolean (*together) (RetourStore *self, RetourStoreBody body, gpointer user_data, GError **error);
  RetourReturn *(*find_return) (RetourStore *self, const char *id_or_number, GError **error);
  GPtrArray *(*list_returns) (RetourStore *self, const RetourReturnFilter *filter, GError **error); /* RetourReturn */
  GPtrArray *(*returns_of_order) (RetourStore *self, const char *order_id, GError **error);         /* RetourReturn */
  GPtrArray *(*returns_of_visit) (RetourStore *self, const char *visit, GError **error); /* RetourReturn, as recorded */
  /* The order as a return was quoted for, an order document without contact data; NULL without error: none was kept. */
  char *(*evidence) (RetourStore *self, const char *return_id, GError **error);
  RetourDayTotals *(*day_totals) (RetourStore *self, RetourInstant from, RetourInstant to, GError **error);
  /* Provisional refunds promised since `from`, minor units of `currency`. */
  gboolean (*promised_since) (
      RetourStore *self, RetourInstant from, const char *currency, gint64 *amount, GError **error);
  /* A later fact of a return: goods state, with its operation and audit row in one transaction. (write) */
  gboolean (*move_return) (RetourStore *self,
                           const char *id,
                           RetourGoodsState goods,
                           RetourRefundState refund,
                           RetourOperation *operation,
                           const RetourAuditRecord *audit,
                           GError **error);
  /* Each print of a proof, so that the next says DUPLICATA n: *copies gets how many came before. It is remembered before it
   * leaves; state "not_printed" takes the last one back, when nothing of it can have come out. (write) */
  gboolean (*record_print) (RetourStore *self, const char *return_id, const char *state, guint *copies, GError **error);
  gboolean (*count_prints) (RetourStore *self, const char *return_id, guint *copies, GError **error);

  /* The outbox. claim: due operations, oldest first, never one whose order has an earlier unanswered or quarantined one;
   * RetourOperation. settle: what the OMS answered, with the return's axes, in one transaction. postpone: not before
   * `next_at`. (write) */
  GPtrArray *(*claim_operations) (RetourStore *self, RetourInstant now, guint limit, GError **error);
  gboolean (*settle_operation) (RetourStore *self, const RetourAnswer *answer, RetourInstant now, GError **error);
  gboolean (*postpone_operation) (
      RetourStore *self, const char *op, RetourInstant next_at, const char *why, GError **error);
  GPtrArray *(*list_operations) (RetourStore *self, GError **error); /* all unanswered or quarantined */
  /* An operation of no return joins the outbox. (write) */
  gboolean (*queue_operation) (RetourStore *self, const RetourOperation *operation, GError **error);
  /* A person mended what put it aside: it waits again. (write) */
  gboolean (*requeue_operation) (RetourStore *self, const char *op, GError **error);
  /* The OMS keeps another book than the one noted: what it accepted of late waits again, under its own ids, and the epoch is
   * noted, in one transaction. The first epoch ever, and the one noted, change nothing else. (write) */
  gboolean (*re_offer_operations) (RetourStore *self, const char *epoch, RetourInstant now, GError **error);
  /* The greatest id of an operation or a draft, for the maker of ids to go on after; NULL without error: none yet. */
  char *(*newest_id) (RetourStore *self, GError **error);
  gboolean (*sync_status) (RetourStore *self, RetourSyncStatus *status, GError **error);
  /* Returns that need a person, the oldest first; `closed`: those that a person decided on, the latest first; RetourCase. */
  GPtrArray *(*list_cases) (RetourStore *self, gboolean closed, guint limit, GError **error);
  /* Keeps a decision; all but "send_again" and "reopen" close the case: later operations of its order may go. (write) */
  gboolean (*decide_case) (RetourStore *self, const RetourCaseDecision *decision, GError **error);
  /* Remembers what a successful exchange taught. (write) */
  gboolean (*note_exchange) (
      RetourStore *self, gboolean pulled, gboolean pushed, RetourInstant at, gint64 clock_offset, GError **error);

  /* Approvals asked of another terminal (`own`), and those of other terminals that were decided here. open_requests: own ones
   * that wait, RetourApprovalRequest, oldest first. (write) for save. */
  gboolean (*save_request) (RetourStore *self, const RetourApprovalRequest *request, gboolean own, GError **error);
  RetourApprovalRequest *(*find_request) (RetourStore *self, const char *id, GError **error);
  GPtrArray *(*open_requests) (RetourStore *self, GError **error);

  /* The feed. cursor: NULL before the first pull. apply_page: in one transaction with its cursor, unless `storage` slices
   * it (RetourStorage.apply). start_again: forget the cache for a new snapshot, the outbox untouched. (write) */
  char *(*cursor) (RetourStore *self, GError **error);
  gboolean (*start_again) (RetourStore *self, GError **error);

  /* Staff, policy, proof keys. */
  GPtrArray *(*list_staff) (RetourStore *self, GError **error); /* RetourStaff, active, by name */
  RetourStaff *(*find_staff) (RetourStore *self, const char *id_or_badge, GError **error);
  /* Counts a try before it is checked, durably: a power cut gives no free guess. *tries: in a row, this one included; *since:
   * the wall time of the last one before, NONE for none. (write) */
  gboolean (*count_pin_try) (
      RetourStore *self, const char *staff, RetourInstant now, guint *tries, RetourInstant *since, GError **error);
  gboolean (*clear_pin_tries) (RetourStore *self, const char *staff, GError **error); /* (write) */
  gboolean (*pin_tries) (RetourStore *self, const char *staff, guint *tries, RetourInstant *since, GError **error);
  char *(*policy_text) (RetourStore *self, GError **error);     /* NULL without error: none yet */
  GPtrArray *(*proof_keys) (RetourStore *self, GError **error); /* RetourProofKey */

  /* The journal. (write) for append. */
  gboolean (*append_audit) (RetourStore *self, const RetourAuditRecord *record, GError **error);
  GPtrArray *(*list_audit) (RetourStore *self,
                            const char *subject,
                            guint limit,
                            GError **error); /* RetourAuditRecord */
  /* Those after the record numbered `seq` (0: from the first), oldest first. */
  GPtrArray *(*list_audit_after) (RetourStore *self, guint64 seq, guint limit, GError **error);
  /* What the OMS countersigned of it, oldest first. */
  GPtrArray *(*list_seals) (RetourStore *self, GError **error); /* RetourSeal */

  /* Settings and identity. A setting is a text under a name; NULL without error: not set. (write) for set. */
  char *(*setting) (RetourStore *self, const char *name, GError **error);
  gboolean (*set_setting) (RetourStore *self, const char *name, const char *value, GError **error);
  RetourIdentity *(*identity) (RetourStore *self, GError **error); /* NULL without error: not enrolled */
  gboolean (*set_identity) (RetourStore *self, const RetourIdentity *identity, GError **error);
};

/* A job runs on the storage's thread; its reply runs on the main context that was the thread default when the job was
 * handed in, exactly once, and owns `user_data` again. The result is passed through as the job returned it: a job that
 * fails returns NULL with an error, or both NULL for "nothing". */
typedef gpointer (*RetourStoreJob) (RetourStore *store, gpointer user_data, GError **error);
typedef void (*RetourStoreReply) (gpointer result, const GError *error, gpointer user_data);

typedef struct
{
  void (*write) (gpointer self, RetourStoreJob job, RetourStoreReply reply, gpointer user_data);
  void (*read) (gpointer self, RetourStoreJob job, RetourStoreReply reply, gpointer user_data);
  /* Takes the page. Applied in small slices between which clerks' jobs run; the reply's result is not NULL when the page
   * and its cursor are durable. */
  void (*apply) (gpointer self, RetourChangePage *page, RetourStoreReply reply, gpointer user_data);
  gpointer self;
} RetourStorage;

G_END_DECLS
