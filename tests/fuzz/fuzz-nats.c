/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes what the plugins for NATS parse: cursors, which are written as they were read; formats;
 * messages on their way to a writer. */
#include "../../plugins/nats-reader/cursor.h"
#include "../../plugins/nats-reader/format.h"
#include "../../plugins/nats-writer/frames.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void try_cursor(const char *text)
{
  g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(CursorSpan));
  g_autoptr(GArray) again = g_array_new(FALSE, FALSE, sizeof(CursorSpan));
  guint64 number, same;
  if (!cursor_parse(text, &number, spans))
    return;
  g_autoptr(GString) written = g_string_new(NULL);
  cursor_write(written, number, spans);
  g_assert_true(cursor_parse(written->str, &same, again));
  g_assert_cmpuint(same, ==, number);
  g_assert_cmpmem(again->data, again->len * sizeof(CursorSpan), spans->data,
                  spans->len * sizeof(CursorSpan));
}

static void try_frames(const char *text, const char *data, gsize size)
{
  g_auto(AverBuffer) out = {0};
  Frame frame;
  const char *from = data;
  while (frame_next(&from, data + size, &frame))
    g_assert_true(frame.data + frame.length <= data + size);
  gsize start = frame_begin(&out);
  aver_buffer_append(&out, data, size);
  frame_end(&out, start, text);
  from = out.data;
  g_assert_true(frame_next(&from, out.data + out.length, &frame));
  g_assert_cmpmem(frame.data, frame.length, data, size);
  for (const char *byte = frame.id; *byte != '\0'; byte++)
    g_assert_true(g_ascii_isgraph(*byte));
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup((const char *) data, size);
  g_autofree char *exact = g_memdup2(data, size); /* nothing behind its end can be read */
  try_cursor(text);
  try_frames(text, exact == NULL ? "" : exact, size);
  g_assert_cmpint(format_find(NULL, exact == NULL ? "" : exact, size), !=, FORMAT_AUTO);
  g_assert_cmpint(format_find(text, "", 0), !=, FORMAT_AUTO);
  return 0;
}
