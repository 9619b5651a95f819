/* SPDX-License-Identifier: Apache-2.0 */
#include "pen.h"

/* Metrics are never hinted, so that the same paragraph breaks at the same words on paper and in PDF. */

#define FONT_FAMILY "Inter, DejaVu Sans"

enum
{
  SMALLEST_TEXT = 24,
};

static cairo_font_options_t *
make_font_options (RetourPenKind kind)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, kind == RETOUR_PEN_DOTS ? CAIRO_HINT_STYLE_FULL : CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias (options, kind == RETOUR_PEN_DOTS ? CAIRO_ANTIALIAS_NONE : CAIRO_ANTIALIAS_GRAY);
  return options;
}

RetourPen *
retour_pen_new (RetourPenKind kind)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = make_font_options (kind);

  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72.0);
  cairo_font_options_destroy (options);
  if (kind == RETOUR_PEN_VECTOR)
    {
      PangoMatrix matrix = PANGO_MATRIX_INIT;

      pango_matrix_scale (&matrix, RETOUR_PEN_DOT_POINTS, RETOUR_PEN_DOT_POINTS);
      pango_context_set_matrix (context, &matrix);
    }
  return context;
}

static PangoAttrList *
make_attributes (RetourPenText style)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new (style.code ? "tnum=1, zero=1" : "tnum=1"));
  pango_attr_list_insert (attributes, pango_attr_line_height_new_absolute (style.line * PANGO_SCALE));
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  return attributes;
}

static void
apply_style (PangoLayout *layout, RetourPenText style)
{
  PangoFontDescription *font = pango_font_description_new ();
  PangoAttrList *attributes = make_attributes (style);

  pango_font_description_set_family_static (font, FONT_FAMILY);
  pango_font_description_set_weight (font, (PangoWeight) style.weight);
  pango_font_description_set_absolute_size (font, (double) style.size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_font_description_free (font);
}

PangoLayout *
retour_pen_set_text (RetourPen *self, const char *text, RetourPenText style, int width)
{
  PangoLayout *layout = pango_layout_new (self);

  apply_style (layout, style);
  pango_layout_set_width (layout, width < 0 ? -1 : width * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  switch (style.align)
    {
    case RETOUR_PEN_LEFT:
      pango_layout_set_alignment (layout, PANGO_ALIGN_LEFT);
      break;
    case RETOUR_PEN_CENTRE:
      pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
      break;
    case RETOUR_PEN_RIGHT:
      pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
      break;
    }
  pango_layout_set_text (layout, text, -1);
  return layout;
}

PangoLayout *
retour_pen_set_line (RetourPen *self, const char *text, RetourPenText style, int width)
{
  PangoLayout *layout = retour_pen_set_text (self, text, style, -1);

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  while (retour_pen_get_width (layout) > width && style.size > SMALLEST_TEXT)
    {
      style.size--;
      apply_style (layout, style);
    }
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_height (layout, -1);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

void
retour_pen_show_line (RetourPen *self, cairo_t *cr, const char *text, RetourPenText style, int x, int y, int width)
{
  if (text == NULL)
    return;

  PangoLayout *layout = retour_pen_set_line (self, text, style, width);

  retour_pen_show (cr, layout, x, y);
  g_object_unref (layout);
}

int
retour_pen_get_width (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return PANGO_PIXELS_CEIL (logical.width);
}

int
retour_pen_get_height (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return PANGO_PIXELS (logical.height);
}

int
retour_pen_get_baseline (PangoLayout *layout)
{
  return PANGO_PIXELS (pango_layout_get_baseline (layout));
}

void
retour_pen_show (cairo_t *cr, PangoLayout *layout, int x, int y)
{
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

void
retour_pen_fill (cairo_t *cr, int x, int y, int width, int height)
{
  cairo_rectangle (cr, x, y, width, height);
  cairo_fill (cr);
}

void
retour_pen_show_code (cairo_t *cr, const RetourBarcode *code, int x, int y, int module, int height)
{
  int tall = code->kind == RETOUR_BARCODE_QR ? module : height;

  for (int row = 0; row < code->height; row++)
    for (int first = 0, end; first < code->width; first = end)
      {
        gboolean dark = retour_barcode_is_dark (code, first, row);

        end = first + 1;
        while (end < code->width && retour_barcode_is_dark (code, end, row) == dark)
          end++;
        if (dark)
          cairo_rectangle (cr, x + first * module, y + row * tall, (end - first) * module, tall);
      }
  cairo_fill (cr);
}

void
retour_pen_use_ink (cairo_t *cr)
{
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
  cairo_set_source_rgb (cr, 0, 0, 0);
}

void
retour_pen_use_paper (cairo_t *cr)
{
  if (cairo_surface_get_content (cairo_get_target (cr)) == CAIRO_CONTENT_ALPHA)
    cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
  else
    cairo_set_source_rgb (cr, 1, 1, 1);
}
