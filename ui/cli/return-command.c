/* SPDX-License-Identifier: Apache-2.0 */
/* retourctl return: records what a draft document describes, as the desk would, and prints the number. */
#include "command.h"

#include <string.h>

/* Approvals that come with a document are held to the desk's rule: a known manager, who is not the requester. */
static gboolean
check_approvals (RetourCommandContext *context, const RetourDraft *draft, GError **error)
{
  for (guint i = 0; i < draft->approvals->len; i++)
    {
      const RetourApproval *approval = g_ptr_array_index (draft->approvals, i);
      g_autoptr (RetourStaff) approver = context->store->find_staff (context->store, approval->approver, error);

      if (approver == NULL)
        {
          g_prefix_error (error, "approvals[%u].approver: ", i);
          return FALSE;
        }
      if (!approver->active || approver->role != RETOUR_ROLE_MANAGER || g_strcmp0 (approver->id, draft->staff) == 0)
        {
          g_set_error (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ALLOWED,
                       "approvals[%u].approver: %s is no manager, or is the one who asks", i, approval->approver);
          return FALSE;
        }
    }
  return TRUE;
}

/* Gives the document's draft what the desk would have given it. */
static gboolean
adopt (RetourCommandContext *context, RetourDraft *draft, GError **error)
{
  const char *named = draft->order_number != NULL ? draft->order_number : draft->order_id;
  g_autofree char *wanted = g_strdup (named);
  g_autoptr (RetourWorkspace) workspace = NULL;
  g_autoptr (RetourOrder) order = NULL;

  if (wanted != NULL)
    {
      order = context->store->find_order (context->store, wanted, error);
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
  return TRUE;
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
  retour_json_add_text (object, "proof", ret->proof);
  retour_command_print_json (context, object);
}

RetourExit
retour_run_return (RetourCommandContext *context, int argc, char **argv)
{
  g_autofree char *document = NULL;
  g_autoptr (RetourDraft) draft = NULL;
  g_autoptr (RetourStaff) staff = NULL;
  g_autoptr (RetourReturn) ret = NULL;
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
          "Exit status: 0 recorded, 2 malformed, 3 no such order, 11 the policy does not accept it.",
          &status))
    return status;
  if (argc != 2)
    return retour_command_misused (context, "return: expected one file");
  document = retour_command_read_file (context, argv[1], &length, &error);
  if (document == NULL)
    return retour_command_misused (context, "return: %s", error->message);
  draft = context->documents->read_draft (document, (gssize) length, &error);
  if (draft == NULL)
    return retour_command_misused (context, "return: %s", error->message);
  if (draft->staff == NULL)
    return retour_command_misused (context, "return: staff: expected the id of who records it");
  if (context->desk == NULL)
    {
      g_string_append (context->err, "retourctl: this terminal is not enrolled: see retourctl enrol --help\n");
      return RETOUR_EXIT_NOT_ENROLLED;
    }
  staff = context->store->find_staff (context->store, draft->staff, &error);
  if (staff == NULL)
    return retour_command_fail (context, "return: staff", error);
  if (!check_approvals (context, draft, &error) || !adopt (context, draft, &error))
    return retour_command_fail (context, "return", error);
  ret = retour_desk_confirm (context->desk, context->store, draft, staff, offline, &error);
  if (ret == NULL)
    return retour_command_fail (context, "return", error);
  print_return (context, ret);
  return RETOUR_EXIT_DONE;
}
