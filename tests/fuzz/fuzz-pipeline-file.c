/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes the pipeline file: it is accepted, or refused with a message in each line. */
#include <aver/aver.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  static AverRegistry *registry;
  static char *path;
  if (registry == NULL) {
    registry = aver_registry_new();
    g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
    g_assert_true(aver_registry_add_folder(registry, g_getenv("AVER_PLUGINS"), NULL));
    g_autofree char *folder = g_dir_make_tmp("aver-fuzz-XXXXXX", NULL);
    path = g_build_filename(folder, "p.json", NULL);
  }
  g_autoptr(GError) error = NULL;
  g_assert_true(g_file_set_contents_full(path, (const char *) data, (gssize) size,
                                         G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  g_autoptr(AverPipeline) pipeline = aver_pipeline_new_from_file(registry, path, NULL, &error);
  g_autofree char *checked = aver_pipeline_check(registry, path, NULL);
  g_assert_nonnull(checked);
  if (pipeline != NULL) {
    g_autofree char *described = aver_pipeline_describe(pipeline);
    g_assert_nonnull(described);
    return 0;
  }
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  g_auto(GStrv) lines = g_strsplit(error->message, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_nonnull(strstr(lines[i], ": "));
  return 0;
}
