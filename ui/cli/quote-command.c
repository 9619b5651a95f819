/* SPDX-License-Identifier: Apache-2.0 */
/* retourctl quote: what a draft comes to (DOMAIN.md 3). Needs no data directory and touches nothing. */
#include "command.h"

static RetourExit
exit_of (RetourDecision decision)
{
  switch (decision)
    {
    case RETOUR_DECISION_ACCEPT:
      return RETOUR_EXIT_DONE;
    case RETOUR_DECISION_ACCEPT_IF_APPROVED:
      return RETOUR_EXIT_APPROVAL;
    case RETOUR_DECISION_REFUSE_UNLESS_APPROVED:
    case RETOUR_DECISION_REFUSE:
      return RETOUR_EXIT_REFUSED;
    }
  g_assert_not_reached ();
}

RetourExit
retour_run_quote (RetourCommandContext *context, int argc, char **argv)
{
  g_autofree char *order_path = NULL, *policy_path = NULL, *draft_path = NULL, *at_text = NULL;
  g_autofree char *order_document = NULL, *policy_document = NULL, *draft_document = NULL, *printed = NULL;
  g_autoptr (RetourOrder) order = NULL;
  g_autoptr (RetourPolicy) policy = NULL;
  g_autoptr (RetourDraft) draft = NULL;
  g_autoptr (RetourQuote) quote = NULL;
  g_autoptr (GError) error = NULL;
  RetourQuoteContext at = { 0 };
  gsize length;
  RetourExit status;
  const GOptionEntry entries[] = {
    { "order", 'o', 0, G_OPTION_ARG_FILENAME, &order_path, "The order; without it the return is blind", "FILE" },
    { "policy", 'p', 0, G_OPTION_ARG_FILENAME, &policy_path, "The policy", "FILE" },
    { "draft", 'd', 0, G_OPTION_ARG_FILENAME, &draft_path, "What comes back", "FILE" },
    { "at", 'a', 0, G_OPTION_ARG_STRING, &at_text, "When, RFC 3339; default now", "TIME" },
    { "offline", 0, 0, G_OPTION_ARG_NONE, &at.offline, "The OMS cannot be asked", NULL },
    { NULL },
  };

  if (!retour_command_parse (
          context, retour_command_find ("quote"), entries, &argc, &argv,
          "Exit status: 0 accept, 10 accept_if_approved, 11 refuse_unless_approved or refuse, 2 a malformed "
          "document.",
          &status))
    return status;
  if (argc != 1 || policy_path == NULL || draft_path == NULL)
    return retour_command_misused (context, "quote: expected --policy FILE and --draft FILE, and no other argument");
  at.at = context->clock->wall (context->clock->self);
  if (at_text != NULL && !retour_instant_parse (at_text, &at.at))
    return retour_command_misused (context, "quote: --at: expected a time like 2027-02-03T10:00:00Z");

  if (order_path != NULL)
    {
      order_document = retour_command_read_file (context, order_path, &length, &error);
      if (order_document == NULL)
        return retour_command_misused (context, "order: %s", error->message);
      order = context->documents->read_order (order_document, (gssize) length, &error);
      if (order == NULL)
        return retour_command_misused (context, "order: %s", error->message);
    }
  policy_document = retour_command_read_file (context, policy_path, &length, &error);
  if (policy_document == NULL)
    return retour_command_misused (context, "policy: %s", error->message);
  policy = context->documents->read_policy (policy_document, (gssize) length, &error);
  if (policy == NULL)
    return retour_command_misused (context, "policy: %s", error->message);
  draft_document = retour_command_read_file (context, draft_path, &length, &error);
  if (draft_document == NULL)
    return retour_command_misused (context, "draft: %s", error->message);
  draft = context->documents->read_draft (draft_document, (gssize) length, &error);
  if (draft == NULL)
    return retour_command_misused (context, "draft: %s", error->message);

  quote = retour_quote_new (order, policy, draft, &at, &error);
  if (quote == NULL)
    return retour_command_misused (context, "draft: %s", error->message);
  printed = context->documents->write_quote (quote, TRUE);
  g_string_append (context->out, printed);
  return exit_of (quote->decision);
}
