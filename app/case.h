/* SPDX-License-Identifier: Apache-2.0 */
/* A recorded return that needs a person: another store was first, the OMS refused it, or its refund failed. It is never
 * dropped and never sent for ever: a person decides, and may take that back for a day (SYNC.md promises 2 and 4, UI.md 08). */
#pragma once

#include "return.h"
#include "staff.h"

G_BEGIN_DECLS

typedef enum
{
  RETOUR_CASE_TAKEN,         /* the OMS knows an earlier return of the same units: `winner` */
  RETOUR_CASE_REFUSED,       /* the OMS says why not: `problem` */
  RETOUR_CASE_UNSUPPORTED,   /* the OMS does not know such an operation */
  RETOUR_CASE_REFUND_FAILED, /* the return stands, its money came back */
} RetourCaseKind;
#define RETOUR_N_CASE_KINDS 4

typedef enum
{
  RETOUR_CHOICE_SEND_AGAIN,  /* the cause is mended: ask the OMS once more; the same operation, the same id */
  RETOUR_CHOICE_OTHER_ORDER, /* it belongs to another order and is recorded there: this one is closed */
  RETOUR_CHOICE_KEEP_THEIRS, /* the other return stands; what is here is put aside to be checked */
  RETOUR_CHOICE_HEAD_OFFICE, /* passed on, with both proofs */
  RETOUR_CHOICE_CLOSE,       /* a manager closes it with a motive */
  RETOUR_CHOICE_REOPEN,      /* takes the last choice back */
} RetourCaseChoice;
#define RETOUR_N_CASE_CHOICES 6

/* How long a choice can be taken back. */
#define RETOUR_CASE_REOPEN_PERIOD (24 * 3600 * RETOUR_SECOND)

typedef struct
{
  RetourReturn *ret;
  char *op; /* the operation put aside; NULL: none, only the refund failed */
  RetourCaseKind kind;
  char *problem; /* the cause in the OMS's words; NULL */
  RetourInstant answered_at;
  char *winner_number, *winner_store, *winner_terminal; /* TAKEN; each NULL when the OMS does not say */
  RetourInstant winner_at;

  gboolean closed;
  RetourCaseChoice choice; /* of the last decision, when closed */
  char *motive, *staff;
  RetourInstant decided_at;
} RetourCase;

RetourCase *retour_case_copy (const RetourCase *self);
void retour_case_free (RetourCase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourCase, retour_case_free)

/* What a person chose, to be written; borrows all. */
typedef struct
{
  const char *return_id, *choice, *motive, *staff;
  RetourInstant at;
} RetourCaseDecision;

/* Codes of the database and of the journal; appended to, never changed. */
const char *retour_case_choice_code (RetourCaseChoice choice);
gboolean retour_case_choice_parse (const char *code, RetourCaseChoice *choice) G_GNUC_WARN_UNUSED_RESULT;

/* The table of what may be chosen for an open case; REOPEN for none of them. */
gboolean retour_case_kind_allows (RetourCaseKind kind, RetourCaseChoice choice);
/* The one to suggest. */
RetourCaseChoice retour_case_kind_suggests (RetourCaseKind kind);
/* Only a manager may. */
gboolean retour_case_choice_needs_manager (RetourCaseChoice choice);
/* A text of the person's own is asked for. */
gboolean retour_case_choice_needs_motive (RetourCaseChoice choice);
/* Whether the last choice of a closed case can still be taken back. */
gboolean retour_case_reopenable (const RetourCase *self, RetourInstant now);

struct _RetourStore;

/* Writes the decision with its journal entry in one transaction; SEND_AGAIN lets the operation wait again, REOPEN makes the
 * case open. RETOUR_DESK_ERROR_NOT_ALLOWED: not this choice, or not this person; INCOMPLETE: no motive; TOO_LATE: past
 * RETOUR_CASE_REOPEN_PERIOD. (write) */
gboolean retour_case_decide (struct _RetourStore *store,
                             const RetourCase *self,
                             RetourCaseChoice choice,
                             const char *motive,
                             const RetourStaff *staff,
                             RetourInstant now,
                             GError **error);

G_END_DECLS
