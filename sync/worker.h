/* SPDX-License-Identifier: Apache-2.0 */
/* The exchange with the OMS, on a thread of its own: the engine decides, libcurl carries, the store remembers. What the
 * mains see of sync/.
 *
 *   RetourSync *sync = retour_sync_new (storage, documents, directory, clock, &error);
 *   retour_sync_set_listener (sync, on_report, self);
 *   retour_sync_start (sync);
 *   …
 *   retour_sync_free (sync);                                              stops it first, within a second
 *
 * All functions are called from one thread, the one whose thread-default main context gets reports and replies. */
#pragma once

#include "clock.h"
#include "document.h"
#include "enrolment.h"
#include "oms.h"
#include "report.h"
#include "store.h"

G_BEGIN_DECLS

typedef struct _RetourSync RetourSync;

/* Reads the enrolment in `identity_directory`. One that is missing is no error: the phase is NOT_ENROLLED and nothing is
 * asked of anyone until retour_sync_reload. Errors: RETOUR_ENROLMENT_ERROR for a damaged directory. Storage, documents and
 * clock are borrowed and must outlive it. */
RetourSync *retour_sync_new (const RetourStorage *storage,
                             const RetourDocuments *documents,
                             const char *identity_directory,
                             const RetourClock *clock,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
void retour_sync_free (RetourSync *sync);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourSync, retour_sync_free)

/* How long to wait between two looks at the feed when nothing happens; default 15 s. Before start. */
void retour_sync_set_poll_interval (RetourSync *sync, gint64 microseconds);

void retour_sync_start (RetourSync *sync);
/* Ends the thread, within a second even when a request hangs; pending questions are answered RETOUR_OMS_ERROR_CANCELLED. What
 * was in flight is found again at the next start: every operation keeps its id. */
void retour_sync_stop (RetourSync *sync);

/* An operation was queued, or a person asks to exchange now: any waiting time ends. */
void retour_sync_kick (RetourSync *sync);
/* The system says that a network came or went. */
void retour_sync_network_changed (RetourSync *sync, gboolean available);
/* For demonstrations and tests: as if the cable were out. */
void retour_sync_set_offline (RetourSync *sync, gboolean offline);
/* After an enrolment: reads the directory again. */
gboolean retour_sync_reload (RetourSync *sync, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Questions to the OMS, answered on the caller's main context. Borrowed, valid as long as sync; asked while not enrolled or
 * offline the reply is RETOUR_OMS_ERROR_OFFLINE. */
const RetourOms *retour_sync_oms (RetourSync *sync);
/* Borrowed; NULL when not enrolled. */
const RetourEnrolment *retour_sync_get_enrolment (RetourSync *sync);

/* The newest report: borrowed until the main context runs again. */
const RetourSyncReport *retour_sync_get_report (RetourSync *sync);
/* Called on the main context at every change, at most ten times a second. NULL ends it. */
typedef void (*RetourSyncListener) (const RetourSyncReport *report, gpointer user_data);
void retour_sync_set_listener (RetourSync *sync, RetourSyncListener listener, gpointer user_data);

G_END_DECLS
