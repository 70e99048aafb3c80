/* SPDX-License-Identifier: Apache-2.0 */
/* What tests of readers of several documents a file share: all items of one file, as lines. */
#pragma once

#include "folder.h"

#include <aver/aver.h>
#include <aver/testing.h>

static inline void append_document(GString *all, const AverDocument *document, const char *key)
{
  guint32 n;
  const char *text = aver_document_get_text(document, &n);
  const char *title = aver_document_get_metadata(document, "title");
  const char *value = key == NULL ? NULL : aver_document_get_metadata(document, key);
  g_string_append_printf(all, "%s|%s|%.*s|%s\n", aver_document_get_id(document),
                         title == NULL ? "" : title, (int) n, text, value == NULL ? "" : value);
}

static inline void read_stage(const AverPlugin *plugin, AverStage *stage, GString *all,
                              const char *key)
{
  gpointer self = plugin->open(stage, NULL);
  gpointer worker = plugin->start(self, NULL);
  g_autoptr(AverDocument) document = aver_document_new();
  for (guint guard = 0; guard < 1000; guard++) {
    g_autoptr(GError) error = NULL;
    AverRecord record;
    AverCut cut = plugin->cut(self, TRUE, &record, &error);
    if (cut == AVER_CUT_END)
      break;
    aver_document_reset(document);
    if (cut == AVER_CUT_RECORD && plugin->decode(self, worker, &record, document, &error))
      append_document(all, document, key);
    else
      g_string_append_printf(all, "! %s\n", error->message);
  }
  plugin->stop(self, worker);
  plugin->close(self);
}

/* Reads bytes as a file "input". Returns: (transfer full): for every item "id|title|text|value",
 * the value being that of metadata @key, which may be NULL, or "! " and the error; a line end
 * behind each.
 */
static inline char *read_items(const AverPlugin *plugin, const char *bytes, gssize length,
                               const char *key)
{
  GString *all = g_string_new(NULL);
  g_autofree char *folder = g_dir_make_tmp("aver-items-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "input", NULL);
  g_assert_true(g_file_set_contents(path, bytes, length, NULL));
  const char *const inputs[] = {path, NULL};
  AverStage *stage = aver_testing_stage_new(plugin, NULL, inputs, NULL, NULL);
  read_stage(plugin, stage, all, key);
  aver_testing_stage_free(stage);
  remove_all(folder);
  g_string_replace(all, folder, "", 0);
  return g_string_free(all, FALSE);
}
