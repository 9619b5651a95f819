/* SPDX-License-Identifier: Apache-2.0 */
#include "ballast.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static gboolean
has_room (const char *path)
{
  g_autofree char *directory = g_path_get_dirname (path);
  struct statvfs room;

  return statvfs (directory, &room) == 0 && (guint64) room.f_bavail * room.f_frsize >= 2ULL * RETOUR_BALLAST_BYTES;
}

gboolean
retour_ballast_set (const char *path)
{
  struct stat present;
  gboolean filled;
  int fd;

  if (stat (path, &present) == 0 && present.st_size == RETOUR_BALLAST_BYTES)
    return TRUE;
  if (!has_room (path))
    return FALSE;
  fd = open (path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    return FALSE;
  /* A file with a hole would hold nothing back. */
  filled = posix_fallocate (fd, 0, RETOUR_BALLAST_BYTES) == 0;
  close (fd);
  if (!filled)
    g_unlink (path);
  return filled;
}

gboolean
retour_ballast_drop (const char *path)
{
  return g_unlink (path) == 0;
}
