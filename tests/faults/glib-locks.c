/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded, tells ThreadSanitizer of GLib's locks, queues and main loop: GLib is not compiled with
 * it, and makes its locks of system calls that it does not see. Nothing else changes. */
#include <dlfcn.h>
#include <glib.h>

/* Of libtsan; absent in programs that are not built with it. */
extern void __tsan_acquire(void *address) __attribute__((weak));
extern void __tsan_release(void *address) __attribute__((weak));

static void seen(gpointer address)
{
  if (__tsan_acquire != NULL)
    __tsan_acquire(address);
}

static void told(gpointer address)
{
  if (__tsan_release != NULL)
    __tsan_release(address);
}

/* The function of a name in the library itself, as `real`. */
#define REAL(name)                                                                                 \
  static __typeof__(name) *real;                                                                   \
  if (real == NULL)                                                                                \
  *(void **) &real = dlsym(RTLD_NEXT, #name)

void g_mutex_lock(GMutex *mutex)
{
  REAL(g_mutex_lock);
  real(mutex);
  seen(mutex);
}

void g_mutex_unlock(GMutex *mutex)
{
  REAL(g_mutex_unlock);
  told(mutex);
  real(mutex);
}

void g_cond_wait(GCond *cond, GMutex *mutex)
{
  REAL(g_cond_wait);
  told(mutex);
  real(cond, mutex);
  seen(mutex);
}

gboolean g_cond_wait_until(GCond *cond, GMutex *mutex, gint64 end)
{
  REAL(g_cond_wait_until);
  told(mutex);
  gboolean in_time = real(cond, mutex, end);
  seen(mutex);
  return in_time;
}

void g_async_queue_push(GAsyncQueue *queue, gpointer data)
{
  REAL(g_async_queue_push);
  told(queue);
  real(queue, data);
}

void g_async_queue_push_front(GAsyncQueue *queue, gpointer data)
{
  REAL(g_async_queue_push_front);
  told(queue);
  real(queue, data);
}

gpointer g_async_queue_pop(GAsyncQueue *queue)
{
  REAL(g_async_queue_pop);
  gpointer data = real(queue);
  seen(queue);
  return data;
}

gpointer g_async_queue_try_pop(GAsyncQueue *queue)
{
  REAL(g_async_queue_try_pop);
  gpointer data = real(queue);
  seen(queue);
  return data;
}

gboolean(g_atomic_ref_count_dec)(gatomicrefcount *count)
{
  REAL(g_atomic_ref_count_dec);
  told(count);
  gboolean last = real(count);
  seen(count);
  return last;
}

guint g_source_attach(GSource *source, GMainContext *context)
{
  REAL(g_source_attach);
  told(source);
  return real(source, context);
}

/* A callback that is run by the loop of another thread than the one that attached its source. */
typedef struct {
  GSource *source;
  GSourceFunc function;
  gpointer data;
  GDestroyNotify notify;
} Call;

static gboolean call(gpointer data)
{
  Call *c = data;
  seen(c->source);
  return c->function(c->data);
}

static void call_free(gpointer data)
{
  Call *c = data;
  if (c->notify != NULL)
    c->notify(c->data);
  g_free(c);
}

void g_source_set_callback(GSource *source, GSourceFunc function, gpointer data,
                           GDestroyNotify notify)
{
  REAL(g_source_set_callback);
  if (g_strcmp0(g_source_get_name(source), "GIdleSource") != 0) { /* others have other callbacks */
    real(source, function, data, notify);
    return;
  }
  Call *c = g_new(Call, 1);
  *c = (Call){source, function, data, notify};
  real(source, call, c, call_free);
}
