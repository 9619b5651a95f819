/* SPDX-License-Identifier: Apache-2.0 */
/* What a promotion no longer earns on the units that are kept (DOMAIN.md 3). */
#pragma once

#include "order.h"
#include "wide.h"

G_BEGIN_DECLS

typedef struct
{
  RetourWide kept_value; /* unit prices of the kept units that count for the threshold */
  RetourWide share_kept; /* the part of the discount that still lies on kept units */
  RetourWide due_kept;   /* what the promotion gives on the kept units alone */
  RetourWide amount;     /* max (0, share_kept - due_kept), 0 for one that prorates and when nothing is kept */
} RetourClawback;

/* `returned`: units by line of the order. FALSE when an amount is beyond 127 bits. */
gboolean retour_clawback_compute (const RetourOrder *order,
                                  const RetourPromotion *promotion,
                                  const gint64 *returned,
                                  RetourClawback *clawback) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a line carries the promotion's discount. */
gboolean retour_clawback_line_carries (const RetourOrderLine *line, const RetourPromotion *promotion);
/* The part of the promotion's discount on a line that lies on its kept units: D - round_half_up (D * r / n). */
gboolean retour_clawback_line_share (const RetourOrderLine *line,
                                     const RetourPromotion *promotion,
                                     gint64 returned,
                                     RetourWide *share) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
