/* SPDX-License-Identifier: Apache-2.0 */
#include "code-picture.h"

#include "text.h"

#include <string.h>

#define BLACK 0x00
#define WHITE 0xff

struct _RetourCodePicture
{
  GtkWidget parent_instance;

  GdkTexture *texture;
};

G_DEFINE_TYPE (RetourCodePicture, retour_code_picture, GTK_TYPE_WIDGET)

static void
retour_code_picture_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  GdkTexture *texture = RETOUR_CODE_PICTURE (widget)->texture;

  *minimum = *natural =
      orientation == GTK_ORIENTATION_HORIZONTAL ? gdk_texture_get_width (texture) : gdk_texture_get_height (texture);
}

/* Never stretched: a module that is not a whole number of pixels does not scan. */
static void
retour_code_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GdkTexture *texture = RETOUR_CODE_PICTURE (widget)->texture;
  int x = (gtk_widget_get_width (widget) - gdk_texture_get_width (texture)) / 2;

  gtk_snapshot_append_texture (snapshot, texture,
                               &GRAPHENE_RECT_INIT ((float) x, 0, (float) gdk_texture_get_width (texture),
                                                    (float) gdk_texture_get_height (texture)));
}

static void
retour_code_picture_finalize (GObject *object)
{
  g_clear_object (&RETOUR_CODE_PICTURE (object)->texture);
  G_OBJECT_CLASS (retour_code_picture_parent_class)->finalize (object);
}

static void
retour_code_picture_class_init (RetourCodePictureClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = retour_code_picture_finalize;
  widget_class->measure = retour_code_picture_measure;
  widget_class->snapshot = retour_code_picture_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
retour_code_picture_init (RetourCodePicture *self)
{
}

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
  RetourCodePicture *self;

  if (code == NULL)
    return NULL;
  self = g_object_new (RETOUR_TYPE_CODE_PICTURE, NULL);
  self->texture = draw (code, MAX (1, room / (code->width + 2 * code->quiet)), height);
  retour_set_name (GTK_WIDGET (self), name);
  return GTK_WIDGET (self);
}
