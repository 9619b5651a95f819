/* SPDX-License-Identifier: Apache-2.0 */
#include "picture.h"

#include "paper-error.h"
#include "pen.h"

#include <cairo-pdf.h>

enum
{
  STRIP_ROWS = 4096, /* cairo's images end at 32,767 rows; a slip does not */
  INK_THRESHOLD = 128,
};

static gboolean
check_status (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, RETOUR_PAPER_ERROR, RETOUR_PAPER_ERROR_DRAW, "Cannot draw: %s", cairo_status_to_string (status));
  return FALSE;
}

static cairo_status_t
append_bytes (void *closure, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (closure, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Draws with `cr` and takes it and `surface` away. */
static gboolean
draw_page (const RetourPicture *self, int page, cairo_t *cr, GError **error)
{
  retour_pen_use_ink (cr);
  self->draw (self->what, page, cr);

  cairo_status_t status = cairo_status (cr);

  cairo_destroy (cr);
  return check_status (status, error);
}

static void
pack_rows (RetourRaster *raster, cairo_surface_t *surface, int top, int rows)
{
  const guint8 *ink = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (int y = 0; y < rows; y++)
    for (int x = 0; x < raster->width; x++)
      if (ink[y * stride + x] >= INK_THRESHOLD)
        raster->rows[(gsize) (top + y) * (gsize) raster->stride + x / 8] |= (guint8) (0x80 >> (x % 8));
}

static gboolean
draw_strip (const RetourPicture *self, RetourRaster *raster, int top, GError **error)
{
  int rows = MIN (STRIP_ROWS, self->height - top);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, self->width, rows);
  cairo_t *cr = cairo_create (surface);

  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_translate (cr, 0, -top);

  gboolean drawn = draw_page (self, 0, cr, error);

  if (drawn)
    {
      cairo_surface_flush (surface);
      pack_rows (raster, surface, top, rows);
    }
  cairo_surface_destroy (surface);
  return drawn;
}

RetourRaster *
retour_picture_to_raster (const RetourPicture *self, GError **error)
{
  g_autoptr (RetourRaster) raster = retour_raster_new (self->width, self->height);

  for (int top = 0; top < self->height; top += STRIP_ROWS)
    if (!draw_strip (self, raster, top, error))
      return NULL;
  return g_steal_pointer (&raster);
}

GBytes *
retour_picture_to_pdf (const RetourPicture *self, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  double dot = RETOUR_PEN_DOT_POINTS;
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (append_bytes, bytes, (self->width + 2 * self->margin) * dot,
                                           self->height * dot);
  gboolean drawn = TRUE;

  for (int page = 0; drawn && page < self->pages; page++)
    {
      cairo_t *cr = cairo_create (surface);

      cairo_scale (cr, dot, dot);
      cairo_translate (cr, self->margin, 0);
      drawn = draw_page (self, page, cr, error);
      cairo_surface_show_page (surface);
    }
  cairo_surface_finish (surface);
  drawn = drawn && check_status (cairo_surface_status (surface), error);
  cairo_surface_destroy (surface);
  return drawn ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

GBytes *
retour_picture_to_smooth_png (const RetourPicture *self, int page, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, self->width, self->height);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);

  gboolean drawn = draw_page (self, page, cr, error)
                   && check_status (cairo_surface_write_to_png_stream (surface, append_bytes, bytes), error);

  cairo_surface_destroy (surface);
  return drawn ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}
