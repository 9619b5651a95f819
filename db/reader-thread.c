/* SPDX-License-Identifier: Apache-2.0 */
#include "reader-thread.h"

struct _RetourReaderThread
{
  GThread *thread;
  RetourConnection *connection; /* of the thread while it runs */
  GAsyncQueue *jobs;            /* RetourJob, or the thread itself as the sign to stop */
};

static void
run_job (RetourReaderThread *self, RetourJob *job)
{
  GError *error = NULL;

  if (retour_connection_begin_reading (self->connection, &error))
    {
      retour_job_run (job, retour_connection_store (self->connection));
      retour_connection_end_reading (self->connection);
    }
  else
    retour_job_take_error (job, error);
  retour_job_answer (job);
}

static gpointer
run (gpointer data)
{
  RetourReaderThread *self = data;
  gpointer job;

  retour_connection_adopt (self->connection);
  while ((job = g_async_queue_pop (self->jobs)) != self)
    run_job (self, job);
  return NULL;
}

RetourReaderThread *
retour_reader_thread_new (RetourConnection *connection)
{
  RetourReaderThread *self = g_new0 (RetourReaderThread, 1);

  self->connection = connection;
  self->jobs = g_async_queue_new ();
  self->thread = g_thread_new ("retour-reader", run, self);
  return self;
}

void
retour_reader_thread_stop (RetourReaderThread *self)
{
  g_async_queue_push (self->jobs, self);
  g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
  retour_connection_adopt (self->connection);
  retour_connection_close (self->connection);
  g_free (self);
}

void
retour_reader_thread_push (RetourReaderThread *self, RetourJob *job)
{
  g_async_queue_push (self->jobs, job);
}
