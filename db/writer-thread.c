/* SPDX-License-Identifier: Apache-2.0 */
#include "writer-thread.h"

#include "changes.h"

/* How long a slice inserts before it commits, microseconds: several times as long as the last commit took, so that a slow
 * disk still spends most of its time on rows. Somebody who waits ends it at the next row; the limits bound what is then left
 * to commit. */
#define SLICE_FOR_COMMIT 4
#define SHORTEST_SLICE 1800
#define LONGEST_SLICE 30000
/* Pages in the write-ahead log that make a checkpoint worth its while; after that much idleness any number does. */
#define CHECKPOINT_PAGES 1000
#define IDLE_WAIT G_TIME_SPAN_SECOND
/* How often an erasure that a reader kept in the log is tried again. */
#define ERASE_WAIT (50 * G_TIME_SPAN_MILLISECOND)

struct _RetourWriterThread
{
  GThread *thread;
  RetourConnection *connection; /* of the thread while it runs */

  GMutex mutex; /* guards what follows */
  GCond wake;
  GQueue urgent, pages; /* RetourJob */
  gboolean stopping;

  gint waiting; /* urgent jobs, also read without the mutex */

  /* the thread's own */
  RetourJob *page_job; /* the page being applied */
  RetourPageWork *work;
  gint64 slice_length, slice_end;
  gboolean erasing; /* the log is to be emptied of something */
  gboolean settled; /* idle, and nothing left to do about it */
};

static gboolean
should_pause (gpointer data)
{
  RetourWriterThread *self = data;

  return g_atomic_int_get (&self->waiting) > 0 || g_get_monotonic_time () >= self->slice_end;
}

static void
run_urgent (RetourWriterThread *self, RetourJob *job)
{
  retour_job_run (job, retour_connection_store (self->connection));
  retour_job_answer (job);
}

static void
end_page (RetourWriterThread *self, GError *error)
{
  if (error != NULL)
    retour_job_take_error (self->page_job, error);
  else
    retour_job_set_result (self->page_job, GINT_TO_POINTER (TRUE));
  self->erasing = self->erasing || retour_page_work_erased (self->work);
  g_clear_pointer (&self->work, retour_page_work_free);
  retour_job_answer (g_steal_pointer (&self->page_job));
}

static void
run_slice (RetourWriterThread *self)
{
  GError *error = NULL;
  gboolean done = FALSE;

  if (self->work == NULL)
    self->work = retour_page_work_new (retour_job_steal_page (self->page_job));
  self->slice_end = g_get_monotonic_time () + self->slice_length;
  if (!retour_page_work_slice (self->connection, self->work, should_pause, self, &done, &error) || done)
    end_page (self, error);
  self->slice_length =
      CLAMP (SLICE_FOR_COMMIT * (g_get_monotonic_time () - self->slice_end), SHORTEST_SLICE, LONGEST_SLICE);
}

/* A checkpoint that fails is tried again with the next thing that is written; nothing is lost by it. */
static void
tidy (RetourWriterThread *self)
{
  if (g_atomic_int_get (&self->waiting) > 0)
    return;
  if (self->erasing && self->page_job == NULL)
    self->erasing = !retour_connection_checkpoint (self->connection, TRUE, NULL);
  else if (retour_connection_log_pages (self->connection) >= CHECKPOINT_PAGES)
    retour_connection_checkpoint (self->connection, FALSE, NULL);
}

static void
settle (RetourWriterThread *self)
{
  if (retour_connection_log_pages (self->connection) > 0)
    retour_connection_checkpoint (self->connection, FALSE, NULL);
  retour_connection_restore_ballast (self->connection);
  self->settled = TRUE;
}

/* The next urgent job, given to the caller, or NULL: then a page may go on, or the thread stops (*stop). With the mutex. */
static RetourJob *
wait_for_work (RetourWriterThread *self, gboolean *idle, gboolean *stop)
{
  RetourJob *job = g_queue_pop_head (&self->urgent);

  *idle = FALSE;
  *stop = FALSE;
  if (job != NULL)
    {
      g_atomic_int_add (&self->waiting, -1);
      return job;
    }
  if (self->stopping)
    {
      *stop = TRUE;
      return NULL;
    }
  if (self->page_job == NULL)
    self->page_job = g_queue_pop_head (&self->pages);
  if (self->page_job != NULL)
    return NULL;
  if (self->settled && !self->erasing)
    g_cond_wait (&self->wake, &self->mutex);
  else
    *idle = !g_cond_wait_until (&self->wake, &self->mutex,
                                g_get_monotonic_time () + (self->erasing ? ERASE_WAIT : IDLE_WAIT));
  return NULL;
}

static gpointer
run (gpointer data)
{
  RetourWriterThread *self = data;

  retour_connection_adopt (self->connection);
  for (;;)
    {
      gboolean idle, stop;
      RetourJob *job;

      g_mutex_lock (&self->mutex);
      job = wait_for_work (self, &idle, &stop);
      g_mutex_unlock (&self->mutex);
      if (stop)
        return NULL;
      if (job != NULL)
        run_urgent (self, job);
      else if (self->page_job != NULL)
        run_slice (self);
      if (job != NULL || self->page_job != NULL)
        self->settled = FALSE;
      if (idle && !self->erasing)
        settle (self);
      else
        tidy (self);
    }
}

RetourWriterThread *
retour_writer_thread_new (RetourConnection *connection)
{
  RetourWriterThread *self = g_new0 (RetourWriterThread, 1);

  self->connection = connection;
  self->slice_length = SHORTEST_SLICE;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
  g_queue_init (&self->urgent);
  g_queue_init (&self->pages);
  self->thread = g_thread_new ("retour-writer", run, self);
  return self;
}

static void
fail_page (RetourJob *job)
{
  retour_job_take_error (job, g_error_new_literal (RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_ENGINE,
                                                   "The database is being closed"));
  retour_job_answer (job);
}

RetourConnection *
retour_writer_thread_stop (RetourWriterThread *self)
{
  RetourConnection *connection = self->connection;
  RetourJob *job;

  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);

  g_clear_pointer (&self->work, retour_page_work_free);
  if (self->page_job != NULL)
    fail_page (self->page_job);
  while ((job = g_queue_pop_head (&self->pages)) != NULL)
    fail_page (job);
  while ((job = g_queue_pop_head (&self->urgent)) != NULL)
    fail_page (job);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->wake);
  g_free (self);
  retour_connection_adopt (connection);
  return connection;
}

void
retour_writer_thread_push (RetourWriterThread *self, RetourJob *job)
{
  g_atomic_int_inc (&self->waiting);
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->urgent, job);
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
}

void
retour_writer_thread_push_page (RetourWriterThread *self, RetourJob *job)
{
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->pages, job);
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
}
