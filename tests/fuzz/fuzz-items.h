/* SPDX-License-Identifier: Apache-2.0 */
/* What the fuzzers of readers of many items share: any bytes as a file, cut and decoded to their
 * end twice, the second time from the middle. */
#pragma once

#include <aver/aver.h>
#include <aver/testing.h>
#include <glib/gstdio.h>

typedef struct {
  const AverPlugin *plugin;
  AverStage *stage;
  char *path;
} ItemFuzzer;

static inline void item_fuzzer_init(ItemFuzzer *fuzzer, const AverPlugin *plugin)
{
  g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  g_autofree char *folder = g_dir_make_tmp("aver-fuzz-XXXXXX", NULL);
  fuzzer->plugin = plugin;
  fuzzer->path = g_build_filename(folder, "input", NULL);
  const char *const inputs[] = {fuzzer->path, NULL};
  fuzzer->stage = aver_testing_stage_new(plugin, NULL, inputs, NULL, NULL);
}

static inline void item_fuzzer_check(const AverDocument *document, GString *seen)
{
  guint32 n;
  const char *text = aver_document_get_text(document, &n);
  g_assert_true(aver_utf8_validate(text, n, NULL));
  g_string_append_printf(seen, "%s %u\n", aver_document_get_id(document), n);
  const AverMetadata *entries = aver_document_list_metadata(document, &n);
  for (guint32 i = 0; i < n; i++)
    g_assert_true(aver_utf8_validate(entries[i].value, strlen(entries[i].value), NULL));
}

/* Everything behind @cursor; @middle gets a cursor and how much had been seen there. */
static inline char *item_fuzzer_read(ItemFuzzer *fuzzer, const char *cursor, GString *middle,
                                     gsize *at)
{
  const AverPlugin *plugin = fuzzer->plugin;
  gpointer self = plugin->open(fuzzer->stage, NULL), worker = plugin->start(self, NULL);
  g_autoptr(AverDocument) document = aver_document_new();
  GString *seen = g_string_new(NULL);
  if (cursor != NULL)
    g_assert_true(plugin->seek(self, cursor, NULL));
  for (guint n = 0;; n++) {
    g_autoptr(GError) error = NULL;
    AverRecord record;
    AverCut cut = plugin->cut(self, TRUE, &record, &error);
    g_assert_true(cut != AVER_CUT_FATAL);
    g_assert_true((cut == AVER_CUT_BAD) == (error != NULL));
    if (cut == AVER_CUT_END)
      break;
    aver_document_reset(document);
    if (cut == AVER_CUT_RECORD && plugin->decode(self, worker, &record, document, &error))
      item_fuzzer_check(document, seen);
    else if (error != NULL)
      g_string_append_printf(seen, "! %s\n", error->message);
    if (n < 2 && middle != NULL) {
      g_string_truncate(middle, 0);
      plugin->cursor(self, middle);
      *at = seen->len;
    }
  }
  plugin->stop(self, worker);
  plugin->close(self);
  return g_string_free(seen, FALSE);
}

static inline void item_fuzzer_run(ItemFuzzer *fuzzer, const guint8 *data, gsize size)
{
  g_autoptr(GString) cursor = g_string_new(NULL);
  gsize at = 0;
  if (!g_file_set_contents_full(fuzzer->path, (const char *) data, (gssize) size,
                                G_FILE_SET_CONTENTS_NONE, 0600, NULL))
    return;
  g_autofree char *all = item_fuzzer_read(fuzzer, NULL, cursor, &at);
  if (cursor->len == 0)
    return;
  g_autofree char *rest = item_fuzzer_read(fuzzer, cursor->str, NULL, NULL);
  g_assert_cmpstr(rest, ==, all + at);
}
