/* SPDX-License-Identifier: Apache-2.0 */
#include "identity-files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "enrolment.h"

#define LARGEST (1024 * 1024)

static gboolean
fail (const char *path, const char *verb, GError **error)
{
  int saved = errno;

  g_set_error (error, RETOUR_ENROLMENT_ERROR,
               saved == ENOENT ? RETOUR_ENROLMENT_ERROR_NOT_ENROLLED : RETOUR_ENROLMENT_ERROR_FILE,
               "%s cannot be %s: %s", path, verb, g_strerror (saved));
  return FALSE;
}

gboolean
retour_identity_make_directory (const char *directory, GError **error)
{
  if (g_mkdir_with_parents (directory, 0700) == 0 && g_chmod (directory, 0700) == 0)
    return TRUE;
  int saved = errno;
  g_set_error (error, RETOUR_ENROLMENT_ERROR, RETOUR_ENROLMENT_ERROR_FILE, "%s cannot be made: %s", directory,
               g_strerror (saved));
  return FALSE;
}

char *
retour_identity_read (const char *directory, const char *name, gsize *length, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) problem = NULL;
  struct stat about;
  gsize size;

  if (stat (path, &about) != 0)
    {
      fail (path, "read", error);
      return NULL;
    }
  if (!S_ISREG (about.st_mode) || about.st_size > LARGEST)
    {
      g_set_error (error, RETOUR_ENROLMENT_ERROR, RETOUR_ENROLMENT_ERROR_DAMAGED, "%s is not a file of an enrolment",
                   path);
      return NULL;
    }
  if (!g_file_get_contents (path, &content, &size, &problem))
    {
      g_set_error_literal (error, RETOUR_ENROLMENT_ERROR, RETOUR_ENROLMENT_ERROR_FILE, problem->message);
      return NULL;
    }
  if (length != NULL)
    *length = size;
  return g_steal_pointer (&content);
}

static gboolean
write_all (int fd, const char *bytes, gsize length)
{
  while (length > 0)
    {
      gssize written = write (fd, bytes, length);
      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return FALSE;
      bytes += written;
      length -= (gsize) written;
    }
  return TRUE;
}

static gboolean
sync_directory (const char *directory)
{
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return FALSE;
  gboolean synced = fsync (fd) == 0;
  close (fd);
  return synced;
}

gboolean
retour_identity_write (const char *directory, const char *name, const void *content, gsize length, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *beside = g_strconcat (path, ".new", NULL);

  g_unlink (beside);
  int fd = open (beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return fail (beside, "written", error);
  gboolean written = write_all (fd, content, length) && fsync (fd) == 0;
  int saved = errno;
  if (close (fd) != 0 || !written)
    {
      g_unlink (beside);
      errno = saved;
      return fail (beside, "written", error);
    }
  if (g_rename (beside, path) != 0 || !sync_directory (directory))
    return fail (path, "written", error);
  return TRUE;
}

void
retour_identity_remove (const char *directory, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);

  g_unlink (path);
}
