/* SPDX-License-Identifier: Apache-2.0 */
#include "report.h"

const char *
retour_sync_phase_code (RetourSyncPhase phase)
{
  switch (phase)
    {
    case RETOUR_SYNC_PHASE_UP_TO_DATE:
      return "up_to_date";
    case RETOUR_SYNC_PHASE_PULLING:
      return "pulling";
    case RETOUR_SYNC_PHASE_SENDING:
      return "sending";
    case RETOUR_SYNC_PHASE_OFFLINE:
      return "offline";
    case RETOUR_SYNC_PHASE_SECURITY:
      return "security";
    case RETOUR_SYNC_PHASE_CLOCK_WRONG:
      return "clock_wrong";
    case RETOUR_SYNC_PHASE_NOT_ENROLLED:
      return "not_enrolled";
    case RETOUR_SYNC_PHASE_PORTAL:
      return "portal";
    }
  g_return_val_if_reached ("");
}

RetourSyncReport *
retour_sync_report_copy (const RetourSyncReport *report)
{
  RetourSyncReport *copy = g_new0 (RetourSyncReport, 1);

  *copy = *report;
  copy->message = g_strdup (report->message);
  return copy;
}

void
retour_sync_report_free (RetourSyncReport *report)
{
  if (report == NULL)
    return;
  g_free (report->message);
  g_free (report);
}

gboolean
retour_sync_report_equal (const RetourSyncReport *a, const RetourSyncReport *b)
{
  return a->phase == b->phase && a->since == b->since && a->last_exchange == b->last_exchange
         && a->pulled_as_of == b->pulled_as_of && a->pushed_as_of == b->pushed_as_of && a->failed_at == b->failed_at
         && a->to_send == b->to_send && a->attention == b->attention && a->pulled == b->pulled && a->total == b->total
         && a->seconds_left == b->seconds_left && a->first_pull_done == b->first_pull_done && a->next_try == b->next_try
         && g_strcmp0 (a->message, b->message) == 0;
}
