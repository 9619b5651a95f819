/* SPDX-License-Identifier: Apache-2.0 */
/* The answering side of the private socket. The request is read and answered without ever blocking the main loop; the
 * command itself runs in a job of the storage. */
#include "control.h"

#include "handover.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

struct _RetourControl
{
  RetourControlServices services;
  GSocketService *service; /* owned */
  char *path;              /* owned */
};

typedef struct
{
  RetourControl *control;        /* borrowed */
  GSocketConnection *connection; /* owned */
  GOutputStream *received;       /* owned */
  RetourCommandContext context;
  GPtrArray *arguments; /* char *, NULL-terminated */
  const RetourCommand *command;
  RetourExit status;
  char *answer;
} Call;

static void
call_free (Call *call)
{
  g_clear_object (&call->connection);
  g_clear_object (&call->received);
  g_string_free (call->context.out, TRUE);
  g_string_free (call->context.err, TRUE);
  g_free (call->context.input);
  g_clear_pointer (&call->arguments, g_ptr_array_unref);
  g_free (call->answer);
  g_free (call);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;

  /* Who asked may be gone; what was recorded stays recorded. */
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (call->connection), NULL, NULL);
  call_free (call);
}

static void
answer (Call *call)
{
  g_autoptr (json_object) object = json_object_new_object ();

  retour_json_add_number (object, "status", call->status);
  retour_json_add_text (object, "out", call->context.out->str);
  retour_json_add_text (object, "err", call->context.err->str);
  call->answer = g_strdup (json_object_to_json_string_ext (object, JSON_C_TO_STRING_PLAIN));
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (call->connection)), call->answer,
                                   strlen (call->answer), G_PRIORITY_DEFAULT, NULL, on_answered, call);
}

static gpointer
run_command (RetourStore *store, gpointer user_data, GError **error)
{
  Call *call = user_data;

  /* Parsing options moves the pointers about: a copy of the array is theirs. */
  g_autofree char **argv = g_memdup2 (call->arguments->pdata, sizeof (char *) * call->arguments->len);

  call->context.store = store;
  call->status = call->command->run (&call->context, (int) call->arguments->len - 1, argv);
  return NULL;
}

static void
on_command_run (gpointer result, const GError *error, gpointer user_data)
{
  Call *call = user_data;

  if (error != NULL)
    call->status = retour_command_fail (&call->context, NULL, error);
  if (call->control->services.kick != NULL && call->command->needs == RETOUR_NEEDS_WRITING)
    call->control->services.kick (call->control->services.user_data);
  answer (call);
}

static gboolean
read_request (Call *call)
{
  gsize size = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (call->received));
  g_autofree char *text = g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (call->received)), size);
  g_autoptr (json_object) request = json_tokener_parse (text);
  json_object *member;

  if (request == NULL || !json_object_object_get_ex (request, "arguments", &member)
      || !json_object_is_type (member, json_type_array) || json_object_array_length (member) == 0)
    return FALSE;
  call->arguments = g_ptr_array_new_with_free_func (g_free);
  for (size_t i = 0; i < json_object_array_length (member); i++)
    g_ptr_array_add (call->arguments, g_strdup (json_object_get_string (json_object_array_get_idx (member, i))));
  g_ptr_array_add (call->arguments, NULL);
  call->command = retour_command_find (g_ptr_array_index (call->arguments, 0));
  if (json_object_object_get_ex (request, "json", &member))
    call->context.json = json_object_get_boolean (member);
  if (json_object_object_get_ex (request, "language", &member))
    call->context.language = retour_language_parse (json_object_get_string (member), RETOUR_LANGUAGE_FRENCH);
  if (json_object_object_get_ex (request, "input", &member) && member != NULL)
    call->context.input = g_strdup (json_object_get_string (member));
  return call->command != NULL;
}

static void
on_received (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;
  const RetourControlServices *services = &call->control->services;
  g_autoptr (GError) error = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error) < 0 || !read_request (call))
    {
      g_string_append (call->context.err, "retourctl: the terminal did not understand\n");
      call->status = RETOUR_EXIT_MALFORMED;
      answer (call);
      return;
    }
  if (g_str_equal (call->command->name, "sync"))
    {
      if (services->kick != NULL)
        services->kick (services->user_data);
      g_string_append (call->context.out, "The terminal was asked to exchange.\n");
      answer (call);
      return;
    }
  if (call->command->needs != RETOUR_NEEDS_WRITING)
    {
      g_string_append_printf (call->context.err, "retourctl: %s cannot be done while a terminal runs\n",
                              call->command->name);
      call->status = RETOUR_EXIT_DATA;
      answer (call);
      return;
    }
  services->storage->write (services->storage->self, run_command, on_command_run, call);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  RetourControl *control = user_data;
  Call *call = g_new0 (Call, 1);

  call->control = control;
  call->connection = g_object_ref (connection);
  call->received = g_memory_output_stream_new_resizable ();
  call->context.out = g_string_new (NULL);
  call->context.err = g_string_new (NULL);
  call->context.data_directory = control->services.data_directory;
  call->context.documents = control->services.documents;
  call->context.clock = control->services.clock;
  call->context.desk = control->services.desk;
  g_output_stream_splice_async (call->received, g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                G_OUTPUT_STREAM_SPLICE_NONE, G_PRIORITY_DEFAULT, NULL, on_received, call);
  return TRUE;
}

RetourControl *
retour_control_new (const RetourControlServices *services, GError **error)
{
  g_autoptr (RetourControl) control = g_new0 (RetourControl, 1);
  g_autoptr (GSocketAddress) address = NULL;

  control->services = *services;
  control->path = g_build_filename (services->data_directory, RETOUR_CONTROL_SOCKET, NULL);
  g_unlink (control->path);
  address = g_unix_socket_address_new (control->path);
  control->service = g_socket_service_new ();
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (control->service), address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, error))
    return NULL;
  if (g_chmod (control->path, S_IRUSR | S_IWUSR) != 0)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_ACCES, "%s cannot be made private", control->path);
      return NULL;
    }
  g_signal_connect (control->service, "incoming", G_CALLBACK (on_incoming), control);
  return g_steal_pointer (&control);
}

void
retour_control_free (RetourControl *control)
{
  if (control == NULL)
    return;
  if (control->service != NULL)
    {
      g_socket_service_stop (control->service);
      g_socket_listener_close (G_SOCKET_LISTENER (control->service));
      g_clear_object (&control->service);
    }
  if (control->path != NULL)
    g_unlink (control->path);
  g_free (control->path);
  g_free (control);
}
