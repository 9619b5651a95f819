/* SPDX-License-Identifier: Apache-2.0 */
/* retourctl scan: what a scanned code is (DOMAIN.md 7). Needs no data directory. */
#include "command.h"

#include <string.h>

/* No code is longer; what is more is a mistake worth saying. */
#define RETOUR_CODE_MAX (1024 * 1024)

static json_object *
describe (const RetourScan *scan)
{
  json_object *object = json_object_new_object ();
  json_object *elements = json_object_new_object ();

  retour_json_add_text (object, "kind", retour_scan_kind_code (scan->kind));
  retour_json_add_text (object, "value", scan->value);
  retour_json_add_text (object, "symbology", scan->symbology);
  for (guint i = 0; i < scan->elements->len; i++)
    {
      const RetourGs1Element *element = g_ptr_array_index (scan->elements, i);

      retour_json_add_text (elements, element->ai, element->value);
    }
  json_object_object_add (object, "elements", elements);
  retour_json_add_flag (object, "repaired", scan->repaired);
  if (scan->kind == RETOUR_SCAN_UNKNOWN)
    {
      json_object *tried = json_object_new_array ();

      for (guint i = 0; scan->tried[i] != NULL; i++)
        json_object_array_add (tried, json_object_new_string (scan->tried[i]));
      json_object_object_add (object, "tried", tried);
      if (scan->wrong_element != NULL)
        {
          retour_json_add_text (object, "element", scan->wrong_element);
          retour_json_add_text (object, "why", scan->wrong_reason);
        }
    }
  return object;
}

static void
print_words (RetourCommandContext *context, const RetourScan *scan)
{
  g_string_append_printf (context->out, "%s %s\n", retour_scan_kind_code (scan->kind), scan->value);
  for (guint i = 0; i < scan->elements->len; i++)
    {
      const RetourGs1Element *element = g_ptr_array_index (scan->elements, i);

      g_string_append_printf (context->out, "  (%s) %s\n", element->ai, element->value);
    }
  if (scan->repaired)
    g_string_append (context->out, "  typed through the wrong keyboard layout, repaired\n");
  if (scan->kind != RETOUR_SCAN_UNKNOWN)
    return;
  if (scan->wrong_element != NULL)
    g_string_append_printf (context->out, "  element (%s): %s\n", scan->wrong_element, scan->wrong_reason);
  g_string_append (context->out, "  tried:");
  for (guint i = 0; scan->tried[i] != NULL; i++)
    g_string_append_printf (context->out, " %s", scan->tried[i]);
  g_string_append_c (context->out, '\n');
}

RetourExit
retour_run_scan (RetourCommandContext *context, int argc, char **argv)
{
  g_autofree char *policy_path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (RetourPolicy) policy = NULL;
  g_autoptr (RetourScan) scan = NULL;
  g_autoptr (GError) error = NULL;
  gboolean from_input = FALSE;
  gsize length;
  RetourExit status;
  const GOptionEntry entries[] = {
    { "policy", 'p', 0, G_OPTION_ARG_FILENAME, &policy_path, "The chain's policy, for the shapes of its own codes",
      "FILE" },
    { "stdin", 0, 0, G_OPTION_ARG_NONE, &from_input, "Read the code from standard input", NULL },
    { NULL },
  };

  if (!retour_command_parse (context, retour_command_find ("scan"), entries, &argc, &argv, NULL, &status))
    return status;
  if (argc != (from_input ? 1 : 2))
    return retour_command_misused (context, "scan: expected one code");
  if (policy_path != NULL)
    {
      g_autofree char *document = retour_command_read_file (context, policy_path, RETOUR_FILE_MAX, &length, &error);

      if (document == NULL)
        return retour_command_fail (context, "scan: policy", error);
      policy = context->documents->read_policy (document, (gssize) length, &error);
      if (policy == NULL)
        return retour_command_misused (context, "scan: policy: %s", error->message);
    }
  if (from_input)
    {
      text = retour_command_read_file (context, "-", RETOUR_CODE_MAX, &length, &error);
      if (text == NULL)
        return retour_command_fail (context, "scan", error);
    }
  else
    {
      text = g_strdup (argv[1]);
      length = strlen (text);
    }
  scan = retour_scan_classify (text, (gssize) length, policy != NULL ? policy->codes : NULL, NULL, NULL);
  if (context->json)
    {
      g_autoptr (json_object) object = describe (scan);

      retour_command_print_json (context, object);
    }
  else
    print_words (context, scan);
  return RETOUR_EXIT_DONE;
}
