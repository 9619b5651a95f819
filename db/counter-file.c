/* SPDX-License-Identifier: Apache-2.0 */
#include "counter-file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FILE_NAME "return-counter"
/* How many counters are told to the disk ahead: as many may be left out when a database is lost. */
#define AHEAD 32
#define SET_ASIDE (-1)
/* Always as long, so that it is written over in one piece. */
#define LINE "%19" G_GINT64_FORMAT " %19" G_GINT64_FORMAT "\n"
#define LINE_LENGTH 40

struct _RetourCounterFile
{
  char *directory, *path;
  int fd; /* -1: there is none yet */
  gboolean unreadable;
  gint64 used, ahead; /* as the file has them */
};

static gboolean
set_error (const RetourCounterFile *self, int code, const char *what, GError **error)
{
  RetourStoreError kind = RETOUR_STORE_ERROR_ENGINE;

  if (code == EACCES || code == EPERM || code == EROFS)
    kind = RETOUR_STORE_ERROR_READ_ONLY;
  else if (code == ENOSPC || code == EDQUOT || code == EFBIG)
    kind = RETOUR_STORE_ERROR_FULL;
  g_set_error (error, RETOUR_STORE_ERROR, kind, "Cannot %s %s: %s", what, self->path, g_strerror (code));
  return FALSE;
}

static void
read_line (RetourCounterFile *self)
{
  char text[LINE_LENGTH + 1] = { 0 };
  int length = 0;
  gint64 used, ahead;

  self->unreadable = TRUE;
  if (pread (self->fd, text, LINE_LENGTH, 0) != LINE_LENGTH
      || sscanf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n%n", &used, &ahead, &length) != 2
      || length != LINE_LENGTH || used < SET_ASIDE || ahead < used)
    return;
  self->unreadable = FALSE;
  self->used = used;
  self->ahead = ahead;
}

RetourCounterFile *
retour_counter_file_open (const char *directory, GError **error)
{
  g_autoptr (RetourCounterFile) self = g_new0 (RetourCounterFile, 1);

  self->directory = g_strdup (directory);
  self->path = g_build_filename (directory, FILE_NAME, NULL);
  self->fd = open (self->path, O_RDWR | O_CLOEXEC);
  if (self->fd >= 0)
    read_line (self);
  else if (errno != ENOENT)
    {
      set_error (self, errno, "open", error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
retour_counter_file_free (RetourCounterFile *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->directory);
  g_free (self->path);
  g_free (self);
}

gboolean
retour_counter_file_expects_database (const RetourCounterFile *self)
{
  return self->fd >= 0 && !self->unreadable && self->used != SET_ASIDE;
}

gboolean
retour_counter_file_floor (const RetourCounterFile *self, gint64 in_database, gint64 *floor, GError **error)
{
  gboolean older;

  *floor = in_database;
  if (self->fd < 0)
    return TRUE;
  if (self->unreadable)
    {
      if (in_database > 0)
        return TRUE;
      g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_CORRUPT,
                   "%s cannot be read: which return numbers were used is not known; enrol under another letter",
                   self->path);
      return FALSE;
    }
  /* Of a copy that was put back nobody knows how old it is: what was used last is not surely on the disk. */
  older = in_database == 0 || self->used == SET_ASIDE || self->ahead - in_database > AHEAD + 1;
  *floor = MAX (in_database, older ? self->ahead : self->used);
  return TRUE;
}

static gboolean
sync_directory (const RetourCounterFile *self, GError **error)
{
  const int fd = open (self->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean done;

  if (fd < 0)
    return set_error (self, errno, "keep", error);
  done = fsync (fd) == 0;
  if (!done)
    set_error (self, errno, "keep", error);
  close (fd);
  return done;
}

static gboolean
write_line (RetourCounterFile *self, gint64 used, gint64 ahead, GError **error)
{
  char text[LINE_LENGTH + 1];
  const gboolean fresh = self->fd < 0;
  const gboolean durably = fresh || self->unreadable || ahead != self->ahead || used == SET_ASIDE;
  const int length = g_snprintf (text, sizeof text, LINE, used, ahead);

  g_assert (length == LINE_LENGTH);
  if (fresh)
    self->fd = open (self->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->fd < 0)
    return set_error (self, errno, "write", error);
  errno = ENOSPC; /* what a short write means */
  if (pwrite (self->fd, text, LINE_LENGTH, 0) != LINE_LENGTH || (durably && fdatasync (self->fd) != 0))
    return set_error (self, errno, "write", error);
  self->unreadable = FALSE;
  self->used = used;
  self->ahead = ahead;
  return !fresh || sync_directory (self, error);
}

gboolean
retour_counter_file_take (RetourCounterFile *self, gint64 counter, GError **error)
{
  const gboolean known = self->fd >= 0 && !self->unreadable;
  gint64 ahead = known ? self->ahead : 0;

  if (counter > ahead)
    ahead = counter + AHEAD;
  if (known && counter == self->used && ahead == self->ahead)
    return TRUE;
  return write_line (self, counter, ahead, error);
}

gboolean
retour_counter_file_set_aside (RetourCounterFile *self, GError **error)
{
  if (self->fd < 0 || self->unreadable)
    return TRUE;
  return write_line (self, SET_ASIDE, self->ahead, error);
}
