/* SPDX-License-Identifier: Apache-2.0 */
/* The asking side of the private socket. */
#include "handover.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

/* Longer than anything that may be asked for. */
#define PATIENCE_SECONDS 330

GSocketAddress *
retour_control_address_new (const char *data_directory, int *folder, GError **error)
{
  g_autofree char *path = g_build_filename (data_directory, RETOUR_CONTROL_SOCKET, NULL);
  g_autofree char *short_path = NULL;

  *folder = -1;
  if (strlen (path) < sizeof ((struct sockaddr_un *) NULL)->sun_path)
    return g_unix_socket_address_new (path);
  *folder = open (data_directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (*folder < 0)
    {
      g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (errno), "%s: %s", data_directory,
                   g_strerror (errno));
      return NULL;
    }
  short_path = g_strdup_printf ("/proc/self/fd/%d/" RETOUR_CONTROL_SOCKET, *folder);
  return g_unix_socket_address_new (short_path);
}

static GSocketConnection *
connect_to_holder (const char *data_directory)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = NULL;
  GSocketConnection *connection;
  int folder;

  address = retour_control_address_new (data_directory, &folder, NULL);
  if (address == NULL)
    return NULL;
  g_socket_client_set_timeout (client, PATIENCE_SECONDS);
  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  if (folder >= 0)
    close (folder);
  return connection;
}

static char *
write_line (const RetourCommandContext *context, const char *const *argv)
{
  g_autoptr (json_object) request = json_object_new_object ();
  json_object *arguments = json_object_new_array ();

  for (int i = 0; argv[i] != NULL; i++)
    json_object_array_add (arguments, json_object_new_string (argv[i]));
  json_object_object_add (request, "arguments", arguments);
  retour_json_add_flag (request, "json", context->json);
  retour_json_add_text (request, "language", retour_language_code (context->language));
  json_object_object_add (request, "input",
                          context->input != NULL ? json_object_new_int64 ((gint64) g_bytes_get_size (context->input))
                                                 : NULL);
  return g_strconcat (json_object_to_json_string_ext (request, JSON_C_TO_STRING_PLAIN), "\n", NULL);
}

static gboolean
send_request (RetourCommandContext *context, GSocketConnection *connection, const char *const *argv, GError **error)
{
  g_autofree char *line = write_line (context, argv);
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  gsize size = 0;
  const char *input = context->input != NULL ? g_bytes_get_data (context->input, &size) : NULL;

  return g_output_stream_write_all (stream, line, strlen (line), NULL, NULL, error)
         && (size == 0 || g_output_stream_write_all (stream, input, size, NULL, NULL, error))
         && g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, error);
}

static char *
receive_answer (GSocketConnection *connection, GError **error)
{
  g_autoptr (GString) answer = g_string_new (NULL);
  GInputStream *stream = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autofree char *block = g_malloc (65536);
  gssize got;

  while ((got = g_input_stream_read (stream, block, 65536, NULL, error)) > 0)
    {
      g_string_append_len (answer, block, got);
      if (answer->len > RETOUR_CONTROL_ANSWER_MAX)
        break;
    }
  return got < 0 ? NULL : g_string_free (g_steal_pointer (&answer), FALSE);
}

static gboolean
read_answer (RetourCommandContext *context, const char *answer, RetourExit *status)
{
  g_autoptr (json_object) object = json_tokener_parse (answer);
  json_object *number, *out, *err;

  if (!json_object_is_type (object, json_type_object) || !json_object_object_get_ex (object, "status", &number)
      || !json_object_object_get_ex (object, "out", &out) || !json_object_object_get_ex (object, "err", &err))
    return FALSE;
  g_string_append_len (context->out, json_object_get_string (out), json_object_get_string_len (out));
  g_string_append_len (context->err, json_object_get_string (err), json_object_get_string_len (err));
  *status = (RetourExit) json_object_get_int (number);
  return TRUE;
}

gboolean
retour_handover (RetourCommandContext *context, const char *const *argv, RetourExit *status)
{
  g_autoptr (GSocketConnection) connection = connect_to_holder (context->data_directory);
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;

  if (connection == NULL)
    return FALSE;
  /* Who refuses a request may hang up before all of it was sent; its answer says why. */
  if (!send_request (context, connection, argv, &error))
    g_clear_error (&error);
  answer = receive_answer (connection, &error);
  if (answer != NULL && read_answer (context, answer, status))
    return TRUE;
  g_string_append_printf (context->err,
                          "retourctl: the program that holds %s hung up before it answered%s%s; look whether it was "
                          "done before you ask again\n",
                          context->data_directory, error != NULL ? ": " : "", error != NULL ? error->message : "");
  *status = RETOUR_EXIT_FAILED;
  return TRUE;
}
