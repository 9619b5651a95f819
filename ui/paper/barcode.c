/* SPDX-License-Identifier: Apache-2.0 */
#include "barcode.h"

#include "paper-error.h"

#include <string.h>
#include <zint.h>

/* zint is asked for the matrix only: its own pictures are 24-bit and know nothing of our dots. */

enum
{
  CODE128_MAX_CHARACTERS = 80,
  CODE128_QUIET = 10,
  QR_QUIET = 4,
  QR_LEVEL_M = 2,
};

typedef struct zint_symbol ZintSymbol;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZintSymbol, ZBarcode_Delete)

static gboolean
check_text (RetourBarcodeKind kind, const char *text, GError **error)
{
  if (*text == '\0' || !g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, RETOUR_PAPER_ERROR, RETOUR_PAPER_ERROR_CODE, "A code must hold text in UTF-8");
      return FALSE;
    }
  if (kind == RETOUR_BARCODE_QR)
    return TRUE;

  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isprint (text[i]))
      {
        g_set_error (error, RETOUR_PAPER_ERROR, RETOUR_PAPER_ERROR_CODE, "Code 128 holds printable ASCII only");
        return FALSE;
      }
  if (length > CODE128_MAX_CHARACTERS)
    {
      g_set_error (error, RETOUR_PAPER_ERROR, RETOUR_PAPER_ERROR_CODE,
                   "%zu characters are too many for Code 128, at most %d can be scanned", length,
                   CODE128_MAX_CHARACTERS);
      return FALSE;
    }
  return TRUE;
}

static RetourBarcode *
copy_modules (RetourBarcodeKind kind, const ZintSymbol *symbol)
{
  RetourBarcode *self = g_new0 (RetourBarcode, 1);

  self->kind = kind;
  self->width = symbol->width;
  self->height = kind == RETOUR_BARCODE_QR ? symbol->rows : 1;
  self->quiet = kind == RETOUR_BARCODE_QR ? QR_QUIET : CODE128_QUIET;
  self->modules = g_new0 (guint8, (gsize) self->width * (gsize) self->height);
  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      self->modules[y * self->width + x] = (symbol->encoded_data[y][x >> 3] >> (x & 7)) & 1;
  return self;
}

RetourBarcode *
retour_barcode_new (RetourBarcodeKind kind, const char *text, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  if (!check_text (kind, text, error))
    return NULL;

  g_autoptr (ZintSymbol) symbol = ZBarcode_Create ();

  if (symbol == NULL)
    g_error ("no memory for a code");
  symbol->symbology = kind == RETOUR_BARCODE_QR ? BARCODE_QRCODE : BARCODE_CODE128;
  symbol->input_mode = UNICODE_MODE;
  if (kind == RETOUR_BARCODE_QR)
    symbol->option_1 = QR_LEVEL_M;

  if (ZBarcode_Encode (symbol, (const unsigned char *) text, 0) >= ZINT_ERROR)
    {
      g_set_error (error, RETOUR_PAPER_ERROR, RETOUR_PAPER_ERROR_CODE, "Cannot encode: %s", symbol->errtxt);
      return NULL;
    }
  return copy_modules (kind, symbol);
}

void
retour_barcode_free (RetourBarcode *self)
{
  if (self == NULL)
    return;
  g_free (self->modules);
  g_free (self);
}
