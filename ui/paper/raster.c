/* SPDX-License-Identifier: Apache-2.0 */
#include "raster.h"

#include "paper-error.h"

#include <gio/gio.h>

/* The PNG is written here rather than by cairo: one bit a dot, with the resolution that makes it print true to size. */

enum
{
  DOTS_A_METRE = 8000,
  PNG_BIT_DEPTH = 1,
  PNG_GREYSCALE = 0,
};

RetourRaster *
retour_raster_new (int width, int height)
{
  g_return_val_if_fail (width > 0 && height > 0, NULL);

  RetourRaster *self = g_new0 (RetourRaster, 1);

  self->width = width;
  self->height = height;
  self->stride = (width + 7) / 8;
  self->rows = g_malloc0_n ((gsize) self->stride, (gsize) height);
  return self;
}

void
retour_raster_free (RetourRaster *self)
{
  if (self == NULL)
    return;
  g_free (self->rows);
  g_free (self);
}

static guint32
add_to_crc (guint32 crc, const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      crc ^= bytes[i];
      for (int bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ (crc & 1 ? 0xEDB88320u : 0);
    }
  return crc;
}

static void
append_number (GByteArray *out, guint32 number)
{
  guint32 big = GUINT32_TO_BE (number);

  g_byte_array_append (out, (const guint8 *) &big, sizeof big);
}

static void
append_chunk (GByteArray *out, const char *kind, const guint8 *bytes, gsize length)
{
  guint32 crc = add_to_crc (0xFFFFFFFFu, (const guint8 *) kind, 4);

  append_number (out, (guint32) length);
  g_byte_array_append (out, (const guint8 *) kind, 4);
  g_byte_array_append (out, bytes, (guint) length);
  append_number (out, ~add_to_crc (crc, bytes, length));
}

/* PNG rows: a filter byte (0, none), then the dots; there 0 is black. */
static GBytes *
make_png_rows (const RetourRaster *self, int margin)
{
  int width = self->width + 2 * margin;
  gsize stride = 1 + ((gsize) width + 7) / 8;
  gsize size = stride * (gsize) self->height;
  guint8 *rows = g_malloc0 (size);

  for (int y = 0; y < self->height; y++)
    {
      guint8 *row = rows + (gsize) y * stride + 1;

      for (int x = 0; x < width; x++)
        if (x < margin || x >= margin + self->width || !retour_raster_is_black (self, x - margin, y))
          row[x / 8] |= (guint8) (0x80 >> (x % 8));
    }
  return g_bytes_new_take (rows, size);
}

static GBytes *
compress (GBytes *plain, GError **error)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 6);
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_bytes (plain);
  g_autoptr (GOutputStream) target = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) through = g_converter_output_stream_new (target, G_CONVERTER (compressor));
  g_autoptr (GError) cause = NULL;

  if (g_output_stream_splice (through, source,
                              G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &cause)
      < 0)
    {
      g_set_error (error, RETOUR_PAPER_ERROR, RETOUR_PAPER_ERROR_DRAW, "Cannot write the picture: %s", cause->message);
      return NULL;
    }
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (target));
}

GBytes *
retour_raster_to_png (const RetourRaster *self, int margin, GError **error)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };
  g_autoptr (GByteArray) head = g_byte_array_new ();
  g_autoptr (GByteArray) resolution = g_byte_array_new ();
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GBytes) plain = make_png_rows (self, margin);
  g_autoptr (GBytes) packed = compress (plain, error);

  if (packed == NULL)
    return NULL;

  append_number (head, (guint32) (self->width + 2 * margin));
  append_number (head, (guint32) self->height);
  g_byte_array_append (head, (const guint8[]){ PNG_BIT_DEPTH, PNG_GREYSCALE, 0, 0, 0 }, 5);
  append_number (resolution, DOTS_A_METRE);
  append_number (resolution, DOTS_A_METRE);
  g_byte_array_append (resolution, (const guint8[]){ 1 }, 1);

  g_byte_array_append (out, signature, sizeof signature);
  append_chunk (out, "IHDR", head->data, head->len);
  append_chunk (out, "pHYs", resolution->data, resolution->len);
  append_chunk (out, "IDAT", g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  append_chunk (out, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
