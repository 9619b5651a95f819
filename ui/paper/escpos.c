/* SPDX-License-Identifier: Apache-2.0 */
#include "escpos.h"

#include "escpos-bytes.h"

/* `GS v 0` is old, plain, and understood by nearly every printer; its bands are kept short because small printers hold
 * one in memory at a time. */

enum
{
  BAND_ROWS = 240,
};

static void
append_band (GByteArray *out, const RetourRaster *raster, int top)
{
  int rows = MIN (BAND_ROWS, raster->height - top);

  retour_escpos_append (out, 8, 0x1D, 'v', '0', 0, raster->stride & 0xFF, raster->stride >> 8, rows & 0xFF, rows >> 8);
  g_byte_array_append (out, raster->rows + (gsize) top * (gsize) raster->stride, (guint) rows * (guint) raster->stride);
}

GBytes *
retour_escpos_from_raster (const RetourRaster *raster)
{
  GByteArray *out = g_byte_array_new ();

  retour_escpos_append_start (out);
  for (int top = 0; top < raster->height; top += BAND_ROWS)
    append_band (out, raster, top);
  retour_escpos_append_cut (out);
  return g_byte_array_free_to_bytes (out);
}

void
retour_escpos_append (GByteArray *out, int count, ...)
{
  va_list bytes;

  va_start (bytes, count);
  for (int i = 0; i < count; i++)
    {
      guint8 byte = (guint8) va_arg (bytes, int);

      g_byte_array_append (out, &byte, 1);
    }
  va_end (bytes);
}

void
retour_escpos_append_start (GByteArray *out)
{
  retour_escpos_append (out, 2, 0x1B, '@');
}

void
retour_escpos_append_cut (GByteArray *out)
{
  retour_escpos_append (out, 4, 0x1D, 'V', 66, 0);
}
