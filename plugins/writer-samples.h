/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of writers write: documents, and a layer with every kind of column. */
#pragma once

#include <aver/aver.h>

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
