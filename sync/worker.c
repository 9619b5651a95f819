/* SPDX-License-Identifier: Apache-2.0 */
#include "worker.h"

#include <gio/gio.h>

#include "exchange.h"
#include "retour.h"

#define QUIT_PATIENCE (800 * 1000) /* microseconds for the store to finish what it has begun */
#define REPORT_SPACING (100 * 1000)

/* What the thread owns; it outlives RetourSync when the store is slow to give back a job. */
typedef struct
{
  gatomicrefcount references;

  /* Read-only once the thread runs */
  const RetourStorage *storage;
  const RetourDocuments *documents;
  const RetourClock *clock;
  char *directory;
  gint64 poll_interval;
  GMainContext *context;  /* the thread's */
  GMainContext *listener; /* the owner's */

  /* The thread's own */
  RetourExchange *exchange;
  gboolean quit;
  GSource *pacing; /* a report waits for its time */
  gint64 told_at;

  /* Under the lock */
  GMutex lock;
  RetourSyncReport *news; /* not delivered yet */
  GSource *delivery;
  RetourSync *sync; /* NULL once the owner has stopped */
} Worker;

struct _RetourSync
{
  Worker *worker;
  GThread *thread; /* NULL: not running */
  RetourEnrolment *enrolment;
  RetourQuestions *questions;
  RetourSyncReport *report;
  RetourSyncListener listener;
  gpointer user_data;
  gint64 poll_interval;
  const RetourStorage *storage;
  const RetourDocuments *documents;
  const RetourClock *clock;
  char *directory;
  gboolean offline;
  gulong network_handler; /* of the system's network monitor; 0: none */
};

static Worker *
worker_ref (Worker *worker)
{
  g_atomic_ref_count_inc (&worker->references);
  return worker;
}

static void
worker_unref (gpointer pointer)
{
  Worker *worker = pointer;

  if (!g_atomic_ref_count_dec (&worker->references))
    return;
  retour_sync_report_free (worker->news);
  g_main_context_unref (worker->context);
  g_main_context_unref (worker->listener);
  g_mutex_clear (&worker->lock);
  g_free (worker->directory);
  g_free (worker);
}

/* On the owner's context. */
static gboolean
deliver (gpointer user_data)
{
  Worker *worker = user_data;

  g_mutex_lock (&worker->lock);
  g_clear_pointer (&worker->delivery, g_source_unref);
  RetourSyncReport *report = g_steal_pointer (&worker->news);
  RetourSync *sync = worker->sync;
  g_mutex_unlock (&worker->lock);
  if (report == NULL || sync == NULL)
    {
      retour_sync_report_free (report);
      return G_SOURCE_REMOVE;
    }
  retour_sync_report_free (sync->report);
  sync->report = report;
  if (sync->listener != NULL)
    sync->listener (sync->report, sync->user_data);
  return G_SOURCE_REMOVE;
}

static void
hand_to_owner (Worker *worker)
{
  worker->told_at = g_get_monotonic_time ();
  g_mutex_lock (&worker->lock);
  if (worker->delivery == NULL && worker->sync != NULL)
    {
      worker->delivery = g_idle_source_new ();
      g_source_set_priority (worker->delivery, G_PRIORITY_DEFAULT);
      g_source_set_callback (worker->delivery, deliver, worker_ref (worker), worker_unref);
      g_source_attach (worker->delivery, worker->listener);
    }
  g_mutex_unlock (&worker->lock);
}

static gboolean
on_paced (gpointer user_data)
{
  Worker *worker = user_data;

  g_clear_pointer (&worker->pacing, g_source_unref);
  hand_to_owner (worker);
  return G_SOURCE_REMOVE;
}

/* On the thread: the newest report replaces the one not delivered yet, ten times a second at most. */
static void
on_report (const RetourSyncReport *report, gpointer user_data)
{
  Worker *worker = user_data;
  gint64 due = worker->told_at + REPORT_SPACING;

  g_mutex_lock (&worker->lock);
  retour_sync_report_free (worker->news);
  worker->news = retour_sync_report_copy (report);
  g_mutex_unlock (&worker->lock);
  if (worker->pacing != NULL)
    return;
  if (g_get_monotonic_time () >= due)
    {
      hand_to_owner (worker);
      return;
    }
  worker->pacing = g_timeout_source_new (REPORT_SPACING / 1000);
  g_source_set_callback (worker->pacing, on_paced, worker, NULL);
  g_source_attach (worker->pacing, worker->context);
}

static GPrivate polled = G_PRIVATE_INIT (NULL);

/* The thread's main context waits inside curl, for its own sources and the sockets alike. */
static gint
poll_with_transport (GPollFD *fds, guint n_fds, gint timeout)
{
  RetourExchange *exchange = g_private_get (&polled);
  RetourTransport *transport = exchange ? retour_exchange_get_transport (exchange) : NULL;

  return transport ? retour_transport_poll (transport, fds, n_fds, timeout) : g_poll (fds, n_fds, timeout);
}

static gboolean
wake_up (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* The store keeps its promise to answer; how long is waited for it has an end. */
static void
wait_for_store (Worker *worker)
{
  gint64 deadline = g_get_monotonic_time () + QUIT_PATIENCE;
  g_autoptr (GSource) timer = g_timeout_source_new (20);

  g_source_set_callback (timer, wake_up, NULL, NULL);
  g_source_attach (timer, worker->context);
  while (!retour_exchange_is_at_rest (worker->exchange) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (worker->context, TRUE);
  g_source_destroy (timer);
}

static gpointer
run (gpointer user_data)
{
  Worker *worker = user_data;

  g_main_context_push_thread_default (worker->context);
  worker->exchange = retour_exchange_new (worker->storage, worker->documents, worker->clock, worker->directory,
                                          worker->poll_interval, on_report, worker);
  g_private_set (&polled, worker->exchange);
  g_main_context_set_poll_func (worker->context, poll_with_transport);
  while (!worker->quit)
    {
      retour_exchange_perform (worker->exchange);
      g_main_context_iteration (worker->context, TRUE);
    }
  retour_exchange_stop (worker->exchange);
  wait_for_store (worker);
  g_private_set (&polled, NULL);
  if (worker->pacing != NULL)
    g_source_destroy (worker->pacing);
  g_clear_pointer (&worker->pacing, g_source_unref);
  /* A job that the store still holds points at the exchange, which is then left to it. */
  if (retour_exchange_is_at_rest (worker->exchange))
    g_clear_pointer (&worker->exchange, retour_exchange_free);
  g_main_context_pop_thread_default (worker->context);
  worker_unref (worker);
  return NULL;
}

typedef struct
{
  Worker *worker;
  RetourQuestionsWork work;
  gpointer data;
} Errand;

static gboolean
run_errand (gpointer user_data)
{
  Errand *errand = user_data;
  RetourQuestionsWork work = errand->work;

  errand->work = NULL;
  work (errand->worker->exchange, errand->data);
  return G_SOURCE_REMOVE;
}

static void
post_to_thread (RetourSync *sync, RetourQuestionsWork work, gpointer data)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Errand *errand = g_new0 (Errand, 1);

  errand->worker = sync->worker;
  errand->work = work;
  errand->data = data;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, run_errand, errand, g_free);
  g_source_attach (source, sync->worker->context);
}

static void
post_question (RetourQuestionsWork work, GDestroyNotify discard, gpointer data, gpointer user_data)
{
  RetourSync *sync = user_data;

  if (sync->thread == NULL)
    discard (data);
  else
    post_to_thread (sync, work, data);
}

static gboolean
read_enrolment (RetourSync *sync, GError **error)
{
  GError *problem = NULL;
  RetourEnrolment *enrolment = retour_enrolment_load (sync->directory, &problem);

  if (enrolment == NULL && !g_error_matches (problem, RETOUR_ENROLMENT_ERROR, RETOUR_ENROLMENT_ERROR_NOT_ENROLLED))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_clear_error (&problem);
  retour_enrolment_free (sync->enrolment);
  sync->enrolment = enrolment;
  return TRUE;
}

RetourSync *
retour_sync_new (const RetourStorage *storage,
                 const RetourDocuments *documents,
                 const char *identity_directory,
                 const RetourClock *clock,
                 GError **error)
{
  g_autoptr (RetourSync) sync = g_new0 (RetourSync, 1);

  sync->storage = storage;
  sync->documents = documents;
  sync->clock = clock;
  sync->directory = g_strdup (identity_directory);
  sync->questions = retour_questions_new (documents, post_question, sync);
  if (!read_enrolment (sync, error))
    return NULL;
  sync->report = g_new0 (RetourSyncReport, 1);
  sync->report->phase = sync->enrolment ? RETOUR_SYNC_PHASE_PULLING : RETOUR_SYNC_PHASE_NOT_ENROLLED;
  sync->report->since = clock->wall (clock->self);
  sync->report->last_exchange = sync->report->next_try = RETOUR_INSTANT_NONE;
  sync->report->seconds_left = -1;
  return g_steal_pointer (&sync);
}

void
retour_sync_free (RetourSync *sync)
{
  if (sync == NULL)
    return;
  retour_sync_stop (sync);
  retour_questions_free (sync->questions);
  retour_enrolment_free (sync->enrolment);
  retour_sync_report_free (sync->report);
  g_free (sync->directory);
  g_free (sync);
}

void
retour_sync_set_poll_interval (RetourSync *sync, gint64 microseconds)
{
  sync->poll_interval = microseconds;
}

static void
enrol_exchange (RetourExchange *exchange, gpointer data)
{
  RetourEnrolment *enrolment = data;

  retour_exchange_enrol (exchange, enrolment);
  retour_enrolment_free (enrolment);
}

static void
post_enrolment (RetourSync *sync)
{
  post_to_thread (sync, enrol_exchange, sync->enrolment ? retour_enrolment_copy (sync->enrolment) : NULL);
}

static void
kick_exchange (RetourExchange *exchange, gpointer data)
{
  retour_exchange_kick (exchange);
}

static void
set_exchange_offline (RetourExchange *exchange, gpointer data)
{
  retour_exchange_set_offline (exchange, GPOINTER_TO_INT (data));
}

static void
change_network (RetourExchange *exchange, gpointer data)
{
  retour_exchange_network_changed (exchange, GPOINTER_TO_INT (data));
}

/* The system's word that a network is there ends a wait. That there is none is not believed: requests find out, and an OMS on
 * this machine needs no network. */
static void
on_network_changed (GNetworkMonitor *monitor, gboolean available, gpointer user_data)
{
  if (available)
    retour_sync_network_changed (user_data, TRUE);
}

void
retour_sync_start (RetourSync *sync)
{
  Worker *worker;

  g_return_if_fail (sync->thread == NULL);
  worker = g_new0 (Worker, 1);
  g_atomic_ref_count_init (&worker->references);
  worker->storage = sync->storage;
  worker->documents = sync->documents;
  worker->clock = sync->clock;
  worker->directory = g_strdup (sync->directory);
  worker->poll_interval = sync->poll_interval;
  worker->context = g_main_context_new ();
  worker->listener = g_main_context_ref_thread_default ();
  g_mutex_init (&worker->lock);
  worker->sync = sync;
  sync->worker = worker;
  sync->thread = g_thread_new ("retour-sync", run, worker_ref (worker));
  if (sync->offline)
    post_to_thread (sync, set_exchange_offline, GINT_TO_POINTER (TRUE));
  post_enrolment (sync);
  sync->network_handler =
      g_signal_connect (g_network_monitor_get_default (), "network-changed", G_CALLBACK (on_network_changed), sync);
}

static void
quit_thread (RetourExchange *exchange, gpointer data)
{
  ((Worker *) data)->quit = TRUE;
}

void
retour_sync_stop (RetourSync *sync)
{
  Worker *worker = sync->worker;

  if (sync->thread == NULL)
    return;
  g_signal_handler_disconnect (g_network_monitor_get_default (), sync->network_handler);
  sync->network_handler = 0;
  retour_questions_cancel_all (sync->questions);
  post_to_thread (sync, quit_thread, worker);
  g_thread_join (g_steal_pointer (&sync->thread));
  g_mutex_lock (&worker->lock);
  worker->sync = NULL;
  GSource *delivery = g_steal_pointer (&worker->delivery);
  g_mutex_unlock (&worker->lock);
  if (delivery != NULL)
    {
      g_source_destroy (delivery);
      g_source_unref (delivery);
    }
  worker_unref (g_steal_pointer (&sync->worker));
}

void
retour_sync_kick (RetourSync *sync)
{
  if (sync->thread != NULL)
    post_to_thread (sync, kick_exchange, NULL);
}

void
retour_sync_network_changed (RetourSync *sync, gboolean available)
{
  if (sync->thread != NULL)
    post_to_thread (sync, change_network, GINT_TO_POINTER (available));
}

void
retour_sync_set_offline (RetourSync *sync, gboolean offline)
{
  sync->offline = offline;
  if (sync->thread != NULL)
    post_to_thread (sync, set_exchange_offline, GINT_TO_POINTER (offline));
}

gboolean
retour_sync_reload (RetourSync *sync, GError **error)
{
  if (!read_enrolment (sync, error))
    return FALSE;
  if (sync->thread != NULL)
    post_enrolment (sync);
  return TRUE;
}

const RetourOms *
retour_sync_oms (RetourSync *sync)
{
  return retour_questions_get_oms (sync->questions);
}

const RetourEnrolment *
retour_sync_get_enrolment (RetourSync *sync)
{
  return sync->enrolment;
}

const RetourSyncReport *
retour_sync_get_report (RetourSync *sync)
{
  return sync->report;
}

void
retour_sync_set_listener (RetourSync *sync, RetourSyncListener listener, gpointer user_data)
{
  sync->listener = listener;
  sync->user_data = user_data;
}
