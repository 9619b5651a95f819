/* SPDX-License-Identifier: Apache-2.0 */
/* retourctl: everything the terminal does, headless. Finds the command, gives it the store it needs, and hands it to the
 * terminal that holds the data directory when there is one. */
#include "catalogues.h"
#include "command.h"
#include "documents.h"
#include "enrolment.h"
#include "handover.h"
#include "storage.h"
#include "system-clock.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#ifndef RETOUR_VERSION
#error "RETOUR_VERSION comes from the build"
#endif

static void
print_help (GString *out)
{
  g_string_append (out, "Usage: retourctl [--data DIR] [--language fr|en] COMMAND [ARGUMENTS] [--json]\n\n"
                        "Returns of web orders, without a screen.\n\nCommands:\n");
  for (const RetourCommand *command = retour_commands; command->name != NULL; command++)
    g_string_append_printf (out, "  %-8s %s\n", command->name, command->summary);
  g_string_append (
      out, "\nOptions:\n"
           "  --data DIR       the terminal's data directory (default: $XDG_DATA_HOME/retour)\n"
           "  --language L     of amounts and slips: fr or en\n"
           "  --json           answer in JSON\n"
           "  --version        say which version this is\n"
           "  --help           this help; after a command, that command's\n\n"
           "Exit status: 0 done, 1 failed, 2 malformed document or wrong use, 3 not found, 4 data directory cannot be\n"
           "used, 5 OMS does not answer, 6 not enrolled, 10 approval needed, 11 refused.\n");
}

/* Takes the options before the command out of argv; the index of the command, argc when there is none, -1 on a mistake. */
static int
read_global_options (RetourCommandContext *context, int argc, char **argv, const char **directory)
{
  int i;

  for (i = 1; i < argc && argv[i][0] == '-'; i++)
    {
      if (g_str_equal (argv[i], "--json"))
        context->json = TRUE;
      else if (g_str_equal (argv[i], "--data") && i + 1 < argc)
        *directory = argv[++i];
      else if (g_str_has_prefix (argv[i], "--data="))
        *directory = argv[i] + strlen ("--data=");
      else if (g_str_equal (argv[i], "--language") && i + 1 < argc)
        context->language = retour_language_parse (argv[++i], context->language);
      else if (g_str_equal (argv[i], "--version"))
        {
          g_string_append (context->out, "retourctl " RETOUR_VERSION "\n");
          return argc;
        }
      else if (g_str_equal (argv[i], "--help") || g_str_equal (argv[i], "-h"))
        {
          print_help (context->out);
          return argc;
        }
      else
        {
          retour_command_misused (context, "%s: not an option; see retourctl --help", argv[i]);
          return -1;
        }
    }
  if (i == argc)
    {
      print_help (context->err);
      return -1;
    }
  return i;
}

/* "--data DIR" may also stand behind the command. */
static void
take_data_option (int *argc, char **argv, const char **directory)
{
  for (int i = 1; i < *argc; i++)
    {
      int used = 0;

      if (g_str_equal (argv[i], "--"))
        return;
      if (g_str_equal (argv[i], "--data") && i + 1 < *argc)
        {
          *directory = argv[i + 1];
          used = 2;
        }
      else if (g_str_has_prefix (argv[i], "--data="))
        {
          *directory = argv[i] + strlen ("--data=");
          used = 1;
        }
      if (used == 0)
        continue;
      memmove (&argv[i], &argv[i + used], sizeof (char *) * (gsize) (*argc - i - used + 1));
      *argc -= used;
      i--;
    }
}

static RetourDesk *
make_desk (RetourCommandContext *context, GError **error)
{
  g_autofree char *directory = g_build_filename (context->data_directory, "identity", NULL);
  g_autoptr (RetourIdentity) identity = context->store->identity (context->store, error);
  g_autoptr (RetourEnrolment) enrolment = NULL;
  RetourSyncStatus sync = { 0 };
  RetourDesk *desk;

  if (identity == NULL)
    return NULL;
  enrolment = retour_enrolment_load (directory, NULL);
  desk = retour_desk_new (context->documents, context->clock, retour_ids_new (NULL, NULL), identity,
                          enrolment != NULL ? enrolment->proof_secret : NULL);
  if (context->store->sync_status (context->store, &sync, NULL))
    retour_desk_set_clock_offset (desk, sync.clock_offset);
  return desk;
}

/* What only the holder of the lock may do is asked of it; the file that a command reads travels along. */
static RetourExit
hand_over (RetourCommandContext *context, const RetourCommand *command, int argc, char **argv)
{
  g_autofree char *input = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (g_str_equal (command->name, "return") && argc > 1 && !g_str_has_prefix (argv[argc - 1], "--"))
    {
      input = retour_command_read_file (context, argv[argc - 1], &length, &error);
      if (input == NULL)
        return retour_command_misused (context, "return: %s", error->message);
    }
  return retour_handover (context, (const char *const *) argv, input);
}

static RetourExit
run_with_store (RetourCommandContext *context, const RetourCommand *command, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourDatabase) database = NULL;
  RetourExit status;

  database =
      retour_database_open (context->data_directory, context->documents,
                            command->needs == RETOUR_NEEDS_WRITING ? RETOUR_DATABASE_DIRECT : RETOUR_DATABASE_LOOK,
                            &error);
  if (database == NULL && g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_LOCKED))
    return hand_over (context, command, argc, argv);
  if (database == NULL)
    {
      retour_command_fail (context, NULL, error);
      return RETOUR_EXIT_DATA;
    }
  context->store = retour_database_store (database);
  context->desk = make_desk (context, &error);
  if (error != NULL)
    return retour_command_fail (context, NULL, error);
  status = command->run (context, argc, argv);
  g_clear_pointer (&context->desk, retour_desk_free);
  return status;
}

static RetourExit
run (RetourCommandContext *context, int argc, char **argv)
{
  const char *directory = NULL;
  g_autofree char *usual = g_build_filename (g_get_user_data_dir (), "retour", NULL);
  const RetourCommand *command;
  int first = read_global_options (context, argc, argv, &directory);

  if (first < 0)
    return RETOUR_EXIT_MALFORMED;
  if (first == argc)
    return RETOUR_EXIT_DONE;
  command = retour_command_find (argv[first]);
  if (command == NULL)
    return retour_command_misused (context, "%s: no such command; see retourctl --help", argv[first]);
  argc -= first;
  argv += first;
  take_data_option (&argc, argv, &directory);
  context->data_directory = directory != NULL ? directory : usual;

  for (int i = 1; i < argc && !g_str_equal (argv[i], "--"); i++)
    if (g_str_equal (argv[i], "--help") || g_str_equal (argv[i], "-h"))
      return command->run (context, argc, argv);
  switch (command->needs)
    {
    case RETOUR_NEEDS_NOTHING:
    case RETOUR_NEEDS_DIRECTORY:
      return command->run (context, argc, argv);
    case RETOUR_NEEDS_READING:
    case RETOUR_NEEDS_WRITING:
      return run_with_store (context, command, argc, argv);
    }
  g_assert_not_reached ();
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autofree char **borrowed = NULL;
  RetourCommandContext context = { 0 };
  RetourExit status;
  gboolean written;

  retour_catalogues_bind ();
  if (sodium_init () < 0)
    {
      fputs ("retourctl: no random numbers on this machine\n", stderr);
      return RETOUR_EXIT_FAILED;
    }
  /* Options are parsed on a copy of the array, since parsing moves its pointers about. */
  arguments = g_new0 (char *, (gsize) argc + 1);
  for (int i = 0; i < argc; i++)
    arguments[i] = g_strdup (argv[i]);
  borrowed = g_memdup2 (arguments, sizeof (char *) * ((gsize) argc + 1));

  context.out = g_string_new (NULL);
  context.err = g_string_new (NULL);
  context.language = retour_language_parse (g_getenv ("LANG"), RETOUR_LANGUAGE_ENGLISH);
  context.documents = retour_documents ();
  context.clock = retour_system_clock ();
  status = run (&context, argc, borrowed);

  written = fwrite (context.out->str, 1, context.out->len, stdout) == context.out->len && fflush (stdout) == 0;
  fwrite (context.err->str, 1, context.err->len, stderr);
  g_string_free (context.out, TRUE);
  g_string_free (context.err, TRUE);
  return written ? (int) status : RETOUR_EXIT_FAILED;
}
