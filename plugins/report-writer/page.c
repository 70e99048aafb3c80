/* SPDX-License-Identifier: Apache-2.0 */
/* The article of one document: heading, filters, text, quotes, claims, layers, metadata. */
#include "report.h"

#define MOST_TITLE 160

/* What the metadata says, or else the text's first line. */
static char *find_title(const View *view)
{
  const char *title = aver_document_get_metadata(view->document, "title");
  if (title != NULL && *title != '\0')
    return g_strndup(
        title, (gsize) (g_utf8_offset_to_pointer(title, MIN(g_utf8_strlen(title, -1), MOST_TITLE)) -
                        title));
  guint32 start = 0, end;
  while (start < view->length && g_ascii_isspace(view->text[start]))
    start++;
  for (end = start; end < view->length && end - start < MOST_TITLE && view->text[end] != '\n';
       end++)
    ;
  while (end < view->length && end > start && ((guchar) view->text[end] & 0xc0) == 0x80)
    end--;
  char *line = aver_text_make_printable(view->text + start, end - start);
  if (*g_strstrip(line) != '\0')
    return line;
  g_free(line);
  return g_strdup(aver_document_get_id(view->document));
}

void view_init(View *view, const AverDocument *document)
{
  *view = (View){.document = document, .level = 2};
  view->text = aver_document_get_text(document, &view->length);
  view->quotes = aver_document_get_layer(document, aver_quote_layer.name);
  view->claims = aver_document_get_layer(document, aver_claim_layer.name);
  view->title = find_title(view);
  view->numbers = g_hash_table_new(g_str_hash, g_str_equal);
  view->speakers = g_ptr_array_new();
  guint32 n = view->quotes == NULL ? 0 : aver_layer_get_n_rows(view->quotes);
  for (guint32 row = 0; row < n; row++) {
    const char *name = get_speaker(view->quotes, row);
    if (g_hash_table_contains(view->numbers, name))
      continue;
    g_ptr_array_add(view->speakers, (gpointer) name);
    g_hash_table_insert(view->numbers, (gpointer) name, GUINT_TO_POINTER(view->speakers->len));
  }
}

void view_clear(View *view)
{
  g_free(view->title);
  g_clear_pointer(&view->numbers, g_hash_table_unref);
  g_clear_pointer(&view->speakers, g_ptr_array_unref);
}

guint view_get_filter(const View *view, const char *speaker)
{
  guint number = GPOINTER_TO_UINT(g_hash_table_lookup(view->numbers, speaker));
  return number == 0 ? N_FILTERS - 1 : MIN(number - 1, N_FILTERS - 1);
}

static void append_speaker_filter(AverBuffer *out, const View *view)
{
  guint n = view->speakers->len;
  html(out, "<fieldset><legend>Quotes of</legend>\n<label><input type=\"radio\" name=\"" AT
            "s\" checked> everybody</label>\n");
  for (guint i = 0; i < MIN(n, N_FILTERS); i++) {
    const char *name = g_ptr_array_index(view->speakers, i);
    if (i == N_FILTERS - 1 && n > N_FILTERS)
      name = "all others";
    html(out, "<label><input type=\"radio\" name=\"" AT "s\" class=\"f%u\"> %s</label>\n", i,
         *name == '\0' ? "nobody named" : name);
  }
  html(out, "</fieldset>\n");
}

static void append_filters(AverBuffer *out, const View *view)
{
  static const char *const kinds[] = {"direct", "indirect", "mixed"};
  if (view->speakers->len == 0)
    return;
  html(out, "<div class=\"filters\">\n");
  append_speaker_filter(out, view);
  html(out, "<fieldset><legend>Kinds</legend>\n");
  for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
    html(out,
         "<label><input type=\"checkbox\" class=\"k-%s\" checked> <span class=\"q %s "
         "l0\">%s</span></label>\n",
         kinds[i], kinds[i], kinds[i]);
  html(out, "<label><input type=\"checkbox\" class=\"k-claims\" checked> claims</label>\n"
            "</fieldset>\n</div>\n");
}

static void append_metadata(AverBuffer *out, const View *view)
{
  guint32 n;
  const AverMetadata *entries = aver_document_list_metadata(view->document, &n);
  html(
      out,
      "<details><summary>Metadata and id</summary>\n<dl class=\"facts\">\n<dt>id</dt><dd>%s</dd>\n",
      aver_document_get_id(view->document));
  for (guint32 i = 0; i < n; i++) {
    html(out, "<dt>%s</dt><dd>", entries[i].key);
    html_cut(out, entries[i].value, strlen(entries[i].value), 2000);
    html(out, "</dd>\n");
  }
  html(out, "</dl>\n</details>\n");
}

static void append_byline(AverBuffer *out, const View *view)
{
  static const char *const keys[] = {"published", "author", "site", "source"};
  html(out, "<p class=\"by\">%s", aver_document_get_id(view->document));
  for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
    const char *value = aver_document_get_metadata(view->document, keys[i]);
    if (value == NULL || *value == '\0' || strcmp(value, aver_document_get_id(view->document)) == 0)
      continue;
    html(out, " · ");
    html_cut(out, value, strlen(value), MOST_NAME);
  }
  html(out, "</p>\n");
}

void append_article(AverBuffer *out, View *view)
{
  html(out,
       "<article class=\"doc\" id=\"" AT "d\" aria-labelledby=\"" AT "h\">\n<h%u id=\"" AT "h\">",
       view->level);
  html(out, "%s</h%u>\n", view->title, view->level);
  append_byline(out, view);
  append_filters(out, view);
  append_marked_text(out, view);
  append_quotes(out, view);
  append_claims(out, view);
  append_layers(out, view);
  append_metadata(out, view);
  html(out, "</article>\n");
}
