/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes compressed files and archives: bytes as they are, cut to their end into files and into
 * lines, then gone on with from the middle. The first byte is how. */
#include <aver/aver.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

/* Records beyond are passed over: an input may have millions of empty lines. */
#define MOST_RECORDS 2000
#define LONGEST      ((gsize) 1 << 16)

static AverCut cut(AverInput *input, gboolean lines, AverRecord *record)
{
  g_autoptr(GError) error = NULL;
  AverCut got = lines ? aver_input_cut_line(input, LONGEST, TRUE, record, &error)
                      : aver_input_cut_file(input, LONGEST, TRUE, record, &error);
  g_assert_true((got == AVER_CUT_BAD || got == AVER_CUT_FATAL) == (error != NULL));
  if (got == AVER_CUT_RECORD || got == AVER_CUT_BAD)
    g_assert_true(g_utf8_validate(record->origin, -1, NULL) &&
                  record->member <= strlen(record->origin));
  return got;
}

/* So many records and failures there are. */
static guint count(AverInput *input, gboolean lines, guint most)
{
  AverRecord record;
  guint n = 0;
  while (n < most && cut(input, lines, &record) != AVER_CUT_END)
    n++;
  return n;
}

static void check(const char *path, gboolean lines, guint stop)
{
  const char *const paths[] = {path, NULL};
  g_autoptr(AverInput) whole = aver_input_new(paths, "*.txt");
  g_autoptr(AverInput) rest = aver_input_new(paths, "*.txt");
  g_autoptr(GString) cursor = g_string_new(NULL);
  guint before = count(whole, lines, stop);
  aver_input_get_cursor(whole, cursor);
  guint behind = count(whole, lines, MOST_RECORDS);
  if (before == stop && aver_input_seek(rest, cursor->str, NULL))
    g_assert_cmpuint(count(rest, lines, MOST_RECORDS), ==, behind);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  static char path[64];
  if (path[0] == '\0')
    g_snprintf(path, sizeof path, "/tmp/aver-fuzz-archive-%d", (int) getpid());
  if (size == 0)
    return 0;
  FILE *file = fopen(path, "wb");
  g_assert_nonnull(file);
  g_assert_cmpuint(fwrite(data + 1, 1, size - 1, file), ==, size - 1);
  g_assert_cmpint(fclose(file), ==, 0);
  check(path, (data[0] & 1) != 0, data[0] >> 1);
  unlink(path);
  return 0;
}
