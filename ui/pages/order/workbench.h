/* SPDX-License-Identifier: Apache-2.0 */
/* The return being built on the desk. Every gesture of the order page, the item sheet and the approval sheet goes through
 * here: the earlier state is remembered, the draft changed, quoted again and saved. Main thread. */
#pragma once

#include "navigation.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_WORKBENCH (retour_workbench_get_type ())
G_DECLARE_FINAL_TYPE (RetourWorkbench, retour_workbench, RETOUR, WORKBENCH, GObject)

/* Signals: "changed", the draft or what it comes to; "save-failed" (const char *message), the last gesture is only in
 * memory; "saved", it is on disk; "finished", recorded, and the proof is shown. */

/* What stands between the draft and a recorded return. */
typedef enum
{
  RETOUR_WORKBENCH_EMPTY,
  RETOUR_WORKBENCH_INCOMPLETE, /* a reason, a condition or a note is missing */
  RETOUR_WORKBENCH_REFUSED,    /* a rule that nobody may override */
  RETOUR_WORKBENCH_APPROVAL,   /* a manager is needed */
  RETOUR_WORKBENCH_BROKEN,     /* it cannot be computed */
  RETOUR_WORKBENCH_READY,
  RETOUR_WORKBENCH_BUSY, /* being recorded */
  RETOUR_WORKBENCH_DONE,
} RetourWorkbenchState;

/* Takes the workspace, borrows the navigation. */
RetourWorkbench *retour_workbench_new (RetourNavigation *navigation, RetourWorkspace *workspace);

RetourNavigation *retour_workbench_get_navigation (RetourWorkbench *self);
const RetourWorkspace *retour_workbench_get_workspace (RetourWorkbench *self);
const RetourDraft *retour_workbench_get_draft (RetourWorkbench *self);
/* Borrowed until the next change; NULL when the draft cannot be computed. */
const RetourQuote *retour_workbench_get_quote (RetourWorkbench *self);
RetourWorkbenchState retour_workbench_get_state (RetourWorkbench *self);
/* Why it is not ready, one sentence in the screen's language; the caller's, NULL when it is. */
char *retour_workbench_explain_state (RetourWorkbench *self);
/* A gift for its recipient: no price anywhere. */
gboolean retour_workbench_hides_prices (RetourWorkbench *self);
/* "EUR". */
const char *retour_workbench_get_currency (RetourWorkbench *self);

/* Of an entry of the draft. `title` is never NULL; both borrowed. */
const RetourOrderLine *retour_workbench_find_line (RetourWorkbench *self, const RetourDraftEntry *entry);
const char *retour_workbench_get_title (RetourWorkbench *self, const RetourDraftEntry *entry);
const char *retour_workbench_get_category (RetourWorkbench *self, const RetourDraftEntry *entry);
/* How many units the entry may have at most. */
gint64 retour_workbench_get_highest (RetourWorkbench *self, guint entry);
/* What the entry still lacks: a reason, a condition, or the note that an unsaleable item needs. */
gboolean retour_workbench_entry_is_complete (RetourWorkbench *self, const RetourDraftEntry *entry);
gboolean retour_workbench_entry_needs_note (RetourWorkbench *self, const RetourDraftEntry *entry);

/* Gestures. Adding gives the entry's index, or -1 when no unit is left. */
int retour_workbench_add_line (RetourWorkbench *self, const RetourOrderLine *line);
int retour_workbench_add_product (RetourWorkbench *self, const RetourProduct *product);
void retour_workbench_remove (RetourWorkbench *self, guint entry);
gboolean retour_workbench_set_quantity (RetourWorkbench *self, guint entry, gint64 quantity);
void retour_workbench_set_reason (RetourWorkbench *self, guint entry, const char *reason);
/* With the disposition that goes with it, in one gesture; NULL leaves that alone. */
void
retour_workbench_set_condition (RetourWorkbench *self, guint entry, const char *condition, const char *disposition);
void retour_workbench_set_disposition (RetourWorkbench *self, guint entry, const char *disposition);
void retour_workbench_set_note (RetourWorkbench *self, guint entry, const char *note);
/* Another article leaves for it; NULL: it is refunded after all. */
void retour_workbench_set_exchange (RetourWorkbench *self, guint entry, const RetourExchangedItem *item);
/* The giver of a gift comes back with it, or its recipient does. */
void retour_workbench_set_buyer (RetourWorkbench *self, gboolean buyer);

/* The last gesture is taken back; FALSE when there is none. `mark` tells a gesture of now from later ones: everything since
 * it is taken back. */
gboolean retour_workbench_undo (RetourWorkbench *self);
guint retour_workbench_mark (RetourWorkbench *self);
void retour_workbench_undo_to (RetourWorkbench *self, guint mark);

/* Computed again: the network came or went, time passed. */
void retour_workbench_requote (RetourWorkbench *self);
/* Puts it aside; an empty draft is forgotten. Returns TRUE when something was put aside. */
gboolean retour_workbench_park (RetourWorkbench *self);
/* Forgets the draft: nothing of it was recorded. */
void retour_workbench_discard (RetourWorkbench *self);
/* Records it, with all other orders of the visit or not at all; twice in a row is once. The proof follows by itself, a
 * failure is said. */
void retour_workbench_confirm (RetourWorkbench *self);

/* A manager's yes or no, for all that the quotes of the visit ask. The reply is on the main loop; `error` NULL: it counts. */
typedef void (*RetourWorkbenchReply) (const GError *error, gpointer user_data);
void retour_workbench_approve (RetourWorkbench *self,
                               const RetourStaff *approver,
                               gboolean approve,
                               const char *motive,
                               RetourWorkbenchReply reply,
                               gpointer user_data);
/* A manager elsewhere has approved the draft of that id, which is kept already; another draft is left alone. */
void retour_workbench_take_approvals (RetourWorkbench *self, const RetourDraft *approved);

G_END_DECLS
