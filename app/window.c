/* SPDX-License-Identifier: Apache-2.0 */
#include "window.h"

#include <string.h>

#define SATURDAY 6

static gboolean
announces_line (const RetourAnnouncement *announcement, const RetourOrderLine *line)
{
  for (guint i = 0; i < announcement->lines->len; i++)
    {
      const RetourAnnouncedLine *announced = announcement->lines->pdata[i];
      if (strcmp (announced->line, line->id) == 0)
        return TRUE;
    }
  return FALSE;
}

RetourDay
retour_window_judged_on (const RetourQuoteCase *self, const RetourOrderLine *line)
{
  RetourDay judged_on = self->today;
  for (guint i = 0; self->order != NULL && i < self->order->announced->len; i++)
    {
      const RetourAnnouncement *announcement = self->order->announced->pdata[i];
      if (announcement->at != RETOUR_INSTANT_NONE && (line == NULL || announces_line (announcement, line)))
        judged_on = MIN (judged_on, retour_instant_day (announcement->at, self->zone));
    }
  return judged_on;
}

static gboolean
parcel_holds (const RetourParcel *parcel, const RetourOrderLine *line)
{
  for (guint i = 0; i < parcel->lines->len; i++)
    {
      const RetourLineQuantity *held = parcel->lines->pdata[i];
      if (strcmp (held->line, line->id) == 0)
        return TRUE;
    }
  return FALSE;
}

static RetourInstant
line_delivery (const RetourOrder *order, const RetourOrderLine *line)
{
  RetourInstant latest = RETOUR_INSTANT_NONE;
  for (guint i = 0; i < order->parcels->len; i++)
    {
      const RetourParcel *parcel = order->parcels->pdata[i];
      if (parcel_holds (parcel, line))
        latest = MAX (latest, parcel->delivered_at);
    }
  return latest;
}

static RetourInstant
find_anchor (const RetourQuoteCase *self, const RetourOrderLine *line)
{
  switch (self->policy->window.from)
    {
    case RETOUR_ANCHOR_LAST_DELIVERY:
      return retour_order_last_delivery (self->order);
    case RETOUR_ANCHOR_DELIVERY:
      return line_delivery (self->order, line);
    case RETOUR_ANCHOR_PLACED:
      return self->order->placed_at;
    case RETOUR_ANCHOR_UNKNOWN:
      return RETOUR_INSTANT_NONE;
    }
  return RETOUR_INSTANT_NONE;
}

static RetourDay
add_days (RetourDay day, gint64 days)
{
  gint64 sum;
  if (__builtin_add_overflow ((gint64) day, days, &sum))
    return G_MAXINT32;
  return (RetourDay) MIN (sum, G_MAXINT32);
}

static const gint64 *
find_days (GHashTable *days, const char *name)
{
  return name != NULL ? g_hash_table_lookup (days, name) : NULL;
}

/* The longest of the season, the tier's days and the category's or the usual ones. */
static RetourDay
find_last_day (const RetourQuoteCase *self, const RetourOrderLine *line, RetourDay anchor)
{
  const RetourPolicy *policy = self->policy;
  const gint64 *category = find_days (policy->window.by_category, line->category);
  const gint64 *tier = find_days (policy->window.by_tier, self->order->customer.tier);
  RetourDay last = add_days (anchor, category != NULL ? *category : policy->window.days);
  if (tier != NULL)
    last = MAX (last, add_days (anchor, *tier));

  RetourDay placed = retour_instant_day (self->order->placed_at, self->zone);
  for (guint i = 0; i < policy->window.seasonal->len; i++)
    {
      const RetourSeason *season = policy->window.seasonal->pdata[i];
      if (placed >= season->placed_from && placed <= season->placed_to)
        last = MAX (last, season->returnable_until);
    }
  return last;
}

gboolean
retour_window_find (const RetourQuoteCase *self, const RetourOrderLine *line, RetourWindow *window)
{
  if (!self->policy->has_window || line == NULL)
    return FALSE;
  RetourInstant anchor = find_anchor (self, line);
  if (anchor == RETOUR_INSTANT_NONE)
    return FALSE;
  window->last_day = find_last_day (self, line, retour_instant_day (anchor, self->zone));
  window->grace_until = add_days (window->last_day, self->policy->window.grace_days);
  return TRUE;
}

static gboolean
is_holiday (const RetourPolicy *policy, RetourDay day)
{
  for (guint i = 0; i < policy->holidays->len; i++)
    if (g_array_index (policy->holidays, RetourDay, i) == day)
      return TRUE;
  return FALSE;
}

/* Each step needs one holiday or one weekend, so the search ends. */
static RetourDay
next_working_day (const RetourPolicy *policy, RetourDay day)
{
  while (day < G_MAXINT32 && (retour_day_weekday (day) >= SATURDAY || is_holiday (policy, day)))
    day++;
  return day;
}

RetourDay
retour_withdrawal_last_day (const RetourQuoteCase *self)
{
  if (!self->policy->has_withdrawal || self->order == NULL)
    return RETOUR_DAY_NONE;
  RetourInstant delivery = retour_order_last_delivery (self->order);
  if (delivery == RETOUR_INSTANT_NONE)
    return RETOUR_DAY_NONE;
  RetourDay last = add_days (retour_instant_day (delivery, self->zone), self->policy->withdrawal.days);
  return next_working_day (self->policy, last);
}

gboolean
retour_withdrawal_is_open (const RetourQuoteCase *self, RetourDay judged_on)
{
  if (!self->policy->has_withdrawal || self->order == NULL)
    return FALSE;
  RetourDay last = retour_withdrawal_last_day (self);
  return last == RETOUR_DAY_NONE || judged_on <= last;
}
