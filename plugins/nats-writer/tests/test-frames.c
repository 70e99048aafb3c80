/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of messages on their way, and of their ids. */
#include "../frames.h"

#include <string.h>

static void add(AverBuffer *out, const char *id, const char *message)
{
  gsize start = frame_begin(out);
  aver_buffer_append_string(out, message);
  frame_end(out, start, id);
}

static char *get_id(const char *document, const char *message)
{
  g_auto(AverBuffer) out = {0};
  Frame frame;
  add(&out, document, message);
  const char *data = out.data;
  g_assert_true(frame_next(&data, out.data + out.length, &frame));
  return g_strdup(frame.id);
}

static void test_order(void)
{
  static const char *const messages[] = {"first", "", "a third one of some length"};
  g_auto(AverBuffer) out = {0};
  Frame frame;
  for (guint i = 0; i < G_N_ELEMENTS(messages); i++)
    add(&out, "x", messages[i]);
  const char *data = out.data, *end = out.data + out.length;
  for (guint i = 0; i < G_N_ELEMENTS(messages); i++) {
    g_assert_true(frame_next(&data, end, &frame));
    g_assert_cmpmem(frame.data, frame.length, messages[i], strlen(messages[i]));
  }
  g_assert_false(frame_next(&data, end, &frame));
  data = out.data;
  g_assert_false(frame_next(&data, out.data + 100, &frame));
}

static void test_ids(void)
{
  g_autofree char *one = get_id("a", "It rained."), *same = get_id("a", "It rained.");
  g_autofree char *text = get_id("a", "It snowed."), *id = get_id("b", "It rained.");
  g_assert_cmpstr(one, ==, same);
  g_assert_cmpstr(one, !=, text);
  g_assert_cmpstr(one, !=, id);
  g_assert_true(g_str_has_prefix(one, "a."));
}

static void test_hostile_ids(void)
{
  g_autofree char *lines = get_id("a\r\nNats-Rollup: all", "x"), *empty = get_id("", "x");
  g_autofree char *name = g_strnfill(5000, 'a'), *more = g_strconcat(name, "b", NULL);
  g_autofree char *one = get_id(name, "x"), *other = get_id(more, "x");
  g_assert_true(g_str_has_prefix(lines, "sha256-"));
  g_assert_true(g_str_has_prefix(empty, "sha256-"));
  g_assert_cmpuint(strlen(one), <=, FRAME_LONGEST_ID);
  g_assert_cmpstr(one, !=, other);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/nats-writer/frames/come-as-they-were-put", test_order);
  g_test_add_func("/nats-writer/ids/depend-on-document-and-message", test_ids);
  g_test_add_func("/nats-writer/ids/fit-into-a-header", test_hostile_ids);
  return g_test_run();
}
