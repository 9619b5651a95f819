/* SPDX-License-Identifier: Apache-2.0 */
#include "slip.h"

/* The builders of a slip's blocks; slip-draw.c and escpos-slip.c read them. */

static const RetourSlipStyle NORMAL = { RETOUR_SLIP_NORMAL, RETOUR_SLIP_REGULAR, FALSE };
static const RetourSlipStyle AMOUNT = { RETOUR_SLIP_NORMAL, RETOUR_SLIP_SEMIBOLD, FALSE };

static void
block_free (gpointer memory)
{
  RetourSlipBlock *block = memory;

  g_free (block->text);
  g_free (block->right);
  g_free (block->detail);
  g_free (block->code);
  g_free (block);
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || *text == '\0';
}

static char *
dup_text (const char *text)
{
  return is_blank (text) ? NULL : g_strdup (text);
}

static RetourSlipBlock *
add_block (RetourSlip *self, RetourSlipKind kind)
{
  RetourSlipBlock *block = g_new0 (RetourSlipBlock, 1);

  block->kind = kind;
  block->style = NORMAL;
  block->right_style = NORMAL;
  g_ptr_array_add (self->blocks, block);
  return block;
}

RetourSlip *
retour_slip_new (int width)
{
  g_return_val_if_fail (width == RETOUR_SLIP_WIDTH_80MM || width == RETOUR_SLIP_WIDTH_58MM, NULL);

  RetourSlip *self = g_new0 (RetourSlip, 1);

  self->width = width;
  self->blocks = g_ptr_array_new_with_free_func (block_free);
  return self;
}

void
retour_slip_free (RetourSlip *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

void
retour_slip_add_text (RetourSlip *self, const char *text, RetourSlipAlign align, RetourSlipStyle style)
{
  if (is_blank (text))
    return;

  RetourSlipBlock *block = add_block (self, RETOUR_SLIP_TEXT);

  block->text = g_strdup (text);
  block->align = align;
  block->style = style;
}

void
retour_slip_add_heading (RetourSlip *self, const char *text)
{
  retour_slip_add_text (self, text, RETOUR_SLIP_CENTRE,
                        (RetourSlipStyle){ RETOUR_SLIP_LARGE, RETOUR_SLIP_BOLD, FALSE });
}

void
retour_slip_add_line (RetourSlip *self, const char *text)
{
  retour_slip_add_text (self, text, RETOUR_SLIP_CENTRE, NORMAL);
}

void
retour_slip_add_footer (RetourSlip *self, const char *text)
{
  retour_slip_add_text (self, text, RETOUR_SLIP_CENTRE,
                        (RetourSlipStyle){ RETOUR_SLIP_SMALL, RETOUR_SLIP_REGULAR, FALSE });
}

void
retour_slip_add_band (RetourSlip *self, const char *text)
{
  if (is_blank (text))
    return;

  RetourSlipBlock *block = add_block (self, RETOUR_SLIP_BAND);

  block->text = g_strdup (text);
  block->align = RETOUR_SLIP_CENTRE;
  block->style = (RetourSlipStyle){ RETOUR_SLIP_LARGE, RETOUR_SLIP_BOLD, FALSE };
}

void
retour_slip_add_row (RetourSlip *self, const char *left, const char *right)
{
  retour_slip_add_row_full (self, left, NORMAL, right, AMOUNT, NULL);
}

void
retour_slip_add_row_full (RetourSlip *self,
                          const char *left,
                          RetourSlipStyle left_style,
                          const char *right,
                          RetourSlipStyle right_style,
                          const char *detail)
{
  if (is_blank (left) && is_blank (right) && is_blank (detail))
    return;

  RetourSlipBlock *block = add_block (self, RETOUR_SLIP_ROW);

  block->text = dup_text (left);
  block->style = left_style;
  block->right = dup_text (right);
  block->right_style = right_style;
  block->detail = dup_text (detail);
}

void
retour_slip_add_rule_dashed (RetourSlip *self)
{
  add_block (self, RETOUR_SLIP_RULE_DASHED);
}

void
retour_slip_add_rule_solid (RetourSlip *self)
{
  add_block (self, RETOUR_SLIP_RULE_SOLID);
}

void
retour_slip_add_space (RetourSlip *self, int dots)
{
  g_return_if_fail (dots >= 0);

  add_block (self, RETOUR_SLIP_SPACE)->space = dots;
}

void
retour_slip_add_barcode (RetourSlip *self, const char *code, const char *text)
{
  if (is_blank (code))
    return;

  RetourSlipBlock *block = add_block (self, RETOUR_SLIP_BARCODE);

  block->code = g_strdup (code);
  block->text = dup_text (text);
  block->style = (RetourSlipStyle){ RETOUR_SLIP_NORMAL, RETOUR_SLIP_SEMIBOLD, TRUE };
}

void
retour_slip_add_qr (RetourSlip *self, const char *code, const char *text)
{
  if (is_blank (code))
    return;

  RetourSlipBlock *block = add_block (self, RETOUR_SLIP_QR);

  block->code = g_strdup (code);
  block->text = dup_text (text);
}
