/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "barcode.h"

/* An A4 sheet of codes to scan: sample orders, items, badges, and the commands that drive the desk without touch. */

typedef struct _RetourScanSheet RetourScanSheet;

RetourScanSheet *retour_scan_sheet_new (const char *title, const char *subtitle);
void retour_scan_sheet_free (RetourScanSheet *self);

/* What follows stands under `title`. At least one section comes before the first entry. */
void retour_scan_sheet_add_section (RetourScanSheet *self, const char *title);

/* `label` in bold, `detail` (or NULL) under it, then the code and its text. A Code 128 too
 * wide for its card is drawn as QR. All texts are copied. */
void retour_scan_sheet_add_entry (
    RetourScanSheet *self, const char *label, const char *detail, RetourBarcodeKind kind, const char *code);

int retour_scan_sheet_count_pages (const RetourScanSheet *self);

/* Every page, with text that can be selected. Fail with RETOUR_PAPER_ERROR_DRAW or RETOUR_PAPER_ERROR_CODE. */
GBytes *retour_scan_sheet_to_pdf (const RetourScanSheet *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One page, counted from 0, as a picture of 1680 x 2376 pixels. */
GBytes *retour_scan_sheet_to_png (const RetourScanSheet *self, int page, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourScanSheet, retour_scan_sheet_free)
