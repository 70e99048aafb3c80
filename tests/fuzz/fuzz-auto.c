/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes what is made of bytes that nothing is known of: what they are taken for does not depend on
 * how they come, and text of any character set is a valid document or an error. */
#include "../../plugins/auto-reader/kinds.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static const char *what_is(const char *name, const char *bytes, gsize size, gboolean ended)
{
  Beginning beginning;
  gboolean more;
  g_autoptr(GError) error = NULL;
  beginning_init(&beginning, bytes, MIN(size, LOOKED_AT), ended && size < LOOKED_AT);
  const Kind *kind = kind_find(&beginning, name, &more, &error);
  g_assert_true((kind != NULL) + more + (error != NULL) == 1);
  g_assert_false(more && beginning.all);
  return kind != NULL ? kind->what : more ? NULL : "error";
}

static void check_text(const char *bytes, gsize size, const char *charset)
{
  g_autoptr(AverDocument) document = aver_document_new();
  g_autoptr(GError) error = NULL;
  guint32 length;
  gboolean good = aver_charset_read_text(bytes, size, 0, charset, document, &error);
  g_assert_true(good == (error == NULL));
  if (!good)
    return;
  const char *text = aver_document_get_text(document, &length);
  g_assert_true(aver_utf8_validate(text, length, NULL));
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  static const char *const names[] = {"a", "a.txt", "b/c.JSONL", "x.csv.gz", "a.html", "a.pdf"};
  static const char *const charsets[] = {NULL,        "utf-8",       "windows-1252", "utf-16le",
                                         "shift_jis", "iso-2022-jp", "utf-7",        "x"};
  if (size < 2)
    return 0;
  g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  const char *name = names[data[0] % G_N_ELEMENTS(names)];
  const char *charset = charsets[data[1] % G_N_ELEMENTS(charsets)];
  g_autofree char *bytes = g_memdup2(data + 2, size - 2);
  size -= 2;
  const char *whole = what_is(name, bytes, size, TRUE);
  for (gsize n = size / 2; n < size; n += 1 + size / 5) {
    const char *part = what_is(name, bytes, n, FALSE);
    g_assert_true(part == NULL || strcmp(part, whole) == 0);
  }
  check_text(bytes, size, charset);
  return 0;
}
