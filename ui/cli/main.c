/* SPDX-License-Identifier: Apache-2.0 */
/* retourctl: everything the terminal does, headless. Finds the command, gives it the store it needs, and hands it to the
 * terminal that holds the data directory when there is one. */
#include "catalogues.h"
#include "command.h"
#include "documents.h"
#include "opening.h"
#include "system-clock.h"
#include "terminal-desk.h"

#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#ifndef RETOUR_VERSION
#error "RETOUR_VERSION comes from the build"
#endif

static void
print_help (GString *out)
{
  g_string_append (out, "Usage: retourctl [--data DIR] [--language fr|en] [--json] COMMAND [ARGUMENTS]\n\n"
                        "Returns of web orders, without a screen.\n\nCommands:\n");
  for (const RetourCommand *command = retour_commands; command->name != NULL; command++)
    g_string_append_printf (out, "  %-8s %s\n", command->name, command->summary);
  g_string_append (
      out, "\nOptions, before or behind the command:\n"
           "  --data DIR       the terminal's data directory (default: $XDG_DATA_HOME/retour)\n"
           "  --language L     of amounts and slips: fr or en\n"
           "  --json           answer in JSON\n"
           "  --version        say which version this is\n"
           "  --help           this help; with a command, that command's\n\n"
           "Exit status: 0 done, 1 failed, 2 malformed document or wrong use, 3 not found, 4 data directory cannot be\n"
           "used, 5 OMS does not answer or is not the one believed, 6 not enrolled, 10 approval needed, 11 refused.\n");
}

/* What stands before or behind the command alike, taken out of argv. */
typedef struct
{
  const char *directory, *language;
} SharedOptions;

/* The value of the option `name` at argv[i], and how many arguments it took: "--name VALUE" or "--name=VALUE"; 0: it is
 * another argument, or its value is missing. */
static int
match_option (char **argv, int i, const char *name, const char **value)
{
  gsize length = strlen (name);

  if (strncmp (argv[i], name, length) != 0)
    return 0;
  if (argv[i][length] == '=')
    {
      *value = argv[i] + length + 1;
      return 1;
    }
  if (argv[i][length] != '\0' || argv[i + 1] == NULL)
    return 0;
  *value = argv[i + 1];
  return 2;
}

static void
take_shared_options (int *argc, char **argv, SharedOptions *shared)
{
  for (int i = 1; i < *argc && !g_str_equal (argv[i], "--"); i++)
    {
      int used = match_option (argv, i, "--data", &shared->directory);

      if (used == 0)
        used = match_option (argv, i, "--language", &shared->language);
      if (used == 0)
        continue;
      memmove (&argv[i], &argv[i + used], sizeof (char *) * (gsize) (*argc - i - used + 1));
      *argc -= used;
      i--;
    }
}

/* The index of the command; 0: it is answered already, with *status. */
static int
find_command (RetourCommandContext *context, int argc, char **argv, RetourExit *status)
{
  int i;

  *status = RETOUR_EXIT_DONE;
  for (i = 1; i < argc && argv[i][0] == '-'; i++)
    {
      if (g_str_equal (argv[i], "--json"))
        context->json = TRUE;
      else if (g_str_equal (argv[i], "--version"))
        {
          g_string_append (context->out, "retourctl " RETOUR_VERSION "\n");
          return 0;
        }
      else if (g_str_equal (argv[i], "--help") || g_str_equal (argv[i], "-h"))
        {
          print_help (context->out);
          return 0;
        }
      else
        {
          *status = retour_command_misused (context, "%s: not an option, or its value is missing; see retourctl --help",
                                            argv[i]);
          return 0;
        }
    }
  if (i < argc)
    return i;
  print_help (context->err);
  *status = RETOUR_EXIT_MALFORMED;
  return 0;
}

static gboolean
choose_language (RetourCommandContext *context, const char *named)
{
  if (named == NULL)
    return TRUE;
  if (!g_str_equal (named, "fr") && !g_str_equal (named, "en"))
    return FALSE;
  context->language = retour_language_parse (named, context->language);
  return TRUE;
}

/* The file of a command that writes is read before the directory is locked, so that nobody waits for a slow pipe, and the
 * same whoever does the work. */
static gboolean
read_input (RetourCommandContext *context, const RetourCommand *command, int argc, char **argv)
{
  const char *path = retour_return_file (argc, argv);
  g_autoptr (GError) error = NULL;
  gsize length;
  char *text;

  if (command->run != retour_run_return || path == NULL)
    return TRUE;
  text = retour_command_read_file (context, path, RETOUR_DRAFT_MAX, &length, &error);
  if (text == NULL)
    {
      retour_command_fail (context, command->name, error);
      return FALSE;
    }
  context->input = g_bytes_new_take (text, length);
  return TRUE;
}

/* Lets the store learn what became of the rest, if the directory can be had once more. */
static RetourExit
run_last (RetourCommandContext *context, RetourExit status)
{
  const gsize said = context->err->len;
  g_autoptr (RetourDatabase) database = NULL;
  RetourExit opened;

  if (context->last != NULL)
    database = retour_command_open (context, RETOUR_DATABASE_DIRECT, NULL, &opened);
  if (database != NULL)
    context->store = retour_database_store (database);
  else
    g_string_truncate (context->err, said);
  status = retour_command_run_last (context, status);
  context->store = NULL;
  return status;
}

static RetourExit
run_with_store (RetourCommandContext *context, const RetourCommand *command, RetourNeeds needs, int argc, char **argv)
{
  const gboolean writes = needs == RETOUR_NEEDS_WRITING;
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourDatabase) database = NULL;
  RetourExit status;

  if (!read_input (context, command, argc, argv))
    return RETOUR_EXIT_MALFORMED;
  database = retour_command_open (context, writes ? RETOUR_DATABASE_DIRECT : RETOUR_DATABASE_LOOK,
                                  (const char *const *) argv, &status);
  if (database == NULL)
    return status;
  context->store = retour_database_store (database);
  if (writes)
    context->desk =
        retour_terminal_desk_new (context->data_directory, context->store, context->documents, context->clock, &error);
  if (error != NULL)
    return retour_command_fail (context, NULL, error);
  status = command->run (context, argc, argv);
  g_clear_pointer (&context->desk, retour_desk_free);
  g_clear_pointer (&database, retour_database_close);
  return run_last (context, retour_command_run_rest (context, status));
}

static gboolean
asks_for_help (int argc, char **argv)
{
  for (int i = 1; i < argc && !g_str_equal (argv[i], "--"); i++)
    if (g_str_equal (argv[i], "--help") || g_str_equal (argv[i], "-h"))
      return TRUE;
  return FALSE;
}

static RetourExit
run (RetourCommandContext *context, int argc, char **argv)
{
  g_autofree char *usual = g_build_filename (g_get_user_data_dir (), "retour", NULL);
  SharedOptions shared = { NULL, NULL };
  const RetourCommand *command;
  RetourNeeds needs;
  RetourExit status;
  int first;

  take_shared_options (&argc, argv, &shared);
  if (!choose_language (context, shared.language))
    return retour_command_misused (context, "--language: expected fr or en");
  first = find_command (context, argc, argv, &status);
  if (first == 0)
    return status;
  command = retour_command_find (argv[first]);
  if (command == NULL)
    return retour_command_misused (context, "%s: no such command; see retourctl --help", argv[first]);
  argc -= first;
  argv += first;
  context->data_directory = shared.directory != NULL ? shared.directory : usual;
  if (*context->data_directory == '\0')
    return retour_command_misused (context, "--data: expected a directory");

  needs = asks_for_help (argc, argv) ? RETOUR_NEEDS_NOTHING : retour_command_needs (command, argc, argv);
  switch (needs)
    {
    case RETOUR_NEEDS_NOTHING:
    case RETOUR_NEEDS_DIRECTORY:
      return command->run (context, argc, argv);
    case RETOUR_NEEDS_READING:
    case RETOUR_NEEDS_WRITING:
      return run_with_store (context, command, needs, argc, argv);
    }
  g_assert_not_reached ();
}

/* What came from elsewhere may hold what a terminal emulator obeys: it is shown instead, as U+2400 and its code, and the
 * higher control characters as U+FFFD. */
static char *
make_visible (const GString *text)
{
  g_autofree char *valid = g_utf8_make_valid (text->str, (gssize) text->len);
  GString *visible = g_string_sized_new (text->len);

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (character == '\n' || (character >= ' ' && character < 0x7f) || character > 0x9f)
        g_string_append_unichar (visible, character);
      else if (character < ' ')
        g_string_append_unichar (visible, 0x2400 + character);
      else
        g_string_append_unichar (visible, character == 0x7f ? 0x2421 : 0xfffd);
    }
  return g_string_free (visible, FALSE);
}

/* Whoever reads may have had enough; what was recorded is recorded all the same. */
static RetourExit
print_texts (const RetourCommandContext *context, RetourExit status)
{
  g_autofree char *out = make_visible (context->out);
  g_autofree char *err = make_visible (context->err);
  gboolean written = fputs (out, stdout) >= 0 && fflush (stdout) == 0;

  fputs (err, stderr);
  if (written)
    return status;
  fputs ("retourctl: the answer could not be written; what was done is done\n", stderr);
  return RETOUR_EXIT_FAILED;
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autofree char **borrowed = NULL;
  RetourCommandContext context = { 0 };
  RetourExit status;

  retour_catalogues_bind ();
  /* A limit on the size of files is a full disk, not a reason to die. */
  signal (SIGXFSZ, SIG_IGN);
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
  status = print_texts (&context, run (&context, argc, borrowed));
  g_string_free (context.out, TRUE);
  g_string_free (context.err, TRUE);
  g_clear_pointer (&context.input, g_bytes_unref);
  return (int) status;
}
