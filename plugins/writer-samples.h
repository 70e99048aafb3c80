/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of writers write: documents, and a layer with every kind of column. */
#pragma once

#include "folder.h"

#include <aver/aver.h>
#include <aver/testing.h>

static const char *const colours[] = {"red", "green", "blue", NULL};

/* One of each kind; for an array of AverColumnType. */
#define SAMPLE_COLUMNS                                                                             \
  {"count", AVER_COLUMN_I32, NULL, NULL, ""}, {"weight", AVER_COLUMN_F32, NULL, NULL, ""},         \
      {"head", AVER_COLUMN_SPAN, NULL, NULL, ""}, {"parts", AVER_COLUMN_SPANS, NULL, NULL, ""},    \
      {"name", AVER_COLUMN_STRING, NULL, NULL, ""},                                                \
      {"colour", AVER_COLUMN_ENUM, colours, NULL, ""},                                             \
      {"mix", AVER_COLUMN_FLAGS, colours, NULL, ""},                                               \
  {                                                                                                \
    "of", AVER_COLUMN_REF, NULL, "sentence", ""                                                    \
  }

static inline AverDocument *document_of(const char *id, const char *text, gsize length)
{
  AverDocument *document = aver_document_new();
  aver_document_set_id(document, id, -1);
  g_assert_true(aver_document_set_text(document, text, length, NULL));
  return document;
}

/* A folder, and where a writer writes in it. */
typedef struct {
  char *folder;
  char *output;
} Fixture;

/* @data: the name of the output. */
static inline void set_up(Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp("aver-writer-XXXXXX", NULL);
  fixture->output = g_build_filename(fixture->folder, data, NULL);
}

static inline void remove_fixture(Fixture *fixture, gconstpointer data)
{
  (void) data;
  remove_all(fixture->folder);
  g_free(fixture->folder);
  g_free(fixture->output);
}

/* Runs a writer over documents, up to a NULL; FALSE with the first error. */
static inline gboolean run_writer(const AverPlugin *plugin, const char *const *set,
                                  const char *output, AverDocument *const *documents,
                                  GError **error)
{
  AverStage *stage = aver_testing_stage_new(plugin, set, NULL, output, error);
  g_assert_nonnull(stage);
  gpointer self = plugin->open(stage, error);
  gboolean good = self != NULL;
  if (good) {
    gpointer worker = plugin->start == NULL ? NULL : plugin->start(self, error);
    for (; good && *documents != NULL; documents++) {
      g_auto(AverBuffer) buffer = {0};
      good = plugin->encode(self, worker, *documents, &buffer, error) &&
             (buffer.length == 0 || plugin->emit(self, buffer.data, buffer.length, error));
    }
    good = good && plugin->finish(self, error);
    if (plugin->stop != NULL)
      plugin->stop(self, worker);
    plugin->close(self);
  }
  aver_testing_stage_free(stage);
  return good;
}

/* A writer that is not even opened, as one option says what it must not. */
static inline void assert_wrong_options(const AverPlugin *plugin, const Fixture *fixture,
                                        const char *const *wrong)
{
  static AverDocument *const none[] = {NULL};
  for (; *wrong != NULL; wrong++) {
    const char *const set[] = {*wrong, NULL};
    g_autoptr(GError) error = NULL;
    g_assert_false(run_writer(plugin, set, fixture->output, none, &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  }
}

/* Writes a document, and reads the output, or the file of that name (nullable) in it. */
static inline char *write_and_read(const AverPlugin *plugin, const char *const *set,
                                   const Fixture *fixture, AverDocument *document, const char *name)
{
  AverDocument *const documents[] = {document, NULL};
  g_autoptr(GError) error = NULL;
  run_writer(plugin, set, fixture->output, documents, &error);
  g_assert_no_error(error);
  char *contents;
  gsize length;
  g_autofree char *path = g_build_filename(fixture->output, name, NULL);
  g_assert_true(
      g_file_get_contents(name == NULL ? fixture->output : path, &contents, &length, NULL));
  g_assert_cmpuint(strlen(contents), ==, length);
  return contents;
}

/* A cell of each kind; @spans: two. */
static inline void fill_sample_row(AverLayer *sample, guint32 row, const AverSpan *spans)
{
  aver_layer_set_i32(sample, row, 0, -7);
  aver_layer_set_f32(sample, row, 1, 0.25f);
  aver_layer_set_spans(sample, row, 2, spans, 1);
  aver_layer_set_spans(sample, row, 3, spans, 2);
  aver_layer_set_string(sample, row, 4, "", -1);
  aver_layer_set_i32(sample, row, 5, 2);
  aver_layer_set_flags(sample, row, 6, 3);
  aver_layer_set_i32(sample, row, 7, 0);
}

/* "Rän fell.", where cells of each kind are set in the second row of a layer of SAMPLE_COLUMNS. */
static inline AverDocument *document_with_every_kind(const AverLayerType *sample_layer)
{
  static const AverSpan spans[] = {{0, 3}, {4, 5}};
  AverDocument *document = document_of("one", "R\xc3\xa4n fell.", 10);
  aver_document_set_metadata(document, "title", "On \"rain\"", FALSE);
  aver_document_set_metadata(document, "n", "[1,2]", TRUE);
  aver_layer_add(aver_document_add_layer(document, &aver_sentence_layer), 0, 10);
  AverLayer *sample = aver_document_add_layer(document, sample_layer);
  aver_layer_add(sample, 0, 4);
  aver_layer_add(sample, 5, 9);
  fill_sample_row(sample, 1, spans);
  aver_layer_set_string(sample, 1, 4, "a\tb\n\xe2\x80\xa8=1", -1);
  return document;
}
