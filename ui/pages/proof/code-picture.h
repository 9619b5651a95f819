/* SPDX-License-Identifier: Apache-2.0 */
/* A Code 128 or QR on the screen: every module a whole number of pixels, black on a white tile in the dark too. */
#pragma once

#include <gtk/gtk.h>

#include "barcode.h"

G_BEGIN_DECLS

/* As large as fits in `room` px, its quiet zone included; `height` is that of a Code 128's bars. `name` is what a screen
 * reader says. NULL when `text` cannot be encoded. Floating. */
GtkWidget *retour_code_picture_new (RetourBarcodeKind kind, const char *text, int room, int height, const char *name);

G_END_DECLS
