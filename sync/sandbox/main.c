/* SPDX-License-Identifier: Apache-2.0 */
/* retour-sandbox: the central OMS of an imaginary chain, for trying, developing, teaching and testing. */
#include "chain.h"
#include "client.h"
#include "faults.h"
#include "program.h"

#include <documents.h>
#include <glib-unix.h>
#include <gnutls/gnutls.h>
#include <locale.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define EXIT_USAGE 2

static struct
{
  char *directory, *now, *store, *terminal;
  int orders, port;
  gint64 seed;
  double refund_delay;
  char **faults;
  gboolean print_enrolment;
} options = { .orders = 10000, .seed = 1, .refund_delay = 30 };

static const GOptionEntry entries[] = {
  { "data", 0, 0, G_OPTION_ARG_FILENAME, &options.directory, "Where it keeps everything; made when it is not there",
    "DIR" },
  { "orders", 0, 0, G_OPTION_ARG_INT, &options.orders, "How many orders a new chain has (10000)", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT64, &options.seed, "The same seed and date make the same chain (1)", "S" },
  { "port", 0, 0, G_OPTION_ARG_INT, &options.port, "Port on 127.0.0.1 (0: a free one)", "PORT" },
  { "refund-delay", 0, 0, G_OPTION_ARG_DOUBLE, &options.refund_delay, "From requested to settled (30)", "SECONDS" },
  { "now", 0, 0, G_OPTION_ARG_STRING, &options.now, "Lives from this time on (RFC 3339; the clock's)", "TIME" },
  { "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.faults, "What goes wrong; may be repeated, see below", "SPEC" },
  { "print-enrolment", 0, 0, G_OPTION_ARG_NONE, &options.print_enrolment, "Prints a code for --store and --terminal",
    NULL },
  { "store", 0, 0, G_OPTION_ARG_STRING, &options.store, "Store of the enrolment (0214)", "CODE" },
  { "terminal", 0, 0, G_OPTION_ARG_STRING, &options.terminal, "Terminal of the enrolment (A)", "LETTER" },
  G_OPTION_ENTRY_NULL,
};

static const char *const commands =
    "Commands, of a sandbox that runs on --data DIR:\n"
    "  enrol           prints {url, code, ca_pem, pin…} for --store and --terminal; good once, 15 minutes\n"
    "  faults [SPEC…]  replaces the faults; without SPEC nothing goes wrong any more\n"
    "  returns         prints the returns it received\n"
    "  operations      prints the operations it received, and how often\n"
    "  alarms          prints what should never happen and did\n"
    "  terminals       prints the enrolled terminals\n"
    "  revoke ID       refuses that terminal from now on\n"
    "  staff           prints who may sign in, with their codes and badges\n"
    "  settle          settles all refunds at once\n"
    "Without a command it serves until it is interrupted.\n"
    "\n"
    "Faults:\n";

static int
complain (GError *error)
{
  g_printerr ("retour-sandbox: %s\n", error->message);
  g_error_free (error);
  return EXIT_FAILURE;
}

static char *
enrolment_request (void)
{
  return g_strdup_printf ("{\"store\":\"%s\",\"terminal\":\"%s\"}", options.store != NULL ? options.store : "0214",
                          options.terminal != NULL ? options.terminal : "A");
}

static char *
faults_request (char **specs)
{
  g_autoptr (GString) text = g_string_new ("{\"faults\":[");

  for (guint i = 0; specs[i] != NULL; i++)
    {
      g_autofree char *escaped = g_strescape (specs[i], NULL);

      g_string_append_printf (text, "%s\"%s\"", i > 0 ? "," : "", escaped);
    }
  g_string_append (text, "]}");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Who may sign in anywhere in the chain, with the codes they type: as JSON Lines. */
static int
print_staff (void)
{
  for (guint i = 0; i < SANDBOX_COLLEAGUES; i++)
    {
      const SandboxColleague *colleague = sandbox_chain_colleague (i);

      g_print ("{\"id\":\"%s\",\"name\":\"%s\",\"role\":\"%s\",\"pin\":\"%s\",\"badge\":\"%s\"}\n", colleague->id,
               colleague->name, retour_role_code (colleague->role), colleague->pin, colleague->badge);
    }
  return EXIT_SUCCESS;
}

static int
command (char **words)
{
  static const struct
  {
    const char *name, *method, *path;
  } simple[] = {
    { "returns", "GET", "/sandbox/returns" },         { "operations", "GET", "/sandbox/operations" },
    { "alarms", "GET", "/sandbox/alarms" },           { "terminals", "GET", "/sandbox/terminals" },
    { "settle", "POST", "/sandbox/refunds/advance" },
  };
  const char *method = NULL;
  g_autofree char *path = NULL, *body = NULL, *answer = NULL;
  GError *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (simple); i++)
    if (strcmp (words[0], simple[i].name) == 0)
      {
        method = simple[i].method;
        path = g_strdup (simple[i].path);
        body = g_strdup (strcmp (method, "POST") == 0 ? "{}" : NULL);
      }
  if (strcmp (words[0], "enrol") == 0)
    {
      method = "POST";
      path = g_strdup ("/sandbox/enrolment-codes");
      body = enrolment_request ();
    }
  else if (strcmp (words[0], "faults") == 0)
    {
      method = "PUT";
      path = g_strdup ("/sandbox/faults");
      body = faults_request (words + 1);
    }
  else if (strcmp (words[0], "revoke") == 0 && words[1] != NULL)
    {
      method = "POST";
      path = g_strdup_printf ("/sandbox/terminals/%s/revoke", words[1]);
      body = g_strdup ("");
    }
  else if (strcmp (words[0], "staff") == 0)
    return print_staff ();
  if (method == NULL)
    {
      g_printerr ("retour-sandbox: %s: no such command; see --help\n", words[0]);
      return EXIT_USAGE;
    }
  answer = sandbox_client_call (options.directory, method, path, body, &error);
  if (answer == NULL)
    return complain (error);
  g_print ("%s%s", answer, *answer != '\0' ? "\n" : "");
  return EXIT_SUCCESS;
}

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static int
print_enrolment (void)
{
  g_autofree char *body = enrolment_request ();
  GError *error = NULL;
  g_autofree char *answer = sandbox_client_call (options.directory, "POST", "/sandbox/enrolment-codes", body, &error);

  if (answer == NULL)
    return complain (error);
  g_print ("enrolment %s\n", answer);
  return EXIT_SUCCESS;
}

static int
serve (RetourInstant now)
{
  SandboxSettings settings = { .directory = options.directory,
                               .orders = (guint) options.orders,
                               .seed = (guint64) options.seed,
                               .port = (guint16) options.port,
                               .refund_delay = (gint64) (options.refund_delay * G_USEC_PER_SEC),
                               .now = now,
                               .faults = (const char *const *) options.faults };
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GError *error = NULL;
  Sandbox *sandbox = sandbox_program_start (&settings, retour_documents (), &error);
  int status = EXIT_SUCCESS;

  if (sandbox == NULL)
    return complain (error);
  g_unix_signal_add (SIGINT, on_signal, loop);
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_print ("listening %s\n", sandbox->url);
  if (options.print_enrolment)
    status = print_enrolment ();
  g_print ("ready\n");
  fflush (stdout);
  if (status == EXIT_SUCCESS)
    g_main_loop_run (loop);
  sandbox_program_stop (sandbox);
  return status;
}

static gboolean
check_options (RetourInstant *now)
{
  *now = RETOUR_INSTANT_NONE;
  if (options.directory == NULL)
    g_printerr ("retour-sandbox: --data: missing\n");
  else if (options.orders < 0 || options.orders > 10000000)
    g_printerr ("retour-sandbox: --orders: expected 0 to 10000000\n");
  else if (options.port < 0 || options.port > 65535)
    g_printerr ("retour-sandbox: --port: expected 0 to 65535\n");
  else if (!(options.refund_delay >= 0 && options.refund_delay < 1e9))
    g_printerr ("retour-sandbox: --refund-delay: expected seconds\n");
  else if (options.now != NULL && !retour_instant_parse (options.now, now))
    g_printerr ("retour-sandbox: --now: expected a time like 2026-11-24T10:00:00Z\n");
  else
    return TRUE;
  return FALSE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("[COMMAND]");
  g_autofree char *help = g_strconcat (commands, sandbox_faults_explain (), NULL);
  GError *error = NULL;
  RetourInstant now;

  setlocale (LC_ALL, "");
  g_option_context_set_summary (context, "The central OMS of an imaginary chain, over HTTPS on this machine.");
  g_option_context_set_description (context, help);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      complain (error);
      return EXIT_USAGE;
    }
  if (!check_options (&now))
    return EXIT_USAGE;
  if (sodium_init () < 0)
    return EXIT_FAILURE;
  return argc > 1 ? command (argv + 1) : serve (now);
}
