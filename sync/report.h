/* SPDX-License-Identifier: Apache-2.0 */
/* How the exchange with the OMS stands, in words a person can be told. Never says more than is true: UP_TO_DATE means that
 * the feed's end was reached since the exchange began, and that nothing is being sent. */
#pragma once

#include "calendar.h"

G_BEGIN_DECLS

typedef enum
{
  RETOUR_SYNC_PHASE_UP_TO_DATE,
  RETOUR_SYNC_PHASE_PULLING,
  RETOUR_SYNC_PHASE_SENDING,
  RETOUR_SYNC_PHASE_OFFLINE,     /* no answer, or the OMS is in trouble; tried again by itself */
  RETOUR_SYNC_PHASE_SECURITY,    /* certificate, pin or access refused: never "continue anyway" */
  RETOUR_SYNC_PHASE_CLOCK_WRONG, /* the terminal's clock is more than a day from the OMS's */
  RETOUR_SYNC_PHASE_NOT_ENROLLED,
  RETOUR_SYNC_PHASE_PORTAL, /* something else answers in the OMS's place */
} RetourSyncPhase;
#define RETOUR_N_SYNC_PHASES 8

/* "up_to_date", "pulling"…; static. */
const char *retour_sync_phase_code (RetourSyncPhase phase);

typedef struct
{
  RetourSyncPhase phase;
  RetourInstant since;         /* of this phase, wall clock */
  RetourInstant last_exchange; /* the last answer believed, of this run or remembered; NONE: never */
  gint64 pulled_as_of;      /* boot time at which the feed that was last read to its end was asked for; 0: none yet */
  gint64 pushed_as_of;      /* boot time at which the store was last asked for what is due, and had nothing; 0 */
  gint64 failed_at;         /* boot time of the last failure; 0: none yet */
  guint to_send;            /* operations not answered yet */
  guint attention;          /* returns that need a person */
  guint64 pulled, total;    /* records of this pull: orders, articles, stock figures…; total 0: unknown */
  gint64 seconds_left;      /* of this pull; -1: unknown */
  gint64 clock_offset;      /* OMS minus terminal, microseconds */
  gboolean clock_known;     /* heard from the OMS since the terminal runs, not remembered */
  gboolean first_pull_done; /* the cache has been whole once */
  RetourInstant next_try;   /* NONE: nothing is waiting */
  char *message;            /* what went wrong, for support, English; NULL */
} RetourSyncReport;

RetourSyncReport *retour_sync_report_copy (const RetourSyncReport *report);
void retour_sync_report_free (RetourSyncReport *report);
/* Would a person be told the same? The clock's offset alone, which moves all the time, is no news. */
gboolean retour_sync_report_equal (const RetourSyncReport *a, const RetourSyncReport *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourSyncReport, retour_sync_report_free)

G_END_DECLS
