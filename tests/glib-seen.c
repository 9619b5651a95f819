/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded under the thread sanitizer: Debian's GLib locks by system calls of its own, which the sanitizer does not see, so
 * that it would call every hand-over between two threads a race. Each of these does what GLib does and says so. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <glib.h>

/* Weak: a program that was not built with the sanitizer has none. */
extern void __tsan_acquire (void *) __attribute__ ((weak));
extern void __tsan_release (void *) __attribute__ ((weak));

static void
acquire (gpointer place)
{
  if (__tsan_acquire != NULL)
    __tsan_acquire (place);
}

static void
release (gpointer place)
{
  if (__tsan_release != NULL)
    __tsan_release (place);
}

#define REAL(function) ((typeof (&function)) dlsym (RTLD_NEXT, #function))

void
g_mutex_lock (GMutex *mutex)
{
  REAL (g_mutex_lock) (mutex);
  acquire (mutex);
}

gboolean
g_mutex_trylock (GMutex *mutex)
{
  gboolean locked = REAL (g_mutex_trylock) (mutex);

  if (locked)
    acquire (mutex);
  return locked;
}

void
g_mutex_unlock (GMutex *mutex)
{
  release (mutex);
  REAL (g_mutex_unlock) (mutex);
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  release (mutex);
  REAL (g_cond_wait) (cond, mutex);
  acquire (mutex);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_time)
{
  release (mutex);
  gboolean signalled = REAL (g_cond_wait_until) (cond, mutex, end_time);
  acquire (mutex);
  return signalled;
}

void
g_async_queue_push (GAsyncQueue *queue, gpointer element)
{
  release (element);
  REAL (g_async_queue_push) (queue, element);
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
  gpointer element = REAL (g_async_queue_pop) (queue);

  acquire (element);
  return element;
}

gboolean (g_once_init_enter) (volatile void *location)
{
  gboolean first = ((gboolean (*) (volatile void *)) dlsym (RTLD_NEXT, "g_once_init_enter")) (location);

  acquire ((gpointer) location);
  return first;
}

void (g_once_init_leave) (volatile void *location, gsize result)
{
  release ((gpointer) location);
  ((void (*) (volatile void *, gsize)) dlsym (RTLD_NEXT, "g_once_init_leave")) (location, result);
}

guint
g_source_attach (GSource *source, GMainContext *context)
{
  release (source);
  return REAL (g_source_attach) (source, context);
}

typedef struct
{
  GSource *source;
  GSourceFunc function;
  gpointer data;
  GDestroyNotify notify;
} Callback;

static gboolean
call (gpointer user_data)
{
  Callback *callback = user_data;

  acquire (callback->source);
  return callback->function (callback->data);
}

static void
call_notify (gpointer user_data)
{
  Callback *callback = user_data;

  acquire (callback->source);
  if (callback->notify != NULL)
    callback->notify (callback->data);
  g_free (callback);
}

void
g_source_set_callback (GSource *source, GSourceFunc function, gpointer data, GDestroyNotify notify)
{
  Callback *callback = g_new (Callback, 1);

  *callback = (Callback){ source, function, data, notify };
  REAL (g_source_set_callback) (source, call, callback, call_notify);
}

void (g_atomic_ref_count_inc) (gatomicrefcount *count) { (void) __atomic_add_fetch (count, 1, __ATOMIC_SEQ_CST); }

gboolean (g_atomic_ref_count_dec) (gatomicrefcount *count)
{
  release ((gpointer) count);
  gboolean last = __atomic_sub_fetch (count, 1, __ATOMIC_SEQ_CST) == 0;
  if (last)
    acquire ((gpointer) count);
  return last;
}
