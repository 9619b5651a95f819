/* SPDX-License-Identifier: Apache-2.0 */
/* The clock that `app` is given, corrected. */
#include "clock.h"

RetourInstant
retour_clock_corrected (const RetourClock *clock, gint64 offset)
{
  g_return_val_if_fail (clock != NULL && clock->wall != NULL, 0);

  RetourInstant now = clock->wall (clock->self);
  RetourInstant corrected;
  return __builtin_add_overflow (now, offset, &corrected) ? now : corrected;
}
