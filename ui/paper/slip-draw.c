/* SPDX-License-Identifier: Apache-2.0 */
#include "slip-draw.h"

#include "pen.h"
#include "picture.h"
#include "slip-layout.h"

enum
{
  DASH_ON = 6,
  DASH_OFF = 3,
};

static void
draw_rule_dashed (int left, int right, const RetourSlipPlaced *placed, cairo_t *cr)
{
  for (int x = left; x < right; x += DASH_ON + DASH_OFF)
    retour_pen_fill (cr, x, placed->y, MIN (DASH_ON, right - x), placed->height);
}

static void
draw_texts (const RetourSlipPlaced *placed, cairo_t *cr)
{
  if (placed->text != NULL)
    retour_pen_show (cr, placed->text, placed->text_x, placed->y + placed->text_y);
  if (placed->right != NULL)
    retour_pen_show (cr, placed->right, placed->right_x, placed->y + placed->right_y);
  if (placed->detail != NULL)
    retour_pen_show (cr, placed->detail, placed->detail_x, placed->y + placed->detail_y);
}

static void
draw_block (const RetourSlipLayout *self, const RetourSlipPlaced *placed, cairo_t *cr)
{
  int left = self->margin;
  int right = self->slip->width - self->margin;

  switch (placed->block->kind)
    {
    case RETOUR_SLIP_TEXT:
    case RETOUR_SLIP_ROW:
      draw_texts (placed, cr);
      break;
    case RETOUR_SLIP_BAND:
      retour_pen_fill (cr, left, placed->y, right - left, placed->height);
      retour_pen_use_paper (cr);
      draw_texts (placed, cr);
      retour_pen_use_ink (cr);
      break;
    case RETOUR_SLIP_RULE_DASHED:
      draw_rule_dashed (left, right, placed, cr);
      break;
    case RETOUR_SLIP_RULE_SOLID:
      retour_pen_fill (cr, left, placed->y, right - left, placed->height);
      break;
    case RETOUR_SLIP_BARCODE:
    case RETOUR_SLIP_QR:
      retour_pen_show_code (cr, placed->code, placed->code_x, placed->y, placed->module, placed->bars);
      draw_texts (placed, cr);
      break;
    case RETOUR_SLIP_SPACE:
      break;
    }
}

static void
draw_layout (gconstpointer what, int page, cairo_t *cr)
{
  const RetourSlipLayout *self = what;

  for (guint i = 0; i < self->placed->len; i++)
    draw_block (self, &g_array_index (self->placed, RetourSlipPlaced, i), cr);
}

static RetourPicture
make_picture (const RetourSlipLayout *layout)
{
  return (RetourPicture){
    .width = layout->slip->width,
    .height = layout->height,
    .margin = layout->paper_margin,
    .pages = 1,
    .draw = draw_layout,
    .what = layout,
  };
}

RetourRaster *
retour_slip_draw (const RetourSlip *self, GError **error)
{
  g_autoptr (RetourSlipLayout) layout = retour_slip_layout_new (self, RETOUR_PEN_DOTS, error);

  if (layout == NULL)
    return NULL;

  RetourPicture picture = make_picture (layout);

  return retour_picture_to_raster (&picture, error);
}

GBytes *
retour_slip_to_png (const RetourSlip *self, GError **error)
{
  g_autoptr (RetourSlipLayout) layout = retour_slip_layout_new (self, RETOUR_PEN_DOTS, error);

  if (layout == NULL)
    return NULL;

  RetourPicture picture = make_picture (layout);
  g_autoptr (RetourRaster) raster = retour_picture_to_raster (&picture, error);

  return raster != NULL ? retour_raster_to_png (raster, layout->paper_margin, error) : NULL;
}

GBytes *
retour_slip_to_pdf (const RetourSlip *self, GError **error)
{
  g_autoptr (RetourSlipLayout) layout = retour_slip_layout_new (self, RETOUR_PEN_VECTOR, error);

  if (layout == NULL)
    return NULL;

  RetourPicture picture = make_picture (layout);

  return retour_picture_to_pdf (&picture, error);
}
