/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes the sections of claim-classifier's model: it is refused, or judges a text without harm. */
#include <aver/aver.h>
#include <aver/testing.h>

#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

#define CUES       69
#define N_SECTIONS 10

typedef struct {
  const char *name;
  gconstpointer data;
  gsize size;
} Section;

static const AverPlugin *find_plugin(void)
{
  static AverRegistry *registry;
  if (registry == NULL) {
    registry = aver_registry_new();
    g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
    g_assert_true(aver_registry_add_folder(registry, g_getenv("AVER_PLUGINS"), NULL));
  }
  return aver_registry_find(registry, "claim-classifier", NULL);
}

/* A sound model of two labels, in which one section is what the fuzzer says. */
static void write_model(const char *path, const guint8 *data, gsize size)
{
  static const guint32 info[9] = {1, 2, 1, 4, CUES, 0, 0, 1, G_MAXUINT32};
  static const float zeros[CUES + 1], ones[2] = {1, 1};
  static const guint8 table[16 + 8];
  static const guint32 hashes[4] = {1, 0, 0, 0};
  static const guint8 classes[4] = {7, 0, 0, 0};
  const Section sections[N_SECTIONS] = {
      {"info", info, sizeof info},           {"labels", "a\0b", 4},
      {"table", table, sizeof table},        {"scale", ones, sizeof(float)},
      {"dense", zeros, sizeof zeros},        {"slope", ones, sizeof ones},
      {"shift", ones, sizeof ones},          {"offset", ones, sizeof ones},
      {"class-hash", hashes, sizeof hashes}, {"class-id", classes, sizeof classes},
  };
  g_autoptr(AverModelWriter) writer = aver_model_writer_new("claim-classifier", "{}");
  for (guint i = 0; i < N_SECTIONS; i++) {
    gboolean fuzzed = i == data[0] % (N_SECTIONS + 1);
    aver_model_writer_add(writer, sections[i].name, fuzzed ? data + 1 : sections[i].data,
                          fuzzed ? size - 1 : sections[i].size);
  }
  g_assert_true(aver_model_writer_write(writer, path, NULL));
}

static void judge(const AverPlugin *plugin, gpointer self)
{
  static const char text[] = "Rents rose by 12 percent in 2014, the mayor said.";
  g_autoptr(AverDocument) document = aver_document_new();
  gpointer worker = plugin->start(self, NULL);
  g_assert_true(aver_document_set_text(document, text, strlen(text), NULL));
  AverLayer *sentences = aver_document_add_layer(document, &aver_sentence_layer);
  aver_layer_add(sentences, 0, (guint32) strlen(text));
  g_assert_cmpint(plugin->process(self, worker, document, NULL), ==, AVER_KEEP);
  plugin->stop(self, worker);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  static char *path;
  const AverPlugin *plugin = find_plugin();
  if (path == NULL) {
    g_autofree char *folder = g_dir_make_tmp("aver-fuzz-XXXXXX", NULL);
    path = g_build_filename(folder, "fuzzed.model", NULL);
  }
  if (size == 0)
    return 0;
  g_autoptr(GError) error = NULL;
  g_autofree char *model = g_strconcat("model=", path, NULL);
  const char *set[] = {model, NULL};
  write_model(path, data, size);
  AverStage *stage = aver_testing_stage_new(plugin, set, NULL, NULL, NULL);
  gpointer self = plugin->open(stage, &error);
  if (self != NULL) {
    judge(plugin, self);
    plugin->close(self);
  } else {
    g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
  }
  aver_testing_stage_free(stage);
  return 0;
}
