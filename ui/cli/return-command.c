/* SPDX-License-Identifier: Apache-2.0 */
/* retourctl return: records what a draft document describes, as the desk would, and prints the number. */
#include "command.h"

#include "build-day.h"

#include <string.h>

#define UUID_VERSION_AT 14 /* of xxxxxxxx-xxxx-7xxx-… */

const char *
retour_return_file (int argc, char **argv)
{
  const char *file = NULL;
  gboolean options = TRUE;

  for (int i = 1; i < argc; i++)
    {
      if (options && g_str_equal (argv[i], "--"))
        {
          options = FALSE;
          continue;
        }
      if (options && argv[i][0] == '-' && argv[i][1] != '\0')
        continue;
      if (file != NULL)
        return NULL;
      file = argv[i];
    }
  return file;
}

static RetourExit
check_document (RetourCommandContext *context, RetourDraft *draft)
{
  guint8 bytes[16];
  char *lower;

  if (draft->staff == NULL)
    return retour_command_misused (context, "return: staff: expected the id of who records it");
  if (draft->id == NULL)
    return RETOUR_EXIT_DONE;
  if (!retour_uuid_parse (draft->id, bytes) || draft->id[UUID_VERSION_AT] != '7')
    return retour_command_misused (context, "return: id: expected a UUID of version 7");
  lower = retour_uuid_format (bytes);
  g_free (draft->id);
  draft->id = lower;
  return RETOUR_EXIT_DONE;
}

/* Who records, active; NULL with *status. */
static RetourStaff *
find_requester (RetourCommandContext *context, const RetourDraft *draft, RetourExit *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourStaff) staff = context->store->find_staff (context->store, draft->staff, &error);

  if (staff == NULL)
    *status = retour_command_fail (context, "return: staff", error);
  else if (!staff->active)
    {
      g_string_append_printf (context->err, "retourctl: return: staff: %s does not work here any more\n", draft->staff);
      *status = RETOUR_EXIT_REFUSED;
    }
  else
    return g_steal_pointer (&staff);
  return NULL;
}

/* Approvals that come with a document are held to the desk's rule: a known manager, who is not the requester. */
static gboolean
adopt_approvals (RetourCommandContext *context, RetourDraft *draft, const RetourStaff *staff, GError **error)
{
  for (guint i = 0; i < draft->approvals->len; i++)
    {
      RetourApproval *approval = g_ptr_array_index (draft->approvals, i);
      g_autoptr (RetourStaff) approver = context->store->find_staff (context->store, approval->approver, error);

      if (approver == NULL)
        {
          g_prefix_error (error, "approvals[%u].approver: ", i);
          return FALSE;
        }
      if (!approver->active || approver->role != RETOUR_ROLE_MANAGER || g_str_equal (approver->id, staff->id))
        {
          g_set_error (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ALLOWED,
                       "approvals[%u].approver: %s is no manager, or is the one who asks", i, approval->approver);
          return FALSE;
        }
      g_free (approval->approver);
      approval->approver = g_strdup (approver->id);
      g_free (approval->requester);
      approval->requester = g_strdup (staff->id);
      approval->at = retour_desk_now (context->desk);
      /* Given for this document, whatever it comes to. */
      g_clear_pointer (&approval->quote_hash, g_free);
    }
  return TRUE;
}

/* Gives the document's draft what the desk would have given it. */
static gboolean
adopt (RetourCommandContext *context, RetourDraft *draft, const RetourStaff *staff, GError **error)
{
  const char *named = draft->order_number != NULL ? draft->order_number : draft->order_id;
  g_autoptr (RetourWorkspace) workspace = NULL;
  g_autoptr (RetourOrder) order = NULL;

  if (named != NULL)
    {
      order = context->store->find_order (context->store, named, error);
      if (order == NULL)
        {
          g_prefix_error (error, "order: ");
          return FALSE;
        }
      g_free (draft->order_id);
      g_free (draft->order_number);
      draft->order_id = g_strdup (order->id != NULL ? order->id : order->number);
      draft->order_number = g_strdup (order->number);
    }
  if (draft->id == NULL)
    {
      workspace = retour_desk_open_order (context->desk, context->store, NULL, NULL, error);
      if (workspace == NULL)
        return FALSE;
      draft->id = g_strdup (workspace->draft->id);
      draft->opened_at = draft->changed_at = workspace->draft->opened_at;
    }
  return adopt_approvals (context, draft, staff, error);
}

static void
print_return (RetourCommandContext *context, const RetourReturn *ret)
{
  g_autoptr (json_object) object = NULL;

  if (!context->json)
    {
      g_string_append_printf (context->out, "%s\n", ret->number);
      return;
    }
  object = json_object_new_object ();
  retour_json_add_text (object, "number", ret->number);
  retour_json_add_text (object, "id", ret->id);
  retour_json_add_text (object, "order", ret->order_number);
  retour_json_add_instant (object, "recorded_at", ret->recorded_at);
  if (!ret->gift)
    {
      retour_json_add_text (object, "currency", ret->currency);
      retour_json_add_number (object, "total", ret->total);
    }
  retour_json_add_text (object, "goods", retour_goods_state_code (ret->goods));
  retour_json_add_text (object, "refund", retour_refund_state_code (ret->refund));
  retour_json_add_text (object, "sync", retour_sync_state_code (ret->sync));
  retour_json_add_flag (object, "provisional", ret->offline);
  retour_json_add_text (object, "proof", ret->proof);
  retour_command_print_json (context, object);
}

static gboolean
is_of_document (const RetourReturn *ret, const RetourDraft *draft)
{
  if (ret->lines->len != draft->entries->len)
    return FALSE;
  for (guint i = 0; i < ret->lines->len; i++)
    {
      const RetourReturnLine *line = g_ptr_array_index (ret->lines, i);
      const RetourDraftEntry *entry = g_ptr_array_index (draft->entries, i);

      if (!g_str_equal (line->line, entry->line) || line->quantity != entry->quantity
          || g_strcmp0 (line->reason, entry->reason) != 0 || g_strcmp0 (line->condition, entry->condition) != 0)
        return FALSE;
    }
  return draft->order_number == NULL || g_strcmp0 (ret->order_number, draft->order_number) == 0
         || g_strcmp0 (ret->order_id, draft->order_number) == 0;
}

/* The same document again gives the return it gave before; another one under its id is a mistake. */
static gboolean
answer_recorded (RetourCommandContext *context, const RetourDraft *draft, RetourExit *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourReturn) ret =
      draft->id != NULL ? context->store->find_return (context->store, draft->id, &error) : NULL;

  if (error != NULL && !g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND))
    {
      *status = retour_command_fail (context, "return", error);
      return TRUE;
    }
  if (ret == NULL)
    return FALSE;
  *status = RETOUR_EXIT_DONE;
  if (is_of_document (ret, draft))
    print_return (context, ret);
  else
    *status =
        retour_command_misused (context, "return: id: already recorded as %s, with something else in it", ret->number);
  return TRUE;
}

/* The desk's error says that the rules do not accept it; whether a manager could, the quote says. */
static RetourExit
explain_refusal (RetourCommandContext *context, const RetourDraft *draft, gboolean offline, RetourExit refused)
{
  g_autoptr (RetourWorkspace) workspace =
      retour_desk_open_order (context->desk, context->store, draft->order_id, NULL, NULL);
  g_autoptr (RetourDraft) asked = retour_draft_copy (draft);
  g_autoptr (RetourQuote) quote = NULL;

  if (workspace != NULL)
    quote = retour_desk_quote (context->desk, workspace, asked, offline, NULL);
  return quote != NULL && quote->decision == RETOUR_DECISION_ACCEPT_IF_APPROVED ? RETOUR_EXIT_APPROVAL : refused;
}

static void
warn_of_clock (RetourCommandContext *context)
{
  RetourInstant now = retour_desk_now (context->desk);
  g_autofree char *text = retour_instant_format (now - now % RETOUR_SECOND);

  if (now < RETOUR_BUILD_DAY)
    g_string_append_printf (context->err, "retourctl: return: the clock says %s: set it\n", text);
}

static RetourExit
record (RetourCommandContext *context, RetourDraft *draft, gboolean offline)
{
  g_autoptr (RetourStaff) staff = NULL;
  g_autoptr (RetourReturn) ret = NULL;
  g_autoptr (GError) error = NULL;
  RetourExit status;

  if (answer_recorded (context, draft, &status))
    return status;
  staff = find_requester (context, draft, &status);
  if (staff == NULL)
    return status;
  if (!adopt (context, draft, staff, &error))
    return retour_command_fail (context, "return", error);
  warn_of_clock (context);
  ret = retour_desk_confirm (context->desk, context->store, draft, staff, offline, &error);
  if (ret != NULL)
    {
      print_return (context, ret);
      return RETOUR_EXIT_DONE;
    }
  status = retour_command_fail (context, "return", error);
  if (g_error_matches (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ACCEPTED))
    return explain_refusal (context, draft, offline, status);
  return status;
}

RetourExit
retour_run_return (RetourCommandContext *context, int argc, char **argv)
{
  g_autofree char *document = NULL;
  g_autoptr (RetourDraft) draft = NULL;
  g_autoptr (GError) error = NULL;
  gboolean offline = FALSE;
  gsize length;
  RetourExit status;
  const GOptionEntry entries[] = {
    { "offline", 0, 0, G_OPTION_ARG_NONE, &offline, "The OMS cannot be asked: the refund is promised", NULL },
    { NULL },
  };

  if (!retour_command_parse (
          context, retour_command_find ("return"), entries, &argc, &argv,
          "FILE is the draft document that quote takes, plus \"order\": its number or id, and \"staff\". "
          "With an \"id\" (UUIDv7) the same document recorded twice gives one return.\n"
          "Exit status: 0 recorded, 2 malformed, 3 no such order or person, 10 a manager must approve, 11 the policy "
          "does not accept it.",
          &status))
    return status;
  if (argc != 2)
    return retour_command_misused (context, "return: expected one file");
  document = retour_command_read_file (context, argv[1], RETOUR_DRAFT_MAX, &length, &error);
  if (document == NULL)
    return retour_command_misused (context, "return: %s", error->message);
  draft = context->documents->read_draft (document, (gssize) length, &error);
  if (draft == NULL)
    return retour_command_misused (context, "return: %s", error->message);
  status = check_document (context, draft);
  if (status != RETOUR_EXIT_DONE)
    return status;
  if (context->desk == NULL)
    {
      g_string_append (context->err, "retourctl: this terminal is not enrolled: see retourctl enrol --help\n");
      return RETOUR_EXIT_NOT_ENROLLED;
    }
  return record (context, draft, offline || context->offline);
}
