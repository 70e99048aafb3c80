/* SPDX-License-Identifier: Apache-2.0 */
/* The contract of writers: any document can be written, and the same twice. */
#include "contract.h"

#include <glib/gstdio.h>
#include <string.h>

/* A document with a row in every built-in layer, and text that is no friend of any format. */
static AverDocument *hostile_document(void)
{
  static const char text[] = "<b>\"x\"</b> \x1b[31m, 'said' \\ =1+1 \xe2\x80\xae \n\t caf\xc3\xa9.";
  AverDocument *document = aver_document_new();
  g_assert_true(aver_document_set_text(document, text, sizeof text - 1, NULL));
  aver_document_set_id(document, "\"; DROP TABLE quote;--\n../x", -1);
  aver_document_set_metadata(document, "title", "\x01</script>,\"", FALSE);
  aver_document_set_metadata(document, "n", "[1,{\"a\":null}]", TRUE);
  for (guint i = 0; aver_builtin_layers[i] != NULL; i++) {
    AverLayer *layer = aver_document_add_layer(document, aver_builtin_layers[i]);
    aver_layer_add(layer, 0, 3);
    aver_layer_add(layer, 4, sizeof text - 1);
    for (guint32 c = 0; c < aver_builtin_layers[i]->n_columns; c++) {
      AverSpan spans[] = {{4, 5}, {6, 7}};
      switch (aver_builtin_layers[i]->columns[c].kind) {
      case AVER_COLUMN_STRING:
        aver_layer_set_string(layer, 1, c, "=cmd|x \x7f\"\n", -1);
        break;
      case AVER_COLUMN_SPANS:
        aver_layer_set_spans(layer, 1, c, spans, 2);
        break;
      case AVER_COLUMN_F32:
        aver_layer_set_f32(layer, 1, c, 0.5f);
        break;
      case AVER_COLUMN_ENUM:
      case AVER_COLUMN_REF:
        aver_layer_set_i32(layer, 1, c, 1);
        break;
      default:
        break;
      }
    }
  }
  return document;
}

static int compare_names(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* The bytes of what was written, a file or a folder of files; NULL when there is nothing. */
static GBytes *read_output(const char *output)
{
  char *contents;
  gsize length;
  g_autoptr(GDir) folder = g_dir_open(output, 0, NULL);
  if (folder == NULL)
    return g_file_get_contents(output, &contents, &length, NULL)
               ? g_bytes_new_take(contents, length)
               : NULL;
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  const char *name;
  while ((name = g_dir_read_name(folder)) != NULL)
    g_ptr_array_add(names, g_strdup(name));
  g_ptr_array_sort(names, compare_names);
  GByteArray *all = g_byte_array_new();
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *path = g_build_filename(output, g_ptr_array_index(names, i), NULL);
    g_assert_true(g_file_get_contents(path, &contents, &length, NULL));
    g_byte_array_append(all, g_ptr_array_index(names, i),
                        (guint) strlen(g_ptr_array_index(names, i)) + 1);
    g_byte_array_append(all, (const guint8 *) contents, (guint) length);
    g_free(contents);
  }
  return g_byte_array_free_to_bytes(all);
}

static void remove_output(const char *output)
{
  g_autoptr(GDir) folder = g_dir_open(output, 0, NULL);
  const char *name;
  while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
    g_autofree char *path = g_build_filename(output, name, NULL);
    g_assert_cmpint(g_remove(path), ==, 0);
  }
  g_assert_cmpint(g_remove(output), ==, 0);
}

static GBytes *write_twice(const AverContract *contract, const char *output, gboolean finish)
{
  const AverPlugin *plugin = contract->plugin;
  g_autoptr(AverDocument) hostile = hostile_document();
  g_autoptr(AverDocument) bare = aver_document_new();
  g_auto(AverBuffer) buffer = {0};
  g_autoptr(GError) error = NULL;
  AverContractInstance writer;
  aver_contract_open(&writer, contract, plugin, NULL, output);
  AverDocument *documents[] = {hostile, bare, hostile};
  for (guint i = 0; i < G_N_ELEMENTS(documents); i++) {
    plugin->encode(writer.self, writer.workers[i % 2], documents[i], &buffer, &error);
    g_assert_no_error(error);
    g_assert_true(aver_utf8_validate(buffer.data, buffer.length, NULL));
    if (buffer.length > 0)
      g_assert_true(plugin->emit(writer.self, buffer.data, buffer.length, &error));
    buffer.length = 0;
  }
  if (plugin->commit != NULL) {
    g_autoptr(GString) position = g_string_new(NULL);
    g_assert_true(plugin->commit(writer.self, position, &error));
    g_assert_null(strchr(position->str, '\n'));
  }
  if (finish && plugin->finish != NULL)
    g_assert_true(plugin->finish(writer.self, &error));
  g_assert_no_error(error);
  aver_contract_close(&writer);
  return read_output(output);
}

/* Any document can be written, the same twice, into nothing or over what is there; a run that does
 * not finish leaves nothing behind. */
void aver_contract_test_writer(gconstpointer data)
{
  const AverContract *contract = data;
  g_autofree char *folder = g_dir_make_tmp("aver-XXXXXX", NULL);
  g_autofree char *output = g_build_filename(folder, "out", NULL);
  g_autoptr(GBytes) first = write_twice(contract, output, TRUE);
  g_assert_nonnull(first);
  g_assert_cmpuint(g_bytes_get_size(first), >, 0);
  g_autoptr(GBytes) over = write_twice(contract, output, TRUE);
  g_assert_nonnull(over);
  remove_output(output);
  g_autoptr(GBytes) second = write_twice(contract, output, TRUE);
  g_assert_true(g_bytes_equal(first, second));
  if (!g_str_has_prefix(g_bytes_get_data(first, NULL), "SQLite format 3")) /* it is added to */
    g_assert_true(g_bytes_equal(first, over));
  remove_output(output);
  g_autoptr(GBytes) third = write_twice(contract, output, FALSE);
  g_assert_null(third);
  g_assert_cmpint(g_rmdir(folder), ==, 0);
}
