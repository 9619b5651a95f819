/* SPDX-License-Identifier: Apache-2.0 */
#include "code-picture.h"

#include "text.h"

#include <string.h>

#define BLACK 0x00
#define WHITE 0xff

/* Grey is enough, but RGB is what a GdkMemoryTexture takes everywhere. */
static GdkTexture *
draw (const RetourBarcode *code, int module, int bar_height)
{
  int quiet_x = code->quiet, quiet_y = code->kind == RETOUR_BARCODE_QR ? code->quiet : 0;
  int width = (code->width + 2 * quiet_x) * module;
  int height = code->kind == RETOUR_BARCODE_QR ? (code->height + 2 * quiet_y) * module : bar_height;
  gsize stride = (gsize) width * 3;
  guint8 *pixels = g_malloc (stride * (gsize) height);
  g_autoptr (GBytes) bytes = NULL;

  memset (pixels, WHITE, stride * (gsize) height);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < code->width; x++)
      {
        int row = code->kind == RETOUR_BARCODE_QR ? y / module - quiet_y : 0;

        if (row >= 0 && row < code->height && retour_barcode_is_dark (code, x, row))
          memset (pixels + (gsize) y * stride + (gsize) ((x + quiet_x) * module) * 3, BLACK, (gsize) module * 3);
      }
  bytes = g_bytes_new_take (pixels, stride * (gsize) height);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8, bytes, stride);
}

GtkWidget *
retour_code_picture_new (RetourBarcodeKind kind, const char *text, int room, int height, const char *name)
{
  g_autoptr (RetourBarcode) code = text != NULL ? retour_barcode_new (kind, text, NULL) : NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GtkWidget *picture;

  if (code == NULL)
    return NULL;
  texture = draw (code, MAX (1, room / (code->width + 2 * code->quiet)), height);
  picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), FALSE);
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), name);
  gtk_widget_set_halign (picture, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (picture, GTK_ALIGN_CENTER);
  retour_set_name (picture, name);
  return picture;
}
