/* SPDX-License-Identifier: Apache-2.0 */
/* A folder for the tests of input, and all that is cut from an input in one string. */
#pragma once

#include "folder.h"
#include "input-private.h"

#include <aver/aver.h>

#define ROOMY ((gsize) 1 << 20)

typedef struct {
  char *folder;
} Fixture;

static inline void set_up(Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->folder = g_dir_make_tmp("aver-input-XXXXXX", NULL);
  g_assert_nonnull(fixture->folder);
}

static inline void tear_down(Fixture *fixture, gconstpointer data)
{
  (void) data;
  remove_all(fixture->folder);
  g_free(fixture->folder);
}

static inline void put(const Fixture *fixture, const char *name, const char *bytes, gssize length)
{
  g_autofree char *path = g_build_filename(fixture->folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname(path);
  g_assert_cmpint(g_mkdir_with_parents(parent, 0700), ==, 0);
  g_assert_true(g_file_set_contents(path, bytes, length, NULL));
}

static inline AverInput *open_names(const Fixture *fixture, const char *pattern, const char *first,
                                    ...)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
  va_list names;
  va_start(names, first);
  for (const char *name = first; name != NULL; name = va_arg(names, const char *))
    g_ptr_array_add(paths, g_build_filename(fixture->folder, name, NULL));
  va_end(names);
  g_ptr_array_add(paths, NULL);
  return aver_input_new((const char *const *) paths->pdata, pattern);
}

/* Cuts all there is; each record as "origin:offset:line=bytes", origins without the folder. */
static inline char *cut_all(const Fixture *fixture, AverInput *input, gboolean files, gsize maximum)
{
  GString *all = g_string_new(NULL);
  AverRecord record;
  for (;;) {
    g_autoptr(GError) error = NULL;
    AverCut cut = files ? aver_input_cut_file(input, maximum, TRUE, &record, &error)
                        : aver_input_cut_line(input, maximum, TRUE, &record, &error);
    if (cut == AVER_CUT_WAIT)
      continue;
    g_assert_true((cut == AVER_CUT_BAD || cut == AVER_CUT_FATAL) == (error != NULL));
    if (cut == AVER_CUT_END)
      return g_string_free(all, FALSE);
    if (cut == AVER_CUT_BAD && aver_input_share_is_foreign(input))
      continue; /* which the host leaves to the share that the file begins in */
    const char *origin = record.origin;
    if (g_str_has_prefix(origin, fixture->folder))
      origin += strlen(fixture->folder) + 1;
    g_string_append_printf(all, "%s:%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT "%s", origin,
                           record.offset, record.line, cut == AVER_CUT_BAD ? "!" : "=");
    g_string_append_len(all, record.data, (gssize) record.length);
    g_string_append_c(all, '|');
  }
}

#define ADD(name, function) g_test_add("/input/" name, Fixture, NULL, set_up, function, tear_down)
