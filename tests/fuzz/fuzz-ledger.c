/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes the ledger of `aver watch`: opened with whatever it says, written on, and opened again. */
#include "../../core/cli/watch/ledger.h"

#include <glib/gstdio.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

#define HEAD   "aver watch 1\n"
#define OUTPUT "{\"id\":\"a\"}\n"

static char *name(const char *file)
{
  static char *folder;
  if (folder == NULL)
    folder = g_dir_make_tmp("aver-fuzz-XXXXXX", NULL);
  return g_build_filename(folder, file, NULL);
}

static void write_file(const char *path, const char *text, gsize length)
{
  g_unlink(path);
  g_assert_true(
      g_file_set_contents_full(path, text, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_autofree char *state = name("state"), *output = name("output"), *part = name("part");
  const char *const outputs[] = {output, NULL}, *const parts[] = {part, NULL};
  /* The first byte says whether the bytes stand behind a good head. */
  GString *text = g_string_new(size > 0 && (data[0] & 1) != 0 ? HEAD : NULL);
  g_string_append_len(text, (const char *) data + MIN(size, 1), (gssize) (size - MIN(size, 1)));
  write_file(state, text->str, text->len);
  write_file(output, OUTPUT, strlen(OUTPUT));
  write_file(part, OUTPUT, strlen(OUTPUT));
  g_string_free(text, TRUE);
  g_autoptr(GError) error = NULL;
  Ledger *ledger = ledger_open(state, outputs, &error);
  g_assert_true((ledger == NULL) == (error != NULL));
  if (ledger == NULL)
    return 0;
  Arrival arrival = {(char *) "new\nname \\", 7, 8};
  g_autoptr(GPtrArray) arrivals = g_ptr_array_new();
  g_ptr_array_add(arrivals, &arrival);
  g_assert_true(ledger_commit(ledger, parts, arrivals, NULL));
  ledger_free(ledger);
  ledger = ledger_open(state, outputs, &error);
  g_assert_no_error(error);
  g_assert_true(ledger_has(ledger, &arrival));
  ledger_free(ledger);
  return 0;
}
