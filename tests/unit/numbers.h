/* SPDX-License-Identifier: Apache-2.0 */
/* What the stages made for the tests of the engine share: documents that are numbers, and an option
 * that holds the address of the test's scene. */
#pragma once

#include "stage.h"

#include <aver/aver.h>
#include <string.h>

static const AverOption options[] = {{.name = "scene", .kind = AVER_OPTION_STRING, .help = "-"}};

/* The first members of a plugin. */
#define COMMON(what)                                                                               \
  AVER_PLUGIN_HEADER, .name = what, .version = "1", .summary = "-", .options = options,            \
                      .n_options = 1

static inline gpointer scene_of(const AverStage *stage)
{
  return (gpointer) g_ascii_strtoull(aver_stage_get_string(stage, "scene"), NULL, 16);
}

static inline AverStage *scene_stage_new(const AverPlugin *plugin, gconstpointer scene)
{
  g_autofree char *address = g_strdup_printf("%p", scene);
  AverStage *stage = aver_stage_new(plugin, plugin->name, ".");
  g_assert_true(aver_stage_set_text(stage, &options[0], address, NULL));
  return stage;
}

/* @text is what the record borrows. */
static inline void make_record(AverRecord *record, guint number, char *text, gsize size)
{
  g_snprintf(text, size, "%u", number);
  *record = (AverRecord){
      .data = text, .length = strlen(text), .origin = "in", .offset = number * 10, .line = number};
}

static inline gboolean decode(gpointer self, gpointer worker, const AverRecord *record,
                              AverDocument *document, GError **error)
{
  (void) self;
  (void) worker;
  aver_document_set_id(document, record->data, (gssize) record->length);
  return aver_document_set_text(document, record->data, record->length, error);
}

/* A number a line. */
static inline gboolean encode_number(gpointer self, gpointer worker, AverDocument *document,
                                     AverBuffer *out, GError **error)
{
  (void) self;
  (void) worker;
  (void) error;
  aver_buffer_append_string(out, aver_document_get_id(document));
  aver_buffer_append_char(out, '\n');
  return TRUE;
}
