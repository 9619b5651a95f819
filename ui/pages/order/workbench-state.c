/* SPDX-License-Identifier: Apache-2.0 */
/* What stands on the workbench, and what it still lacks. */
#include "workbench-private.h"

#include "item-words.h"
#include "rule-words.h"
#include "words.h"

RetourNavigation *
retour_workbench_get_navigation (RetourWorkbench *self)
{
  return self->navigation;
}

const RetourWorkspace *
retour_workbench_get_workspace (RetourWorkbench *self)
{
  return self->workspace;
}

const RetourDraft *
retour_workbench_get_draft (RetourWorkbench *self)
{
  return self->workspace->draft;
}

const RetourQuote *
retour_workbench_get_quote (RetourWorkbench *self)
{
  return self->quote;
}

const RetourOrderLine *
retour_workbench_find_line (RetourWorkbench *self, const RetourDraftEntry *entry)
{
  return self->workspace->order != NULL ? retour_order_find_line (self->workspace->order, entry->line, NULL) : NULL;
}

const char *
retour_workbench_get_title (RetourWorkbench *self, const RetourDraftEntry *entry)
{
  const RetourOrderLine *line = retour_workbench_find_line (self, entry);

  return line != NULL && line->title != NULL ? line->title : entry->line;
}

const char *
retour_workbench_get_category (RetourWorkbench *self, const RetourDraftEntry *entry)
{
  const RetourOrderLine *line = retour_workbench_find_line (self, entry);

  return line != NULL ? line->category : g_hash_table_lookup (self->products, entry->line);
}

gint64
retour_workbench_get_highest (RetourWorkbench *self, guint entry)
{
  const RetourDraftEntry *found = retour_workbench_entry_at (self, entry);
  const RetourOrderLine *line = found != NULL ? retour_workbench_find_line (self, found) : NULL;
  gint64 others;

  if (found == NULL)
    return 1;
  others = retour_draft_line_units (self->workspace->draft, found->line) - found->quantity;
  return MAX (1, (line != NULL ? retour_workspace_returnable (self->workspace, line) : RETOUR_BLIND_UNITS) - others);
}

static gboolean
is_blank (const char *text)
{
  for (; text != NULL && *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

gboolean
retour_workbench_entry_needs_note (RetourWorkbench *self, const RetourDraftEntry *entry)
{
  return g_strcmp0 (retour_condition_grade (entry->condition, self->workspace->policy), "D") == 0
         && is_blank (entry->note);
}

gboolean
retour_workbench_entry_is_complete (RetourWorkbench *self, const RetourDraftEntry *entry)
{
  return entry->reason != NULL && entry->condition != NULL && !retour_workbench_entry_needs_note (self, entry);
}

gboolean
retour_workbench_hides_prices (RetourWorkbench *self)
{
  const RetourOrder *order = self->workspace->order;

  return order != NULL && order->gift && g_strcmp0 (self->workspace->draft->by, "buyer") != 0;
}

const char *
retour_workbench_get_currency (RetourWorkbench *self)
{
  return self->workspace->order != NULL ? self->workspace->order->currency : self->workspace->policy->currency;
}

static gboolean
is_complete (RetourWorkbench *self)
{
  const RetourDraft *draft = self->workspace->draft;

  for (guint i = 0; i < draft->entries->len; i++)
    if (!retour_workbench_entry_is_complete (self, draft->entries->pdata[i]))
      return FALSE;
  return TRUE;
}

RetourWorkbenchState
retour_workbench_get_state (RetourWorkbench *self)
{
  if (self->done)
    return RETOUR_WORKBENCH_DONE;
  if (self->busy)
    return RETOUR_WORKBENCH_BUSY;
  if (self->workspace->draft->entries->len == 0)
    return RETOUR_WORKBENCH_EMPTY;
  if (self->quote == NULL)
    return RETOUR_WORKBENCH_BROKEN;
  if (self->quote->decision == RETOUR_DECISION_REFUSE)
    return RETOUR_WORKBENCH_REFUSED;
  if (!is_complete (self))
    return RETOUR_WORKBENCH_INCOMPLETE;
  return self->quote->decision == RETOUR_DECISION_ACCEPT ? RETOUR_WORKBENCH_READY : RETOUR_WORKBENCH_APPROVAL;
}

/* The first rule that decided so, in words. */
static char *
explain_decision (RetourWorkbench *self, RetourDecision decision)
{
  RetourLanguage language = retour_navigation_get_language (self->navigation);

  for (guint i = 0; i <= self->quote->lines->len; i++)
    {
      const GPtrArray *rules =
          i < self->quote->lines->len ? ((RetourQuoteLine *) self->quote->lines->pdata[i])->rules : self->quote->rules;

      for (guint j = 0; j < rules->len; j++)
        {
          const RetourRuleResult *rule = rules->pdata[j];

          if (rule->decision == decision && !rule->approved)
            return g_strdup (retour_workbench_hides_prices (self) ? retour_rule_message_without_prices (language, rule)
                                                                  : retour_rule_message (language, rule));
        }
    }
  return NULL;
}

static char *
explain_incomplete (RetourWorkbench *self)
{
  const RetourDraft *draft = self->workspace->draft;

  for (guint i = 0; i < draft->entries->len; i++)
    {
      const RetourDraftEntry *entry = draft->entries->pdata[i];
      const char *title = retour_workbench_get_title (self, entry);

      if (entry->reason == NULL)
        return g_strdup_printf (_ ("%s: say why it comes back"), title);
      if (entry->condition == NULL)
        return g_strdup_printf (_ ("%s: say in what condition"), title);
      if (retour_workbench_entry_needs_note (self, entry))
        return g_strdup_printf (_ ("%s: without a photo, a note is needed"), title);
    }
  return NULL;
}

/* Whoever saw it approved is told why it is asked again. */
static char *
explain_approval (RetourWorkbench *self)
{
  g_autofree char *why = explain_decision (self, self->quote->decision);

  if (!self->voided || why == NULL)
    return g_steal_pointer (&why);
  return g_strdup_printf (_ ("Changed since it was approved. %s"), why);
}

char *
retour_workbench_explain_state (RetourWorkbench *self)
{
  switch (retour_workbench_get_state (self))
    {
    case RETOUR_WORKBENCH_EMPTY:
      return g_strdup (_ ("Scan or add an item"));
    case RETOUR_WORKBENCH_INCOMPLETE:
      return explain_incomplete (self);
    case RETOUR_WORKBENCH_REFUSED:
      return explain_decision (self, RETOUR_DECISION_REFUSE);
    case RETOUR_WORKBENCH_APPROVAL:
      return explain_approval (self);
    case RETOUR_WORKBENCH_BROKEN:
      return g_strdup_printf (_ ("The refund cannot be computed: %s"), self->problem->message);
    case RETOUR_WORKBENCH_BUSY:
      return g_strdup (_ ("Being recorded…"));
    case RETOUR_WORKBENCH_READY:
    case RETOUR_WORKBENCH_DONE:
      return NULL;
    }
  return NULL;
}
