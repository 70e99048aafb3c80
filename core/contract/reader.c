/* SPDX-License-Identifier: Apache-2.0 */
/* The contract of readers: every record is a document or an error, from every cursor on. */
#include "contract.h"

#include <glib/gstdio.h>
#include <string.h>

/* Cuts and decodes all there is from a cursor on; every record is a document or an error. */
static void read_all(AverContractInstance *reader, GPtrArray *seen, GPtrArray *cursors)
{
  g_autoptr(AverDocument) document = aver_document_new();
  for (guint guard = 0; guard < 100000; guard++) {
    g_autoptr(GError) error = NULL;
    AverRecord record = {0};
    AverCut cut = reader->plugin->cut(reader->self, TRUE, &record, &error);
    if (cut == AVER_CUT_END)
      return;
    if (cut == AVER_CUT_WAIT)
      continue;
    GString *what = g_string_new(NULL);
    if (cut == AVER_CUT_RECORD) {
      g_assert_no_error(error);
      g_assert_nonnull(record.origin);
      aver_document_reset(document);
      if (aver_testing_decode(reader->stage, reader->self, reader->workers[0], &record, document,
                              &error)) {
        guint32 length;
        const char *text = aver_document_get_text(document, &length);
        g_assert_true(aver_utf8_validate(text, length, NULL));
        g_assert_cmpstr(aver_document_get_id(document), !=, "");
        g_string_append_printf(what, "%s %u ", aver_document_get_id(document), length);
      }
    }
    g_assert_cmpint(cut, !=, AVER_CUT_FATAL);
    if (error != NULL) {
      g_assert_cmpstr(error->message, !=, "");
      g_string_append(what, error->message);
    } else {
      g_assert_cmpint(cut, ==, AVER_CUT_RECORD);
    }
    g_ptr_array_add(seen, g_string_free(what, FALSE));
    if (cursors != NULL) {
      GString *cursor = g_string_new(NULL);
      reader->plugin->cursor(reader->self, cursor);
      g_assert_null(strchr(cursor->str, '\n'));
      g_ptr_array_add(cursors, g_string_free(cursor, FALSE));
    }
  }
  g_assert_not_reached();
}

/* Files that are what no reader expects, for those who have no worse ones. */
static char *make_hostile(void)
{
  static const struct {
    const char *name, *bytes;
    gsize length;
  } files[] = {{"empty", "", 0},
               {"nul", "\0\0a\0\n\0", 6},
               {"invalid", "caf\xe9 \xff\xfe\xc0\x80\n\xed\xa0\x80", 15},
               {"open", "<a href=\"{[[[\"\"\n{\"text\": \"\\ud800", 29},
               {"lines", "\r\r\n\n\v\f\xe2\x80\xa8", 9}};
  g_autoptr(GError) error = NULL;
  char *folder = g_dir_make_tmp("aver-XXXXXX", &error);
  g_assert_no_error(error);
  for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
    g_autofree char *path = g_build_filename(folder, files[i].name, NULL);
    g_assert_true(g_file_set_contents(path, files[i].bytes, (gssize) files[i].length, NULL));
  }
  return folder;
}

static void remove_folder(const char *path)
{
  g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
  const char *name;
  while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
    g_autofree char *file = g_build_filename(path, name, NULL);
    g_remove(file);
  }
  g_rmdir(path);
}

/* From every cursor on, the same records come as in one go. */
static void check_cursors(const AverContract *contract, const char *const *inputs, GPtrArray *all,
                          GPtrArray *cursors)
{
  AverContractInstance reader;
  for (guint i = 0; i < cursors->len; i++) {
    g_autoptr(GPtrArray) rest = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    aver_contract_open(&reader, contract, contract->plugin, inputs, NULL);
    g_assert_true(contract->plugin->seek(reader.self, g_ptr_array_index(cursors, i), &error));
    g_assert_no_error(error);
    read_all(&reader, rest, NULL);
    aver_contract_close(&reader);
    g_assert_cmpuint(rest->len, ==, all->len - i - 1);
    for (guint k = 0; k < rest->len; k++)
      g_assert_cmpstr(g_ptr_array_index(rest, k), ==, g_ptr_array_index(all, i + 1 + k));
  }
  g_autoptr(GError) error = NULL;
  aver_contract_open(&reader, contract, contract->plugin, inputs, NULL);
  g_assert_false(contract->plugin->seek(reader.self, "no such cursor", &error));
  g_assert_nonnull(error);
  aver_contract_close(&reader);
}

/* Good, bad, empty and binary input is read to its end, and from every cursor on in the same way.
 */
void aver_contract_test_reader(gconstpointer data)
{
  const AverContract *contract = data;
  if (contract->sample == NULL) {
    g_test_skip("there is no sample of its input");
    return;
  }
  g_assert_true(g_file_test(contract->sample, G_FILE_TEST_EXISTS));
  g_autofree char *made = contract->hostile == NULL ? make_hostile() : NULL;
  const char *hostile = made != NULL ? made : contract->hostile;
  const char *const inputs[] = {contract->sample, "/nonexistent/input", hostile, contract->sample,
                                NULL};
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GPtrArray) cursors = g_ptr_array_new_with_free_func(g_free);
  AverContractInstance reader;
  aver_contract_open(&reader, contract, contract->plugin, inputs, NULL);
  read_all(&reader, all, contract->plugin->cursor == NULL ? NULL : cursors);
  aver_contract_close(&reader);
  g_assert_cmpuint(all->len, >, 3);
  if (contract->plugin->seek != NULL)
    check_cursors(contract, inputs, all, cursors);
  if (made != NULL)
    remove_folder(made);
}
