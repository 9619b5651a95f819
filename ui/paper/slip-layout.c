/* SPDX-License-Identifier: Apache-2.0 */
#include "slip-layout.h"

#include "paper-error.h"

/* Sizes are mock-up P1's, in dots. Rows keep their right side in a column of its own, so that an amount can never run
 * into a name. */

typedef struct
{
  int margin;
  int paper_margin;
  int sizes[6]; /* by RetourSlipSize */
  int lines[6]; /* line height of each */
  int bars;
  int qr_limit; /* the QR grows by whole dots a module up to this */
} Measures;

static const Measures WIDE = {
  24, 0, { 24, 26, 30, 38, 40, 48 }, { 32, 34, 38, 48, 52, 58 }, 96, 216,
};

/* 58 mm paper has 5 mm on each side where nothing prints: it serves as margin and as quiet zone. */
static const Measures NARROW = {
  4, 40, { 24, 24, 27, 32, 36, 40 }, { 31, 32, 34, 40, 44, 50 }, 88, 300,
};

enum
{
  TOP = 24,
  BOTTOM = 32,
  BAND_PADDING = 8,
  COLUMN_GAP = 20,
  RULE_DASHED_HEIGHT = 3,
  RULE_SOLID_HEIGHT = 4,
  CODE128_MODULE = 2,
  QR_MODULE_MIN = 4, /* half a millimetre: read by telephones from worn paper */
  QR_MODULE_MAX = 6,
  QR_GAP = 24,
  QR_TEXT_MIN = 200, /* a narrower column beside the QR would break every word: the text goes below */
  CODE_TEXT_GAP = 8,
};

typedef struct
{
  const Measures *measures;
  RetourPen *pen; /* owned by the builder's caller */
  int width;      /* of the slip */
  int content;    /* between the margins */
} Builder;

static void
placed_clear (gpointer memory)
{
  RetourSlipPlaced *placed = memory;

  g_clear_object (&placed->text);
  g_clear_object (&placed->right);
  g_clear_object (&placed->detail);
  g_clear_pointer (&placed->code, retour_barcode_free);
}

static int
get_weight (RetourSlipStyle style)
{
  switch (style.weight)
    {
    case RETOUR_SLIP_REGULAR:
      return PANGO_WEIGHT_NORMAL;
    case RETOUR_SLIP_SEMIBOLD:
      return PANGO_WEIGHT_SEMIBOLD;
    case RETOUR_SLIP_BOLD:
      return style.code ? PANGO_WEIGHT_ULTRABOLD : PANGO_WEIGHT_BOLD;
    }
  g_assert_not_reached ();
}

static PangoLayout *
set_text (const Builder *builder, const char *text, RetourSlipStyle style, RetourPenAlign align, int width)
{
  RetourPenText pen_text = {
    .size = builder->measures->sizes[style.size],
    .line = builder->measures->lines[style.size],
    .weight = get_weight (style),
    .code = style.code,
    .align = align,
  };

  return retour_pen_set_text (builder->pen, text, pen_text, width);
}

/* Centred lines are made equally long, or a date would leave its hour alone on the second one. */
static PangoLayout *
set_centred (const Builder *builder, const char *text, RetourSlipStyle style, int width, int *indent)
{
  PangoLayout *layout = set_text (builder, text, style, RETOUR_PEN_CENTRE, width);
  int lines = pango_layout_get_line_count (layout);
  int narrowest = width / 2, fits = width;

  while (lines > 1 && fits - narrowest > 1)
    {
      int middle = (narrowest + fits) / 2;

      pango_layout_set_width (layout, middle * PANGO_SCALE);
      if (pango_layout_get_line_count (layout) == lines && retour_pen_get_width (layout) <= middle)
        fits = middle;
      else
        narrowest = middle;
    }
  pango_layout_set_width (layout, fits * PANGO_SCALE);
  *indent = (width - fits) / 2;
  return layout;
}

static void
place_text (const Builder *builder, RetourSlipPlaced *placed)
{
  const RetourSlipBlock *block = placed->block;
  int indent = 0;

  if (block->align == RETOUR_SLIP_CENTRE)
    placed->text = set_centred (builder, block->text, block->style, builder->content, &indent);
  else
    placed->text = set_text (builder, block->text, block->style, RETOUR_PEN_LEFT, builder->content);
  placed->text_x = builder->measures->margin + indent;
  placed->height = retour_pen_get_height (placed->text);
}

static void
place_band (const Builder *builder, RetourSlipPlaced *placed)
{
  const RetourSlipBlock *block = placed->block;
  int indent;

  placed->text = set_centred (builder, block->text, block->style, builder->content - 2 * BAND_PADDING, &indent);
  placed->text_x = builder->measures->margin + BAND_PADDING + indent;
  placed->text_y = BAND_PADDING;
  placed->height = retour_pen_get_height (placed->text) + 2 * BAND_PADDING;
}

/* An amount is made smaller rather than broken; only one that no size can hold wraps. */
static PangoLayout *
set_right (const Builder *builder, const RetourSlipBlock *block, int *width)
{
  RetourSlipStyle style = block->right_style;
  PangoLayout *layout = set_text (builder, block->right, style, RETOUR_PEN_LEFT, -1);

  while (retour_pen_get_width (layout) > builder->content && style.size > RETOUR_SLIP_SMALL)
    {
      style.size--;
      g_object_unref (layout);
      layout = set_text (builder, block->right, style, RETOUR_PEN_LEFT, -1);
    }
  *width = retour_pen_get_width (layout);
  if (*width > builder->content)
    {
      *width = builder->content;
      pango_layout_set_width (layout, *width * PANGO_SCALE);
      pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
    }
  return layout;
}

/* Both sides stand on one baseline when they share a line. */
static void
align_row (RetourSlipPlaced *placed, gboolean beside)
{
  int left_height = placed->text != NULL ? retour_pen_get_height (placed->text) : 0;
  int right_height = placed->right != NULL ? retour_pen_get_height (placed->right) : 0;

  if (placed->text != NULL && placed->right != NULL && beside)
    {
      int drop = retour_pen_get_baseline (placed->right) - retour_pen_get_baseline (placed->text);

      placed->text_y = MAX (drop, 0);
      placed->right_y = MAX (-drop, 0);
    }
  else
    placed->right_y = left_height;
  placed->height = MAX (placed->text_y + left_height, placed->right_y + right_height);
}

static void
place_row (const Builder *builder, RetourSlipPlaced *placed)
{
  const RetourSlipBlock *block = placed->block;
  RetourSlipStyle small = { RETOUR_SLIP_SMALL, RETOUR_SLIP_REGULAR, FALSE };
  int margin = builder->measures->margin;
  int right_width = 0;
  gboolean beside = TRUE;

  if (block->right != NULL)
    {
      placed->right = set_right (builder, block, &right_width);
      placed->right_x = margin + builder->content - right_width;
      right_width += COLUMN_GAP;
    }
  if (block->text != NULL)
    {
      placed->text = set_text (builder, block->text, block->style, RETOUR_PEN_LEFT, -1);
      placed->text_x = margin;
      beside =
          right_width <= builder->content / 2 || retour_pen_get_width (placed->text) + right_width <= builder->content;
      pango_layout_set_width (placed->text, (builder->content - (beside ? right_width : 0)) * PANGO_SCALE);
    }
  align_row (placed, beside);
  if (block->detail != NULL)
    {
      placed->detail = set_text (builder, block->detail, small, RETOUR_PEN_LEFT, builder->content);
      placed->detail_x = margin;
      placed->detail_y = placed->height;
      placed->height += retour_pen_get_height (placed->detail);
    }
}

static void
place_text_below (const Builder *builder, RetourSlipPlaced *placed, int code_height)
{
  const RetourSlipBlock *block = placed->block;
  int indent;

  placed->height = code_height;
  if (block->text == NULL)
    return;
  placed->text = set_centred (builder, block->text, block->style, builder->content, &indent);
  placed->text_x = builder->measures->margin + indent;
  placed->text_y = code_height + CODE_TEXT_GAP;
  placed->height = placed->text_y + retour_pen_get_height (placed->text);
}

static gboolean
make_qr (const Builder *builder, RetourSlipPlaced *placed, GError **error)
{
  placed->code = retour_barcode_new (RETOUR_BARCODE_QR, placed->block->code, error);
  if (placed->code == NULL)
    return FALSE;
  placed->module = CLAMP (builder->measures->qr_limit / placed->code->width, QR_MODULE_MIN, QR_MODULE_MAX);
  if (placed->code->width * placed->module > builder->content)
    {
      g_set_error (error, RETOUR_PAPER_ERROR, RETOUR_PAPER_ERROR_CODE, "The QR code is too large for this paper");
      return FALSE;
    }
  return TRUE;
}

static gboolean
place_qr (const Builder *builder, RetourSlipPlaced *placed, GError **error)
{
  const RetourSlipBlock *block = placed->block;

  if (!make_qr (builder, placed, error))
    return FALSE;

  int side = placed->code->width * placed->module;
  int column = builder->content - side - QR_GAP;

  if (block->kind == RETOUR_SLIP_BARCODE || block->text == NULL || column < QR_TEXT_MIN)
    {
      placed->code_x = (builder->width - side) / 2;
      place_text_below (builder, placed, side);
      return TRUE;
    }
  placed->code_x = builder->measures->margin;
  placed->text = set_text (builder, block->text, block->style, RETOUR_PEN_LEFT, column);
  placed->text_x = placed->code_x + side + QR_GAP;

  int text_height = retour_pen_get_height (placed->text);

  placed->text_y = MAX ((side - text_height) / 2, 0);
  placed->height = MAX (side, text_height);
  return TRUE;
}

static gboolean
place_barcode (const Builder *builder, RetourSlipPlaced *placed, GError **error)
{
  RetourBarcode *bars = retour_barcode_new (RETOUR_BARCODE_CODE128, placed->block->code, NULL);
  int room = builder->width + 2 * builder->measures->paper_margin;

  if (bars == NULL || (bars->width + 2 * bars->quiet) * CODE128_MODULE > room
      || bars->width * CODE128_MODULE > builder->width)
    {
      retour_barcode_free (bars);
      return place_qr (builder, placed, error);
    }
  placed->code = bars;
  placed->module = CODE128_MODULE;
  placed->bars = builder->measures->bars;
  placed->code_x = (builder->width - bars->width * CODE128_MODULE) / 2;
  place_text_below (builder, placed, placed->bars);
  return TRUE;
}

static gboolean
place_block (const Builder *builder, RetourSlipPlaced *placed, GError **error)
{
  switch (placed->block->kind)
    {
    case RETOUR_SLIP_TEXT:
      place_text (builder, placed);
      return TRUE;
    case RETOUR_SLIP_BAND:
      place_band (builder, placed);
      return TRUE;
    case RETOUR_SLIP_ROW:
      place_row (builder, placed);
      return TRUE;
    case RETOUR_SLIP_RULE_DASHED:
      placed->height = RULE_DASHED_HEIGHT;
      return TRUE;
    case RETOUR_SLIP_RULE_SOLID:
      placed->height = RULE_SOLID_HEIGHT;
      return TRUE;
    case RETOUR_SLIP_BARCODE:
      return place_barcode (builder, placed, error);
    case RETOUR_SLIP_QR:
      return place_qr (builder, placed, error);
    case RETOUR_SLIP_SPACE:
      placed->height = placed->block->space;
      return TRUE;
    }
  g_assert_not_reached ();
}

static gboolean
place_blocks (RetourSlipLayout *self, const Builder *builder, GError **error)
{
  const GPtrArray *blocks = self->slip->blocks;
  int y = TOP;

  for (guint i = 0; i < blocks->len; i++)
    {
      g_array_set_size (self->placed, i + 1);

      RetourSlipPlaced *placed = &g_array_index (self->placed, RetourSlipPlaced, i);

      placed->block = g_ptr_array_index (blocks, i);
      placed->y = y;
      if (!place_block (builder, placed, error))
        return FALSE;
      y += placed->height;
    }
  self->height = y + BOTTOM;
  return TRUE;
}

RetourSlipLayout *
retour_slip_layout_new (const RetourSlip *slip, RetourPenKind kind, GError **error)
{
  const Measures *measures = slip->width == RETOUR_SLIP_WIDTH_58MM ? &NARROW : &WIDE;
  g_autoptr (RetourSlipLayout) self = g_new0 (RetourSlipLayout, 1);
  Builder builder = { measures, retour_pen_new (kind), slip->width, slip->width - 2 * measures->margin };

  self->slip = slip;
  self->margin = measures->margin;
  self->paper_margin = measures->paper_margin;
  self->placed = g_array_new (FALSE, TRUE, sizeof (RetourSlipPlaced));
  g_array_set_clear_func (self->placed, placed_clear);

  gboolean placed = place_blocks (self, &builder, error);

  g_object_unref (builder.pen);
  return placed ? g_steal_pointer (&self) : NULL;
}

void
retour_slip_layout_free (RetourSlipLayout *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->placed);
  g_free (self);
}
