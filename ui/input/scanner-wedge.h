/* SPDX-License-Identifier: Apache-2.0 */
/* A scanner that types like a keyboard, told apart from the keyboard. It hears every key before the window's widgets do,
 * holds what may be a scan for at most 40 ms, and gives back what was typed by hand: a scan never reaches a field, a
 * shortcut or a button (PLATFORM.md 4 has the recipe and its trials). */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RETOUR_TYPE_SCANNER_WEDGE (retour_scanner_wedge_get_type ())
G_DECLARE_FINAL_TYPE (RetourScannerWedge, retour_scanner_wedge, RETOUR, SCANNER_WEDGE, GObject)

/* Signals: "scanned" (const char *text, const char *us_text): what was read, by the screen's layout and by a US one.
 * "touched": any key came, from a person or a scanner. */

/* Listens to a toplevel as long as both live. */
RetourScannerWedge *retour_scanner_wedge_new (GtkWidget *toplevel);

G_END_DECLS
