/* SPDX-License-Identifier: Apache-2.0 */
#include "scan-sheet.h"

#include "paper-error.h"
#include "pen.h"
#include "picture.h"

/* Cards in two columns under section titles, from page to page. The codes are made when an entry is drawn; they are
 * checked before, so that drawing cannot fail half-way. Measures in dots of 1/8 mm. */

enum
{
  PAGE_WIDTH = 1680,
  PAGE_HEIGHT = 2376,
  MARGIN = 120,
  BOTTOM = PAGE_HEIGHT - MARGIN,
  GUTTER = 48,
  CARD_WIDTH = (PAGE_WIDTH - 2 * MARGIN - GUTTER) / 2,
  CARD_HEIGHT = 264,
  CARD_GAP = 32,
  PADDING = 24,
  INNER_WIDTH = CARD_WIDTH - 2 * PADDING,
  HEAD_HEIGHT = 168,
  SECTION_GAP = 40,
  SECTION_HEIGHT = 72,
  BARS_HEIGHT = 88,
  BARS_MODULE_MAX = 3,
  QR_SIDE = CARD_HEIGHT - 2 * PADDING,
  QR_MODULE_MIN = 3,
  QR_TEXT_TOP = 116,
  QR_TEXT_LINES = 3,
};

typedef struct
{
  char *label;  /* owned; of a section: its title */
  char *detail; /* owned; or NULL */
  char *code;   /* owned; NULL for a section */
  RetourBarcodeKind kind;
  int page, x, y;
} Item;

struct _RetourScanSheet
{
  char *title;      /* owned */
  char *subtitle;   /* owned, or NULL */
  GPtrArray *items; /* owned; sections and entries in order, each already placed */
  int page;         /* where the next item goes */
  int column;
  int y;
};

typedef struct
{
  const RetourScanSheet *sheet;
  RetourPen *pen;
} Setting;

static void
item_free (gpointer memory)
{
  Item *item = memory;

  g_free (item->label);
  g_free (item->detail);
  g_free (item->code);
  g_free (item);
}

static void
start_page (RetourScanSheet *self)
{
  self->page++;
  self->column = 0;
  self->y = MARGIN;
}

static void
end_row (RetourScanSheet *self)
{
  if (self->column == 0)
    return;
  self->column = 0;
  self->y += CARD_HEIGHT + CARD_GAP;
}

static Item *
add_item (RetourScanSheet *self, const char *label)
{
  Item *item = g_new0 (Item, 1);

  item->label = g_strdup (label);
  item->page = self->page;
  item->x = MARGIN + self->column * (CARD_WIDTH + GUTTER);
  item->y = self->y;
  g_ptr_array_add (self->items, item);
  return item;
}

static int
choose_bars_module (const RetourBarcode *bars)
{
  int module = BARS_MODULE_MAX;

  while (module > 0 && bars->width * module > INNER_WIDTH)
    module--;
  return module;
}

/* Two dots a module at least: a quarter of a millimetre, which any office printer and scanner hold. A text too long
 * for that as Code 128 becomes a QR. */
static RetourBarcode *
make_code (const Item *item, GError **error)
{
  g_autoptr (RetourBarcode) code = retour_barcode_new (item->kind, item->code, error);

  if (code == NULL)
    return NULL;
  if (code->kind == RETOUR_BARCODE_CODE128 && choose_bars_module (code) < 2)
    {
      retour_barcode_free (code);
      code = retour_barcode_new (RETOUR_BARCODE_QR, item->code, error);
      if (code == NULL)
        return NULL;
    }
  if (code->kind == RETOUR_BARCODE_QR && code->width * QR_MODULE_MIN > QR_SIDE)
    {
      g_set_error (error, RETOUR_PAPER_ERROR, RETOUR_PAPER_ERROR_CODE, "“%s” is too long for the sheet", item->code);
      return NULL;
    }
  return g_steal_pointer (&code);
}

static gboolean
check_codes (const RetourScanSheet *self, GError **error)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = g_ptr_array_index (self->items, i);

      if (item->code == NULL)
        continue;

      g_autoptr (RetourBarcode) code = make_code (item, error);

      if (code == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
draw_frame (const Item *item, cairo_t *cr)
{
  double radius = 16;
  double left = item->x + 1, right = item->x + CARD_WIDTH - 1;
  double top = item->y + 1, bottom = item->y + CARD_HEIGHT - 1;

  cairo_new_path (cr);
  cairo_arc (cr, left + radius, top + radius, radius, G_PI, 1.5 * G_PI);
  cairo_arc (cr, right - radius, top + radius, radius, 1.5 * G_PI, 2 * G_PI);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, 0.5 * G_PI);
  cairo_arc (cr, left + radius, bottom - radius, radius, 0.5 * G_PI, G_PI);
  cairo_close_path (cr);
  cairo_set_source_rgb (cr, 0.72, 0.75, 0.77);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
  retour_pen_use_ink (cr);
}

/* What a QR holds may be long: shown in the room there is, then cut. */
static void
show_long_text (const Setting *self, const char *text, RetourPenText style, int x, int y, int width, cairo_t *cr)
{
  PangoLayout *layout = retour_pen_set_text (self->pen, text, style, width);

  pango_layout_set_height (layout, -QR_TEXT_LINES);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  retour_pen_show (cr, layout, x, y);
  g_object_unref (layout);
}

static void
draw_entry (const Setting *self, const Item *item, cairo_t *cr)
{
  RetourPenText label = { .size = 34, .line = 42, .weight = PANGO_WEIGHT_BOLD };
  RetourPenText detail = { .size = 26, .line = 34, .weight = PANGO_WEIGHT_NORMAL };
  RetourPenText text = { .size = 26, .line = 34, .weight = PANGO_WEIGHT_MEDIUM, .code = TRUE };
  g_autoptr (RetourBarcode) code = make_code (item, NULL);
  int left = item->x + PADDING, width = INNER_WIDTH;

  g_assert (code != NULL);
  draw_frame (item, cr);
  if (code->kind == RETOUR_BARCODE_QR)
    {
      int module = QR_SIDE / code->width;

      retour_pen_show_code (cr, code, left, item->y + (CARD_HEIGHT - code->width * module) / 2, module, 0);
      left += QR_SIDE + PADDING;
      width -= QR_SIDE + PADDING;
      show_long_text (self, item->code, text, left, item->y + QR_TEXT_TOP, width, cr);
    }
  else
    {
      retour_pen_show_code (cr, code, left, item->y + 116, choose_bars_module (code), BARS_HEIGHT);
      retour_pen_show_line (self->pen, cr, item->code, text, left, item->y + 212, width);
    }
  retour_pen_show_line (self->pen, cr, item->label, label, left, item->y + 24, width);
  retour_pen_show_line (self->pen, cr, item->detail, detail, left, item->y + 68, width);
}

static void
draw_head (const Setting *self, cairo_t *cr)
{
  RetourPenText title = { .size = 64, .line = 80, .weight = PANGO_WEIGHT_BOLD };
  RetourPenText subtitle = { .size = 30, .line = 40, .weight = PANGO_WEIGHT_NORMAL };
  int width = PAGE_WIDTH - 2 * MARGIN;

  retour_pen_show_line (self->pen, cr, self->sheet->title, title, MARGIN, MARGIN - 24, width);
  retour_pen_show_line (self->pen, cr, self->sheet->subtitle, subtitle, MARGIN, MARGIN + 60, width);
}

static void
draw_foot (const Setting *self, int page, cairo_t *cr)
{
  RetourPenText style = { .size = 24, .line = 32, .weight = PANGO_WEIGHT_NORMAL, .align = RETOUR_PEN_RIGHT };
  g_autofree char *text = g_strdup_printf ("%d / %d", page + 1, retour_scan_sheet_count_pages (self->sheet));

  retour_pen_show_line (self->pen, cr, text, style, MARGIN, BOTTOM + 40, PAGE_WIDTH - 2 * MARGIN);
}

static void
draw_page (gconstpointer what, int page, cairo_t *cr)
{
  const Setting *self = what;
  RetourPenText section = { .size = 40, .line = 48, .weight = PANGO_WEIGHT_BOLD };

  if (page == 0)
    draw_head (self, cr);
  for (guint i = 0; i < self->sheet->items->len; i++)
    {
      const Item *item = g_ptr_array_index (self->sheet->items, i);

      if (item->page != page)
        continue;
      if (item->code != NULL)
        draw_entry (self, item, cr);
      else
        retour_pen_show_line (self->pen, cr, item->label, section, item->x, item->y, PAGE_WIDTH - 2 * MARGIN);
    }
  draw_foot (self, page, cr);
}

static RetourPicture
make_picture (const Setting *self)
{
  return (RetourPicture){
    .width = PAGE_WIDTH,
    .height = PAGE_HEIGHT,
    .pages = retour_scan_sheet_count_pages (self->sheet),
    .draw = draw_page,
    .what = self,
  };
}

RetourScanSheet *
retour_scan_sheet_new (const char *title, const char *subtitle)
{
  g_return_val_if_fail (title != NULL, NULL);

  RetourScanSheet *self = g_new0 (RetourScanSheet, 1);

  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle);
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->y = MARGIN + HEAD_HEIGHT;
  return self;
}

void
retour_scan_sheet_free (RetourScanSheet *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->subtitle);
  g_ptr_array_unref (self->items);
  g_free (self);
}

void
retour_scan_sheet_add_section (RetourScanSheet *self, const char *title)
{
  g_return_if_fail (title != NULL);

  end_row (self);
  if (self->items->len > 0)
    self->y += SECTION_GAP - CARD_GAP;
  if (self->y + SECTION_HEIGHT + CARD_HEIGHT > BOTTOM)
    start_page (self);
  add_item (self, title);
  self->y += SECTION_HEIGHT;
}

void
retour_scan_sheet_add_entry (
    RetourScanSheet *self, const char *label, const char *detail, RetourBarcodeKind kind, const char *code)
{
  g_return_if_fail (label != NULL && code != NULL);

  if (self->column == 0 && self->y + CARD_HEIGHT > BOTTOM)
    start_page (self);

  Item *item = add_item (self, label);

  item->detail = g_strdup (detail);
  item->kind = kind;
  item->code = g_strdup (code);
  if (self->column == 0)
    self->column = 1;
  else
    end_row (self);
}

int
retour_scan_sheet_count_pages (const RetourScanSheet *self)
{
  return self->page + 1;
}

GBytes *
retour_scan_sheet_to_pdf (const RetourScanSheet *self, GError **error)
{
  if (!check_codes (self, error))
    return NULL;

  Setting setting = { self, retour_pen_new (RETOUR_PEN_VECTOR) };
  RetourPicture picture = make_picture (&setting);
  GBytes *pdf = retour_picture_to_pdf (&picture, error);

  g_object_unref (setting.pen);
  return pdf;
}

GBytes *
retour_scan_sheet_to_png (const RetourScanSheet *self, int page, GError **error)
{
  g_return_val_if_fail (page >= 0 && page < retour_scan_sheet_count_pages (self), NULL);

  if (!check_codes (self, error))
    return NULL;

  Setting setting = { self, retour_pen_new (RETOUR_PEN_SMOOTH) };
  RetourPicture picture = make_picture (&setting);
  GBytes *png = retour_picture_to_smooth_png (&picture, page, error);

  g_object_unref (setting.pen);
  return png;
}
