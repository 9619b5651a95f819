/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

/* A picture of ink or no ink, as a thermal printer takes it: rows packed eight dots a byte, the leftmost in the high
 * bit, 1 is black. */

typedef struct
{
  int width;    /* dots */
  int height;   /* dots */
  int stride;   /* bytes a row: (width + 7) / 8 */
  guint8 *rows; /* owned; stride * height */
} RetourRaster;

RetourRaster *retour_raster_new (int width, int height); /* all white */
void retour_raster_free (RetourRaster *self);

static inline gboolean
retour_raster_is_black (const RetourRaster *self, int x, int y)
{
  return (self->rows[(gsize) y * self->stride + x / 8] >> (7 - x % 8)) & 1;
}

/* A 1-bit greyscale PNG with `margin` white dots left and right, and the resolution of 203 dpi.
 * Fails with RETOUR_PAPER_ERROR_DRAW. */
GBytes *retour_raster_to_png (const RetourRaster *self, int margin, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourRaster, retour_raster_free)
