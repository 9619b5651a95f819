/* SPDX-License-Identifier: Apache-2.0 */
/* The policy as a value, with its look-ups. */
#include "policy.h"

#include <string.h>

static void
exclusion_free (RetourExclusion *exclusion)
{
  g_free (exclusion->id);
  g_free (exclusion->flag);
  g_free (exclusion->category);
  g_strfreev (exclusion->unless_condition);
  retour_mode_clear (&exclusion->mode);
  g_free (exclusion);
}

static void
condition_free (RetourCondition *condition)
{
  g_free (condition->code);
  g_free (condition->grade);
  retour_mode_clear (&condition->mode);
  retour_words_clear (&condition->title);
  g_free (condition);
}

static void
reason_free (RetourReason *reason)
{
  g_free (reason->code);
  g_free (reason->fault);
  retour_words_clear (&reason->title);
  g_free (reason);
}

static void
approval_rule_free (RetourApprovalRule *rule)
{
  g_free (rule->id);
  retour_mode_clear (&rule->mode);
  g_free (rule);
}

const char *
retour_decision_code (RetourDecision decision)
{
  switch (decision)
    {
    case RETOUR_DECISION_ACCEPT:
      return "accept";
    case RETOUR_DECISION_ACCEPT_IF_APPROVED:
      return "accept_if_approved";
    case RETOUR_DECISION_REFUSE_UNLESS_APPROVED:
      return "refuse_unless_approved";
    case RETOUR_DECISION_REFUSE:
      return "refuse";
    }
  return "refuse";
}

RetourMode
retour_mode_parse (const char *written)
{
  static const struct
  {
    const char *name;
    RetourDecision decision;
  } modes[] = {
    { "allow", RETOUR_DECISION_ACCEPT },
    { "authorise", RETOUR_DECISION_ACCEPT_IF_APPROVED },
    { "override", RETOUR_DECISION_REFUSE_UNLESS_APPROVED },
    { "forbid", RETOUR_DECISION_REFUSE },
  };

  if (written == NULL)
    return (RetourMode){ .present = FALSE };
  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    if (strcmp (modes[i].name, written) == 0)
      return (RetourMode){ .present = TRUE, .decision = modes[i].decision, .written = g_strdup (written) };
  return (RetourMode){
    .present = TRUE,
    .unknown = TRUE,
    .decision = RETOUR_DECISION_ACCEPT_IF_APPROVED,
    .written = g_strdup (written),
  };
}

void
retour_mode_clear (RetourMode *mode)
{
  g_clear_pointer (&mode->written, g_free);
  mode->present = FALSE;
}

RetourExclusion *
retour_exclusion_new (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  RetourExclusion *exclusion = g_new0 (RetourExclusion, 1);
  exclusion->id = g_strdup (id);
  exclusion->unless_condition = g_new0 (char *, 1);
  return exclusion;
}

RetourCondition *
retour_condition_new (const char *code)
{
  g_return_val_if_fail (code != NULL, NULL);

  RetourCondition *condition = g_new0 (RetourCondition, 1);
  condition->code = g_strdup (code);
  condition->percent = 100;
  return condition;
}

RetourReason *
retour_reason_new (const char *code)
{
  g_return_val_if_fail (code != NULL, NULL);

  RetourReason *reason = g_new0 (RetourReason, 1);
  reason->code = g_strdup (code);
  return reason;
}

RetourApprovalRule *
retour_approval_rule_new (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  RetourApprovalRule *rule = g_new0 (RetourApprovalRule, 1);
  rule->id = g_strdup (id);
  return rule;
}

RetourPolicy *
retour_policy_new (void)
{
  RetourPolicy *policy = g_new0 (RetourPolicy, 1);
  policy->version = g_strdup ("");
  policy->time_zone = g_strdup ("UTC");
  policy->window.by_category = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  policy->window.by_tier = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  policy->window.seasonal = g_ptr_array_new_with_free_func (g_free);
  policy->exclusions = g_ptr_array_new_with_free_func ((GDestroyNotify) exclusion_free);
  policy->conditions = g_ptr_array_new_with_free_func ((GDestroyNotify) condition_free);
  policy->reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) reason_free);
  policy->fees = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  policy->tenders.order = g_new0 (char *, 1);
  policy->tenders.fallback = g_strdup ("store_credit");
  policy->approvals = g_ptr_array_new_with_free_func ((GDestroyNotify) approval_rule_free);
  policy->holidays = g_array_new (FALSE, FALSE, sizeof (RetourDay));
  policy->kiosk.methods = g_new0 (char *, 1);
  policy->codes = retour_scan_shapes_new ();
  return policy;
}

void
retour_policy_free (RetourPolicy *policy)
{
  if (policy == NULL)
    return;
  g_free (policy->version);
  g_free (policy->time_zone);
  g_free (policy->window.from_written);
  g_hash_table_unref (policy->window.by_category);
  g_hash_table_unref (policy->window.by_tier);
  g_ptr_array_unref (policy->window.seasonal);
  g_ptr_array_unref (policy->exclusions);
  g_ptr_array_unref (policy->conditions);
  g_ptr_array_unref (policy->reasons);
  g_hash_table_unref (policy->fees);
  g_free (policy->waive_for_fault);
  g_strfreev (policy->tenders.order);
  g_free (policy->tenders.fallback);
  retour_mode_clear (&policy->exchange.mode);
  g_ptr_array_unref (policy->approvals);
  g_array_unref (policy->holidays);
  g_strfreev (policy->kiosk.methods);
  retour_scan_shapes_free (policy->codes);
  g_free (policy);
}

const RetourCondition *
retour_policy_find_condition (const RetourPolicy *policy, const char *code)
{
  g_return_val_if_fail (policy != NULL, NULL);

  for (guint i = 0; i < policy->conditions->len; i++)
    {
      const RetourCondition *condition = policy->conditions->pdata[i];
      if (g_strcmp0 (condition->code, code) == 0)
        return condition;
    }
  return NULL;
}

const RetourReason *
retour_policy_find_reason (const RetourPolicy *policy, const char *code)
{
  g_return_val_if_fail (policy != NULL, NULL);

  for (guint i = 0; i < policy->reasons->len; i++)
    {
      const RetourReason *reason = policy->reasons->pdata[i];
      if (g_strcmp0 (reason->code, code) == 0)
        return reason;
    }
  return NULL;
}

gint64
retour_policy_fee (const RetourPolicy *policy, const char *method)
{
  g_return_val_if_fail (policy != NULL, 0);

  const gint64 *fee = method != NULL ? g_hash_table_lookup (policy->fees, method) : NULL;
  return fee != NULL ? *fee : 0;
}
