/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "barcode.h"
#include "pen.h"
#include "slip.h"

/* A slip whose blocks are set and placed, which gives it its length. Only this folder uses it. */

typedef struct
{
  const RetourSlipBlock *block;
  int y;
  int height;
  PangoLayout *text; /* owned, as the rest; NULL where there is none */
  int text_x, text_y;
  PangoLayout *right;
  int right_x, right_y;
  PangoLayout *detail;
  int detail_x, detail_y;
  RetourBarcode *code;
  int code_x;
  int module; /* dots */
  int bars;   /* dots of height of a Code 128 */
} RetourSlipPlaced;

typedef struct
{
  const RetourSlip *slip; /* borrowed */
  int margin;             /* dots left free inside the printable width */
  int paper_margin;       /* dots outside of it, where the printer cannot print */
  GArray *placed;         /* of RetourSlipPlaced */
  int height;             /* dots */
} RetourSlipLayout;

/* Fails with RETOUR_PAPER_ERROR_CODE for a barcode or QR whose text cannot be encoded or is too long for the paper. */
RetourSlipLayout *
retour_slip_layout_new (const RetourSlip *slip, RetourPenKind kind, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void retour_slip_layout_free (RetourSlipLayout *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourSlipLayout, retour_slip_layout_free)
