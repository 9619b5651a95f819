/* SPDX-License-Identifier: Apache-2.0 */
/* A Code 128 or QR on the screen: every module a whole number of pixels, black on white in the dark too. */
#pragma once

#include <gtk/gtk.h>

#include "barcode.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_CODE_PICTURE (retour_code_picture_get_type ())
G_DECLARE_FINAL_TYPE (RetourCodePicture, retour_code_picture, RETOUR, CODE_PICTURE, GtkWidget)

/* As large as fits in `room` px, its quiet zone included; `height` is that of a Code 128's bars. `name` is what a screen
 * reader says. NULL when `text` cannot be encoded. Floating. */
GtkWidget *retour_code_picture_new (RetourBarcodeKind kind, const char *text, int room, int height, const char *name);

G_END_DECLS
