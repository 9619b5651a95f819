/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "barcode.h"

#include <pango/pangocairo.h>

/* Sets text and draws shapes in dots (8 a millimetre), the same way on every surface. Text is laid out before there is
 * a surface, so that a paper can be as long as what is on it. Only this folder uses it. */

typedef enum
{
  RETOUR_PEN_DOTS,   /* ink or no ink */
  RETOUR_PEN_SMOOTH, /* a picture for the eye, in greys */
  RETOUR_PEN_VECTOR, /* PDF */
} RetourPenKind;

typedef enum
{
  RETOUR_PEN_LEFT,
  RETOUR_PEN_CENTRE,
  RETOUR_PEN_RIGHT,
} RetourPenAlign;

typedef struct
{
  int size;      /* dots */
  int line;      /* dots from one line to the next */
  int weight;    /* 400 to 900 */
  gboolean code; /* slashed zeros */
  RetourPenAlign align;
} RetourPenText;

typedef PangoContext RetourPen;

/* One dot, in PDF points: 203 dpi. */
#define RETOUR_PEN_DOT_POINTS (72.0 / 203.2)

/* Free with g_object_unref(). */
RetourPen *retour_pen_new (RetourPenKind kind);

/* A paragraph that wraps at `width` dots, in the middle of a word if it must; -1 never wraps. g_object_unref() it. */
PangoLayout *retour_pen_set_text (RetourPen *self, const char *text, RetourPenText style, int width);

/* As above, in one line: made smaller, not under 24 dots, until it fits `width`, then ended by an ellipsis. */
PangoLayout *retour_pen_set_line (RetourPen *self, const char *text, RetourPenText style, int width);

/* Sets one such line in the box at `x`, `y`, `width` wide and `style.line` tall, and shows it. NULL shows nothing. */
void
retour_pen_show_line (RetourPen *self, cairo_t *cr, const char *text, RetourPenText style, int x, int y, int width);

int retour_pen_get_width (PangoLayout *layout);
int retour_pen_get_height (PangoLayout *layout);
int retour_pen_get_baseline (PangoLayout *layout);

/* `x`, `y` are the top left corner of the paragraph. */
void retour_pen_show (cairo_t *cr, PangoLayout *layout, int x, int y);
void retour_pen_fill (cairo_t *cr, int x, int y, int width, int height);

/* Each module is `module` dots wide; Code 128 bars are `height` dots tall (QR ignores it). */
void retour_pen_show_code (cairo_t *cr, const RetourBarcode *code, int x, int y, int module, int height);

void retour_pen_use_ink (cairo_t *cr);
void retour_pen_use_paper (cairo_t *cr); /* white, on ink */
