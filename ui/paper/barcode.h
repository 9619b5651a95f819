/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

/* A Code 128 or QR symbol as a grid of modules, without its quiet zone. Whoever shows it draws each module as a
 * whole number of dots or pixels, black on white, and leaves `quiet` light modules around (Code 128: at both ends). */

typedef enum
{
  RETOUR_BARCODE_CODE128,
  RETOUR_BARCODE_QR,
} RetourBarcodeKind;

typedef struct
{
  RetourBarcodeKind kind;
  int width;       /* in modules */
  int height;      /* in modules; 1 for Code 128, whose bars are as tall as one likes */
  int quiet;       /* light modules to leave around: 10 for Code 128, 4 for QR */
  guint8 *modules; /* owned; width * height, row by row, 1 is dark */
} RetourBarcode;

/* Encodes `text`. Code 128 takes printable ASCII (1 to 80 characters); QR, at level M, any UTF-8.
 * Fails with RETOUR_PAPER_ERROR_CODE. Free with retour_barcode_free(). */
RetourBarcode *retour_barcode_new (RetourBarcodeKind kind, const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void retour_barcode_free (RetourBarcode *self);

static inline gboolean
retour_barcode_is_dark (const RetourBarcode *self, int x, int y)
{
  return self->modules[y * self->width + x] != 0;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourBarcode, retour_barcode_free)
