/* SPDX-License-Identifier: Apache-2.0 */
/* The machine's clocks. */
#include "system-clock.h"

#include <time.h>

static gint64
read_clock (clockid_t which)
{
  struct timespec now;

  clock_gettime (which, &now);
  return (gint64) now.tv_sec * RETOUR_SECOND + now.tv_nsec / 1000;
}

static RetourInstant
wall (gpointer self)
{
  return read_clock (CLOCK_REALTIME);
}

static gint64
boot (gpointer self)
{
  return read_clock (CLOCK_BOOTTIME);
}

const RetourClock *
retour_system_clock (void)
{
  static const RetourClock clock = { wall, boot, NULL };

  return &clock;
}
