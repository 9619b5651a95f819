/* SPDX-License-Identifier: Apache-2.0 */
/* bench-paper: a proof of return laid out, drawn to dots and packed as ESC/POS, beside bare Pango, cairo and zint that lay out
 * and draw the same texts in the same sizes and encode the same codes. */
#include "measure.h"
#include "paper-fixture.h"

#include "escpos.h"
#include "slip-draw.h"

#include <locale.h>
#include <pango/pangocairo.h>
#include <string.h>
#include <zint.h>

#define TIMES 200
/* Of the texts on 80 mm paper (slip.h). */
static const int sizes[] = { 24, 26, 30, 38, 40, 48 };

static gint64
time_ours (const RetourSlipProof *proof, gsize *bytes)
{
  const gint64 began = measure_now ();
  g_autoptr (RetourSlip) slip = retour_slip_proof_compose (proof, RETOUR_SLIP_WIDTH_80MM);
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourRaster) raster = retour_slip_draw (slip, &error);
  g_autoptr (GBytes) escpos = NULL;

  if (raster == NULL)
    g_error ("%s", error->message);
  escpos = retour_escpos_from_raster (raster);
  *bytes = g_bytes_get_size (escpos);
  return measure_now () - began;
}

static int
draw_text (PangoContext *context, cairo_t *cr, const char *text, RetourSlipStyle style, int y)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_from_string ("Inter, DejaVu Sans");
  int height;

  pango_font_description_set_absolute_size (font, sizes[style.size] * PANGO_SCALE);
  pango_font_description_set_weight (font, style.weight == RETOUR_SLIP_BOLD ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, RETOUR_SLIP_WIDTH_80MM * PANGO_SCALE);
  pango_layout_set_text (layout, text, -1);
  cairo_move_to (cr, 0, y);
  pango_cairo_show_layout (cr, layout);
  pango_layout_get_pixel_size (layout, NULL, &height);
  pango_font_description_free (font);
  g_object_unref (layout);
  return y + height;
}

static int
draw_code (cairo_t *cr, const char *text, int symbology, int scale, int height, int y)
{
  struct zint_symbol *symbol = ZBarcode_Create ();

  symbol->symbology = symbology;
  symbol->option_1 = symbology == BARCODE_QRCODE ? 2 : -1;
  if (ZBarcode_Encode (symbol, (const unsigned char *) text, (int) strlen (text)) >= ZINT_ERROR)
    g_error ("%s", symbol->errtxt);
  for (int row = 0; row < symbol->rows; row++)
    for (int column = 0; column < symbol->width; column++)
      if ((symbol->encoded_data[row][column >> 3] >> (column & 7)) & 1)
        cairo_rectangle (cr, column * scale, y + row * height, scale, height);
  cairo_fill (cr);
  y += symbol->rows * height;
  ZBarcode_Delete (symbol);
  return y;
}

static PangoContext *
make_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_FULL);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_NONE);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72.0);
  cairo_font_options_destroy (options);
  return context;
}

static int
draw_block (PangoContext *context, cairo_t *cr, const RetourSlipBlock *block, int y)
{
  switch (block->kind)
    {
    case RETOUR_SLIP_BARCODE:
      return draw_code (cr, block->code, BARCODE_CODE128, 2, 100, y);
    case RETOUR_SLIP_QR:
      y = draw_code (cr, block->code, BARCODE_QRCODE, 4, 4, y);
      break;
    case RETOUR_SLIP_TEXT:
    case RETOUR_SLIP_BAND:
    case RETOUR_SLIP_ROW:
    case RETOUR_SLIP_RULE_DASHED:
    case RETOUR_SLIP_RULE_SOLID:
    case RETOUR_SLIP_SPACE:
      break;
    }
  if (block->text != NULL)
    y = draw_text (context, cr, block->text, block->style, y);
  if (block->right != NULL)
    draw_text (context, cr, block->right, block->right_style, y);
  if (block->detail != NULL)
    y = draw_text (context, cr, block->detail, (RetourSlipStyle){ 0 }, y);
  return y;
}

/* A surface of ink, a bit a dot, and what a raster command holds of it. */
static gint64
time_bare (const RetourSlip *slip, int height, guint8 *packed)
{
  const gint64 began = measure_now ();
  PangoContext *context = make_context ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, slip->width, height);
  cairo_t *cr = cairo_create (surface);
  const guint8 *ink;
  int y = 0, stride;

  for (guint i = 0; i < slip->blocks->len; i++)
    y = draw_block (context, cr, g_ptr_array_index (slip->blocks, i), y);
  cairo_surface_flush (surface);
  ink = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  memset (packed, 0, (gsize) (slip->width / 8 * height));
  for (int row = 0; row < height; row++)
    for (int x = 0; x < slip->width; x++)
      if (ink[row * stride + x] > 127)
        packed[row * (slip->width / 8) + x / 8] |= (guint8) (0x80 >> (x % 8));
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_object_unref (context);
  return measure_now () - began;
}

int
main (void)
{
  g_autoptr (RetourSlipProof) proof = NULL;
  g_autoptr (RetourSlip) slip = NULL;
  g_autoptr (RetourRaster) raster = NULL;
  g_autoptr (MeasureSeries) ours = measure_series_new ();
  g_autoptr (MeasureSeries) bare = measure_series_new ();
  g_autofree guint8 *packed = NULL;
  gsize bytes = 0;

  setlocale (LC_ALL, "C.UTF-8");
  proof = paper_fixture_new_proof_fr ();
  slip = retour_slip_proof_compose (proof, RETOUR_SLIP_WIDTH_80MM);
  raster = retour_slip_draw (slip, NULL);
  g_assert (raster != NULL);
  packed = g_malloc ((gsize) (slip->width / 8 * raster->height));
  for (guint i = 0; i < TIMES; i++)
    {
      measure_series_add (ours, time_ours (proof, &bytes));
      measure_series_add (bare, time_bare (slip, raster->height, packed));
    }
  measure_tell_series ("receipt", ours, bare);
  measure_tell ("receipt_bytes", "B", (double) bytes, slip->width / 8.0 * raster->height);
  return 0;
}
