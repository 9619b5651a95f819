/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "code-page.h"
#include "raster.h"
#include "slip.h"

/* The bytes of ESC/POS: a slip as a picture (any font, any accent, our own codes), or as the printer's own text, for
 * printers that draw slowly or badly. */

/* What `ESC t` must be given for a code page differs from one model to the next. */
typedef struct
{
  RetourCodePage code_page;
  guint8 select; /* the model's number of that page: TM-T88: 19 is 858, 16 is 1252 */
} RetourEscposText;

/* Initialise, the picture in bands, feed and cut. */
GBytes *retour_escpos_from_raster (const RetourRaster *raster);

/* The same slip in the printer's own letters and codes: 48 columns on 80 mm, 32 on 58 mm. */
GBytes *retour_escpos_from_slip (const RetourSlip *slip, const RetourEscposText *text);
