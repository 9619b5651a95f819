/* SPDX-License-Identifier: Apache-2.0 */
#include "printer-line.h"

#include "time-limit.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum
{
  FINISH_MS = 1000, /* some printers keep the line open for ever */
  LATE_MS = 250,    /* what came in time may be noticed late; what talks without end is not listened to for ever */
  DRAINED_MAX = 64, /* blocks */
};

struct _RetourPrinterLine
{
  int fd;
  GSocketConnection *connection; /* owned; NULL for a device, whose fd is ours to close */
  GCancellable *cancellable;     /* owned, or NULL */
  gint64 deadline;
  gboolean can_answer;
};

typedef struct
{
  GSocketConnection *connection;
  GError *error;
  gboolean done;
} Connecting;

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Connecting *connecting = user_data;

  connecting->connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &connecting->error);
  connecting->done = TRUE;
}

static GSocketConnection *
connect_in_time (GSocketConnectable *address, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  Connecting connecting = { 0 };
  RetourTimeLimit limit;

  g_socket_client_set_enable_proxy (client, FALSE);
  retour_time_limit_begin (&limit, deadline, cancellable);
  g_socket_client_connect_async (client, address, limit.cancellable, on_connected, &connecting);
  retour_time_limit_run (&limit, &connecting.done);
  retour_time_limit_end (&limit);

  if (connecting.connection == NULL && limit.is_late)
    {
      g_clear_error (&connecting.error);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "No connection in time");
    }
  else if (connecting.connection == NULL)
    g_propagate_error (error, connecting.error);
  return connecting.connection;
}

static RetourPrinterLine *
line_new (int fd, gint64 deadline, GCancellable *cancellable)
{
  RetourPrinterLine *self = g_new0 (RetourPrinterLine, 1);

  self->fd = fd;
  self->deadline = deadline;
  self->can_answer = TRUE;
  if (cancellable != NULL)
    self->cancellable = g_object_ref (cancellable);
  return self;
}

RetourPrinterLine *
retour_printer_line_connect (GSocketConnectable *address, gint64 deadline, GCancellable *cancellable, GError **error)
{
  GSocketConnection *connection = connect_in_time (address, deadline, cancellable, error);

  if (connection == NULL)
    return NULL;

  GSocket *socket = g_socket_connection_get_socket (connection);
  RetourPrinterLine *self = line_new (g_socket_get_fd (socket), deadline, cancellable);

  self->connection = connection;
  return self;
}

/* Never created: an unplugged printer must not leave an ordinary file in its place. */
RetourPrinterLine *
retour_printer_line_open (const char *path, gint64 deadline, GCancellable *cancellable, GError **error)
{
  struct stat status;
  gboolean exists = stat (path, &status) == 0;
  gboolean device = exists && S_ISCHR (status.st_mode);
  int flags = O_NONBLOCK | O_NOCTTY | O_CLOEXEC;

  if (exists && !device && !S_ISREG (status.st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "%s: neither a device nor a file", path);
      return NULL;
    }

  int fd = open (path, flags | (device ? O_RDWR : O_WRONLY | O_APPEND));
  gboolean can_answer = device;

  if (fd < 0 && device && (errno == EACCES || errno == EROFS))
    {
      fd = open (path, flags | O_WRONLY);
      can_answer = FALSE;
    }
  if (fd < 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", path, g_strerror (code));
      return NULL;
    }

  RetourPrinterLine *self = line_new (fd, deadline, cancellable);

  self->can_answer = can_answer;
  return self;
}

void
retour_printer_line_free (RetourPrinterLine *self)
{
  if (self == NULL)
    return;
  if (self->connection != NULL)
    {
      (void) g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
      g_object_unref (self->connection);
    }
  else
    close (self->fd);
  g_clear_object (&self->cancellable);
  g_free (self);
}

gboolean
retour_printer_line_can_answer (const RetourPrinterLine *self)
{
  return self->can_answer;
}

static gboolean
fail (GError **error, GIOErrorEnum code, const char *message)
{
  g_set_error_literal (error, G_IO_ERROR, code, message);
  return FALSE;
}

/* Until one of `events` is there. */
static gboolean
wait_for (RetourPrinterLine *self, short events, gint64 until, short *found, GError **error)
{
  const gint64 limit = MIN (until, self->deadline);
  GPollFD cancel = { .fd = -1 };
  gboolean cancellable = self->cancellable != NULL && g_cancellable_make_pollfd (self->cancellable, &cancel);
  struct pollfd fds[2] = { { .fd = self->fd, .events = events }, { .fd = cancel.fd, .events = POLLIN } };
  int ready;

  do
    {
      gint64 left = (limit - g_get_monotonic_time () + 999) / 1000;

      ready = poll (fds, cancellable ? 2 : 1, (int) CLAMP (left, 0, G_MAXINT));
    }
  while (ready < 0 && errno == EINTR);
  if (cancellable)
    g_cancellable_release_fd (self->cancellable);

  if (g_cancellable_is_cancelled (self->cancellable))
    return fail (error, G_IO_ERROR_CANCELLED, "Cancelled");
  if (ready < 0)
    return fail (error, g_io_error_from_errno (errno), g_strerror (errno));
  if (ready == 0 || g_get_monotonic_time () - limit > LATE_MS * G_TIME_SPAN_MILLISECOND)
    return fail (error, G_IO_ERROR_TIMED_OUT, "The printer did not answer in time");
  *found = fds[0].revents;
  return TRUE;
}

static gssize
write_some (const RetourPrinterLine *self, const guint8 *bytes, gsize length)
{
  if (self->connection != NULL)
    return send (self->fd, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT);
  return write (self->fd, bytes, length);
}

static gboolean
is_worth_waiting (int code)
{
  return code == EAGAIN || code == EINTR;
}

gboolean
retour_printer_line_write (RetourPrinterLine *self, const guint8 *bytes, gsize length, gsize *written, GError **error)
{
  gsize done = 0;

  while (done < length)
    {
      short found;

      if (!wait_for (self, (short) (self->can_answer ? POLLOUT | POLLIN : POLLOUT), G_MAXINT64, &found, error))
        return FALSE;
      if (found & POLLIN)
        {
          guint8 dropped[64];
          gssize count = read (self->fd, dropped, sizeof dropped);

          if (count == 0 || (count < 0 && !is_worth_waiting (errno)))
            return fail (error, G_IO_ERROR_BROKEN_PIPE, "The printer hung up");
        }
      if (!(found & POLLOUT))
        {
          if (found & (POLLHUP | POLLERR | POLLNVAL))
            return fail (error, G_IO_ERROR_BROKEN_PIPE, "The printer hung up");
          continue;
        }

      gssize count = write_some (self, bytes + done, length - done);

      if (count < 0 && !is_worth_waiting (errno))
        return fail (error, G_IO_ERROR_BROKEN_PIPE, g_strerror (errno));
      if (count > 0)
        {
          done += (gsize) count;
          if (written != NULL)
            *written += (gsize) count;
        }
    }
  return TRUE;
}

gboolean
retour_printer_line_read (RetourPrinterLine *self, gint64 until, guint8 *byte, GError **error)
{
  while (TRUE)
    {
      short found;
      guint8 answer;

      if (!wait_for (self, POLLIN, until, &found, error))
        return FALSE;

      gssize count = read (self->fd, &answer, 1);

      if (count == 1)
        {
          *byte = answer;
          return TRUE;
        }
      if (count == 0 || !is_worth_waiting (errno))
        return fail (error, G_IO_ERROR_BROKEN_PIPE, "The printer hung up");
    }
}

void
retour_printer_line_drain (RetourPrinterLine *self)
{
  struct pollfd here = { .fd = self->fd, .events = POLLIN };
  guint8 dropped[64];

  if (!self->can_answer)
    return;
  for (int i = 0; i < DRAINED_MAX; i++)
    if (poll (&here, 1, 0) <= 0 || !(here.revents & POLLIN) || read (self->fd, dropped, sizeof dropped) <= 0)
      return;
}

void
retour_printer_line_finish (RetourPrinterLine *self)
{
  gint64 until = g_get_monotonic_time () + FINISH_MS * G_TIME_SPAN_MILLISECOND;
  guint8 dropped;

  if (self->connection == NULL || shutdown (self->fd, SHUT_WR) != 0)
    return;
  while (retour_printer_line_read (self, until, &dropped, NULL))
    continue;
}
