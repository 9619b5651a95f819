/* SPDX-License-Identifier: Apache-2.0 */
/* A recorded return that needs a person. */
#include "case.h"

#include "desk.h"

#include <string.h>

static const char *const choice_codes[RETOUR_N_CASE_CHOICES] = {
  "send_again", "other_order", "keep_theirs", "head_office", "close", "reopen",
};

/* Rows: kinds; columns: SEND_AGAIN, OTHER_ORDER, KEEP_THEIRS, HEAD_OFFICE, CLOSE, REOPEN. What failed at the bank was
 * accepted by the OMS: there is nothing to send again. */
static const gboolean allowed[RETOUR_N_CASE_KINDS][RETOUR_N_CASE_CHOICES] = {
  [RETOUR_CASE_TAKEN] = { TRUE, TRUE, TRUE, TRUE, TRUE, FALSE },
  [RETOUR_CASE_REFUSED] = { TRUE, TRUE, FALSE, TRUE, TRUE, FALSE },
  [RETOUR_CASE_UNSUPPORTED] = { TRUE, FALSE, FALSE, TRUE, TRUE, FALSE },
  [RETOUR_CASE_REFUND_FAILED] = { FALSE, FALSE, FALSE, TRUE, TRUE, FALSE },
};

RetourCase *
retour_case_copy (const RetourCase *self)
{
  RetourCase *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_memdup2 (self, sizeof *self);
  copy->ret = retour_return_copy (self->ret);
  copy->op = g_strdup (self->op);
  copy->problem = g_strdup (self->problem);
  copy->winner_number = g_strdup (self->winner_number);
  copy->winner_store = g_strdup (self->winner_store);
  copy->winner_terminal = g_strdup (self->winner_terminal);
  copy->motive = g_strdup (self->motive);
  copy->staff = g_strdup (self->staff);
  return copy;
}

void
retour_case_free (RetourCase *self)
{
  if (self == NULL)
    return;
  retour_return_free (self->ret);
  g_free (self->op);
  g_free (self->problem);
  g_free (self->winner_number);
  g_free (self->winner_store);
  g_free (self->winner_terminal);
  g_free (self->motive);
  g_free (self->staff);
  g_free (self);
}

const char *
retour_case_choice_code (RetourCaseChoice choice)
{
  g_return_val_if_fail ((guint) choice < RETOUR_N_CASE_CHOICES, choice_codes[RETOUR_CHOICE_CLOSE]);
  return choice_codes[choice];
}

gboolean
retour_case_choice_parse (const char *code, RetourCaseChoice *choice)
{
  for (guint i = 0; i < RETOUR_N_CASE_CHOICES; i++)
    if (g_strcmp0 (code, choice_codes[i]) == 0)
      {
        *choice = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
retour_case_kind_allows (RetourCaseKind kind, RetourCaseChoice choice)
{
  g_return_val_if_fail ((guint) kind < RETOUR_N_CASE_KINDS && (guint) choice < RETOUR_N_CASE_CHOICES, FALSE);
  return allowed[kind][choice];
}

RetourCaseChoice
retour_case_kind_suggests (RetourCaseKind kind)
{
  switch (kind)
    {
    case RETOUR_CASE_TAKEN:
      return RETOUR_CHOICE_KEEP_THEIRS;
    case RETOUR_CASE_REFUSED:
      return RETOUR_CHOICE_SEND_AGAIN;
    case RETOUR_CASE_UNSUPPORTED:
    case RETOUR_CASE_REFUND_FAILED:
      return RETOUR_CHOICE_HEAD_OFFICE;
    }
  g_return_val_if_reached (RETOUR_CHOICE_HEAD_OFFICE);
}

gboolean
retour_case_choice_needs_manager (RetourCaseChoice choice)
{
  return choice == RETOUR_CHOICE_CLOSE;
}

gboolean
retour_case_choice_needs_motive (RetourCaseChoice choice)
{
  return choice == RETOUR_CHOICE_CLOSE;
}

gboolean
retour_case_reopenable (const RetourCase *self, RetourInstant now)
{
  g_return_val_if_fail (self != NULL, FALSE);
  /* A clock that was set back must not make a choice final. */
  return self->closed && now - self->decided_at < RETOUR_CASE_REOPEN_PERIOD;
}

static gboolean
has_words (const char *text)
{
  return text != NULL && text[strspn (text, " \t\n")] != '\0';
}

static gboolean
may_choose (const RetourCase *self,
            RetourCaseChoice choice,
            const char *motive,
            const RetourStaff *staff,
            RetourInstant now,
            GError **error)
{
  if (choice == RETOUR_CHOICE_REOPEN)
    {
      if (retour_case_reopenable (self, now))
        return TRUE;
      g_set_error (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_TOO_LATE,
                   "The decision on %s can no longer be taken back", self->ret->number);
      return FALSE;
    }
  if (self->closed || !retour_case_kind_allows (self->kind, choice)
      || (choice == RETOUR_CHOICE_SEND_AGAIN && self->op == NULL))
    {
      g_set_error (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ALLOWED, "%s cannot be chosen for %s",
                   retour_case_choice_code (choice), self->ret->number);
      return FALSE;
    }
  if (retour_case_choice_needs_manager (choice) && staff->role != RETOUR_ROLE_MANAGER)
    {
      g_set_error (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ALLOWED, "%s is no manager", staff->id);
      return FALSE;
    }
  if (retour_case_choice_needs_motive (choice) && !has_words (motive))
    {
      g_set_error (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_INCOMPLETE, "Closing %s needs a motive",
                   self->ret->number);
      return FALSE;
    }
  return TRUE;
}

typedef struct
{
  const RetourCaseDecision *decision;
  const RetourAuditRecord *audit;
  const char *send_again; /* the operation, or NULL */
} Writing;

static gboolean
write_decision (RetourStore *store, gpointer user_data, GError **error)
{
  const Writing *writing = user_data;

  return (writing->send_again == NULL || store->requeue_operation (store, writing->send_again, error))
         && store->decide_case (store, writing->decision, error) && store->append_audit (store, writing->audit, error);
}

gboolean
retour_case_decide (RetourStore *store,
                    const RetourCase *self,
                    RetourCaseChoice choice,
                    const char *motive,
                    const RetourStaff *staff,
                    RetourInstant now,
                    GError **error)
{
  g_autoptr (RetourAuditRecord) audit = NULL;
  g_autofree char *kind = NULL;
  RetourCaseDecision decision = { 0 };
  Writing writing = { &decision, NULL, NULL };

  g_return_val_if_fail (store != NULL && self != NULL && staff != NULL, FALSE);
  if (!may_choose (self, choice, motive, staff, now, error))
    return FALSE;
  decision.return_id = self->ret->id;
  decision.choice = retour_case_choice_code (choice);
  decision.motive = has_words (motive) ? motive : NULL;
  decision.staff = staff->id;
  decision.at = now;
  kind = g_strdup_printf ("case.%s", decision.choice);
  audit = retour_audit_record_new (kind, staff->id, self->ret->id, now, decision.motive);
  writing.audit = audit;
  if (choice == RETOUR_CHOICE_SEND_AGAIN)
    writing.send_again = self->op;
  return store->together (store, write_decision, &writing, error);
}
