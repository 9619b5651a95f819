/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

/* One paper, described once as a list of blocks from top to bottom: drawn to dots, to PDF, or sent as printer text.
 * It knows nothing of returns: every text arrives in the right language, formatted. Text is UTF-8 and wraps;
 * nothing is ever cut off, whatever its length. */

/* Printable widths at 203 dpi (8 dots a millimetre). */
enum
{
  RETOUR_SLIP_WIDTH_80MM = 576,
  RETOUR_SLIP_WIDTH_58MM = 384,
};

/* On 80 mm paper: 24, 26, 30, 38, 40, 48 dots; a little less on 58 mm, never under 24. */
typedef enum
{
  RETOUR_SLIP_SMALL,
  RETOUR_SLIP_NORMAL,
  RETOUR_SLIP_MEDIUM,
  RETOUR_SLIP_LARGE,
  RETOUR_SLIP_HUGE,
  RETOUR_SLIP_GIANT,
} RetourSlipSize;

typedef enum
{
  RETOUR_SLIP_REGULAR,
  RETOUR_SLIP_SEMIBOLD,
  RETOUR_SLIP_BOLD,
} RetourSlipWeight;

typedef enum
{
  RETOUR_SLIP_LEFT,
  RETOUR_SLIP_CENTRE,
} RetourSlipAlign;

typedef struct
{
  RetourSlipSize size;
  RetourSlipWeight weight;
  gboolean code; /* to be read letter by letter: slashed zeros */
} RetourSlipStyle;

typedef enum
{
  RETOUR_SLIP_TEXT,
  RETOUR_SLIP_BAND,
  RETOUR_SLIP_ROW,
  RETOUR_SLIP_RULE_DASHED,
  RETOUR_SLIP_RULE_SOLID,
  RETOUR_SLIP_BARCODE,
  RETOUR_SLIP_QR,
  RETOUR_SLIP_SPACE,
} RetourSlipKind;

typedef struct
{
  RetourSlipKind kind;
  RetourSlipAlign align;       /* of a text */
  RetourSlipStyle style;       /* of a text, or of a row's left side */
  RetourSlipStyle right_style; /* of a row's right side */
  char *text;                  /* owned; text, band, a row's left side, what stands beside a QR; may be NULL */
  char *right;                 /* owned; a row's right side, or NULL */
  char *detail;                /* owned; a row's second line, small, or NULL */
  char *code;                  /* owned; what a barcode or a QR holds */
  int space;                   /* dots */
} RetourSlipBlock;

typedef struct
{
  int width;         /* dots across */
  GPtrArray *blocks; /* owned; of owned RetourSlipBlock */
} RetourSlip;

/* `width` is RETOUR_SLIP_WIDTH_80MM or RETOUR_SLIP_WIDTH_58MM. */
RetourSlip *retour_slip_new (int width);
void retour_slip_free (RetourSlip *self);

/* The builders copy their texts. A NULL or empty text adds nothing. */
void retour_slip_add_text (RetourSlip *self, const char *text, RetourSlipAlign align, RetourSlipStyle style);
void retour_slip_add_heading (RetourSlip *self, const char *text); /* centred, large, bold */
void retour_slip_add_line (RetourSlip *self, const char *text);    /* centred, normal */
void retour_slip_add_footer (RetourSlip *self, const char *text);  /* centred, small */
void retour_slip_add_band (RetourSlip *self, const char *text);    /* white on a black band */

/* `left` wraps beside `right`, which keeps its own column; a `right` too wide for that goes under `left`. */
void retour_slip_add_row (RetourSlip *self, const char *left, const char *right);
void retour_slip_add_row_full (RetourSlip *self,
                               const char *left,
                               RetourSlipStyle left_style,
                               const char *right,
                               RetourSlipStyle right_style,
                               const char *detail);

void retour_slip_add_rule_dashed (RetourSlip *self);
void retour_slip_add_rule_solid (RetourSlip *self);
void retour_slip_add_space (RetourSlip *self, int dots);

/* Code 128 of `code`, centred; drawn as QR when it is too wide to scan from this paper. `text`, if any, below it. */
void retour_slip_add_barcode (RetourSlip *self, const char *code, const char *text);

/* QR of `code` with `text`, if any, wrapped beside it (below it on narrow paper). */
void retour_slip_add_qr (RetourSlip *self, const char *code, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourSlip, retour_slip_free)
