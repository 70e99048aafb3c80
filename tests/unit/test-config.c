/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of pipeline files as text: syntax, keys, types and limits, each with its position. */
#include "config.h"

#include <aver/run.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

/* Reads a text as the file p.json in a folder of its own; the messages, or "" when there are none.
 */
static char *read_text(const char *text, gssize length, AverConfig **config)
{
  g_autoptr(GError) error = NULL;
  gsize size = length < 0 ? strlen(text) : (gsize) length;
  FILE *file = fopen("p.json", "wb");
  g_assert_nonnull(file);
  g_assert_cmpuint(fwrite(text, 1, size, file), ==, size);
  g_assert_cmpint(fclose(file), ==, 0);
  g_autoptr(AverMistakes) mistakes = aver_mistakes_new("p.json");
  g_autoptr(AverConfig) read = aver_config_new_from_file(mistakes);
  if (config != NULL)
    *config = g_steal_pointer(&read);
  if (aver_mistakes_raise(mistakes, &error))
    return g_strdup("");
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  return g_strdup(error->message);
}

static void assert_message(const char *text, const char *expected)
{
  g_autofree char *message = read_text(text, -1, NULL);
  g_assert_cmpstr(message, ==, expected);
}

/* Of a file whose list of stages is @stages, which starts at 1:24. */
static void assert_stages(const char *stages, const char *expected)
{
  g_autofree char *text = g_strdup_printf("{\"version\":1,\"stages\":[%s]}", stages);
  assert_message(text, expected);
}

static void test_plain(void)
{
  g_autoptr(AverConfig) config = NULL;
  g_autofree char *message = read_text(
      "\xef\xbb\xbf{\"$schema\": \"s\", \"version\": 1, \"description\": \"d\xc3\xa9\",\n"
      " \"stages\": [\"a\",\n"
      "  {\"plugin\": \"b\", \"name\": \"n\", \"options\": {\"x\": 1, \"\\u0079\": \"2\"},"
      " \"on_error\": \"stop\"},\n"
      "  {\"plugin\": \"c\", \"on_error\": {\"dead-letter\": \"f\"}, \"with_output\": \"d\"}]}",
      -1, &config);
  g_assert_cmpstr(message, ==, "");
  g_assert_cmpstr(config->description, ==, "d\xc3\xa9");
  g_assert_cmpuint(config->stages->len, ==, 3);
  const AverConfigStage *stage = g_ptr_array_index(config->stages, 1);
  g_assert_cmpstr(stage->plugin, ==, "b");
  g_assert_cmpstr(stage->name, ==, "n");
  g_assert_cmpint(stage->policy, ==, AVER_POLICY_STOP);
  g_assert_cmpuint(stage->position.line, ==, 3);
  g_assert_cmpuint(stage->position.column, ==, 14);
  g_assert_cmpuint(stage->options->len, ==, 2);
  const AverConfigOption *option = g_ptr_array_index(stage->options, 1);
  g_assert_cmpstr(option->name, ==, "y");
  g_assert_cmpuint(option->name_position.column, ==, 52);
  g_assert_cmpuint(option->value_position.column, ==, 62);
  stage = g_ptr_array_index(config->stages, 2);
  g_assert_cmpint(stage->policy, ==, AVER_POLICY_DEAD_LETTER);
  g_assert_cmpstr(stage->dead_letter, ==, "f");
  g_assert_cmpstr(stage->with_output->plugin, ==, "d");
}

static void test_syntax(void)
{
  assert_message("{\"version\": 1,\n  \"stages\": [\"a\",]}",
                 "p.json:2:18: unexpected token near ']'; expected JSON, without comments or "
                 "trailing commas");
  assert_message("{\n  // note\n}",
                 "p.json:2:3: string or '}' expected near '/'; expected JSON, without "
                 "comments or trailing commas");
  assert_message("{\"version\": 1,\n", "p.json:2:1: string or '}' expected near end of file; "
                                       "expected the rest of the JSON text");
  assert_message("", "p.json:1:1: unexpected token near end of file; expected the rest of the JSON "
                     "text");
  assert_message("{} {}", "p.json:1:4: end of file expected near '{'; expected nothing after the "
                          "JSON text");
  assert_message("{\"\xc3\xa9\xc3\xa9\": x}", "p.json:1:8: invalid token near 'x'; expected JSON, "
                                              "without comments or trailing commas");
  assert_message("{\"\xc3\xa9\": \"a\xff\"}",
                 "p.json:1:9: unable to decode byte 0xff near '\"a'; expected UTF-8");
  assert_message("{\"a\": \"\\u0000\"}",
                 "p.json:1:7: \\u0000 in a string; expected text without NUL characters");
}

static void test_root(void)
{
  assert_message("[1]", "p.json:1:1: is a list; expected an object with 'version' and 'stages'");
  assert_message("\n\n  42", "p.json:3:3: is 42; expected an object with 'version' and 'stages'");
  assert_message("{}", "p.json:1:1: no 'version'; expected 1\n"
                       "p.json:1:1: no 'stages'; expected a list of stages");
  assert_message("{\"version\": 2, \"stages\": {}, \"description\": 3, \"$schema\": null}",
                 "p.json:1:13: 'version' is 2; expected 1, the version of the format that this "
                 "program reads\n"
                 "p.json:1:26: 'stages' is an object; expected a list of stages\n"
                 "p.json:1:45: 'description' is 3; expected a string\n"
                 "p.json:1:59: '$schema' is null; expected a string");
  assert_message("{\"version\": 1, \"stages\": []}",
                 "p.json:1:26: no stages; expected a reader, annotators and a writer");
  assert_message("{\"versoin\": 1, \"version\": 1, \"stages\": [\"a\"], \"nonsense\": []}",
                 "p.json:1:2: unknown key 'versoin'; did you mean 'version'?\n"
                 "p.json:1:47: unknown key 'nonsense'; expected one of version, description, "
                 "environment, stages, $schema");
}

/* A misspelt key is one mistake, not also a missing one. */
static void test_misspelt(void)
{
  assert_message("{\"versoin\": 1, \"stage\": [\"a\"]}",
                 "p.json:1:2: unknown key 'versoin'; did you mean 'version'?\n"
                 "p.json:1:16: unknown key 'stage'; did you mean 'stages'?");
  assert_stages("{\"plugn\":\"a\"}",
                "p.json:1:25: stage 1: unknown key 'plugn'; did you mean 'plugin'?");
}

static void test_duplicates(void)
{
  assert_message("{\"version\": 2,\n \"stages\": [\"a\"],\n \"v\\u0065rsion\": 1}",
                 "p.json:3:2: key 'version' is given twice; expected each key once");
  assert_stages("{\"plugin\":\"a\",\"options\":{\"x\":1,\"x\":2},\"plugin\":\"b\"}",
                "p.json:1:55: stage 'b': key 'x' is given twice; expected each key once\n"
                "p.json:1:62: stage 'b': key 'plugin' is given twice; expected each key once");
}

static void test_stages(void)
{
  assert_stages("3,\"\",{},{\"plugin\":1}",
                "p.json:1:24: stage 1: is 3; expected the name of a plugin, or an object with "
                "'plugin'\n"
                "p.json:1:26: stage 2: is \"\"; expected the name of a plugin, or an object with "
                "'plugin'\n"
                "p.json:1:29: stage 3: no 'plugin'; expected the name of a plugin\n"
                "p.json:1:42: stage 4: 'plugin' is 1; expected the name of a plugin");
  assert_stages("{\"plugin\":\"a\",\"option\":{}}",
                "p.json:1:38: stage 'a': unknown key 'option'; did you mean 'options'?");
  assert_stages("{\"plugin\":\"a\",\"options\":[]}",
                "p.json:1:48: stage 'a': 'options' is a list; expected an object of option names "
                "and values");
}

static void test_names(void)
{
  assert_stages("\"a\",\"b\",\"a\"", "p.json:1:32: stage 'a': an earlier stage has the same name; "
                                     "expected a 'name' of its own");
  assert_stages("\"a\",{\"plugin\":\"b\",\"name\":\"a\"}",
                "p.json:1:49: stage 'a': an earlier stage has the same name; expected a 'name' of "
                "its own");
  assert_stages("\"a\",{\"plugin\":\"a\",\"name\":\"b\"}", "");
  assert_stages("{\"plugin\":\"a\",\"name\":\"b.c\"}",
                "p.json:1:45: stage 'b.c': 'name' is \"b.c\"; expected letters, digits, hyphens "
                "and underscores");
}

static void test_policies(void)
{
  assert_stages("{\"plugin\":\"a\",\"on_error\":\"skp\"}",
                "p.json:1:49: stage 'a': 'on_error' is \"skp\"; did you mean 'skip'?");
  assert_stages("{\"plugin\":\"a\",\"on_error\":\"continue\"}",
                "p.json:1:49: stage 'a': 'on_error' is \"continue\"; expected \"skip\", \"stop\", "
                "{\"dead-letter\": \"FILE\"} or {\"retry\": TIMES}");
  assert_stages("{\"plugin\":\"a\",\"on_error\":{}}",
                "p.json:1:49: stage 'a': 'on_error' is an object; expected \"skip\", \"stop\", "
                "{\"dead-letter\": \"FILE\"} or {\"retry\": TIMES}");
  assert_stages("{\"plugin\":\"a\",\"on_error\":{\"dead-letter\":\"\",\"x\":1}}",
                "p.json:1:64: stage 'a': 'dead-letter' is \"\"; expected the name of a file\n"
                "p.json:1:67: stage 'a': unknown key 'x'; expected dead-letter");
}

static void test_with_output(void)
{
  assert_stages("{\"plugin\":\"a\",\"with_output\":\"b\"},\"c\"",
                "p.json:1:38: stage 'a': 'with_output' before the last stage; expected it on the "
                "writer only");
  assert_stages("{\"plugin\":\"a\",\"with_output\":{\"plugin\":\"b\",\"name\":\"c\"}}",
                "p.json:1:66: stage 'c': unknown key 'name'; expected one of plugin, options");
  assert_stages("{\"plugin\":\"a\",\"with_output\":7}",
                "p.json:1:52: with_output: is 7; expected the name of a plugin, or an object with "
                "'plugin'");
  assert_stages("\"b\",{\"plugin\":\"a\",\"with_output\":\"b\"}",
                "p.json:1:56: stage 'b': an earlier stage has the same name; expected a 'name' of "
                "its own");
  assert_stages("{\"plugin\":\"a\",\"with_output\":{\"plugin\":\"a\"}}", "");
}

static void test_printable(void)
{
  assert_stages("{\"plugin\":\"a\\u001b[2J\\n\\u202e\",\"x\":0}",
                "p.json:1:55: stage 'a\\u001b[2J\\u000a\\u202e': unknown key 'x'; expected one of "
                "plugin, name, options, when, on_error, isolate, sandbox, output, with_output");
}

static void test_long_value(void)
{
  g_autofree char *text = g_strnfill(100, 'x');
  g_autofree char *stage = g_strdup_printf("{\"plugin\":\"a\",\"on_error\":\"%s\"}", text);
  assert_stages(stage, "p.json:1:49: stage 'a': 'on_error' is "
                       "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...; expected \"skip\", "
                       "\"stop\", {\"dead-letter\": \"FILE\"} or {\"retry\": TIMES}");
}

static void test_too_large(void)
{
  g_autofree char *text = g_strnfill(AVER_CONFIG_MAX_BYTES + 1, ' ');
  assert_message(text, "p.json: larger than 1048576 bytes; expected a pipeline file");
}

static void test_too_deep(void)
{
  g_autofree char *open = g_strnfill(17, '['), *close = g_strnfill(17, ']');
  g_autofree char *text = g_strconcat(open, close, NULL);
  assert_message(text, "p.json:1:17: nested too deep; expected at most 16 levels");
  g_autofree char *hostile = g_strnfill(500000, '[');
  g_autofree char *message = read_text(hostile, -1, NULL);
  g_assert_true(g_str_has_prefix(message, "p.json:1:2049: maximum parsing depth reached"));
}

static void test_too_many(void)
{
  g_autoptr(GString) stages = g_string_new("\"a0\"");
  for (guint i = 1; i <= AVER_CONFIG_MAX_STAGES; i++)
    g_string_append_printf(stages, ",\n\"a%u\"", i);
  assert_stages(stages->str, "p.json:257:1: 257 stages; expected at most 256");
}

/* As many mistakes as fit into a file take no more than moments. */
static void test_many_mistakes(void)
{
  g_autoptr(GString) text = g_string_new("{\"version\":1,\"stages\":[\"a\"]");
  guint n = 0;
  for (; text->len < 500000; n++)
    g_string_append_printf(text, ",\n\"k%u\":0,\"k%u\":0", n, n);
  g_string_append_c(text, '}');
  g_autofree char *message = read_text(text->str, -1, NULL);
  guint lines = 1;
  for (const char *p = message; *p != '\0'; p++)
    lines += *p == '\n';
  g_assert_cmpuint(lines, ==, 2 * n);
  g_assert_true(g_str_has_prefix(message, "p.json:2:1: unknown key 'k0'"));
  g_assert_true(g_str_has_suffix(message, "is given twice; expected each key once"));
}

static void test_unreadable(void)
{
  g_autoptr(AverMistakes) mistakes = aver_mistakes_new("none.json");
  g_autoptr(GError) error = NULL;
  g_assert_null(aver_config_new_from_file(mistakes));
  g_assert_false(aver_mistakes_raise(mistakes, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  g_assert_cmpstr(error->message, ==,
                  "none.json: cannot be read: there is no such file; expected a pipeline file");
}

static void test_a_folder(void)
{
  g_autoptr(AverMistakes) mistakes = aver_mistakes_new(".");
  g_autoptr(GError) error = NULL;
  g_assert_null(aver_config_new_from_file(mistakes));
  g_assert_false(aver_mistakes_raise(mistakes, &error));
  g_assert_cmpstr(error->message, ==,
                  ".: cannot be read: Is a directory; expected a pipeline file");
}

/* Whatever Jansson accepts or refuses of random JSON-like text: an answer, within the text. */
static void test_random(void)
{
  static const char *const pieces[] = {
      "{",       "}",          "[",          "]",        ",",          ":",
      "\"a\"",   "1",          "null",       "\n",       " ",          "\"\\\"\"",
      "version", "\"plugin\"", "\"stages\"", "\xc3\xa9", "\"\\ud83d\""};
  g_autoptr(GRand) random = g_rand_new_with_seed(7);
  for (guint round = 0; round < 3000; round++) {
    g_autoptr(GString) text = g_string_new(round % 2 == 0 ? "{\"stages\":[" : "");
    for (gint32 i = g_rand_int_range(random, 0, 24); i > 0; i--)
      g_string_append(text, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
    if (round % 2 == 0)
      g_string_append(text, "]}");
    g_autoptr(AverConfig) config = NULL;
    g_autofree char *message = read_text(text->str, (gssize) text->len, &config);
    g_assert_true(message[0] != '\0' || config != NULL);
  }
}

static void test_nearest(void)
{
  static const char *const names[] = {"options", "on_error", "name", "it", NULL};
  static const struct {
    const char *name;
    const char *nearest;
  } cases[] = {
      {"option", "options"},
      {"opitons", "options"},
      {"OPTIONS", "options"},
      {"onerror", "on_error"},
      {"nme", "name"},
      {"completely", NULL},
      {"", NULL},
      {"x", NULL},
      {"at", "it"},
      {"zz", NULL},
      {"aptianz", NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
    g_assert_cmpstr(aver_nearest_name(cases[i].name, names), ==, cases[i].nearest);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp("aver-XXXXXX", &error);
  g_assert_no_error(error);
  g_assert_cmpint(g_chdir(folder), ==, 0);
  g_test_add_func("/config/plain", test_plain);
  g_test_add_func("/config/syntax", test_syntax);
  g_test_add_func("/config/root", test_root);
  g_test_add_func("/config/misspelt-keys", test_misspelt);
  g_test_add_func("/config/duplicate-keys", test_duplicates);
  g_test_add_func("/config/stages", test_stages);
  g_test_add_func("/config/names", test_names);
  g_test_add_func("/config/policies", test_policies);
  g_test_add_func("/config/with-output", test_with_output);
  g_test_add_func("/config/messages-are-printable", test_printable);
  g_test_add_func("/config/long-value", test_long_value);
  g_test_add_func("/config/too-large", test_too_large);
  g_test_add_func("/config/too-deep", test_too_deep);
  g_test_add_func("/config/too-many-stages", test_too_many);
  g_test_add_func("/config/many-mistakes", test_many_mistakes);
  g_test_add_func("/config/unreadable", test_unreadable);
  g_test_add_func("/config/a-folder", test_a_folder);
  g_test_add_func("/config/random", test_random);
  g_test_add_func("/config/nearest-name", test_nearest);
  int result = g_test_run();
  g_remove("p.json");
  g_rmdir(folder);
  return result;
}
