/* SPDX-License-Identifier: Apache-2.0 */
#include "power-cut.h"

#include "patched-disk.h"

#include <glib/gstdio.h>
#include <string.h>

#define SECTOR 512

typedef enum
{
  EVENT_WRITE,
  EVENT_TRUNCATE,
  EVENT_SYNC,
  EVENT_LOST_SYNC,
  EVENT_DELETE,
  EVENT_MARK,
} EventKind;

typedef struct
{
  EventKind kind;
  const char *file; /* interned base name */
  gint64 offset;    /* TRUNCATE: the new size */
  GBytes *bytes;    /* WRITE */
  guint synced_by;  /* the event that made it durable, or lost it for good; NOT_SYNCED: none yet */
} Event;

#define NOT_SYNCED G_MAXUINT

static const char *noted_directory;
static GPtrArray *events; /* Event */
static GHashTable *names; /* sqlite3_file * -> interned base name */
static guint syncs_left;
static gboolean failed;

static void
free_event (gpointer data)
{
  Event *event = data;

  g_bytes_unref (event->bytes);
  g_free (event);
}

/* A sync is about all that happened to the file since the one before. */
static void
settle_events (const char *file)
{
  for (guint i = events->len; i > 0; i--)
    {
      Event *event = events->pdata[i - 1];

      if (event->file != file)
        continue;
      if (event->synced_by != NOT_SYNCED)
        return;
      event->synced_by = events->len;
    }
}

static void
note (EventKind kind, const char *file, gint64 offset, GBytes *bytes)
{
  Event *event;

  if (noted_directory == NULL || (file == NULL && kind != EVENT_MARK))
    {
      g_bytes_unref (bytes);
      return;
    }
  event = g_new0 (Event, 1);
  event->kind = kind;
  event->file = file;
  event->offset = offset;
  event->bytes = bytes;
  event->synced_by = NOT_SYNCED;
  if (kind == EVENT_SYNC || kind == EVENT_LOST_SYNC)
    {
      settle_events (file);
      event->synced_by = events->len;
    }
  g_ptr_array_add (events, event);
}

static int
noting_write (sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset)
{
  const int rc = patched_disk_methods (file)->xWrite (file, bytes, length, offset);

  if (rc == SQLITE_OK)
    note (EVENT_WRITE, g_hash_table_lookup (names, file), offset, g_bytes_new (bytes, (gsize) length));
  return rc;
}

static int
noting_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  const int rc = patched_disk_methods (file)->xTruncate (file, size);

  if (rc == SQLITE_OK)
    note (EVENT_TRUNCATE, g_hash_table_lookup (names, file), size, NULL);
  return rc;
}

static int
noting_sync (sqlite3_file *file, int flags)
{
  const gboolean lost = syncs_left > 0 && --syncs_left == 0;

  failed = failed || lost;
  note (lost ? EVENT_LOST_SYNC : EVENT_SYNC, g_hash_table_lookup (names, file), 0, NULL);
  return lost ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

static void
patch (sqlite3_io_methods *methods)
{
  methods->xWrite = noting_write;
  methods->xTruncate = noting_truncate;
  methods->xSync = noting_sync;
}

/* The base name of a file of the directory; NULL: of another one. */
static const char *
name_inside (const char *path)
{
  g_autofree char *parent = path != NULL ? g_path_get_dirname (path) : NULL;
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;

  if (noted_directory == NULL || parent == NULL || !g_str_equal (parent, noted_directory))
    return NULL;
  return g_intern_string (name);
}

static int
noting_open (sqlite3_vfs *self, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  const int rc = patched_disk_open (self, name, file, flags, out_flags);

  if (rc == SQLITE_OK && file->pMethods != NULL)
    g_hash_table_insert (names, file, (gpointer) name_inside (name));
  return rc;
}

static int
noting_delete (sqlite3_vfs *self, const char *name, int sync_directory)
{
  const int rc = patched_disk_real ()->xDelete (patched_disk_real (), name, FALSE);

  if (rc == SQLITE_OK)
    {
      const char *file = name_inside (name);

      note (EVENT_DELETE, file, 0, NULL);
      if (sync_directory)
        note (EVENT_SYNC, file, 0, NULL);
    }
  return rc;
}

void
power_cut_install (void)
{
  sqlite3_vfs *vfs = patched_disk_install ("power-cut", patch);

  vfs->xOpen = noting_open;
  vfs->xDelete = noting_delete;
  events = g_ptr_array_new_with_free_func (free_event);
  names = g_hash_table_new (NULL, NULL);
}

void
power_cut_note (const char *directory)
{
  if (directory != NULL)
    g_ptr_array_set_size (events, 0);
  noted_directory = directory;
  failed = FALSE;
}

void
power_cut_mark (void)
{
  note (EVENT_MARK, NULL, 0, NULL);
}

void
power_cut_fail_sync (guint n)
{
  syncs_left = n;
  failed = FALSE;
}

gboolean
power_cut_failed (void)
{
  return failed;
}

guint
power_cut_events (void)
{
  return events->len;
}

/* A file as it is being laid out: NULL content is no file. */
static GByteArray *
content_of (GHashTable *files, const char *name)
{
  GByteArray *content = g_hash_table_lookup (files, name);

  if (content == NULL)
    {
      content = g_byte_array_new ();
      g_hash_table_insert (files, (gpointer) name, content);
    }
  return content;
}

static void
set_size (GByteArray *content, gsize size)
{
  const guint before = content->len;

  g_byte_array_set_size (content, (guint) size);
  if (size > before)
    memset (content->data + before, 0, size - before);
}

static void
put (GByteArray *content, gint64 offset, const guint8 *bytes, gsize length)
{
  if (content->len < (gsize) offset + length)
    set_size (content, (gsize) offset + length);
  memcpy (content->data + offset, bytes, length);
}

/* Each sector of a write may be there or not. */
static void
put_torn (GByteArray *content, const Event *event, GRand *dice)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (event->bytes, &length);

  for (gsize done = 0; done < length;)
    {
      const gsize at = (gsize) event->offset + done;
      const gsize piece = MIN (SECTOR - at % SECTOR, length - done);

      if (g_rand_boolean (dice))
        put (content, (gint64) at, bytes + done, piece);
      done += piece;
    }
}

static void
happen (GHashTable *files, const Event *event, GRand *tear)
{
  gsize length;
  const guint8 *bytes;

  switch (event->kind)
    {
    case EVENT_WRITE:
      if (tear != NULL)
        {
          put_torn (content_of (files, event->file), event, tear);
          break;
        }
      bytes = g_bytes_get_data (event->bytes, &length);
      put (content_of (files, event->file), event->offset, bytes, length);
      break;
    case EVENT_TRUNCATE:
      set_size (content_of (files, event->file), (gsize) event->offset);
      break;
    case EVENT_DELETE:
      g_hash_table_remove (files, event->file);
      break;
    case EVENT_SYNC:
    case EVENT_LOST_SYNC:
    case EVENT_MARK:
      break;
    }
}

/* What became of event i within the first n: EVENT_SYNC, EVENT_LOST_SYNC, or EVENT_WRITE for nothing yet. */
static EventKind
fate (guint i, guint n)
{
  const Event *event = events->pdata[i];

  return event->synced_by < n ? ((const Event *) events->pdata[event->synced_by])->kind : EVENT_WRITE;
}

static void
store_files (GHashTable *files, const char *directory)
{
  GHashTableIter iter;
  gpointer name, content;

  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &name, &content))
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      FILE *file = g_fopen (path, "wb");
      const GByteArray *bytes = content;

      g_assert (file != NULL);
      g_assert (fwrite (bytes->data, 1, bytes->len, file) == bytes->len);
      g_assert (fclose (file) == 0);
    }
}

guint
power_cut_lay_out (guint n, PowerCutLoss loss, guint32 seed, const char *directory)
{
  g_autoptr (GHashTable) files = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_byte_array_unref);
  g_autoptr (GRand) dice = g_rand_new_with_seed (seed);
  const gint32 kept = g_rand_int_range (dice, 1, 10); /* of ten unsynced events */
  guint marks = 0;

  for (guint i = 0; i < n && i < events->len; i++)
    {
      const Event *event = events->pdata[i];
      EventKind then;
      gboolean torn = FALSE;

      marks += event->kind == EVENT_MARK;
      then = loss == POWER_CUT_ALL ? EVENT_SYNC : fate (i, n);
      if (then != EVENT_SYNC)
        {
          if (loss == POWER_CUT_NOTHING_UNSYNCED || g_rand_int_range (dice, 0, 10) >= kept)
            continue;
          torn = g_rand_int_range (dice, 0, 3) == 0;
        }
      happen (files, event, torn ? dice : NULL);
    }
  store_files (files, directory);
  return marks;
}
