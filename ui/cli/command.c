/* SPDX-License-Identifier: Apache-2.0 */
/* The table of commands, and what they share: reading arguments and files, failing in one voice. */
#include "command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define FILE_MAX (64 * 1024 * 1024)

const RetourCommand retour_commands[] = {
  { "scan", "CODE", "Say what a scanned code is", RETOUR_NEEDS_NOTHING, retour_run_scan },
  { "search", "WORDS…", "Find orders by name, e-mail, phone, number, code or amount", RETOUR_NEEDS_READING,
    retour_run_search },
  { "order", "NUMBER", "Show an order", RETOUR_NEEDS_READING, retour_run_order },
  { "quote", "--order FILE --policy FILE --draft FILE", "Say what a return comes to, and why", RETOUR_NEEDS_NOTHING,
    retour_run_quote },
  { "return", "FILE", "Record the return that a draft document describes", RETOUR_NEEDS_WRITING, retour_run_return },
  { "sync", "", "Exchange with the OMS now", RETOUR_NEEDS_DIRECTORY, retour_run_sync },
  { "status", "", "Say where the terminal and its exchange with the OMS stand", RETOUR_NEEDS_READING,
    retour_run_status },
  { "proof", "show|print|verify NUMBER|TOKEN", "Show, print or verify a proof of return", RETOUR_NEEDS_WRITING,
    retour_run_proof },
  { "doctor", "", "Look for what is wrong with this terminal", RETOUR_NEEDS_DIRECTORY, retour_run_doctor },
  { "enrol", "--url URL --code CODE", "Make this directory a terminal of a store", RETOUR_NEEDS_DIRECTORY,
    retour_run_enrol },
  { "sheet", "DIRECTORY", "Write a sheet of barcodes to scan: orders, articles, badges, commands", RETOUR_NEEDS_READING,
    retour_run_sheet },
  { "outbox", "list|show OP|retry OP|export", "Look at what the OMS has not answered yet", RETOUR_NEEDS_WRITING,
    retour_run_outbox },
  { "policy", "check FILE|replay FILE --since DATE", "Check a policy document, or try it on recorded returns",
    RETOUR_NEEDS_DIRECTORY, retour_run_policy },
  { NULL },
};

const RetourCommand *
retour_command_find (const char *name)
{
  for (const RetourCommand *command = retour_commands; command->name != NULL; command++)
    if (g_str_equal (command->name, name))
      return command;
  return NULL;
}

gboolean
retour_command_parse (RetourCommandContext *context,
                      const RetourCommand *command,
                      const GOptionEntry *entries,
                      int *argc,
                      char ***argv,
                      const char *description,
                      RetourExit *status)
{
  g_autoptr (GOptionContext) options = g_option_context_new (command->arguments);
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = g_strdup_printf ("%s.", command->summary);
  gboolean help = FALSE;
  const GOptionEntry shared[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, "Show this help", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &context->json, "Answer in JSON", NULL },
    { NULL },
  };

  g_option_context_set_help_enabled (options, FALSE);
  g_option_context_set_summary (options, summary);
  if (description != NULL)
    g_option_context_set_description (options, description);
  if (entries != NULL)
    g_option_context_add_main_entries (options, entries, NULL);
  g_option_context_add_main_entries (options, shared, NULL);
  if (!g_option_context_parse (options, argc, argv, &error))
    {
      *status = retour_command_misused (context, "%s: %s", command->name, error->message);
      return FALSE;
    }
  if (help)
    {
      g_autofree char *text = g_option_context_get_help (options, TRUE, NULL);

      g_string_append (context->out, text);
      *status = RETOUR_EXIT_DONE;
      return FALSE;
    }
  /* GOption leaves the "--" that ends options in place. */
  if (*argc > 1 && g_str_equal ((*argv)[1], "--"))
    {
      memmove (&(*argv)[1], &(*argv)[2], sizeof (char *) * (gsize) (*argc - 1));
      (*argc)--;
    }
  return TRUE;
}

char *
retour_command_read_file (RetourCommandContext *context, const char *path, gsize *length, GError **error)
{
  g_autoptr (GString) text = NULL;
  FILE *file;
  char block[65536];
  gsize got;
  gboolean broken;

  if (context->input != NULL)
    {
      *length = strlen (context->input);
      return g_steal_pointer (&context->input);
    }
  file = g_str_equal (path, "-") ? stdin : fopen (path, "rbe");
  if (file == NULL)
    {
      g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
      return NULL;
    }
  text = g_string_new (NULL);
  while (text->len <= FILE_MAX && (got = fread (block, 1, sizeof block, file)) > 0)
    g_string_append_len (text, block, (gssize) got);
  broken = ferror (file) != 0;
  if (file != stdin)
    fclose (file);
  if (broken || text->len > FILE_MAX)
    {
      g_set_error (error, G_FILE_ERROR, broken ? G_FILE_ERROR_IO : G_FILE_ERROR_INVAL, "%s: %s", path,
                   broken ? "cannot be read" : "larger than 64 MiB");
      return NULL;
    }
  *length = text->len;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static RetourExit
status_of (const GError *error)
{
  if (error->domain == RETOUR_STORE_ERROR)
    return error->code == RETOUR_STORE_ERROR_NOT_FOUND ? RETOUR_EXIT_NOT_FOUND : RETOUR_EXIT_DATA;
  if (error->domain == RETOUR_OMS_ERROR)
    return error->code == RETOUR_OMS_ERROR_NOT_FOUND ? RETOUR_EXIT_NOT_FOUND : RETOUR_EXIT_OFFLINE;
  if (error->domain == RETOUR_DESK_ERROR)
    switch ((RetourDeskError) error->code)
      {
      case RETOUR_DESK_ERROR_INCOMPLETE:
        return RETOUR_EXIT_MALFORMED;
      case RETOUR_DESK_ERROR_NOT_ACCEPTED:
      case RETOUR_DESK_ERROR_NOT_ALLOWED:
      case RETOUR_DESK_ERROR_TOO_LATE:
        return RETOUR_EXIT_REFUSED;
      case RETOUR_DESK_ERROR_NO_POLICY:
        return RETOUR_EXIT_FAILED;
      }
  if (error->domain == G_FILE_ERROR)
    return error->code == G_FILE_ERROR_NOENT ? RETOUR_EXIT_NOT_FOUND : RETOUR_EXIT_FAILED;
  return RETOUR_EXIT_FAILED;
}

RetourExit
retour_command_fail (RetourCommandContext *context, const char *about, const GError *error)
{
  if (about != NULL)
    g_string_append_printf (context->err, "retourctl: %s: %s\n", about, error->message);
  else
    g_string_append_printf (context->err, "retourctl: %s\n", error->message);
  return status_of (error);
}

RetourExit
retour_command_misused (RetourCommandContext *context, const char *format, ...)
{
  va_list arguments;

  g_string_append (context->err, "retourctl: ");
  va_start (arguments, format);
  g_string_append_vprintf (context->err, format, arguments);
  va_end (arguments);
  g_string_append_c (context->err, '\n');
  return RETOUR_EXIT_MALFORMED;
}

void
retour_command_print_json (RetourCommandContext *context, json_object *object)
{
  g_string_append (context->out,
                   json_object_to_json_string_ext (object, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED
                                                               | JSON_C_TO_STRING_NOSLASHESCAPE));
  g_string_append_c (context->out, '\n');
}

void
retour_json_add_text (json_object *object, const char *name, const char *text)
{
  json_object_object_add (object, name, text != NULL ? json_object_new_string (text) : NULL);
}

void
retour_json_add_number (json_object *object, const char *name, gint64 number)
{
  json_object_object_add (object, name, json_object_new_int64 (number));
}

void
retour_json_add_flag (json_object *object, const char *name, gboolean flag)
{
  json_object_object_add (object, name, json_object_new_boolean (flag));
}

void
retour_json_add_instant (json_object *object, const char *name, RetourInstant instant)
{
  g_autofree char *text = instant != RETOUR_INSTANT_NONE ? retour_instant_format (instant) : NULL;

  retour_json_add_text (object, name, text);
}
