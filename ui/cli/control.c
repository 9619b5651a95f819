/* SPDX-License-Identifier: Apache-2.0 */
/* Requests are read and answered without ever blocking the main loop; a command runs in a job of the storage, and what lasts
 * longer than the store may be held, on a thread of its own. */
#include "control.h"

#include "control-call.h"
#include "handover.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* More at a time is no person's work. */
#define CALLS_MAX 32

struct _RetourControl
{
  RetourControlServices services;
  char *data_directory;    /* owned */
  char *printer;           /* owned */
  GSocketService *service; /* owned */
  char *path;              /* owned; NULL: not listening */
  GPtrArray *calls;        /* RetourControlCall, each until it has ended */
};

static void
on_call_ended (RetourControlCall *call, gpointer user_data)
{
  RetourControl *control = user_data;

  g_ptr_array_remove_fast (control->calls, call);
}

/* The socket's mode keeps others out; whoever can pass by it is asked for its name as well. */
static gboolean
is_same_person (GSocketConnection *connection)
{
  g_autoptr (GCredentials) credentials = g_socket_get_credentials (g_socket_connection_get_socket (connection), NULL);
  uid_t user = credentials != NULL ? g_credentials_get_unix_user (credentials, NULL) : (uid_t) -1;

  return user == geteuid () || user == 0;
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  RetourControl *control = user_data;

  if (control->calls->len < CALLS_MAX && is_same_person (connection))
    g_ptr_array_add (control->calls, retour_control_call_new (&control->services, connection, on_call_ended, control));
  return TRUE;
}

static gboolean
listen_at (RetourControl *control, GSocketAddress *address, GError **error)
{
  control->service = g_socket_service_new ();
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (control->service), address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, error))
    return FALSE;
  if (g_chmod (control->path, S_IRUSR | S_IWUSR) != 0)
    {
      g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (errno), "%s cannot be made private: %s",
                   control->path, g_strerror (errno));
      return FALSE;
    }
  g_signal_connect (control->service, "incoming", G_CALLBACK (on_incoming), control);
  return TRUE;
}

RetourControl *
retour_control_new (const RetourControlServices *services, GError **error)
{
  g_autoptr (RetourControl) control = g_new0 (RetourControl, 1);
  g_autoptr (GSocketAddress) address = NULL;
  gboolean listens;
  int folder;

  control->services = *services;
  control->data_directory = g_strdup (services->data_directory);
  control->services.data_directory = control->data_directory;
  control->printer = g_strdup (services->printer);
  control->services.printer = control->printer;
  control->calls = g_ptr_array_new ();
  address = retour_control_address_new (services->data_directory, &folder, error);
  if (address == NULL)
    return NULL;
  control->path = g_build_filename (services->data_directory, RETOUR_CONTROL_SOCKET, NULL);
  g_unlink (control->path);
  listens = listen_at (control, address, error);
  if (folder >= 0)
    close (folder);
  return listens ? g_steal_pointer (&control) : NULL;
}

static void
stop_listening (RetourControl *control)
{
  if (control->service != NULL)
    {
      g_socket_service_stop (control->service);
      g_socket_listener_close (G_SOCKET_LISTENER (control->service));
      g_signal_handlers_disconnect_by_data (control->service, control);
      g_clear_object (&control->service);
    }
  if (control->path != NULL)
    g_unlink (control->path);
  g_clear_pointer (&control->path, g_free);
}

static gboolean
on_out_of_patience (gpointer out_of_patience)
{
  *(gboolean *) out_of_patience = TRUE;
  return G_SOURCE_REMOVE;
}

void
retour_control_finish (RetourControl *control, guint seconds)
{
  gboolean out_of_patience = FALSE;
  guint timer;

  stop_listening (control);
  timer = g_timeout_add_seconds (seconds, on_out_of_patience, &out_of_patience);
  while (control->calls->len > 0 && !out_of_patience)
    g_main_context_iteration (NULL, TRUE);
  if (!out_of_patience)
    g_source_remove (timer);
}

void
retour_control_free (RetourControl *control)
{
  if (control == NULL)
    return;
  stop_listening (control);
  while (control->calls->len > 0)
    retour_control_call_abandon (g_ptr_array_steal_index_fast (control->calls, control->calls->len - 1));
  g_ptr_array_unref (control->calls);
  g_free (control->data_directory);
  g_free (control->printer);
  g_free (control);
}
