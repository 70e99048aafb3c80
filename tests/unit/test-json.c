/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the JSON serialiser. */
#include <aver/aver.h>

static void test_string(void)
{
  g_auto(AverBuffer) buffer = {0};
  aver_json_append_string(&buffer, "a\"\\\n\0\x1f\x7f\xc3\xa9", 9);
  aver_buffer_append_char(&buffer, '\0');
  g_assert_cmpstr(buffer.data, ==, "\"a\\\"\\\\\\n\\u0000\\u001f\x7f\xc3\xa9\"");
}

static void test_numbers(void)
{
  g_auto(AverBuffer) buffer = {0};
  aver_json_append_integer(&buffer, G_MININT64);
  aver_buffer_append_char(&buffer, ' ');
  aver_json_append_integer(&buffer, 0);
  aver_buffer_append_char(&buffer, ' ');
  aver_json_append_float(&buffer, 0.1f);
  aver_buffer_append_char(&buffer, ' ');
  aver_json_append_float(&buffer, 16777217.0f / 3);
  aver_buffer_append_char(&buffer, ' ');
  aver_json_append_float(&buffer, 1.0f / 0.0f);
  aver_buffer_append_char(&buffer, '\0');
  g_assert_cmpstr(buffer.data, ==, "-9223372036854775808 0 0.1 5592405.5 null");
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/json/string", test_string);
  g_test_add_func("/json/numbers", test_numbers);
  return g_test_run();
}
