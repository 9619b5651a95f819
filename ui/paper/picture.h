/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "raster.h"

#include <cairo.h>

/* Something drawn in dots, ready to be put on any surface. Only this folder uses it. */

typedef struct
{
  int width;  /* dots */
  int height; /* dots */
  int margin; /* white dots left and right in PDF */
  int pages;
  void (*draw) (gconstpointer what, int page, cairo_t *cr); /* in dots, from the top left corner */
  gconstpointer what;                                       /* borrowed */
} RetourPicture;

/* The first page as ink or no ink, however tall. Fails, as all here, with RETOUR_PAPER_ERROR_DRAW. */
RetourRaster *retour_picture_to_raster (const RetourPicture *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* All pages, true to size. */
GBytes *retour_picture_to_pdf (const RetourPicture *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One page in greys, a pixel a dot. */
GBytes *retour_picture_to_smooth_png (const RetourPicture *self, int page, GError **error) G_GNUC_WARN_UNUSED_RESULT;
