/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the check of pipelines: plugins, options, arguments, order, layers and policies. */
#include "pipeline.h"

#include <glib/gstdio.h>

/* Outlives every pipeline. */
static AverRegistry *registry;

static AverPipeline *make(const char *stages, const AverSettings *settings, GError **error)
{
  g_autofree char *text = g_strdup_printf("{\"version\":1,\"stages\":[%s]}", stages);
  g_assert_true(g_file_set_contents("p.json", text, -1, error));
  return aver_pipeline_new_from_file(registry, "p.json", settings, error);
}

/* Of a file whose list of stages starts at 1:24. */
static void assert_with(const char *stages, const AverSettings *settings, const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AverPipeline) pipeline = make(stages, settings, &error);
  g_assert_null(pipeline);
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  g_assert_cmpstr(error->message, ==, expected);
}

static void assert_mistakes(const char *stages, const char *expected)
{
  assert_with(stages, NULL, expected);
}

static AverPipeline *assert_right(const char *stages, const AverSettings *settings,
                                  const char *chain)
{
  g_autoptr(GError) error = NULL;
  AverPipeline *pipeline = make(stages, settings, &error);
  g_assert_no_error(error);
  g_auto(GStrv) names = aver_pipeline_list_stages(pipeline);
  g_autofree char *joined = g_strjoinv(" ", names);
  g_assert_cmpstr(joined, ==, chain);
  return pipeline;
}

static AverStage *stage_at(const AverPipeline *pipeline, guint index)
{
  return g_ptr_array_index(pipeline->stages, index);
}

static void test_right(void)
{
  g_autoptr(AverPipeline) pipeline =
      assert_right("\"toy-reader\",{\"plugin\":\"toy-options\",\"name\":\"first\",\"options\":{"
                   "\"label\":\"\xc3\xa9\","
                   "\"verbose\":true,\"count\":8,\"offset\":-9007199254740993,\"threshold\":1,"
                   "\"colour\":\"blue\"}},"
                   "{\"plugin\":\"toy-options\",\"options\":{\"threshold\":1e-3}},\"toy-writer\"",
                   NULL, "toy-reader first toy-options toy-writer");
  const AverStage *stage = stage_at(pipeline, 1);
  g_assert_cmpstr(aver_stage_get_name(stage), ==, "first");
  g_assert_cmpstr(aver_stage_get_string(stage, "label"), ==, "\xc3\xa9");
  g_assert_true(aver_stage_get_boolean(stage, "verbose"));
  g_assert_cmpint(aver_stage_get_integer(stage, "count"), ==, 8);
  g_assert_cmpint(aver_stage_get_integer(stage, "offset"), ==, -9007199254740993);
  g_assert_cmpfloat(aver_stage_get_number(stage, "threshold"), ==, 1);
  g_assert_cmpstr(aver_stage_get_string(stage, "colour"), ==, "blue");
  g_assert_cmpuint(aver_stage_get_choice(stage, "colour"), ==, 2);
  stage = stage_at(pipeline, 2);
  g_assert_cmpfloat(aver_stage_get_number(stage, "threshold"), ==, 0.001);
  g_assert_null(aver_stage_get_string(stage, "label"));
  g_assert_cmpstr(aver_stage_get_folder(stage), ==, g_getenv("AVER_TOYS"));
}

static void test_unknown_plugin(void)
{
  assert_mistakes("\"toy-raeder\",\"toy-writer\"",
                  "p.json:1:24: stage 'toy-raeder': no plugin 'toy-raeder'; did you mean "
                  "'toy-reader'?");
  assert_mistakes(
      "\"toy-reader\",\n{\"name\":\"n\",\"plugin\":\"../escape\"},\"toy-writer\"",
      "p.json:2:22: stage 'n': no plugin '../escape'; expected one of toy-broken, "
      "toy-lost, toy-majority, toy-maker, toy-needy-writer, toy-options, toy-other-maker, "
      "toy-reader, toy-short-maker, toy-taker, toy-user, toy-writer");
}

static void test_no_plugins(void)
{
  g_autoptr(AverRegistry) empty = aver_registry_new();
  g_autoptr(GError) error = NULL;
  g_assert_true(g_file_set_contents("p.json", "{\"version\":1,\"stages\":[\"a\"]}", -1, NULL));
  g_assert_null(aver_pipeline_new_from_file(empty, "p.json", NULL, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  g_assert_cmpstr(error->message, ==,
                  "p.json:1:24: stage 'a': no plugin 'a'; there are no plugins in the plugin "
                  "folders");
}

static void test_unusable_plugin(void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AverPipeline) pipeline =
      make("\"toy-reader\",\"toy-broken\",\"toy-writer\"", NULL, &error);
  g_assert_null(pipeline);
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  g_autofree char *start = g_strdup_printf("p.json:1:37: stage 'toy-broken': plugin 'toy-broken' "
                                           "cannot be used: %s/toy-broken.so",
                                           g_getenv("AVER_TOYS"));
  g_assert_true(g_str_has_prefix(error->message, start));
}

#define OPTIONS(text)                                                                              \
  "\"toy-reader\",{\"plugin\":\"toy-options\",\"options\":{" text "}},\"toy-writer\""
#define AT(column) "p.json:1:" column ": stage 'toy-options': "

static void test_option_names(void)
{
  assert_mistakes(OPTIONS("\"cuont\":1"), AT("72") "unknown option 'cuont'; did you mean 'count'?");
  assert_mistakes(OPTIONS("\"wavelength\":1"),
                  AT("72") "unknown option 'wavelength'; expected one of label, verbose, count, "
                           "offset, threshold, colour");
  assert_mistakes("\"toy-reader\",{\"plugin\":\"toy-user\",\"options\":{\"x\":1}},\"toy-writer\"",
                  "p.json:1:69: stage 'toy-user': unknown option 'x'; plugin 'toy-user' has no "
                  "options");
}

static void test_option_types(void)
{
  assert_mistakes(OPTIONS("\"label\":1"), AT("80") "option 'label' is 1; expected a string");
  assert_mistakes(OPTIONS("\"verbose\":\"true\""),
                  AT("82") "option 'verbose' is \"true\"; expected true or false");
  assert_mistakes(OPTIONS("\"verbose\":0"),
                  AT("82") "option 'verbose' is 0; expected true or false");
  assert_mistakes(OPTIONS("\"count\":2.0"),
                  AT("80") "option 'count' is 2.0; expected a whole number from 1 to 8");
  assert_mistakes(OPTIONS("\"count\":\"2\""),
                  AT("80") "option 'count' is \"2\"; expected a whole number from 1 to 8");
  assert_mistakes(OPTIONS("\"offset\":null"),
                  AT("81") "option 'offset' is null; expected a whole number");
  assert_mistakes(OPTIONS("\"threshold\":true"),
                  AT("84") "option 'threshold' is true; expected a number from 0 to 1");
  assert_mistakes(OPTIONS("\"colour\":[]"),
                  AT("81") "option 'colour' is a list; expected one of red, green, blue");
}

static void test_option_ranges(void)
{
  assert_mistakes(OPTIONS("\"count\":9"),
                  AT("80") "option 'count' is 9; expected a whole number from 1 to 8");
  assert_mistakes(OPTIONS("\"threshold\":-0.5"),
                  AT("84") "option 'threshold' is -0.5; expected a number from 0 to 1");
  assert_mistakes(OPTIONS("\"colour\":\"geen\""),
                  AT("81") "option 'colour' is \"geen\"; did you mean 'green'?");
  assert_mistakes(OPTIONS("\"colour\":\"purple\""),
                  AT("81") "option 'colour' is \"purple\"; expected one of red, green, blue");
}

static void test_set(void)
{
  const char *const set[] = {"toy-options.count=2", "toy-options.count=4",
                             "toy-options.label=a.b=c", "toy-writer.verbose=true", NULL};
  AverSettings settings = {.set = set};
  g_autoptr(AverPipeline) pipeline =
      assert_right(OPTIONS("\"count\":7"), &settings, "toy-reader toy-options toy-writer");
  g_assert_cmpint(aver_stage_get_integer(stage_at(pipeline, 1), "count"), ==, 4);
  g_assert_cmpstr(aver_stage_get_string(stage_at(pipeline, 1), "label"), ==, "a.b=c");
  g_assert_true(aver_stage_get_boolean(stage_at(pipeline, 2), "verbose"));
}

static void test_set_mistakes(void)
{
  const char *const set[] = {"",
                             "toy-options=1",
                             ".count=1",
                             "toy-options.=1",
                             "toy-option.count=1",
                             "toy-options.cuont=1",
                             "toy-options.count=two",
                             "toy-options.colour=bleu",
                             "toy-options.label=\xff",
                             NULL};
  AverSettings settings = {.set = set};
  assert_with(
      OPTIONS("\"count\":9"), &settings,
      AT("80") "option 'count' is 9; expected a whole number from 1 to 8\n"
               "--set : not an option; expected stage.option=value\n"
               "--set toy-options=1: not an option; expected stage.option=value\n"
               "--set .count=1: not an option; expected stage.option=value\n"
               "--set toy-options.=1: not an option; expected stage.option=value\n"
               "--set toy-option.count=1: no stage 'toy-option'; did you mean 'toy-options'?\n"
               "--set toy-options.cuont=1: stage 'toy-options': unknown option 'cuont'; did you "
               "mean 'count'?\n"
               "--set toy-options.count=two: stage 'toy-options': option 'count' is 'two'; "
               "expected "
               "a whole number from 1 to 8\n"
               "--set toy-options.colour=bleu: stage 'toy-options': option 'colour' is 'bleu'; did "
               "you mean 'blue'?\n"
               "--set toy-options.label=\xef\xbf\xbd: not UTF-8; expected stage.option=value in "
               "UTF-8");
}

static void test_order(void)
{
  assert_mistakes("\"toy-user\",\"toy-writer\"",
                  "p.json:1:24: stage 'toy-user': is an annotator and comes first; expected a "
                  "reader, here or as --reader");
  assert_mistakes("\"toy-reader\",\"toy-user\"",
                  "p.json:1:37: stage 'toy-user': is an annotator and comes last; expected a "
                  "writer, here or as --writer");
  assert_mistakes("\"toy-reader\",\"toy-writer\",\"toy-user\",{\"plugin\":\"toy-reader\",\"name\":"
                  "\"again\"},{\"plugin\":\"toy-writer\",\"name\":\"last\"}",
                  "p.json:1:37: stage 'toy-writer': is a writer in place 2 of 5 without "
                  "'output'; expected the file it writes, or the writer as the last stage\n"
                  "p.json:1:71: stage 'again': is a reader in place 4; expected one reader, as the "
                  "first stage");
  assert_mistakes("\"toy-writer\"", "p.json:1:24: stage 'toy-writer': is a writer and comes first; "
                                    "expected a reader, here or as --reader");
}

static void test_replaced(void)
{
  AverSettings settings = {.reader = "toy-reader", .writer = "toy-writer"};
  g_autoptr(AverPipeline) supplied =
      assert_right("\"toy-user\"", &settings, "toy-reader toy-user toy-writer");
  g_autoptr(AverPipeline) replaced =
      assert_right("{\"plugin\":\"toy-reader\",\"name\":\"r\"},\"toy-maker\",\"toy-needy-writer\"",
                   &settings, "toy-reader toy-maker toy-writer");
  g_assert_nonnull(supplied);
  g_assert_nonnull(replaced);
}

static void test_replaced_mistakes(void)
{
  AverSettings settings = {.reader = "toy-writer", .writer = "toy-wirter"};
  assert_with("\"toy-user\"", &settings,
              "--reader: stage 'toy-writer': is a writer; expected a reader\n"
              "--writer: stage 'toy-wirter': no plugin 'toy-wirter'; did you mean 'toy-writer'?");
}

#define WITH_OUTPUT                                                                                \
  "\"toy-reader\",\"toy-maker\",{\"plugin\":\"toy-needy-writer\",\"on_error\":\"stop\","           \
  "\"with_output\":{\"plugin\":\"toy-writer\",\"options\":{\"count\":5}}}"

static void test_with_output(void)
{
  const char *const inputs[] = {"in", NULL};
  const char *const set[] = {"toy-writer.colour=red", NULL};
  AverSettings settings = {.inputs = inputs, .set = set};
  g_autoptr(AverPipeline) without =
      assert_right(WITH_OUTPUT, &settings, "toy-reader toy-maker toy-needy-writer");
  g_assert_null(aver_stage_get_output(stage_at(without, 2)));
  g_assert_cmpstr(aver_stage_get_inputs(stage_at(without, 0))[0], ==, "in");

  settings.output = "out";
  g_autoptr(AverPipeline) with =
      assert_right(WITH_OUTPUT, &settings, "toy-reader toy-maker toy-writer");
  g_assert_cmpstr(aver_stage_get_output(stage_at(with, 2)), ==, "out");
  g_assert_cmpint(aver_stage_get_integer(stage_at(with, 2), "count"), ==, 5);
  g_assert_cmpstr(aver_stage_get_string(stage_at(with, 2), "colour"), ==, "red");
  g_assert_cmpint(stage_at(with, 2)->policy, ==, AVER_POLICY_STOP);

  settings.set = NULL;
  settings.writer = "toy-needy-writer";
  g_autoptr(AverPipeline) named =
      assert_right(WITH_OUTPUT, &settings, "toy-reader toy-maker toy-needy-writer");
  g_assert_cmpstr(aver_stage_get_output(stage_at(named, 2)), ==, "out");
}

static void test_with_output_mistakes(void)
{
  assert_mistakes("\"toy-reader\",{\"plugin\":\"toy-writer\",\"with_output\":\"toy-user\"}",
                  "p.json:1:74: stage 'toy-user': is an annotator; expected a writer");
  assert_mistakes(
      "\"toy-reader\",{\"plugin\":\"toy-writer\",\"with_output\":\"toy-needy-writer\"}",
      "p.json:1:74: stage 'toy-needy-writer': needs the layer 'thing', which no earlier "
      "stage provides; expected 'toy-maker' or 'toy-other-maker' or 'toy-short-maker' "
      "before it");
}

static void test_missing_layer(void)
{
  assert_mistakes("\"toy-reader\",\"toy-taker\",\"toy-writer\"",
                  "p.json:1:37: stage 'toy-taker': needs the layer 'thing', which no earlier stage "
                  "provides; expected 'toy-maker' or 'toy-other-maker' or 'toy-short-maker' before "
                  "it");
  assert_mistakes("\"toy-reader\",\"toy-lost\",\"toy-writer\"",
                  "p.json:1:37: stage 'toy-lost': needs the layer 'nowhere', which no earlier "
                  "stage provides; expected a stage that provides it before it");
  assert_mistakes("\"toy-reader\",\"toy-taker\",{\"plugin\":\"toy-maker\",\"name\":\"m\"},"
                  "\"toy-writer\"",
                  "p.json:1:37: stage 'toy-taker': needs the layer 'thing' before it is there; "
                  "expected stage 'm', which provides it, to come earlier");
}

static void test_layers_found(void)
{
  g_autoptr(AverPipeline) with =
      assert_right("\"toy-reader\",\"toy-maker\",\"toy-taker\",\"toy-user\",\"toy-needy-writer\"",
                   NULL, "toy-reader toy-maker toy-taker toy-user toy-needy-writer");
  g_autoptr(AverPipeline) without = assert_right("\"toy-reader\",\"toy-user\",\"toy-writer\"", NULL,
                                                 "toy-reader toy-user toy-writer");
  g_assert_nonnull(with);
  g_assert_nonnull(without);
}

static void test_incompatible_layer(void)
{
  assert_mistakes("\"toy-reader\",\"toy-other-maker\",\"toy-taker\",\"toy-user\",\"toy-writer\"",
                  "p.json:1:55: stage 'toy-taker': knows column 2 of the layer 'thing' as 'label' "
                  "(string), but stage 'toy-other-maker' provides 'label' (f32); expected plugins "
                  "that agree on the layer\n"
                  "p.json:1:67: stage 'toy-user': knows column 2 of the layer 'thing' as 'label' "
                  "(string), but stage 'toy-other-maker' provides 'label' (f32); expected plugins "
                  "that agree on the layer");
  assert_mistakes("\"toy-reader\",\"toy-short-maker\",\"toy-taker\",\"toy-writer\"",
                  "p.json:1:55: stage 'toy-taker': knows column 2 of the layer 'thing' as 'label' "
                  "(string), but stage 'toy-short-maker' provides nothing; expected plugins that "
                  "agree on the layer");
}

static void test_layer_twice(void)
{
  assert_mistakes("\"toy-reader\",\"toy-maker\",\"toy-short-maker\",\"toy-writer\"",
                  "p.json:1:49: stage 'toy-short-maker': provides the layer 'thing', as stage "
                  "'toy-maker' does; expected one of them");
}

/* One mistake is told once: what follows from it is not. */
static void test_no_consequences(void)
{
  assert_mistakes(
      "\"toy-reader\",\"toy-makr\",\"toy-taker\",\"toy-wrtr\"",
      "p.json:1:37: stage 'toy-makr': no plugin 'toy-makr'; did you mean 'toy-maker'?\n"
      "p.json:1:60: stage 'toy-wrtr': no plugin 'toy-wrtr'; did you mean 'toy-writer'?");
}

static void test_policies(void)
{
  const char *stages = "{\"plugin\":\"toy-reader\",\"on_error\":\"stop\"},"
                       "{\"plugin\":\"toy-user\",\"on_error\":{\"dead-letter\":\"mine\"}},"
                       "{\"plugin\":\"toy-options\",\"on_error\":\"skip\"},\"toy-writer\"";
  const char *chain = "toy-reader toy-user toy-options toy-writer";
  g_autoptr(AverPipeline) plain = assert_right(stages, NULL, chain);
  g_assert_cmpint(stage_at(plain, 0)->policy, ==, AVER_POLICY_STOP);
  g_assert_cmpint(stage_at(plain, 3)->policy, ==, AVER_POLICY_SKIP);

  AverSettings settings = {.dead_letter = "all"};
  g_autoptr(AverPipeline) dead = assert_right(stages, &settings, chain);
  g_assert_cmpint(stage_at(dead, 0)->policy, ==, AVER_POLICY_STOP);
  g_assert_cmpstr(stage_at(dead, 1)->dead_letter, ==, "mine");
  g_assert_cmpint(stage_at(dead, 2)->policy, ==, AVER_POLICY_SKIP);
  g_assert_cmpint(stage_at(dead, 3)->policy, ==, AVER_POLICY_DEAD_LETTER);
  g_assert_cmpstr(stage_at(dead, 3)->dead_letter, ==, "all");
}

static void test_several(void)
{
  AverSettings settings = {.set = (const char *const[]){"nope.x=1", NULL}};
  assert_with("\"toy-user\",\n{\"plugin\":\"toy-options\",\"nmae\":\"x\",\"options\":{\"count\":0,"
              "\"clour\":1}},\n\"toy-lost\"",
              &settings,
              "p.json:1:24: stage 'toy-user': is an annotator and comes first; expected a reader, "
              "here or as --reader\n"
              "p.json:2:25: stage 'toy-options': unknown key 'nmae'; did you mean 'name'?\n"
              "p.json:2:55: stage 'toy-options': option 'count' is 0; expected a whole number from "
              "1 to 8\n"
              "p.json:2:57: stage 'toy-options': unknown option 'clour'; did you mean 'colour'?\n"
              "p.json:3:1: stage 'toy-lost': is an annotator and comes last; expected a writer, "
              "here or as --writer\n"
              "p.json:3:1: stage 'toy-lost': needs the layer 'nowhere', which no earlier stage "
              "provides; expected a stage that provides it before it\n"
              "--set nope.x=1: no stage 'nope'; expected one of toy-user, toy-options, toy-lost");
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp("aver-XXXXXX", &error);
  g_assert_no_error(error);
  g_assert_cmpint(g_chdir(folder), ==, 0);
  registry = aver_registry_new();
  g_assert_true(aver_registry_add_folder(registry, g_getenv("AVER_TOYS"), NULL));
  g_test_add_func("/pipeline/right", test_right);
  g_test_add_func("/pipeline/unknown-plugin", test_unknown_plugin);
  g_test_add_func("/pipeline/no-plugins", test_no_plugins);
  g_test_add_func("/pipeline/unusable-plugin", test_unusable_plugin);
  g_test_add_func("/pipeline/option-names", test_option_names);
  g_test_add_func("/pipeline/option-types", test_option_types);
  g_test_add_func("/pipeline/option-ranges", test_option_ranges);
  g_test_add_func("/pipeline/set", test_set);
  g_test_add_func("/pipeline/set-mistakes", test_set_mistakes);
  g_test_add_func("/pipeline/order", test_order);
  g_test_add_func("/pipeline/replaced", test_replaced);
  g_test_add_func("/pipeline/replaced-mistakes", test_replaced_mistakes);
  g_test_add_func("/pipeline/with-output", test_with_output);
  g_test_add_func("/pipeline/with-output-mistakes", test_with_output_mistakes);
  g_test_add_func("/pipeline/missing-layer", test_missing_layer);
  g_test_add_func("/pipeline/layers-found", test_layers_found);
  g_test_add_func("/pipeline/incompatible-layer", test_incompatible_layer);
  g_test_add_func("/pipeline/layer-twice", test_layer_twice);
  g_test_add_func("/pipeline/no-consequences", test_no_consequences);
  g_test_add_func("/pipeline/policies", test_policies);
  g_test_add_func("/pipeline/several", test_several);
  int result = g_test_run();
  g_remove("p.json");
  g_rmdir(folder);
  aver_registry_free(registry);
  return result;
}
