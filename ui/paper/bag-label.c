/* SPDX-License-Identifier: Apache-2.0 */
#include "barcode.h"
#include "label.h"
#include "paper-error.h"
#include "pen.h"
#include "picture.h"

/* Mock-up P2, in dots. */

enum
{
  WIDTH = 800,
  HEIGHT = 400,
  LEFT = 32,
  RIGHT = 768,
  BIN_TOP = 22,
  BIN_HEIGHT = 76,
  BIN_PADDING = 26,
  BIN_MAX = 300,
  BARS_TOP = 133,
  BARS_HEIGHT = 104,
  BARS_MODULE = 3,
  QR_SIDE = 126,
  QR_TOP = 149,
  QR_LEFT = RIGHT - QR_SIDE,
  QR_MODULE_MIN = 3,
  RULE_TOP = 326,
  RULE_HEIGHT = 4,
};

typedef struct
{
  const RetourBagLabel *label;
  RetourPen *pen;
  RetourBarcode *bars;
  RetourBarcode *qr;
} Setting;

static void
setting_clear (Setting *self)
{
  g_clear_object (&self->pen);
  g_clear_pointer (&self->bars, retour_barcode_free);
  g_clear_pointer (&self->qr, retour_barcode_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Setting, setting_clear)

static gboolean
set_label (Setting *self, const RetourBagLabel *label, RetourPenKind kind, GError **error)
{
  const char *number = label->number != NULL ? label->number : "";

  self->label = label;
  self->pen = retour_pen_new (kind);
  self->bars = retour_barcode_new (RETOUR_BARCODE_CODE128, number, error);
  if (self->bars == NULL)
    return FALSE;
  self->qr = retour_barcode_new (RETOUR_BARCODE_QR, label->qr != NULL ? label->qr : number, error);
  if (self->qr == NULL)
    return FALSE;
  if (LEFT + self->bars->width * (BARS_MODULE - 1) > QR_LEFT - self->bars->quiet
      || self->qr->width * QR_MODULE_MIN > QR_SIDE + QR_SIDE / 2)
    {
      g_set_error (error, RETOUR_PAPER_ERROR, RETOUR_PAPER_ERROR_CODE, "The code is too long for a bag label");
      return FALSE;
    }
  return TRUE;
}

static int
get_bars_module (const Setting *self)
{
  return LEFT + (self->bars->width + self->bars->quiet) * BARS_MODULE <= QR_LEFT ? BARS_MODULE : BARS_MODULE - 1;
}

static void
draw_head (const Setting *self, cairo_t *cr)
{
  int after_bin = LEFT;

  if (self->label->bin != NULL)
    {
      RetourPenText big = { .size = 54, .line = BIN_HEIGHT, .weight = PANGO_WEIGHT_BOLD };
      PangoLayout *bin = retour_pen_set_line (self->pen, self->label->bin, big, BIN_MAX);
      int width = MIN (retour_pen_get_width (bin), BIN_MAX) + 2 * BIN_PADDING;

      retour_pen_fill (cr, LEFT, BIN_TOP, width, BIN_HEIGHT);
      retour_pen_use_paper (cr);
      retour_pen_show (cr, bin, LEFT + BIN_PADDING, BIN_TOP);
      retour_pen_use_ink (cr);
      g_object_unref (bin);
      after_bin = LEFT + width + BIN_PADDING;
    }

  RetourPenText chain = { .size = 30, .line = 34, .weight = PANGO_WEIGHT_BOLD, .align = RETOUR_PEN_RIGHT };
  RetourPenText place = { .size = 26, .line = 34, .weight = PANGO_WEIGHT_NORMAL, .align = RETOUR_PEN_RIGHT };

  retour_pen_show_line (self->pen, cr, self->label->chain, chain, after_bin, 26, RIGHT - after_bin);
  retour_pen_show_line (self->pen, cr, self->label->place, place, after_bin, 60, RIGHT - after_bin);
}

static void
draw_codes (const Setting *self, cairo_t *cr)
{
  RetourPenText number = { .size = 38, .line = 48, .weight = PANGO_WEIGHT_ULTRABOLD, .code = TRUE };
  int module = MAX (QR_SIDE / self->qr->width, QR_MODULE_MIN);
  int side = module * self->qr->width;

  retour_pen_show_code (cr, self->bars, LEFT, BARS_TOP, get_bars_module (self), BARS_HEIGHT);
  retour_pen_show_line (self->pen, cr, self->label->number, number, LEFT, 245, QR_LEFT - 2 * LEFT);
  retour_pen_show_code (cr, self->qr, RIGHT - side, QR_TOP - (side - QR_SIDE) / 2, module, 0);
}

static void
draw_foot (const Setting *self, cairo_t *cr)
{
  RetourPenText content = { .size = 28, .line = 36, .weight = PANGO_WEIGHT_BOLD };
  RetourPenText order = { .size = 28, .line = 36, .weight = PANGO_WEIGHT_NORMAL, .align = RETOUR_PEN_RIGHT };
  int half = (RIGHT - LEFT) / 2;

  retour_pen_fill (cr, LEFT, RULE_TOP, RIGHT - LEFT, RULE_HEIGHT);
  retour_pen_show_line (self->pen, cr, self->label->content, content, LEFT, 342, half - 12);
  retour_pen_show_line (self->pen, cr, self->label->order, order, LEFT + half + 12, 342, half - 12);
}

static void
draw_setting (gconstpointer what, int page, cairo_t *cr)
{
  const Setting *self = what;

  draw_head (self, cr);
  draw_codes (self, cr);
  draw_foot (self, cr);
}

static RetourPicture
make_picture (const Setting *self)
{
  return (RetourPicture){ .width = WIDTH, .height = HEIGHT, .pages = 1, .draw = draw_setting, .what = self };
}

RetourBagLabel *
retour_bag_label_new (void)
{
  return g_new0 (RetourBagLabel, 1);
}

void
retour_bag_label_free (RetourBagLabel *self)
{
  if (self == NULL)
    return;
  g_free (self->bin);
  g_free (self->chain);
  g_free (self->place);
  g_free (self->number);
  g_free (self->qr);
  g_free (self->content);
  g_free (self->order);
  g_free (self);
}

RetourRaster *
retour_bag_label_draw (const RetourBagLabel *self, GError **error)
{
  g_auto (Setting) setting = { 0 };

  if (!set_label (&setting, self, RETOUR_PEN_DOTS, error))
    return NULL;

  RetourPicture picture = make_picture (&setting);

  return retour_picture_to_raster (&picture, error);
}

GBytes *
retour_bag_label_to_pdf (const RetourBagLabel *self, GError **error)
{
  g_auto (Setting) setting = { 0 };

  if (!set_label (&setting, self, RETOUR_PEN_VECTOR, error))
    return NULL;

  RetourPicture picture = make_picture (&setting);

  return retour_picture_to_pdf (&picture, error);
}
