/* SPDX-License-Identifier: Apache-2.0 */
/* A return being built: what the clerk has chosen so far (DOMAIN.md 3, "Draft in, quote out"), and how each gesture
 * changes it. Pure: saving it is the store's affair. */
#pragma once

#include "order.h"

G_BEGIN_DECLS

typedef struct
{
  char *sku, *product, *title, *variant, *gtin;
  gint64 unit_price;
  char *place, *place_name; /* where the customer takes it: "store:0215", "Lyon Part-Dieu"; NULL: not said */
} RetourExchangedItem;

typedef struct
{
  char *line; /* id of the order's line; on a blind return a name of our own; never NULL */
  gint64 quantity;
  char *reason, *condition; /* codes of the policy, NULL until chosen */
  char *disposition;        /* restock, transfer, resale, other…; NULL until chosen */
  char *serial, *gtin, *note;
  RetourExchangedItem *exchange; /* NULL: refunded */
} RetourDraftEntry;

typedef struct
{
  char *rule, *approver, *requester; /* rule and approver never NULL */
  char *motive;
  RetourInstant at;
  char *quote_hash; /* hex BLAKE2b-256 of the quote it was given for, NULL in documents from outside */
} RetourApproval;

typedef struct
{
  char *id; /* UUIDv7, minted when the draft opens and kept for ever; NULL in a document from outside */
  char *order_id, *order_number; /* NULL: blind */
  char *method;                  /* desk, kiosk, mailbox… */
  char *staff, *staff_email, *staff_customer;
  char *by; /* "buyer" when the giver returns a gift, or NULL */
  RetourInstant opened_at, changed_at;
  gboolean parked;
  char *visit;        /* id of the visit's first draft when the customer brought several orders; NULL: this one alone */
  GPtrArray *entries; /* RetourDraftEntry */
  GPtrArray *approvals; /* RetourApproval */
} RetourDraft;

RetourDraft *retour_draft_new (const char *method);
RetourDraft *retour_draft_copy (const RetourDraft *draft);
void retour_draft_free (RetourDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourDraft, retour_draft_free)

RetourDraftEntry *retour_draft_entry_new (const char *line, gint64 quantity);
RetourDraftEntry *retour_draft_entry_copy (const RetourDraftEntry *entry);
void retour_draft_entry_free (RetourDraftEntry *entry);
RetourExchangedItem *retour_exchanged_item_copy (const RetourExchangedItem *item);
void retour_exchanged_item_free (RetourExchangedItem *item);
RetourApproval *retour_approval_new (const char *rule, const char *approver, const char *motive);
RetourApproval *retour_approval_copy (const RetourApproval *approval);
void retour_approval_free (RetourApproval *approval);

/* All units of all entries; those of one line. */
gint64 retour_draft_units (const RetourDraft *draft);
gint64 retour_draft_line_units (const RetourDraft *draft, const char *line);

/* Makes RetourDraft one visit, under the first one's id; one alone is none. */
void retour_draft_name_visit (const GPtrArray *drafts);

/* Every entry has a reason and a condition, and there is one at least. */
gboolean retour_draft_is_complete (const RetourDraft *draft);

/* Adds one unit of a line: to the entry of that line that has no reason yet, else to a new entry. Refused (FALSE) when
 * `returnable` units of the line are in the draft already. *entry, if not NULL, gets the index of the entry. */
gboolean retour_draft_add_unit (RetourDraft *draft, const char *line, gint64 returnable, guint *entry);
void retour_draft_remove_entry (RetourDraft *draft, guint entry);
/* 1 up to what the line still has beside the other entries; FALSE when out of that range. */
gboolean retour_draft_set_quantity (RetourDraft *draft, guint entry, gint64 quantity, gint64 returnable);
void retour_draft_set_reason (RetourDraft *draft, guint entry, const char *reason);
void retour_draft_set_condition (RetourDraft *draft, guint entry, const char *condition);
void retour_draft_set_disposition (RetourDraft *draft, guint entry, const char *disposition);
void retour_draft_set_note (RetourDraft *draft, guint entry, const char *note);
/* Copies `item`; NULL goes back to a refund. */
void retour_draft_set_exchange (RetourDraft *draft, guint entry, const RetourExchangedItem *item);

/* Up to 20 earlier states of a draft (UI.md 3, Undo). */
typedef struct _RetourDraftHistory RetourDraftHistory;
RetourDraftHistory *retour_draft_history_new (void);
void retour_draft_history_free (RetourDraftHistory *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourDraftHistory, retour_draft_history_free)
/* Remembers a copy of the draft before it is changed. */
void retour_draft_history_push (RetourDraftHistory *history, const RetourDraft *before);
/* The last remembered state, given to the caller; NULL when there is none. */
RetourDraft *retour_draft_history_pop (RetourDraftHistory *history);

G_END_DECLS
