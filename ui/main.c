/* SPDX-License-Identifier: Apache-2.0 */
/* retour: the desk. Reads the command line, puts data directory, exchange and screens together, and says on standard error
 * and on the screen why it cannot start when it cannot. */
#include <locale.h>
#include <sodium.h>
#include <stdio.h>

#include "application.h"
#include "start-trouble.h"
#include "terminal.h"
#include "words.h"

typedef struct
{
  char *data_directory, *printer, *language;
  gboolean fullscreen, version;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->data_directory);
  g_free (options->printer);
  g_free (options->language);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
read_options (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &options->data_directory,
      "The terminal's data directory (default: $XDG_DATA_HOME/retour)", "DIR" },
    { "printer", 0, 0, G_OPTION_ARG_STRING, &options->printer,
      "tcp://HOST:9100, file:/dev/usb/lp0, cups:QUEUE or dir:/PATH", "PRINTER" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options->language, "Of the screen: fr or en", "LANGUAGE" },
    { "fullscreen", 0, 0, G_OPTION_ARG_NONE, &options->fullscreen, "Fill the screen", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Say which version this is", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- returns of web orders");

  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, error);
}

static int
run (const Options *options, RetourTerminal *terminal)
{
  g_autoptr (RetourApplication) application = retour_application_new (retour_terminal_get_services (terminal));

  if (options->language != NULL)
    retour_application_set_language (application, retour_language_parse (options->language, RETOUR_LANGUAGE_FRENCH));
  retour_application_set_fullscreen (application, options->fullscreen);
  retour_terminal_start (terminal);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}

int
main (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  g_autoptr (RetourTerminal) terminal = NULL;
  g_autoptr (GError) error = NULL;

  retour_ui_init_words ();
  if (!read_options (&options, &argc, &argv, &error) || argc > 1)
    {
      fprintf (stderr, "retour: %s; see retour --help\n", error != NULL ? error->message : argv[1]);
      return 2;
    }
  if (options.version)
    {
      puts ("retour " RETOUR_VERSION);
      return 0;
    }
  if (sodium_init () < 0)
    {
      fputs ("retour: no random numbers on this machine\n", stderr);
      return 1;
    }
  if (options.data_directory == NULL)
    options.data_directory = g_build_filename (g_get_user_data_dir (), "retour", NULL);

  terminal = retour_terminal_new (options.data_directory, options.printer, &error);
  if (terminal == NULL)
    {
      fprintf (stderr, "retour: %s\n", error->message);
      if (options.language != NULL)
        retour_ui_set_language (retour_language_parse (options.language, RETOUR_LANGUAGE_FRENCH));
      retour_start_trouble_show (error);
      return g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND) ? 6 : 4;
    }
  return run (&options, terminal);
}
