/* SPDX-License-Identifier: Apache-2.0 */
/* retourctl enrol: makes a data directory a terminal of a store, with a one-time code from the OMS. */
#include "command.h"

#include "enrolment.h"
#include "storage.h"

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

RetourExit
retour_run_enrol (RetourCommandContext *context, int argc, char **argv)
{
  g_autofree char *url = NULL, *code = NULL, *authority_path = NULL, *authority = NULL, *pins = NULL, *terminal = NULL;
  g_autofree char *directory = NULL;
  g_autoptr (RetourDatabase) database = NULL;
  g_autoptr (RetourEnrolment) enrolment = NULL;
  g_autoptr (GError) error = NULL;
  RetourStore *store;
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

  if (!retour_command_parse (context, retour_command_find ("enrol"), entries, &argc, &argv, NULL, &status))
    return status;
  if (argc != 1 || url == NULL || code == NULL || (authority_path == NULL && pins == NULL))
    return retour_command_misused (context, "enrol: expected --url, --code, and --ca or --pin");
  if (authority_path != NULL)
    {
      authority = retour_command_read_file (context, authority_path, RETOUR_FILE_MAX, &length, &error);
      if (authority == NULL)
        return retour_command_fail (context, "enrol: ca", error);
    }
  database = retour_database_open (context->data_directory, context->documents, RETOUR_DATABASE_DIRECT, &error);
  if (database == NULL)
    return retour_command_fail (context, "enrol", error);
  store = retour_database_store (database);

  request = (RetourEnrolmentRequest){ .address = url,
                                      .code = code,
                                      .terminal = terminal != NULL ? terminal : "A",
                                      .authority_pem = authority,
                                      .pins = pins };
  directory = g_build_filename (context->data_directory, "identity", NULL);
  enrolment = retour_enrolment_run (directory, &request, &error);
  if (enrolment == NULL || !store->set_identity (store, enrolment->identity, &error))
    return retour_command_fail (context, "enrol", error);
  print_identity (context, enrolment->identity);
  return RETOUR_EXIT_DONE;
}
