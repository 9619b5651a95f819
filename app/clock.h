/* SPDX-License-Identifier: Apache-2.0 */
/* The only clock that `app` knows: the one it is given. */
#pragma once

#include "calendar.h"

G_BEGIN_DECLS

typedef struct
{
  /* What the terminal's own wall clock says. */
  RetourInstant (*wall) (gpointer self);
  /* Microseconds that only grow, through suspend too (CLOCK_BOOTTIME): waits and lock-outs are measured with it. */
  gint64 (*boot) (gpointer self);
  gpointer self;
} RetourClock;

/* Beyond this a clock is said to be off, to people: microseconds either way (ENGINEERING.md D.3, Time). */
#define RETOUR_CLOCK_TOLERANCE (120 * RETOUR_SECOND)

/* The wall clock corrected by the offset learnt from the OMS: `offset` = OMS minus terminal, microseconds. */
RetourInstant retour_clock_corrected (const RetourClock *clock, gint64 offset);

G_END_DECLS
