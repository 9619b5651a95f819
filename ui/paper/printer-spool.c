/* SPDX-License-Identifier: Apache-2.0 */
#include "printer-spool.h"

#include "printer-talk.h"
#include "time-limit.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct
{
  GError *error;
  GBytes *complaint; /* what lp wrote on its standard error */
  gboolean done;
} Spooling;

static void
on_spooled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Spooling *spooling = user_data;

  g_subprocess_communicate_finish (G_SUBPROCESS (source), result, NULL, &spooling->complaint, &spooling->error);
  spooling->done = TRUE;
}

static void
run_in_time (GSubprocess *lp, gint64 deadline, GCancellable *cancellable, Spooling *spooling)
{
  RetourTimeLimit limit;

  retour_time_limit_begin (&limit, deadline, cancellable);
  g_subprocess_communicate_async (lp, NULL, limit.cancellable, on_spooled, spooling);
  retour_time_limit_run (&limit, &spooling->done);
  if (spooling->error != NULL)
    g_subprocess_force_exit (lp);
  (void) g_subprocess_wait (lp, NULL, NULL);
  retour_time_limit_end (&limit);
}

static char *
dup_complaint (GBytes *bytes)
{
  gsize length = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  char *complaint = text != NULL ? g_utf8_make_valid (text, (gssize) length) : g_strdup ("");

  return g_strchomp (complaint);
}

/* The job goes in a file without a name rather than through a pipe: an lp that ends early would break it. */
static int
make_job_file (GBytes *job, GError **error)
{
  gsize length, done = 0;
  const char *bytes = g_bytes_get_data (job, &length);
  int fd = memfd_create ("retour-print", MFD_CLOEXEC);
  gssize count = 0;

  while (fd >= 0 && done < length && (count >= 0 || errno == EINTR))
    {
      count = write (fd, bytes + done, length - done);
      done += count > 0 ? (gsize) count : 0;
    }
  if (fd >= 0 && done == length && lseek (fd, 0, SEEK_SET) == 0)
    return fd;

  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s", g_strerror (code));
  if (fd >= 0)
    close (fd);
  return -1;
}

static GSubprocess *
start_lp (const char *queue, const RetourPrintJob *job, GError **error)
{
  int fd = make_job_file (job->escpos, error);

  if (fd < 0)
    return NULL;

  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE);

  g_subprocess_launcher_take_stdin_fd (launcher, fd);
  return g_subprocess_launcher_spawn (launcher, error, "lp", "-d", queue, "-o", "raw", "-t", job->name, NULL);
}

gboolean
retour_printer_spool_to_cups (const char *queue,
                              const RetourPrintJob *job,
                              gint64 deadline,
                              GCancellable *cancellable,
                              RetourPrintResult *result,
                              GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GSubprocess) lp = start_lp (queue, job, &cause);
  Spooling spooling = { 0 };

  if (lp == NULL)
    return retour_print_fail (result, RETOUR_PRINT_FAILED, error, "Cannot start lp", cause);

  run_in_time (lp, deadline, cancellable, &spooling);

  g_autoptr (GError) failure = spooling.error;
  g_autoptr (GBytes) written = spooling.complaint;
  g_autofree char *complaint = dup_complaint (written);

  result->sent = TRUE;
  if (failure != NULL && g_cancellable_is_cancelled (cancellable))
    return retour_print_fail (result, RETOUR_PRINT_NO_ANSWER, error, "lp was stopped", failure);
  if (failure != NULL)
    return retour_print_fail (result, RETOUR_PRINT_NO_ANSWER, error, "lp did not end in time", NULL);
  if (!g_subprocess_get_if_exited (lp) || g_subprocess_get_exit_status (lp) != 0)
    {
      g_autofree char *reason = g_strdup_printf ("lp refused the job: %s", complaint);

      result->sent = FALSE;
      return retour_print_fail (result, RETOUR_PRINT_FAILED, error, reason, NULL);
    }
  result->outcome = RETOUR_PRINT_PRINTED;
  return TRUE;
}

static gboolean
write_file (const char *folder, const char *name, const char *suffix, GBytes *bytes, GError **error)
{
  g_autofree char *file = g_strconcat (name, suffix, NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  gsize length;
  const char *contents = g_bytes_get_data (bytes, &length);

  return g_file_set_contents (path, contents, (gssize) length, error);
}

/* A name is a number made of letters, digits and dashes; anything else must not lead out of the folder. */
static char *
make_file_name (const char *name)
{
  char *safe = g_strdup (*name != '\0' ? name : "slip");

  g_strcanon (safe, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_", '_');
  return safe;
}

gboolean
retour_printer_spool_to_folder (const char *folder,
                                const RetourPrintJob *job,
                                RetourPrintResult *result,
                                GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *name = make_file_name (job->name);

  if (!write_file (folder, name, ".escpos", job->escpos, &cause) || !write_file (folder, name, ".png", job->png, &cause)
      || !write_file (folder, name, ".pdf", job->pdf, &cause))
    return retour_print_fail (result, RETOUR_PRINT_FAILED, error, "Cannot write the files", cause);
  result->outcome = RETOUR_PRINT_PRINTED;
  result->sent = TRUE;
  result->confirmed = TRUE;
  return TRUE;
}
