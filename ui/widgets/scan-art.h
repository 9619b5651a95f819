/* SPDX-License-Identifier: Apache-2.0 */
/* The drawing of the first page: a bar code between four corners and the scanner's line. Decoration only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RETOUR_TYPE_SCAN_ART (retour_scan_art_get_type ())
G_DECLARE_FINAL_TYPE (RetourScanArt, retour_scan_art, RETOUR, SCAN_ART, GtkWidget)

GtkWidget *retour_scan_art_new (void);

G_END_DECLS
