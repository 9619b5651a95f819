/* SPDX-License-Identifier: Apache-2.0 */
#include "control-call.h"

#include "exchange-wait.h"
#include "handover.h"

#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_tokener, json_tokener_free)

#define BLOCK 65536
/* Seconds in which at least some bytes must come or go. */
#define STALL_TIMEOUT 20
/* How long a terminal lets somebody wait for an exchange who did not say, seconds. */
#define USUAL_PATIENCE 30

struct _RetourControlCall
{
  /* Borrowed; NULL once abandoned */
  const RetourControlServices *services;
  RetourControlCallEnd ended;
  gpointer user_data;

  /* Owned */
  GMainContext *main_context;
  GSocketConnection *connection;
  GCancellable *cancellable;
  GByteArray *received;
  guint8 *block;
  GPtrArray *arguments; /* char *, NULL-terminated */
  RetourCommandContext context;
  RetourExchangeWait *wait; /* NULL: none */
  char *data_directory, *printer;
  char *answer;

  gsize line_length; /* of the first line, 0 while it has not come whole */
  gint64 expected;   /* bytes of input behind it; -1: none is coming */
  const RetourCommand *command;
  RetourExit status;
};

static void
call_free (RetourControlCall *call)
{
  if (call->services != NULL)
    call->ended (call, call->user_data);
  retour_exchange_wait_free (call->wait);
  retour_command_run_last (&call->context, call->status);
  g_object_unref (call->connection);
  g_object_unref (call->cancellable);
  g_byte_array_unref (call->received);
  g_free (call->block);
  g_clear_pointer (&call->arguments, g_ptr_array_unref);
  g_string_free (call->context.out, TRUE);
  g_string_free (call->context.err, TRUE);
  g_clear_pointer (&call->context.input, g_bytes_unref);
  g_main_context_unref (call->main_context);
  g_free (call->data_directory);
  g_free (call->printer);
  g_free (call->answer);
  g_free (call);
}

/* Who asked may be gone; what was recorded stays recorded. */
static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RetourControlCall *call = user_data;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (call->connection), NULL, NULL);
  call_free (call);
}

static void
answer (RetourControlCall *call)
{
  g_autoptr (json_object) object = NULL;

  if (g_cancellable_is_cancelled (call->cancellable))
    {
      call_free (call);
      return;
    }
  object = json_object_new_object ();
  retour_json_add_number (object, "status", call->status);
  retour_json_add_text (object, "out", call->context.out->str);
  retour_json_add_text (object, "err", call->context.err->str);
  call->answer = g_strdup (json_object_to_json_string_ext (object, JSON_C_TO_STRING_PLAIN));
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (call->connection)), call->answer,
                                   strlen (call->answer), G_PRIORITY_DEFAULT, call->cancellable, on_answered, call);
}

static void G_GNUC_PRINTF (3, 4) refuse (RetourControlCall *call, RetourExit status, const char *format, ...)
{
  va_list arguments;

  g_string_append (call->context.err, "retourctl: ");
  va_start (arguments, format);
  g_string_append_vprintf (call->context.err, format, arguments);
  va_end (arguments);
  g_string_append_c (call->context.err, '\n');
  call->status = status;
  answer (call);
}

static gpointer
run_last (RetourStore *store, gpointer user_data, GError **error)
{
  RetourControlCall *call = user_data;

  call->context.store = store;
  call->status = retour_command_run_last (&call->context, call->status);
  call->context.store = NULL;
  return NULL;
}

static void
on_last_run (gpointer result, const GError *error, gpointer user_data)
{
  answer (user_data);
}

static gboolean
on_rest_done (gpointer user_data)
{
  RetourControlCall *call = user_data;

  if (call->context.last != NULL && call->services != NULL)
    call->services->storage->write (call->services->storage->self, run_last, on_last_run, call);
  else
    answer (call);
  return G_SOURCE_REMOVE;
}

static gpointer
run_rest (gpointer user_data)
{
  RetourControlCall *call = user_data;

  call->status = retour_command_run_rest (&call->context, call->status);
  g_main_context_invoke (call->main_context, on_rest_done, call);
  return NULL;
}

/* Parsing options moves the pointers about: a copy of the array is the command's. */
static gpointer
run_command (RetourStore *store, gpointer user_data, GError **error)
{
  RetourControlCall *call = user_data;
  g_autofree char **argv = g_memdup2 (call->arguments->pdata, sizeof (char *) * call->arguments->len);

  call->context.store = store;
  call->status = call->command->run (&call->context, (int) call->arguments->len - 1, argv);
  call->context.store = NULL;
  return NULL;
}

static void
on_command_run (gpointer result, const GError *error, gpointer user_data)
{
  RetourControlCall *call = user_data;

  if (error != NULL)
    call->status = retour_command_fail (&call->context, NULL, error);
  if (call->services != NULL && call->services->kick != NULL)
    call->services->kick (call->services->user_data);
  if (call->context.rest != NULL)
    g_thread_unref (g_thread_new ("retour-command", run_rest, call));
  else
    answer (call);
}

static void
on_exchanged (RetourExit status, gpointer user_data)
{
  RetourControlCall *call = user_data;

  g_clear_pointer (&call->wait, retour_exchange_wait_free);
  call->status = status;
  answer (call);
}

static void
begin_exchange (RetourControlCall *call)
{
  g_autofree char **argv = g_memdup2 (call->arguments->pdata, sizeof (char *) * call->arguments->len);
  guint seconds = 0;

  if (!retour_exchange_parse (&call->context, (int) call->arguments->len - 1, argv, &seconds, &call->status))
    answer (call);
  else if (call->services->sync == NULL)
    refuse (call, RETOUR_EXIT_NOT_ENROLLED, "sync: the terminal does not exchange: see retourctl enrol --help");
  else
    call->wait = retour_exchange_wait_new (&call->context, call->services->sync, call->services->storage,
                                           seconds > 0 ? seconds : USUAL_PATIENCE, on_exchanged, call);
}

static gboolean
is_known_offline (RetourSync *sync)
{
  if (sync == NULL)
    return TRUE;
  switch (retour_sync_get_report (sync)->phase)
    {
    case RETOUR_SYNC_PHASE_OFFLINE:
    case RETOUR_SYNC_PHASE_SECURITY:
    case RETOUR_SYNC_PHASE_PORTAL:
    case RETOUR_SYNC_PHASE_NOT_ENROLLED:
      return TRUE;
    case RETOUR_SYNC_PHASE_UP_TO_DATE:
    case RETOUR_SYNC_PHASE_PULLING:
    case RETOUR_SYNC_PHASE_SENDING:
    case RETOUR_SYNC_PHASE_CLOCK_WRONG:
      return FALSE;
    }
  g_return_val_if_reached (TRUE);
}

static void
dispatch (RetourControlCall *call)
{
  const RetourControlServices *services = call->services;
  gsize behind = call->received->len - call->line_length;

  if (call->expected >= 0)
    call->context.input = g_bytes_new (call->received->data + call->line_length, behind);
  if (g_str_equal (call->command->name, "sync"))
    {
      begin_exchange (call);
      return;
    }
  if (retour_command_needs (call->command, (int) call->arguments->len - 1, (char **) call->arguments->pdata)
      != RETOUR_NEEDS_WRITING)
    {
      refuse (call, RETOUR_EXIT_DATA, "%s is not done by a terminal that runs", call->command->name);
      return;
    }
  call->context.desk = services->desk;
  call->context.offline = is_known_offline (services->sync);
  services->storage->write (services->storage->self, run_command, on_command_run, call);
}

static gboolean
read_arguments (RetourControlCall *call, json_object *list)
{
  call->arguments = g_ptr_array_new_with_free_func (g_free);
  for (size_t i = 0; i < json_object_array_length (list); i++)
    {
      json_object *argument = json_object_array_get_idx (list, i);
      const char *text = json_object_get_string (argument);

      if (!json_object_is_type (argument, json_type_string)
          || strlen (text) != (gsize) json_object_get_string_len (argument))
        return FALSE;
      g_ptr_array_add (call->arguments, g_strdup (text));
    }
  g_ptr_array_add (call->arguments, NULL);
  call->command = call->arguments->len > 1 ? retour_command_find (g_ptr_array_index (call->arguments, 0)) : NULL;
  return call->command != NULL;
}

static gboolean
read_line (RetourControlCall *call)
{
  g_autoptr (json_tokener) tokener = json_tokener_new ();
  g_autoptr (json_object) request =
      json_tokener_parse_ex (tokener, (const char *) call->received->data, (int) call->line_length);
  json_object *member;

  if (json_tokener_get_error (tokener) != json_tokener_success || !json_object_is_type (request, json_type_object)
      || !json_object_object_get_ex (request, "arguments", &member) || !json_object_is_type (member, json_type_array)
      || !read_arguments (call, member))
    return FALSE;
  if (json_object_object_get_ex (request, "json", &member))
    call->context.json = json_object_get_boolean (member);
  if (json_object_object_get_ex (request, "language", &member) && json_object_is_type (member, json_type_string))
    call->context.language = retour_language_parse (json_object_get_string (member), RETOUR_LANGUAGE_ENGLISH);
  call->expected = -1;
  if (!json_object_object_get_ex (request, "input", &member) || member == NULL)
    return TRUE;
  if (!json_object_is_type (member, json_type_int) || json_object_get_int64 (member) < 0)
    return FALSE;
  call->expected = json_object_get_int64 (member);
  return TRUE;
}

static void read_on (RetourControlCall *call);

/* What has come so far: more is wanted, or the call goes on. */
static void
take_stock (RetourControlCall *call, gboolean ended)
{
  const guint8 *end;
  gint64 behind;

  if (call->line_length == 0)
    {
      end = memchr (call->received->data, '\n', MIN (call->received->len, RETOUR_CONTROL_LINE_MAX));
      if (end == NULL && !ended && call->received->len < RETOUR_CONTROL_LINE_MAX)
        {
          read_on (call);
          return;
        }
      call->line_length = end != NULL ? (gsize) (end - call->received->data) + 1 : 0;
      if (end == NULL || !read_line (call))
        {
          refuse (call, RETOUR_EXIT_MALFORMED, "the terminal did not understand the request");
          return;
        }
    }
  behind = (gint64) (call->received->len - call->line_length);
  if (call->expected > RETOUR_DRAFT_MAX)
    refuse (call, RETOUR_EXIT_MALFORMED, "%s: larger than %d MiB", call->command->name, RETOUR_DRAFT_MAX / 1024 / 1024);
  else if (behind > MAX (call->expected, 0) || (ended && behind < call->expected))
    refuse (call, RETOUR_EXIT_MALFORMED, "%s: the request was cut", call->command->name);
  else if (behind == MAX (call->expected, 0))
    dispatch (call);
  else
    read_on (call);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RetourControlCall *call = user_data;
  gssize got = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  /* Broken off, stalled, or abandoned: there is nobody to answer. */
  if (got < 0 || (got == 0 && call->received->len == 0))
    {
      call_free (call);
      return;
    }
  g_byte_array_append (call->received, call->block, (guint) got);
  take_stock (call, got == 0);
}

static void
read_on (RetourControlCall *call)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (call->connection)), call->block, BLOCK,
                             G_PRIORITY_DEFAULT, call->cancellable, on_read, call);
}

RetourControlCall *
retour_control_call_new (const RetourControlServices *services,
                         GSocketConnection *connection,
                         RetourControlCallEnd ended,
                         gpointer user_data)
{
  RetourControlCall *call = g_new0 (RetourControlCall, 1);

  call->services = services;
  call->ended = ended;
  call->user_data = user_data;
  call->main_context = g_main_context_ref_thread_default ();
  call->connection = g_object_ref (connection);
  call->cancellable = g_cancellable_new ();
  call->received = g_byte_array_new ();
  call->block = g_malloc (BLOCK);
  call->data_directory = g_strdup (services->data_directory);
  call->context.out = g_string_new (NULL);
  call->context.err = g_string_new (NULL);
  call->context.language = RETOUR_LANGUAGE_ENGLISH;
  call->context.handed_over = TRUE;
  call->context.data_directory = call->data_directory;
  call->printer = g_strdup (services->printer);
  call->context.printer = call->printer;
  call->context.documents = services->documents;
  call->context.clock = services->clock;
  g_socket_set_timeout (g_socket_connection_get_socket (connection), STALL_TIMEOUT);
  read_on (call);
  return call;
}

void
retour_control_call_abandon (RetourControlCall *call)
{
  gboolean waiting = call->wait != NULL;

  call->services = NULL;
  g_cancellable_cancel (call->cancellable);
  if (waiting)
    call_free (call);
}
