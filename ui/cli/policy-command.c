/* SPDX-License-Identifier: Apache-2.0 */
/* retourctl policy check: what is wrong with a policy document, and where, before it reaches a store. */
#include "command.h"

#include "policy-replay.h"

#include <string.h>

typedef struct
{
  RetourCommandContext *context;
  json_object *findings;
  guint count;
} PolicyCheck;

static void G_GNUC_PRINTF (3, 4) find (PolicyCheck *check, const char *member, const char *format, ...)
{
  json_object *object = json_object_new_object ();
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  retour_json_add_text (object, "member", member);
  retour_json_add_text (object, "text", text);
  json_object_array_add (check->findings, object);
  if (!check->context->json)
    g_string_append_printf (check->context->out, "%s: %s\n", member, text);
  check->count++;
}

static void
check_mode (PolicyCheck *check, const char *list, guint index, const RetourMode *mode)
{
  g_autofree char *member = g_strdup_printf ("%s[%u].mode", list, index);

  if (mode->unknown)
    find (check, member, "\"%s\" is none of allow, authorise, override, forbid: a manager will be asked",
          mode->written);
}

static void
check_window (PolicyCheck *check, const RetourPolicy *policy)
{
  if (!policy->has_window)
    find (check, "window", "absent: no return is ever too late");
  else if (policy->window.from == RETOUR_ANCHOR_UNKNOWN)
    find (check, "window.from", "\"%s\" is none of last_delivery, delivery, placed: a manager will be asked each time",
          policy->window.from_written);
  if (!policy->has_withdrawal)
    find (check, "withdrawal", "absent: the statutory right of withdrawal is never shown as open");
  for (guint i = 0; policy->has_window && i < policy->window.seasonal->len; i++)
    {
      const RetourSeason *season = g_ptr_array_index (policy->window.seasonal, i);
      g_autofree char *member = g_strdup_printf ("window.seasonal[%u]", i);

      if (season->placed_to < season->placed_from)
        find (check, member, "placed_to lies before placed_from: it never applies");
      else if (season->returnable_until < season->placed_to)
        find (check, member, "returnable_until lies before placed_to");
    }
}

static void
check_lists (PolicyCheck *check, const RetourPolicy *policy)
{
  static const char *const known[] = { "refund_over", "no_order", "staff_own_order", NULL };

  for (guint i = 0; i < policy->exclusions->len; i++)
    {
      const RetourExclusion *exclusion = g_ptr_array_index (policy->exclusions, i);
      g_autofree char *member = g_strdup_printf ("exclusions[%u]", i);

      if (exclusion->flag == NULL && exclusion->category == NULL)
        find (check, member, "\"%s\" has neither flag nor category: it asks a manager for every article",
              exclusion->id);
      for (guint j = 0; exclusion->unless_condition[j] != NULL; j++)
        if (retour_policy_find_condition (policy, exclusion->unless_condition[j]) == NULL)
          find (check, member, "unless_condition names \"%s\", which is no condition", exclusion->unless_condition[j]);
      check_mode (check, "exclusions", i, &exclusion->mode);
    }
  for (guint i = 0; i < policy->conditions->len; i++)
    check_mode (check, "conditions", i, &((const RetourCondition *) g_ptr_array_index (policy->conditions, i))->mode);
  for (guint i = 0; i < policy->approvals->len; i++)
    {
      const RetourApprovalRule *rule = g_ptr_array_index (policy->approvals, i);
      g_autofree char *member = g_strdup_printf ("approvals[%u].id", i);

      if (!g_strv_contains (known, rule->id))
        find (check, member, "\"%s\" is not a rule this version knows: a manager is asked for every return", rule->id);
      else if (g_str_equal (rule->id, "refund_over") && !rule->has_amount)
        find (check, member, "refund_over without an amount never fires");
      check_mode (check, "approvals", i, &rule->mode);
    }
  if (policy->conditions->len == 0)
    find (check, "conditions", "none: every return will ask a manager");
  if (policy->reasons->len == 0)
    find (check, "reasons", "none: every return will ask a manager");
  if (policy->exchange.present && policy->exchange.mode.unknown)
    find (check, "exchange.mode", "\"%s\" is not a mode: a manager will be asked", policy->exchange.mode.written);
}

static RetourExit
check_policy (RetourCommandContext *context, const RetourPolicy *policy)
{
  PolicyCheck check = { context, NULL, 0 };
  g_autoptr (json_object) object = NULL;
  g_autoptr (GTimeZone) zone = retour_time_zone_new (policy->time_zone);

  check.findings = json_object_new_array ();
  if (zone == NULL)
    find (&check, "time_zone", "\"%s\" is not a time zone this machine knows", policy->time_zone);
  check_window (&check, policy);
  check_lists (&check, policy);
  object = json_object_new_object ();
  retour_json_add_text (object, "version", policy->version);
  json_object_object_add (object, "findings", check.findings);
  if (context->json)
    retour_command_print_json (context, object);
  else if (check.count == 0)
    g_string_append_printf (context->out, "%s: nothing to say\n", policy->version);
  return RETOUR_EXIT_DONE;
}

RetourExit
retour_run_policy (RetourCommandContext *context, int argc, char **argv)
{
  g_autofree char *since = NULL, *text = NULL;
  g_autoptr (RetourPolicy) policy = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  RetourExit status;
  const GOptionEntry entries[] = {
    { "since", 's', 0, G_OPTION_ARG_STRING, &since, "replay: from that day on", "DATE" },
    { NULL },
  };

  if (!retour_command_parse (
          context, retour_command_find ("policy"), entries, &argc, &argv,
          "  check FILE    a malformed document is an error that names the member (exit status 2); what is\n"
          "                well-formed but will surprise is listed\n"
          "  replay FILE   the returns recorded here --since DATE, quoted again under that policy: what\n"
          "                would differ in money, refusals and approvals",
          &status))
    return status;
  if (argc != 3 || !(g_str_equal (argv[1], "check") || g_str_equal (argv[1], "replay")))
    return retour_command_misused (context, "policy: expected check or replay, and a file");
  text = retour_command_read_file (context, argv[2], RETOUR_FILE_MAX, &length, &error);
  if (text == NULL)
    return retour_command_fail (context, "policy", error);
  policy = context->documents->read_policy (text, (gssize) length, &error);
  if (policy == NULL)
    return retour_command_misused (context, "policy: %s", error->message);
  if (g_str_equal (argv[1], "check"))
    return check_policy (context, policy);
  if (since == NULL)
    return retour_command_misused (context, "policy: replay: expected --since DATE");
  return retour_policy_replay (context, policy, since);
}
