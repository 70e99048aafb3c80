/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes the rows of `aver diff`: two lines, which are two outputs of one document. */
#include "../../core/cli/diff/compare.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

/* What was told, and in which order. */
typedef struct {
  guint begun;
  guint ended;
  guint64 changes;
} Told;

static void on_begin(const Difference *difference, gpointer user_data)
{
  (void) difference;
  ((Told *) user_data)->begun++;
}

static void on_change(const Difference *difference, const char *layer, const json_t *change,
                      gpointer user_data)
{
  Told *told = user_data;
  (void) difference;
  g_assert_nonnull(layer);
  g_assert_nonnull(json_object_get(change, "span"));
  g_assert_cmpuint(told->begun, ==, 1);
  told->changes++;
}

static void on_end(const Difference *difference, gpointer user_data)
{
  Told *told = user_data;
  (void) difference;
  g_assert_cmpuint(told->begun, ==, 1);
  told->ended++;
}

/* Every row of the old one is the same, changed or removed, and of the new one likewise. */
static void check_counts(const Totals *totals, const Told *told)
{
  GHashTableIter each;
  gpointer value;
  guint64 changes = 0;
  g_hash_table_iter_init(&each, totals->layers);
  while (g_hash_table_iter_next(&each, NULL, &value)) {
    const LayerCount *count = value;
    changes += count->changed + count->added + count->removed;
  }
  g_assert_cmpuint(changes, ==, told->changes);
  g_assert_cmpuint(told->begun, ==, told->ended);
}

static gboolean compare(DiffDocument *old_one, DiffDocument *new_one, Told *told)
{
  const CompareOptions options = {0};
  const CompareReport report = {on_begin, on_change, on_end, told};
  g_auto(Totals) totals = {0};
  totals_init(&totals);
  g_autofree char *wrong = compare_documents(&options, old_one, new_one, &totals, &report);
  if (wrong == NULL)
    check_counts(&totals, told);
  return wrong == NULL;
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  const char *text = (const char *) data;
  const char *mark = memchr(text, '\n', size);
  gsize length = mark == NULL ? size : (gsize) (mark - text);
  DiffDocument old_one = {.path = "old", .line = 1}, new_one = {.path = "new", .line = 1};
  g_autoptr(GError) error = NULL;
  gboolean good = diff_document_parse(&old_one, text, length, &error);
  Told same = {0}, told = {0};
  if (good && compare(&old_one, &old_one, &same))
    g_assert_cmpuint(same.begun, ==, 0);
  if (good && mark != NULL &&
      diff_document_parse(&new_one, mark + 1, size - length - 1, good ? NULL : &error))
    compare(&old_one, &new_one, &told);
  g_assert_true(good == (error == NULL));
  diff_document_clear(&old_one);
  diff_document_clear(&new_one);
  return 0;
}
