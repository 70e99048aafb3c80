/* SPDX-License-Identifier: Apache-2.0 */
/* A file of training data, read and described or refused. */
#pragma once

#include <aver/trainer.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  char *folder;
  char *path;
  char *model;
  AverTrainingSettings settings;
  const char *inputs[2];
} Fixture;

static inline void set_up(Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->folder = g_dir_make_tmp("aver-training-XXXXXX", NULL);
  g_assert_nonnull(fixture->folder);
  fixture->path = g_build_filename(fixture->folder, "data", NULL);
  fixture->model = g_build_filename(fixture->folder, "a.model", NULL);
  fixture->inputs[0] = fixture->path;
  fixture->settings = (AverTrainingSettings){.inputs = fixture->inputs, .output = fixture->model};
}

static inline void tear_down(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_unlink(fixture->path);
  g_unlink(fixture->model);
  g_rmdir(fixture->folder);
  g_free(fixture->path);
  g_free(fixture->model);
  g_free(fixture->folder);
}

static inline AverTraining *read_bytes(Fixture *fixture, const char *bytes, gsize length,
                                       GError **error)
{
  g_assert_true(g_file_set_contents(fixture->path, bytes, (gssize) length, NULL));
  return aver_training_new(&fixture->settings, error);
}

/* All examples, one a line: text|label|group|weight|fold. */
static inline char *describe(const AverTraining *training)
{
  gsize n;
  const AverExample *examples = aver_training_get_examples(training, &n);
  GString *text = g_string_new(NULL);
  for (gsize i = 0; i < n; i++) {
    guint32 length;
    const char *start = aver_document_get_text(examples[i].document, &length);
    g_string_append_len(text, start, length);
    g_string_append_printf(text, "|%s|%s|%g|%d\n", examples[i].label,
                           examples[i].group == NULL ? "" : examples[i].group, examples[i].weight,
                           examples[i].fold);
  }
  return g_string_free(text, FALSE);
}

static inline void assert_examples(Fixture *fixture, const char *data, const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AverTraining) training = read_bytes(fixture, data, strlen(data), &error);
  g_assert_no_error(error);
  g_autofree char *found = describe(training);
  g_assert_cmpstr(found, ==, expected);
}

/* @expected is without the path of the data, which stands before each mistake. */
static inline void assert_wrong_bytes(Fixture *fixture, const char *data, gsize length,
                                      AverError code, const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AverTraining) training = read_bytes(fixture, data, length, &error);
  g_assert_null(training);
  g_assert_error(error, AVER_ERROR, (gint) code);
  g_autoptr(GString) message = g_string_new(error->message);
  g_string_replace(message, fixture->path, "", 0);
  g_assert_cmpstr(message->str, ==, expected);
}

static inline void assert_wrong(Fixture *fixture, const char *data, const char *expected)
{
  assert_wrong_bytes(fixture, data, strlen(data), AVER_ERROR_SYNTAX, expected);
}

#define ADD(name, function)                                                                        \
  g_test_add("/training/" name, Fixture, NULL, set_up, function, tear_down)
