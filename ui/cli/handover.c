/* SPDX-License-Identifier: Apache-2.0 */
/* The asking side of the private socket. */
#include "handover.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>

#define PATIENCE_SECONDS 320

static char *
write_request (const RetourCommandContext *context, const char *const *argv, const char *input)
{
  g_autoptr (json_object) request = json_object_new_object ();
  json_object *arguments = json_object_new_array ();

  for (int i = 0; argv[i] != NULL; i++)
    json_object_array_add (arguments, json_object_new_string (argv[i]));
  json_object_object_add (request, "arguments", arguments);
  retour_json_add_flag (request, "json", context->json);
  retour_json_add_text (request, "language", retour_language_code (context->language));
  retour_json_add_text (request, "input", input);
  return g_strdup (json_object_to_json_string_ext (request, JSON_C_TO_STRING_PLAIN));
}

static char *
exchange (const char *path, const char *request, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GString) answer = g_string_new (NULL);
  GInputStream *input;
  char block[65536];
  gssize got;

  g_socket_client_set_timeout (client, PATIENCE_SECONDS);
  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, error);
  if (connection == NULL)
    return NULL;
  if (!g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request, strlen (request),
                                  NULL, NULL, error)
      || !g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, error))
    return NULL;
  input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  while ((got = g_input_stream_read (input, block, sizeof block, NULL, error)) > 0)
    {
      g_string_append_len (answer, block, got);
      if (answer->len > RETOUR_CONTROL_MAX)
        break;
    }
  return got < 0 ? NULL : g_string_free (g_steal_pointer (&answer), FALSE);
}

RetourExit
retour_handover (RetourCommandContext *context, const char *const *argv, const char *input)
{
  g_autofree char *path = g_build_filename (context->data_directory, RETOUR_CONTROL_SOCKET, NULL);
  g_autofree char *request = write_request (context, argv, input);
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = exchange (path, request, &error);
  g_autoptr (json_object) object = NULL;
  json_object *member;

  if (answer == NULL)
    {
      g_string_append_printf (context->err, "retourctl: another program holds %s and does not answer: %s\n",
                              context->data_directory, error->message);
      return RETOUR_EXIT_DATA;
    }
  object = json_tokener_parse (answer);
  if (object == NULL || !json_object_object_get_ex (object, "status", &member))
    {
      g_string_append (context->err, "retourctl: the terminal hung up before it answered; ask again\n");
      return RETOUR_EXIT_FAILED;
    }
  {
    RetourExit status = (RetourExit) json_object_get_int (member);

    if (json_object_object_get_ex (object, "out", &member))
      g_string_append (context->out, json_object_get_string (member));
    if (json_object_object_get_ex (object, "err", &member))
      g_string_append (context->err, json_object_get_string (member));
    return status;
  }
}
