/* SPDX-License-Identifier: Apache-2.0 */
#include "timer.h"

#include <microhttpd.h>

typedef struct
{
  struct MHD_Connection *connection;
  guint topic;
  gint64 until; /* monotonic */
} Waiting;

struct _SandboxTimer
{
  GMutex mutex;
  GCond changed;
  GThread *thread;
  GArray *waiting; /* Waiting */
  SandboxDue due;
  gpointer user_data;
  gboolean kicked, stopping;
  guint wakes;
};

/* Resumes those whose time or topic has come; the rest says until when to sleep. */
static gint64
resume (SandboxTimer *self, guint topic, gint64 now)
{
  gint64 next = G_MAXINT64;

  for (guint i = self->waiting->len; i-- > 0;)
    {
      Waiting *waiting = &g_array_index (self->waiting, Waiting, i);

      if (waiting->until <= now || self->stopping || (topic != 0 && waiting->topic == topic))
        {
          MHD_resume_connection (waiting->connection);
          g_array_remove_index_fast (self->waiting, i);
        }
      else
        next = MIN (next, waiting->until);
    }
  return next;
}

static gpointer
run (gpointer data)
{
  SandboxTimer *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->stopping)
    {
      gint64 wait, until;

      self->kicked = FALSE;
      g_mutex_unlock (&self->mutex);
      wait = self->due (self->user_data);
      g_mutex_lock (&self->mutex);
      until = resume (self, 0, g_get_monotonic_time ());
      if (wait >= 0)
        until = MIN (until, g_get_monotonic_time () + wait);
      if (self->kicked || self->stopping)
        continue;
      if (until == G_MAXINT64)
        g_cond_wait (&self->changed, &self->mutex);
      else
        g_cond_wait_until (&self->changed, &self->mutex, until);
    }
  resume (self, 0, 0);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

SandboxTimer *
sandbox_timer_new (SandboxDue due, gpointer user_data)
{
  SandboxTimer *self = g_new0 (SandboxTimer, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));
  self->due = due;
  self->user_data = user_data;
  self->thread = g_thread_new ("timer", run, self);
  return self;
}

void
sandbox_timer_stop (SandboxTimer *self)
{
  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_thread_join (g_steal_pointer (&self->thread));
}

void
sandbox_timer_free (SandboxTimer *self)
{
  if (self == NULL)
    return;
  g_assert (self->thread == NULL);
  g_array_unref (self->waiting);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}

guint
sandbox_timer_ticket (SandboxTimer *self)
{
  guint ticket;

  g_mutex_lock (&self->mutex);
  ticket = self->wakes;
  g_mutex_unlock (&self->mutex);
  return ticket;
}

void
sandbox_timer_suspend (SandboxTimer *self, struct MHD_Connection *connection, guint topic, guint ticket, gint64 wait)
{
  Waiting waiting = { connection, topic, g_get_monotonic_time () + wait };

  MHD_suspend_connection (connection);
  g_mutex_lock (&self->mutex);
  if (self->stopping || (topic != 0 && ticket != self->wakes))
    MHD_resume_connection (connection);
  else
    g_array_append_val (self->waiting, waiting);
  self->kicked = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

void
sandbox_timer_wake (SandboxTimer *self, guint topic)
{
  g_mutex_lock (&self->mutex);
  self->wakes++;
  resume (self, topic, g_get_monotonic_time ());
  g_mutex_unlock (&self->mutex);
}

void
sandbox_timer_kick (SandboxTimer *self)
{
  g_mutex_lock (&self->mutex);
  self->kicked = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}
