/* SPDX-License-Identifier: Apache-2.0 */
#include "past-limit.h"

#include "window.h"

gboolean
retour_order_is_past_limit (const RetourOrder *order, const RetourPolicy *policy, RetourInstant now)
{
  RetourQuoteCase judged = { .order = order, .policy = policy, .zone = retour_time_zone_new (policy->time_zone) };
  gboolean past = FALSE, open = judged.zone == NULL;

  if (judged.zone != NULL)
    judged.today = retour_instant_day (now, judged.zone);
  for (guint i = 0; i < order->lines->len && !open; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];
      RetourWindow window;

      if (retour_order_line_returnable (line) == 0)
        continue;
      past = TRUE;
      open = !retour_window_find (&judged, line, &window) || retour_window_judged_on (&judged, line) <= window.last_day;
    }
  g_clear_pointer (&judged.zone, g_time_zone_unref);
  return past && !open;
}
