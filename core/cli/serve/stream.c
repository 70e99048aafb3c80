/* SPDX-License-Identifier: Apache-2.0 */
/* A connection's bytes on their way to libsoup. */
#include "stream.h"

#include <string.h>

static const char farewell[] = "GET / HTTP/1.0\r\nConnection: close\r\n\r\n";

#define TYPE_LAST_INPUT (last_input_get_type())
G_DECLARE_FINAL_TYPE(LastInput, last_input, LAST, INPUT, GInputStream)
#define TYPE_LAST_STREAM (last_stream_get_type())
G_DECLARE_FINAL_TYPE(LastStream, last_stream, LAST, STREAM, GIOStream)

struct _LastInput {
  GInputStream parent;
  GPollableInputStream *base;
  StreamLeft left; /* (nullable) */
  gpointer data;
  gboolean ending; /* the request made here is being read */
  gsize told;
};

struct _LastStream {
  GIOStream parent;
  GIOStream *base;
  LastInput *input;
};

static void implement_pollable(GPollableInputStreamInterface *interface);

G_DEFINE_TYPE_WITH_CODE(LastInput, last_input, G_TYPE_INPUT_STREAM,
                        G_IMPLEMENT_INTERFACE(G_TYPE_POLLABLE_INPUT_STREAM, implement_pollable))
G_DEFINE_TYPE(LastStream, last_stream, G_TYPE_IO_STREAM)

static gssize tell_farewell(LastInput *input, char *to, gsize room)
{
  gsize length = MIN(room, sizeof farewell - 1 - input->told);
  memcpy(to, farewell + input->told, length);
  input->told += length;
  return (gssize) length;
}

static gssize read_on(GPollableInputStream *stream, void *to, gsize room, GError **error)
{
  LastInput *input = LAST_INPUT(stream);
  if (input->ending)
    return tell_farewell(input, to, room);
  g_autoptr(GError) failure = NULL;
  gssize n = g_pollable_input_stream_read_nonblocking(input->base, to, room, NULL, &failure);
  gboolean ended = n == 0 || !g_error_matches(failure, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  if (n > 0 || !ended || input->left == NULL || !input->left(input->data)) {
    if (n < 0)
      g_propagate_error(error, g_steal_pointer(&failure));
    return n;
  }
  input->ending = TRUE;
  return tell_farewell(input, to, room);
}

static gssize read_blocking(GInputStream *stream, void *to, gsize room, GCancellable *cancellable,
                            GError **error)
{
  return g_input_stream_read(G_INPUT_STREAM(LAST_INPUT(stream)->base), to, room, cancellable,
                             error);
}

static gboolean is_readable(GPollableInputStream *stream)
{
  LastInput *input = LAST_INPUT(stream);
  return input->ending || g_pollable_input_stream_is_readable(input->base);
}

static GSource *create_source(GPollableInputStream *stream, GCancellable *cancellable)
{
  g_autoptr(GSource) child =
      g_pollable_input_stream_create_source(LAST_INPUT(stream)->base, cancellable);
  return g_pollable_source_new_full(stream, child, NULL);
}

static void implement_pollable(GPollableInputStreamInterface *interface)
{
  interface->is_readable = is_readable;
  interface->create_source = create_source;
  interface->read_nonblocking = read_on;
}

static void input_finalize(GObject *object)
{
  g_object_unref(LAST_INPUT(object)->base);
  G_OBJECT_CLASS(last_input_parent_class)->finalize(object);
}

static void last_input_class_init(LastInputClass *class)
{
  G_OBJECT_CLASS(class)->finalize = input_finalize;
  G_INPUT_STREAM_CLASS(class)->read_fn = read_blocking;
}

static void last_input_init(LastInput *input)
{
  (void) input;
}

static GInputStream *get_input(GIOStream *stream)
{
  return G_INPUT_STREAM(LAST_STREAM(stream)->input);
}

static GOutputStream *get_output(GIOStream *stream)
{
  return g_io_stream_get_output_stream(LAST_STREAM(stream)->base);
}

static gboolean close_base(GIOStream *stream, GCancellable *cancellable, GError **error)
{
  return g_io_stream_close(LAST_STREAM(stream)->base, cancellable, error);
}

static void stream_finalize(GObject *object)
{
  g_object_unref(LAST_STREAM(object)->input);
  g_object_unref(LAST_STREAM(object)->base);
  G_OBJECT_CLASS(last_stream_parent_class)->finalize(object);
}

static void last_stream_class_init(LastStreamClass *class)
{
  G_OBJECT_CLASS(class)->finalize = stream_finalize;
  G_IO_STREAM_CLASS(class)->get_input_stream = get_input;
  G_IO_STREAM_CLASS(class)->get_output_stream = get_output;
  G_IO_STREAM_CLASS(class)->close_fn = close_base;
}

static void last_stream_init(LastStream *stream)
{
  (void) stream;
}

GIOStream *stream_new(GSocketConnection *connection, StreamLeft left, gpointer data)
{
  LastStream *stream = g_object_new(TYPE_LAST_STREAM, NULL);
  stream->base = g_object_ref(G_IO_STREAM(connection));
  stream->input = g_object_new(TYPE_LAST_INPUT, NULL);
  stream->input->base =
      g_object_ref(G_POLLABLE_INPUT_STREAM(g_io_stream_get_input_stream(stream->base)));
  stream->input->left = left;
  stream->input->data = data;
  return G_IO_STREAM(stream);
}

void stream_forget(GIOStream *stream)
{
  LAST_STREAM(stream)->input->left = NULL;
}
