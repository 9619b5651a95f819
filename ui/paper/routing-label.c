/* SPDX-License-Identifier: Apache-2.0 */
#include "barcode.h"
#include "label.h"
#include "paper-error.h"
#include "pen.h"
#include "picture.h"

/* Mock-up P3, in dots. */

enum
{
  WIDTH = 640,
  HEIGHT = 400,
  LEFT = 30,
  RIGHT = 610,
  BAND_HEIGHT = 104,
  TRUCK_TOP = 24,
  TRUCK_SIDE = 56,
  TEXT_AFTER_TRUCK = LEFT + TRUCK_SIDE + 18,
  GRADE_SIDE = 104,
  GRADE_LEFT = RIGHT - GRADE_SIDE,
  GRADE_TOP = 131,
  GRADE_BORDER = 6,
  GRADE_RADIUS = 16,
  TEXT_WIDTH = GRADE_LEFT - 12 - LEFT,
  BARS_TOP = 258,
  BARS_HEIGHT = 84,
  BARS_MODULE = 3,
};

typedef struct
{
  const RetourRoutingLabel *label;
  RetourPen *pen;
  RetourBarcode *bars;
  int module;
} Setting;

static void
setting_clear (Setting *self)
{
  g_clear_object (&self->pen);
  g_clear_pointer (&self->bars, retour_barcode_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Setting, setting_clear)

/* A long code takes the place of the number beside it before its bars are made thinner. */
static gboolean
set_label (Setting *self, const RetourRoutingLabel *label, RetourPenKind kind, GError **error)
{
  self->label = label;
  self->pen = retour_pen_new (kind);
  self->bars = retour_barcode_new (RETOUR_BARCODE_CODE128, label->code != NULL ? label->code : "", error);
  if (self->bars == NULL)
    return FALSE;

  self->module = self->bars->width * BARS_MODULE <= RIGHT - LEFT ? BARS_MODULE : BARS_MODULE - 1;
  if (self->bars->width * self->module > RIGHT - LEFT)
    {
      g_set_error (error, RETOUR_PAPER_ERROR, RETOUR_PAPER_ERROR_CODE, "The code is too long for a routing label");
      return FALSE;
    }
  return TRUE;
}

/* The mock-up's rt-truck icon, on its grid of 16. */
static void
draw_truck (cairo_t *cr)
{
  double side = TRUCK_SIDE / 16.0;

  cairo_save (cr);
  cairo_translate (cr, LEFT, TRUCK_TOP);
  cairo_scale (cr, side, side);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);

  cairo_move_to (cr, 0, 3.5);
  cairo_curve_to (cr, 0, 2.95, 0.45, 2.5, 1, 2.5);
  cairo_line_to (cr, 9, 2.5);
  cairo_curve_to (cr, 9.55, 2.5, 10, 2.95, 10, 3.5);
  cairo_line_to (cr, 10, 5);
  cairo_line_to (cr, 12.5, 5);
  cairo_curve_to (cr, 12.8, 5, 13.1, 5.15, 13.3, 5.4);
  cairo_line_to (cr, 15.7, 8.6);
  cairo_curve_to (cr, 15.9, 8.8, 16, 9.05, 16, 9.3);
  cairo_line_to (cr, 16, 11.2);
  cairo_curve_to (cr, 16, 11.65, 15.65, 12, 15.2, 12);
  cairo_line_to (cr, 1, 12);
  cairo_curve_to (cr, 0.45, 12, 0, 11.55, 0, 11);
  cairo_close_path (cr);
  cairo_move_to (cr, 11, 6.4);
  cairo_line_to (cr, 11, 8.8);
  cairo_line_to (cr, 14, 8.8);
  cairo_line_to (cr, 12.3, 6.6);
  cairo_curve_to (cr, 12.2, 6.5, 12.05, 6.4, 11.9, 6.4);
  cairo_close_path (cr);
  cairo_fill (cr);

  for (int wheel = 0; wheel < 2; wheel++)
    {
      cairo_arc (cr, wheel == 0 ? 4 : 12.4, 12, 2.2, 0, 2 * G_PI);
      cairo_new_sub_path (cr);
      cairo_arc (cr, wheel == 0 ? 4 : 12.4, 12, 1, 0, 2 * G_PI);
      cairo_fill (cr);
    }
  cairo_restore (cr);
}

static void
draw_band (const Setting *self, cairo_t *cr)
{
  RetourPenText kicker = { .size = 26, .line = 32, .weight = PANGO_WEIGHT_MEDIUM };
  RetourPenText destination = { .size = 44, .line = 50, .weight = PANGO_WEIGHT_BOLD };
  int left = self->label->truck ? TEXT_AFTER_TRUCK : LEFT;

  retour_pen_fill (cr, 0, 0, WIDTH, BAND_HEIGHT);
  retour_pen_use_paper (cr);
  if (self->label->truck)
    draw_truck (cr);
  retour_pen_show_line (self->pen, cr, self->label->kicker, kicker, left, 11, RIGHT - left);
  retour_pen_show_line (self->pen, cr, self->label->destination, destination, left, 42, RIGHT - left);
  retour_pen_use_ink (cr);
}

static void
draw_item (const Setting *self, cairo_t *cr)
{
  RetourPenText title = { .size = 34, .line = 44, .weight = PANGO_WEIGHT_BOLD };
  RetourPenText plain = { .size = 28, .line = 36, .weight = PANGO_WEIGHT_NORMAL };
  RetourPenText strong = { .size = 28, .line = 36, .weight = PANGO_WEIGHT_BOLD };
  RetourPenText note = { .size = 26, .line = 34, .weight = PANGO_WEIGHT_NORMAL };
  int size_left = LEFT;

  retour_pen_show_line (self->pen, cr, self->label->title, title, LEFT, 125, TEXT_WIDTH);
  if (self->label->variant != NULL)
    {
      PangoLayout *variant = retour_pen_set_text (self->pen, self->label->variant, plain, -1);
      int room = TEXT_WIDTH - (self->label->size != NULL ? TEXT_WIDTH / 4 : 0);

      size_left += MIN (retour_pen_get_width (variant), room);
      g_object_unref (variant);
      retour_pen_show_line (self->pen, cr, self->label->variant, plain, LEFT, 170, room);
    }
  retour_pen_show_line (self->pen, cr, self->label->size, strong, size_left, 170, LEFT + TEXT_WIDTH - size_left);
  retour_pen_show_line (self->pen, cr, self->label->note, note, LEFT, 206, TEXT_WIDTH);
}

static void
draw_grade (const Setting *self, cairo_t *cr)
{
  if (self->label->grade == NULL)
    return;

  RetourPenText letter = { .size = 64, .line = GRADE_SIDE, .weight = PANGO_WEIGHT_BOLD, .align = RETOUR_PEN_CENTRE };
  double inset = GRADE_BORDER / 2.0;
  double left = GRADE_LEFT + inset, right = RIGHT - inset;
  double top = GRADE_TOP + inset, bottom = GRADE_TOP + GRADE_SIDE - inset;
  double radius = GRADE_RADIUS - inset;

  cairo_new_path (cr);
  cairo_arc (cr, left + radius, top + radius, radius, G_PI, 1.5 * G_PI);
  cairo_arc (cr, right - radius, top + radius, radius, 1.5 * G_PI, 2 * G_PI);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, 0.5 * G_PI);
  cairo_arc (cr, left + radius, bottom - radius, radius, 0.5 * G_PI, G_PI);
  cairo_close_path (cr);
  cairo_set_line_width (cr, GRADE_BORDER);
  cairo_stroke (cr);
  retour_pen_show_line (self->pen, cr, self->label->grade, letter, GRADE_LEFT + GRADE_BORDER, GRADE_TOP,
                        GRADE_SIDE - 2 * GRADE_BORDER);
}

/* The number and the part stand beside the bars, where there is room for them. */
static void
draw_codes (const Setting *self, cairo_t *cr)
{
  RetourPenText code = { .size = 26, .line = 36, .weight = PANGO_WEIGHT_BOLD, .code = TRUE };
  RetourPenText side = { .size = 24, .line = 34, .weight = PANGO_WEIGHT_NORMAL, .align = RETOUR_PEN_RIGHT };
  int bars_end = LEFT + (self->bars->width + self->bars->quiet) * self->module;

  retour_pen_show_code (cr, self->bars, LEFT, BARS_TOP, self->module, BARS_HEIGHT);
  retour_pen_show_line (self->pen, cr, self->label->code, code, LEFT, 346, TEXT_WIDTH);
  retour_pen_show_line (self->pen, cr, self->label->part, side, GRADE_LEFT - 8, 337, RIGHT - GRADE_LEFT + 8);
  if (self->label->number == NULL || bars_end > GRADE_LEFT)
    return;

  PangoLayout *number = retour_pen_set_text (self->pen, self->label->number, side, RIGHT - GRADE_LEFT + 8);

  retour_pen_show (cr, number, GRADE_LEFT - 8, 337 - retour_pen_get_height (number));
  g_object_unref (number);
}

static void
draw_setting (gconstpointer what, int page, cairo_t *cr)
{
  const Setting *self = what;

  draw_band (self, cr);
  draw_item (self, cr);
  draw_grade (self, cr);
  draw_codes (self, cr);
}

static RetourPicture
make_picture (const Setting *self)
{
  return (RetourPicture){ .width = WIDTH, .height = HEIGHT, .pages = 1, .draw = draw_setting, .what = self };
}

RetourRoutingLabel *
retour_routing_label_new (void)
{
  return g_new0 (RetourRoutingLabel, 1);
}

void
retour_routing_label_free (RetourRoutingLabel *self)
{
  if (self == NULL)
    return;
  g_free (self->kicker);
  g_free (self->destination);
  g_free (self->title);
  g_free (self->variant);
  g_free (self->size);
  g_free (self->note);
  g_free (self->code);
  g_free (self->grade);
  g_free (self->number);
  g_free (self->part);
  g_free (self);
}

RetourRaster *
retour_routing_label_draw (const RetourRoutingLabel *self, GError **error)
{
  g_auto (Setting) setting = { 0 };

  if (!set_label (&setting, self, RETOUR_PEN_DOTS, error))
    return NULL;

  RetourPicture picture = make_picture (&setting);

  return retour_picture_to_raster (&picture, error);
}

GBytes *
retour_routing_label_to_pdf (const RetourRoutingLabel *self, GError **error)
{
  g_auto (Setting) setting = { 0 };

  if (!set_label (&setting, self, RETOUR_PEN_VECTOR, error))
    return NULL;

  RetourPicture picture = make_picture (&setting);

  return retour_picture_to_pdf (&picture, error);
}
