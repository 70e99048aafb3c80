/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes the reading of web pages: any bytes in any character set give valid text and metadata, the
 * same from a reader that has read another page before. */
#include <aver/aver.h>
#include <aver/html.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static gboolean read_page(AverHtml *html, const guint8 *data, gsize size, const char *charset,
                          AverDocument *document)
{
  g_autoptr(GError) error = NULL;
  gboolean good = aver_html_read(html, (const char *) data, size, charset, document, &error);
  g_assert_true(good == (error == NULL));
  return good;
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  static const char *const charsets[] = {NULL,       NULL,        NULL,          "iso-8859-1",
                                         "utf-16le", "shift_jis", "iso-2022-jp", "utf-7"};
  static AverHtml *used;
  if (size < 1)
    return 0;
  if (used == NULL) {
    g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
    used = aver_html_new();
  }
  const char *charset = charsets[data[0] % G_N_ELEMENTS(charsets)];
  if (g_ascii_isprint((char) data[0]))
    charset = NULL;
  g_autoptr(AverHtml) fresh = aver_html_new();
  g_autoptr(AverDocument) first = aver_document_new();
  g_autoptr(AverDocument) second = aver_document_new();
  gboolean good = read_page(fresh, data, size, charset, first);
  g_assert_true(good == read_page(used, data, size, charset, second));
  if (!good)
    return 0;
  guint32 n, m;
  const char *text = aver_document_get_text(first, &n);
  const char *again = aver_document_get_text(second, &m);
  g_assert_cmpmem(text, n, again, m);
  g_assert_true(aver_utf8_validate(text, n, NULL));
  const AverMetadata *entries = aver_document_list_metadata(first, &n);
  for (guint32 i = 0; i < n; i++) {
    g_assert_true(aver_utf8_validate(entries[i].value, strlen(entries[i].value), NULL));
    g_assert_cmpstr(entries[i].value, ==, aver_document_get_metadata(second, entries[i].key));
  }
  return 0;
}
