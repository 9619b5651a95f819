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

/* A document that cannot be read or is malformed is the caller's mistake, named by what it was given as. */
static char *
read_document (RetourCommandContext *context, const char *name, const char *path, gsize *length)
{
  g_autoptr (GError) error = NULL;
  char *text = retour_command_read_file (context, path, RETOUR_FILE_MAX, length, &error);

  if (text == NULL)
    retour_command_misused (context, "%s: %s", name, error->message);
  return text;
}

static RetourOrder *
read_order (RetourCommandContext *context, const char *path)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *text = read_document (context, "order", path, &length);
  RetourOrder *order = text != NULL ? context->documents->read_order (text, (gssize) length, &error) : NULL;

  if (error != NULL)
    retour_command_misused (context, "order: %s", error->message);
  return order;
}

static RetourPolicy *
read_policy (RetourCommandContext *context, const char *path)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *text = read_document (context, "policy", path, &length);
  RetourPolicy *policy = text != NULL ? context->documents->read_policy (text, (gssize) length, &error) : NULL;

  if (error != NULL)
    retour_command_misused (context, "policy: %s", error->message);
  return policy;
}

static RetourDraft *
read_draft (RetourCommandContext *context, const char *path)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *text = read_document (context, "draft", path, &length);
  RetourDraft *draft = text != NULL ? context->documents->read_draft (text, (gssize) length, &error) : NULL;

  if (error != NULL)
    retour_command_misused (context, "draft: %s", error->message);
  return draft;
}

static RetourExit
quote (RetourCommandContext *context,
       const char *order_path,
       const char *policy_path,
       const char *draft_path,
       const RetourQuoteContext *at)
{
  g_autoptr (RetourOrder) order = NULL;
  g_autoptr (RetourPolicy) policy = NULL;
  g_autoptr (RetourDraft) draft = NULL;
  g_autoptr (RetourQuote) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *printed = NULL;

  if (order_path != NULL && (order = read_order (context, order_path)) == NULL)
    return RETOUR_EXIT_MALFORMED;
  policy = read_policy (context, policy_path);
  draft = policy != NULL ? read_draft (context, draft_path) : NULL;
  if (draft == NULL)
    return RETOUR_EXIT_MALFORMED;
  result = retour_quote_new (order, policy, draft, at, &error);
  if (result == NULL)
    return retour_command_misused (context, "draft: %s", error->message);
  printed = context->documents->write_quote (result, TRUE);
  g_string_append (context->out, printed);
  return exit_of (result->decision);
}

RetourExit
retour_run_quote (RetourCommandContext *context, int argc, char **argv)
{
  g_autofree char *order_path = NULL, *policy_path = NULL, *draft_path = NULL, *at_text = NULL;
  RetourQuoteContext at = { 0 };
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
          "Answers in JSON always. Exit status: 0 accept, 10 accept_if_approved, 11 refuse_unless_approved or refuse, 2 a "
          "malformed document.",
          &status))
    return status;
  if (argc != 1 || policy_path == NULL || draft_path == NULL)
    return retour_command_misused (context, "quote: expected --policy FILE and --draft FILE, and no other argument");
  at.at = context->clock->wall (context->clock->self);
  if (at_text != NULL && !retour_instant_parse (at_text, &at.at))
    return retour_command_misused (context, "quote: --at: expected a time like 2027-02-03T10:00:00Z");
  return quote (context, order_path, policy_path, draft_path, &at);
}
