/* SPDX-License-Identifier: Apache-2.0 */
/* The article of one document: heading, filters, text, quotes, claims, layers, metadata. */
#include "page-private.h"

#define MOST_TITLE 160

/* What the metadata says, or else the text's first line. */
static char *find_title(const AverPage *page)
{
  const char *title = aver_document_get_metadata(page->document, "title");
  if (title != NULL && *title != '\0')
    return g_strndup(
        title, (gsize) (g_utf8_offset_to_pointer(title, MIN(g_utf8_strlen(title, -1), MOST_TITLE)) -
                        title));
  guint32 start = 0, end;
  while (start < page->length && g_ascii_isspace(page->text[start]))
    start++;
  for (end = start; end < page->length && end - start < MOST_TITLE && page->text[end] != '\n';
       end++)
    ;
  while (end < page->length && end > start && ((guchar) page->text[end] & 0xc0) == 0x80)
    end--;
  char *line = aver_text_make_printable(page->text + start, end - start);
  if (*g_strstrip(line) != '\0')
    return line;
  g_free(line);
  return g_strdup(aver_document_get_id(page->document));
}

AverPage *aver_page_new(const AverDocument *document)
{
  AverPage *page = g_new0(AverPage, 1);
  page->document = document;
  page->text = aver_document_get_text(document, &page->length);
  page->quotes = aver_document_get_layer(document, aver_quote_layer.name);
  page->claims = aver_document_get_layer(document, aver_claim_layer.name);
  page->title = find_title(page);
  page->numbers = g_hash_table_new(g_str_hash, g_str_equal);
  page->speakers = g_ptr_array_new();
  guint32 n = page->quotes == NULL ? 0 : aver_layer_get_n_rows(page->quotes);
  for (guint32 row = 0; row < n; row++) {
    const char *name = get_speaker(page->quotes, row);
    if (g_hash_table_contains(page->numbers, name))
      continue;
    g_ptr_array_add(page->speakers, (gpointer) name);
    g_hash_table_insert(page->numbers, (gpointer) name, GUINT_TO_POINTER(page->speakers->len));
  }
  return page;
}

void aver_page_free(AverPage *page)
{
  if (page == NULL)
    return;
  g_free(page->title);
  g_hash_table_unref(page->numbers);
  g_ptr_array_unref(page->speakers);
  g_free(page);
}

const char *aver_page_get_title(const AverPage *page)
{
  return page->title;
}

guint get_filter(const AverPage *page, const char *speaker)
{
  guint number = GPOINTER_TO_UINT(g_hash_table_lookup(page->numbers, speaker));
  return number == 0 ? N_FILTERS - 1 : MIN(number - 1, N_FILTERS - 1);
}

static void append_speaker_filter(AverBuffer *out, const AverPage *page)
{
  guint n = page->speakers->len;
  aver_page_print(out,
                  "<fieldset><legend>Quotes of</legend>\n<label><input type=\"radio\" name=\"" AT
                  "s\" checked> everybody</label>\n");
  for (guint i = 0; i < MIN(n, N_FILTERS); i++) {
    const char *name = g_ptr_array_index(page->speakers, i);
    if (i == N_FILTERS - 1 && n > N_FILTERS)
      name = "all others";
    aver_page_print(out,
                    "<label><input type=\"radio\" name=\"" AT "s\" class=\"f%u\"> %s</label>\n", i,
                    *name == '\0' ? "nobody named" : name);
  }
  aver_page_print(out, "</fieldset>\n");
}

static void append_filters(AverBuffer *out, const AverPage *page)
{
  static const char *const kinds[] = {"direct", "indirect", "mixed"};
  if (page->speakers->len == 0)
    return;
  aver_page_print(out, "<div class=\"filters\">\n");
  append_speaker_filter(out, page);
  aver_page_print(out, "<fieldset><legend>Kinds</legend>\n");
  for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
    aver_page_print(out,
                    "<label><input type=\"checkbox\" class=\"k-%s\" checked> <span class=\"q %s "
                    "l0\">%s</span></label>\n",
                    kinds[i], kinds[i], kinds[i]);
  aver_page_print(out,
                  "<label><input type=\"checkbox\" class=\"k-claims\" checked> claims</label>\n"
                  "</fieldset>\n</div>\n");
}

static void append_metadata(AverBuffer *out, const AverPage *page)
{
  guint32 n;
  const AverMetadata *entries = aver_document_list_metadata(page->document, &n);
  aver_page_print(
      out,
      "<details><summary>Metadata and id</summary>\n<dl class=\"facts\">\n<dt>id</dt><dd>%s</dd>\n",
      aver_document_get_id(page->document));
  for (guint32 i = 0; i < n; i++) {
    aver_page_print(out, "<dt>%s</dt><dd>", entries[i].key);
    aver_page_print_cut(out, entries[i].value, strlen(entries[i].value), 2000);
    aver_page_print(out, "</dd>\n");
  }
  aver_page_print(out, "</dl>\n</details>\n");
}

static void append_byline(AverBuffer *out, const AverPage *page)
{
  static const char *const keys[] = {"published", "author", "site", "source"};
  aver_page_print(out, "<p class=\"by\">%s", aver_document_get_id(page->document));
  for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
    const char *value = aver_document_get_metadata(page->document, keys[i]);
    if (value == NULL || *value == '\0' || strcmp(value, aver_document_get_id(page->document)) == 0)
      continue;
    aver_page_print(out, " · ");
    aver_page_print_cut(out, value, strlen(value), MOST_NAME);
  }
  aver_page_print(out, "</p>\n");
}

void aver_page_append_article(AverBuffer *out, const AverPage *page, guint level)
{
  aver_page_print(out,
                  "<article class=\"doc\" id=\"" AT "d\" aria-labelledby=\"" AT
                  "h\">\n<h%u id=\"" AT "h\">",
                  level);
  aver_page_print(out, "%s</h%u>\n", page->title, level);
  append_byline(out, page);
  append_filters(out, page);
  append_marked_text(out, page);
  append_quotes(out, page, level + 1);
  append_claims(out, page, level + 1);
  append_layers(out, page);
  append_metadata(out, page);
  aver_page_print(out, "</article>\n");
}
