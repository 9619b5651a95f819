/* SPDX-License-Identifier: Apache-2.0 */
/* retourctl outbox: what the OMS has not answered yet, and what was put aside. Nothing leaves it but by an answer. */
#include "command.h"

static json_object *
describe (const RetourOperation *operation, gboolean whole)
{
  json_object *object = json_object_new_object ();

  retour_json_add_text (object, "op", operation->op);
  retour_json_add_text (object, "kind", retour_operation_kind_code (operation->kind));
  retour_json_add_text (object, "state", operation->quarantined ? "quarantined" : "waiting");
  retour_json_add_text (object, "order", operation->order);
  retour_json_add_text (object, "return", operation->return_id);
  retour_json_add_instant (object, "created_at", operation->created_at);
  retour_json_add_number (object, "attempts", operation->attempts);
  retour_json_add_instant (object, "next_at", operation->next_at);
  retour_json_add_text (object, "last_error", operation->last_error);
  if (whole)
    {
      retour_json_add_text (object, "body_hash", operation->body_hash);
      json_object_object_add (object, "body", json_tokener_parse (operation->body));
    }
  return object;
}

static void
print_line (RetourCommandContext *context, const RetourOperation *operation)
{
  g_autofree char *at = retour_instant_format (operation->created_at);

  g_string_append_printf (context->out, "%s  %-15s %-11s %s  order %s, %u attempts%s%s\n", operation->op,
                          retour_operation_kind_code (operation->kind),
                          operation->quarantined ? "quarantined" : "waiting", at,
                          operation->order != NULL ? operation->order : "-", operation->attempts,
                          operation->last_error != NULL ? ": " : "",
                          operation->last_error != NULL ? operation->last_error : "");
}

static const RetourOperation *
find (const GPtrArray *operations, const char *named)
{
  for (guint i = 0; i < operations->len; i++)
    {
      const RetourOperation *operation = g_ptr_array_index (operations, i);

      if (g_str_equal (operation->op, named) || g_strcmp0 (operation->return_id, named) == 0)
        return operation;
    }
  return NULL;
}

static RetourExit
list (RetourCommandContext *context, const GPtrArray *operations)
{
  g_autoptr (json_object) object = json_object_new_object ();
  json_object *array = json_object_new_array ();

  json_object_object_add (object, "operations", array);
  for (guint i = 0; i < operations->len; i++)
    {
      const RetourOperation *operation = g_ptr_array_index (operations, i);

      if (context->json)
        json_object_array_add (array, describe (operation, FALSE));
      else
        print_line (context, operation);
    }
  if (context->json)
    retour_command_print_json (context, object);
  else if (operations->len == 0)
    g_string_append (context->out, "Nothing waits.\n");
  return RETOUR_EXIT_DONE;
}

/* JSON Lines, whole: for support, and for an OMS that has to be told by hand. */
static RetourExit
export_lines (RetourCommandContext *context, const GPtrArray *operations)
{
  for (guint i = 0; i < operations->len; i++)
    {
      g_autoptr (json_object) object = describe (g_ptr_array_index (operations, i), TRUE);

      g_string_append (context->out, json_object_to_json_string_ext (object, JSON_C_TO_STRING_PLAIN
                                                                                 | JSON_C_TO_STRING_NOSLASHESCAPE));
      g_string_append_c (context->out, '\n');
    }
  return RETOUR_EXIT_DONE;
}

static RetourExit
retry (RetourCommandContext *context, const RetourOperation *operation)
{
  g_autoptr (GError) error = NULL;

  if (!operation->quarantined)
    {
      g_string_append_printf (context->err, "retourctl: outbox: %s: was not put aside, it waits\n", operation->op);
      return RETOUR_EXIT_REFUSED;
    }
  if (!context->store->requeue_operation (context->store, operation->op, &error))
    return retour_command_fail (context, "outbox", error);
  if (context->json)
    {
      g_autoptr (json_object) object = json_object_new_object ();

      retour_json_add_text (object, "op", operation->op);
      retour_json_add_text (object, "state", "waiting");
      retour_command_print_json (context, object);
    }
  else
    g_string_append_printf (context->out, "%s waits again.\n", operation->op);
  return RETOUR_EXIT_DONE;
}

static RetourExit
handle_one (RetourCommandContext *context, const GPtrArray *operations, const char *verb, const char *named)
{
  g_autofree char *number = retour_return_number_canonical (named);
  g_autoptr (RetourReturn) ret = number != NULL ? context->store->find_return (context->store, number, NULL) : NULL;
  const RetourOperation *operation = find (operations, ret != NULL ? ret->id : named);

  if (operation == NULL)
    return retour_command_missing (context, "outbox: %s: not in the outbox", named);
  if (g_str_equal (verb, "retry"))
    return retry (context, operation);
  {
    g_autoptr (json_object) object = describe (operation, TRUE);

    retour_command_print_json (context, object);
  }
  return RETOUR_EXIT_DONE;
}

RetourExit
retour_run_outbox (RetourCommandContext *context, int argc, char **argv)
{
  g_autoptr (GPtrArray) operations = NULL;
  g_autoptr (GError) error = NULL;
  const char *verb;
  gboolean of_one;
  RetourExit status;

  if (!retour_command_parse (context, retour_command_find ("outbox"), NULL, &argc, &argv,
                             "  list         what is not answered yet, oldest first\n"
                             "  show OP      one of them, whole, in JSON; a return's number or id will do\n"
                             "  retry OP     send again what was put aside, once its cause is mended\n"
                             "  export       all of them, whole, as JSON Lines",
                             &status))
    return status;
  verb = argc > 1 ? argv[1] : "";
  of_one = g_str_equal (verb, "show") || g_str_equal (verb, "retry");
  if (!of_one && !g_str_equal (verb, "list") && !g_str_equal (verb, "export"))
    return retour_command_misused (context, "outbox: expected list, export, show OP or retry OP");
  if (argc != (of_one ? 3 : 2))
    return retour_command_misused (context, "outbox: %s: expected %s", verb, of_one ? "one operation" : "no more");
  operations = context->store->list_operations (context->store, &error);
  if (operations == NULL)
    return retour_command_fail (context, "outbox", error);
  if (of_one)
    return handle_one (context, operations, verb, argv[2]);
  return g_str_equal (verb, "list") ? list (context, operations) : export_lines (context, operations);
}
