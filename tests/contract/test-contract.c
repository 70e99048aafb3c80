/* SPDX-License-Identifier: Apache-2.0 */
/* The contract, tried on every plugin of the build: a plugin is tested here by being there. */
#include "dump.h"
#include "train.h"

#include <aver/testing.h>
#include <glib/gstdio.h>

typedef struct {
  AverRegistry *registry;
  const AverPlugin *plugin;
} Case;

/* One plugin opened, with two workers. */
typedef struct {
  const AverPlugin *plugin;
  AverStage *stage;
  gpointer self;
  gpointer workers[2];
} Instance;

static void instance_open(Instance *instance, const AverPlugin *plugin, const char *const *inputs,
                          const char *output)
{
  g_autoptr(GError) error = NULL;
  instance->plugin = plugin;
  instance->stage = aver_testing_stage_new(plugin, NULL, inputs, output, &error);
  g_assert_no_error(error);
  instance->self = plugin->open == NULL ? NULL : plugin->open(instance->stage, &error);
  g_assert_no_error(error);
  for (guint i = 0; i < 2; i++) {
    instance->workers[i] = plugin->start == NULL ? NULL : plugin->start(instance->self, &error);
    g_assert_no_error(error);
  }
}

static void instance_close(Instance *instance)
{
  for (guint i = 0; i < 2; i++)
    if (instance->plugin->stop != NULL)
      instance->plugin->stop(instance->self, instance->workers[i]);
  if (instance->plugin->close != NULL)
    instance->plugin->close(instance->self);
  aver_testing_stage_free(instance->stage);
}

/* What a person is told. */
static void test_description(gconstpointer data)
{
  const AverPlugin *plugin = ((const Case *) data)->plugin;
  g_assert_cmpstr(plugin->summary, !=, "");
  g_assert_false(g_str_has_suffix(plugin->summary, "."));
  g_autofree char *readme = NULL;
  g_autofree char *path =
      g_build_filename(g_getenv("AVER_SOURCE"), "plugins", plugin->name, "README.md", NULL);
  g_assert_true(g_file_get_contents(path, &readme, NULL, NULL));
  for (gsize i = 0; i < plugin->n_options; i++) {
    g_assert_cmpstr(plugin->options[i].help, !=, "");
    g_autofree char *quoted = g_strdup_printf("`%s`", plugin->options[i].name);
    if (strstr(readme, quoted) == NULL)
      g_test_fail_printf("%s says nothing of option %s", path, quoted);
  }
  g_autoptr(GError) error = NULL;
  const char *const unknown[] = {"no_such_option=1", NULL};
  g_assert_null(aver_testing_stage_new(plugin, unknown, NULL, NULL, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
}

static void test_open_close(gconstpointer data)
{
  const Case *test = data;
  const char *const inputs[] = {"/nonexistent/input", NULL};
  g_autofree char *folder = g_dir_make_tmp("aver-XXXXXX", NULL);
  g_autofree char *output = g_build_filename(folder, "out", NULL);
  for (guint i = 0; i < 3; i++) {
    Instance instance;
    instance_open(&instance, test->plugin, inputs, output);
    instance_close(&instance);
  }
  g_assert_cmpint(g_rmdir(folder), ==, 0);
}

/* The annotators that a plugin's layers come from, and itself, in order. */
static void add_providers(const Case *test, const AverPlugin *plugin, GPtrArray *chain)
{
  const AverLayerType *const *lists[] = {plugin->needs, plugin->uses};
  g_auto(GStrv) names = aver_registry_list(test->registry);
  for (guint k = 0; k < 2; k++)
    for (guint i = 0; lists[k] != NULL && lists[k][i] != NULL; i++)
      for (guint n = 0; names[n] != NULL; n++) {
        const AverPlugin *other = aver_registry_find(test->registry, names[n], NULL);
        for (guint p = 0; other->provides != NULL && other->provides[p] != NULL; p++)
          if (strcmp(other->provides[p]->name, lists[k][i]->name) == 0)
            add_providers(test, other, chain);
      }
  if (plugin->kind == AVER_PLUGIN_ANNOTATOR && !g_ptr_array_find(chain, plugin, NULL))
    g_ptr_array_add(chain, (gpointer) plugin);
}

/* Texts that are news, and texts that are not. */
static GPtrArray *make_texts(void)
{
  static const char *const marks[] = {"\"",    "“",         "”",
                                      "'",     "‘",         "’",
                                      "«",     ".",         "?!",
                                      "\n",    "\r\n",      " ",
                                      "said ", "He said ",  "according to ",
                                      "(",     "e\xcc\x81", "\xf0\x9f\x98\x80",
                                      "、",    "。",        "- ",
                                      "Mr. ",  "denied ",   "\t"};
  GPtrArray *texts = g_ptr_array_new_with_free_func((GDestroyNotify) g_bytes_unref);
  g_ptr_array_add(texts, g_bytes_new_static("", 0));
  g_ptr_array_add(texts, g_bytes_new_static("\0\0 said \0.\n\0", 11));
  g_ptr_array_add(texts, g_bytes_new_static("\xef\xbb\xbf", 3));
  g_autofree char *folder = g_build_filename(g_getenv("AVER_SOURCE"), "tests", "articles", NULL);
  g_autoptr(GDir) articles = g_dir_open(folder, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name(articles)) != NULL) {
    if (!g_str_has_suffix(name, ".txt"))
      continue;
    g_autofree char *path = g_build_filename(folder, name, NULL);
    char *text;
    gsize length;
    g_assert_true(g_file_get_contents(path, &text, &length, NULL));
    g_ptr_array_add(texts, g_bytes_new_take(text, length));
  }
  g_assert_cmpuint(texts->len, >, 12);
  for (guint i = 0; i < G_N_ELEMENTS(marks); i++) {
    GString *text = g_string_new(NULL);
    for (guint k = 0; k < 3000; k++)
      g_string_append(text, marks[i]);
    g_ptr_array_add(texts, g_string_free_to_bytes(text));
  }
  for (guint i = 0; i < 200; i++) {
    GString *text = g_string_new(NULL);
    for (gint32 k = g_test_rand_int_range(1, 80); k > 0; k--)
      g_string_append(text, marks[g_test_rand_int_range(0, G_N_ELEMENTS(marks))]);
    g_ptr_array_add(texts, g_string_free_to_bytes(text));
  }
  return texts;
}

static char *annotate(Instance *chain, guint n, guint worker, AverDocument *document, GBytes *text)
{
  g_autoptr(GError) error = NULL;
  gsize length;
  const char *bytes = g_bytes_get_data(text, &length);
  aver_document_reset(document);
  aver_document_set_id(document, "doc", -1);
  g_assert_true(aver_document_set_text(document, bytes, length, &error));
  for (guint i = 0; i < n; i++) {
    AverVerdict verdict =
        chain[i].plugin->process(chain[i].self, chain[i].workers[worker], document, &error);
    g_assert_no_error(error);
    g_assert_cmpint(verdict, ==, AVER_KEEP);
  }
  return dump_layers(document);
}

/* Valid layers for any text, the same in any worker, with a new document or a used one. */
static void test_annotator(gconstpointer data)
{
  const Case *test = data;
  g_autoptr(GPtrArray) plugins = g_ptr_array_new();
  add_providers(test, test->plugin, plugins);
  g_autofree Instance *chain = g_new0(Instance, plugins->len);
  for (guint i = 0; i < plugins->len; i++)
    instance_open(&chain[i], g_ptr_array_index(plugins, i), NULL, NULL);
  g_autoptr(GPtrArray) texts = make_texts();
  g_autoptr(AverDocument) used = aver_document_new();
  for (guint i = 0; i < texts->len; i++) {
    GBytes *text = g_ptr_array_index(texts, i);
    g_autoptr(AverDocument) fresh = aver_document_new();
    g_autofree char *first = annotate(chain, plugins->len, 0, fresh, text);
    g_autofree char *second = annotate(chain, plugins->len, 1, used, text);
    g_assert_cmpstr(first, ==, second);
    for (guint p = 0; test->plugin->provides != NULL && test->plugin->provides[p] != NULL; p++)
      g_assert_nonnull(aver_document_get_layer(fresh, test->plugin->provides[p]->name));
  }
  for (guint i = 0; i < plugins->len; i++)
    instance_close(&chain[i]);
}

/* Cuts and decodes all there is from a cursor on; every record is a document or an error. */
static void read_all(Instance *reader, GPtrArray *seen, GPtrArray *cursors)
{
  g_autoptr(AverDocument) document = aver_document_new();
  for (guint guard = 0; guard < 100000; guard++) {
    g_autoptr(GError) error = NULL;
    AverRecord record = {0};
    AverCut cut = reader->plugin->cut(reader->self, TRUE, &record, &error);
    if (cut == AVER_CUT_END)
      return;
    if (cut == AVER_CUT_WAIT)
      continue;
    GString *what = g_string_new(NULL);
    if (cut == AVER_CUT_RECORD) {
      g_assert_no_error(error);
      g_assert_nonnull(record.origin);
      aver_document_reset(document);
      if (reader->plugin->decode(reader->self, reader->workers[0], &record, document, &error)) {
        guint32 length;
        const char *text = aver_document_get_text(document, &length);
        g_assert_true(aver_utf8_validate(text, length, NULL));
        g_assert_cmpstr(aver_document_get_id(document), !=, "");
        g_string_append_printf(what, "%s %u ", aver_document_get_id(document), length);
      }
    }
    g_assert_cmpint(cut, !=, AVER_CUT_FATAL);
    if (error != NULL) {
      g_assert_cmpstr(error->message, !=, "");
      g_string_append(what, error->message);
    } else {
      g_assert_cmpint(cut, ==, AVER_CUT_RECORD);
    }
    g_ptr_array_add(seen, g_string_free(what, FALSE));
    if (cursors != NULL) {
      GString *cursor = g_string_new(NULL);
      reader->plugin->cursor(reader->self, cursor);
      g_assert_null(strchr(cursor->str, '\n'));
      g_ptr_array_add(cursors, g_string_free(cursor, FALSE));
    }
  }
  g_assert_not_reached();
}

/* Good, bad, empty and binary input is read to its end, and from every cursor on in the same way.
 */
static void test_reader(gconstpointer data)
{
  const AverPlugin *plugin = ((const Case *) data)->plugin;
  g_autofree char *folder =
      g_build_filename(g_getenv("AVER_SOURCE"), "tests", "contract", "inputs", NULL);
  g_autofree char *sample = g_build_filename(folder, plugin->name, NULL);
  g_autofree char *hostile = g_build_filename(folder, "hostile", NULL);
  g_assert_true(g_file_test(sample, G_FILE_TEST_IS_DIR));
  const char *const inputs[] = {sample, "/nonexistent/input", hostile, sample, NULL};
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GPtrArray) cursors = g_ptr_array_new_with_free_func(g_free);
  Instance reader;
  instance_open(&reader, plugin, inputs, NULL);
  read_all(&reader, all, plugin->cursor == NULL ? NULL : cursors);
  instance_close(&reader);
  g_assert_cmpuint(all->len, >, 3);
  for (guint i = 0; i < cursors->len; i++) {
    g_autoptr(GPtrArray) rest = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    instance_open(&reader, plugin, inputs, NULL);
    g_assert_true(plugin->seek(reader.self, g_ptr_array_index(cursors, i), &error));
    g_assert_no_error(error);
    read_all(&reader, rest, NULL);
    instance_close(&reader);
    g_assert_cmpuint(rest->len, ==, all->len - i - 1);
    for (guint k = 0; k < rest->len; k++)
      g_assert_cmpstr(g_ptr_array_index(rest, k), ==, g_ptr_array_index(all, i + 1 + k));
  }
  if (plugin->seek == NULL)
    return;
  g_autoptr(GError) error = NULL;
  instance_open(&reader, plugin, inputs, NULL);
  g_assert_false(plugin->seek(reader.self, "no such cursor", &error));
  g_assert_nonnull(error);
  instance_close(&reader);
}

/* A document with a row in every built-in layer, and text that is no friend of any format. */
static AverDocument *hostile_document(void)
{
  static const char text[] = "<b>\"x\"</b> \x1b[31m, 'said' \\ =1+1 \xe2\x80\xae \n\t caf\xc3\xa9.";
  AverDocument *document = aver_document_new();
  g_assert_true(aver_document_set_text(document, text, sizeof text - 1, NULL));
  aver_document_set_id(document, "\"; DROP TABLE quote;--\n../x", -1);
  aver_document_set_metadata(document, "title", "\x01</script>,\"", FALSE);
  aver_document_set_metadata(document, "n", "[1,{\"a\":null}]", TRUE);
  for (guint i = 0; aver_builtin_layers[i] != NULL; i++) {
    AverLayer *layer = aver_document_add_layer(document, aver_builtin_layers[i]);
    aver_layer_add(layer, 0, 3);
    aver_layer_add(layer, 4, sizeof text - 1);
    for (guint32 c = 0; c < aver_builtin_layers[i]->n_columns; c++) {
      AverSpan spans[] = {{4, 5}, {6, 7}};
      switch (aver_builtin_layers[i]->columns[c].kind) {
      case AVER_COLUMN_STRING:
        aver_layer_set_string(layer, 1, c, "=cmd|x \x7f\"\n", -1);
        break;
      case AVER_COLUMN_SPANS:
        aver_layer_set_spans(layer, 1, c, spans, 2);
        break;
      case AVER_COLUMN_F32:
        aver_layer_set_f32(layer, 1, c, 0.5f);
        break;
      case AVER_COLUMN_ENUM:
      case AVER_COLUMN_REF:
        aver_layer_set_i32(layer, 1, c, 1);
        break;
      default:
        break;
      }
    }
  }
  return document;
}

static int compare_names(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* The bytes of what was written, a file or a folder of files; NULL when there is nothing. */
static GBytes *read_output(const char *output)
{
  char *contents;
  gsize length;
  g_autoptr(GDir) folder = g_dir_open(output, 0, NULL);
  if (folder == NULL)
    return g_file_get_contents(output, &contents, &length, NULL)
               ? g_bytes_new_take(contents, length)
               : NULL;
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  const char *name;
  while ((name = g_dir_read_name(folder)) != NULL)
    g_ptr_array_add(names, g_strdup(name));
  g_ptr_array_sort(names, compare_names);
  GByteArray *all = g_byte_array_new();
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *path = g_build_filename(output, g_ptr_array_index(names, i), NULL);
    g_assert_true(g_file_get_contents(path, &contents, &length, NULL));
    g_byte_array_append(all, g_ptr_array_index(names, i),
                        (guint) strlen(g_ptr_array_index(names, i)) + 1);
    g_byte_array_append(all, (const guint8 *) contents, (guint) length);
    g_free(contents);
  }
  return g_byte_array_free_to_bytes(all);
}

static void remove_output(const char *output)
{
  g_autoptr(GDir) folder = g_dir_open(output, 0, NULL);
  const char *name;
  while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
    g_autofree char *path = g_build_filename(output, name, NULL);
    g_assert_cmpint(g_remove(path), ==, 0);
  }
  g_assert_cmpint(g_remove(output), ==, 0);
}

static GBytes *write_twice(const AverPlugin *plugin, const char *output, gboolean finish)
{
  g_autoptr(AverDocument) hostile = hostile_document();
  g_autoptr(AverDocument) bare = aver_document_new();
  g_auto(AverBuffer) buffer = {0};
  g_autoptr(GError) error = NULL;
  Instance writer;
  instance_open(&writer, plugin, NULL, output);
  AverDocument *documents[] = {hostile, bare, hostile};
  for (guint i = 0; i < G_N_ELEMENTS(documents); i++) {
    plugin->encode(writer.self, writer.workers[i % 2], documents[i], &buffer, &error);
    g_assert_no_error(error);
    g_assert_true(aver_utf8_validate(buffer.data, buffer.length, NULL));
    if (buffer.length > 0)
      g_assert_true(plugin->emit(writer.self, buffer.data, buffer.length, &error));
    buffer.length = 0;
  }
  if (plugin->commit != NULL) {
    g_autoptr(GString) position = g_string_new(NULL);
    g_assert_true(plugin->commit(writer.self, position, &error));
    g_assert_null(strchr(position->str, '\n'));
  }
  if (finish && plugin->finish != NULL)
    g_assert_true(plugin->finish(writer.self, &error));
  g_assert_no_error(error);
  instance_close(&writer);
  return read_output(output);
}

/* Any document can be written, the same twice, into nothing or over what is there; a run that does
 * not finish leaves nothing behind. */
static void test_writer(gconstpointer data)
{
  const AverPlugin *plugin = ((const Case *) data)->plugin;
  g_autofree char *folder = g_dir_make_tmp("aver-XXXXXX", NULL);
  g_autofree char *output = g_build_filename(folder, "out", NULL);
  g_autoptr(GBytes) first = write_twice(plugin, output, TRUE);
  g_assert_nonnull(first);
  g_assert_cmpuint(g_bytes_get_size(first), >, 0);
  g_autoptr(GBytes) over = write_twice(plugin, output, TRUE);
  g_assert_nonnull(over);
  remove_output(output);
  g_autoptr(GBytes) second = write_twice(plugin, output, TRUE);
  g_assert_true(g_bytes_equal(first, second));
  if (!g_str_has_prefix(g_bytes_get_data(first, NULL), "SQLite format 3")) /* it is added to */
    g_assert_true(g_bytes_equal(first, over));
  remove_output(output);
  g_autoptr(GBytes) third = write_twice(plugin, output, FALSE);
  g_assert_null(third);
  g_assert_cmpint(g_rmdir(folder), ==, 0);
}

static void test_training(gconstpointer data)
{
  test_train(((const Case *) data)->plugin);
}

static void add_case(const char *name, const char *what, GTestDataFunc function, const Case *test)
{
  g_autofree char *path = g_strdup_printf("/contract/%s/%s", name, what);
  g_test_add_data_func(path, test, function);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  static const GTestDataFunc functions[] = {NULL, test_reader, test_annotator, test_writer};
  static const char *const kinds[] = {"", "reader", "annotator", "writer"};
  /* tests/pipelines/test-postgres.py has one */
  static const char *const need_servers[] = {"postgres-writer", NULL};
  g_autoptr(GError) error = NULL;
  g_autoptr(AverRegistry) registry = aver_registry_new();
  if (!aver_registry_add_folder(registry, g_getenv("AVER_PLUGINS"), &error))
    g_error("%s", error->message);
  g_auto(GStrv) names = aver_registry_list(registry);
  g_autofree Case *cases = g_new0(Case, g_strv_length(names));
  for (guint i = 0; names[i] != NULL; i++) {
    cases[i].registry = registry;
    cases[i].plugin = aver_registry_find(registry, names[i], &error);
    if (cases[i].plugin == NULL)
      g_error("%s", error->message);
    add_case(names[i], "description", test_description, &cases[i]);
    if (g_strv_contains(need_servers, names[i]))
      continue;
    add_case(names[i], "open-close", test_open_close, &cases[i]);
    add_case(names[i], kinds[cases[i].plugin->kind], functions[cases[i].plugin->kind], &cases[i]);
    if (cases[i].plugin->train != NULL)
      add_case(names[i], "train", test_training, &cases[i]);
  }
  return g_test_run();
}
