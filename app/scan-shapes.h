/* SPDX-License-Identifier: Apache-2.0 */
/* The shapes of a chain's own codes, from its policy (DOMAIN.md 7). In a pattern # is an ASCII digit, @ an ASCII letter in
 * either case, * one character or more, none of them a control; anything else stands for itself. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GStrv order, return_label, staff, tracking; /* patterns; NULL is an empty list */
  GStrv order_url;                            /* "https://www.example.fr/o/{order}" */
  char *gdti;                                 /* 13 digits of the chain's proofs in AI 253, or NULL */
  char separator;                             /* what this scanner sends for GS, ASCII, or 0 */
} RetourScanShapes;

/* With empty lists. */
RetourScanShapes *retour_scan_shapes_new (void);
RetourScanShapes *retour_scan_shapes_copy (const RetourScanShapes *shapes);
void retour_scan_shapes_free (RetourScanShapes *shapes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourScanShapes, retour_scan_shapes_free)

gboolean retour_scan_shape_matches (const char *pattern, const char *text);
/* Whether one of the patterns matches; `patterns` may be NULL. */
gboolean retour_scan_shape_matches_any (const char *const *patterns, const char *text);

/* The order number inside an address of that form, percent-decoded, or NULL. Scheme and host may be in either case; the
 * number holds no /, ? or #; a query and a fragment may follow. The caller's. */
char *retour_order_url_read (const char *pattern, const char *text);

G_END_DECLS
