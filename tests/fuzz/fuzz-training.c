/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes the formats of training data: what is read has a label and a text in UTF-8, and what is
 * not is an error. */
#include <aver/aver.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void check(const AverTraining *training)
{
  gsize n;
  guint32 length;
  const AverExample *examples = aver_training_get_examples(training, &n);
  g_assert_cmpuint(n, >=, 2);
  for (gsize i = 0; i < n; i++) {
    const char *text = aver_document_get_text(examples[i].document, &length);
    g_assert_true(length > 0 && aver_utf8_validate(text, length, NULL));
    g_assert_true(examples[i].label[0] != '\0' && g_utf8_validate(examples[i].label, -1, NULL));
    g_assert_true(examples[i].group == NULL || g_utf8_validate(examples[i].group, -1, NULL));
    g_assert_true(examples[i].weight > 0);
  }
}

/* The first byte says whether fields are named. */
int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  static int file = -1;
  if (file < 0) {
    g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
    file = memfd_create("data", 0);
  }
  g_assert_true(size == 0 || ftruncate(file, 0) == 0);
  if (size == 0 || pwrite(file, data + 1, size - 1, 0) != (gssize) size - 1)
    return 0;
  g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", file);
  const char *const inputs[] = {path, NULL};
  AverTrainingSettings settings = {.inputs = inputs, .output = "fuzz.model"};
  if ((data[0] & 1) != 0)
    settings.group_field = settings.label_field = "label";
  if ((data[0] & 2) != 0)
    settings.fold_field = "fold";
  if ((data[0] & 28) == 4)
    settings.format = aver_training_formats[data[0] >> 5 & 3];
  g_autoptr(GError) error = NULL;
  g_autoptr(AverTraining) training = aver_training_new(&settings, &error);
  g_assert_true((training == NULL) == (error != NULL));
  if (training != NULL)
    check(training);
  return 0;
}
