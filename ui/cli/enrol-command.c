/* SPDX-License-Identifier: Apache-2.0 */
/* retourctl enrol: makes a data directory a terminal of a store, with a one-time code from the OMS. */
#include "command.h"

#include "enrolment.h"
#include "storage.h"

#include <string.h>

static void
print_identity (RetourCommandContext *context, const RetourIdentity *identity)
{
  g_autoptr (json_object) object = NULL;

  if (!context->json)
    {
      g_string_append_printf (context->out, "%s, %s (%s), terminal %s\n", identity->chain, identity->store_name,
                              identity->store, identity->terminal);
      return;
    }
  object = json_object_new_object ();
  retour_json_add_text (object, "chain", identity->chain);
  retour_json_add_text (object, "store", identity->store);
  retour_json_add_text (object, "store_name", identity->store_name);
  retour_json_add_text (object, "terminal", identity->terminal);
  retour_json_add_text (object, "terminal_id", identity->terminal_id);
  retour_command_print_json (context, object);
}

/* What a person mistypes is said before the one-time code is spent. */
static gboolean
check_request (RetourCommandContext *context, const RetourEnrolmentRequest *request)
{
  const char *terminal = request->terminal;

  if (!g_str_has_prefix (request->address, "https://") || request->address[strlen ("https://")] == '\0')
    retour_command_misused (context, "enrol: --url: expected https://HOST[:PORT]");
  else if (terminal[0] == '\0' || terminal[1] != '\0' || !retour_terminal_letter_is_valid (terminal[0]))
    retour_command_misused (context, "enrol: --terminal: expected a letter, A to Z");
  else if (request->authority_pem != NULL && strstr (request->authority_pem, "-----BEGIN CERTIFICATE-----") == NULL)
    retour_command_misused (context, "enrol: --ca: expected a certificate in PEM");
  else if (request->pins != NULL && !g_regex_match_simple ("^(sha256//[A-Za-z0-9+/]{43}=(;|$))+$", request->pins, 0, 0))
    retour_command_misused (context, "enrol: --pin: expected sha256// and a hash in base64, several with semicolons");
  else
    return TRUE;
  return FALSE;
}

static char *
dup_host (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  return uri != NULL ? g_strdup (g_uri_get_host (uri)) : NULL;
}

/* What waits was meant for the OMS that it was recorded under. */
static RetourExit
check_outbox (RetourCommandContext *context, RetourStore *store, const char *directory, const char *address)
{
  g_autoptr (RetourEnrolment) enrolment = retour_enrolment_load (directory, NULL);
  g_autofree char *before = enrolment != NULL ? dup_host (enrolment->address) : NULL;
  g_autofree char *now = dup_host (address);
  g_autoptr (GError) error = NULL;
  RetourSyncStatus sync = { 0 };

  if (before == NULL || g_strcmp0 (before, now) == 0)
    return RETOUR_EXIT_DONE;
  if (!store->sync_status (store, &sync, &error))
    return retour_command_fail (context, "enrol", error);
  if (sync.to_send == 0)
    return RETOUR_EXIT_DONE;
  g_string_append_printf (context->err, "retourctl: enrol: %u operations wait for %s: exchange with it first\n",
                          sync.to_send, before);
  return RETOUR_EXIT_REFUSED;
}

/* The directory is opened before the code is spent: it would be lost on one that cannot be written. */
static RetourExit
enrol (RetourCommandContext *context, const RetourEnrolmentRequest *request)
{
  g_autofree char *directory = g_build_filename (context->data_directory, "identity", NULL);
  g_autoptr (RetourDatabase) database = NULL;
  g_autoptr (RetourEnrolment) enrolment = NULL;
  g_autoptr (GError) error = NULL;
  RetourStore *store;
  RetourExit status;

  database = retour_database_open (context->data_directory, context->documents, RETOUR_DATABASE_DIRECT, &error);
  if (database == NULL)
    return retour_command_fail (context, "enrol", error);
  store = retour_database_store (database);
  status = check_outbox (context, store, directory, request->address);
  if (status != RETOUR_EXIT_DONE)
    return status;
  enrolment = retour_enrolment_run (directory, request, &error);
  if (enrolment == NULL || !store->set_identity (store, enrolment->identity, &error))
    return retour_command_fail (context, "enrol", error);
  print_identity (context, enrolment->identity);
  return RETOUR_EXIT_DONE;
}

RetourExit
retour_run_enrol (RetourCommandContext *context, int argc, char **argv)
{
  g_autofree char *url = NULL, *code = NULL, *authority_path = NULL, *authority = NULL, *pins = NULL, *terminal = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  RetourExit status;
  const GOptionEntry entries[] = {
    { "url", 'u', 0, G_OPTION_ARG_STRING, &url, "Address of the OMS", "URL" },
    { "code", 'c', 0, G_OPTION_ARG_STRING, &code, "The one-time code", "CODE" },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &authority_path, "The company's certificate authority, PEM", "FILE" },
    { "pin", 0, 0, G_OPTION_ARG_STRING, &pins, "The OMS's public key: sha256//…", "PINS" },
    { "terminal", 't', 0, G_OPTION_ARG_STRING, &terminal, "The letter of this terminal in its store (default A)",
      "LETTER" },
    { NULL },
  };
  RetourEnrolmentRequest request;

  if (!retour_command_parse (
          context, retour_command_find ("enrol"), entries, &argc, &argv,
          "Exit status: 0 enrolled, 2 wrong use, 4 the directory cannot be used, 5 the OMS does not answer "
          "or is not the one that is believed, 11 the code is not good.",
          &status))
    return status;
  if (argc != 1 || url == NULL || code == NULL || (authority_path == NULL && pins == NULL))
    return retour_command_misused (context, "enrol: expected --url, --code, and --ca or --pin");
  if (authority_path != NULL)
    {
      authority = retour_command_read_file (context, authority_path, RETOUR_FILE_MAX, &length, &error);
      if (authority == NULL)
        return retour_command_fail (context, "enrol: --ca", error);
    }
  request = (RetourEnrolmentRequest){ .address = url,
                                      .code = code,
                                      .terminal = terminal != NULL ? terminal : "A",
                                      .authority_pem = authority,
                                      .pins = pins };
  return check_request (context, &request) ? enrol (context, &request) : RETOUR_EXIT_MALFORMED;
}
