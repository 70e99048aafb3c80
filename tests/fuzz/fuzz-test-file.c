/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes files of tests: read, checked, and checked again against the layers there are. */
#include "../../core/cli/test/testfile.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

/* A file in memory, so that nothing is written. */
static const char *put(const guint8 *data, gsize size)
{
  static int file = -1;
  static char path[64];
  if (file < 0)
    file = memfd_create("tests", 0);
  if (ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != (gssize) size)
    g_error("memfd");
  g_snprintf(path, sizeof path, "/proc/self/fd/%d", file);
  return path;
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  const AverLayerType *const types[] = {&aver_sentence_layer, &aver_quote_layer, &aver_claim_layer,
                                        NULL};
  g_auto(NodeFile) file = {0};
  gboolean good = node_file_load(&file, put(data, size)) && test_file_check(&file);
  g_assert_true(good == (file.mistakes->len == 0));
  g_assert_true(g_utf8_validate(file.mistakes->str, (gssize) file.mistakes->len, NULL));
  if (!good)
    return 0;
  g_autofree char *pipeline = test_file_get_pipeline(&file);
  g_auto(GStrv) settings = test_file_get_settings(&file, NULL);
  g_assert_nonnull(settings);
  g_assert_nonnull(pipeline);
  good = test_file_check_layers(&file, types);
  g_assert_true(good == (file.mistakes->len == 0));
  return 0;
}
