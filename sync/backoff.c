/* SPDX-License-Identifier: Apache-2.0 */
#include "backoff.h"

void
retour_jitter_seed (RetourJitter *jitter, guint64 seed)
{
  jitter->state = seed;
}

/* SplitMix64 (Steele, Lea, Flood, 2014): one addition and a mix, no state to get wrong. */
static guint64
next (RetourJitter *jitter)
{
  jitter->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  guint64 z = jitter->state;
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

gint64
retour_jitter_below (RetourJitter *jitter, gint64 bound)
{
  g_return_val_if_fail (bound > 0, 0);
  return (gint64) (next (jitter) % (guint64) bound);
}

gint64
retour_backoff_ceiling (guint failures)
{
  if (failures == 0)
    return 0;
  if (failures > 9) /* 2^9 s is past the ceiling */
    return RETOUR_BACKOFF_CEILING;
  return MIN (RETOUR_BACKOFF_FIRST << (failures - 1), RETOUR_BACKOFF_CEILING);
}

gint64
retour_backoff_delay (RetourJitter *jitter, guint failures)
{
  gint64 ceiling = retour_backoff_ceiling (failures);

  return ceiling == 0 ? 0 : 1 + retour_jitter_below (jitter, ceiling);
}

gint64
retour_backoff_retry_after (gint64 asked)
{
  return CLAMP (asked, RETOUR_RETRY_AFTER_LEAST, RETOUR_RETRY_AFTER_MOST);
}

gint64
retour_backoff_spread (const char *terminal, gint64 width)
{
  RetourJitter jitter;

  if (width <= 0)
    return 0;
  retour_jitter_seed (&jitter, terminal ? g_str_hash (terminal) : 0);
  return retour_jitter_below (&jitter, width);
}
