/* SPDX-License-Identifier: Apache-2.0 */
#include "changes.h"

#include "feed.h"
#include "members.h"

#include <microhttpd.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

/* The most lines between two cursors (SYNC.md). */
#define CHUNK 500

typedef enum
{
  ENCODING_NONE,
  ENCODING_GZIP,
  ENCODING_ZSTD,
} Encoding;

typedef struct
{
  Sandbox *sandbox;
  char *epoch;
  gint64 at, head;  /* the last seq that is on its way; where this answer ends */
  gint64 since;     /* where it began: 0 needs no tombstones */
  gint64 left;      /* change lines that may still go out */
  gint64 lines;     /* that did */
  gboolean written; /* the end line was */
  gint64 cut_after; /* bytes after which the connection is cut, -1 never */

  GString *plain; /* not yet compressed, from `taken` on */
  gsize taken;

  Encoding encoding;
  z_stream gzip;
  ZSTD_CStream *zstd;
  gboolean finished; /* the compressor too */
} Changes;

static void
append_cursor (Changes *self, const char *member)
{
  g_string_append_printf (self->plain, "{\"%s\":\"%s.%" G_GINT64_FORMAT "\"", member, self->epoch, self->at);
}

static void
append_end (Changes *self, gboolean more)
{
  append_cursor (self, "end");
  g_string_append_printf (self->plain, ",\"lines\":%" G_GINT64_FORMAT ",\"more\":%s}\n", self->lines,
                          more ? "true" : "false");
  self->written = TRUE;
}

static void
append_line (Changes *self, sqlite3_stmt *row)
{
  self->at = sqlite3_column_int64 (row, 0);
  g_string_append (self->plain, "{\"");
  g_string_append (self->plain, sandbox_column_text (row, 1));
  g_string_append (self->plain, "\":");
  g_string_append_len (self->plain, sqlite3_column_blob (row, 2), sqlite3_column_bytes (row, 2));
  g_string_append (self->plain, "}\n");
  self->lines++;
  self->left--;
}

/* The next lines and their cursor, or the end. What changes meanwhile moves behind `head` and comes with a later call. */
static void
fill (Changes *self)
{
  SandboxLedger *ledger = self->sandbox->ledger;
  sqlite3_stmt *row;
  gint64 before = self->lines;

  g_string_truncate (self->plain, 0);
  self->taken = 0;
  sandbox_ledger_lock (ledger);
  row = sandbox_ledger_query (
      ledger,
      "SELECT seq, type, text FROM feed WHERE seq > ?1 AND seq <= ?2 AND (?3 > 0 OR type <> 'gone')"
      " ORDER BY seq LIMIT ?4",
      "iiii", self->at, self->head, self->since, MIN ((gint64) CHUNK, self->left));
  if (row != NULL)
    do
      append_line (self, row);
    while (sandbox_ledger_next (ledger, row));
  sandbox_ledger_unlock (ledger);

  if (self->lines == before || self->left == 0)
    {
      gboolean more = self->left == 0 && self->at < self->head;

      if (!more)
        self->at = MAX (self->at, self->head);
      append_end (self, more);
    }
  else
    {
      append_cursor (self, "cursor");
      g_string_append (self->plain, "}\n");
    }
}

static gsize
copy (Changes *self, char *buffer, gsize size)
{
  gsize n = MIN (size, self->plain->len - self->taken);

  memcpy (buffer, self->plain->str + self->taken, n);
  self->taken += n;
  self->finished = self->written && self->taken == self->plain->len;
  return n;
}

static gsize
deflate_some (Changes *self, char *buffer, gsize size)
{
  self->gzip.next_in = (Bytef *) self->plain->str + self->taken;
  self->gzip.avail_in = (uInt) (self->plain->len - self->taken);
  self->gzip.next_out = (Bytef *) buffer;
  self->gzip.avail_out = (uInt) size;
  self->finished = deflate (&self->gzip, self->written ? Z_FINISH : Z_NO_FLUSH) == Z_STREAM_END;
  self->taken = self->plain->len - self->gzip.avail_in;
  return size - self->gzip.avail_out;
}

static gsize
zstd_some (Changes *self, char *buffer, gsize size)
{
  ZSTD_inBuffer in = { self->plain->str, self->plain->len, self->taken };
  ZSTD_outBuffer out = { buffer, size, 0 };
  gsize left = ZSTD_compressStream2 (self->zstd, &out, &in, self->written ? ZSTD_e_end : ZSTD_e_continue);

  self->taken = in.pos;
  self->finished = self->written && left == 0;
  return out.pos;
}

/* MHD_ContentReaderCallback: never 0, which would be asked again at once. */
static gssize
read_some (gpointer data, guint64 position, char *buffer, gsize size)
{
  Changes *self = data;
  gsize n = 0;

  if (self->cut_after >= 0 && (gint64) position >= self->cut_after)
    return MHD_CONTENT_READER_END_WITH_ERROR;
  while (n == 0 && !self->finished)
    {
      if (self->taken == self->plain->len && !self->written)
        fill (self);
      switch (self->encoding)
        {
        case ENCODING_NONE:
          n = copy (self, buffer, size);
          break;
        case ENCODING_GZIP:
          n = deflate_some (self, buffer, size);
          break;
        case ENCODING_ZSTD:
          n = zstd_some (self, buffer, size);
          break;
        }
    }
  return n > 0 ? (gssize) n : MHD_CONTENT_READER_END_OF_STREAM;
}

static void
changes_free (gpointer data)
{
  Changes *self = data;

  if (self->encoding == ENCODING_GZIP)
    deflateEnd (&self->gzip);
  ZSTD_freeCStream (self->zstd);
  g_string_free (self->plain, TRUE);
  g_free (self->epoch);
  g_free (self);
}

static Encoding
choose_encoding (const SandboxCall *call)
{
  const char *accepted = sandbox_call_header (call, "Accept-Encoding");

  if (accepted != NULL && strstr (accepted, "zstd") != NULL)
    return ENCODING_ZSTD;
  if (accepted != NULL && strstr (accepted, "gzip") != NULL)
    return ENCODING_GZIP;
  return ENCODING_NONE;
}

/* EPOCH.SEQ of this book, not beyond its end. */
static gboolean
parse_cursor (const Sandbox *sandbox, const char *cursor, gint64 head, gint64 *since)
{
  gsize epoch = strlen (sandbox->epoch);
  char *end;
  gint64 number;

  if (strncmp (cursor, sandbox->epoch, epoch) != 0 || cursor[epoch] != '.' || !g_ascii_isdigit (cursor[epoch + 1]))
    return FALSE;
  number = g_ascii_strtoll (cursor + epoch + 1, &end, 10);
  if (*end != '\0' || number > head)
    return FALSE;
  *since = number;
  return TRUE;
}

static Changes *
changes_new (SandboxCall *call, gint64 since, gint64 head, gint64 limit)
{
  Changes *self = g_new0 (Changes, 1);

  self->sandbox = call->sandbox;
  self->at = self->since = since;
  self->head = head;
  self->left = limit;
  self->plain = g_string_new (NULL);
  self->cut_after = call->luck.drop ? (gint64) sandbox_faults_throw (call->sandbox->faults, 1 << 18) : -1;
  self->encoding = choose_encoding (call);
  if (self->encoding == ENCODING_GZIP)
    deflateInit2 (&self->gzip, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  if (self->encoding == ENCODING_ZSTD)
    {
      self->zstd = ZSTD_createCStream ();
      ZSTD_CCtx_setParameter (self->zstd, ZSTD_c_compressionLevel, 1);
    }
  return self;
}

SandboxReply *
sandbox_changes_answer (SandboxCall *call)
{
  static const char *const encodings[] = { NULL, "gzip", "zstd" };
  SandboxLedger *ledger = call->sandbox->ledger;
  const char *cursor = sandbox_call_parameter (call, "cursor");
  const char *limit_text = sandbox_call_parameter (call, "limit");
  gint64 head, count, since = 0;
  guint64 limit = G_MAXINT64;
  g_autofree char *epoch = NULL;
  SandboxReply *reply;
  Changes *changes;
  gboolean known;

  if (limit_text != NULL && !g_ascii_string_to_unsigned (limit_text, 10, 1, G_MAXINT64, &limit, NULL))
    return sandbox_reply_new_problem (400, "malformed", "limit: expected a whole number >= 1");

  sandbox_ledger_lock (ledger);
  head = sandbox_feed_head (ledger);
  epoch = g_strdup (call->sandbox->epoch);
  known = cursor == NULL || parse_cursor (call->sandbox, cursor, head, &since);
  count = sandbox_ledger_integer (ledger, "SELECT count (*) FROM feed WHERE +seq > ? AND (?1 > 0 OR type <> 'gone')",
                                  "i", since);
  sandbox_ledger_unlock (ledger);
  if (!known)
    return sandbox_reply_new_problem (410, "cursor-gone", NULL);

  changes = changes_new (call, since, head, (gint64) limit);
  changes->epoch = g_steal_pointer (&epoch);
  reply = sandbox_reply_new (200, "application/jsonl", NULL);
  reply->encoding = encodings[changes->encoding];
  reply->changes = MIN (count, (gint64) limit);
  reply->stream = (SandboxStream){ read_some, changes_free, changes };
  return reply;
}

SandboxReply *
sandbox_changes_forget (SandboxCall *call)
{
  Sandbox *sandbox = call->sandbox;
  g_autofree char *epoch = g_strdup_printf ("%08x", g_random_int ());
  g_autoptr (GError) error = NULL;

  sandbox_ledger_begin (sandbox->ledger);
  sandbox_ledger_run (sandbox->ledger, "INSERT OR REPLACE INTO meta VALUES ('epoch', ?)", "s", epoch);
  if (!sandbox_ledger_commit (sandbox->ledger, &error))
    return sandbox_reply_new_problem (503, "unavailable", "%s", error->message);
  sandbox_ledger_lock (sandbox->ledger);
  g_free (sandbox->epoch);
  sandbox->epoch = g_steal_pointer (&epoch);
  sandbox_ledger_unlock (sandbox->ledger);
  return sandbox_reply_new (204, NULL, NULL);
}
