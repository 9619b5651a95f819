/* SPDX-License-Identifier: Apache-2.0 */
#include "directory-lock.h"

#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static void
set_error_from_errno (GError **error, int code, const char *what, const char *path)
{
  RetourStoreError kind = RETOUR_STORE_ERROR_ENGINE;

  if (code == EACCES || code == EPERM || code == EROFS)
    kind = RETOUR_STORE_ERROR_READ_ONLY;
  else if (code == ENOSPC || code == EDQUOT)
    kind = RETOUR_STORE_ERROR_FULL;
  g_set_error (error, RETOUR_STORE_ERROR, kind, "%s %s: %s", what, path, g_strerror (code));
}

static void
set_locked (GError **error, int fd, const char *directory)
{
  char holder[32] = "";

  if (pread (fd, holder, sizeof holder - 1, 0) < 0)
    holder[0] = '\0';
  g_strstrip (holder);
  g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_LOCKED, "%s is in use by process %s", directory,
               holder[0] != '\0' ? holder : "unknown");
}

/* Who holds the lock is only for the message: a disk too full for it does not matter. */
static void
write_holder (int fd)
{
  char holder[32];
  const int length = snprintf (holder, sizeof holder, "%ld\n", (long) getpid ());

  if (ftruncate (fd, 0) != 0 || pwrite (fd, holder, (size_t) length, 0) != length)
    errno = 0;
}

int
retour_directory_lock (const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, "lock", NULL);
  int fd;

  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      set_error_from_errno (error, errno, "Cannot make", directory);
      return -1;
    }
  fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      set_error_from_errno (error, errno, "Cannot write", path);
      return -1;
    }
  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno == EWOULDBLOCK)
        set_locked (error, fd, directory);
      else
        set_error_from_errno (error, errno, "Cannot lock", path);
      close (fd);
      return -1;
    }
  write_holder (fd);
  return fd;
}
