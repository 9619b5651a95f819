/* SPDX-License-Identifier: Apache-2.0 */
/* Said of a whole order in a list, before anything of it was chosen: each item is judged again when it comes back. */
#include "desk-private.h"

#include "window.h"

/* With days left for the shortest of the windows the order need not be read. */
static gboolean
may_be_past (const RetourPolicy *policy, const RetourOrderSummary *summary, RetourDay today, GTimeZone *zone)
{
  gint64 days = policy->window.days;
  GHashTableIter iter;
  gpointer category_days;

  if (summary->returnable == 0 || !policy->has_window)
    return FALSE;
  g_hash_table_iter_init (&iter, policy->window.by_category);
  while (g_hash_table_iter_next (&iter, NULL, &category_days))
    days = MIN (days, *(const gint64 *) category_days);
  return today - retour_instant_day (summary->placed_at, zone) > days;
}

gboolean
retour_desk_is_past_limit (const RetourDesk *desk, const RetourPolicy *policy, const RetourOrder *order)
{
  RetourCase judged = { .order = order, .policy = policy, .zone = retour_time_zone_new (policy->time_zone) };
  gboolean past = FALSE, open = judged.zone == NULL;

  if (judged.zone != NULL)
    judged.today = retour_instant_day (retour_desk_now (desk), judged.zone);
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

gboolean
retour_desk_mark_past_limit (
    const RetourDesk *desk, RetourStore *store, const RetourPolicy *policy, GPtrArray *summaries, GError **error)
{
  const RetourDay today = retour_instant_day (retour_desk_now (desk), desk->zone);

  for (guint i = 0; i < summaries->len; i++)
    {
      RetourOrderSummary *summary = summaries->pdata[i];
      g_autoptr (RetourOrder) order = NULL;

      if (!may_be_past (policy, summary, today, desk->zone))
        continue;
      order = store->find_order (store, summary->id != NULL ? summary->id : summary->number, error);
      if (order == NULL)
        return FALSE;
      summary->past_limit = retour_desk_is_past_limit (desk, policy, order);
    }
  return TRUE;
}
