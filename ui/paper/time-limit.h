/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

/* Lets a worker thread run one asynchronous operation of GIO to its end, bounded by a deadline and by the caller's
 * cancellable. The operation runs on a main context of this thread's own. Only this folder uses it. */

typedef struct
{
  GMainContext *context;
  GCancellable *cancellable; /* for the operation: cancelled at the deadline, or by the caller's */
  GCancellable *outer;       /* borrowed, or NULL */
  gulong handler;
  GSource *late;
  gboolean is_late;
} RetourTimeLimit;

/* `deadline` is in g_get_monotonic_time() terms. Start the operation after it, with self->cancellable. */
void retour_time_limit_begin (RetourTimeLimit *self, gint64 deadline, GCancellable *outer);

/* Runs until the operation's callback has set `done`. */
void retour_time_limit_run (RetourTimeLimit *self, const gboolean *done);

void retour_time_limit_end (RetourTimeLimit *self);
