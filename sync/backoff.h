/* SPDX-License-Identifier: Apache-2.0 */
/* How long to wait before trying again: full jitter, so that terminals that failed together do not come back together
 * (SYNC.md: 1 s doubling to 5 min; Retry-After obeyed between 1 s and 1 h). All times in microseconds. */
#pragma once

#include "calendar.h"

G_BEGIN_DECLS

#define RETOUR_BACKOFF_FIRST RETOUR_SECOND
#define RETOUR_BACKOFF_CEILING (300 * RETOUR_SECOND)
#define RETOUR_RETRY_AFTER_LEAST RETOUR_SECOND
#define RETOUR_RETRY_AFTER_MOST (3600 * RETOUR_SECOND)

/* A stream of numbers that a seed repeats; not for secrets. */
typedef struct
{
  guint64 state;
} RetourJitter;

void retour_jitter_seed (RetourJitter *jitter, guint64 seed);
/* 0 <= result < bound; bound > 0. */
gint64 retour_jitter_below (RetourJitter *jitter, gint64 bound);

/* The ceiling of the wait after so many failures in a row: 0 for none. */
gint64 retour_backoff_ceiling (guint failures);
/* A wait drawn evenly from (0, ceiling]. */
gint64 retour_backoff_delay (RetourJitter *jitter, guint failures);
/* What the OMS asked for, held within its bounds. */
gint64 retour_backoff_retry_after (gint64 asked);
/* A terminal's own share of `width`, always the same for the same name: the order in which a store's terminals come back. */
gint64 retour_backoff_spread (const char *terminal, gint64 width);

G_END_DECLS
