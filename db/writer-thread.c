/* SPDX-License-Identifier: Apache-2.0 */
#include "writer-thread.h"

#include "changes.h"
#include "order-codes.h"
#include "search-shelf.h"

/* How long a slice inserts before it commits, microseconds: several times as long as the last commit took, so that a slow
 * disk still spends most of its time on rows. Somebody who waits ends it at the next row; the limits bound what is then left
 * to commit. */
#define SLICE_FOR_COMMIT 4
#define SHORTEST_SLICE 1800
#define LONGEST_SLICE 16000
/* Pages in the write-ahead log that make a checkpoint worth its while. */
#define CHECKPOINT_PAGES 500
/* After that much idleness what could wait is done, in pieces of that length. */
#define IDLE_WAIT (G_TIME_SPAN_SECOND / 2)
#define SETTLING_SLICE 5000
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
  gint64 idle_from; /* monotonic time */
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
  /* Freeing thousands of small pieces is left to whoever handed them in. */
  retour_job_take_page (self->page_job, retour_page_work_steal_page (self->work));
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

/* What can wait until nobody does: a piece of it, and whether that was the last. */
static void
settle_some (RetourWriterThread *self)
{
  gboolean more = FALSE;

  self->slice_end = g_get_monotonic_time () + SETTLING_SLICE;
  if (retour_order_codes_settle (self->connection, should_pause, self, &more, NULL) && more)
    return;
  if (retour_search_shelve (self->connection, should_pause, self, &more, NULL) && more)
    return;
  if (retour_connection_log_pages (self->connection) > 0)
    retour_connection_checkpoint (self->connection, FALSE, NULL);
  retour_connection_restore_ballast (self->connection);
  self->settled = TRUE;
}

/* What the thread does next. */
typedef enum
{
  STEP_JOB,
  STEP_PAGE,
  STEP_SETTLE,
  STEP_TIDY, /* woken for nothing, or an erasure waits */
  STEP_STOP,
} Step;

/* Waits until there is something to do. With the mutex; *job is given to the caller. */
static Step
next_step (RetourWriterThread *self, RetourJob **job)
{
  *job = g_queue_pop_head (&self->urgent);
  if (*job != NULL)
    {
      g_atomic_int_add (&self->waiting, -1);
      return STEP_JOB;
    }
  if (self->stopping)
    return STEP_STOP;
  if (self->page_job == NULL)
    self->page_job = g_queue_pop_head (&self->pages);
  if (self->page_job != NULL)
    return STEP_PAGE;
  if (self->settled && !self->erasing)
    {
      g_cond_wait (&self->wake, &self->mutex);
      return STEP_TIDY;
    }
  if (g_get_monotonic_time () >= self->idle_from && !self->erasing)
    return STEP_SETTLE;
  g_cond_wait_until (&self->wake, &self->mutex, self->erasing ? g_get_monotonic_time () + ERASE_WAIT : self->idle_from);
  return STEP_TIDY;
}

/* FALSE: to stop. */
static gboolean
take_step (RetourWriterThread *self)
{
  RetourJob *job;
  Step step;

  g_mutex_lock (&self->mutex);
  step = next_step (self, &job);
  g_mutex_unlock (&self->mutex);
  switch (step)
    {
    case STEP_JOB:
      run_urgent (self, job);
      break;
    case STEP_PAGE:
      run_slice (self);
      break;
    case STEP_SETTLE:
      settle_some (self);
      break;
    case STEP_TIDY:
      break;
    case STEP_STOP:
      return FALSE;
    }
  if (step == STEP_JOB || step == STEP_PAGE)
    {
      self->settled = FALSE;
      self->idle_from = g_get_monotonic_time () + IDLE_WAIT;
    }
  tidy (self);
  return TRUE;
}

static gpointer
run (gpointer data)
{
  RetourWriterThread *self = data;

  retour_connection_adopt (self->connection);
  while (take_step (self))
    ;
  return NULL;
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
