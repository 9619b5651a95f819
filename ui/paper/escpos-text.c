/* SPDX-License-Identifier: Apache-2.0 */
#include "escpos-bytes.h"
#include "escpos.h"

#include "barcode.h"

#include <string.h>

/* The slip in columns of the printer's font A, 12 dots a letter. Large sizes of the slip are double height, and double
 * width too where a text has the line to itself. */

enum
{
  LETTER_DOTS = 12,
  NO_BREAK_SPACE = 0x00A0,
  CODE128_DOTS = 2,
  CODE128_HEIGHT = 96,
  QR_DOTS = 4,
  SIZE_TALL = 0x01,
  SIZE_DOUBLE = 0x11,
  ALIGN_LEFT = 0,
  ALIGN_CENTRE = 1,
};

typedef struct
{
  GByteArray *out;
  const RetourSlip *slip;
  const RetourEscposText *text;
  int columns;
} Writer;

static gboolean
is_large (RetourSlipStyle style)
{
  return style.size >= RETOUR_SLIP_LARGE;
}

static void
set_style (Writer *self, RetourSlipStyle style, guint8 size, guint8 align)
{
  retour_escpos_append (self->out, 3, 0x1B, 'a', align);
  retour_escpos_append (self->out, 3, 0x1D, '!', size);
  retour_escpos_append (self->out, 3, 0x1B, 'E', style.weight != RETOUR_SLIP_REGULAR);
}

static void
append_spaces (Writer *self, glong count)
{
  for (glong i = 0; i < count; i++)
    retour_escpos_append (self->out, 1, ' ');
}

static void
append_text (Writer *self, const char *text)
{
  retour_code_page_append (self->text->code_page, text, self->out);
}

static void
end_line (Writer *self)
{
  retour_escpos_append (self->out, 1, '\n');
}

/* The end of the line that starts at `text`: after the last space that fits, else in the middle of the word. */
static const char *
find_line_end (const char *text, int columns)
{
  const char *end = text, *after_space = NULL;

  for (int i = 0; i < columns && *end != '\0' && *end != '\n'; i++)
    {
      if (*end == ' ')
        after_space = end + 1;
      end = g_utf8_next_char (end);
    }
  if (*end == '\0' || *end == '\n' || *end == ' ' || after_space == NULL)
    return end;
  return after_space;
}

/* Lines of at most `columns` characters, in the code page. */
static GStrv
wrap (const Writer *self, const char *text, int columns)
{
  g_autofree char *plain = retour_code_page_transliterate (self->text->code_page, text);
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  const char *at = plain;

  do
    {
      const char *end = find_line_end (at, columns);
      char *line = g_strchomp (g_strndup (at, (gsize) (end - at)));

      g_strv_builder_add (lines, line);
      g_free (line);
      at = end;
      while (*at == ' ')
        at++;
      if (*at == '\n')
        at++;
    }
  while (*at != '\0');
  return g_strv_builder_end (lines);
}

static void
write_lines (Writer *self, const char *text, int columns)
{
  g_auto (GStrv) lines = wrap (self, text, columns);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      append_text (self, lines[i]);
      end_line (self);
    }
}

static void
write_text (Writer *self, const RetourSlipBlock *block)
{
  gboolean large = is_large (block->style);
  guint8 align = block->align == RETOUR_SLIP_CENTRE ? ALIGN_CENTRE : ALIGN_LEFT;

  set_style (self, block->style, large ? SIZE_DOUBLE : 0, align);
  write_lines (self, block->text, large ? self->columns / 2 : self->columns);
}

static void
write_band (Writer *self, const RetourSlipBlock *block)
{
  int columns = self->columns / 2;
  g_auto (GStrv) lines = wrap (self, block->text, columns - 2);

  set_style (self, block->style, SIZE_DOUBLE, ALIGN_LEFT);
  retour_escpos_append (self->out, 3, 0x1D, 'B', 1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      glong length = g_utf8_strlen (lines[i], -1);

      append_spaces (self, (columns - length) / 2);
      append_text (self, lines[i]);
      append_spaces (self, columns - length - (columns - length) / 2);
      end_line (self);
    }
  retour_escpos_append (self->out, 3, 0x1D, 'B', 0);
}

/* The right side alone, on lines of its own. */
static void
write_right_below (Writer *self, const RetourSlipBlock *block, guint8 size)
{
  g_auto (GStrv) lines = wrap (self, block->right, self->columns);

  set_style (self, block->right_style, size, ALIGN_LEFT);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      append_spaces (self, self->columns - g_utf8_strlen (lines[i], -1));
      append_text (self, lines[i]);
      end_line (self);
    }
}

static void
write_row_beside (Writer *self, const RetourSlipBlock *block, const char *right, guint8 size)
{
  glong taken = g_utf8_strlen (right, -1);
  g_auto (GStrv) lines = wrap (self, block->text != NULL ? block->text : "", self->columns - (int) taken - 1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      set_style (self, block->style, size, ALIGN_LEFT);
      append_text (self, lines[i]);
      if (i == 0)
        {
          append_spaces (self, self->columns - taken - g_utf8_strlen (lines[i], -1));
          retour_escpos_append (self->out, 3, 0x1B, 'E', block->right_style.weight != RETOUR_SLIP_REGULAR);
          append_text (self, right);
        }
      end_line (self);
    }
}

static gboolean
is_row_beside (const Writer *self, const RetourSlipBlock *block, const char *right)
{
  glong taken = g_utf8_strlen (right, -1);
  glong wanted = block->text != NULL ? g_utf8_strlen (block->text, -1) : 0;

  return taken <= self->columns / 2 || wanted + 1 + taken <= self->columns;
}

static void
write_row (Writer *self, const RetourSlipBlock *block)
{
  guint8 size = is_large (block->style) || is_large (block->right_style) ? SIZE_TALL : 0;
  g_autofree char *right =
      block->right != NULL ? retour_code_page_transliterate (self->text->code_page, block->right) : NULL;

  if (right != NULL && is_row_beside (self, block, right))
    write_row_beside (self, block, right, size);
  else
    {
      set_style (self, block->style, size, ALIGN_LEFT);
      if (block->text != NULL)
        write_lines (self, block->text, self->columns);
      if (right != NULL)
        write_right_below (self, block, size);
    }
  if (block->detail != NULL)
    {
      set_style (self, (RetourSlipStyle){ 0 }, 0, ALIGN_LEFT);
      write_lines (self, block->detail, self->columns);
    }
}

static void
write_rule (Writer *self, char stroke)
{
  set_style (self, (RetourSlipStyle){ 0 }, 0, ALIGN_LEFT);
  for (int i = 0; i < self->columns; i++)
    retour_escpos_append (self->out, 1, stroke);
  end_line (self);
}

static void
write_text_below (Writer *self, const RetourSlipBlock *block)
{
  if (block->text != NULL)
    write_lines (self, block->text, self->columns);
}

/* GS ( k: model 2, dots a module, level M, store, print. */
static void
write_qr (Writer *self, const RetourSlipBlock *block)
{
  gsize length = strlen (block->code);
  gsize stored = length + 3;

  set_style (self, block->style, 0, ALIGN_CENTRE);
  retour_escpos_append (self->out, 9, 0x1D, '(', 'k', 4, 0, 49, 65, 50, 0);
  retour_escpos_append (self->out, 8, 0x1D, '(', 'k', 3, 0, 49, 67, QR_DOTS);
  retour_escpos_append (self->out, 8, 0x1D, '(', 'k', 3, 0, 49, 69, 49);
  retour_escpos_append (self->out, 8, 0x1D, '(', 'k', (int) (stored & 0xFF), (int) (stored >> 8), 49, 80, 48);
  g_byte_array_append (self->out, (const guint8 *) block->code, (guint) length);
  retour_escpos_append (self->out, 8, 0x1D, '(', 'k', 3, 0, 49, 81, 48);
  write_text_below (self, block);
}

/* In code set B, where a brace is written twice. */
static void
write_code128 (Writer *self, const RetourSlipBlock *block)
{
  g_auto (GStrv) parts = g_strsplit (block->code, "{", -1);
  g_autofree char *escaped = g_strjoinv ("{{", parts);
  gsize length = strlen (escaped);

  set_style (self, block->style, 0, ALIGN_CENTRE);
  retour_escpos_append (self->out, 3, 0x1D, 'h', CODE128_HEIGHT);
  retour_escpos_append (self->out, 3, 0x1D, 'w', CODE128_DOTS);
  retour_escpos_append (self->out, 3, 0x1D, 'H', 0);
  retour_escpos_append (self->out, 6, 0x1D, 'k', 73, (int) length + 2, '{', 'B');
  g_byte_array_append (self->out, (const guint8 *) escaped, (guint) length);
  write_text_below (self, block);
}

/* Start, check and stop with the characters; a printer's bars must fit its line or it prints none. */
static gboolean
is_fit_for_code128 (const Writer *self, const char *code)
{
  g_autoptr (RetourBarcode) bars = retour_barcode_new (RETOUR_BARCODE_CODE128, code, NULL);
  gsize modules = 11 * (strlen (code) + 2) + 13;

  return bars != NULL && modules * CODE128_DOTS <= (gsize) self->slip->width;
}

static void
write_block (Writer *self, const RetourSlipBlock *block)
{
  switch (block->kind)
    {
    case RETOUR_SLIP_TEXT:
      write_text (self, block);
      break;
    case RETOUR_SLIP_BAND:
      write_band (self, block);
      break;
    case RETOUR_SLIP_ROW:
      write_row (self, block);
      break;
    case RETOUR_SLIP_RULE_DASHED:
      write_rule (self, '-');
      break;
    case RETOUR_SLIP_RULE_SOLID:
      write_rule (self, '=');
      break;
    case RETOUR_SLIP_BARCODE:
      if (is_fit_for_code128 (self, block->code))
        write_code128 (self, block);
      else
        write_qr (self, block);
      break;
    case RETOUR_SLIP_QR:
      write_qr (self, block);
      break;
    case RETOUR_SLIP_SPACE:
      if (block->space > 0)
        retour_escpos_append (self->out, 3, 0x1B, 'J', MIN (block->space, 255));
      break;
    }
}

GBytes *
retour_escpos_from_slip (const RetourSlip *slip, const RetourEscposText *text)
{
  Writer writer = { g_byte_array_new (), slip, text, slip->width / LETTER_DOTS };

  retour_escpos_append_start (writer.out);
  retour_escpos_append (writer.out, 3, 0x1B, 't', text->select);
  for (guint i = 0; i < slip->blocks->len; i++)
    write_block (&writer, g_ptr_array_index (slip->blocks, i));
  retour_escpos_append_cut (writer.out);
  return g_byte_array_free_to_bytes (writer.out);
}
