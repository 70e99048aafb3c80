/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes what pdf-reader makes of characters and their places; poppler, which finds them, has
 * fuzzers of its own and runs in a child process. The input is a text; behind each NUL comes
 * another page, and the bytes are places, too. */
#include "../../plugins/pdf-reader/flow.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static double place(const guint8 *data, gsize size, gsize i)
{
  return size == 0 ? 0 : (double) (data[i % size] * 4) - 100;
}

static void add_page(Flow *flow, const char *text, const guint8 *data, gsize size)
{
  glong n = g_utf8_strlen(text, -1);
  g_autofree Box *boxes = g_new(Box, (gsize) n + 1);
  for (glong i = 0; i < n; i++) {
    gsize k = (gsize) i * 3;
    double left = place(data, size, k), top = place(data, size, k + 1);
    boxes[i] = (Box){left, top, left + place(data, size, k + 2) / 8, top + 10};
  }
  flow_add_page(flow, text, boxes, (guint) n, 800);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_auto(Flow) flow;
  flow_init(&flow);
  for (gsize start = 0; start <= size;) {
    gsize length = strnlen((const char *) data + start, size - start);
    g_autofree char *text = g_utf8_make_valid((const char *) data + start, (gssize) length);
    add_page(&flow, text, data, size);
    start += length + 1;
  }
  guint left_out = flow_leave_out(&flow);
  g_autoptr(GString) out = g_string_new(NULL);
  flow_write(&flow, out);
  g_assert_true(aver_utf8_validate(out->str, out->len, NULL));
  g_assert_cmpuint(left_out, <=, flow.lines->len);
  return 0;
}
