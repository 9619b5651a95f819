/* SPDX-License-Identifier: Apache-2.0 */
/* The table of commands, and what they share: reading arguments and files, failing in one voice. */
#include "command.h"

#include "enrolment.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

const RetourCommand retour_commands[] = {
  { "scan", "CODE", "Say what a scanned code is", RETOUR_NEEDS_NOTHING, NULL, retour_run_scan },
  { "search", "WORDS…", "Find orders by name, e-mail, phone, number, code or amount", RETOUR_NEEDS_READING, NULL,
    retour_run_search },
  { "order", "NUMBER", "Show an order", RETOUR_NEEDS_READING, NULL, retour_run_order },
  { "quote", "--policy FILE --draft FILE", "Say what a return comes to, and why", RETOUR_NEEDS_NOTHING, NULL,
    retour_run_quote },
  { "return", "FILE", "Record the return that a draft document describes", RETOUR_NEEDS_WRITING, NULL,
    retour_run_return },
  { "sync", "", "Exchange with the OMS now", RETOUR_NEEDS_DIRECTORY, NULL, retour_run_sync },
  { "status", "", "Say where the terminal and its exchange with the OMS stand", RETOUR_NEEDS_READING, NULL,
    retour_run_status },
  { "proof", "show|print NUMBER, verify TOKEN", "Show, print or verify a proof of return", RETOUR_NEEDS_READING,
    "print", retour_run_proof },
  { "outbox", "list|export, show|retry OP", "Look at what the OMS has not answered yet", RETOUR_NEEDS_READING, "retry",
    retour_run_outbox },
  { "audit", "verify", "Check that nothing in the journal was changed", RETOUR_NEEDS_READING, NULL, retour_run_audit },
  { "doctor", "", "Look for what is wrong with this terminal", RETOUR_NEEDS_DIRECTORY, NULL, retour_run_doctor },
  { "enrol", "--url URL --code CODE", "Make this directory a terminal of a store", RETOUR_NEEDS_DIRECTORY, NULL,
    retour_run_enrol },
  { "sheet", "DIRECTORY [WORDS…]", "Write a sheet of barcodes to scan: orders, articles, badges, commands",
    RETOUR_NEEDS_READING, NULL, retour_run_sheet },
  { "policy", "check FILE, replay FILE --since DATE", "Check a policy document, or try it on recorded returns",
    RETOUR_NEEDS_DIRECTORY, NULL, retour_run_policy },
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

RetourNeeds
retour_command_needs (const RetourCommand *command, int argc, char *const *argv)
{
  for (int i = 1; command->writing_word != NULL && i < argc; i++)
    if (g_str_equal (argv[i], command->writing_word))
      return RETOUR_NEEDS_WRITING;
  return command->needs;
}

static void
append_help (RetourCommandContext *context, const RetourCommand *command, GOptionContext *options)
{
  g_autofree char *name = g_strconcat ("retourctl ", command->name, NULL);
  g_autofree char *text = NULL;

  g_set_prgname (name);
  text = g_option_context_get_help (options, TRUE, NULL);
  g_string_append (context->out, text);
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
      append_help (context, command, options);
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

static void
set_file_error (GError **error, const char *path, int code)
{
  g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (code), "%s: %s", path, g_strerror (code));
}

static void
set_too_large (GError **error, const char *path, gsize most)
{
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: larger than %" G_GSIZE_FORMAT " MiB", path,
               most / 1024 / 1024);
}

static char *
copy_input (RetourCommandContext *context, const char *path, gsize most, gsize *length, GError **error)
{
  gsize size = 0;
  const char *text = context->input != NULL ? g_bytes_get_data (context->input, &size) : NULL;

  if (context->input == NULL)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: did not come along", path);
      return NULL;
    }
  if (size > most)
    {
      set_too_large (error, path, most);
      return NULL;
    }
  *length = size;
  return g_strndup (text != NULL ? text : "", size);
}

/* A file says how large it is before it is read; a pipe does not. */
static gboolean
check_size (FILE *file, const char *path, gsize most, GError **error)
{
  struct stat found;

  if (fstat (fileno (file), &found) != 0 || !S_ISREG (found.st_mode) || (guint64) found.st_size <= most)
    return TRUE;
  set_too_large (error, path, most);
  return FALSE;
}

static char *
read_stream (FILE *file, const char *path, gsize most, gsize *length, GError **error)
{
  g_autoptr (GByteArray) text = g_byte_array_new ();
  guint8 block[65536];
  gsize got;

  while (text->len <= most && (got = fread (block, 1, sizeof block, file)) > 0)
    g_byte_array_append (text, block, (guint) got);
  if (ferror (file) != 0)
    {
      set_file_error (error, path, errno);
      return NULL;
    }
  if (text->len > most)
    {
      set_too_large (error, path, most);
      return NULL;
    }
  *length = text->len;
  g_byte_array_append (text, (const guint8 *) "", 1);
  return (char *) g_byte_array_free (g_steal_pointer (&text), FALSE);
}

char *
retour_command_read_file (RetourCommandContext *context, const char *path, gsize most, gsize *length, GError **error)
{
  FILE *file;
  char *text = NULL;

  if (context->handed_over || context->input != NULL)
    return copy_input (context, path, most, length, error);
  if (g_str_equal (path, "-"))
    return read_stream (stdin, "standard input", most, length, error);
  file = fopen (path, "rbe");
  if (file == NULL)
    {
      set_file_error (error, path, errno);
      return NULL;
    }
  if (check_size (file, path, most, error))
    text = read_stream (file, path, most, length, error);
  fclose (file);
  return text;
}

void
retour_command_leave_rest (RetourCommandContext *context,
                           RetourCommandRest rest,
                           gpointer user_data,
                           GDestroyNotify free_data)
{
  g_return_if_fail (context->rest == NULL);
  context->rest = rest;
  context->rest_data = user_data;
  context->free_rest = free_data;
}

RetourExit
retour_command_run_rest (RetourCommandContext *context, RetourExit status)
{
  if (context->rest == NULL)
    return status;
  context->store = NULL;
  status = context->rest (context, context->rest_data);
  context->rest = NULL;
  if (context->last == NULL)
    context->free_rest (context->rest_data);
  return status;
}

void
retour_command_leave_last (RetourCommandContext *context, RetourCommandRest last)
{
  g_return_if_fail (context->rest != NULL);
  context->last = last;
}

RetourExit
retour_command_run_last (RetourCommandContext *context, RetourExit status)
{
  if (context->last == NULL)
    return status;
  if (context->store != NULL)
    status = context->last (context, context->rest_data);
  context->free_rest (context->rest_data);
  context->last = NULL;
  return status;
}

static RetourExit
status_of_desk (RetourDeskError code)
{
  switch (code)
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
  return RETOUR_EXIT_FAILED;
}

static RetourExit
status_of_enrolment (RetourEnrolmentError code)
{
  switch (code)
    {
    case RETOUR_ENROLMENT_ERROR_NOT_ENROLLED:
      return RETOUR_EXIT_NOT_ENROLLED;
    case RETOUR_ENROLMENT_ERROR_CODE:
      return RETOUR_EXIT_REFUSED;
    case RETOUR_ENROLMENT_ERROR_DAMAGED:
    case RETOUR_ENROLMENT_ERROR_FILE:
      return RETOUR_EXIT_DATA;
    case RETOUR_ENROLMENT_ERROR_CRYPTOGRAPHY:
      return RETOUR_EXIT_FAILED;
    }
  return RETOUR_EXIT_FAILED;
}

static RetourExit
status_of (const GError *error)
{
  if (error->domain == RETOUR_STORE_ERROR)
    return error->code == RETOUR_STORE_ERROR_NOT_FOUND ? RETOUR_EXIT_NOT_FOUND : RETOUR_EXIT_DATA;
  if (error->domain == RETOUR_OMS_ERROR)
    return error->code == RETOUR_OMS_ERROR_NOT_FOUND ? RETOUR_EXIT_NOT_FOUND : RETOUR_EXIT_OFFLINE;
  if (error->domain == RETOUR_DESK_ERROR)
    return status_of_desk ((RetourDeskError) error->code);
  if (error->domain == RETOUR_ENROLMENT_ERROR)
    return status_of_enrolment ((RetourEnrolmentError) error->code);
  if (error->domain == G_FILE_ERROR || error->domain == RETOUR_QUOTE_ERROR)
    return RETOUR_EXIT_MALFORMED;
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

static void
append_message (RetourCommandContext *context, const char *format, va_list arguments)
{
  g_string_append (context->err, "retourctl: ");
  g_string_append_vprintf (context->err, format, arguments);
  g_string_append_c (context->err, '\n');
}

RetourExit
retour_command_misused (RetourCommandContext *context, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  append_message (context, format, arguments);
  va_end (arguments);
  return RETOUR_EXIT_MALFORMED;
}

RetourExit
retour_command_missing (RetourCommandContext *context, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  append_message (context, format, arguments);
  va_end (arguments);
  return RETOUR_EXIT_NOT_FOUND;
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
