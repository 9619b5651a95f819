/* SPDX-License-Identifier: Apache-2.0 */
#include "time-limit.h"

static gboolean
on_late (gpointer user_data)
{
  RetourTimeLimit *self = user_data;

  self->is_late = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

void
retour_time_limit_begin (RetourTimeLimit *self, gint64 deadline, GCancellable *outer)
{
  gint64 left = MAX (deadline - g_get_monotonic_time (), 0) / G_TIME_SPAN_MILLISECOND;

  self->context = g_main_context_new ();
  self->cancellable = g_cancellable_new ();
  self->outer = outer;
  self->handler = 0;
  self->is_late = FALSE;
  if (outer != NULL)
    self->handler = g_cancellable_connect (outer, G_CALLBACK (on_outer_cancelled), self->cancellable, NULL);

  g_main_context_push_thread_default (self->context);
  self->late = g_timeout_source_new ((guint) left);
  g_source_set_callback (self->late, on_late, self, NULL);
  g_source_attach (self->late, self->context);
}

void
retour_time_limit_run (RetourTimeLimit *self, const gboolean *done)
{
  while (!*done)
    g_main_context_iteration (self->context, TRUE);
}

void
retour_time_limit_end (RetourTimeLimit *self)
{
  if (self->outer != NULL)
    g_cancellable_disconnect (self->outer, self->handler);
  g_source_destroy (self->late);
  g_source_unref (self->late);
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  g_object_unref (self->cancellable);
}
