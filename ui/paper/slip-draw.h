/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "raster.h"
#include "slip.h"

/* A slip as dots, as a picture and as a page. Fails with RETOUR_PAPER_ERROR_DRAW, or RETOUR_PAPER_ERROR_CODE for a
 * barcode or QR whose text cannot be encoded. May run on any thread. */

/* `width` dots across, as tall as the slip is long. */
RetourRaster *retour_slip_draw (const RetourSlip *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same dots as a PNG. On 58 mm paper the printer's unprintable margin is part of the picture, so that a code
 * keeps its quiet zone on a dark screen too. */
GBytes *retour_slip_to_png (const RetourSlip *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One page, true to size and as long as the slip, with text that can be selected. */
GBytes *retour_slip_to_pdf (const RetourSlip *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
