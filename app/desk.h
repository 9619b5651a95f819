/* SPDX-License-Identifier: Apache-2.0 */
/* The clerk's use cases: from a scan to a recorded return with its proof. Each function that takes a RetourStore is meant to
 * run inside a job of RetourStorage (store.h); those marked (write) in a write job. The others are pure. */
#pragma once

#include "clock.h"
#include "ids.h"
#include "scan.h"
#include "store.h"

G_BEGIN_DECLS

typedef enum
{
  RETOUR_DESK_ERROR_INCOMPLETE,   /* an entry lacks its reason or condition, or there is no entry */
  RETOUR_DESK_ERROR_NOT_ACCEPTED, /* a rule refuses, or asks for an approval that is not there; the message names them */
  RETOUR_DESK_ERROR_NOT_ALLOWED,  /* this person may not: not a manager, or the requester */
  RETOUR_DESK_ERROR_TOO_LATE,     /* a return can no longer be cancelled */
  RETOUR_DESK_ERROR_NO_POLICY,    /* none was ever received */
} RetourDeskError;
#define RETOUR_DESK_ERROR (retour_desk_error_quark ())
GQuark retour_desk_error_quark (void);

/* How long a recorded return can be cancelled at the desk (UI.md 3). */
#define RETOUR_CANCEL_PERIOD (10 * 60 * RETOUR_SECOND)

/* What every use case needs. Made once by a main, read only afterwards; shared by threads. Holds copies of identity and key,
 * and borrows documents and clock. */
typedef struct _RetourDesk RetourDesk;

/* `proof_secret`: the terminal's Ed25519 secret key, 64 bytes, NULL on a terminal that signs no proofs (tests, tools).
 * `ids` is taken; it is used under a lock. */
RetourDesk *retour_desk_new (const RetourDocuments *documents,
                             const RetourClock *clock,
                             RetourIds *ids,
                             const RetourIdentity *identity,
                             const guint8 *proof_secret);
void retour_desk_free (RetourDesk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourDesk, retour_desk_free)

const RetourIdentity *retour_desk_get_identity (const RetourDesk *desk);
const RetourDocuments *retour_desk_get_documents (const RetourDesk *desk);
/* The terminal's clock corrected by what the store says of the offset. Any thread. */
RetourInstant retour_desk_now (const RetourDesk *desk);
/* As remembered: the wall clock may have been put right since. */
void retour_desk_set_clock_offset (RetourDesk *desk, gint64 offset);
/* As the OMS said just now: from here on the wall clock may be set as anybody likes, the desk's time goes on. */
void retour_desk_learn_clock_offset (RetourDesk *desk, gint64 offset);
gint64 retour_desk_get_clock_offset (const RetourDesk *desk);

/* The first instant of today in the store's time zone. */
RetourInstant retour_desk_start_of_day (const RetourDesk *desk);

/* The policy in force, parsed; RETOUR_DESK_ERROR_NO_POLICY when there is none. The caller's. */
RetourPolicy *retour_desk_load_policy (RetourDesk *desk, RetourStore *store, GError **error);

/* Whether units of an order could come back, and the limit of each is past today (DOMAIN.md 2). Pure. */
gboolean retour_desk_is_past_limit (const RetourDesk *desk, const RetourPolicy *policy, const RetourOrder *order);
/* Judges orders of a list: RetourOrderSummary whose `past_limit` is set. Reads those that may be past. */
gboolean retour_desk_mark_past_limit (
    const RetourDesk *desk, RetourStore *store, const RetourPolicy *policy, GPtrArray *summaries, GError **error);

/* What a scan leads to, once the cache was asked. */
typedef enum
{
  RETOUR_ROUTE_ORDER,   /* `orders` holds exactly one */
  RETOUR_ROUTE_CHOICE,  /* several orders hold it */
  RETOUR_ROUTE_PRODUCT, /* an article: of the return in progress first; `orders` those that hold it, may be empty */
  RETOUR_ROUTE_RETURN,  /* a recorded return: `ret` */
  RETOUR_ROUTE_STAFF,   /* `staff` */
  RETOUR_ROUTE_COMMAND, /* scan->command */
  RETOUR_ROUTE_ASK_OMS, /* recognised, not in the cache: scan->value is what to ask for */
  RETOUR_ROUTE_UNKNOWN,
} RetourRouteKind;

typedef struct
{
  RetourRouteKind kind;
  RetourScan *scan;  /* what was read */
  GPtrArray *orders; /* RetourOrderSummary, newest first; never NULL */
  RetourReturn *ret;
  RetourStaff *staff;
  RetourProduct *product; /* PRODUCT, when the catalogue knows it */
} RetourRoute;
void retour_route_free (RetourRoute *route);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourRoute, retour_route_free)

RetourRoute *retour_desk_route (RetourDesk *desk, RetourStore *store, const char *text, GError **error);

/* An order laid on the desk, with everything the screen shows of it. */
typedef struct
{
  RetourOrder *order; /* NULL: a return without order */
  RetourPolicy *policy;
  GHashTable *units_held; /* line id -> gint64 *, in unacknowledged local returns */
  GPtrArray *returns;     /* RetourReturn of this order known here, newest first */
  RetourDraft *draft;     /* the one in progress for this order, else a new one, not yet saved */
  gboolean resumed;       /* the draft was there already */
  gint64 promised_today;
} RetourWorkspace;
void retour_workspace_free (RetourWorkspace *workspace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourWorkspace, retour_workspace_free)

/* By order id or number; NULL: a return without order. RETOUR_STORE_ERROR_NOT_FOUND when the cache lacks it. */
RetourWorkspace *retour_desk_open_order (
    RetourDesk *desk, RetourStore *store, const char *id_or_number, const RetourStaff *staff, GError **error);
/* The same from a draft put aside. */
RetourWorkspace *retour_desk_open_draft (RetourDesk *desk, RetourStore *store, const char *draft, GError **error);

/* Whether the order is in the currency of the policy; another has no quote, and nothing of it can come back here. */
gboolean retour_workspace_has_currency (const RetourWorkspace *workspace);
/* Units of a line that can still be put into a draft: delivered - returned - held, never below 0. */
gint64 retour_workspace_returnable (const RetourWorkspace *workspace, const RetourOrderLine *line);
/* The line that a scanned article means: the one not yet full that holds the GTIN, the cheapest first (the customer's
 * favour is kept by the rules, the chain's by this choice); NULL: none does. `full` says that one holds it but no unit of
 * it is left. */
const RetourOrderLine *
retour_workspace_find_gtin (const RetourWorkspace *workspace, const char *gtin14, gboolean *full);

/* What the draft comes to, now. Approvals bound to another quote are dropped from the draft first. Pure, well under 1 ms. */
RetourQuote *retour_desk_quote (
    const RetourDesk *desk, const RetourWorkspace *workspace, RetourDraft *draft, gboolean offline, GError **error);

/* Each gesture is saved with this. Approvals that the draft had and has no more are journalled as voided. (write) */
gboolean retour_desk_save_draft (RetourDesk *desk, RetourStore *store, RetourDraft *draft, GError **error);
/* The draft without any entry is given up; its approvals are voided likewise. (write) */
gboolean retour_desk_drop_draft (RetourDesk *desk, RetourStore *store, const RetourDraft *draft, GError **error);

/* A manager approves what the quote asks for, all at once: RETOUR_DESK_ERROR_NOT_ALLOWED when `approver` is no manager or is
 * the requester, or when an override has no motive. On success the draft carries the approvals, bound to this quote, and the
 * journal says so; refusals are journalled too. (write) */
gboolean retour_desk_approve (RetourDesk *desk,
                              RetourStore *store,
                              const RetourWorkspace *workspace,
                              RetourDraft *draft,
                              const RetourQuote *quote,
                              const RetourStaff *approver,
                              gboolean approve,
                              const char *motive,
                              GError **error);

/* Somebody wants to decide a draft of `requester`, here or at another terminal, and may not: the journal says so, and why.
 * TRUE also when the person may, and nothing is journalled. (write) */
gboolean retour_desk_note_turned_away (RetourDesk *desk,
                                       RetourStore *store,
                                       const RetourStaff *staff,
                                       const char *requester,
                                       const char *draft,
                                       GError **error);

/* Records the return: quoted again from what the store knows now, numbered, signed, and written with its operation and
 * journal entry in one transaction. Nothing is printed or sent before this has succeeded. The same draft confirmed twice
 * gives the return already recorded. (write) */
RetourReturn *retour_desk_confirm (RetourDesk *desk,
                                   RetourStore *store,
                                   const RetourDraft *draft,
                                   const RetourStaff *staff,
                                   gboolean offline,
                                   GError **error);

/* Takes a recorded return back within RETOUR_CANCEL_PERIOD: a new fact, with its operation and journal entry. (write) */
RetourReturn *
retour_desk_cancel (RetourDesk *desk, RetourStore *store, const char *id, const RetourStaff *staff, GError **error);
/* Until when it can be; RETOUR_INSTANT_NONE when it cannot. */
RetourInstant retour_return_cancellable_until (const RetourReturn *self, RetourInstant now);

/* A visit: the customer brought several orders, each its own draft, return and refund, done with together. The drafts carry
 * one `visit`; everything below is written in one transaction, all of it or nothing. */

/* The other drafts of the draft's visit, each as the screen shows it (RetourWorkspace), in the order in which they were
 * opened; none for a draft alone. One whose order the cache has lost is left out; it stays on hold. */
GPtrArray *retour_desk_open_companions (RetourDesk *desk, RetourStore *store, const RetourDraft *draft, GError **error);
/* Leaves one RetourDraftSummary of each visit in a list, the first, which then counts the units and names the orders of all. */
void retour_desk_merge_visits (GPtrArray *drafts);
/* Makes RetourDraft one visit (retour_draft_name_visit) and saves those that hold something. (write) */
gboolean retour_desk_save_visit (RetourDesk *desk, RetourStore *store, const GPtrArray *drafts, GError **error);
/* retour_desk_approve for each draft whose quote asks for something: one decision of one manager, bound to each return. An
 * attempt that does not count for one counts for none, and is journalled. (write) */
gboolean retour_desk_approve_visit (RetourDesk *desk,
                                    RetourStore *store,
                                    const GPtrArray *drafts,
                                    const GPtrArray *quotes,
                                    const RetourStaff *approver,
                                    gboolean approve,
                                    const char *motive,
                                    GError **error);
/* `drafts` holds RetourDraft; the returns (RetourReturn, in that order, the caller's) carry one `visit`. (write) */
GPtrArray *retour_desk_confirm_visit (RetourDesk *desk,
                                      RetourStore *store,
                                      const GPtrArray *drafts,
                                      const RetourStaff *staff,
                                      gboolean offline,
                                      GError **error);
/* Takes back every return of the visit that is not yet: all of them, now (RetourReturn), or none. (write) */
GPtrArray *retour_desk_cancel_visit (
    RetourDesk *desk, RetourStore *store, const char *visit, const RetourStaff *staff, GError **error);

/* Signing in, step by step, so that the slow check runs on a thread of its own: `begin` counts the try before anything is
 * compared (a power cut gives no free guess) and says how long to wait instead, microseconds, 0 to go on; then
 * retour_pin_matches; then `end`, which journals the outcome. (write) */
gboolean retour_desk_begin_pin (
    RetourDesk *desk, RetourStore *store, const char *staff, gint64 *wait, guint *tries_left, GError **error);
gboolean retour_desk_end_pin (
    RetourDesk *desk, RetourStore *store, const char *staff, const char *draft, gboolean matched, GError **error);

/* What the first page shows. */
typedef struct
{
  RetourDayTotals *totals;
  GPtrArray *recent; /* RetourReturn, newest first, at most 6 */
  GPtrArray *drafts; /* RetourDraftSummary */
} RetourHome;
void retour_home_free (RetourHome *home);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourHome, retour_home_free)
RetourHome *retour_desk_load_home (RetourDesk *desk, RetourStore *store, GError **error);

G_END_DECLS
